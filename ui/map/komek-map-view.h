/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-atlas.h"
#include "komek-map-layers.h"

#define KOMEK_TYPE_MAP_VIEW (komek_map_view_get_type ())
G_DECLARE_FINAL_TYPE (KomekMapView, komek_map_view, KOMEK, MAP_VIEW, GtkWidget)

GtkWidget *komek_map_view_new (KomekTheme *theme, KomekPlan *plan, KomekLanguage language,
                               GListModel *tiles);
GtkWidget *komek_map_view_new_emphasised (KomekTheme *theme, KomekPlan *plan,
                                          KomekLanguage language, GListModel *tiles,
                                          double emphasis);
void komek_map_view_follow (KomekMapView *self, KomekContext *context,
                            KomekExploration *exploration);
KomekMapLayers *komek_map_view_get_layers (KomekMapView *self);
KomekPlanMap *komek_map_view_get_plan_map (KomekMapView *self);
GtkWidget *komek_map_view_get_buttons (KomekMapView *self);
void komek_map_view_set_language (KomekMapView *self, KomekLanguage language);
void komek_map_view_set_description (KomekMapView *self, const char *description);
void komek_map_view_set_atlas (KomekMapView *self, KomekAtlas *atlas);
void komek_map_view_set_selected (KomekMapView *self, guint32 key);
guint32 komek_map_view_get_selected (KomekMapView *self);
void komek_map_view_set_numbers (KomekMapView *self, const guint32 *keys, guint n_keys);
void komek_map_view_reveal (KomekMapView *self, guint32 key);
void komek_map_view_fly_to (KomekMapView *self, double latitude, double longitude, double zoom);
void komek_map_view_jump_to (KomekMapView *self, double latitude, double longitude, double zoom);
void komek_map_view_show_bounds (KomekMapView *self, KomekBounds *bounds);
void komek_map_view_show_city (KomekMapView *self);
void komek_map_view_get_centre (KomekMapView *self, double *latitude, double *longitude,
                                double *zoom);
KomekBounds *komek_map_view_get_bounds (KomekMapView *self);
