/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_NUMBER_PAD (komek_number_pad_get_type ())
G_DECLARE_FINAL_TYPE (KomekNumberPad, komek_number_pad, KOMEK, NUMBER_PAD, GtkGrid)

GtkWidget *komek_number_pad_new (void);
void komek_number_pad_set_target (KomekNumberPad *self, GtkEditable *target);
