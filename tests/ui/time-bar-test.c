/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time-stage.h"

#include "await.h"
#include "komek-time-handle.h"

#define ALL 20000

static GtkWidget *
get_handle (Fixture *fixture, KomekTimeEdge edge)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (fixture->histogram));

  return edge == KOMEK_TIME_BEGIN ? first : gtk_widget_get_next_sibling (first);
}

static void
press_key (Fixture *fixture, KomekTimeEdge edge, KomekTimeStep step, int count)
{
  g_assert_true (gtk_widget_activate_action (get_handle (fixture, edge), "handle.step", "(ii)",
                                             step, count));
}

static void
wait_for_survey (Fixture *fixture)
{
  fixture->surveys = 0;
  while (fixture->surveys == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_begins_with_the_whole_year (Fixture *fixture, gconstpointer data)
{
  assert_brush (fixture, 0, 366);
  g_assert_cmpint (komek_histogram_get_unit (fixture->histogram), ==, KOMEK_TIME_WEEK);
  g_assert_cmpstr (get_label (fixture, "dates"), ==, "21 Nov 2025 – 21 Nov 2026");
  g_assert_cmpstr (get_label (fixture, "unit"), ==, "by week");
  g_assert_false (gtk_widget_get_visible (test_stage_find_named (&fixture->stage, "whole")));
}

/* As GTK warns of what is drawn without a place, it would end here if the words came too early. */
static void
test_the_bars_follow_the_room (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    int           width;
    KomekTimeUnit unit;
    const char   *words;
  } rows[] = {
    { 480, KOMEK_TIME_MONTH, "by month" },
    { 900, KOMEK_TIME_WEEK, "by week" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_window_set_default_size (GTK_WINDOW (fixture->stage.window), rows[i].width, 140);
      for (guint j = 0; j < 100 && !g_str_equal (get_label (fixture, "unit"), rows[i].words); j++)
        let_pass (20);
      g_assert_cmpstr (get_label (fixture, "unit"), ==, rows[i].words);
      g_assert_cmpint (komek_histogram_get_unit (fixture->histogram), ==, rows[i].unit);
    }
}

static void
test_a_drag_chooses_whole_bars (Fixture *fixture, gconstpointer data)
{
  KomekTimeBrush brush;
  const gint64 *starts;
  guint n_days;

  drag (fixture, 100, 200);
  brush = komek_histogram_get_brush (fixture->histogram);
  g_assert_cmpuint (ABS ((int) brush.begin - 100), <=, 4);
  g_assert_cmpuint (ABS ((int) brush.end - 200), <=, 4);
  g_assert_cmpuint ((brush.end - brush.begin) % 7, ==, 0);
  komek_survey_peek_histogram (get_survey (fixture), &starts, &n_days);
  g_assert_cmpint (komek_filter_choice_get_from (get_choice (fixture)), ==, starts[brush.begin]);
  g_assert_cmpint (komek_filter_choice_get_to (get_choice (fixture)), ==, starts[brush.end]);
  g_assert_true (gtk_widget_get_visible (test_stage_find_named (&fixture->stage, "whole")));
}

static guint
count_between (Fixture *fixture, guint begin, guint end)
{
  const KomekCountsBucket *days;
  const gint64 *starts;
  guint n_days, all = 0;

  days = komek_survey_peek_histogram (get_survey (fixture), &starts, &n_days);
  for (guint day = begin; day < end; day++)
    all += days[day].all;
  return all;
}

static void
test_the_bars_count_what_the_brush_lets_through (Fixture *fixture, gconstpointer data)
{
  KomekTimeBrush brush;

  drag (fixture, 100, 200);
  wait_for_survey (fixture);
  let_pass (200);
  brush = komek_histogram_get_brush (fixture->histogram);
  g_assert_cmpuint (count_between (fixture, brush.begin, brush.end), ==,
                    komek_counts_get_total (komek_survey_get_counts (get_survey (fixture))));
  g_assert_cmpuint (count_between (fixture, 0, 366), >, 18000);
}

static void
test_the_brush_moves_as_a_whole_and_by_its_ends (Fixture *fixture, gconstpointer data)
{
  KomekTimeBrush first, second;

  drag (fixture, 100, 160);
  first = komek_histogram_get_brush (fixture->histogram);
  drag (fixture, 130, 200);
  second = komek_histogram_get_brush (fixture->histogram);
  g_assert_cmpuint (second.begin, ==, first.begin + 70);
  g_assert_cmpuint (second.end, ==, first.end + 70);

  drag (fixture, second.end, 300);
  g_assert_cmpuint (komek_histogram_get_brush (fixture->histogram).begin, ==, second.begin);
  g_assert_cmpuint (ABS ((int) komek_histogram_get_brush (fixture->histogram).end - 300), <=, 4);
  drag (fixture, second.begin, 0);
  g_assert_cmpuint (komek_histogram_get_brush (fixture->histogram).begin, ==, 0);
  g_assert_cmpint (komek_filter_choice_get_from (get_choice (fixture)), ==, 0);
}

static void
test_a_tap_chooses_a_month (Fixture *fixture, gconstpointer data)
{
  drag (fixture, 140, 140);
  /* 21 November and 140 days: 10 April. */
  assert_brush (fixture, 131, 161);
  g_assert_cmpstr (get_label (fixture, "dates"), ==, "1 Apr 2026 – 30 Apr 2026");
}

static void
test_keys_move_the_handles (Fixture *fixture, gconstpointer data)
{
  press_key (fixture, KOMEK_TIME_BEGIN, KOMEK_TIME_STEP_MONTH, 1);
  assert_brush (fixture, 10, 366); /* 1 December */
  press_key (fixture, KOMEK_TIME_BEGIN, KOMEK_TIME_STEP_BAR, 1);
  assert_brush (fixture, 17, 366); /* Monday, 8 December */
  press_key (fixture, KOMEK_TIME_END, KOMEK_TIME_STEP_MONTH, -1);
  assert_brush (fixture, 17, 345); /* 1 November */
  press_key (fixture, KOMEK_TIME_END, KOMEK_TIME_STEP_BOTH, 1);
  assert_brush (fixture, 24, 352);
  press_key (fixture, KOMEK_TIME_BEGIN, KOMEK_TIME_STEP_END, 1);
  assert_brush (fixture, 351, 352);
  press_key (fixture, KOMEK_TIME_END, KOMEK_TIME_STEP_END, 1);
  press_key (fixture, KOMEK_TIME_BEGIN, KOMEK_TIME_STEP_END, -1);
  assert_brush (fixture, 0, 366);
  g_assert_true (komek_filter_choice_is_empty (get_choice (fixture)));
}

static void
test_the_handles_say_where_they_are (Fixture *fixture, gconstpointer data)
{
  drag (fixture, 140, 140);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_handle (fixture, KOMEK_TIME_BEGIN)),
                                       GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "From 1 April 2026");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_handle (fixture, KOMEK_TIME_END)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Until 30 April 2026");
}

