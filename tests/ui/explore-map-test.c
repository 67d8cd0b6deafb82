/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-hands.h"

#include <math.h>

#include "await.h"
#include "komek-filter-words.h"
#include "komek-map-frame.h"
#include "komek-map-view-private.h"

/* What the map of the page shows of what the rest of it says. */

#define ALL 20000
#define N_NUMBERED 99

static void
assert_numbers (TestStage *stage)
{
  KomekRequestLayer *layer = get_map (stage)->layer;
  GArray *keys = komek_survey_get_keys (get_survey (stage));

  g_assert_cmpuint (keys->len, >, N_NUMBERED);
  for (guint i = 0; i < keys->len && i < N_NUMBERED + 10; i++)
    g_assert_cmpuint (komek_request_layer_get_number (layer, g_array_index (keys, guint32, i)), ==,
                      i < N_NUMBERED ? i + 1 : 0);
}

/* In whatever order the list is. */
static void
test_pins_bear_the_numbers_of_the_rows (TestStage *stage, gconstpointer data)
{
  guint32 newest;

  open_page (stage);
  assert_numbers (stage);
  newest = g_array_index (komek_survey_get_keys (get_survey (stage)), guint32, 0);
  komek_exploration_set_order (stage->exploration, KOMEK_LIST_DEADLINE);
  test_stage_settle (stage);
  assert_numbers (stage);
  g_assert_cmpuint (g_array_index (komek_survey_get_keys (get_survey (stage)), guint32, 0), !=,
                    newest);
}

/* All of it, and not much more: the zooms are a factor of two apart, and the map is not square. */
static void
test_the_circle_around_is_in_view (TestStage *stage, gconstpointer data)
{
  double latitude, longitude;

  open_page (stage);
  for (guint i = 0; i < KOMEK_N_RADII; i++)
    {
      double high = komek_radii[i] / 111195.0, wide;
      g_autoptr (KomekBounds) view = NULL;

      gtk_widget_activate_action (get_page (stage), "explore.around", "u", komek_radii[i]);
      for (guint j = 0; j < 4; j++)
        test_stage_settle (stage);
      komek_exploration_get_centre (stage->exploration, &latitude, &longitude);
      wide = high / cos (latitude * G_PI / 180);
      view = komek_map_view_get_bounds (get_map (stage));
      g_assert_true (komek_bounds_contains (view, latitude - high, longitude - wide));
      g_assert_true (komek_bounds_contains (view, latitude + high, longitude + wide));
      g_assert_cmpfloat (komek_bounds_get_north (view) - komek_bounds_get_south (view), <, 8 * high);
    }
}

/* Of the rectangle of each card the point that is nearest to the middle of the circle. */
static void
assert_beside_cards (TestStage *stage, double radius)
{
  KomekMapView *map = get_map (stage);
  KomekNameLayer *names = komek_plan_map_get_names (komek_map_view_get_plan_map (map));
  g_autoptr (GArray) cards = komek_name_layer_list_controls (names);
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (names));
  double latitude, longitude, x, y;

  komek_exploration_get_centre (stage->exploration, &latitude, &longitude);
  komek_map_frame_place (&frame, latitude, longitude, &x, &y);
  radius /= komek_mercator_metres (frame.box.y0 + y / frame.world, 1 / frame.world);
  g_assert_cmpuint (cards->len, >=, 4); /* what is around, the legend, buttons, who made the map */
  for (guint i = 0; i < cards->len; i++)
    {
      const KomekMercatorBox *box = &g_array_index (cards, KomekPlanMark, i).box;

      g_assert_cmpfloat (hypot (x - CLAMP (x, box->x0, box->x1), y - CLAMP (y, box->y0, box->y1)),
                         >, radius);
    }
  /* And none of them is a dot. */
  g_assert_cmpfloat (radius, >, 60);
}

static void
assert_circles_beside_cards (TestStage *stage, gboolean upright)
{
  open_page (stage);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), upright ? 900 : 1280,
                               upright ? 1400 : 800);
  gtk_widget_remove_css_class (stage->window, upright ? "wide" : "upright");
  gtk_widget_add_css_class (stage->window, upright ? "upright" : "wide");
  komek_context_set_upright (stage->context, upright);
  for (guint i = 0; i < KOMEK_N_RADII; i++)
    {
      for (guint j = 0; j < 3; j++)
        test_stage_settle (stage);
      gtk_widget_activate_action (get_page (stage), "explore.around", "u", komek_radii[i]);
      for (guint j = 0; j < 3; j++)
        test_stage_settle (stage);
      assert_beside_cards (stage, komek_radii[i]);
    }
}

static void
test_an_upright_circle_lies_beside_the_cards (TestStage *stage, gconstpointer data)
{
  assert_circles_beside_cards (stage, TRUE);
}

static void
test_a_wide_circle_lies_beside_the_cards (TestStage *stage, gconstpointer data)
{
  assert_circles_beside_cards (stage, FALSE);
}

#define ADD(path, set_up, func)                                                                    \
  g_test_add ("/explore-map/" path, TestStage, GUINT_TO_POINTER (ALL), set_up, func,               \
              test_stage_tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("pins-bear-the-numbers-of-the-rows", test_stage_set_up,
       test_pins_bear_the_numbers_of_the_rows);
  ADD ("the-circle-around-is-in-view", test_stage_set_up_here, test_the_circle_around_is_in_view);
  ADD ("an-upright-circle-lies-beside-the-cards", test_stage_set_up_here,
       test_an_upright_circle_lies_beside_the_cards);
  ADD ("a-wide-circle-lies-beside-the-cards", test_stage_set_up_here,
       test_a_wide_circle_lies_beside_the_cards);
  return g_test_run ();
}
