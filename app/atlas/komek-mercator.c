/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-mercator.h"

#include <math.h>

#define EQUATOR 40030228.884 /* metres, of the same sphere as komek_place_metres_between() */

/**
 * komek_mercator_project:
 * @x: (out): 0 in the west to 1 in the east
 * @y: (out): 0 in the north to 1 in the south
 *
 * Where a point lies on the square world map that every tile is a part of.
 */
void
komek_mercator_project (double latitude, double longitude, double *x, double *y)
{
  double clamped = CLAMP (latitude, -KOMEK_MERCATOR_EDGE, KOMEK_MERCATOR_EDGE);
  double sine = sin (clamped * G_PI / 180);
  /* As asinh (tan (φ)) / 2π, but in half the time: there are a million places. */
  double north = log ((1 + sine) / (1 - sine)) / (4 * G_PI);

  *x = (longitude + 180) / 360;
  /* What is rounded at the edges stays on the map. */
  *y = CLAMP (0.5 - north, 0, 1);
}

/* The other way round. */
void
komek_mercator_unproject (double x, double y, double *latitude, double *longitude)
{
  *longitude = x * 360 - 180;
  *latitude = atan (sinh (2 * G_PI * (0.5 - y))) * 180 / G_PI;
}

/* How many metres on the ground a length on the map is, at the height @y of the map. */
double
komek_mercator_metres (double y, double length)
{
  return length * EQUATOR / cosh (2 * G_PI * (0.5 - y));
}
