/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-point-merge.h"

/* A list of a million points with some of them taken out and others put in: one pass over it. */

static guint32
find_greatest (GArray *keys)
{
  guint32 greatest = 0;

  for (guint i = 0; i < keys->len; i++)
    greatest = MAX (greatest, g_array_index (keys, guint32, i));
  return greatest;
}

/* One bit a key: to ask a set of keys about each point takes longer than all the rest. */
static guint8 *
mark_keys (GArray *keys, guint32 greatest)
{
  guint8 *marked = g_malloc0 (greatest / 8 + 1);

  for (guint i = 0; i < keys->len; i++)
    {
      guint32 key = g_array_index (keys, guint32, i);

      marked[key / 8] |= 1 << key % 8;
    }
  return marked;
}

/**
 * komek_point_merge:
 * @dropped: (element-type guint32): keys of points that are not to stay
 * @fresh: (element-type KomekPoint): what comes in, newest first
 *
 * Returns: (transfer full) (element-type KomekPoint): the points, newest first; of one second,
 *   those that came in before those that were known
 */
GArray *
komek_point_merge (KomekPoints *known, GArray *dropped, GArray *fresh)
{
  guint n;
  const KomekPoint *points = komek_points_peek (known, &n);
  guint32 greatest = find_greatest (dropped);
  g_autofree guint8 *marked = mark_keys (dropped, greatest);
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof (KomekPoint), n + fresh->len);
  KomekPoint *end = (KomekPoint *) merged->data;
  const KomekPoint *next = (const KomekPoint *) fresh->data, *last = next + fresh->len;

  for (const KomekPoint *point = points; point < points + n; point++)
    {
      if (point->key <= greatest && marked[point->key / 8] & 1 << point->key % 8)
        continue;
      while (next < last && next->requested >= point->requested)
        *end++ = *next++;
      *end++ = *point;
    }
  while (next < last)
    *end++ = *next++;
  return g_array_set_size (merged, end - (KomekPoint *) merged->data);
}
