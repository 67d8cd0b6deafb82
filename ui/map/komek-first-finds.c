/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-first-finds.h"

#define UNITS_PER_DEGREE 1e7
#define N_BITS 65536

/* The first hits of a search as the list shows them while the survey of all
 * hits is on its way. Made between two frames: a bit for each key, by its low
 * half, tells nearly all of a million points that they are not meant. */

static gboolean
is_in_view (const KomekPoint *point, const KomekBounds *view)
{
  if (!view)
    return TRUE;
  return point->latitude != KOMEK_POINT_NOWHERE
         && komek_bounds_contains (view, point->latitude / UNITS_PER_DEGREE,
                                   point->longitude / UNITS_PER_DEGREE);
}

static gboolean
is_meant (guint32 key, GArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, guint32, i) == key)
      return TRUE;
  return FALSE;
}

/**
 * komek_first_finds_new:
 * @keys: (element-type guint32): the newest hits, some dozens
 * @filter: what else holds requests back
 * @view: (nullable): where somebody looks
 *
 * Returns: (transfer full) (element-type guint32): those of @keys that are let through and in view
 */
GArray *
komek_first_finds_new (GArray *keys, KomekPoints *points, const KomekFilter *filter,
                       const KomekBounds *view)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree guint8 *bits = g_malloc0 (N_BITS / 8);
  guint n, left = keys->len;
  const KomekPoint *point = komek_points_peek (points, &n);

  for (guint i = 0; i < keys->len; i++)
    {
      guint low = g_array_index (keys, guint32, i) % N_BITS;

      bits[low / 8] |= 1 << low % 8;
    }
  for (guint i = 0; i < n && left > 0; i++, point++)
    {
      guint low = point->key % N_BITS;

      if (!(bits[low / 8] & 1 << low % 8) || !is_meant (point->key, keys))
        continue;
      left--;
      if (komek_filter_test (filter, point) == 0 && is_in_view (point, view))
        g_array_append_val (found, point->key);
    }
  return found;
}
