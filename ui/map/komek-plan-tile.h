/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-picture.h"

#define KOMEK_TYPE_PLAN_TILE (komek_plan_tile_get_type ())
G_DECLARE_FINAL_TYPE (KomekPlanTile, komek_plan_tile, KOMEK, PLAN_TILE, GObject)

KomekPlanTile *komek_plan_tile_new (cairo_surface_t *surface, int size, gboolean lettered);
void komek_plan_tile_show (KomekPlanTile *self, GtkSnapshot *snapshot, KomekCanvas canvas);
gboolean komek_plan_tile_is_lettered (KomekPlanTile *self);
