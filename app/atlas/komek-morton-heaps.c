/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-morton-heaps.h"

#include <string.h>

#include "komek-morton-private.h"

#define MOST_BITS 14 /* of the number of a heap: what is known of each fits in the nearest memory */
#define HEAP_BITS 9  /* so many keys on a heap, in the mean: they fit in there too */
#define NONE G_MAXUINT32

/*
 * komek_morton_heaps_new:
 * @code: one of those that will come
 * @difference: the bits by which others may differ from it
 * @n_keys: how many will come at most
 * @index_bits: of an index, at most
 *
 * Returns: (nullable) (transfer full): heaps, %NULL where no number has room for a key
 */
KomekMortonHeaps *
komek_morton_heaps_new (guint64 code, guint64 difference, guint n_keys, guint index_bits)
{
  guint n_bits = (guint) CLAMP ((int) g_bit_storage (n_keys) - HEAP_BITS, 1, MOST_BITS);
  guint highest = difference ? 64 - (guint) __builtin_clzll (difference) : 0;
  guint shift = highest > n_bits ? highest - n_bits : 0;
  gsize n_lots = n_keys / KOMEK_MORTON_LOT + ((gsize) 1 << n_bits);
  KomekMortonHeaps *self;

  if (shift + index_bits > 64)
    return NULL;

  /* All lots but the last one of each heap are full, so there are no more. Memory that is not
   * written to costs nothing: hardly ever does every heap leave a lot open. */
  self = g_new (KomekMortonHeaps, 1);
  *self = (KomekMortonHeaps) {
    .shift = shift,
    .index_bits = index_bits,
    .above = highest < 64 ? code & ~(((guint64) 1 << MAX (highest, n_bits)) - 1) : 0,
    .n = 1u << n_bits,
    .n_keys = n_keys,
    .lots = g_new (guint64, n_lots * KOMEK_MORTON_LOT),
    .next = g_new (guint32, n_lots),
    .ends = g_new (guint64 *, 1u << n_bits),
    .firsts = g_new (guint32, 1u << n_bits),
    .lasts = g_new (guint32, 1u << n_bits),
  };
  for (guint i = 0; i < self->n; i++)
    {
      self->ends[i] = self->lots;
      self->firsts[i] = self->lasts[i] = NONE;
    }
  return self;
}

/* Gives a heap room for more. */
void
komek_morton_heaps_add_lot (KomekMortonHeaps *self, guint heap)
{
  guint32 lot = self->n_lots++;

  self->next[lot] = NONE;
  if (self->firsts[heap] == NONE)
    self->firsts[heap] = lot;
  else
    self->next[self->lasts[heap]] = lot;
  self->lasts[heap] = lot;
  self->ends[heap] = self->lots + (gsize) lot * KOMEK_MORTON_LOT;
}

/* In the order in which they came. Returns how many there are. */
static guint
take_heap (const KomekMortonHeaps *self, guint heap, guint64 *keys)
{
  guint n = 0;

  for (guint32 lot = self->firsts[heap]; lot != NONE; lot = self->next[lot])
    {
      const guint64 *first = self->lots + (gsize) lot * KOMEK_MORTON_LOT;
      guint n_here =
        lot == self->lasts[heap] ? (guint) (self->ends[heap] - first) : KOMEK_MORTON_LOT;

      memcpy (keys + n, first, n_here * sizeof *keys);
      n += n_here;
    }
  return n;
}

/* The keys become codes where they are; their indexes go to their place. */
static void
take_apart (const KomekMortonHeaps *self, guint heap, guint64 *keys, guint32 *indexes, guint n)
{
  guint64 top = self->above | (guint64) heap << self->shift;
  guint64 index_mask = ((guint64) 1 << self->index_bits) - 1;

  for (guint i = 0; i < n; i++)
    {
      guint64 key = keys[i];

      keys[i] = top | key >> self->index_bits;
      indexes[i] = (guint32) (key & index_mask);
    }
}

/*
 * komek_morton_heaps_sort:
 * @codes: (out caller-allocates) (array): rising; room for all
 * @indexes: (out caller-allocates) (array): rising where the codes are equal
 *
 * Returns: how many there are
 */
guint
komek_morton_heaps_sort (KomekMortonHeaps *self, guint64 *codes, guint32 *indexes)
{
  g_autofree guint64 *room = g_new (guint64, self->n_keys + 1);
  guint n = 0;

  for (guint i = 0; i < self->n; i++)
    {
      guint n_here = take_heap (self, i, codes + n);

      komek_morton_sort_keys (codes + n, room, n_here);
      take_apart (self, i, codes + n, indexes + n, n_here);
      n += n_here;
    }
  return n;
}

void
komek_morton_heaps_free (KomekMortonHeaps *self)
{
  g_free (self->lots);
  g_free (self->next);
  g_free (self->ends);
  g_free (self->firsts);
  g_free (self->lasts);
  g_free (self);
}
