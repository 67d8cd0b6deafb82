/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include <math.h>

#include "await.h"
#include "komek-chooser.h"
#include "komek-finger.h"
#include "komek-map-view-private.h"

/* What a finger and the keys on the map come to. */

#define N_REQUESTS 40 /* of the stage; what the map shows are these: */

#define CLOSE 17

static const char *const services[] = { "road", NULL };
static const char *const districts[] = { "esil", NULL };

/* One alone; three at one place; two that only a close look parts, two that none does. */
static const KomekPoint crowd[] = {
  { .key = 1, .latitude = 511500000, .longitude = 714300000, .requested = TEST_NOW - 1 },
  { .key = 2, .latitude = 511600000, .longitude = 714500000, .requested = TEST_NOW - 2 },
  { .key = 3, .latitude = 511600000, .longitude = 714500000, .requested = TEST_NOW - 3 },
  { .key = 4, .latitude = 511600000, .longitude = 714500000, .requested = TEST_NOW - 4 },
  { .key = 5, .latitude = 511400000, .longitude = 714000000, .requested = TEST_NOW - 5 },
  { .key = 6, .latitude = 511420000, .longitude = 714030000, .requested = TEST_NOW - 6 },
  { .key = 7, .latitude = 511700000, .longitude = 714600000, .requested = TEST_NOW - 7 },
  { .key = 8, .latitude = 511700300, .longitude = 714600000, .requested = TEST_NOW - 8 },
};

typedef struct
{
  TestStage     stage;
  KomekMapView *view;
  GArray       *listed;
  guint         opened;
} Fixture;

static KomekAtlas *
make_atlas (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = TEST_NOW });
  g_autoptr (KomekPoints) points = NULL;

  g_array_append_vals (array, crowd, G_N_ELEMENTS (crowd));
  points = komek_points_new (array, services, districts);
  return komek_atlas_new (points, filter);
}

static void
on_listed (Fixture *fixture, GArray *keys)
{
  g_clear_pointer (&fixture->listed, g_array_unref);
  fixture->listed = g_array_ref (keys);
}

static void
on_opened (Fixture *fixture, guint key)
{
  fixture->opened = key;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestStage *stage = &fixture->stage;
  g_autoptr (KomekAtlas) atlas = make_atlas ();

  test_stage_set_up (stage, GUINT_TO_POINTER (N_REQUESTS));
  fixture->view = KOMEK_MAP_VIEW (komek_map_view_new (
    stage->theme, komek_context_get_plan (stage->context), KOMEK_LANGUAGE_ENGLISH, NULL));
  komek_map_view_follow (fixture->view, stage->context, stage->exploration);
  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (stage->window));
  let_pass (300);
  komek_map_view_set_atlas (fixture->view, atlas);
  g_signal_connect_swapped (fixture->view, "listed", G_CALLBACK (on_listed), fixture);
  g_signal_connect_swapped (fixture->view, "activated", G_CALLBACK (on_opened), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->listed, g_array_unref);
  test_stage_tear_down (&fixture->stage, NULL);
}

static void
go_to (Fixture *fixture, double latitude, double longitude, double zoom)
{
  komek_map_view_jump_to (fixture->view, latitude, longitude, zoom);
  let_pass (50);
}

/* So far beside the middle of the map. */
static void
tap (Fixture *fixture, double dx, double dy)
{
  komek_map_view_tap (fixture->view, gtk_widget_get_width (GTK_WIDGET (fixture->view)) / 2.0 + dx,
                      gtk_widget_get_height (GTK_WIDGET (fixture->view)) / 2.0 + dy);
}

static double
measure_finger (Fixture *fixture)
{
  return komek_finger_get_pixels (GTK_WIDGET (fixture->view), 12);
}

static void
test_twelve_millimetres_away_is_hit (Fixture *fixture, gconstpointer data)
{
  double finger = measure_finger (fixture);

  /* More than a pin is large, or nothing would be measured here. */
  g_assert_cmpfloat (finger, >, 25);
  go_to (fixture, 51.15, 71.43, CLOSE);
  tap (fixture, finger + 2, 0);
  g_assert_cmpuint (komek_map_view_get_selected (fixture->view), ==, 0);
  tap (fixture, 0, finger - 2);
  g_assert_cmpuint (komek_map_view_get_selected (fixture->view), ==, 1);
  g_assert_cmpuint (fixture->opened, ==, 0);

  /* What is chosen already is wanted. */
  tap (fixture, 0, 0);
  g_assert_cmpuint (fixture->opened, ==, 1);
}

