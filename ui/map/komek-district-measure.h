/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-district-figures.h"
#include "komek-locale.h"
#include "komek-map-layer.h"
#include "komek-map-scale.h"

double komek_district_measure_take (KomekDistrictMeasure measure,
                                    const KomekDistrictFigure *figure);
gboolean komek_district_measure_is_known (KomekDistrictMeasure measure,
                                          const KomekDistrictFigures *figures);
KomekMapScale komek_district_measure_choose_scale (KomekDistrictMeasure measure,
                                                   const KomekDistrictFigures *figures);
const char *komek_district_measure_get_name (KomekDistrictMeasure measure);
char *komek_district_measure_format (KomekDistrictMeasure measure, KomekLocale *locale,
                                     double value);
