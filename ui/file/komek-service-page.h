/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_SERVICE_PAGE (komek_service_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekServicePage, komek_service_page, KOMEK, SERVICE_PAGE, KomekPage)

KomekPage *komek_service_page_new (KomekContext *context, const char *category);
