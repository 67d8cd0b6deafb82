/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>

#include "komek-finger.h"
#include "komek-map-view.h"
#include "komek-mini-map.h"
#include "komek-place-picker.h"
#include "komek-request-layer.h"
#include "komek-state-icon.h"
#include "shipped-plan.h"

#define NOW 1700000000
#define WIDTH 800
#define HEIGHT 600

static const char *const services[] = { "road", NULL };
static const char *const districts[] = { "esil", NULL };

static KomekTheme *theme;
static KomekPlan *plan;

/* A lone request, three on top of each other, and two that a close look parts. */
static const KomekPoint crowd[] = {
  { .key = 1, .latitude = 511500000, .longitude = 714300000, .requested = NOW - 1, .status = KOMEK_STATUS_NEW },
  { .key = 2, .latitude = 511600000, .longitude = 714500000, .requested = NOW - 2, .status = KOMEK_STATUS_DONE },
  { .key = 3, .latitude = 511600000, .longitude = 714500000, .requested = NOW - 3, .status = KOMEK_STATUS_DONE },
  { .key = 4, .latitude = 511600000, .longitude = 714500000, .requested = NOW - 4, .status = KOMEK_STATUS_NEW },
  { .key = 5, .latitude = 511400000, .longitude = 714000000, .requested = NOW - 5, .status = KOMEK_STATUS_NEW },
  { .key = 6, .latitude = 511402000, .longitude = 714002000, .requested = NOW - 6, .status = KOMEK_STATUS_NEW },
};

static KomekAtlas *
make_atlas (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekPoints) points = NULL;
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });

  g_array_append_vals (array, crowd, G_N_ELEMENTS (crowd));
  points = komek_points_new (array, services, districts);
  return komek_atlas_new (points, filter);
}

static void
on_event (gpointer seen)
{
  *(gboolean *) seen = TRUE;
}

static void
wait_for (gboolean *seen)
{
  while (!*seen)
    g_main_context_iteration (NULL, TRUE);
  *seen = FALSE;
}

/* Shows a widget in a window until it has a size. */
static GtkWindow *
show (GtkWidget *widget)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (window, WIDTH, HEIGHT);
  gtk_window_set_titlebar (window, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_window_set_child (window, widget);
  gtk_window_present (window);
  while (gtk_widget_get_width (widget) == 0)
    g_main_context_iteration (NULL, TRUE);
  return window;
}

static void
close_window (GtkWindow *window)
{
  gtk_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

typedef struct
{
  KomekMapView *view;
  GtkWindow    *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekAtlas) atlas = make_atlas ();

  fixture->view = KOMEK_MAP_VIEW (
    g_object_ref_sink (komek_map_view_new (theme, plan, KOMEK_LANGUAGE_KAZAKH, NULL)));
  komek_map_view_set_atlas (fixture->view, atlas);
  fixture->window = show (GTK_WIDGET (fixture->view));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_window (fixture->window);
  g_assert_finalize_object (fixture->view);
}

static void
test_begins_with_the_city (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekBounds) bounds = komek_map_view_get_bounds (fixture->view);
  KomekBounds *built_up = komek_plan_get_built_up (plan);
  double latitude, longitude, zoom;

  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  g_assert_true (komek_bounds_contains (built_up, latitude, longitude));
  g_assert_true (komek_bounds_contains (bounds, latitude, longitude));
  g_assert_cmpfloat (zoom, ==, floor (zoom));
  g_assert_cmpfloat (zoom, >=, 11);
}

