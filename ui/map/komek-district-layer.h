/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-district-measure.h"
#include "komek-plan-writer.h"
#include "komek-theme.h"

#define KOMEK_TYPE_DISTRICT_LAYER (komek_district_layer_get_type ())
G_DECLARE_FINAL_TYPE (KomekDistrictLayer, komek_district_layer, KOMEK, DISTRICT_LAYER, ShumateLayer)

KomekDistrictLayer *komek_district_layer_new (ShumateViewport *viewport, KomekTheme *theme,
                                              KomekLocale *locale);
void komek_district_layer_set_figures (KomekDistrictLayer *self, KomekDistrictFigures *figures,
                                       KomekDistrictMeasure measure, KomekPlanWriter *names);
void komek_district_layer_set_unit (KomekDistrictLayer *self, double unit);
void komek_district_layer_add_marks (KomekDistrictLayer *self, GArray *marks);
void komek_district_layer_keep_clear (KomekDistrictLayer *self, GArray *controls);
const KomekDistrictFigure *komek_district_layer_pick (KomekDistrictLayer *self, double x, double y);
