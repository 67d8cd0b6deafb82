/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include <math.h>

#include "await.h"
#include "komek-chooser.h"
#include "komek-heat-colors.h"
#include "komek-layer-choice.h"
#include "komek-legend.h"
#include "komek-map-layers.h"
#include "komek-map-view.h"
#include "map-pixels.h"

#define N_REQUESTS 400

static KomekMapView *
open_map (TestStage *stage)
{
  KomekTheme *theme = stage->theme;
  KomekMapView *view = KOMEK_MAP_VIEW (
    komek_map_view_new (theme, komek_context_get_plan (stage->context), KOMEK_LANGUAGE_ENGLISH,
                        NULL));
  KomekSurvey *survey = komek_exploration_get_survey (stage->exploration);

  komek_map_view_follow (view, stage->context, stage->exploration);
  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (stage->window));
  komek_map_view_set_atlas (view, komek_survey_get_atlas (survey));
  let_pass (300);
  return view;
}

static void
wait_for_layers (KomekMapView *view)
{
  for (guint i = 0; i < 100; i++)
    {
      let_pass (50);
      if (!komek_map_layers_is_busy (komek_map_view_get_layers (view)))
        break;
    }
  g_assert_false (komek_map_layers_is_busy (komek_map_view_get_layers (view)));
  let_pass (100);
}

/* What the map shows, as it would be seen. */
static cairo_surface_t *
look_at (KomekMapView *view)
{
  GtkWidget *map = GTK_WIDGET (komek_plan_map_get_map (komek_map_view_get_plan_map (view)));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (map);
  g_autoptr (GskRenderNode) node = NULL;
  int width = gtk_widget_get_width (map), height = gtk_widget_get_height (map);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < 100 && !node; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      /* While something is still to be drawn there is nothing to look at. */
      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_free_to_node (snapshot);
      if (!node)
        let_pass (20);
    }
  g_assert_nonnull (node);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  return surface;
}

static guint
count_pixels (cairo_surface_t *surface, guint32 color)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += is_near (get_pixel (surface, x, y), color);
  return n;
}

/* A colour over another one. */
static guint32
mix (const KomekPalette *palette, const char *over, const char *under, double cover)
{
  guint32 a = pack (palette, over), b = pack (palette, under), mixed = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    mixed |= (guint32) lround ((a >> shift & 0xff) * cover + (b >> shift & 0xff) * (1 - cover))
             << shift;
  return mixed;
}

static guint
count_heat (cairo_surface_t *surface, const KomekPalette *palette, double cover)
{
  guint n = 0;

  for (guint i = 1; i <= KOMEK_MAP_STEPS; i++)
    n += count_pixels (surface, mix (palette, komek_heat_colors_get_token (i), "land", cover));
  return n;
}

static void
test_each_layer_shows_its_colors (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  KomekPalette *palette = komek_theme_get_palette (stage->theme);
  cairo_surface_t *surface;

  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, palette, 0.75), <, 200);
  cairo_surface_destroy (surface);

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_HEAT);
  wait_for_layers (view);
  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, palette, 0.75), >, 2000);
  cairo_surface_destroy (surface);

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  komek_exploration_set_measure (stage->exploration, KOMEK_DISTRICT_PER_KM2);
  wait_for_layers (view);
  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, palette, 0.6), >, 20000);
  cairo_surface_destroy (surface);

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_PINS);
  let_pass (200);
  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, palette, 0.75), <, 200);
  cairo_surface_destroy (surface);
}

static void
test_high_contrast_paints_anew (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  cairo_surface_t *surface;

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_HEAT);
  wait_for_layers (view);
  komek_theme_set_high_contrast (stage->theme, TRUE);
  wait_for_layers (view);
  let_pass (500);
  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, komek_theme_get_palette (stage->theme), 0.75), >, 2000);
  cairo_surface_destroy (surface);
  komek_theme_set_high_contrast (stage->theme, FALSE);
}

static GtkWidget *
open_legend (TestStage *stage, KomekMapView *view)
{
  GtkWidget *legend =
    komek_legend_new (stage->context, stage->exploration,
                      komek_map_layers_get_districts (komek_map_view_get_layers (view)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_object_ref (view);
  gtk_window_set_child (GTK_WINDOW (stage->window), NULL);
  gtk_widget_set_vexpand (GTK_WIDGET (view), TRUE);
  /* GTK 4.18 warns of a window that its content outgrows. */
  gtk_widget_set_size_request (box, 640, 480);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view));
  gtk_box_append (GTK_BOX (box), legend);
  g_object_unref (view);
  gtk_window_set_child (GTK_WINDOW (stage->window), box);
  let_pass (600);
  return legend;
}

