/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-plan-writer.h"
#include "komek-tile-layer.h"

#define KOMEK_TYPE_NAME_LAYER (komek_name_layer_get_type ())
G_DECLARE_FINAL_TYPE (KomekNameLayer, komek_name_layer, KOMEK, NAME_LAYER, ShumateLayer)

KomekNameLayer *komek_name_layer_new (ShumateViewport *viewport);
void komek_name_layer_set_writer (KomekNameLayer *self, KomekPlanWriter *writer,
                                  KomekTileLayer *ground);
void komek_name_layer_set_districts (KomekNameLayer *self, gboolean shown);
void komek_name_layer_wait (KomekNameLayer *self);
gboolean komek_name_layer_is_busy (KomekNameLayer *self);
GArray *komek_name_layer_list_controls (KomekNameLayer *self);
GArray *komek_name_layer_list (KomekNameLayer *self);
void komek_name_layer_add_widget (GArray *marks, GtkWidget *widget, GtkWidget *map);
void komek_name_layer_add_overlays (GArray *marks, GtkOverlay *overlay, GtkWidget *map);
