/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-histogram-painter.h"
#include "komek-time-scale.h"

guint komek_histogram_months_get_step (int widest, float month);
int komek_histogram_months_measure (GtkWidget *widget);
void komek_histogram_months_draw (GtkWidget *widget, const KomekTimeScale *scale,
                                  const KomekHistogramPicture *picture, GtkSnapshot *snapshot);
