/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_REQUEST_PAGE (komek_request_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekRequestPage, komek_request_page, KOMEK, REQUEST_PAGE, KomekPage)

KomekPage *komek_request_page_new (KomekContext *context, const char *number);
