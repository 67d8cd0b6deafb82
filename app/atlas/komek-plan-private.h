/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan.h"

/* Shared by the reader and the plan itself. The arrays own what
 * they point to: features their label, code and lines, lines their vertices. */
struct _KomekPlan
{
  gatomicrefcount refs;
  GArray         *features; /* of KomekPlanFeature */
  guint           n_skipped;
  char           *attribution;
  char           *name;       /* of its file, or of the one that it stands in for */
  KomekMapTrouble trouble;
  gboolean        substitute;
  KomekBounds    *bounds;
  KomekBounds    *built_up;
};

/*
 * KomekPlanReading:
 * @features: (element-type KomekPlanFeature): what there is to draw
 * @n_skipped: how many lines and features made no sense
 * @attribution: (nullable): who made it
 * @trouble: what there is to say of it
 */
typedef struct
{
  GArray          *features;
  guint            n_skipped;
  char            *attribution;
  KomekMapTrouble  trouble;
} KomekPlanReading;

static inline gboolean
komek_plan_is_street (const KomekPlanFeature *feature)
{
  return feature->kind >= KOMEK_PLAN_LANE && !feature->area;
}

GArray *komek_plan_lines_new (void);
GArray *komek_plan_features_new (void);
void komek_plan_feature_take_lines (KomekPlanFeature *self, GArray *lines);
KomekPlan *komek_plan_new_from_reading (KomekPlanReading *reading);
gboolean komek_plan_read (GBytes *geojson, KomekPlanReading *reading, GError **error);
void komek_plan_reading_clear (KomekPlanReading *self);
KomekMapTrouble komek_plan_make_sense (GArray *features, KomekBounds *said, guint *n_skipped);
