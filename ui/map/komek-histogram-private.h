/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-histogram-painter.h"
#include "komek-histogram.h"
#include "komek-time-grip.h"

/**
 * KomekHistogram:
 *
 * How many requests there were over the year, as bars, with a brush over the stretch of time that
 * is chosen.
 *
 * The brush is drawn with a finger, moved as a whole, or pulled at one of its
 * two handles; a tap chooses a month; and each handle is a slider for keys.
 * It snaps to whole bars.
 */
struct _KomekHistogram
{
  GtkWidget          parent;
  KomekContext      *context;
  KomekTimeScale    *scale; /* NULL until there is something to show */
  KomekCountsBucket *days;
  KomekTimeBrush     brush;
  KomekTimeUnit      unit;
  GArray            *edges; /* of the bars, as days */
  GArray            *bars;  /* of KomekCountsBucket */
  GtkWidget         *handles[2];
  guint              unit_idle;

  KomekTimeGrip      grip;
};

KomekHistogramPicture komek_histogram_make_picture (KomekHistogram *self);
void komek_histogram_brush (KomekHistogram *self, KomekTimeBrush brush);
void komek_histogram_add_hands (KomekHistogram *self);
