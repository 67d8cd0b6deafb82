/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-district-model.h"

#define KOMEK_TYPE_LAYER_CHOICE (komek_layer_choice_get_type ())
G_DECLARE_FINAL_TYPE (KomekLayerChoice, komek_layer_choice, KOMEK, LAYER_CHOICE, GtkWidget)

GtkWidget *komek_layer_choice_new (KomekExploration *exploration, KomekDistrictModel *districts);
