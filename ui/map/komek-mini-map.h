/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan-map.h"
#include "komek-status.h"

#define KOMEK_TYPE_MINI_MAP (komek_mini_map_get_type ())
G_DECLARE_FINAL_TYPE (KomekMiniMap, komek_mini_map, KOMEK, MINI_MAP, GtkWidget)

GtkWidget *komek_mini_map_new (KomekTheme *theme, KomekPlan *plan, KomekLanguage language,
                               GListModel *tiles);
void komek_mini_map_name_streets (KomekMiniMap *self, KomekPlaceFinder *finder);
void komek_mini_map_show_place (KomekMiniMap *self, double latitude, double longitude,
                                KomekGroup group, KomekStatus status);
