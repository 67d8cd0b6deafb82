/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-time-grip.h"

#include <math.h>

#define TAP_SLOP 10.0 /* pixels that a finger may slide while it taps */

/* The end that is near enough to be held, the nearer one first; all of the brush where none is. */
static KomekTimeEdge
find_end (const KomekHistogramPicture *picture, double x, int reach)
{
  double begin = fabs (x - komek_histogram_picture_get_x (picture, picture->brush.begin));
  double end = fabs (x - komek_histogram_picture_get_x (picture, picture->brush.end));

  if (MIN (begin, end) > reach)
    return KOMEK_TIME_BOTH;
  return begin < end ? KOMEK_TIME_BEGIN : KOMEK_TIME_END;
}

/**
 * komek_time_grip_begin:
 * @x: where the finger is, pixels
 * @reach: how far from an end that is still held, pixels
 *
 * Beside the brush a new one begins; within, all of it is held, unless it is the whole year.
 */
KomekTimeGrip
komek_time_grip_begin (const KomekHistogramPicture *picture, double x, int reach)
{
  KomekTimeGrip self = {
    .held = find_end (picture, x, reach),
    .x = x,
    .day = komek_histogram_picture_find_day (picture, x),
    .before = picture->brush,
  };

  self.anew = self.held == KOMEK_TIME_BOTH
              && (komek_time_brush_is_whole (picture->brush) || self.day < picture->brush.begin
                  || self.day >= picture->brush.end);
  return self;
}

/**
 * komek_time_grip_move:
 * @dx: how far the finger is from where it began, pixels
 * @dy: likewise
 *
 * Returns: the brush that it comes to, which snaps to whole bars
 */
KomekTimeBrush
komek_time_grip_move (KomekTimeGrip *self, const KomekHistogramPicture *picture, double dx,
                      double dy)
{
  guint edge = komek_histogram_picture_find_edge (picture, self->x + dx);

  self->moved |= hypot (dx, dy) > TAP_SLOP;
  if (!self->moved)
    return self->before;
  if (self->anew)
    return komek_time_brush_span (self->before,
                                  komek_histogram_picture_find_edge (picture, self->x), edge);
  if (self->held == KOMEK_TIME_BOTH)
    edge = komek_histogram_picture_find_edge (
      picture, komek_histogram_picture_get_x (picture, self->before.begin) + dx);
  return komek_time_brush_place (self->before, self->held, (int) edge);
}

/* Whether it was put down beside the handles and lifted again. */
gboolean
komek_time_grip_is_tap (const KomekTimeGrip *self)
{
  return !self->moved && self->held == KOMEK_TIME_BOTH;
}
