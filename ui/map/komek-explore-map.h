/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-exploration.h"

#define KOMEK_TYPE_EXPLORE_MAP (komek_explore_map_get_type ())
G_DECLARE_FINAL_TYPE (KomekExploreMap, komek_explore_map, KOMEK, EXPLORE_MAP, GtkWidget)

void komek_explore_map_set_up (KomekExploreMap *self, KomekContext *context,
                               KomekExploration *exploration);
void komek_explore_map_show_whole (KomekExploreMap *self);
