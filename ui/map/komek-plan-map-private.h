/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-map-imprint.h"
#include "komek-name-layer.h"
#include "komek-plan-map.h"
#include "komek-plan-source.h"
#include "komek-tile-layer.h"

/* Shared by the map, the way it moves and the words on it. */
struct _KomekPlanMap
{
  GtkWidget        parent;
  KomekTheme      *theme;
  KomekPlan       *plan;
  KomekPlaceFinder *finder; /* or NULL */
  KomekPlan        *streets; /* to name; the plan's own, and those of packs */
  KomekLanguage    language;
  double           emphasis;
  ShumateMap      *map;
  KomekPlanSource *source;
  KomekTileLayer  *plan_layer;
  KomekNameLayer  *names;
  GListModel      *tiles;   /* nullable */
  KomekMapImprint *imprint;
  GtkWidget       *attribution;
  GtkWidget       *trouble;
  GtkWidget       *above;   /* weak, or NULL: what the words of the trouble lie below */
  gint64           flight_ends; /* monotonic time; until then it is on its way to the three below */
  double           goal_latitude, goal_longitude, goal_zoom;
};

gboolean komek_plan_map_align (KomekPlanMap *self, int width, int height);
void komek_plan_map_add_words (KomekPlanMap *self);
void komek_plan_map_allocate_words (KomekPlanMap *self, int width, int height);
void komek_plan_map_show_imprint (KomekPlanMap *self);
void komek_plan_map_gather_words (KomekPlanMap *self, GArray *marks);