static void
test_a_cluster_comes_as_close_as_it_fits (Fixture *fixture, gconstpointer data)
{
  double latitude, longitude, zoom;

  go_to (fixture, 51.141, 71.4015, 11);
  tap (fixture, 0, 0);
  g_assert_null (fixture->listed);
  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  /* 300 m and 210 m, and a map of 1280 by 800 pixels: a metre is 0.75 pixels at zoom 16. */
  g_assert_cmpfloat (zoom, ==, 18);
  g_assert_cmpfloat_with_epsilon (latitude, 51.141, 0.0001);
  g_assert_cmpfloat_with_epsilon (longitude, 71.4015, 0.0001);

  /* A wide one is not shown closer than all of it. */
  go_to (fixture, 51.155, 71.43, 10);
  tap (fixture, 0, 0);
  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
  g_assert_cmpfloat (zoom, >, 10);
  g_assert_cmpfloat (zoom, <, 15);
}

static void
test_what_no_zoom_parts_is_listed (Fixture *fixture, gconstpointer data)
{
  /* Of one place: wherever one is. */
  go_to (fixture, 51.16, 71.45, 15);
  tap (fixture, 0, 0);
  g_assert_nonnull (fixture->listed);
  g_assert_cmpuint (fixture->listed->len, ==, 3);
  g_assert_cmpuint (g_array_index (fixture->listed, guint32, 0), ==, 2);
  g_clear_pointer (&fixture->listed, g_array_unref);

  /* Of two places: at the last zoom. */
  go_to (fixture, 51.170015, 71.46, KOMEK_MAP_LAST_ZOOM);
  tap (fixture, 0, 0);
  g_assert_nonnull (fixture->listed);
  g_assert_cmpuint (fixture->listed->len, ==, 2);
}

/* Enter asks which one is meant; who taps beside the card wants it away, and nothing else. */
static void
test_a_tap_beside_a_card_closes_it (Fixture *fixture, gconstpointer data)
{
  GtkWidget *chooser;

  go_to (fixture, 51.15, 71.43, CLOSE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "map.open", NULL);
  chooser = test_stage_find (&fixture->stage, KOMEK_TYPE_CHOOSER);
  g_assert_nonnull (chooser);
  g_assert_true (gtk_widget_get_visible (chooser));
  tap (fixture, 0, 0);
  g_assert_false (gtk_widget_get_visible (chooser));
  g_assert_cmpuint (komek_map_view_get_selected (fixture->view), ==, 0);
  tap (fixture, 0, 0);
  g_assert_cmpuint (komek_map_view_get_selected (fixture->view), ==, 1);
}

static gboolean
is_there (Fixture *fixture, double zoom)
{
  return komek_plan_map_get_zoom (komek_map_view_get_plan_map (fixture->view)) == zoom;
}

/* What the map tells is where it will be; here it is asked where it is. */
static void
test_without_motion_it_is_there_at_once (Fixture *fixture, gconstpointer data)
{
  go_to (fixture, 51.15, 71.43, 12);
  komek_map_view_fly_to (fixture->view, 51.16, 71.45, 16);
  g_assert_true (is_there (fixture, 16));

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  komek_map_view_fly_to (fixture->view, 51.15, 71.43, 12);
  g_assert_false (is_there (fixture, 12));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  let_pass (600);
  g_assert_true (is_there (fixture, 12));
}

