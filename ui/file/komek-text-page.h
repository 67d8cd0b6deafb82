/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_TEXT_PAGE (komek_text_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekTextPage, komek_text_page, KOMEK, TEXT_PAGE, KomekPage)

KomekPage *komek_text_page_new (KomekContext *context);