static void
test_keys_and_buttons_move_it (Fixture *fixture, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->view);
  double latitude, longitude, zoom, latitude2, longitude2, zoom2;

  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  g_assert_true (gtk_widget_activate_action (widget, "map.zoom-in", NULL));
  komek_map_view_get_centre (fixture->view, &latitude2, &longitude2, &zoom2);
  g_assert_cmpfloat (zoom2, ==, zoom + 1);
  g_assert_cmpfloat_with_epsilon (latitude2, latitude, 0.001);

  g_assert_true (gtk_widget_activate_action (widget, "map.pan", "(ii)", 1, -1));
  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  g_assert_cmpfloat (longitude, >, longitude2 + 0.01);
  g_assert_cmpfloat (latitude, >, latitude2 + 0.005);

  for (guint i = 0; i < 20; i++)
    gtk_widget_activate_action (widget, "map.zoom-out", NULL);
  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  g_assert_cmpfloat (zoom, ==, 10);

  for (guint i = 0; i < 20; i++)
    gtk_widget_activate_action (widget, "map.zoom-in", NULL);
  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  g_assert_cmpfloat (zoom, ==, 18);

  g_assert_true (gtk_widget_activate_action (widget, "map.city", NULL));
  test_begins_with_the_city (fixture, NULL);
}

static void
test_never_leaves_the_city (Fixture *fixture, gconstpointer data)
{
  KomekBounds *bounds = komek_plan_get_bounds (plan);
  double latitude, longitude, zoom;

  komek_map_view_fly_to (fixture->view, 0, 0, 12);
  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  g_assert_cmpfloat_with_epsilon (latitude, komek_bounds_get_south (bounds), 0.001);
  g_assert_cmpfloat_with_epsilon (longitude, komek_bounds_get_west (bounds), 0.001);
}

static void
test_says_when_the_view_has_changed (Fixture *fixture, gconstpointer data)
{
  gboolean changed = FALSE;

  g_signal_connect_swapped (fixture->view, "view-changed", G_CALLBACK (on_event), &changed);
  wait_for (&changed);
  komek_map_view_jump_to (fixture->view, 51.15, 71.43, 15);
  g_assert_false (changed);
  wait_for (&changed);
}

static void
test_comes_to_rest_at_its_limits (Fixture *fixture, gconstpointer data)
{
  gboolean changed = FALSE;

  g_signal_connect_swapped (fixture->view, "view-changed", G_CALLBACK (on_event), &changed);
  for (int zoom = 10; zoom <= 18; zoom += 4)
    {
      changed = FALSE;
      komek_map_view_jump_to (fixture->view, 43.24, 76.89, zoom);
      wait_for (&changed);
    }
}

static void
test_selects_and_opens (Fixture *fixture, gconstpointer data)
{
  gboolean selected = FALSE, activated = FALSE;

  g_signal_connect_swapped (fixture->view, "notify::selected", G_CALLBACK (on_event), &selected);
  g_signal_connect_swapped (fixture->view, "activated", G_CALLBACK (on_event), &activated);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "map.open", NULL);
  g_assert_false (activated);

  komek_map_view_set_selected (fixture->view, 1);
  g_assert_true (selected);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "map.open", NULL);
  g_assert_true (activated);

  selected = FALSE;
  komek_map_view_set_selected (fixture->view, 1);
  g_assert_false (selected);
}

static void
test_reveals_what_is_out_of_view (Fixture *fixture, gconstpointer data)
{
  double latitude, longitude, zoom;

  komek_map_view_jump_to (fixture->view, 51.10, 71.30, 16);
  komek_map_view_reveal (fixture->view, 1);
  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  g_assert_cmpfloat_with_epsilon (latitude, 51.15, 0.0001);
  g_assert_cmpfloat_with_epsilon (longitude, 71.43, 0.0001);
  g_assert_cmpfloat (zoom, ==, 16);

  komek_map_view_jump_to (fixture->view, 51.1505, 71.4305, 16);
  komek_map_view_reveal (fixture->view, 1);
  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  g_assert_cmpfloat_with_epsilon (latitude, 51.1505, 0.0001);
}

static void
test_lays_new_tiles_for_a_theme (Fixture *fixture, gconstpointer data)
{
  ShumateViewport *viewport =
    komek_plan_map_get_viewport (komek_map_view_get_plan_map (fixture->view));
  ShumateMapSource *first = shumate_viewport_get_reference_map_source (viewport);

  komek_theme_set_high_contrast (theme, TRUE);
  g_assert_true (first != shumate_viewport_get_reference_map_source (viewport));
  komek_theme_set_high_contrast (theme, FALSE);
  g_assert_cmpuint (shumate_viewport_get_max_zoom_level (viewport), ==, 18);
}

