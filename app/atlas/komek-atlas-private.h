/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-atlas.h"
#include "komek-mercator.h"

#define KOMEK_ATLAS_DEPTH 32 /* levels of quarters: the bits of a coordinate */

/* Shared with the clusters, which are sums over stretches of the same arrays. */
struct _KomekAtlas
{
  gatomicrefcount refs;
  KomekPoints    *points;
  KomekFilter    *filter;
  guint           n;
  guint64        *codes;                    /* rising */
  guint32        *indexes;                  /* into the points */
  guint64        *sums_x, *sums_y;          /* n + 1, of all that stand before */
  guint32       (*sums)[KOMEK_N_GROUPS];    /* n + 1, likewise */
};

/* A stretch of the arrays: what lies in one quarter of a quarter of … the world. */
typedef struct
{
  guint    first, end;
  gboolean inside; /* whether all of it lies in the box that was asked for */
} KomekAtlasRange;

GArray *komek_atlas_collect (const KomekAtlas *self, const KomekMercatorBox *box, guint depth);
