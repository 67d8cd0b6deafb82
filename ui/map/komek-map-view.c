/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-view-private.h"

#include "komek-finger.h"
#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-layer-choice.h"

enum
{
  PROP_SELECTED = 1,
  PROP_CHOOSING,
  N_PROPS
};

enum
{
  VIEW_CHANGED,
  ACTIVATED,
  LISTED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/**
 * KomekMapView:
 *
 * The map with the requests on it: it answers to fingers, to its buttons and to keys alike.
 *
 * Arrow keys move it, plus and minus zoom, Home shows the whole city, Enter
 * opens the selected request or asks which of those near the middle is meant,
 * and the space bar lists what the nearest of them holds. A tap selects a
 * request, a second one opens it; a tap on a cluster goes closer, and where that
 * would not part it any more, its requests are to be listed. Zooms are whole
 * numbers when it rests, for only then are the tiles sharp.
 */
G_DEFINE_FINAL_TYPE (KomekMapView, komek_map_view, GTK_TYPE_WIDGET)

gboolean
komek_map_view_is_choosing (KomekMapView *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->layer_button));
}

/* Says that somebody wants to read a request. */
void
komek_map_view_emit_activated (KomekMapView *self, guint32 key)
{
  g_signal_emit (self, signals[ACTIVATED], 0, key);
}

/* Says that somebody wants to read what a mark stands for. */
void
komek_map_view_emit_listed (KomekMapView *self, GArray *keys)
{
  g_signal_emit (self, signals[LISTED], 0, keys);
}

static void
on_layer_button_changed (KomekMapView *self)
{
  if (komek_map_view_is_choosing (self))
    gtk_widget_child_focus (self->layer_choice, GTK_DIR_TAB_FORWARD);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOOSING]);
  komek_name_layer_wait (komek_plan_map_get_names (self->plan_map));
}

static void
on_still (KomekMapView *self)
{
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static void
on_controls (KomekMapView *self, GArray *marks)
{
  komek_name_layer_add_overlays (marks, self->overlay, GTK_WIDGET (self->plan_map));
}

static void
komek_map_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (KOMEK_MAP_VIEW (widget)->overlay), orientation, for_size, minimum,
                      natural, NULL, NULL);
}

static void
komek_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KomekMapView *self = KOMEK_MAP_VIEW (widget);

  if (self->pending && width > 0 && height > 0)
    {
      komek_map_view_show_now (self, self->pending, width, height, FALSE);
      g_clear_pointer (&self->pending, komek_bounds_unref);
    }
  gtk_widget_allocate (GTK_WIDGET (self->overlay), width, height, baseline, NULL);
  komek_map_rest_wait (self->rest);
}

