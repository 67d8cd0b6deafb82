/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekTimeEdge:
 *
 * What of a brush is held: one of its ends, or all of it.
 */
typedef enum
{
  KOMEK_TIME_BEGIN,
  KOMEK_TIME_END,
  KOMEK_TIME_BOTH,
} KomekTimeEdge;

/**
 * KomekTimeBrush:
 * @begin: the first day that is chosen
 * @end: the first one behind it that is not, above @begin
 * @n_days: of all the days that there are
 *
 * The stretch of days that is chosen.
 */
typedef struct
{
  guint begin, end, n_days;
} KomekTimeBrush;

KomekTimeBrush komek_time_brush_new_whole (guint n_days);
KomekTimeBrush komek_time_brush_span (KomekTimeBrush self, guint begin, guint end);
KomekTimeBrush komek_time_brush_place (KomekTimeBrush self, KomekTimeEdge edge, int day);
gboolean komek_time_brush_is_whole (KomekTimeBrush self);
gboolean komek_time_brush_equal (KomekTimeBrush self, KomekTimeBrush other);
