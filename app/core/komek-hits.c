/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-hits.h"

/**
 * KomekHits:
 *
 * What a search finds: the first requests of it, or how many there are in all.
 *
 * Immutable and counted, so any thread may hold it.
 */
struct _KomekHits
{
  gatomicrefcount refs;
  GArray         *keys;
  guint           count;
  gboolean        exact;
};

G_DEFINE_BOXED_TYPE (KomekHits, komek_hits, komek_hits_ref, komek_hits_unref)

/**
 * komek_hits_new:
 * @keys: (transfer full) (element-type guint32): the first of them, in the order asked for
 * @count: how many there are as far as they were counted: up to the end of @keys, or all
 * @exact: %FALSE where there are more than @count
 *
 * Returns: (transfer full): the hits
 */
KomekHits *
komek_hits_new (GArray *keys, guint count, gboolean exact)
{
  KomekHits *self = g_new (KomekHits, 1);

  *self = (KomekHits) { .keys = keys, .count = count, .exact = exact };
  g_atomic_ref_count_init (&self->refs);
  return self;
}

KomekHits *
komek_hits_ref (KomekHits *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_hits_unref (KomekHits *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->keys);
  g_free (self);
}

/**
 * komek_hits_get_keys:
 *
 * Returns: (transfer none) (element-type guint32): keys of #KomekPoint, in the order asked for
 */
GArray *
komek_hits_get_keys (const KomekHits *self)
{
  return self->keys;
}

/* %KOMEK_HITS_COUNTED at most. */
guint
komek_hits_get_count (const KomekHits *self)
{
  return self->count;
}

/* Whether the count is that of all; else there are more. */
gboolean
komek_hits_is_exact (const KomekHits *self)
{
  return self->exact;
}