static void
test_nobody_turns_it (Fixture *fixture, gconstpointer data)
{
  ShumateMap *map = komek_plan_map_get_map (komek_map_view_get_plan_map (fixture->view));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (map));
  guint n_turning = 0, n_pinching = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      n_pinching += GTK_IS_GESTURE_ZOOM (controller);
      if (!GTK_IS_GESTURE_ROTATE (controller))
        continue;
      n_turning++;
      g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_NONE);
    }
  /* Where libshumate has none any more, somebody must look again. */
  g_assert_cmpuint (n_turning, ==, 1);
  g_assert_cmpuint (n_pinching, ==, 1);
}

/* A layer alone, in a window, at a place of which one pixel is known. */
static KomekRequestLayer *
make_layer (GtkWindow **window, double latitude, double longitude, double zoom)
{
  g_autoptr (KomekAtlas) atlas = make_atlas ();
  g_autoptr (ShumateViewport) viewport = shumate_viewport_new ();
  KomekRequestLayer *layer = g_object_ref_sink (komek_request_layer_new (viewport, theme));

  shumate_viewport_set_zoom_level (viewport, zoom);
  shumate_location_set_location (SHUMATE_LOCATION (viewport), latitude, longitude);
  komek_request_layer_set_atlas (layer, atlas);
  *window = show (GTK_WIDGET (layer));
  return layer;
}

#define REACH 32.0

/* The key of what is nearest, 0 for a cluster, and G_MAXUINT32 where there is nothing. */
static guint32
find_key (KomekRequestLayer *layer, double x, double y)
{
  g_autoptr (GArray) picks = komek_request_layer_pick (layer, x, y, REACH);
  const KomekRequestPick *pick = (const KomekRequestPick *) picks->data;

  if (picks->len == 0)
    return G_MAXUINT32;
  return pick->point ? pick->point->key : 0;
}

static void
test_a_finger_finds_what_is_near (void)
{
  GtkWindow *window;
  KomekRequestLayer *layer = make_layer (&window, 51.15, 71.43, 16);
  double x = gtk_widget_get_width (GTK_WIDGET (layer)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (layer)) / 2.0;

  g_assert_cmpuint (find_key (layer, x, y), ==, 1);
  g_assert_cmpuint (find_key (layer, x - 20, y + 20), ==, 1);
  g_assert_cmpuint (find_key (layer, x - 40, y), ==, G_MAXUINT32);

  komek_request_layer_set_selected (layer, 1);
  g_assert_cmpuint (find_key (layer, x - 40, y), ==, 1);

  close_window (window);
  g_assert_finalize_object (layer);
}

static void
test_a_finger_finds_a_cluster (void)
{
  GtkWindow *window;
  KomekRequestLayer *layer = make_layer (&window, 51.16, 71.45, 18);
  g_autoptr (GArray) picks =
    komek_request_layer_pick (layer, gtk_widget_get_width (GTK_WIDGET (layer)) / 2.0,
                              gtk_widget_get_height (GTK_WIDGET (layer)) / 2.0, REACH);
  const KomekRequestPick *pick = (const KomekRequestPick *) picks->data;
  g_autoptr (GArray) keys = NULL;

  g_assert_cmpuint (picks->len, ==, 1);
  g_assert_null (pick->point);
  keys = komek_clusters_list_keys (pick->clusters, pick->cluster, 10);
  g_assert_cmpuint (keys->len, ==, 3);
  g_assert_cmpuint (g_array_index (keys, guint32, 0), ==, 2);

  close_window (window);
  g_assert_finalize_object (layer);
}

