/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-atlas-private.h"

/* The places of points among all points, rising: so the newest first. */
typedef struct
{
  guint32 *indexes;
  guint    n;
} Listed;

static void
mark_one (const KomekAtlas *self, guint32 index, gpointer data)
{
  ((guint8 *) data)[index] = TRUE;
}

static void
take_marked (Listed *listed, const guint8 *marks, guint n_points)
{
  /* Written whether it is marked or not: no branch to be foreseen. */
  for (guint i = 0; i < n_points; i++)
    {
      listed->indexes[listed->n] = i;
      listed->n += marks[i];
    }
}

static void
list_placed (const KomekAtlas *self, const KomekBounds *bounds, Listed *listed)
{
  guint n_points;
  g_autofree guint8 *marks = NULL;

  komek_points_peek (self->points, &n_points);
  marks = g_malloc0 (n_points + 1);
  komek_atlas_visit (self, bounds, mark_one, marks);
  take_marked (listed, marks, n_points);
}

static void
list_all (const KomekAtlas *self, Listed *listed)
{
  const guint8 *missed = komek_sieve_peek_missed (self->sieve);
  guint n_points;

  komek_points_peek (self->points, &n_points);
  for (guint i = 0; i < n_points; i++)
    {
      listed->indexes[listed->n] = i;
      listed->n += missed[i] == 0;
    }
}

/* In the order in which they lie in memory. */
static void
count_all (const KomekAtlas *self, const Listed *listed, const KomekPoint *points,
           KomekCounts *counts)
{
  const guint8 *groups = komek_sieve_peek_groups (self->sieve);

  for (guint i = 0; i < listed->n; i++)
    {
      guint32 index = listed->indexes[i];

      komek_counts_add (counts, &points[index], komek_groups_get (groups, index));
    }
}

static GArray *
take_keys (const Listed *listed, const KomekPoint *points)
{
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (guint32), listed->n);

  g_array_set_size (keys, listed->n);
  for (guint i = 0; i < listed->n; i++)
    g_array_index (keys, guint32, i) = points[listed->indexes[i]].key;
  return keys;
}

/* The sort is that of the Morton codes: whatever it sorts by, equal ones stay as they are. */
static void
rank_all (Listed *listed, const KomekPoint *points, KomekAtlasRanker rank, gpointer data)
{
  guint64 *ranks = g_new (guint64, listed->n + 1);

  for (guint i = 0; i < listed->n; i++)
    ranks[i] = rank (&points[listed->indexes[i]], data);
  komek_morton_sort (ranks, listed->indexes, listed->n);
  g_free (ranks);
}

/**
 * komek_atlas_list_ranked:
 * @bounds: (nullable): the part of the map; %NULL for all that the filter lets through, with
 *   and without a place
 * @counts: (nullable): where each request that is listed is counted
 * @rank: (nullable) (scope call): tells by what the list is ordered, %NULL for the newest first
 *
 * Returns: (transfer full) (element-type guint32): the keys of the requests, those of lower rank
 *   first, of equal ones the newest
 */
GArray *
komek_atlas_list_ranked (const KomekAtlas *self, const KomekBounds *bounds, KomekCounts *counts,
                         KomekAtlasRanker rank, gpointer data)
{
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);
  Listed listed = { g_new (guint32, n_points + 1), 0 };
  GArray *keys;

  if (bounds)
    list_placed (self, bounds, &listed);
  else
    list_all (self, &listed);
  if (counts)
    count_all (self, &listed, points, counts);
  if (rank)
    rank_all (&listed, points, rank, data);
  keys = take_keys (&listed, points);
  g_free (listed.indexes);
  return keys;
}
