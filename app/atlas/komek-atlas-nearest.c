/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-atlas-private.h"
#include "komek-place.h"

#define EARTH_RADIUS 6371008.8 /* metres, as komek_place_metres_between() has it */

/* A request and how far away it is; equal distances stay newest first. */
typedef struct
{
  double  metres;
  guint32 index;
} Neighbour;

typedef struct
{
  double  latitude, longitude;
  GArray *neighbours;
} Survey;

static int
compare_neighbours (gconstpointer a, gconstpointer b)
{
  const Neighbour *na = a, *nb = b;

  if (na->metres != nb->metres)
    return na->metres < nb->metres ? -1 : 1;
  return na->index < nb->index ? -1 : na->index > nb->index;
}

static void
measure_one (const KomekAtlas *self, guint32 index, gpointer data)
{
  Survey *survey = data;
  guint n_points;
  const KomekPoint *point = komek_points_peek (self->points, &n_points) + index;
  Neighbour neighbour = {
    komek_place_metres_between (survey->latitude, survey->longitude, point->latitude / 1e7,
                                point->longitude / 1e7),
    index,
  };

  g_array_append_val (survey->neighbours, neighbour);
}

static GArray *
measure_all (const KomekAtlas *self, const KomekBounds *bounds, double latitude, double longitude)
{
  Survey survey = { latitude, longitude, g_array_new (FALSE, FALSE, sizeof (Neighbour)) };

  komek_atlas_visit (self, bounds, measure_one, &survey);
  g_array_sort (survey.neighbours, compare_neighbours);
  return survey.neighbours;
}

/**
 * komek_atlas_list_nearest:
 * @bounds: (nullable): the part of the map, %NULL for all of it
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type guint32): the keys of the requests there, those
 *   nearest to the point first
 */
GArray *
komek_atlas_list_nearest (const KomekAtlas *self, const KomekBounds *bounds, double latitude,
                          double longitude, guint limit)
{
  g_autoptr (GArray) neighbours = measure_all (self, bounds, latitude, longitude);
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < neighbours->len && i < limit; i++)
    g_array_append_val (keys, points[g_array_index (neighbours, Neighbour, i).index].key);
  return keys;
}

/*
 * A rectangle that holds everything within a distance, a little too large rather than too small.
 * Where the circle holds a pole or reaches across the end of the map, it is all round the world.
 */
static KomekBounds *
bounds_around (double latitude, double longitude, double metres)
{
  double angle = metres * 1.001 / EARTH_RADIUS, high = angle * 180 / G_PI;
  double ratio = sin (MIN (angle, G_PI / 2)) / cos (latitude * G_PI / 180);
  double wide = ratio >= 0 && ratio < 1 ? asin (ratio) * 180 / G_PI : 360;
  gboolean whole = ABS (latitude) + high >= 90 || ABS (longitude) + wide >= 180;

  if (!(ABS (latitude) <= 90 && ABS (longitude) <= 180 && metres >= 0))
    return NULL;
  return komek_bounds_new (MAX (-90, latitude - high), whole ? -180 : longitude - wide,
                           MIN (90, latitude + high), whole ? 180 : longitude + wide, NULL);
}

static GArray *
measure_around (const KomekAtlas *self, double latitude, double longitude, double metres)
{
  g_autoptr (KomekBounds) around = bounds_around (latitude, longitude, metres);

  return around ? measure_all (self, around, latitude, longitude)
                : g_array_new (FALSE, FALSE, sizeof (Neighbour));
}

/**
 * komek_atlas_list_within:
 * @metres: how far away they may be
 * @limit: how many at most
 *
 * A place that is not on Earth has nothing near it.
 *
 * Returns: (transfer full) (element-type guint32): the keys of the requests within @metres, the
 *   nearest first, of equally near ones the newest
 */
GArray *
komek_atlas_list_within (const KomekAtlas *self, double latitude, double longitude, double metres,
                         guint limit)
{
  g_autoptr (GArray) neighbours = measure_around (self, latitude, longitude, metres);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);

  for (guint i = 0; i < neighbours->len && i < limit; i++)
    {
      const Neighbour *neighbour = &g_array_index (neighbours, Neighbour, i);

      if (neighbour->metres > metres)
        break;
      g_array_append_val (keys, points[neighbour->index].key);
    }
  return keys;
}

/**
 * komek_atlas_find_nearest:
 * @metres: how far away it may be
 *
 * Returns: the key of the nearest request, 0 where none is within @metres
 */
guint32
komek_atlas_find_nearest (const KomekAtlas *self, double latitude, double longitude, double metres)
{
  g_autoptr (GArray) keys = komek_atlas_list_within (self, latitude, longitude, metres, 1);

  return keys->len > 0 ? g_array_index (keys, guint32, 0) : 0;
}
