/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-clock.h"
#include "komek-plan.h"

/**
 * KomekMapOptions:
 * @plan: (nullable): the path of the plan; the usual one where it is "" or %NULL
 * @packs: (nullable): the paths of map packs, from below
 * @tiles: (nullable): the address template of a raster tile server; none where it is ""
 * @tiles_attribution: (nullable): who made what that server gives
 * @tiles_contact: (nullable): where those who run that server reach those who run this
 *
 * What the map is to be made of, as it was asked for.
 */
typedef struct
{
  char  *plan;
  char **packs;
  char  *tiles;
  char  *tiles_attribution;
  char  *tiles_contact;
  /*< private >*/
  GThread *reading; /* the plan, from begin to end */
} KomekMapOptions;

void komek_map_options_add (GApplication *application);
void komek_map_options_take (KomekMapOptions *self, GVariantDict *options);
void komek_map_options_fill (KomekMapOptions *self, GSettings *settings);
gboolean komek_map_options_check (const KomekMapOptions *self);
void komek_map_options_begin_plan (KomekMapOptions *self);
KomekPlan *komek_map_options_end_plan (KomekMapOptions *self);
GListModel *komek_map_options_list_tiles (const KomekMapOptions *self, KomekClock *clock);
void komek_map_options_clear (KomekMapOptions *self);
