/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sieve.h"

/**
 * KomekSieve:
 *
 * What a filter says of each of all points: which parts of it hold the point back, and which
 * group it is in.
 *
 * Each point is asked once; the index, the counts and the lists read two bytes
 * of it instead of asking again, wherever in memory the point lies.
 *
 * Immutable and counted.
 */
struct _KomekSieve
{
  gatomicrefcount refs;
  KomekPoints    *points;
  KomekFilter    *filter;
  guint8         *missed;
  guint8         *groups;
};

G_DEFINE_BOXED_TYPE (KomekSieve, komek_sieve, komek_sieve_ref, komek_sieve_unref)

/**
 * komek_sieve_new:
 *
 * Returns: (transfer full): the points, sifted
 */
KomekSieve *
komek_sieve_new (KomekPoints *points, KomekFilter *filter)
{
  KomekSieve *self = g_new0 (KomekSieve, 1);
  guint n;
  const KomekPoint *point = komek_points_peek (points, &n);

  g_atomic_ref_count_init (&self->refs);
  self->points = komek_points_ref (points);
  self->filter = komek_filter_ref (filter);
  self->missed = g_malloc0 (n + 1);
  self->groups = g_malloc0 (komek_groups_get_size (n));
  komek_filter_test_all (filter, point, n, self->missed, self->groups);
  return self;
}

KomekSieve *
komek_sieve_ref (KomekSieve *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_sieve_unref (KomekSieve *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  komek_points_unref (self->points);
  komek_filter_unref (self->filter);
  g_free (self->missed);
  g_free (self->groups);
  g_free (self);
}

KomekPoints *
komek_sieve_get_points (const KomekSieve *self)
{
  return self->points;
}

KomekFilter *
komek_sieve_get_filter (const KomekSieve *self)
{
  return self->filter;
}

/**
 * komek_sieve_peek_missed:
 *
 * Returns: (transfer none): of each point the bits of the parts (see #KomekFilterPart) that hold
 *   it back, 0 where it is let through
 */
const guint8 *
komek_sieve_peek_missed (const KomekSieve *self)
{
  return self->missed;
}

/* Of each point the #KomekGroup at the filter's moment, for komek_groups_get(). */
const guint8 *
komek_sieve_peek_groups (const KomekSieve *self)
{
  return self->groups;
}