static GSettings *
open_settings (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "..", "data", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettingsSchemaSource) source =
    g_settings_schema_source_new_from_directory (folder, NULL, TRUE, &error);
  g_autoptr (GSettingsSchema) schema = NULL;

  g_assert_no_error (error);
  schema = g_settings_schema_source_lookup (source, "kz.komek.Komek", FALSE);
  g_assert_nonnull (schema);
  return g_settings_new_full (schema, NULL, NULL);
}

/* The legend of one start of the program, on a desktop or on a kiosk. */
static GtkWidget *
start_legend (TestStage *stage, KomekMapView *view, GSettings *settings, gboolean kiosk)
{
  KomekContextFields fields = {
    .feed = KOMEK_FEED (stage->crowd),
    .outbox = KOMEK_OUTBOX (stage->crowd),
    .line = KOMEK_LINE (stage->crowd),
    .clock = stage->clock,
    .locale = stage->locale,
    .theme = stage->theme,
    .plan = komek_context_get_plan (stage->context),
    .settings = settings,
    .kiosk = kiosk,
  };
  g_autoptr (KomekContext) context = komek_context_new (&fields);

  return g_object_ref_sink (
    komek_legend_new (context, stage->exploration,
                      komek_map_layers_get_districts (komek_map_view_get_layers (view))));
}

static GtkToggleButton *
get_fold (GtkWidget *legend)
{
  return GTK_TOGGLE_BUTTON (gtk_widget_get_template_child (legend, KOMEK_TYPE_LEGEND, "fold"));
}

static void
test_the_legend_is_folded_the_next_time (TestStage *stage, gconstpointer n_requests)
{
  g_autoptr (GSettings) settings = open_settings ();
  KomekMapView *view = open_map (stage);
  GtkWidget *legend = start_legend (stage, view, settings, FALSE);

  g_assert_true (gtk_toggle_button_get_active (get_fold (legend)));
  gtk_toggle_button_set_active (get_fold (legend), FALSE);
  g_assert_finalize_object (legend);
  legend = start_legend (stage, view, settings, FALSE);
  g_assert_false (gtk_toggle_button_get_active (get_fold (legend)));
  gtk_toggle_button_set_active (get_fold (legend), TRUE);
  g_assert_finalize_object (legend);
  g_assert_false (g_settings_get_boolean (settings, "legend-folded"));

  g_settings_set_boolean (settings, "legend-folded", TRUE);
  legend = start_legend (stage, view, settings, TRUE);
  g_assert_true (gtk_toggle_button_get_active (get_fold (legend)));
  g_assert_finalize_object (legend);
}

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
test_the_legend_follows_the_layer (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  GtkWidget *legend = open_legend (stage, view);

  let_pass (500);
  g_assert_true (has_label (legend, "Map legend"));
  g_assert_true (has_label (legend, "Overdue"));

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  wait_for_layers (view);
  g_assert_true (has_label (legend, "Share of overdue requests"));
  g_assert_false (has_label (legend, "Overdue"));
  komek_exploration_set_measure (stage->exploration, KOMEK_DISTRICT_MEDIAN_DAYS);
  let_pass (50);
  g_assert_true (has_label (legend, "Days until half are answered"));

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_PINS);
  let_pass (50);
  g_assert_true (has_label (legend, "Overdue"));
}

static GtkWidget *
find_child (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found)
        return found;
    }
  return NULL;
}