/* A wide reach finds all there is, the nearest first. */
static void
test_the_nearest_comes_first (void)
{
  GtkWindow *window;
  KomekRequestLayer *layer = make_layer (&window, 51.15, 71.43, 11);
  g_autoptr (GArray) picks =
    komek_request_layer_pick (layer, gtk_widget_get_width (GTK_WIDGET (layer)) / 2.0,
                              gtk_widget_get_height (GTK_WIDGET (layer)) / 2.0, 1000);

  g_assert_cmpuint (picks->len, >=, 1);
  for (guint i = 1; i < picks->len; i++)
    g_assert_cmpfloat (g_array_index (picks, KomekRequestPick, i).distance, >=,
                       g_array_index (picks, KomekRequestPick, i - 1).distance);

  close_window (window);
  g_assert_finalize_object (layer);
}

/* Where something else shows them all, the selected request shows alone. */
static void
test_a_sparse_layer_shows_the_selected_one (void)
{
  GtkWindow *window;
  KomekRequestLayer *layer = make_layer (&window, 51.15, 71.43, 16);
  double x = gtk_widget_get_width (GTK_WIDGET (layer)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (layer)) / 2.0;

  komek_request_layer_set_sparse (layer, TRUE);
  g_assert_cmpuint (find_key (layer, x, y), ==, G_MAXUINT32);
  komek_request_layer_set_selected (layer, 1);
  g_assert_cmpuint (find_key (layer, x, y), ==, 1);

  close_window (window);
  g_assert_finalize_object (layer);
}

static void
test_no_atlas_no_finds (void)
{
  GtkWindow *window;
  KomekRequestLayer *layer = make_layer (&window, 51.15, 71.43, 16);

  komek_request_layer_set_atlas (layer, NULL);
  komek_request_layer_set_selected (layer, 1);
  g_assert_cmpuint (find_key (layer, gtk_widget_get_width (GTK_WIDGET (layer)) / 2.0,
                              gtk_widget_get_height (GTK_WIDGET (layer)) / 2.0), ==, G_MAXUINT32);
  close_window (window);
  g_assert_finalize_object (layer);
}

static void
test_a_screen_that_lies_about_its_size (void)
{
  g_assert_cmpfloat_with_epsilon (komek_finger_measure (1920, 598), 3.21, 0.01);
  g_assert_cmpfloat_with_epsilon (komek_finger_measure (3840, 598), 6.42, 0.01);
  g_assert_cmpfloat_with_epsilon (komek_finger_measure (1920, 0), 3.21, 0.001);
  g_assert_cmpfloat_with_epsilon (komek_finger_measure (1920, 16), 3.21, 0.001);
  g_assert_cmpfloat_with_epsilon (komek_finger_measure (1920, 16000), 3.21, 0.001);
  g_assert_cmpfloat_with_epsilon (komek_finger_measure (1920, -1), 3.21, 0.001);
}

static void
test_the_crosshair_names_its_place (void)
{
  GtkWidget *widget =
    g_object_ref_sink (komek_place_picker_new (theme, plan, KOMEK_LANGUAGE_KAZAKH, NULL));
  KomekPlacePicker *picker = KOMEK_PLACE_PICKER (widget);
  GtkWindow *window = show (widget);
  gboolean changed = FALSE;
  double latitude;

  g_signal_connect_swapped (picker, "notify::place", G_CALLBACK (on_event), &changed);
  komek_place_picker_centre_on (picker, 51.168394, 71.426553);
  wait_for (&changed);
  g_assert_true (g_str_has_suffix (komek_place_get_address (komek_place_picker_get_place (picker)),
                                   "даңғылы"));
  g_assert_cmpstr (komek_place_get_district (komek_place_picker_get_place (picker)), !=, "");
  latitude = komek_place_get_latitude (komek_place_picker_get_place (picker));
  g_assert_cmpfloat_with_epsilon (latitude, 51.168394, 0.00001);

  komek_place_picker_nudge (picker, 0, 5);
  wait_for (&changed);
  g_assert_cmpfloat_with_epsilon (
    komek_place_metres_between (
      latitude, 71.426553, komek_place_get_latitude (komek_place_picker_get_place (picker)),
      71.426553),
    5, 0.8);

  close_window (window);
  g_assert_finalize_object (widget);
}

