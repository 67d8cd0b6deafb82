/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan-map.h"

#define KOMEK_TYPE_MAP_GESTURES (komek_map_gestures_get_type ())
G_DECLARE_FINAL_TYPE (KomekMapGestures, komek_map_gestures, KOMEK, MAP_GESTURES, GObject)

KomekMapGestures *komek_map_gestures_new (KomekPlanMap *plan_map);
