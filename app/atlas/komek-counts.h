/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-sieve.h"

/**
 * KomekCountsBucket:
 *
 * A bar of the histogram: all requests of a stretch of time, and the overdue among them.
 */
typedef struct
{
  guint all, late;
} KomekCountsBucket;

#define KOMEK_TYPE_COUNTS (komek_counts_get_type ())
typedef struct _KomekCounts KomekCounts;
GType komek_counts_get_type (void) G_GNUC_CONST;

KomekCounts *komek_counts_new (const KomekSieve *sieve, const gint64 *starts, guint n_buckets,
                               KomekCounts **shown);
KomekCounts *komek_counts_new_empty (KomekPoints *points);
KomekCounts *komek_counts_ref (KomekCounts *self);
void komek_counts_unref (KomekCounts *self);
void komek_counts_add (KomekCounts *self, const KomekPoint *point, KomekGroup group);
guint komek_counts_get_total (const KomekCounts *self);
guint komek_counts_get_group (const KomekCounts *self, KomekGroup group);
guint komek_counts_get_all_groups (const KomekCounts *self);
guint komek_counts_get_service (const KomekCounts *self, guint service);
guint komek_counts_get_all_services (const KomekCounts *self);
guint komek_counts_get_district (const KomekCounts *self, guint district);
guint komek_counts_get_answered (const KomekCounts *self);
const KomekCountsBucket *komek_counts_peek_buckets (const KomekCounts *self, guint *n_buckets);
const gint64 *komek_counts_peek_starts (const KomekCounts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekCounts, komek_counts_unref)
