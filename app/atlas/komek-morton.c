/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-morton.h"

#include <string.h>

#include "komek-mercator.h"
#include "komek-morton-private.h"

/* Six digits of eleven bits make a code; the counts of one fit in the nearest memory. */
#define DIGITS 6
#define BITS 11
#define VALUES (1u << BITS)

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

static KomekMortonEntry *
list_entries (KomekPoints *points, guint *n_entries)
{
  guint n_points;
  const KomekPoint *point = komek_points_peek (points, &n_points);
  KomekMortonEntry *entries = g_new (KomekMortonEntry, n_points + 1);
  guint n = 0;

  for (guint i = 0; i < n_points; i++, point++)
    if (komek_morton_takes (point))
      entries[n++] = (KomekMortonEntry) { komek_morton_encode (point), i };

  *n_entries = n;
  return entries;
}

/* How often each value of each digit of the codes comes, in one pass over them. */
static void
count_digits (const KomekMortonEntry *entries, guint n, guint counts[DIGITS][VALUES])
{
  memset (counts, 0, DIGITS * sizeof counts[0]);
  for (guint i = 0; i < n; i++)
    for (guint digit = 0; digit < DIGITS; digit++)
      counts[digit][entries[i].code >> BITS * digit & (VALUES - 1)]++;
}

/* One round of a radix sort, by one digit of the code. */
static void
sort_by_digit (const KomekMortonEntry *from, KomekMortonEntry *to, guint n, guint shift,
               const guint counts[VALUES])
{
  guint starts[VALUES], start = 0;

  for (guint i = 0; i < VALUES; i++)
    {
      starts[i] = start;
      start += counts[i];
    }
  for (guint i = 0; i < n; i++)
    to[starts[from[i].code >> shift & (VALUES - 1)]++] = from[i];
}

/*
 * komek_morton_sort:
 *
 * Stable, so that equal places stay newest first. A digit that all codes share, as those of one
 * city share their highest, costs nothing.
 *
 * Returns: whichever of the two holds the result
 */
KomekMortonEntry *
komek_morton_sort (KomekMortonEntry *entries, KomekMortonEntry *spare, guint n)
{
  guint counts[DIGITS][VALUES];

  count_digits (entries, n, counts);
  for (guint digit = 0; n > 0 && digit < DIGITS; digit++)
    if (counts[digit][entries[0].code >> BITS * digit & (VALUES - 1)] < n)
      {
        KomekMortonEntry *sorted = spare;

        sort_by_digit (entries, spare, n, BITS * digit, counts[digit]);
        spare = entries;
        entries = sorted;
      }

  return entries;
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

/**
 * komek_morton_new:
 *
 * Sorts the places of all points. Those without a place, or with one that is not on Earth, are
 * left out.
 *
 * Returns: (transfer full): the order
 */
KomekMorton *
komek_morton_new (KomekPoints *points)
{
  guint n;
  g_autofree KomekMortonEntry *entries = list_entries (points, &n);
  g_autofree KomekMortonEntry *spare = g_new (KomekMortonEntry, n + 1);
  const KomekMortonEntry *sorted = komek_morton_sort (entries, spare, n);
  guint64 *codes = g_new (guint64, n + 1);
  guint32 *indexes = g_new (guint32, n + 1);

  for (guint i = 0; i < n; i++)
    {
      codes[i] = sorted[i].code;
      indexes[i] = sorted[i].index;
    }
  return komek_morton_new_borrowed (points, n, codes, indexes, NULL);
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
