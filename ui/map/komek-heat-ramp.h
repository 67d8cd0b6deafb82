/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-map-scale.h"

#define KOMEK_TYPE_HEAT_RAMP (komek_heat_ramp_get_type ())
G_DECLARE_FINAL_TYPE (KomekHeatRamp, komek_heat_ramp, KOMEK, HEAT_RAMP, GtkWidget)

GtkWidget *komek_heat_ramp_new (void);
void komek_heat_ramp_show (KomekHeatRamp *self, const char *const *bounds);
