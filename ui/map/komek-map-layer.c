/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-layer.h"

G_DEFINE_ENUM_TYPE (KomekMapLayer, komek_map_layer,
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_PINS, "pins"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_HEAT, "heat"),
                    G_DEFINE_ENUM_VALUE (KOMEK_MAP_DISTRICTS, "districts"))

G_DEFINE_ENUM_TYPE (KomekDistrictMeasure, komek_district_measure,
                    G_DEFINE_ENUM_VALUE (KOMEK_DISTRICT_OVERDUE, "overdue"),
                    G_DEFINE_ENUM_VALUE (KOMEK_DISTRICT_MEDIAN_DAYS, "median-days"),
                    G_DEFINE_ENUM_VALUE (KOMEK_DISTRICT_PER_KM2, "per-km2"),
                    G_DEFINE_ENUM_VALUE (KOMEK_DISTRICT_PER_1000, "per-1000"))
