/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-view-private.h"

#include "komek-map-keys.h"

#define PAN_SHARE 0.25 /* of the view, for one press of an arrow key */

static void
zoom_middle (KomekMapView *self, int step)
{
  komek_plan_map_zoom_at (self->plan_map, step, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                          gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

static void
on_zoom_in_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zoom_middle (KOMEK_MAP_VIEW (widget), 1);
}

static void
on_zoom_out_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zoom_middle (KOMEK_MAP_VIEW (widget), -1);
}

static void
on_city_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  komek_map_view_show_city (KOMEK_MAP_VIEW (widget));
}

static void
on_pan_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  double step = PAN_SHARE * MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  int right, down;

  g_variant_get (parameter, "(ii)", &right, &down);
  komek_plan_map_pan (KOMEK_MAP_VIEW (widget)->plan_map, right * step, down * step);
}

/* What was chosen and is out of view by now is not what somebody looks at. */
static gboolean
is_in_view (KomekMapView *self, guint32 key)
{
  KomekAtlas *atlas = komek_request_layer_get_atlas (self->layer);
  const KomekPoint *point = atlas ? komek_atlas_look_up (atlas, key) : NULL;
  g_autoptr (KomekBounds) bounds = komek_map_view_get_bounds (self);

  return point && bounds
         && komek_bounds_contains (bounds, point->latitude / 1e7, point->longitude / 1e7);
}

static void
on_open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KomekMapView *self = KOMEK_MAP_VIEW (widget);
  guint32 key = komek_request_layer_get_selected (self->layer);

  if (key != 0 && is_in_view (self, key))
    komek_map_view_emit_activated (self, key);
  else
    komek_map_view_choose_near_middle (self);
}

static void
on_list_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KomekMapView *self = KOMEK_MAP_VIEW (widget);
  g_autoptr (GArray) picks = komek_map_view_pick_near_middle (self);

  if (picks->len > 0)
    komek_map_view_list (self, &g_array_index (picks, KomekRequestPick, 0));
}

static void
on_layers_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KomekMapView *self = KOMEK_MAP_VIEW (widget);

  if (!self->layer_choice)
    return;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->layer_button), TRUE);
}

/* Closes what lies on the map; where there is nothing, Escape is somebody else's. */
static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  if (!komek_map_view_close_cards (KOMEK_MAP_VIEW (widget)))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (widget);
  return GDK_EVENT_STOP;
}

/* What its buttons and keys do. */
void
komek_map_view_add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "map.zoom-in", NULL, on_zoom_in_activated);
  gtk_widget_class_install_action (widget_class, "map.zoom-out", NULL, on_zoom_out_activated);
  gtk_widget_class_install_action (widget_class, "map.city", NULL, on_city_activated);
  gtk_widget_class_install_action (widget_class, "map.open", NULL, on_open_activated);
  gtk_widget_class_install_action (widget_class, "map.list", NULL, on_list_activated);
  gtk_widget_class_install_action (widget_class, "map.layers", NULL, on_layers_activated);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_install_action (widget_class, "map.pan", "(ii)", on_pan_activated);
  komek_map_keys_add (widget_class);
}
