/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-district-model.h"

#define KOMEK_TYPE_LEGEND (komek_legend_get_type ())
G_DECLARE_FINAL_TYPE (KomekLegend, komek_legend, KOMEK, LEGEND, GtkWidget)

GtkWidget *komek_legend_new (KomekContext *context, KomekExploration *exploration,
                             KomekDistrictModel *districts);
