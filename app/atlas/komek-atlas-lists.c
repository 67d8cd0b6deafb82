/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-atlas-private.h"

static KomekMercatorBox
box_of_bounds (const KomekBounds *bounds)
{
  KomekMercatorBox box;

  if (!bounds)
    return (KomekMercatorBox) { 0, 0, 1, 1 };

  komek_mercator_project (komek_bounds_get_north (bounds), komek_bounds_get_west (bounds), &box.x0,
                          &box.y0);
  komek_mercator_project (komek_bounds_get_south (bounds), komek_bounds_get_east (bounds), &box.x1,
                          &box.y1);
  return box;
}

static gboolean
bounds_hold (const KomekBounds *bounds, const KomekPoint *point)
{
  return !bounds || komek_bounds_contains (bounds, point->latitude / 1e7, point->longitude / 1e7);
}

/*
 * komek_atlas_visit:
 * @bounds: (nullable): the part of the map, %NULL for all of it
 *
 * Calls @visitor for each point there. What lies on the edge of the box is told by the bounds,
 * which are finer than the codes.
 */
void
komek_atlas_visit (const KomekAtlas *self, const KomekBounds *bounds, KomekAtlasVisitor visitor,
                   gpointer data)
{
  KomekMercatorBox box = box_of_bounds (bounds);
  g_autoptr (GArray) ranges = komek_atlas_collect (self, &box, 0);
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);

  for (guint i = 0; i < ranges->len; i++)
    {
      const KomekAtlasRange *range = &g_array_index (ranges, KomekAtlasRange, i);

      for (guint j = range->first; j < range->end; j++)
        if (range->inside || bounds_hold (bounds, &points[self->indexes[j]]))
          visitor (self, self->indexes[j], data);
    }
}

/**
 * komek_atlas_count_places:
 * @bounds: (nullable): the part of the map, %NULL for all of it
 *
 * Returns: how many requests lie there; only those at the edge are looked at one by one
 */
guint
komek_atlas_count_places (const KomekAtlas *self, const KomekBounds *bounds)
{
  KomekMercatorBox box = box_of_bounds (bounds);
  g_autoptr (GArray) ranges = komek_atlas_collect (self, &box, 0);
  guint n_points, n = 0;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);

  for (guint i = 0; i < ranges->len; i++)
    {
      const KomekAtlasRange *range = &g_array_index (ranges, KomekAtlasRange, i);

      if (range->inside)
        n += range->end - range->first;
      else
        for (guint j = range->first; j < range->end; j++)
          n += bounds_hold (bounds, &points[self->indexes[j]]);
    }
  return n;
}

static void
count_one (const KomekAtlas *self, guint32 index, gpointer data)
{
  guint n_points;
  const KomekPoint *point = komek_points_peek (self->points, &n_points) + index;

  komek_counts_add (data, point, komek_groups_get (komek_sieve_peek_groups (self->sieve), index));
}

/**
 * komek_atlas_count:
 * @bounds: (nullable): the part of the map, %NULL for all of it
 *
 * Returns: (transfer full): how many requests of each group and service lie there
 */
KomekCounts *
komek_atlas_count (const KomekAtlas *self, const KomekBounds *bounds)
{
  KomekCounts *counts = komek_counts_new_empty (self->points);

  komek_atlas_visit (self, bounds, count_one, counts);
  return counts;
}

static void
mark_one (const KomekAtlas *self, guint32 index, gpointer data)
{
  ((guint8 *) data)[index / 8] |= 1 << index % 8;
}

/* The marked ones; the points are newest first, so a mark for each that is wanted sorts them. */
static GArray *
list_marked (const KomekAtlas *self, const guint8 *marks, guint limit)
{
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < n_points && keys->len < limit; i++)
    if (marks[i / 8] & 1 << i % 8)
      g_array_append_val (keys, points[i].key);
  return keys;
}

static guint8 *
make_marks (const KomekAtlas *self)
{
  guint n_points;

  komek_points_peek (self->points, &n_points);
  return g_malloc0 (n_points / 8 + 1);
}

/**
 * komek_atlas_list_newest:
 * @bounds: (nullable): the part of the map, %NULL for all of it
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type guint32): the keys of the requests there
 */
GArray *
komek_atlas_list_newest (const KomekAtlas *self, const KomekBounds *bounds, guint limit)
{
  g_autofree guint8 *marks = make_marks (self);

  komek_atlas_visit (self, bounds, mark_one, marks);
  return list_marked (self, marks, limit);
}

/* What is done for each point inside a border. */
typedef struct
{
  const KomekRegion *region;
  KomekAtlasVisitor  visitor;
  gpointer           data;
} Sieve;

static void
sift_one (const KomekAtlas *self, guint32 index, gpointer data)
{
  const Sieve *sieve = data;
  guint n_points;
  const KomekPoint *point = komek_points_peek (self->points, &n_points) + index;

  if (komek_region_contains (sieve->region, point->latitude / 1e7, point->longitude / 1e7))
    sieve->visitor (self, index, sieve->data);
}

static void
visit_region (const KomekAtlas *self, const KomekRegion *region, KomekAtlasVisitor visitor,
              gpointer data)
{
  Sieve sieve = { region, visitor, data };

  komek_atlas_visit (self, komek_region_get_bounds (region), sift_one, &sieve);
}

/**
 * komek_atlas_count_region:
 *
 * Returns: (transfer full): how many requests of each group and service lie inside a border
 */
KomekCounts *
komek_atlas_count_region (const KomekAtlas *self, const KomekRegion *region)
{
  KomekCounts *counts = komek_counts_new_empty (self->points);

  visit_region (self, region, count_one, counts);
  return counts;
}

/**
 * komek_atlas_list_region:
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type guint32): the keys of the requests inside a border, the
 *   newest first
 */
GArray *
komek_atlas_list_region (const KomekAtlas *self, const KomekRegion *region, guint limit)
{
  g_autofree guint8 *marks = make_marks (self);

  visit_region (self, region, mark_one, marks);
  return list_marked (self, marks, limit);
}
