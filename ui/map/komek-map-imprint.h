/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan.h"
#include "komek-tiles.h"

#define KOMEK_TYPE_MAP_IMPRINT (komek_map_imprint_get_type ())
G_DECLARE_FINAL_TYPE (KomekMapImprint, komek_map_imprint, KOMEK, MAP_IMPRINT, GObject)

KomekMapImprint *komek_map_imprint_new (KomekPlan *plan, GListModel *tiles);
const char *komek_map_imprint_get_attribution (KomekMapImprint *self);
const char *komek_map_imprint_get_trouble (KomekMapImprint *self);
void komek_map_imprint_write (KomekMapImprint *self);
