/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-histogram-painter.h"

/**
 * KomekTimeGrip:
 * @held: what of the brush is held
 * @anew: whether a new brush is drawn instead
 * @moved: whether it is more than a tap
 * @x: where it began, pixels
 * @day: the day that is there
 * @before: the brush as it was
 *
 * A finger on a histogram, from when it comes to when it goes.
 */
typedef struct
{
  KomekTimeEdge  held;
  gboolean       anew, moved;
  double         x;
  guint          day;
  KomekTimeBrush before;
} KomekTimeGrip;

KomekTimeGrip komek_time_grip_begin (const KomekHistogramPicture *picture, double x, int reach);
KomekTimeBrush komek_time_grip_move (KomekTimeGrip *self, const KomekHistogramPicture *picture,
                                     double dx, double dy);
gboolean komek_time_grip_is_tap (const KomekTimeGrip *self);
