/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-time-brush.h"

KomekTimeBrush
komek_time_brush_new_whole (guint n_days)
{
  return (KomekTimeBrush) { 0, n_days, n_days };
}

/* The brush over other days, which may be given in any order and reach beyond the ends. */
KomekTimeBrush
komek_time_brush_span (KomekTimeBrush self, guint begin, guint end)
{
  guint first = MIN (begin, end), last = MIN (MAX (begin, end), self.n_days);

  first = MIN (first, self.n_days - 1);
  return (KomekTimeBrush) { first, MAX (last, first + 1), self.n_days };
}

/**
 * komek_time_brush_place:
 * @edge: what is moved
 * @day: where it goes; where all is moved, where its beginning goes
 *
 * An end stops a day before the other one; the whole brush keeps its length.
 */
KomekTimeBrush
komek_time_brush_place (KomekTimeBrush self, KomekTimeEdge edge, int day)
{
  guint length = self.end - self.begin;

  switch (edge)
    {
    case KOMEK_TIME_BEGIN:
      self.begin = CLAMP (day, 0, (int) self.end - 1);
      break;
    case KOMEK_TIME_END:
      self.end = CLAMP (day, (int) self.begin + 1, (int) self.n_days);
      break;
    case KOMEK_TIME_BOTH:
    default:
      self.begin = CLAMP (day, 0, (int) (self.n_days - length));
      self.end = self.begin + length;
      break;
    }
  return self;
}

/* Whether nothing is left out. */
gboolean
komek_time_brush_is_whole (KomekTimeBrush self)
{
  return self.begin == 0 && self.end == self.n_days;
}

gboolean
komek_time_brush_equal (KomekTimeBrush self, KomekTimeBrush other)
{
  return self.begin == other.begin && self.end == other.end && self.n_days == other.n_days;
}
