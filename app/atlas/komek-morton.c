/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-morton.h"

#include "komek-mercator.h"
#include "komek-morton-private.h"

/**
 * KomekMorton:
 *
 * All points that have a place, in the order of their Morton codes.
 *
 * A code is the bits of the two Mercator coordinates in turn, so that all places
 * in one quarter of the world, and in one quarter of that, stand side by side.
 * No filter changes the order: an atlas is what a filter leaves of it, and so
 * needs no sorting.
 *
 * Immutable and counted.
 */
G_DEFINE_BOXED_TYPE (KomekMorton, komek_morton, komek_morton_ref, komek_morton_unref)

guint64
komek_morton_encode (const KomekPoint *point)
{
  double x, y;

  komek_mercator_project (point->latitude / 1e7, point->longitude / 1e7, &x, &y);
  return komek_morton_spread (komek_morton_to_fixed (x))
         | komek_morton_spread (komek_morton_to_fixed (y)) << 1;
}

/*
 * komek_morton_new_borrowed:
 * @codes: (transfer full): freed by g_free(), unless they lie in @bytes
 * @indexes: (transfer full): likewise
 * @bytes: (nullable): what both lie in
 */
KomekMorton *
komek_morton_new_borrowed (KomekPoints *points, guint n, const guint64 *codes,
                           const guint32 *indexes, GBytes *bytes)
{
  KomekMorton *self = g_new0 (KomekMorton, 1);

  g_atomic_ref_count_init (&self->refs);
  self->points = komek_points_ref (points);
  self->n = n;
  self->codes = codes;
  self->indexes = indexes;
  self->bytes = bytes ? g_bytes_ref (bytes) : NULL;
  return self;
}

KomekMorton *
komek_morton_ref (KomekMorton *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_morton_unref (KomekMorton *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  komek_points_unref (self->points);
  if (self->bytes)
    g_bytes_unref (self->bytes);
  else
    {
      g_free ((gpointer) self->codes);
      g_free ((gpointer) self->indexes);
    }
  g_free (self);
}

KomekPoints *
komek_morton_get_points (const KomekMorton *self)
{
  return self->points;
}

/* How many of the points have a place. */
guint
komek_morton_get_n_placed (const KomekMorton *self)
{
  return self->n;
}
