/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-place.h"
#include "komek-theme.h"

#define KOMEK_TYPE_HERE_LAYER (komek_here_layer_get_type ())
G_DECLARE_FINAL_TYPE (KomekHereLayer, komek_here_layer, KOMEK, HERE_LAYER, ShumateLayer)

KomekHereLayer *komek_here_layer_new (ShumateViewport *viewport, KomekTheme *theme,
                                      KomekPlace *here);
void komek_here_layer_set_around (KomekHereLayer *self, guint metres);
void komek_here_layer_add_marks (KomekHereLayer *self, GArray *marks);
void komek_here_layer_set_unit (KomekHereLayer *self, double unit);
