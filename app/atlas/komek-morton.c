/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-morton.h"

#include <string.h>

#include "komek-mercator.h"
#include "komek-morton-private.h"

/* Of a digit, so that the counts of its values fit in the nearest memory. */
#define BITS 11
#define VALUES (1u << BITS)
#define FEW 16 /* are sorted faster one by one */

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

/* Which bits differ among the codes. */
static guint64
find_difference (const KomekMortonEntry *entries, guint n)
{
  guint64 difference = 0;

  for (guint i = 1; i < n; i++)
    difference |= entries[i].code ^ entries[0].code;
  return difference;
}

/* By one digit of the code. Says of each of its values where the next one ends. */
static void
deal (const KomekMortonEntry *from, KomekMortonEntry *to, guint n, guint shift, guint mask,
      guint *ends)
{
  guint start = 0;

  memset (ends, 0, (mask + 1) * sizeof *ends);
  for (guint i = 0; i < n; i++)
    ends[from[i].code >> shift & mask]++;
  for (guint i = 0; i <= mask; i++)
    {
      guint count = ends[i];

      ends[i] = start;
      start += count;
    }
  for (guint i = 0; i < n; i++)
    to[ends[from[i].code >> shift & mask]++] = from[i];
}

static void
sort_few (KomekMortonEntry *entries, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      KomekMortonEntry entry = entries[i];
      guint j = i;

      for (; j > 0 && entries[j - 1].code > entry.code; j--)
        entries[j] = entries[j - 1];
      entries[j] = entry;
    }
}

/*
 * komek_morton_sort:
 *
 * Stable, so that equal places stay newest first. Dealt out by the highest bits that differ, and
 * each heap likewise: all but the first round goes on in the nearest memory, so that twice as many
 * take twice as long. What all codes of a city share costs nothing.
 *
 * Returns: whichever of the two holds the result
 */
KomekMortonEntry *
komek_morton_sort (KomekMortonEntry *entries, KomekMortonEntry *spare, guint n)
{
  guint64 difference = find_difference (entries, n);
  guint n_bits = MIN (BITS, MAX (1, g_bit_storage (n) - 1));
  guint ends[VALUES], highest, shift, mask;

  if (difference == 0)
    return entries;
  if (n <= FEW)
    {
      sort_few (entries, n);
      return entries;
    }
  highest = 64 - (guint) __builtin_clzll (difference);
  shift = highest > n_bits ? highest - n_bits : 0;
  mask = (1u << n_bits) - 1;
  deal (entries, spare, n, shift, mask, ends);
  for (guint i = 0, start = 0; shift > 0 && i <= mask; start = ends[i++])
    {
      guint count = ends[i] - start;
      KomekMortonEntry *sorted =
        count > 1 ? komek_morton_sort (spare + start, entries + start, count) : spare + start;

      if (sorted != spare + start)
        memcpy (spare + start, sorted, count * sizeof *sorted);
    }
  return spare;
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
