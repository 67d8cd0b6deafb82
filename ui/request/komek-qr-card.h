/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_QR_CARD (komek_qr_card_get_type ())
G_DECLARE_FINAL_TYPE (KomekQrCard, komek_qr_card, KOMEK, QR_CARD, GtkBox)

GtkWidget *komek_qr_card_new (void);
void komek_qr_card_show (KomekQrCard *self, KomekContext *context, const char *number);
const char *komek_qr_card_get_code (KomekQrCard *self);
