/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/**
 * KomekMapLayer:
 * @KOMEK_MAP_PINS: each request, or the circle of many
 * @KOMEK_MAP_HEAT: how thick they lie
 * @KOMEK_MAP_DISTRICTS: a figure for each district, see #KomekDistrictMeasure
 *
 * As what the requests are drawn on the map.
 */
typedef enum
{
  KOMEK_MAP_PINS,
  KOMEK_MAP_HEAT,
  KOMEK_MAP_DISTRICTS,
} KomekMapLayer;

#define KOMEK_N_MAP_LAYERS 3

#define KOMEK_TYPE_MAP_LAYER (komek_map_layer_get_type ())
GType komek_map_layer_get_type (void) G_GNUC_CONST;

/**
 * KomekDistrictMeasure:
 * @KOMEK_DISTRICT_OVERDUE: the share of the overdue
 * @KOMEK_DISTRICT_MEDIAN_DAYS: half of all were answered within so many days
 * @KOMEK_DISTRICT_PER_KM2: how many there are on a square kilometre
 * @KOMEK_DISTRICT_PER_1000: how many there are for a thousand residents
 *
 * What the layer of the districts tells of each.
 */
typedef enum
{
  KOMEK_DISTRICT_OVERDUE,
  KOMEK_DISTRICT_MEDIAN_DAYS,
  KOMEK_DISTRICT_PER_KM2,
  KOMEK_DISTRICT_PER_1000,
} KomekDistrictMeasure;

#define KOMEK_N_DISTRICT_MEASURES 4

#define KOMEK_TYPE_DISTRICT_MEASURE (komek_district_measure_get_type ())
GType komek_district_measure_get_type (void) G_GNUC_CONST;
