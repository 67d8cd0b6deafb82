/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-morton-heaps.h"
#include "komek-morton-private.h"

#define MOST_ASKED 2048 /* places, that tell where the city is */
#define FAR 64          /* of so many of them one may lie anywhere, at both ends of their order */

/* Places that share too little with the others to be thrown on their heaps. */
typedef struct
{
  GArray *codes;
  GArray *indexes;
} Strangers;

/* Their codes, rising. Returns how many. */
static guint
ask_some (const KomekPoint *points, guint n_points, guint64 *codes)
{
  guint64 room[MOST_ASKED];
  guint step = n_points / MOST_ASKED + 1, n = 0;

  for (guint i = 0; i < n_points; i += step)
    if (komek_morton_takes (&points[i]))
      codes[n++] = komek_morton_encode (&points[i]);
  komek_morton_sort_keys (codes, room, n);
  return n;
}

/* For the quarter of a quarter of … the world that holds the city. It is asked of some only:
 * what all have in common is known too late, when all codes have been reckoned. */
static KomekMortonHeaps *
make_heaps (const KomekPoint *points, guint n_points)
{
  guint64 codes[MOST_ASKED];
  guint n = ask_some (points, n_points, codes);
  guint64 first = n > 0 ? codes[n / FAR] : 0;
  guint64 last = n > 0 ? codes[n - 1 - n / FAR] : 0;

  return komek_morton_heaps_new (first, first ^ last, n_points, g_bit_storage (n_points));
}

static void
keep_stranger (Strangers *strangers, guint64 code, guint32 index)
{
  g_array_append_val (strangers->codes, code);
  g_array_append_val (strangers->indexes, index);
}

static void
encode_all (const KomekPoint *points, guint n_points, KomekMortonHeaps *heaps,
            Strangers *strangers)
{
  for (guint i = 0; i < n_points; i++)
    if (komek_morton_takes (&points[i]))
      {
        guint64 code = komek_morton_encode (&points[i]);

        if (!heaps || !komek_morton_heaps_add (heaps, code, i))
          keep_stranger (strangers, code, i);
      }
}

/* Those that are lower than all on the heaps before them, the others behind. */
static void
insert_strangers (const Strangers *strangers, guint64 *codes, guint32 *indexes, guint n)
{
  const guint64 *other_codes = (const guint64 *) (gpointer) strangers->codes->data;
  const guint32 *other_indexes = (const guint32 *) (gpointer) strangers->indexes->data;
  guint n_others = strangers->codes->len, n_before = 0;

  while (n_before < n_others && (n == 0 || other_codes[n_before] < codes[0]))
    n_before++;
  if (n_others == 0)
    return;
  memmove (codes + n_before, codes, n * sizeof *codes);
  memmove (indexes + n_before, indexes, n * sizeof *indexes);
  memcpy (codes, other_codes, n_before * sizeof *codes);
  memcpy (indexes, other_indexes, n_before * sizeof *indexes);
  memcpy (codes + n_before + n, other_codes + n_before, (n_others - n_before) * sizeof *codes);
  memcpy (indexes + n_before + n, other_indexes + n_before,
          (n_others - n_before) * sizeof *indexes);
}

static void
sort_strangers (Strangers *strangers)
{
  komek_morton_sort ((guint64 *) (gpointer) strangers->codes->data,
                     (guint32 *) (gpointer) strangers->indexes->data, strangers->codes->len);
}

static void
clear_strangers (Strangers *strangers)
{
  g_array_unref (strangers->codes);
  g_array_unref (strangers->indexes);
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
  guint n_points, n = 0;
  const KomekPoint *point = komek_points_peek (points, &n_points);
  Strangers strangers = { g_array_new (FALSE, FALSE, sizeof (guint64)),
                          g_array_new (FALSE, FALSE, sizeof (guint32)) };
  g_autoptr (KomekMortonHeaps) heaps = make_heaps (point, n_points);
  guint64 *codes;
  guint32 *indexes;

  encode_all (point, n_points, heaps, &strangers);
  codes = g_new (guint64, n_points + 1);
  indexes = g_new (guint32, n_points + 1);
  if (heaps)
    n = komek_morton_heaps_sort (heaps, codes, indexes);
  sort_strangers (&strangers);
  insert_strangers (&strangers, codes, indexes, n);
  n += strangers.codes->len;
  clear_strangers (&strangers);
  return komek_morton_new_borrowed (points, n, codes, indexes, NULL);
}
