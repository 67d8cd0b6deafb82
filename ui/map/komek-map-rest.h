/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan-map.h"

#define KOMEK_TYPE_MAP_REST (komek_map_rest_get_type ())
G_DECLARE_FINAL_TYPE (KomekMapRest, komek_map_rest, KOMEK, MAP_REST, GObject)

KomekMapRest *komek_map_rest_new (KomekPlanMap *plan_map);
void komek_map_rest_wait (KomekMapRest *self);
