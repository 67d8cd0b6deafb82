/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-counts.h"
#include "komek-time-brush.h"
#include "komek-time-scale.h"

#define KOMEK_TYPE_HISTOGRAM (komek_histogram_get_type ())
G_DECLARE_FINAL_TYPE (KomekHistogram, komek_histogram, KOMEK, HISTOGRAM, GtkWidget)

GtkWidget *komek_histogram_new (KomekContext *context);
void komek_histogram_show (KomekHistogram *self, KomekTimeScale *scale,
                           const KomekCountsBucket *days);
void komek_histogram_set_brush (KomekHistogram *self, KomekTimeBrush brush);
KomekTimeBrush komek_histogram_get_brush (KomekHistogram *self);
KomekTimeUnit komek_histogram_get_unit (KomekHistogram *self);
int komek_histogram_get_x (KomekHistogram *self, guint day);
