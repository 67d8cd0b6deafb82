/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-bounds.h"

#include "komek-error.h"

/**
 * KomekBounds:
 *
 * A rectangle on the map: the part of the city that a view shows or a query asks for.
 *
 * Immutable and counted, so any thread may hold it. Degrees, WGS84; the edges
 * belong to it. It never crosses the antimeridian: no city that we serve does.
 */
struct _KomekBounds
{
  gatomicrefcount refs;
  double          south, west, north, east;
};

G_DEFINE_BOXED_TYPE (KomekBounds, komek_bounds, komek_bounds_ref, komek_bounds_unref)

/**
 * komek_bounds_new:
 * @south: the lower edge, -90 to @north
 * @west: the left edge, -180 to @east
 *
 * Makes bounds of four edges.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where the edges are out of range, crossed
 * or not numbers: they come from addresses and files, never only from us.
 *
 * Returns: (transfer full): the bounds
 */
KomekBounds *
komek_bounds_new (double south, double west, double north, double east, GError **error)
{
  KomekBounds *self;

  /* Written so that NaN fails each comparison. */
  if (!(south >= -90 && south <= north && north <= 90)
      || !(west >= -180 && west <= east && east <= 180))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                   "Not a rectangle on the map: %g,%g,%g,%g", south, west, north, east);
      return NULL;
    }

  self = g_new (KomekBounds, 1);
  *self = (KomekBounds) { .south = south, .west = west, .north = north, .east = east };
  g_atomic_ref_count_init (&self->refs);
  return self;
}

KomekBounds *
komek_bounds_ref (KomekBounds *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_bounds_unref (KomekBounds *self)
{
  if (g_atomic_ref_count_dec (&self->refs))
    g_free (self);
}

gboolean
komek_bounds_contains (const KomekBounds *self, double latitude, double longitude)
{
  return latitude >= self->south && latitude <= self->north
         && longitude >= self->west && longitude <= self->east;
}

double
komek_bounds_get_south (const KomekBounds *self)
{
  return self->south;
}

double
komek_bounds_get_west (const KomekBounds *self)
{
  return self->west;
}

double
komek_bounds_get_north (const KomekBounds *self)
{
  return self->north;
}

double
komek_bounds_get_east (const KomekBounds *self)
{
  return self->east;
}

/**
 * komek_bounds_equal:
 * @a: (nullable): bounds
 * @b: (nullable): others
 *
 * Returns: whether both are the same, or there are none
 */
gboolean
komek_bounds_equal (const KomekBounds *a, const KomekBounds *b)
{
  if (!a || !b)
    return a == b;
  return a->south == b->south && a->west == b->west && a->north == b->north && a->east == b->east;
}
