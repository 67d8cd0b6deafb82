/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_HOME_PAGE (komek_home_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekHomePage, komek_home_page, KOMEK, HOME_PAGE, KomekPage)

KomekPage *komek_home_page_new (KomekContext *context);
