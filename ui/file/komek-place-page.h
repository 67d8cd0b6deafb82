/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-exploration.h"
#include "komek-page.h"

#define KOMEK_TYPE_PLACE_PAGE (komek_place_page_get_type ())
G_DECLARE_FINAL_TYPE (KomekPlacePage, komek_place_page, KOMEK, PLACE_PAGE, KomekPage)

KomekPage *komek_place_page_new (KomekContext *context);
void komek_place_page_set_exploration (KomekPlacePage *self, KomekExploration *exploration);
