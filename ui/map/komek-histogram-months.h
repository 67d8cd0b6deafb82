/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-histogram-painter.h"
#include "komek-time-scale.h"

int komek_histogram_months_measure (GtkWidget *widget);
void komek_histogram_months_draw (GtkWidget *widget, const KomekTimeScale *scale,
                                  const KomekHistogramPicture *picture, GtkSnapshot *snapshot);
