/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-mercator.h"
#include "komek-plan-lettering.h"

/**
 * KomekPlanName:
 * @feature: what it is the name of: its place on the plan
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
  guint                feature;
  double               x, y;
  double               angle;
} KomekPlanName;

/**
 * KomekPlanMark:
 * @box: where it lies
 * @round: whether it is the circle that the box holds
 *
 * Something that lies on the names.
 */
typedef struct
{
  KomekMercatorBox box;
  gboolean         round;
} KomekPlanMark;

/**
 * KomekPlanRoom:
 * @region: where the middles of the names may be, in pixels of the whole world at @zoom, as all
 *   boxes here
 * @view: whose edges no name may cross; empty where there are none
 * @marks: (nullable) (element-type KomekPlanMark): what no name may lie under
 * @keep: (nullable) (element-type KomekPlanName): names that stay where they are, if they may
 *
 * The room that there is for names.
 */
typedef struct
{
  guint            zoom;
  KomekMercatorBox region, view;
  GArray          *marks;
  GArray          *keep;
} KomekPlanRoom;

GArray *komek_plan_names_place (KomekPlan *plan, KomekPlanLettering *lettering,
                                const KomekPlanRoom *room, double emphasis);
