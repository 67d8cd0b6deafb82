/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-bounds.h"
#include "komek-counts.h"
#include "komek-filter.h"
#include "komek-morton.h"
#include "komek-region.h"
#include "komek-sieve.h"

#define KOMEK_TYPE_ATLAS (komek_atlas_get_type ())
typedef struct _KomekAtlas KomekAtlas;
GType komek_atlas_get_type (void) G_GNUC_CONST;

/**
 * KomekAtlasRanker:
 *
 * Returns: by what a request is ordered
 */
typedef guint64 (*KomekAtlasRanker) (const KomekPoint *point, gpointer data);

KomekAtlas *komek_atlas_new (KomekPoints *points, KomekFilter *filter);
KomekAtlas *komek_atlas_new_after (KomekAtlas *last, KomekPoints *points, KomekFilter *filter);
KomekAtlas *komek_atlas_new_from_order (KomekMorton *order, KomekFilter *filter);
void komek_atlas_new_async (KomekAtlas *last, KomekPoints *points, KomekFilter *filter,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
KomekAtlas *komek_atlas_new_finish (GAsyncResult *result, GError **error);
KomekAtlas *komek_atlas_ref (KomekAtlas *self);
void komek_atlas_unref (KomekAtlas *self);
KomekPoints *komek_atlas_get_points (const KomekAtlas *self);
KomekFilter *komek_atlas_get_filter (const KomekAtlas *self);
KomekMorton *komek_atlas_get_order (const KomekAtlas *self);
KomekSieve *komek_atlas_get_sieve (const KomekAtlas *self);
gsize komek_atlas_get_size (const KomekAtlas *self);
guint komek_atlas_get_n_placed (const KomekAtlas *self);
const KomekPoint *komek_atlas_look_up (const KomekAtlas *self, guint32 key);
guint komek_atlas_count_places (const KomekAtlas *self, const KomekBounds *bounds);
KomekCounts *komek_atlas_count (const KomekAtlas *self, const KomekBounds *bounds);
GArray *komek_atlas_list_newest (const KomekAtlas *self, const KomekBounds *bounds, guint limit);
GArray *komek_atlas_list_nearest (const KomekAtlas *self, const KomekBounds *bounds,
                                  double latitude, double longitude, guint limit);
GArray *komek_atlas_list_ranked (const KomekAtlas *self, const KomekBounds *bounds,
                                 KomekCounts *counts, KomekAtlasRanker rank, gpointer data);
GArray *komek_atlas_list_within (const KomekAtlas *self, double latitude, double longitude,
                                 double metres, guint limit);
KomekCounts *komek_atlas_count_region (const KomekAtlas *self, const KomekRegion *region);
GArray *komek_atlas_list_region (const KomekAtlas *self, const KomekRegion *region, guint limit);
guint32 komek_atlas_find_nearest (const KomekAtlas *self, double latitude, double longitude,
                                  double metres);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekAtlas, komek_atlas_unref)
