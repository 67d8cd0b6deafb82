/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-morton-private.h"

#define NONE G_MAXUINT32

/* What became of the old points, and which of the new ones were not there. */
typedef struct
{
  guint32 *now;     /* of each old point its place among the new ones, or NONE */
  guint64 *codes;   /* of those that were not there, in the end in their order */
  guint32 *indexes; /* their places among the new ones */
  guint    n_added;
} Changes;

/* Maps the keys of all points to their places, plus one; NULL where the keys are too far apart. */
static guint32 *
index_keys (const KomekPoint *points, guint n, guint32 *highest)
{
  guint32 *places;

  *highest = 0;
  for (guint i = 0; i < n; i++)
    *highest = MAX (*highest, points[i].key);
  if (*highest > 16 * (guint64) n + 1024)
    return NULL;

  places = g_new0 (guint32, (gsize) *highest + 1);
  for (guint i = 0; i < n; i++)
    places[points[i].key] = i + 1;
  return places;
}

/* Where in the order it stands: the time counts, since equal places are newest first. */
static gboolean
stands_still (const KomekPoint *a, const KomekPoint *b)
{
  return a->latitude == b->latitude && a->longitude == b->longitude && a->requested == b->requested;
}

static void
compare (const KomekPoint *old, guint n_old, const KomekPoint *new, guint n_new,
         const guint32 *places, guint32 highest, Changes *changes)
{
  changes->now = g_new (guint32, n_old + 1);
  memset (changes->now, 0xff, n_old * sizeof (guint32));
  for (guint i = 0; i < n_new; i++)
    {
      guint32 place = new[i].key <= highest ? places[new[i].key] : 0;

      if (place != 0 && stands_still (&old[place - 1], &new[i]))
        changes->now[place - 1] = i;
      else if (komek_morton_takes (&new[i]))
        {
          changes->codes[changes->n_added] = komek_morton_encode (&new[i]);
          changes->indexes[changes->n_added++] = i;
        }
    }
}

static void
clear_changes (Changes *changes)
{
  g_clear_pointer (&changes->now, g_free);
  g_clear_pointer (&changes->codes, g_free);
  g_clear_pointer (&changes->indexes, g_free);
}

static gboolean
comes_before (const Changes *changes, guint next, guint64 code, guint32 index)
{
  return changes->codes[next] != code ? changes->codes[next] < code
                                      : changes->indexes[next] < index;
}

static KomekMorton *
merge (const KomekMorton *last, KomekPoints *points, const Changes *changes)
{
  gsize most = (gsize) last->n + changes->n_added + 1;
  guint64 *codes = g_new (guint64, most);
  guint32 *indexes = g_new (guint32, most);
  guint n = 0, next = 0;

  for (guint i = 0; i <= last->n; i++)
    {
      guint64 code = i < last->n ? last->codes[i] : G_MAXUINT64;
      guint32 index = i < last->n ? changes->now[last->indexes[i]] : NONE;

      if (i + 16 < last->n)
        __builtin_prefetch (&changes->now[last->indexes[i + 16]]);
      if (i < last->n && index == NONE)
        continue;
      for (; next < changes->n_added && comes_before (changes, next, code, index); n++)
        {
          codes[n] = changes->codes[next];
          indexes[n] = changes->indexes[next++];
        }
      if (i < last->n)
        {
          codes[n] = code;
          indexes[n++] = index;
        }
    }
  return komek_morton_new_borrowed (points, n, codes, indexes, NULL);
}

/**
 * komek_morton_new_update:
 * @last: the order of what was known before
 * @points: what is known now
 *
 * Makes the same as komek_morton_new() would, but sorts only what is new, has
 * moved or got another time, and runs the rest through once: requests that come
 * in cost a fraction of the sort of all.
 *
 * Returns: (transfer full): the order of @points
 */
KomekMorton *
komek_morton_new_update (KomekMorton *last, KomekPoints *points)
{
  guint n_old, n_new;
  const KomekPoint *old = komek_points_peek (last->points, &n_old);
  const KomekPoint *new = komek_points_peek (points, &n_new);
  guint32 highest;
  g_autofree guint32 *places = NULL;
  Changes changes = { 0 };
  KomekMorton *merged;

  if (last->points == points)
    return komek_morton_ref (last);
  places = index_keys (old, n_old, &highest);
  if (!places)
    return komek_morton_new (points);

  changes.codes = g_new (guint64, n_new + 1);
  changes.indexes = g_new (guint32, n_new + 1);
  compare (old, n_old, new, n_new, places, highest, &changes);
  komek_morton_sort (changes.codes, changes.indexes, changes.n_added);
  merged = merge (last, points, &changes);
  clear_changes (&changes);
  return merged;
}