static void
test_the_small_map_lets_itself_be_looked_at (void)
{
  GtkWidget *widget =
    g_object_ref_sink (komek_mini_map_new (theme, plan, KOMEK_LANGUAGE_KAZAKH, NULL));
  GtkWindow *window;

  komek_mini_map_show_place (KOMEK_MINI_MAP (widget), 51.15, 71.43, KOMEK_GROUP_LATE,
                             KOMEK_STATUS_NEW);
  window = show (widget);
  g_assert_false (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD));
  g_assert_null (gtk_widget_pick (widget, 100, 100, GTK_PICK_DEFAULT));
  close_window (window);
  g_assert_finalize_object (widget);
}

static void
test_the_icon_wears_the_color_of_its_group (void)
{
  GtkWidget *widget = g_object_ref_sink (komek_state_icon_new (theme, 40));
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 40, 40);
  cairo_t *cr = cairo_create (surface);
  GdkRGBA color = komek_palette_look_up (komek_theme_get_palette (theme), "late");
  guint32 expected = (guint32) lround (color.red * 255) << 16 | (guint32) lround (color.green * 255) << 8
                     | (guint32) lround (color.blue * 255);
  GtkWindow *window;
  const guint32 *pixels;

  komek_state_icon_set_state (KOMEK_STATE_ICON (widget), KOMEK_GROUP_LATE, KOMEK_STATUS_NEW, 0);
  window = show (widget);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  cairo_translate (cr, -(gtk_widget_get_width (widget) - 40) / 2,
                   -(gtk_widget_get_height (widget) - 40) / 2);
  gsk_render_node_draw (node, cr);
  cairo_surface_flush (surface);
  pixels = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (surface);
  g_assert_cmphex (pixels[33 * 40 + 10] & 0xffffff, ==, expected);
  g_assert_cmphex (pixels[2 * 40 + 2], ==, 0);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  close_window (window);
  g_assert_finalize_object (widget);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  theme = komek_theme_new (gdk_display_get_default (), adw_style_manager_get_default ());
  plan = read_shipped_plan ();

  ADD ("/map/begins-with-the-city", test_begins_with_the_city);
  ADD ("/map/keys-and-buttons-move-it", test_keys_and_buttons_move_it);
  ADD ("/map/never-leaves-the-city", test_never_leaves_the_city);
  ADD ("/map/says-when-the-view-has-changed", test_says_when_the_view_has_changed);
  ADD ("/map/comes-to-rest-at-its-limits", test_comes_to_rest_at_its_limits);
  ADD ("/map/selects-and-opens", test_selects_and_opens);
  ADD ("/map/reveals-what-is-out-of-view", test_reveals_what_is_out_of_view);
  ADD ("/map/lays-new-tiles-for-a-theme", test_lays_new_tiles_for_a_theme);
  ADD ("/map/nobody-turns-it", test_nobody_turns_it);
  g_test_add_func ("/layer/a-finger-finds-what-is-near", test_a_finger_finds_what_is_near);
  g_test_add_func ("/layer/a-finger-finds-a-cluster", test_a_finger_finds_a_cluster);
  g_test_add_func ("/layer/the-nearest-comes-first", test_the_nearest_comes_first);
  g_test_add_func ("/layer/a-sparse-layer-shows-the-selected-one",
                   test_a_sparse_layer_shows_the_selected_one);
  g_test_add_func ("/finger/a-screen-that-lies-about-its-size",
                   test_a_screen_that_lies_about_its_size);
  g_test_add_func ("/layer/no-atlas-no-finds", test_no_atlas_no_finds);
  g_test_add_func ("/picker/the-crosshair-names-its-place", test_the_crosshair_names_its_place);
  g_test_add_func ("/mini-map/lets-itself-be-looked-at", test_the_small_map_lets_itself_be_looked_at);
  g_test_add_func ("/state-icon/wears-the-color-of-its-group",
                   test_the_icon_wears_the_color_of_its_group);
  status = g_test_run ();

  g_assert_finalize_object (theme);
  komek_plan_unref (plan);
  return status;
}
