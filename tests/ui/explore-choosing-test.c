/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-hands.h"

#include "await.h"
#include "komek-around-bar.h"
#include "komek-filter-chip.h"
#include "komek-filter-panel.h"
#include "komek-filter-words.h"
#include "komek-legend.h"

#define ALL 20000

static void
test_the_panel_ticks_what_is_chosen (TestStage *stage, gconstpointer data)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (stage->exploration);
  GtkWidget *panel, *heading, *first;

  open_page (stage);
  g_assert_null (test_stage_find (stage, KOMEK_TYPE_FILTER_PANEL));
  gtk_widget_activate_action (get_page (stage), "explore.show-filters", NULL);
  test_stage_settle (stage);
  panel = test_stage_find (stage, KOMEK_TYPE_FILTER_PANEL);
  g_assert_nonnull (panel);
  heading = gtk_widget_get_first_child (test_stage_find_named (stage, "options"));
  first = gtk_widget_get_first_child (gtk_widget_get_next_sibling (heading));

  gtk_widget_activate (first);
  test_stage_settle (stage);
  g_assert_true (komek_filter_choice_has_group (choice, KOMEK_GROUP_NEW));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (first)));
  gtk_widget_activate_action (panel, "explore.clear", NULL);
  test_stage_settle (stage);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (first)));
}

/* Whoever ticks something must not lose the place by news from the city. */
static void
test_the_panel_stays_when_requests_come_in (TestStage *stage, gconstpointer data)
{
  GtkWidget *options, *first;

  open_page (stage);
  gtk_widget_activate_action (get_page (stage), "explore.show-filters", NULL);
  test_stage_settle (stage);
  options = gtk_widget_get_last_child (test_stage_find_named (stage, "options"));
  options = gtk_widget_get_prev_sibling (gtk_widget_get_prev_sibling (options));
  first = gtk_widget_get_first_child (options);
  g_assert_nonnull (first);
  test_crowd_resize (stage->crowd, ALL + 10);
  test_stage_settle (stage);
  g_assert_true (gtk_widget_get_first_child (options) == first);
}

static void
test_the_period_is_one_of_all (TestStage *stage, gconstpointer data)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (stage->exploration);

  open_page (stage);
  gtk_widget_activate_action (get_page (stage), "explore.period", "u", KOMEK_PERIOD_WEEK);
  test_stage_settle (stage);
  g_assert_cmpuint (komek_filter_choice_get_period (choice), ==, KOMEK_PERIOD_WEEK);
  g_assert_cmpuint (komek_counts_get_total (komek_survey_get_counts (get_survey (stage))), ==,
                    komek_survey_get_period_count (get_survey (stage), KOMEK_PERIOD_WEEK));
}

static void
test_the_order_is_chosen_from_its_button (TestStage *stage, gconstpointer data)
{
  GtkWidget *button;

  open_page (stage);
  button = test_stage_find_named (stage, "order");
  assert_named (button, "Order of the list: Newest");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  g_signal_emit_by_name (button, "clicked");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  for (KomekListOrder order = KOMEK_N_LIST_ORDERS; order > 0; order--)
    {
      gtk_widget_activate_action (button, "order.choose", "u", order - 1);
      test_stage_settle (stage);
      g_assert_cmpint (komek_exploration_get_order (stage->exploration), ==, order - 1);
      g_assert_cmpint (komek_survey_peek (get_survey (stage))->order, ==, order - 1);
    }
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
}

static void
wait_until_said (TestStage *stage)
{
  let_pass (1000);
}

static void
test_the_sentence_is_said_when_the_view_rests (TestStage *stage, gconstpointer data)
{
  GtkWidget *status;
  g_autofree char *before = NULL, *after = NULL;

  open_page (stage);
  wait_until_said (stage);
  status = test_stage_find_named (stage, "status");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (status), GTK_ACCESSIBLE_ROLE_STATUS);
  before = komek_filter_words_sentence (stage->context, stage->exploration);
  assert_named (status, before);

  komek_filter_choice_toggle_group (komek_exploration_get_choice (stage->exploration),
                                    KOMEK_GROUP_LATE);
  let_pass (200);
  after = komek_filter_words_sentence (stage->context, stage->exploration);
  g_assert_cmpstr (before, !=, after);
  assert_named (status, before);
  wait_until_said (stage);
  assert_named (status, after);
  g_assert_nonnull (strstr (after, " requests in view, "));
  g_assert_nonnull (strstr (after, ". Most: "));
}

