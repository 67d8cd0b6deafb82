/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan.h"

/**
 * KomekPlanStreet:
 * @label: its name
 * @kind: a lane, a street or an avenue
 * @corners: two at least
 * @n_corners: how many there are
 *
 * A piece of a street.
 */
typedef struct
{
  KomekLabel               *label;
  KomekPlanKind             kind;
  const KomekMercatorPoint *corners;
  guint                     n_corners;
} KomekPlanStreet;

/**
 * KomekPlanSpot:
 * @label: its name
 * @kind: a park, a lake or a building
 * @at: where it is
 *
 * Something that has a name and of which no more is known than a point: a landmark.
 */
typedef struct
{
  KomekLabel       *label;
  KomekPlanKind     kind;
  KomekMercatorPoint at;
} KomekPlanSpot;

KomekPlan *komek_plan_new_with_streets (KomekPlan *plan, const KomekPlanStreet *streets,
                                        guint n_streets, const KomekPlanSpot *spots,
                                        guint n_spots);
