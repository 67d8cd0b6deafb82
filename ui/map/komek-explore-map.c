/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-map.h"

#include "komek-around-bar.h"
#include "komek-explore-around.h"
#include "komek-explore-reveal.h"
#include "komek-filter-words.h"
#include "komek-fit.h"
#include "komek-gettext.h"
#include "komek-legend.h"
#include "komek-map-view.h"

#define N_NUMBERED 99 /* rows whose numbers stand on the map, too */

/**
 * KomekExploreMap:
 *
 * The map of the page with what lies on it, and what keeps it and the exploration in step.
 *
 * It shows what the survey found and tells the exploration where somebody looks; what is chosen
 * on one of them is so on the other. A request is opened by the action "explore.open".
 */
struct _KomekExploreMap
{
  GtkWidget         parent;
  KomekContext     *context;
  KomekExploration *exploration;
  GtkWidget        *frame; /* an overlay */
  KomekMapView     *map;
  GtkWidget        *legend;
  GtkRequisition    legend_size;
};

enum
{
  LISTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekExploreMap, komek_explore_map, GTK_TYPE_WIDGET)

static KomekListing *
get_listing (KomekExploreMap *self)
{
  return komek_exploration_get_listing (self->exploration);
}

static void
on_survey_changed (KomekExploreMap *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  g_autofree char *sentence = komek_filter_words_sentence (self->context, self->exploration);
  GArray *keys = survey ? komek_survey_get_keys (survey) : NULL;

  komek_map_view_set_description (self->map, sentence);
  if (!survey)
    return;
  komek_map_view_set_atlas (self->map, komek_survey_get_atlas (survey));
  komek_map_view_set_numbers (self->map, (const guint32 *) keys->data, MIN (keys->len, N_NUMBERED));
}

static void
reveal (KomekExploreMap *self, guint32 key)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  const KomekPoint *point =
    survey && key != 0 ? komek_atlas_look_up (komek_survey_get_atlas (survey), key) : NULL;

  if (point)
    komek_explore_reveal (self->map, self->legend, point);
}

static void
on_listing_selected_changed (KomekExploreMap *self)
{
  guint32 key = komek_listing_get_selected (get_listing (self));

  komek_map_view_set_selected (self->map, key);
  reveal (self, key);
}

static void
on_map_selected_changed (KomekExploreMap *self)
{
  komek_listing_set_selected (get_listing (self), komek_map_view_get_selected (self->map));
}

static void
on_map_activated (KomekExploreMap *self, guint key)
{
  komek_listing_set_selected (get_listing (self), key);
  gtk_widget_activate_action (GTK_WIDGET (self), "explore.open", NULL);
}

static void
on_map_listed (KomekExploreMap *self, GArray *keys)
{
  komek_exploration_show_members (self->exploration, keys);
  g_signal_emit (self, signals[LISTED], 0);
}

static void
on_view_changed (KomekExploreMap *self)
{
  g_autoptr (KomekBounds) bounds = komek_map_view_get_bounds (self->map);
  KomekViewport viewport;

  if (!bounds)
    return;
  komek_map_view_get_centre (self->map, &viewport.latitude, &viewport.longitude, &viewport.zoom);
  komek_exploration_set_view (self->exploration, &viewport, bounds);
}

/* Whoever asks for what is around wants to see all of the circle. */
static void
on_around_changed (KomekExploreMap *self)
{
  guint metres = komek_exploration_get_around (self->exploration);
  double latitude, longitude;

  if (metres == 0)
    return;
  komek_exploration_get_centre (self->exploration, &latitude, &longitude);
  komek_explore_around_show (self->map, latitude, longitude, metres);
}

/* The legend gives way to the buttons of the map, which are at its end. */
static void
on_upright_changed (KomekExploreMap *self)
{
  gboolean upright = komek_context_is_upright (self->context);

  gtk_widget_set_halign (self->legend, upright ? GTK_ALIGN_START : GTK_ALIGN_END);
}

static void
komek_explore_map_dispose (GObject *object)
{
  KomekExploreMap *self = KOMEK_EXPLORE_MAP (object);

  g_clear_pointer (&self->frame, gtk_widget_unparent);
  if (self->exploration)
    komek_exploration_remove_map (self->exploration);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_explore_map_parent_class)->dispose (object);
}

