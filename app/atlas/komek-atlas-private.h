/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-atlas.h"
#include "komek-mercator.h"
#include "komek-morton-private.h"

#define KOMEK_ATLAS_DEPTH 32 /* levels of quarters: the bits of a coordinate */
#define KOMEK_ATLAS_BLOCK 16 /* points that share one running sum */

/* What stands before a block, and so the sums of any stretch by few steps. */
typedef struct
{
  guint64 x, y;
  guint32 groups[KOMEK_N_GROUPS];
} KomekAtlasSums;

/* Shared with the clusters, which are sums over stretches of the same arrays. */
struct _KomekAtlas
{
  gatomicrefcount refs;
  KomekPoints    *points;
  KomekSieve     *sieve;
  KomekMorton    *order;   /* of all points */
  guint           n;
  const guint64  *codes;   /* rising; those of the order where the filter lets all through */
  const guint32  *indexes; /* into the points */
  guint64        *own_codes;
  guint32        *own_indexes;
  guint8         *groups;
  KomekAtlasSums *sums;    /* one for each block, and one for its end */
};

/* A stretch of the arrays: what lies in one quarter of a quarter of … the world. */
typedef struct
{
  guint    first, end;
  gboolean inside; /* whether all of it lies in the box that was asked for */
} KomekAtlasRange;

typedef void (*KomekAtlasVisitor) (const KomekAtlas *self, guint32 index, gpointer data);

void komek_atlas_sum (const KomekAtlas *self, guint first, guint end, KomekAtlasSums *sums);
GArray *komek_atlas_collect (const KomekAtlas *self, const KomekMercatorBox *box, guint depth);
void komek_atlas_visit (const KomekAtlas *self, const KomekBounds *bounds,
                        KomekAtlasVisitor visitor, gpointer data);
