/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-atlas-private.h"
#include "komek-place.h"

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

/* A rectangle that holds everything within a distance, cut off where the world ends. */
static KomekBounds *
bounds_around (double latitude, double longitude, double metres)
{
  double high = metres / 111000;
  double wide = high / MAX (0.001, cos (latitude * G_PI / 180));

  return komek_bounds_new (MAX (-90, latitude - high), MAX (-180, longitude - wide),
                           MIN (90, latitude + high), MIN (180, longitude + wide), NULL);
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
  g_autoptr (KomekBounds) around = bounds_around (latitude, longitude, metres);
  g_autoptr (GArray) neighbours =
    around ? measure_all (self, around, latitude, longitude) : NULL;
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);
  const Neighbour *first;

  if (!neighbours || neighbours->len == 0)
    return 0;

  first = &g_array_index (neighbours, Neighbour, 0);
  return first->metres <= metres ? points[first->index].key : 0;
}