/* There the map is above the list, and rows are worth more than a field that few need. */
static void
test_upright_the_field_comes_when_wanted (TestStage *stage, gconstpointer data)
{
  GtkWidget *search, *find;

  open_page (stage);
  search = test_stage_find_named (stage, "search");
  find = test_stage_find_named (stage, "find");
  g_assert_true (gtk_widget_get_mapped (search));
  g_assert_false (gtk_widget_get_mapped (find));

  komek_context_set_upright (stage->context, TRUE);
  test_stage_settle (stage);
  g_assert_false (gtk_widget_get_mapped (search));
  gtk_widget_activate (find);
  test_stage_settle (stage);
  g_assert_true (gtk_widget_get_mapped (search));
  g_assert_true (has_focus_within (stage, search));
  g_assert_false (gtk_widget_get_mapped (find));

  g_signal_emit_by_name (search, "stop-search");
  test_stage_settle (stage);
  g_assert_false (gtk_widget_get_mapped (search));
  g_assert_true (has_focus_within (stage, find));
}

static GtkWidget *
find_chip (TestStage *stage, const char *word)
{
  GtkWidget *chips = test_stage_find_named (stage, "chips");

  for (GtkWidget *chip = gtk_widget_get_first_child (chips); chip;
       chip = gtk_widget_get_next_sibling (chip))
    if (KOMEK_IS_FILTER_CHIP (chip) && gtk_widget_get_visible (chip)
        && g_str_equal (komek_filter_chip_get_word (KOMEK_FILTER_CHIP (chip)), word))
      return chip;
  return NULL;
}

/* A survey of a busy machine takes its time. */
static GtkWidget *
wait_for_chip (TestStage *stage, const char *word, gboolean there)
{
  for (guint i = 0; i < 20 && (find_chip (stage, word) != NULL) != there; i++)
    test_stage_settle (stage);
  g_assert_true ((find_chip (stage, word) != NULL) == there);
  return find_chip (stage, word);
}

static void
activate (TestStage *stage, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (get_page (stage), name, target));
}

static void
test_every_filter_has_a_chip_that_takes_it_away (TestStage *stage, gconstpointer data)
{
  static const struct
  {
    const char *word, *action;
  } filters[] = {
    { "Last 7 days", "explore.period(uint32 1)" },
    { "Answered by the city", "explore.answered" },
    { "Nura", "explore.district('nura')" },
    { "Around the middle of the map: 1 km", "explore.around(uint32 1000)" },
  };

  open_page (stage);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      GtkWidget *chip;

      g_assert_null (find_chip (stage, filters[i].word));
      activate (stage, filters[i].action);
      chip = wait_for_chip (stage, filters[i].word, TRUE);
      g_assert_true (komek_exploration_is_filtered (stage->exploration));
      g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)));

      gtk_widget_grab_focus (chip);
      gtk_widget_activate (chip);
      wait_for_chip (stage, filters[i].word, FALSE);
      g_assert_false (komek_exploration_is_filtered (stage->exploration));
      g_assert_true (has_focus_within (stage, test_stage_find_named (stage, "chips")));
    }
}

/* The first widget of a type that has a name; the options have no ids. */
static GtkWidget *
find_option (GtkWidget *root, const char *word)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_label (GTK_LABEL (root)), word))
    return gtk_widget_get_ancestor (root, GTK_TYPE_CHECK_BUTTON);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_option (child, word);

      if (found)
        return found;
    }
  return NULL;
}

/* What the brush has chosen is one of the periods; ticking it off leads back to any time. */
static void
test_the_panel_names_the_span_of_the_brush (TestStage *stage, gconstpointer data)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (stage->exploration);
  GtkWidget *panel, *span;

  open_page (stage);
  gtk_widget_activate_action (get_page (stage), "explore.show-filters", NULL);
  panel = test_stage_find (stage, KOMEK_TYPE_FILTER_PANEL);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_option (panel, "Any time"))));

  komek_filter_choice_set_span (choice, TEST_NOW - 20 * 86400, TEST_NOW - 10 * 86400);
  test_stage_settle (stage);
  span = find_option (panel, "1 Nov 2026 – 11 Nov 2026");
  g_assert_true (gtk_widget_get_visible (span));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (span)));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_option (panel, "Any time"))));

  gtk_widget_activate (span);
  test_stage_settle (stage);
  g_assert_false (komek_filter_choice_has_span (choice));
  g_assert_false (gtk_widget_get_visible (span));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_option (panel, "Any time"))));
}

