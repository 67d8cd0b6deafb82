/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-vector-kind.h"

/* What is in which layer, in the two schemas that are in use: OpenMapTiles, whose features say
 * `class`, and Shortbread, whose features say `kind`. NULL stands for all of a layer. */
static const struct
{
  const char      *layer;
  const char      *value;
  KomekPlanKind    kind;
} kinds[] = {
  { "water", NULL, KOMEK_PLAN_WATER },
  { "water_polygons", NULL, KOMEK_PLAN_WATER },
  { "ocean", NULL, KOMEK_PLAN_WATER },
  { "waterway", NULL, KOMEK_PLAN_RIVER },
  { "water_lines", NULL, KOMEK_PLAN_RIVER },
  { "park", NULL, KOMEK_PLAN_PARK },
  { "landcover", "grass", KOMEK_PLAN_PARK },
  { "landcover", "wood", KOMEK_PLAN_PARK },
  { "landuse", "park", KOMEK_PLAN_PARK },
  { "landuse", "cemetery", KOMEK_PLAN_PARK },
  { "landuse", "garden", KOMEK_PLAN_PARK },
  { "land", "park", KOMEK_PLAN_PARK },
  { "land", "garden", KOMEK_PLAN_PARK },
  { "land", "forest", KOMEK_PLAN_PARK },
  { "land", "grass", KOMEK_PLAN_PARK },
  { "land", "cemetery", KOMEK_PLAN_PARK },
  { "building", NULL, KOMEK_PLAN_BUILDING },
  { "buildings", NULL, KOMEK_PLAN_BUILDING },
  { "transportation", "motorway", KOMEK_PLAN_AVENUE },
  { "transportation", "trunk", KOMEK_PLAN_AVENUE },
  { "transportation", "primary", KOMEK_PLAN_AVENUE },
  { "transportation", "secondary", KOMEK_PLAN_AVENUE },
  { "transportation", "tertiary", KOMEK_PLAN_STREET },
  { "transportation", "minor", KOMEK_PLAN_STREET },
  { "transportation", "service", KOMEK_PLAN_LANE },
  { "transportation", "track", KOMEK_PLAN_LANE },
  { "transportation", "path", KOMEK_PLAN_LANE },
  { "transportation", "rail", KOMEK_PLAN_RAIL },
  { "transportation", "transit", KOMEK_PLAN_RAIL },
  { "streets", "motorway", KOMEK_PLAN_AVENUE },
  { "streets", "trunk", KOMEK_PLAN_AVENUE },
  { "streets", "primary", KOMEK_PLAN_AVENUE },
  { "streets", "secondary", KOMEK_PLAN_AVENUE },
  { "streets", "tertiary", KOMEK_PLAN_STREET },
  { "streets", "residential", KOMEK_PLAN_STREET },
  { "streets", "unclassified", KOMEK_PLAN_STREET },
  { "streets", "living_street", KOMEK_PLAN_STREET },
  { "streets", "service", KOMEK_PLAN_LANE },
  { "streets", "track", KOMEK_PLAN_LANE },
  { "streets", "footway", KOMEK_PLAN_LANE },
  { "streets", "path", KOMEK_PLAN_LANE },
  { "streets", "pedestrian", KOMEK_PLAN_LANE },
  { "streets", "rail", KOMEK_PLAN_RAIL },
  { "streets", "light_rail", KOMEK_PLAN_RAIL },
  { "streets", "tram", KOMEK_PLAN_RAIL },
};

/* Whether anything in it is shown. */
gboolean
komek_vector_kind_is_layer (const char *layer)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].layer, layer))
      return TRUE;

  return FALSE;
}

/* @value: (nullable): what the feature says of itself; %FALSE where a map does not show it */
gboolean
komek_vector_kind_find (const char *layer, const char *value, KomekPlanKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].layer, layer) && (!kinds[i].value || g_strcmp0 (kinds[i].value,
                                                                              value) == 0))
      {
        *kind = kinds[i].kind;
        return TRUE;
      }

  return FALSE;
}
