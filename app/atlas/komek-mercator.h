/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define KOMEK_MERCATOR_EDGE 85.05112877980659 /* degrees; where the square world ends */

/**
 * KomekMercatorBox:
 *
 * A rectangle of the square world map; y grows to the south.
 */
typedef struct
{
  double x0, y0, x1, y1;
} KomekMercatorBox;

/**
 * KomekMercatorPoint:
 * @x: 0 in the west to 1 in the east
 * @y: 0 in the north to 1 in the south
 *
 * A point of the square world map.
 */
typedef struct
{
  double x, y;
} KomekMercatorPoint;

void komek_mercator_project (double latitude, double longitude, double *x, double *y);
void komek_mercator_unproject (double x, double y, double *latitude, double *longitude);
double komek_mercator_metres (double y, double length);
