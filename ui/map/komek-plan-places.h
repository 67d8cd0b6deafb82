/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan-names.h"

/**
 * KomekPlanPlace:
 * @name: where it stands best
 * @run: how long its line is, or how wide its area, in pixels; the longer, the sooner it is chosen
 * @slack: how far it may leave its place, in pixels
 * @area: whether it may do so all round, instead of along its line
 *
 * Somewhere a name could stand.
 */
typedef struct
{
  KomekPlanName name;
  double        run;
  double        slack;
  gboolean      area;
} KomekPlanPlace;

GArray *komek_plan_places_list (KomekPlan *plan, KomekPlanLettering *lettering, guint zoom,
                                const KomekMercatorBox *region, double emphasis);
gboolean komek_plan_places_find (KomekPlan *plan, KomekPlanLettering *lettering, guint feature,
                                 guint zoom, double emphasis, KomekPlanName *name);
gboolean komek_plan_place_slide (const KomekPlanPlace *self, guint step, double emphasis,
                                 KomekPlanName *name);
