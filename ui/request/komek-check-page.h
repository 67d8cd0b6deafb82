/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_CHECK_PAGE (komek_check_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekCheckPage, komek_check_page, KOMEK, CHECK_PAGE, KomekPage)

KomekPage *komek_check_page_new (KomekContext *context, const char *typed);
