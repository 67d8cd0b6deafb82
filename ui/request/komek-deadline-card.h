/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_DEADLINE_CARD (komek_deadline_card_get_type ())
G_DECLARE_FINAL_TYPE (KomekDeadlineCard, komek_deadline_card, KOMEK, DEADLINE_CARD, GtkBox)

GtkWidget *komek_deadline_card_new (void);
void komek_deadline_card_show (KomekDeadlineCard *self, KomekContext *context,
                               KomekRequest *request);
