/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-atlas.h"

#include <math.h>

#include "komek-atlas-private.h"
#include "komek-place.h"

#define FEW 24 /* points that are looked at one by one rather than quartered again */

/**
 * KomekAtlas:
 *
 * Where the requests are that a filter lets through: the index that the map asks.
 *
 * Each place becomes a Morton code: the bits of its two Mercator coordinates in
 * turn, so that all places in one quarter of the world, and in one quarter of
 * that, stand side by side in one sorted array. With running sums beside it a
 * whole quarter is counted by two binary searches, at every zoom alike.
 *
 * Immutable and counted. A new filter makes a new atlas: sorting a million
 * points takes less time than a finger takes to leave the chip.
 */
G_DEFINE_BOXED_TYPE (KomekAtlas, komek_atlas, komek_atlas_ref, komek_atlas_unref)

typedef struct
{
  guint64 code;
  guint32 index;
} Entry;

static guint64
spread_bits (guint32 value)
{
  guint64 bits = value;

  bits = (bits | bits << 16) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  bits = (bits | bits << 8) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  bits = (bits | bits << 4) & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f);
  bits = (bits | bits << 2) & G_GUINT64_CONSTANT (0x3333333333333333);
  return (bits | bits << 1) & G_GUINT64_CONSTANT (0x5555555555555555);
}

static guint32
gather_bits (guint64 bits)
{
  bits &= G_GUINT64_CONSTANT (0x5555555555555555);
  bits = (bits | bits >> 1) & G_GUINT64_CONSTANT (0x3333333333333333);
  bits = (bits | bits >> 2) & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f);
  bits = (bits | bits >> 4) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  bits = (bits | bits >> 8) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  return (guint32) (bits | bits >> 16);
}

static guint32
to_fixed (double coordinate)
{
  return (guint32) CLAMP (coordinate * 4294967296.0, 0, 4294967295.0);
}

static gboolean
is_placed (const KomekPoint *point)
{
  return ABS ((gint64) point->latitude) <= 900000000 && ABS ((gint64) point->longitude) <= 1800000000;
}

static guint64
encode (const KomekPoint *point)
{
  double x, y;

  komek_mercator_project (point->latitude / 1e7, point->longitude / 1e7, &x, &y);
  return spread_bits (to_fixed (x)) | spread_bits (to_fixed (y)) << 1;
}

static Entry *
list_entries (KomekPoints *points, const KomekFilter *filter, guint *n_entries)
{
  guint n_points;
  const KomekPoint *point = komek_points_peek (points, &n_points);
  Entry *entries = g_new (Entry, n_points + 1);
  guint n = 0;

  for (guint i = 0; i < n_points; i++, point++)
    if (is_placed (point) && komek_filter_test (filter, point) == 0)
      entries[n++] = (Entry) { encode (point), i };

  *n_entries = n;
  return entries;
}

/* One round of a radix sort, by one byte of the code; answers whether it had to move anything. */
static gboolean
sort_by_byte (const Entry *from, Entry *to, guint n, guint shift)
{
  guint starts[257] = { 0 };

  for (guint i = 0; i < n; i++)
    starts[(from[i].code >> shift & 0xff) + 1]++;
  if (n > 0 && starts[(from[0].code >> shift & 0xff) + 1] == n)
    return FALSE;

  for (guint i = 1; i < 257; i++)
    starts[i] += starts[i - 1];
  for (guint i = 0; i < n; i++)
    to[starts[from[i].code >> shift & 0xff]++] = from[i];
  return TRUE;
}

/* Stable, so that equal places stay newest first. Returns whichever of the two holds the result. */
static Entry *
sort_entries (Entry *entries, Entry *spare, guint n)
{
  for (guint shift = 0; shift < 64; shift += 8)
    if (sort_by_byte (entries, spare, n, shift))
      {
        Entry *sorted = spare;

        spare = entries;
        entries = sorted;
      }

  return entries;
}

