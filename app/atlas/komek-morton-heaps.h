/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define KOMEK_MORTON_LOT 128 /* keys; a power of two */

/*
 * KomekMortonHeaps:
 * @shift: how many bits of a code its heap does not tell
 * @index_bits: how many bits an index has at most
 * @above: what all codes share above the number of their heap
 * @n: how many there are
 * @n_keys: how many keys will come at most
 * @lots: (array): keys, a lot after the other, of whatever heap ran out of room
 * @next: (array): of each lot the next one of the same heap
 * @n_lots: how many lots have been given out
 * @ends: (array length=n): of each heap where its next key goes; the start of a lot where it has
 *   no room
 * @firsts: (array length=n): of each heap its first lot
 * @lasts: (array length=n): of each heap the lot that is being filled
 *
 * Codes, each with its index, on their way into their order: thrown on heaps by their highest bits
 * one by one, as they are reckoned.
 *
 * A heap grows by small lots out of a common store, so that all that is written to at a time lies
 * in the nearest memory, and nobody needs to know in advance how many go where. A key is what the
 * heap does not tell of a code, with the index behind it, in one number.
 */
typedef struct
{
  guint     shift;
  guint     index_bits;
  guint64   above;
  guint     n;
  guint     n_keys;
  guint64  *lots;
  guint32  *next;
  guint     n_lots;
  guint64 **ends;
  guint32  *firsts;
  guint32  *lasts;
} KomekMortonHeaps;

KomekMortonHeaps *komek_morton_heaps_new (guint64 code, guint64 difference, guint n_keys,
                                          guint index_bits);
void komek_morton_heaps_add_lot (KomekMortonHeaps *self, guint heap);
guint komek_morton_heaps_sort (KomekMortonHeaps *self, guint64 *codes, guint32 *indexes);
void komek_morton_heaps_free (KomekMortonHeaps *self);

/* FALSE, and nothing is done, where the code shares too little with the others. */
static inline gboolean
komek_morton_heaps_add (KomekMortonHeaps *self, guint64 code, guint32 index)
{
  guint64 heap = (code ^ self->above) >> self->shift;
  guint64 below = code & (((guint64) 1 << self->shift) - 1);

  if (heap >= self->n)
    return FALSE;
  if (((self->ends[heap] - self->lots) & (KOMEK_MORTON_LOT - 1)) == 0)
    komek_morton_heaps_add_lot (self, (guint) heap);
  *self->ends[heap]++ = below << self->index_bits | index;
  return TRUE;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekMortonHeaps, komek_morton_heaps_free)
