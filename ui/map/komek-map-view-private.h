/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-map-gestures.h"
#include "komek-map-rest.h"
#include "komek-map-view.h"

/* Shared by what the map is made of, what its keys and buttons do, and what fingers do. */
struct _KomekMapView
{
  GtkWidget          parent;
  GtkOverlay        *overlay;
  KomekPlanMap      *plan_map;
  KomekRequestLayer *layer;
  KomekBounds       *pending; /* what to show once it has a size */
  KomekMapGestures  *gestures;
  KomekMapRest      *rest;
  KomekContext      *context; /* NULL where nothing is explored, as all below */
  KomekMapLayers    *layers;
  GtkWidget         *chooser;
  GtkWidget         *layer_choice;
  GtkWidget         *buttons;
  GtkWidget         *layer_button;
};

gboolean komek_map_view_is_choosing (KomekMapView *self);
void komek_map_view_emit_activated (KomekMapView *self, guint32 key);
void komek_map_view_emit_listed (KomekMapView *self, GArray *keys);
double komek_map_view_find_zoom (KomekMapView *self, KomekBounds *bounds, int width, int height);
void komek_map_view_show_now (KomekMapView *self, KomekBounds *bounds, int width, int height,
                              gboolean fly);

void komek_map_view_tap (KomekMapView *self, double x, double y);
GArray *komek_map_view_pick_near_middle (KomekMapView *self);
void komek_map_view_choose_near_middle (KomekMapView *self);
void komek_map_view_list (KomekMapView *self, const KomekRequestPick *pick);
gboolean komek_map_view_close_cards (KomekMapView *self);

void komek_map_view_add_actions (GtkWidgetClass *widget_class);
