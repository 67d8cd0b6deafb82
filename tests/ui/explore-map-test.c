/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-hands.h"

#include <math.h>

#include "await.h"
#include "komek-filter-words.h"
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
  return g_test_run ();
}
