/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_PLACE_CARD (komek_place_card_get_type ())
G_DECLARE_FINAL_TYPE (KomekPlaceCard, komek_place_card, KOMEK, PLACE_CARD, GtkBox)

GtkWidget *komek_place_card_new (void);
void komek_place_card_show (KomekPlaceCard *self, KomekContext *context, KomekRequest *request);