static void
fill_arrays (KomekAtlas *self, const Entry *entries)
{
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);

  self->codes = g_new (guint64, self->n + 1);
  self->indexes = g_new (guint32, self->n + 1);
  self->sums_x = g_new0 (guint64, self->n + 1);
  self->sums_y = g_new0 (guint64, self->n + 1);
  self->sums = g_malloc0_n (self->n + 1, sizeof *self->sums);

  for (guint i = 0; i < self->n; i++)
    {
      guint64 code = entries[i].code;

      self->codes[i] = code;
      self->indexes[i] = entries[i].index;
      self->sums_x[i + 1] = self->sums_x[i] + gather_bits (code);
      self->sums_y[i + 1] = self->sums_y[i] + gather_bits (code >> 1);
      for (guint j = 0; j < KOMEK_N_GROUPS; j++)
        self->sums[i + 1][j] = self->sums[i][j];
      self->sums[i + 1][komek_filter_group_of (self->filter, &points[entries[i].index])]++;
    }
}

/**
 * komek_atlas_new:
 *
 * Sorts the places of all points that @filter lets through. Points without a
 * place, or with one that is not on Earth, are left out.
 *
 * Returns: (transfer full): the atlas
 */
KomekAtlas *
komek_atlas_new (KomekPoints *points, KomekFilter *filter)
{
  KomekAtlas *self = g_new0 (KomekAtlas, 1);
  g_autofree Entry *entries = list_entries (points, filter, &self->n);
  g_autofree Entry *spare = g_new (Entry, self->n + 1);

  g_atomic_ref_count_init (&self->refs);
  self->points = komek_points_ref (points);
  self->filter = komek_filter_ref (filter);
  fill_arrays (self, sort_entries (entries, spare, self->n));
  return self;
}

typedef struct
{
  KomekPoints *points;
  KomekFilter *filter;
} Order;

static void
order_free (Order *order)
{
  komek_points_unref (order->points);
  komek_filter_unref (order->filter);
  g_free (order);
}

static void
build_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Order *order = data;

  g_task_return_pointer (task, komek_atlas_new (order->points, order->filter),
                         (GDestroyNotify) komek_atlas_unref);
}

/**
 * komek_atlas_new_async:
 *
 * Does what komek_atlas_new() does in a thread.
 */
void
komek_atlas_new_async (KomekPoints *points, KomekFilter *filter, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *order = g_new (Order, 1);

  *order = (Order) { komek_points_ref (points), komek_filter_ref (filter) };
  g_task_set_source_tag (task, komek_atlas_new_async);
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, build_in_thread);
}

/**
 * komek_atlas_new_finish:
 *
 * Fails only where it was cancelled.
 *
 * Returns: (transfer full): the atlas
 */
KomekAtlas *
komek_atlas_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, komek_atlas_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

KomekAtlas *
komek_atlas_ref (KomekAtlas *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_atlas_unref (KomekAtlas *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  komek_points_unref (self->points);
  komek_filter_unref (self->filter);
  g_free (self->codes);
  g_free (self->indexes);
  g_free (self->sums_x);
  g_free (self->sums_y);
  g_free (self->sums);
  g_free (self);
}

KomekPoints *
komek_atlas_get_points (const KomekAtlas *self)
{
  return self->points;
}

KomekFilter *
komek_atlas_get_filter (const KomekAtlas *self)
{
  return self->filter;
}

/* How many requests it can show: let through by the filter and with a place. */
guint
komek_atlas_get_n_placed (const KomekAtlas *self)
{
  return self->n;
}

/**
 * komek_atlas_look_up:
 *
 * Returns: (nullable) (transfer none): the point with that key, whether the filter lets it
 *   through or not; it lives as long as the atlas
 */
const KomekPoint *
komek_atlas_look_up (const KomekAtlas *self, guint32 key)
{
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);

  for (guint i = 0; i < n_points; i++)
    if (points[i].key == key)
      return &points[i];

  return NULL;
}

/* The first of a stretch whose code is not below @code. */
static guint
find_code (const KomekAtlas *self, guint first, guint end, guint64 code)
{
  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (self->codes[middle] < code)
        first = middle + 1;
      else
        end = middle;
    }
  return first;
}

typedef struct
{
  const KomekAtlas *atlas;
  guint64           x0, y0, x1, y1; /* both ends belong to it */
  guint             depth;          /* 0: as deep as it needs to be exact */
  GArray           *ranges;
} Search;