static void
test_the_panel_restricts_to_districts_and_answers (TestStage *stage, gconstpointer data)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (stage->exploration);
  GtkWidget *panel;

  open_page (stage);
  gtk_widget_activate_action (get_page (stage), "explore.show-filters", NULL);
  test_stage_settle (stage);
  panel = test_stage_find (stage, KOMEK_TYPE_FILTER_PANEL);
  gtk_widget_activate (find_option (panel, "Esil"));
  gtk_widget_activate (find_option (panel, "Answered by the city"));
  gtk_widget_activate (find_option (panel, "3 km"));
  test_stage_settle (stage);
  g_assert_true (komek_filter_choice_has_district (choice, "esil"));
  g_assert_true (komek_filter_choice_get_answered (choice));
  g_assert_cmpuint (komek_exploration_get_around (stage->exploration), ==, 3000);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_option (panel, "Esil"))));
  gtk_widget_activate_action (panel, "explore.clear", NULL);
  test_stage_settle (stage);
  g_assert_false (komek_exploration_is_filtered (stage->exploration));

  gtk_widget_activate (find_option (panel, "Overdue requests"));
  test_stage_settle (stage);
  g_assert_true (komek_filter_choice_get_overdue (choice));
}

static guint
count_points (TestStage *stage, const char *district, gboolean answered)
{
  KomekPoints *points = komek_survey_peek (get_survey (stage))->points;
  const char *const *codes = komek_points_get_districts (points);
  guint n, count = 0;
  const KomekPoint *point = komek_points_peek (points, &n);

  for (guint i = 0; i < n; i++)
    count += (!district || g_str_equal (codes[point[i].district], district))
             && (!answered || komek_filter_is_answer (point[i].status));
  return count;
}

static void
assert_counted (TestStage *stage, GtkWidget *panel, const char *word, guint n)
{
  g_autofree char *number = komek_locale_format_number (stage->locale, n);
  g_autofree char *name = g_strdup_printf ("%s, %s", word, number);

  assert_named (find_option (panel, word), name);
}

/* Each under the other, and not under itself. */
static void
test_the_panel_counts_districts_and_answers (TestStage *stage, gconstpointer data)
{
  GtkWidget *panel;

  open_page (stage);
  gtk_widget_activate_action (get_page (stage), "explore.show-filters", NULL);
  test_stage_settle (stage);
  panel = test_stage_find (stage, KOMEK_TYPE_FILTER_PANEL);
  assert_counted (stage, panel, "Esil", count_points (stage, "esil", FALSE));
  assert_counted (stage, panel, "Answered by the city", count_points (stage, NULL, TRUE));

  gtk_widget_activate (find_option (panel, "Esil"));
  test_stage_settle (stage);
  assert_counted (stage, panel, "Nura", count_points (stage, "nura", FALSE));
  assert_counted (stage, panel, "Answered by the city", count_points (stage, "esil", TRUE));
  gtk_widget_activate (find_option (panel, "Answered by the city"));
  test_stage_settle (stage);
  assert_counted (stage, panel, "Nura", count_points (stage, "nura", TRUE));
  assert_counted (stage, panel, "Esil", count_points (stage, "esil", TRUE));
}

static void
test_nothing_is_around_nowhere (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  g_assert_false (gtk_widget_get_mapped (test_stage_find (stage, KOMEK_TYPE_AROUND_BAR)));
}