static void
test_a_named_period_and_the_brush_are_one (Fixture *fixture, gconstpointer data)
{
  komek_filter_choice_set_period (get_choice (fixture), KOMEK_PERIOD_MONTH);
  /* Whole days, so that the bars below the brush are what the filter lets through. */
  assert_brush (fixture, 336, 366);
  wait_for_survey (fixture);
  let_pass (200);
  g_assert_cmpuint (count_between (fixture, 336, 366), ==,
                    komek_counts_get_total (komek_survey_get_counts (get_survey (fixture))));
  g_assert_true (gtk_widget_get_visible (test_stage_find_named (&fixture->stage, "whole")));

  drag (fixture, 140, 140);
  g_assert_cmpint (komek_filter_choice_get_period (get_choice (fixture)), ==, KOMEK_PERIOD_ALL);
  komek_filter_choice_set_period (get_choice (fixture), KOMEK_PERIOD_ALL);
  assert_brush (fixture, 0, 366);
}

/* Whoever only orders the list anew keeps the filter of yesterday, and what
 * that lets through. */
static void
test_midnight_parts_no_brush_from_its_bars (Fixture *fixture, gconstpointer data)
{
  KomekExploration *exploration = fixture->stage.exploration;

  komek_filter_choice_set_period (get_choice (fixture), KOMEK_PERIOD_MONTH);
  wait_for_survey (fixture);
  komek_clock_advance (fixture->stage.clock, 24 * 3600);
  fixture->surveys = 0;
  komek_exploration_set_order (exploration, KOMEK_LIST_DEADLINE);
  while (fixture->surveys == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_brush (fixture, 336, 366);
  g_assert_cmpuint (count_between (fixture, 336, 366), ==,
                    komek_counts_get_total (komek_survey_get_counts (get_survey (fixture))));

  komek_filter_choice_toggle_group (get_choice (fixture), KOMEK_GROUP_NEW);
  wait_for_survey (fixture);
  assert_brush (fixture, 336, 366);
  g_assert_cmpstr (get_label (fixture, "dates"), ==, "24 Oct 2026 – 22 Nov 2026");
}

static void
test_the_whole_year_is_one_press_away (Fixture *fixture, gconstpointer data)
{
  drag (fixture, 140, 140);
  g_assert_true (gtk_widget_activate_action (fixture->bar, "time.whole", NULL));
  assert_brush (fixture, 0, 366);
  g_assert_true (komek_filter_choice_is_empty (get_choice (fixture)));
}

static void
test_an_empty_city_has_no_bars_and_no_harm (Fixture *fixture, gconstpointer data)
{
  assert_brush (fixture, 0, 366);
  g_assert_cmpuint (count_between (fixture, 0, 366), ==, 0);
  drag (fixture, 100, 200);
  g_assert_true (gtk_widget_activate_action (fixture->bar, "time.play", NULL));
  let_pass (50);
  gtk_widget_activate_action (fixture->bar, "time.whole", NULL);
  assert_brush (fixture, 0, 366);
}

#define ADD(path, func) \
  g_test_add (path, Fixture, GUINT_TO_POINTER (ALL), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/time-bar/begins-with-the-whole-year", test_begins_with_the_whole_year);
  ADD ("/time-bar/the-bars-follow-the-room", test_the_bars_follow_the_room);
  ADD ("/time-bar/a-drag-chooses-whole-bars", test_a_drag_chooses_whole_bars);
  ADD ("/time-bar/the-bars-count-what-the-brush-lets-through",
       test_the_bars_count_what_the_brush_lets_through);
  ADD ("/time-bar/the-brush-moves-as-a-whole-and-by-its-ends",
       test_the_brush_moves_as_a_whole_and_by_its_ends);
  ADD ("/time-bar/a-tap-chooses-a-month", test_a_tap_chooses_a_month);
  ADD ("/time-bar/keys-move-the-handles", test_keys_move_the_handles);
  ADD ("/time-bar/the-handles-say-where-they-are", test_the_handles_say_where_they_are);
  ADD ("/time-bar/a-named-period-and-the-brush-are-one", test_a_named_period_and_the_brush_are_one);
  ADD ("/time-bar/midnight-parts-no-brush-from-its-bars",
       test_midnight_parts_no_brush_from_its_bars);
  ADD ("/time-bar/the-whole-year-is-one-press-away", test_the_whole_year_is_one_press_away);
  g_test_add ("/time-bar/an-empty-city-has-no-bars-and-no-harm", Fixture, GUINT_TO_POINTER (0),
              set_up, test_an_empty_city_has_no_bars_and_no_harm, tear_down);
  return g_test_run ();
}
