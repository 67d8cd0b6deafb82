/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_QR (komek_qr_get_type ())
G_DECLARE_FINAL_TYPE (KomekQr, komek_qr, KOMEK, QR, GtkWidget)

GtkWidget *komek_qr_new (void);
void komek_qr_set_text (KomekQr *self, const char *text);
void komek_qr_draw (cairo_t *cr, const char *text, double size);
