/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-atlas-private.h"

#define FEW 24 /* points that are looked at one by one rather than quartered again */

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
  guint64 x = (guint64) komek_morton_gather (prefix) * size;
  guint64 y = (guint64) komek_morton_gather (prefix >> 1) * size;
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

/* Begins at the deepest quarter that holds the whole box: each on the way to it would be three
 * searches in all that stands there. */
static void
descend_to_box (Search *search)
{
  const KomekAtlas *atlas = search->atlas;
  guint64 code = komek_morton_spread (search->x0) | komek_morton_spread (search->y0) << 1;
  guint64 differ = (search->x0 ^ search->x1) | (search->y0 ^ search->y1);
  guint shared = KOMEK_ATLAS_DEPTH - (differ > 0 ? g_bit_storage (differ) : 0);
  guint level = search->depth > 0 ? MIN (shared, search->depth) : shared;
  guint shift = 2 * (KOMEK_ATLAS_DEPTH - level), first;
  guint64 prefix, next;

  if (level == 0)
    {
      descend (search, 0, 0, 0, atlas->n);
      return;
    }
  prefix = code >> shift;
  next = (prefix + 1) << shift; /* 0 behind the last quarter of all */
  first = find_code (atlas, 0, atlas->n, prefix << shift);
  descend (search, level, prefix, first,
           next == 0 ? atlas->n : find_code (atlas, first, atlas->n, next));
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
    .x0 = komek_morton_to_fixed (box->x0),
    .y0 = komek_morton_to_fixed (box->y0),
    .x1 = komek_morton_to_fixed (box->x1),
    .y1 = komek_morton_to_fixed (box->y1),
    .depth = MIN (depth, KOMEK_ATLAS_DEPTH),
    .ranges = g_array_new (FALSE, FALSE, sizeof (KomekAtlasRange)),
  };

  descend_to_box (&search);
  return search.ranges;
}
