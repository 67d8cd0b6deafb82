/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_STATE_CHIP (komek_state_chip_get_type ())
G_DECLARE_FINAL_TYPE (KomekStateChip, komek_state_chip, KOMEK, STATE_CHIP, GtkBox)

GtkWidget *komek_state_chip_new (void);
void komek_state_chip_show (KomekStateChip *self, KomekContext *context, KomekRequest *request);
