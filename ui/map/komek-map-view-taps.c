/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-view-private.h"

#include "komek-chooser.h"
#include "komek-finger.h"

#include <math.h>

#define REACH 12.0        /* millimetres round a finger */
#define MOST_CANDIDATES 3 /* of which the nearest is taken */
#define MOST_OFFERED 9    /* of what lies round the middle of the map */
#define MOST_LISTED 10000 /* requests of one cluster */

static void
tap_request (KomekMapView *self, guint32 key)
{
  if (key == komek_request_layer_get_selected (self->layer))
    komek_map_view_emit_activated (self, key);
  else
    komek_map_view_set_selected (self, key);
}

static gboolean
is_one_place (KomekBounds *bounds)
{
  return komek_bounds_get_south (bounds) == komek_bounds_get_north (bounds)
         && komek_bounds_get_west (bounds) == komek_bounds_get_east (bounds);
}

/* Answers whether any lay on the map. */
gboolean
komek_map_view_close_cards (KomekMapView *self)
{
  gboolean any = self->chooser && gtk_widget_get_visible (self->chooser);

  if (any)
    komek_chooser_close (KOMEK_CHOOSER (self->chooser));
  any |= gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->layer_button));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->layer_button), FALSE);
  return any;
}

/* What a mark stands for is to be read. */
void
komek_map_view_list (KomekMapView *self, const KomekRequestPick *pick)
{
  g_autoptr (GArray) keys =
    pick->point ? g_array_new (FALSE, FALSE, sizeof (guint32))
                : komek_clusters_list_keys (pick->clusters, pick->cluster, MOST_LISTED);

  if (pick->point)
    g_array_append_val (keys, pick->point->key);
  komek_map_view_emit_listed (self, keys);
}

static void
tap_cluster (KomekMapView *self, const KomekRequestPick *pick)
{
  g_autoptr (KomekBounds) bounds = komek_clusters_dup_bounds (pick->clusters, pick->cluster);
  double zoom = round (komek_plan_map_get_zoom (self->plan_map));
  double closer =
    komek_map_view_find_zoom (self, bounds, gtk_widget_get_width (GTK_WIDGET (self)),
                              gtk_widget_get_height (GTK_WIDGET (self)));

  if (zoom >= KOMEK_MAP_LAST_ZOOM || is_one_place (bounds))
    {
      komek_map_view_list (self, pick);
      return;
    }

  komek_plan_map_fly_to (self->plan_map,
                         (komek_bounds_get_south (bounds) + komek_bounds_get_north (bounds)) / 2,
                         (komek_bounds_get_west (bounds) + komek_bounds_get_east (bounds)) / 2,
                         MAX (closer, zoom + 1));
}

static void
take (KomekMapView *self, const KomekRequestPick *pick)
{
  if (pick->point)
    tap_request (self, pick->point->key);
  else
    tap_cluster (self, pick);
}

static void
on_chosen (KomekMapView *self, const KomekRequestPick *pick)
{
  /* Whoever has read what it is wants it, and not to tap it once more. */
  if (pick->point)
    komek_map_view_set_selected (self, pick->point->key);
  take (self, pick);
}

static void
choose (KomekMapView *self, GArray *picks)
{
  if (!self->chooser)
    {
      self->chooser = komek_chooser_new (self->context);
      gtk_overlay_add_overlay (self->overlay, self->chooser);
      g_signal_connect_swapped (self->chooser, "chosen", G_CALLBACK (on_chosen), self);
    }
  komek_chooser_ask (KOMEK_CHOOSER (self->chooser), komek_request_layer_get_atlas (self->layer),
                     picks);
}

/* A district comes as near as it fits. */
static void
tap_district (KomekMapView *self, double x, double y)
{
  const KomekDistrictFigure *figure =
    self->layers ? komek_map_layers_pick_district (self->layers, x, y) : NULL;
  const KomekMercatorBox *box = figure ? &figure->feature->box : NULL;
  double south, west, north, east;
  g_autoptr (KomekBounds) bounds = NULL;

  if (!box)
    return;
  komek_mercator_unproject (box->x0, box->y1, &south, &west);
  komek_mercator_unproject (box->x1, box->y0, &north, &east);
  bounds = komek_bounds_new (south, west, north, east, NULL);
  if (bounds)
    komek_map_view_show_bounds (self, bounds);
}

/* A finger, or a mouse. */
void
komek_map_view_tap (KomekMapView *self, double x, double y)
{
  g_autoptr (GArray) picks =
    komek_request_layer_pick (self->layer, x, y,
                              komek_finger_get_pixels (GTK_WIDGET (self), REACH));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  /* Who taps beside a card wants it away, and nothing else. */
  if (komek_map_view_close_cards (self))
    return;
  if (picks->len == 0)
    tap_district (self, x, y);
  else if (picks->len > MOST_CANDIDATES && self->context)
    choose (self, picks);
  else
    take (self, &g_array_index (picks, KomekRequestPick, 0));
}

/* What is near the middle of the map, for whoever has no finger on it. */
GArray *
komek_map_view_pick_near_middle (KomekMapView *self)
{
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  return komek_request_layer_pick (self->layer, x, y, MIN (x, y));
}

/* Asks which of them is meant. */
void
komek_map_view_choose_near_middle (KomekMapView *self)
{
  g_autoptr (GArray) picks = komek_map_view_pick_near_middle (self);

  if (picks->len == 0 || !self->context)
    return;
  g_array_set_size (picks, MIN (picks->len, MOST_OFFERED));
  choose (self, picks);
}
