/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-district-figures.h"
#include "komek-exploration.h"

#define KOMEK_TYPE_DISTRICT_MODEL (komek_district_model_get_type ())
G_DECLARE_FINAL_TYPE (KomekDistrictModel, komek_district_model, KOMEK, DISTRICT_MODEL, GObject)

KomekDistrictModel *komek_district_model_new (KomekPlan *plan, KomekExploration *exploration);
KomekDistrictFigures *komek_district_model_get_figures (KomekDistrictModel *self);
