/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan.h"

/* Shared by the reader, the search and the plan itself. The arrays own what
 * they point to: features their label, code and lines, lines their vertices. */
struct _KomekPlan
{
  gatomicrefcount refs;
  GArray         *features; /* of KomekPlanFeature */
  GPtrArray      *folded;   /* of the feature at the same place: its names to search in */
  guint           n_skipped;
  char           *attribution;
  KomekBounds    *bounds;
  KomekBounds    *built_up;
};

GArray *komek_plan_read_features (GBytes *geojson, guint *n_skipped, char **attribution,
                                  GError **error);
GPtrArray *komek_plan_fold_features (GArray *features);
