/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-name-layer.h"
#include "komek-place-finder.h"
#include "komek-plan.h"
#include "komek-theme.h"

#define KOMEK_MAP_LAST_ZOOM 18

#define KOMEK_TYPE_PLAN_MAP (komek_plan_map_get_type ())
G_DECLARE_FINAL_TYPE (KomekPlanMap, komek_plan_map, KOMEK, PLAN_MAP, GtkWidget)

GtkWidget *komek_plan_map_new (KomekTheme *theme, KomekPlan *plan, KomekLanguage language,
                               GListModel *tiles, double emphasis);
ShumateMap *komek_plan_map_get_map (KomekPlanMap *self);
ShumateViewport *komek_plan_map_get_viewport (KomekPlanMap *self);
KomekNameLayer *komek_plan_map_get_names (KomekPlanMap *self);
KomekPlan *komek_plan_map_get_plan (KomekPlanMap *self);
void komek_plan_map_name_streets (KomekPlanMap *self, KomekPlaceFinder *finder);
void komek_plan_map_set_above (KomekPlanMap *self, GtkWidget *above);
int komek_plan_map_get_foot (KomekPlanMap *self, int x);
KomekLanguage komek_plan_map_get_language (KomekPlanMap *self);
void komek_plan_map_set_language (KomekPlanMap *self, KomekLanguage language);
void komek_plan_map_jump_to (KomekPlanMap *self, double latitude, double longitude, double zoom);
void komek_plan_map_fly_to (KomekPlanMap *self, double latitude, double longitude, double zoom);
void komek_plan_map_zoom_at (KomekPlanMap *self, int step, double x, double y);
void komek_plan_map_pan (KomekPlanMap *self, double right, double down);
gboolean komek_plan_map_settle (KomekPlanMap *self);
void komek_plan_map_get_goal (KomekPlanMap *self, double *latitude, double *longitude,
                              double *zoom);
double komek_plan_map_find_zoom (KomekPlanMap *self, KomekBounds *bounds, int width, int height);
double komek_plan_map_get_zoom (KomekPlanMap *self);
void komek_plan_map_get_middle (KomekPlanMap *self, double *x, double *y, double *world);
KomekBounds *komek_plan_map_get_bounds (KomekPlanMap *self);