static void
komek_map_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_uint (value, komek_map_view_get_selected (KOMEK_MAP_VIEW (object)));
      break;
    case PROP_CHOOSING:
      g_value_set_boolean (value, komek_map_view_is_choosing (KOMEK_MAP_VIEW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_map_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED:
      komek_map_view_set_selected (KOMEK_MAP_VIEW (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_map_view_dispose (GObject *object)
{
  KomekMapView *self = KOMEK_MAP_VIEW (object);
  GtkWidget *child;

  g_clear_object (&self->layers);
  g_clear_object (&self->gestures);
  g_clear_object (&self->rest);
  g_clear_object (&self->context);
  self->chooser = self->layer_choice = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&self->layer);
  g_clear_object (&self->plan_map);
  g_clear_pointer (&self->pending, komek_bounds_unref);
  G_OBJECT_CLASS (komek_map_view_parent_class)->dispose (object);
}

static void
komek_map_view_class_init (KomekMapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = komek_map_view_get_property;
  object_class->set_property = komek_map_view_set_property;
  object_class->dispose = komek_map_view_dispose;
  widget_class->measure = komek_map_view_measure;
  widget_class->size_allocate = komek_map_view_size_allocate;

  /**
   * KomekMapView:selected:
   *
   * The key of the request that stands out, 0 for none; a tap changes it.
   */
  props[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT32, 0,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * KomekMapView:choosing:
   *
   * Whether the choice of layers lies open on the map: what else lies there is in its way.
   */
  props[PROP_CHOOSING] =
    g_param_spec_boolean ("choosing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * KomekMapView::view-changed:
   *
   * Another part of the city shows, and the map has come to rest.
   */
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", KOMEK_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * KomekMapView::activated:
   * @key: the request that somebody wants to open
   */
  signals[ACTIVATED] = g_signal_new ("activated", KOMEK_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  /**
   * KomekMapView::listed:
   * @keys: (element-type guint32): requests that no zoom can part, or that somebody wants to
   *   read instead of to see, newest first
   */
  signals[LISTED] = g_signal_new ("listed", KOMEK_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);

  komek_map_view_add_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "map-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  g_type_ensure (KOMEK_TYPE_ICON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekMapView, overlay);
  gtk_widget_class_bind_template_child (widget_class, KomekMapView, buttons);
  gtk_widget_class_bind_template_child (widget_class, KomekMapView, layer_button);
}

static void
komek_map_view_init (KomekMapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Map of the city"), -1);
  komek_map_view_set_description (self, NULL);
}

/**
 * komek_map_view_new:
 * @tiles: (nullable): what lies on the plan, #KomekTiles from below
 */
GtkWidget *
komek_map_view_new (KomekTheme *theme, KomekPlan *plan, KomekLanguage language, GListModel *tiles)
{
  return komek_map_view_new_emphasised (theme, plan, language, tiles, 1);
}

/* The same with names and streets drawn larger by @emphasis. */
GtkWidget *
komek_map_view_new_emphasised (KomekTheme *theme, KomekPlan *plan, KomekLanguage language,
                               GListModel *tiles, double emphasis)
{
  KomekMapView *self = g_object_new (KOMEK_TYPE_MAP_VIEW, NULL);
  GtkWidget *plan_map = komek_plan_map_new (theme, plan, language, tiles, emphasis);
  ShumateViewport *viewport = komek_plan_map_get_viewport (KOMEK_PLAN_MAP (plan_map));

  self->plan_map = g_object_ref (KOMEK_PLAN_MAP (plan_map));
  self->layer = g_object_ref_sink (komek_request_layer_new (viewport, theme));
  self->pending = komek_bounds_ref (komek_plan_get_built_up (plan));
  shumate_map_add_layer (komek_plan_map_get_map (self->plan_map), SHUMATE_LAYER (self->layer));
  komek_request_layer_set_names (self->layer, komek_plan_map_get_names (self->plan_map));
  gtk_overlay_set_child (self->overlay, plan_map);
  self->gestures = komek_map_gestures_new (self->plan_map);
  self->rest = komek_map_rest_new (self->plan_map);
  g_signal_connect_object (self->gestures, "tapped", G_CALLBACK (komek_map_view_tap), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_plan_map_get_names (self->plan_map), "controls",
                           G_CALLBACK (on_controls), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rest, "still", G_CALLBACK (on_still), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

KomekPlanMap *
komek_map_view_get_plan_map (KomekMapView *self)
{
  g_return_val_if_fail (KOMEK_IS_MAP_VIEW (self), NULL);

  return self->plan_map;
}

void
komek_map_view_set_language (KomekMapView *self, KomekLanguage language)
{
  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  komek_plan_map_set_language (self->plan_map, language);
  if (self->layers)
    komek_map_layers_refresh (self->layers);
}

static void
on_realize (KomekMapView *self)
{
  komek_map_layers_set_unit (self->layers, komek_context_is_kiosk (self->context)
                                             ? komek_finger_get_unit (GTK_WIDGET (self)) : 1);
}

/**
 * komek_map_view_follow:
 *
 * Shows what an exploration has chosen in the way that it has chosen, and lets people choose.
 */
void
komek_map_view_follow (KomekMapView *self, KomekContext *context, KomekExploration *exploration)
{
  g_return_if_fail (KOMEK_IS_MAP_VIEW (self) && !self->context);

  self->context = g_object_ref (context);
  self->layers = komek_map_layers_new (self->plan_map, self->layer, context, exploration);
  self->layer_choice =
    komek_layer_choice_new (exploration, komek_map_layers_get_districts (self->layers));
  gtk_overlay_add_overlay (self->overlay, self->layer_choice);
  g_object_bind_property (self->layer_button, "active", self->layer_choice, "visible",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->layer_button, "notify::active",
                           G_CALLBACK (on_layer_button_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->layer_button, TRUE);
  g_signal_connect (self, "realize", G_CALLBACK (on_realize), NULL);
}

/* Those in its upper corner, which nothing may hide. */
GtkWidget *
komek_map_view_get_buttons (KomekMapView *self)
{
  g_return_val_if_fail (KOMEK_IS_MAP_VIEW (self), NULL);

  return self->buttons;
}

/**
 * komek_map_view_get_layers:
 *
 * Returns: (nullable) (transfer none): what it shows, %NULL where it follows no exploration
 */
KomekMapLayers *
komek_map_view_get_layers (KomekMapView *self)
{
  g_return_val_if_fail (KOMEK_IS_MAP_VIEW (self), NULL);

  return self->layers;
}

/**
 * komek_map_view_set_description:
 * @description: (nullable): what is in view, in a sentence, for those who do not see it
 */
void
komek_map_view_set_description (KomekMapView *self, const char *description)
{
  const char *keys = _("Arrow keys move the map, plus and minus zoom, Home shows the whole city, "
                       "Enter opens the chosen request, the space bar lists what is nearest to the "
                       "middle.");
  g_autofree char *whole =
    description && *description ? g_strconcat (description, " ", keys, NULL) : g_strdup (keys);

  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, whole,
                                  -1);
}

/**
 * komek_map_view_set_atlas:
 * @atlas: (nullable): the requests to show
 */
void
komek_map_view_set_atlas (KomekMapView *self, KomekAtlas *atlas)
{
  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  komek_request_layer_set_atlas (self->layer, atlas);
}

/**
 * komek_map_view_set_selected:
 * @key: 0 for none
 */
void
komek_map_view_set_selected (KomekMapView *self, guint32 key)
{
  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  if (komek_request_layer_get_selected (self->layer) == key)
    return;
  komek_request_layer_set_selected (self->layer, key);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

guint32
komek_map_view_get_selected (KomekMapView *self)
{
  g_return_val_if_fail (KOMEK_IS_MAP_VIEW (self), 0);

  return komek_request_layer_get_selected (self->layer);
}

/**
 * komek_map_view_set_numbers:
 * @keys: (array length=n_keys): the requests of the list, in its order
 */
void
komek_map_view_set_numbers (KomekMapView *self, const guint32 *keys, guint n_keys)
{
  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  komek_request_layer_set_numbers (self->layer, keys, n_keys);
}