/* The choice is the exploration's: an option that is pressed changes it, and the other way. */
static void
test_layers_are_chosen_by_keys (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  GtkWidget *choice = find_child (GTK_WIDGET (view), KOMEK_TYPE_LAYER_CHOICE);

  g_assert_false (gtk_widget_get_visible (choice));
  gtk_widget_activate_action (GTK_WIDGET (view), "map.layers", NULL);
  g_assert_true (gtk_widget_get_visible (choice));
  let_pass (100);
  g_assert_nonnull (gtk_widget_get_focus_child (choice));

  gtk_widget_activate_action (choice, "layers.layer", "s", "heat");
  g_assert_cmpint (komek_exploration_get_layer (stage->exploration), ==, KOMEK_MAP_HEAT);
  gtk_widget_activate_action (choice, "layers.layer", "s", "districts");
  gtk_widget_activate_action (choice, "layers.measure", "s", "per-km2");
  g_assert_cmpint (komek_exploration_get_layer (stage->exploration), ==, KOMEK_MAP_DISTRICTS);
  g_assert_cmpint (komek_exploration_get_measure (stage->exploration), ==, KOMEK_DISTRICT_PER_KM2);
  wait_for_layers (view);
}

/* A tap on a district comes closer to it; the figures say which one it is. */
static void
test_a_district_is_found_below_a_finger (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  KomekMapLayers *layers = komek_map_view_get_layers (view);
  double x = gtk_widget_get_width (GTK_WIDGET (view)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (view)) / 2.0;
  KomekPlan *plan = komek_context_get_plan (stage->context);
  double latitude, longitude, zoom;
  const KomekDistrictFigure *figure;

  g_assert_null (komek_map_layers_pick_district (layers, x, y));
  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  wait_for_layers (view);
  komek_map_view_get_centre (view, &latitude, &longitude, &zoom);
  figure = komek_map_layers_pick_district (layers, x, y);
  g_assert_nonnull (figure);
  g_assert_cmpstr (figure->feature->code, ==, komek_plan_find_district (plan, latitude, longitude));
}

static void
on_listed (GArray **listed, GArray *keys)
{
  g_clear_pointer (listed, g_array_unref);
  *listed = g_array_ref (keys);
}

/* What a cluster holds is read without going closer. */
static void
test_the_space_bar_lists_what_is_nearest (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  g_autoptr (GArray) listed = NULL;

  g_signal_connect_swapped (view, "listed", G_CALLBACK (on_listed), &listed);
  gtk_widget_activate_action (GTK_WIDGET (view), "map.list", NULL);
  g_assert_nonnull (listed);
  g_assert_cmpuint (listed->len, >=, 1);
}

static void
test_enter_asks_which_one_is_meant (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  GtkWidget *chooser;
  double latitude, longitude, zoom, closer;

  komek_map_view_get_centre (view, &latitude, &longitude, &zoom);
  gtk_widget_activate_action (GTK_WIDGET (view), "map.open", NULL);
  chooser = find_child (GTK_WIDGET (view), KOMEK_TYPE_CHOOSER);
  g_assert_nonnull (chooser);
  g_assert_true (gtk_widget_get_visible (chooser));
  g_assert_cmpuint (komek_chooser_get_n_choices (KOMEK_CHOOSER (chooser)), >=, 1);
  g_assert_cmpuint (komek_chooser_get_n_choices (KOMEK_CHOOSER (chooser)), <=, 9);
  let_pass (100);
  g_assert_nonnull (gtk_widget_get_focus_child (chooser));

  /* The first row is a cluster: whoever chooses it comes closer. */
  gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (stage->window)));
  let_pass (100);
  g_assert_false (gtk_widget_get_visible (chooser));
  komek_map_view_get_centre (view, &latitude, &longitude, &closer);
  g_assert_true (closer > zoom || komek_map_view_get_selected (view) != 0);
}

#define ADD(path, func)                                                                            \
  g_test_add (path, TestStage, GUINT_TO_POINTER (N_REQUESTS), test_stage_set_up, func,             \
              test_stage_tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("/layers/each-layer-shows-its-colors", test_each_layer_shows_its_colors);
  ADD ("/layers/high-contrast-paints-anew", test_high_contrast_paints_anew);
  ADD ("/layers/the-legend-follows-the-layer", test_the_legend_follows_the_layer);
  ADD ("/layers/the-legend-is-folded-the-next-time", test_the_legend_is_folded_the_next_time);
  ADD ("/layers/layers-are-chosen-by-keys", test_layers_are_chosen_by_keys);
  ADD ("/layers/a-district-is-found-below-a-finger", test_a_district_is_found_below_a_finger);
  ADD ("/layers/the-space-bar-lists-what-is-nearest", test_the_space_bar_lists_what_is_nearest);
  ADD ("/layers/enter-asks-which-one-is-meant", test_enter_asks_which_one_is_meant);
  return g_test_run ();
}
