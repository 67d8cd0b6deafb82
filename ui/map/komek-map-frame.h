/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-mercator.h"

/**
 * KomekMapFrame:
 * @world: how many pixels wide the whole world is
 * @box: what of it a widget shows
 *
 * Where a layer lies on the Mercator square.
 */
typedef struct
{
  double           world;
  KomekMercatorBox box;
} KomekMapFrame;

KomekMapFrame komek_map_frame_measure (ShumateLayer *layer);
int komek_map_frame_get_zoom (const KomekMapFrame *self);
void komek_map_frame_place (const KomekMapFrame *self, double latitude, double longitude, double *x,
                            double *y);