static gboolean
is_leaf (const Search *search, guint level, guint n, gboolean inside)
{
  if (search->depth > 0)
    return level == search->depth;

  return inside || n <= FEW || level == KOMEK_ATLAS_DEPTH;
}

/* Goes through the quarters of a quarter, @level deep, whose points stand from @first to @end. */
static void
descend (Search *search, guint level, guint64 prefix, guint first, guint end)
{
  guint64 size = G_GUINT64_CONSTANT (1) << (KOMEK_ATLAS_DEPTH - level);
  guint64 x = (guint64) gather_bits (prefix) * size;
  guint64 y = (guint64) gather_bits (prefix >> 1) * size;
  gboolean inside = x > search->x0 && x + size - 1 < search->x1 && y > search->y0
                    && y + size - 1 < search->y1;

  if (first == end || x > search->x1 || x + size - 1 < search->x0 || y > search->y1
      || y + size - 1 < search->y0)
    return;
  if (is_leaf (search, level, end - first, inside))
    {
      g_array_append_val (search->ranges, ((KomekAtlasRange) { first, end, inside }));
      return;
    }

  for (guint quarter = 0; quarter < 4; quarter++)
    {
      guint64 below = prefix << 2 | quarter;
      guint shift = 2 * (KOMEK_ATLAS_DEPTH - level - 1);
      guint next = quarter == 3 ? end : find_code (search->atlas, first, end, (below + 1) << shift);

      descend (search, level + 1, below, first, next);
      first = next;
    }
}

/*
 * komek_atlas_collect:
 * @depth: how often the world is quartered; each quarter is answered as a whole. 0 for stretches
 *   that are as long as possible, of which those not inside the box must be looked through.
 *
 * Returns: (transfer full) (element-type KomekAtlasRange): the stretches that lie in the box
 */
GArray *
komek_atlas_collect (const KomekAtlas *self, const KomekMercatorBox *box, guint depth)
{
  Search search = {
    .atlas = self,
    .x0 = to_fixed (box->x0),
    .y0 = to_fixed (box->y0),
    .x1 = to_fixed (box->x1),
    .y1 = to_fixed (box->y1),
    .depth = MIN (depth, KOMEK_ATLAS_DEPTH),
    .ranges = g_array_new (FALSE, FALSE, sizeof (KomekAtlasRange)),
  };

  descend (&search, 0, 0, 0, self->n);
  return search.ranges;
}

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

typedef void (*VisitFunc) (const KomekAtlas *self, guint32 index, gpointer data);

/* What lies on the edge of the box is told by the bounds, which are finer than the codes. */
static void
visit (const KomekAtlas *self, const KomekBounds *bounds, VisitFunc func, gpointer data)
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
          func (self, self->indexes[j], data);
    }
}

static void
count_one (const KomekAtlas *self, guint32 index, gpointer data)
{
  guint n_points;
  const KomekPoint *point = komek_points_peek (self->points, &n_points) + index;

  komek_counts_add (data, point, komek_filter_group_of (self->filter, point));
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

  visit (self, bounds, count_one, counts);
  return counts;
}

static void
mark_one (const KomekAtlas *self, guint32 index, gpointer data)
{
  ((guint8 *) data)[index / 8] |= 1 << index % 8;
}

/**
 * komek_atlas_list_newest:
 * @bounds: (nullable): the part of the map, %NULL for all of it
 * @limit: how many at most
 *
 * The points are newest first, so a mark for each that lies there sorts them.
 *
 * Returns: (transfer full) (element-type guint32): the keys of the requests there
 */
GArray *
komek_atlas_list_newest (const KomekAtlas *self, const KomekBounds *bounds, guint limit)
{
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);
  g_autofree guint8 *marks = g_malloc0 (n_points / 8 + 1);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  visit (self, bounds, mark_one, marks);
  for (guint i = 0; i < n_points && keys->len < limit; i++)
    if (marks[i / 8] & 1 << i % 8)
      g_array_append_val (keys, points[i].key);

  return keys;
}

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

  visit (self, bounds, measure_one, &survey);
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
