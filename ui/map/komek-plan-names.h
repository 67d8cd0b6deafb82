/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan-lettering.h"

/**
 * KomekPlanName:
 * @x: the middle of the name, in pixels of the whole world at this zoom
 * @y: likewise
 * @angle: clockwise, in radians, less than a quarter of a turn
 *
 * A name in its place.
 */
typedef struct
{
  const KomekPlanWord *word;
  KomekPlanKind        kind;
  double               x, y;
  double               angle;
} KomekPlanName;

GArray *komek_plan_names_place (KomekPlan *plan, KomekPlanLettering *lettering, guint zoom,
                                double world, double emphasis);