static void
test_a_kiosk_shows_what_is_around_it (TestStage *stage, gconstpointer data)
{
  GtkWidget *bar, *button;
  g_autoptr (KomekBounds) bounds = NULL;
  KomekAtlas *atlas;

  open_page (stage);
  bar = test_stage_find (stage, KOMEK_TYPE_AROUND_BAR);
  g_assert_true (gtk_widget_get_mapped (bar));
  button = gtk_widget_get_last_child (bar);
  assert_named (button, "Around me: 3 km");
  button = gtk_widget_get_prev_sibling (button);
  gtk_widget_activate (button);
  for (guint i = 0; i < 10; i++)
    test_stage_settle (stage);
  g_assert_cmpuint (komek_exploration_get_around (stage->exploration), ==, 1000);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));

  bounds = komek_map_view_get_bounds (get_map (stage));
  g_assert_true (komek_bounds_contains (bounds, TEST_HERE));
  g_assert_cmpfloat (komek_bounds_get_north (bounds) - komek_bounds_get_south (bounds), <, 0.05);
  atlas = komek_survey_get_atlas (get_survey (stage));
  g_assert_cmpuint (count_listed (stage), >, 10);
  for (guint i = 0; i < count_listed (stage); i++)
    {
      guint32 key = komek_listing_get_key (get_listing (stage), i);
      const KomekPoint *point = komek_atlas_look_up (atlas, key);

      g_assert_cmpfloat (komek_place_metres_between (TEST_HERE, point->latitude / 1e7,
                                                     point->longitude / 1e7), <=, 1001);
    }
  gtk_widget_activate (button);
  test_stage_settle (stage);
  g_assert_cmpuint (komek_exploration_get_around (stage->exploration), ==, 0);
}

static void
wait_until_named (KomekNameLayer *names)
{
  while (komek_name_layer_is_busy (names))
    g_main_context_iteration (NULL, TRUE);
}

/* As it also does when another layer has more to say. */
static void
test_names_are_placed_anew_for_a_legend_that_grows (TestStage *stage, gconstpointer data)
{
  KomekNameLayer *names;
  GtkWidget *legend;
  GObject *fold;

  open_page (stage);
  names = komek_plan_map_get_names (komek_map_view_get_plan_map (get_map (stage)));
  legend = test_stage_find (stage, KOMEK_TYPE_LEGEND);
  fold = gtk_widget_get_template_child (legend, KOMEK_TYPE_LEGEND, "fold");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (fold), FALSE);
  test_stage_settle (stage);
  wait_until_named (names);
  let_pass (400);
  g_assert_false (komek_name_layer_is_busy (names));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (fold), TRUE);
  for (guint i = 0; i < 100 && !komek_name_layer_is_busy (names); i++)
    let_pass (10);
  g_assert_true (komek_name_layer_is_busy (names));
  wait_until_named (names);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/explore-choosing/" name, TestStage, GUINT_TO_POINTER (ALL), test_stage_set_up,     \
              func, test_stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GTK_A11Y", "test", TRUE);
  adw_init ();
  ADD ("the-panel-ticks-what-is-chosen", test_the_panel_ticks_what_is_chosen);
  ADD ("the-panel-stays-when-requests-come-in", test_the_panel_stays_when_requests_come_in);
  ADD ("the-panel-names-the-span-of-the-brush", test_the_panel_names_the_span_of_the_brush);
  ADD ("the-period-is-one-of-all", test_the_period_is_one_of_all);
  ADD ("the-order-is-chosen-from-its-button", test_the_order_is_chosen_from_its_button);
  ADD ("the-sentence-is-said-when-the-view-rests", test_the_sentence_is_said_when_the_view_rests);
  ADD ("upright-the-field-comes-when-wanted", test_upright_the_field_comes_when_wanted);
  ADD ("every-filter-has-a-chip-that-takes-it-away",
       test_every_filter_has_a_chip_that_takes_it_away);
  ADD ("the-panel-counts-districts-and-answers", test_the_panel_counts_districts_and_answers);
  ADD ("the-panel-restricts-to-districts-and-answers",
       test_the_panel_restricts_to_districts_and_answers);
  ADD ("nothing-is-around-nowhere", test_nothing_is_around_nowhere);
  ADD ("names-are-placed-anew-for-a-legend-that-grows",
       test_names_are_placed_anew_for_a_legend_that_grows);
  g_test_add ("/explore-choosing/a-kiosk-shows-what-is-around-it", TestStage,
              GUINT_TO_POINTER (ALL), test_stage_set_up_here, test_a_kiosk_shows_what_is_around_it,
              test_stage_tear_down);
  return g_test_run ();
}
