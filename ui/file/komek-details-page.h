/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_DETAILS_PAGE (komek_details_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekDetailsPage, komek_details_page, KOMEK, DETAILS_PAGE, KomekPage)

KomekPage *komek_details_page_new (KomekContext *context);
