/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-map-frame.h"
#include "komek-map-sprites.h"
#include "komek-place.h"

/**
 * KomekHereEye:
 * @x: its middle, in pixels of the map
 * @y: likewise
 * @radius: 0 where there is none
 *
 * The eye of the pin that stands where this device does.
 */
typedef struct
{
  double x, y, radius;
} KomekHereEye;

KomekHereEye komek_here_eye_find (KomekPlace *here, const KomekMapSprites *sprites,
                                  const KomekMapFrame *frame);
void komek_here_eye_keep_off (const KomekHereEye *self, double radius, double *x, double *y);
