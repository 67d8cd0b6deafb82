/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-atlas.h"
#include "komek-mercator.h"

/**
 * KomekCluster:
 * @x: its centre on the Mercator square: the mean of all its places
 * @y: likewise
 * @groups: how many of each group it holds
 * @point: (nullable): the request, where it holds but one
 *
 * Requests that lie too near to each other to be drawn apart.
 */
typedef struct
{
  double            x, y;
  guint             count;
  guint             groups[KOMEK_N_GROUPS];
  const KomekPoint *point;
} KomekCluster;

#define KOMEK_TYPE_CLUSTERS (komek_clusters_get_type ())
typedef struct _KomekClusters KomekClusters;
GType komek_clusters_get_type (void) G_GNUC_CONST;

KomekClusters *komek_clusters_new (KomekAtlas *atlas, const KomekMercatorBox *box, double world,
                                   double gap);
KomekClusters *komek_clusters_ref (KomekClusters *self);
void komek_clusters_unref (KomekClusters *self);
const KomekCluster *komek_clusters_peek (const KomekClusters *self, guint *n_clusters);
KomekBounds *komek_clusters_dup_bounds (const KomekClusters *self, guint cluster);
GArray *komek_clusters_list_keys (const KomekClusters *self, guint cluster, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekClusters, komek_clusters_unref)
