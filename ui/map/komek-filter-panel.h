/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-exploration.h"

#define KOMEK_TYPE_FILTER_PANEL (komek_filter_panel_get_type ())
G_DECLARE_FINAL_TYPE (KomekFilterPanel, komek_filter_panel, KOMEK, FILTER_PANEL, GtkWidget)

GtkWidget *komek_filter_panel_new (KomekContext *context, KomekExploration *exploration);