/* Its only way in is the map itself: after a way out the focus comes back there. */
static gboolean
komek_explore_map_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KOMEK_EXPLORE_MAP (widget)->map));
}

/* Who leaves what is first in it backwards goes out, and is not asked to begin with the map again,
 * as GTK would have it: that would never let anybody out. */
static gboolean
komek_explore_map_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (KOMEK_EXPLORE_MAP (widget)->frame, direction);
}

static void
komek_explore_map_class_init (KomekExploreMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_explore_map_dispose;
  widget_class->grab_focus = komek_explore_map_grab_focus;
  widget_class->focus = komek_explore_map_focus;

  /**
   * KomekExploreMap::listed:
   *
   * Requests that lie together on the map are to be listed alone; the exploration knows them.
   */
  signals[LISTED] = g_signal_new ("listed", KOMEK_TYPE_EXPLORE_MAP, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "explore-map");
}

static void
komek_explore_map_init (KomekExploreMap *self)
{
  self->frame = gtk_overlay_new ();
  gtk_widget_set_parent (self->frame, GTK_WIDGET (self));
}

static void
add_overlay (KomekExploreMap *self, GtkWidget *child, GtkAlign halign, GtkAlign valign)
{
  gtk_widget_set_halign (child, halign);
  gtk_widget_set_valign (child, valign);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->frame), child);
}

/* What shows gives way to the choice of layers, which needs its place. */
static void
make_way (KomekExploreMap *self, GtkWidget *widget)
{
  if (gtk_widget_get_visible (widget))
    g_object_bind_property (self->map, "choosing", widget, "visible", G_BINDING_INVERT_BOOLEAN);
}

static void
build (KomekExploreMap *self)
{
  KomekViewport viewport = komek_exploration_get_viewport (self->exploration);
  KomekLocale *locale = komek_context_get_locale (self->context);
  GtkWidget *around = komek_around_bar_new (self->exploration);

  komek_exploration_add_map (self->exploration);
  self->map = KOMEK_MAP_VIEW (komek_map_view_new (komek_context_get_theme (self->context),
                                                  komek_context_get_plan (self->context),
                                                  komek_locale_get_language (locale),
                                                  komek_context_get_tiles (self->context)));
  komek_plan_map_name_streets (komek_map_view_get_plan_map (self->map),
                               komek_context_get_finder (self->context));
  gtk_overlay_set_child (GTK_OVERLAY (self->frame), GTK_WIDGET (self->map));
  komek_map_view_follow (self->map, self->context, self->exploration);
  self->legend =
    komek_legend_new (self->context, self->exploration,
                      komek_map_layers_get_districts (komek_map_view_get_layers (self->map)));
  add_overlay (self, around, GTK_ALIGN_START, GTK_ALIGN_START);
  add_overlay (self, self->legend, GTK_ALIGN_END, GTK_ALIGN_END);
  komek_plan_map_set_above (komek_map_view_get_plan_map (self->map), around);
  make_way (self, around);
  make_way (self, self->legend);
  if (viewport.zoom > 0)
    komek_map_view_jump_to (self->map, viewport.latitude, viewport.longitude, viewport.zoom);
}

/* Names need not be written where they would be hidden. */
static void
on_controls (KomekExploreMap *self, GArray *marks)
{
  GtkWidget *map = GTK_WIDGET (komek_map_view_get_plan_map (self->map));

  komek_name_layer_add_overlays (marks, GTK_OVERLAY (self->frame), map);
}

/* At the foot of the map, but on the names of those who made it, where it would lie on them. */
static GtkAllocation
stand (KomekExploreMap *self, int x, GtkRequisition size)
{
  int foot = komek_plan_map_get_foot (komek_map_view_get_plan_map (self->map), x);

  return (GtkAllocation) { x, MAX (0, gtk_widget_get_height (self->frame) - foot - size.height),
                           size.width, size.height };
}

