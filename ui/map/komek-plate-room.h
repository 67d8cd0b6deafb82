/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-map-frame.h"
#include "komek-plan.h"

/**
 * KomekPlateRoom:
 * @frame: where the view lies
 * @wide: as @high of the view, in pixels
 * @district: in which the middle of the plate must lie
 * @marks: (element-type KomekPlanMark): what no plate may lie under, in pixels of the view
 *
 * Where the plate of a district may stand.
 */
typedef struct
{
  KomekMapFrame           frame;
  double                  wide, high;
  const KomekPlanFeature *district;
  GArray                 *marks;
} KomekPlateRoom;

gboolean komek_plate_room_find (const KomekPlateRoom *self, double width, double height, double *x,
                                double *y);
