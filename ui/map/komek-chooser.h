/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-request-layer.h"

#define KOMEK_TYPE_CHOOSER (komek_chooser_get_type ())
G_DECLARE_FINAL_TYPE (KomekChooser, komek_chooser, KOMEK, CHOOSER, GtkWidget)

GtkWidget *komek_chooser_new (KomekContext *context);
void komek_chooser_ask (KomekChooser *self, KomekAtlas *atlas, GArray *picks);
void komek_chooser_close (KomekChooser *self);
guint komek_chooser_get_n_choices (KomekChooser *self);