/* Whoever goes elsewhere with the arrows means what is there. */
static void
test_enter_opens_what_is_chosen_while_it_is_in_view (Fixture *fixture, gconstpointer data)
{
  GtkWidget *chooser;

  go_to (fixture, 51.15, 71.43, CLOSE);
  komek_map_view_set_selected (fixture->view, 1);
  go_to (fixture, 51.16, 71.45, CLOSE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "map.open", NULL);
  g_assert_cmpuint (fixture->opened, ==, 0);
  chooser = test_stage_find (&fixture->stage, KOMEK_TYPE_CHOOSER);
  g_assert_nonnull (chooser);
  g_assert_cmpuint (komek_chooser_get_n_choices (KOMEK_CHOOSER (chooser)), ==, 1);

  go_to (fixture, 51.1502, 71.43, CLOSE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "map.open", NULL);
  g_assert_cmpuint (fixture->opened, ==, 1);
}

/* Does what the key does; answers whether there is such a key. */
static gboolean
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GListModel) shortcuts = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (shortcuts)
                        && j < g_list_model_get_n_items (shortcuts); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger)
              && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
              && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == 0)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}

static void
test_keys_go_all_ways (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint key;
    int   north, east, closer;
  } keys[] = {
    { GDK_KEY_Up, 1, 0, 0 },        { GDK_KEY_Down, -1, 0, 0 },      { GDK_KEY_Left, 0, -1, 0 },
    { GDK_KEY_Right, 0, 1, 0 },     { GDK_KEY_KP_Up, 1, 0, 0 },      { GDK_KEY_KP_Down, -1, 0, 0 },
    { GDK_KEY_KP_Left, 0, -1, 0 },  { GDK_KEY_KP_Right, 0, 1, 0 },   { GDK_KEY_plus, 0, 0, 1 },
    { GDK_KEY_equal, 0, 0, 1 },     { GDK_KEY_KP_Add, 0, 0, 1 },     { GDK_KEY_minus, 0, 0, -1 },
    { GDK_KEY_KP_Subtract, 0, 0, -1 },
  };
  double latitude, longitude, zoom, to_latitude, to_longitude, to_zoom, city;

  komek_map_view_get_centre (fixture->view, &latitude, &longitude, &city);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      go_to (fixture, 51.15, 71.43, 15);
      komek_map_view_get_centre (fixture->view, &latitude, &longitude, &zoom);
      g_assert_true (press (GTK_WIDGET (fixture->view), keys[i].key));
      komek_map_view_get_centre (fixture->view, &to_latitude, &to_longitude, &to_zoom);
      g_assert_cmpint ((to_latitude > latitude + 1e-4) - (to_latitude < latitude - 1e-4), ==,
                       keys[i].north);
      g_assert_cmpint ((to_longitude > longitude + 1e-4) - (to_longitude < longitude - 1e-4), ==,
                       keys[i].east);
      g_assert_cmpfloat (to_zoom, ==, zoom + keys[i].closer);
    }

  g_assert_true (press (GTK_WIDGET (fixture->view), GDK_KEY_Home));
  komek_map_view_get_centre (fixture->view, &to_latitude, &to_longitude, &to_zoom);
  g_assert_cmpfloat (to_zoom, ==, city);

  go_to (fixture, 51.16, 71.45, CLOSE);
  g_assert_true (press (GTK_WIDGET (fixture->view), GDK_KEY_space));
  g_assert_cmpuint (fixture->listed->len, ==, 3);
  g_assert_true (press (GTK_WIDGET (fixture->view), GDK_KEY_Return));
  g_assert_nonnull (test_stage_find (&fixture->stage, KOMEK_TYPE_CHOOSER));
}

#define ADD(path, func) g_test_add ("/map-taps/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("twelve-millimetres-away-is-hit", test_twelve_millimetres_away_is_hit);
  ADD ("a-cluster-comes-as-close-as-it-fits", test_a_cluster_comes_as_close_as_it_fits);
  ADD ("what-no-zoom-parts-is-listed", test_what_no_zoom_parts_is_listed);
  ADD ("a-tap-beside-a-card-closes-it", test_a_tap_beside_a_card_closes_it);
  ADD ("without-motion-it-is-there-at-once", test_without_motion_it_is_there_at_once);
  ADD ("enter-opens-what-is-chosen-while-it-is-in-view",
       test_enter_opens_what_is_chosen_while_it_is_in_view);
  ADD ("keys-go-all-ways", test_keys_go_all_ways);
  return g_test_run ();
}
