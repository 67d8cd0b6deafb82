/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-district-layer.h"
#include "komek-district-model.h"
#include "komek-overlay-layer.h"
#include "komek-plan-map.h"
#include "komek-request-layer.h"

#define KOMEK_TYPE_MAP_LAYERS (komek_map_layers_get_type ())
G_DECLARE_FINAL_TYPE (KomekMapLayers, komek_map_layers, KOMEK, MAP_LAYERS, GObject)

KomekMapLayers *komek_map_layers_new (KomekPlanMap *plan_map, KomekRequestLayer *requests,
                                      KomekContext *context, KomekExploration *exploration);
KomekDistrictModel *komek_map_layers_get_districts (KomekMapLayers *self);
const KomekDistrictFigure *komek_map_layers_pick_district (KomekMapLayers *self, double x,
                                                           double y);
void komek_map_layers_set_unit (KomekMapLayers *self, double unit);
void komek_map_layers_refresh (KomekMapLayers *self);
gboolean komek_map_layers_is_busy (KomekMapLayers *self);
