/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_CATEGORY_PAGE (komek_category_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekCategoryPage, komek_category_page, KOMEK, CATEGORY_PAGE, KomekPage)

KomekPage *komek_category_page_new (KomekContext *context);
