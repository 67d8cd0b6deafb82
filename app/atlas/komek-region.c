/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-region.h"

#include "komek-error.h"

#define MOST_BANDS 4096
#define EDGES_A_BAND 4
#define MOST_REPEATS 8 /* how often an edge may stand in bands, on average */

/**
 * KomekRegion:
 *
 * A part of the map inside a border: a district, with its holes and its islands.
 *
 * Rings of corners, each closed by itself. A place is inside where a ray from it
 * to the east crosses an odd number of edges, so that it matters neither which
 * way a ring runs nor which of them are holes, and lines that cross are no harm.
 * Sides are straight in degrees. Of two regions that share a side each place on
 * it belongs to one. The edges stand in bands of latitude, so that a ray meets
 * a few of a million.
 *
 * Immutable and counted.
 */
struct _KomekRegion
{
  gatomicrefcount    refs;
  KomekBounds       *bounds;
  KomekRegionCorner *edges; /* two corners each */
  guint              n_edges;
  double             south, bands_per_degree;
  guint              n_bands;
  guint             *starts; /* where each band begins in the list, and where the last ends */
  guint             *list;   /* of edges, band after band */
};

G_DEFINE_BOXED_TYPE (KomekRegion, komek_region, komek_region_ref, komek_region_unref)

static GArray *
list_edges (GPtrArray *rings)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (KomekRegionCorner));

  for (guint i = 0; i < rings->len; i++)
    {
      GArray *ring = g_ptr_array_index (rings, i);

      for (guint j = 0; j < ring->len; j++)
        {
          g_array_append_vals (edges, &g_array_index (ring, KomekRegionCorner, j), 1);
          g_array_append_vals (edges, &g_array_index (ring, KomekRegionCorner, (j + 1) % ring->len),
                               1);
        }
    }
  return edges;
}

/* A corner that is no number makes no edges of the rectangle larger, so each is asked. */
static KomekBounds *
measure (GArray *corners, GError **error)
{
  double south = 90, west = 180, north = -90, east = -180;

  for (guint i = 0; i < corners->len; i++)
    {
      const KomekRegionCorner *corner = &g_array_index (corners, KomekRegionCorner, i);

      if (!(ABS (corner->latitude) <= 90) || !(ABS (corner->longitude) <= 180))
        {
          g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                       "A border has a corner at %g, %g, which is not on Earth", corner->latitude,
                       corner->longitude);
          return NULL;
        }
      south = MIN (south, corner->latitude);
      west = MIN (west, corner->longitude);
      north = MAX (north, corner->latitude);
      east = MAX (east, corner->longitude);
    }
  if (corners->len < 6)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "A border has no three corners");
      return NULL;
    }
  return komek_bounds_new (south, west, north, east, error);
}

static guint
band_of (const KomekRegion *self, double latitude)
{
  return MIN ((guint) MAX (0, (latitude - self->south) * self->bands_per_degree),
              self->n_bands - 1);
}

static void
get_bands (const KomekRegion *self, guint edge, guint *first, guint *last)
{
  double a = self->edges[2 * edge].latitude, b = self->edges[2 * edge + 1].latitude;

  *first = band_of (self, MIN (a, b));
  *last = band_of (self, MAX (a, b));
}

static void
set_bands (KomekRegion *self, guint n_bands)
{
  double height = komek_bounds_get_north (self->bounds) - self->south;

  self->n_bands = height > 0 ? n_bands : 1;
  self->bands_per_degree = height > 0 ? n_bands / height : 0;
}

static guint64
count_repeats (const KomekRegion *self)
{
  guint64 repeats = 0;

  for (guint i = 0; i < self->n_edges; i++)
    {
      guint first, last;

      get_bands (self, i, &first, &last);
      repeats += last - first + 1;
    }
  return repeats;
}

static void
fill_bands (KomekRegion *self, guint repeats)
{
  guint first, last;

  self->starts = g_new0 (guint, self->n_bands + 2);
  self->list = g_new (guint, repeats);
  for (guint i = 0; i < self->n_edges; i++)
    {
      get_bands (self, i, &first, &last);
      for (guint band = first; band <= last; band++)
        self->starts[band + 2]++;
    }
  for (guint band = 2; band < self->n_bands + 2; band++)
    self->starts[band] += self->starts[band - 1];
  /* Each start is one place too far to the right until its band is full. */
  for (guint i = 0; i < self->n_edges; i++)
    {
      get_bands (self, i, &first, &last);
      for (guint band = first; band <= last; band++)
        self->list[self->starts[band + 1]++] = i;
    }
}

/* Fewer bands where the edges are long, or a comb of a million teeth would fill the memory. */
static void
make_bands (KomekRegion *self)
{
  guint n_bands = CLAMP (self->n_edges / EDGES_A_BAND, 1, MOST_BANDS);
  guint64 repeats;

  set_bands (self, n_bands);
  while ((repeats = count_repeats (self)) > (guint64) MOST_REPEATS * self->n_edges)
    set_bands (self, n_bands = n_bands / 2);
  fill_bands (self, (guint) repeats);
}

/**
 * komek_region_new:
 * @rings: (element-type GArray): arrays of #KomekRegionCorner; the last corner of each is joined
 *   to its first, whether they are the same or not
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where a corner is not on Earth or there are less than three.
 *
 * Returns: (transfer full): the region
 */
KomekRegion *
komek_region_new (GPtrArray *rings, GError **error)
{
  g_autoptr (GArray) edges = list_edges (rings);
  KomekBounds *bounds = measure (edges, error);
  KomekRegion *self;

  if (!bounds)
    return NULL;

  self = g_new0 (KomekRegion, 1);
  g_atomic_ref_count_init (&self->refs);
  self->bounds = bounds;
  self->south = komek_bounds_get_south (bounds);
  self->n_edges = edges->len / 2;
  self->edges = (KomekRegionCorner *) g_array_free (g_steal_pointer (&edges), FALSE);
  make_bands (self);
  return self;
}

KomekRegion *
komek_region_ref (KomekRegion *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_region_unref (KomekRegion *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  komek_bounds_unref (self->bounds);
  g_free (self->edges);
  g_free (self->starts);
  g_free (self->list);
  g_free (self);
}

/* The rectangle round it. */
KomekBounds *
komek_region_get_bounds (const KomekRegion *self)
{
  return self->bounds;
}

/* The ray of Franklin's PNPOLY: an edge has its southern end but not its northern one. */
static gboolean
crosses (const KomekRegionCorner *edge, double latitude, double longitude)
{
  const KomekRegionCorner *a = &edge[0], *b = &edge[1];

  if ((a->latitude > latitude) == (b->latitude > latitude))
    return FALSE;
  return longitude < (b->longitude - a->longitude) * (latitude - a->latitude)
                         / (b->latitude - a->latitude)
                       + a->longitude;
}

gboolean
komek_region_contains (const KomekRegion *self, double latitude, double longitude)
{
  gboolean inside = FALSE;
  guint band;

  if (!komek_bounds_contains (self->bounds, latitude, longitude))
    return FALSE;

  band = band_of (self, latitude);
  for (guint i = self->starts[band]; i < self->starts[band + 1]; i++)
    inside ^= crosses (&self->edges[2 * self->list[i]], latitude, longitude);
  return inside;
}
