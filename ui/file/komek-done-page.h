/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_DONE_PAGE (komek_done_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekDonePage, komek_done_page, KOMEK, DONE_PAGE, KomekPage)

KomekPage *komek_done_page_new (KomekContext *context, KomekRequest *kept, const char *name);
