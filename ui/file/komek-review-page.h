/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"
#include "komek-sending.h"

#define KOMEK_TYPE_REVIEW_PAGE (komek_review_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekReviewPage, komek_review_page, KOMEK, REVIEW_PAGE, KomekPage)

KomekPage *komek_review_page_new (KomekContext *context, KomekSending *sending);
