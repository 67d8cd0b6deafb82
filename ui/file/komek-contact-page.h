/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-page.h"

#define KOMEK_TYPE_CONTACT_PAGE (komek_contact_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekContactPage, komek_contact_page, KOMEK, CONTACT_PAGE, KomekPage)

KomekPage *komek_contact_page_new (KomekContext *context);
