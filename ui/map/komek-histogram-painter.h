/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-counts.h"
#include "komek-palette.h"
#include "komek-time-brush.h"

/**
 * KomekHistogramPicture:
 * @palette: the colours
 * @bars: (array length=n_bars): how high each is
 * @edges: (array): the first day of each bar, and the end behind them
 * @n_bars: how many there are
 * @brush: the days that are chosen
 * @left: where day 0 begins, pixels
 * @width: how wide all days are together, pixels
 * @height: from the top to the ground, pixels
 *
 * What there is to be drawn of a histogram.
 */
typedef struct
{
  KomekPalette            *palette;
  const KomekCountsBucket *bars;
  const guint             *edges;
  guint                    n_bars;
  KomekTimeBrush           brush;
  float                    left, width, height;
} KomekHistogramPicture;

float komek_histogram_picture_get_x (const KomekHistogramPicture *picture, guint day);
guint komek_histogram_picture_find_day (const KomekHistogramPicture *picture, double x);
guint komek_histogram_picture_find_edge (const KomekHistogramPicture *picture, double x);
void komek_histogram_picture_draw (const KomekHistogramPicture *picture, GtkSnapshot *snapshot);
