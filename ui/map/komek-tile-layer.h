/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#define KOMEK_TYPE_TILE_LAYER (komek_tile_layer_get_type ())
G_DECLARE_FINAL_TYPE (KomekTileLayer, komek_tile_layer, KOMEK, TILE_LAYER, ShumateLayer)

KomekTileLayer *komek_tile_layer_new (ShumateMapSource *source, ShumateViewport *viewport);
gboolean komek_tile_layer_is_lettered (KomekTileLayer *self, guint zoom, guint column, guint row);
