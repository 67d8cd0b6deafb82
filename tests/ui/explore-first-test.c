/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-hands.h"

#include "komek-explore-page.h"

/* What the map page shows first: never the whole city where the map is to show a part of it. */

#define ALL 20000

static void
test_an_empty_city_fills (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  g_assert_true (gtk_widget_get_mapped (test_stage_find_named (stage, "waiting")));
  g_assert_cmpstr (get_label (stage, "sentence"), ==, "Loading the city’s requests…");
  g_assert_cmpint (gtk_widget_get_height (stage->window), <=, 800);
  test_crowd_resize (stage->crowd, 30);
  test_stage_settle (stage);
  g_assert_false (gtk_widget_get_mapped (test_stage_find_named (stage, "waiting")));
  g_assert_cmpuint (count_listed (stage), >, 20);
}

/* Nothing shows of the whole city where a map shows a part of it. */
static void
assert_of_view (TestStage *stage)
{
  KomekSurvey *survey = get_survey (stage);

  g_assert_true (!survey || komek_survey_peek (survey)->view);
  g_assert_true (survey || count_listed (stage) == 0);
}

static void
enter (TestStage *stage)
{
  GtkWidget *page =
    GTK_WIDGET (komek_explore_page_new (stage->context, stage->exploration));

  gtk_window_set_child (GTK_WINDOW (stage->window), page);
  g_assert_cmpstr (get_label (stage, "sentence"), ==, "Loading the city’s requests…");
  assert_of_view (stage);
  g_signal_connect_swapped (stage->exploration, "notify::survey", G_CALLBACK (assert_of_view),
                            stage);
  g_signal_connect_data (get_listing (stage), "items-changed", G_CALLBACK (assert_of_view), stage,
                         NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_window_present (GTK_WINDOW (stage->window));
  test_stage_settle (stage);
  g_assert_nonnull (get_survey (stage));
  g_assert_cmpuint (count_listed (stage), >, 0);
}

/* From a page that shows no map, where the whole city has been counted long since. */
static void
test_the_first_view_is_not_the_whole_city (TestStage *stage, gconstpointer data)
{
  enter (stage);
}

/* As above, while the whole city is being counted anew. */
static void
test_a_count_on_its_way_is_not_the_first_view (TestStage *stage, gconstpointer data)
{
  komek_filter_choice_toggle_group (komek_exploration_get_choice (stage->exploration),
                                    KOMEK_GROUP_DONE);
  enter (stage);
}

/* The next citizen begins anew. */
static void
test_the_first_view_after_a_reset_is_not_the_whole_city (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  komek_exploration_reset (stage->exploration);
  gtk_window_set_child (GTK_WINDOW (stage->window), NULL);
  wait_until_listed (stage, ALL);
  enter (stage);
}

/* A page that was never shown leaves the whole city to those that show no map. */
static void
test_a_page_that_never_showed_leaves_the_whole_city (TestStage *stage, gconstpointer data)
{
  GtkWidget *page =
    GTK_WIDGET (komek_explore_page_new (stage->context, stage->exploration));

  gtk_window_set_child (GTK_WINDOW (stage->window), page);
  gtk_window_set_child (GTK_WINDOW (stage->window), NULL);
  wait_until_listed (stage, ALL);
  g_assert_nonnull (get_survey (stage));
}

#define ADD_FOR(n, name, func)                                                                     \
  g_test_add ("/explore-first/" name, TestStage, GUINT_TO_POINTER (n), test_stage_set_up, func,    \
              test_stage_tear_down)
#define ADD(name, func) ADD_FOR (ALL, name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GTK_A11Y", "test", TRUE);
  adw_init ();
  ADD ("the-first-view-is-not-the-whole-city", test_the_first_view_is_not_the_whole_city);
  ADD ("a-count-on-its-way-is-not-the-first-view", test_a_count_on_its_way_is_not_the_first_view);
  ADD ("the-first-view-after-a-reset-is-not-the-whole-city",
       test_the_first_view_after_a_reset_is_not_the_whole_city);
  ADD ("a-page-that-never-showed-leaves-the-whole-city",
       test_a_page_that_never_showed_leaves_the_whole_city);
  ADD_FOR (0, "an-empty-city-fills", test_an_empty_city_fills);
  return g_test_run ();
}
