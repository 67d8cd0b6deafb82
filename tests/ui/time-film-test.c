/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time-stage.h"

#include "await.h"

#define ALL 20000

static void
play (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (fixture->bar, "time.play", NULL));
}

static gboolean
is_playing (Fixture *fixture)
{
  return g_str_equal (get_label (fixture, "play_label"), "Pause");
}

static void
test_the_year_passes_and_stops_at_its_end (Fixture *fixture, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();

  play (fixture);
  g_assert_true (is_playing (fixture));
  assert_brush (fixture, 0, 30);
  while (is_playing (fixture))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, SLOW * 1000 - 20000);
  assert_brush (fixture, 336, 366);
  g_assert_cmpuint (fixture->surveys, >, 2);
}

/* Each step waits until the one before it is seen, however many there could be in that time. */
static void
test_surveys_do_not_pile_up (Fixture *fixture, gconstpointer data)
{
  guint steps = 0;

  g_signal_connect_swapped (get_choice (fixture), "changed", G_CALLBACK (g_atomic_int_inc), &steps);
  play (fixture);
  while (is_playing (fixture))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (steps, <=, fixture->surveys + 1);
    }
  g_signal_handlers_disconnect_by_data (get_choice (fixture), &steps);
  g_assert_cmpuint (steps, >, 2);
}

static void
test_a_second_press_and_a_hand_stop_it (Fixture *fixture, gconstpointer data)
{
  KomekTimeBrush brush;

  play (fixture);
  while (komek_histogram_get_brush (fixture->histogram).begin == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_playing (fixture));
  play (fixture);
  g_assert_false (is_playing (fixture));
  brush = komek_histogram_get_brush (fixture->histogram);
  g_assert_cmpuint (brush.begin, >, 0);
  let_pass (100);
  assert_brush (fixture, brush.begin, brush.end);

  play (fixture);
  g_assert_true (is_playing (fixture));
  drag (fixture, 140, 140);
  g_assert_false (is_playing (fixture));
  assert_brush (fixture, 131, 161);
}

/* Whether Escape meant something to the bar. */
static gboolean
press_escape (Fixture *fixture)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->bar);
  g_autoptr (GtkShortcutTrigger) escape = gtk_keyval_trigger_new (GDK_KEY_Escape, 0);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller)
                  ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (GtkShortcut) key = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (key), escape))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (key), 0, fixture->bar,
                                                 NULL);
        }
    }
  g_assert_not_reached ();
}

static void
test_escape_leads_back_to_what_was_chosen (Fixture *fixture, gconstpointer data)
{
  g_assert_false (press_escape (fixture));
  drag (fixture, 140, 140);
  play (fixture);
  while (komek_histogram_get_brush (fixture->histogram).begin == 131)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (press_escape (fixture));
  g_assert_false (is_playing (fixture));
  assert_brush (fixture, 131, 161);
}

static void
test_leaving_the_page_stops_it (Fixture *fixture, gconstpointer data)
{
  play (fixture);
  gtk_widget_set_visible (fixture->bar, FALSE);
  g_assert_false (is_playing (fixture));
}

static void
test_with_less_motion_a_press_is_a_month (Fixture *fixture, gconstpointer data)
{
  set_motion (FALSE);
  g_assert_cmpstr (get_label (fixture, "play_label"), ==, "Next month");
  play (fixture);
  assert_brush (fixture, 0, 10);
  play (fixture);
  assert_brush (fixture, 10, 41);
  drag (fixture, 360, 360);
  assert_brush (fixture, 345, 366);
  play (fixture);
  assert_brush (fixture, 0, 10);
  g_assert_false (is_playing (fixture));
}

#define ADD(path, func) \
  g_test_add (path, Fixture, GUINT_TO_POINTER (ALL), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/time-film/the-year-passes-and-stops-at-its-end",
       test_the_year_passes_and_stops_at_its_end);
  ADD ("/time-film/surveys-do-not-pile-up", test_surveys_do_not_pile_up);
  ADD ("/time-film/a-second-press-and-a-hand-stop-it", test_a_second_press_and_a_hand_stop_it);
  ADD ("/time-film/escape-leads-back-to-what-was-chosen",
       test_escape_leads_back_to_what_was_chosen);
  ADD ("/time-film/leaving-the-page-stops-it", test_leaving_the_page_stops_it);
  ADD ("/time-film/with-less-motion-a-press-is-a-month", test_with_less_motion_a_press_is_a_month);
  return g_test_run ();
}