/* How much of what it asks for is air around its card. */
static int
measure_air (GtkWidget *legend)
{
  int all, card;

  gtk_widget_measure (legend, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &all, NULL, NULL);
  gtk_widget_measure (gtk_widget_get_first_child (legend), GTK_ORIENTATION_HORIZONTAL, -1, NULL,
                      &card, NULL, NULL);
  return (all - card) / 2;
}

/* The legend grows and shrinks with what it has to say, and names keep clear of it. It gives way to
 * the buttons of the map: on an upright one there is room at the other side, on a low one beside
 * them. */
static GtkAllocation
place_legend (KomekExploreMap *self, GtkRequisition size)
{
  KomekPlanMap *map = komek_map_view_get_plan_map (self->map);
  int right = gtk_widget_get_width (self->frame);
  graphene_rect_t buttons;
  GtkAllocation place;

  if (size.width != self->legend_size.width || size.height != self->legend_size.height)
    komek_name_layer_wait (komek_plan_map_get_names (map));
  self->legend_size = size;
  if (komek_context_is_upright (self->context))
    return stand (self, 0, size);
  place = stand (self, MAX (0, right - size.width), size);
  if (gtk_widget_compute_bounds (komek_map_view_get_buttons (self->map), self->frame, &buttons)
      && place.y + measure_air (self->legend) < buttons.origin.y + buttons.size.height)
    place = stand (self, MAX (0, (int) buttons.origin.x - size.width), size);
  return place;
}

static gboolean
on_get_child_position (KomekExploreMap *self, GtkWidget *child, GtkAllocation *place)
{
  GtkRequisition size = komek_fit_measure (child, gtk_widget_get_width (self->frame));

  *place = child == self->legend ? place_legend (self, size)
                                 : (GtkAllocation) { 0, 0, size.width, size.height };
  return TRUE;
}

static void
connect_map (KomekExploreMap *self)
{
  g_signal_connect_object (
    komek_plan_map_get_names (komek_map_view_get_plan_map (self->map)), "controls",
    G_CALLBACK (on_controls), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->frame, "get-child-position", G_CALLBACK (on_get_child_position),
                            self);
  g_signal_connect_swapped (self->map, "view-changed", G_CALLBACK (on_view_changed), self);
  g_signal_connect_swapped (self->map, "notify::selected", G_CALLBACK (on_map_selected_changed),
                            self);
  g_signal_connect_swapped (self->map, "activated", G_CALLBACK (on_map_activated), self);
  g_signal_connect_swapped (self->map, "listed", G_CALLBACK (on_map_listed), self);
}

/* Another city's card has brought another finder. */
static void
on_city_changed (KomekExploreMap *self)
{
  komek_plan_map_name_streets (komek_map_view_get_plan_map (self->map),
                               komek_context_get_finder (self->context));
}

static void
connect_models (KomekExploreMap *self)
{
  g_signal_connect_object (self->context, "notify::city", G_CALLBACK (on_city_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->exploration, "notify::survey", G_CALLBACK (on_survey_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->exploration, "notify::around", G_CALLBACK (on_around_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_listing (self), "notify::selected",
                           G_CALLBACK (on_listing_selected_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::upright", G_CALLBACK (on_upright_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * komek_explore_map_set_up:
 *
 * Says what the map is about; once, by the page that owns it.
 */
void
komek_explore_map_set_up (KomekExploreMap *self, KomekContext *context,
                          KomekExploration *exploration)
{
  g_return_if_fail (KOMEK_IS_EXPLORE_MAP (self));

  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  build (self);
  on_upright_changed (self);
  on_survey_changed (self);
  komek_map_view_set_selected (self->map, komek_listing_get_selected (get_listing (self)));
  connect_map (self);
  connect_models (self);
}

/* Shows the part of the city in which all that the filter lets through lies. */
void
komek_explore_map_show_whole (KomekExploreMap *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  KomekBounds *city = komek_plan_get_bounds (komek_context_get_plan (self->context));
  g_autoptr (KomekBounds) extent = survey ? komek_survey_dup_extent (survey, city) : NULL;

  if (extent)
    komek_map_view_show_bounds (self->map, extent);
  else
    komek_map_view_show_city (self->map);
}
