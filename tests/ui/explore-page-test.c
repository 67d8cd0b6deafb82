/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include "await.h"
#include "komek-around-bar.h"
#include "komek-explore-page.h"
#include "komek-filter-chip.h"
#include "komek-filter-panel.h"
#include "komek-filter-words.h"
#include "komek-map-view.h"
#include "komek-request-row.h"

#define ALL 20000

static void
open_page (TestStage *stage)
{
  test_stage_show (stage, komek_explore_page_new (stage->context, stage->exploration));
}

static KomekListing *
get_listing (TestStage *stage)
{
  return komek_exploration_get_listing (stage->exploration);
}

static KomekSurvey *
get_survey (TestStage *stage)
{
  return komek_exploration_get_survey (stage->exploration);
}

static GtkAdjustment *
get_adjustment (TestStage *stage)
{
  GtkWidget *scroller = test_stage_find_named (stage, "scroller");

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static KomekMapView *
get_map (TestStage *stage)
{
  return KOMEK_MAP_VIEW (test_stage_find (stage, KOMEK_TYPE_MAP_VIEW));
}

static GtkWidget *
get_page (TestStage *stage)
{
  return test_stage_find (stage, KOMEK_TYPE_EXPLORE_PAGE);
}

static const char *
get_label (TestStage *stage, const char *id)
{
  return gtk_label_get_label (GTK_LABEL (test_stage_find_named (stage, id)));
}

static guint
count_listed (TestStage *stage)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_listing (stage)));
}

/* For as long as a flight of the map may take on a slow machine. */
static void
wait_until_listed (TestStage *stage, guint n)
{
  for (guint i = 0; i < 20 && count_listed (stage) != n; i++)
    test_stage_settle (stage);
  g_assert_cmpuint (count_listed (stage), ==, n);
}

static void
type_search (TestStage *stage, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (test_stage_find_named (stage, "search")), text);
  test_stage_settle (stage);
}

static void
test_map_and_list_show_the_same (TestStage *stage, gconstpointer data)
{
  g_autoptr (KomekBounds) bounds = NULL;
  g_autoptr (KomekCounts) counts = NULL;

  open_page (stage);
  komek_map_view_jump_to (get_map (stage), 51.15, 71.43, 14);
  test_stage_settle (stage);
  bounds = komek_map_view_get_bounds (get_map (stage));
  counts = komek_atlas_count (komek_survey_get_atlas (get_survey (stage)), bounds);
  g_assert_cmpuint (count_listed (stage), >, 10);
  g_assert_cmpuint (count_listed (stage), <, ALL);
  g_assert_cmpuint (count_listed (stage), ==, komek_counts_get_total (counts));
}

static void
test_only_rows_near_the_eye_have_parts (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  g_assert_cmpuint (test_stage_count (stage, KOMEK_TYPE_REQUEST_ROW, FALSE), >, 100);
  g_assert_cmpuint (test_stage_count (stage, KOMEK_TYPE_REQUEST_ROW, TRUE), >=, 8);
  g_assert_cmpuint (test_stage_count (stage, KOMEK_TYPE_REQUEST_ROW, TRUE), <, 60);
}

static void
test_rows_show_their_requests_wherever_one_scrolls (TestStage *stage, gconstpointer data)
{
  GtkWidget *scroller, *view, *row;

  open_page (stage);
  view = test_stage_find_named (stage, "view");
  scroller = test_stage_find_named (stage, "scroller");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                            300000);
  test_stage_settle (stage);
  row = gtk_widget_pick (view, 100, gtk_widget_get_height (scroller) / 2, GTK_PICK_DEFAULT);
  row = gtk_widget_get_ancestor (row, KOMEK_TYPE_REQUEST_ROW);
  g_assert_nonnull (row);
  g_assert_nonnull (komek_request_row_get_request (KOMEK_REQUEST_ROW (row)));
  g_assert_false (gtk_widget_has_css_class (row, "waiting"));
}

static void
test_a_choice_in_the_list_is_one_on_the_map (TestStage *stage, gconstpointer data)
{
  guint32 key;

  open_page (stage);
  key = komek_listing_get_key (get_listing (stage), 5);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (get_listing (stage)), 5, TRUE);
  g_assert_cmpuint (komek_map_view_get_selected (get_map (stage)), ==, key);
}

static double
get_west (TestStage *stage)
{
  g_autoptr (KomekBounds) bounds = komek_map_view_get_bounds (get_map (stage));

  return komek_bounds_get_west (bounds);
}

/* The one in the list that lies farthest to the west. */
static const KomekPoint *
find_outermost (TestStage *stage)
{
  KomekAtlas *atlas = komek_survey_get_atlas (get_survey (stage));
  const KomekPoint *outermost = NULL;

  for (guint i = 0; i < count_listed (stage); i++)
    {
      const KomekPoint *point = komek_atlas_look_up (atlas,
                                                     komek_listing_get_key (get_listing (stage),
                                                                            i));

      if (!outermost || point->longitude < outermost->longitude)
        outermost = point;
    }
  return outermost;
}

static void
test_a_choice_at_the_edge_moves_the_map_a_little (TestStage *stage, gconstpointer data)
{
  const KomekPoint *outermost;
  double before, degrees_per_pixel = 360 / (256 * 8192.0);

  open_page (stage);
  komek_map_view_jump_to (get_map (stage), 51.15, 71.43, 13);
  test_stage_settle (stage);
  before = get_west (stage);
  outermost = find_outermost (stage);
  g_assert_cmpfloat (outermost->longitude / 1e7 - before, <, 40 * degrees_per_pixel);

  komek_listing_set_selected (get_listing (stage), outermost->key);
  for (guint i = 0; i < 20
       && get_west (stage) > outermost->longitude / 1e7 - 50 * degrees_per_pixel; i++)
    test_stage_settle (stage);
  g_assert_cmpfloat (get_west (stage), <, before);
  g_assert_cmpfloat (before - get_west (stage), <, 60 * degrees_per_pixel);
  g_assert_cmpfloat (outermost->longitude / 1e7 - get_west (stage), >, 50 * degrees_per_pixel);
}

static void
test_a_choice_on_the_map_is_one_in_the_list (TestStage *stage, gconstpointer data)
{
  GtkAdjustment *adjustment;

  open_page (stage);
  adjustment = get_adjustment (stage);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  komek_map_view_set_selected (get_map (stage), 4002);
  test_stage_settle (stage);
  g_assert_cmpuint (komek_listing_get_selected (get_listing (stage)), ==, 4002);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 1000);
}

static void
test_a_row_opens_its_request (TestStage *stage, gconstpointer data)
{
  g_autofree char *number = NULL, *expected = NULL;

  open_page (stage);
  number = test_crowd_dup_number (komek_listing_get_key (get_listing (stage), 3));
  expected = g_strdup_printf ("request %s", number);
  g_assert_true (gtk_widget_activate_action (test_stage_find_named (stage, "view"),
                                             "list.activate-item", "u", 3));
  test_stage_settle (stage);
  g_assert_cmpstr (stage->gone, ==, expected);
}

/* Far down in the list, where no row has been loaded. */
static void
test_a_pin_opens_its_request (TestStage *stage, gconstpointer data)
{
  g_autofree char *number = test_crowd_dup_number (11);
  g_autofree char *expected = g_strdup_printf ("request %s", number);

  open_page (stage);
  g_signal_emit_by_name (get_map (stage), "activated", 11);
  test_stage_settle (stage);
  g_assert_cmpstr (stage->gone, ==, expected);
  g_assert_cmpuint (komek_listing_get_selected (get_listing (stage)), ==, 11);
}

static void
test_a_number_and_enter_open_its_request (TestStage *stage, gconstpointer data)
{
  g_autofree char *number = test_crowd_dup_number (1234);
  g_autofree char *expected = g_strdup_printf ("request %s", number);

  open_page (stage);
  type_search (stage, number);
  g_assert_cmpuint (count_listed (stage), ==, 1);
  g_signal_emit_by_name (test_stage_find_named (stage, "search"), "activate");
  test_stage_settle (stage);
  g_assert_cmpstr (stage->gone, ==, expected);
}

/* It may have been filed a minute ago: its own page asks the city for it. */
static void
test_a_number_that_is_not_here_opens_too (TestStage *stage, gconstpointer data)
{
  g_autofree char *number = test_crowd_dup_number (ALL + 50);
  g_autofree char *expected = g_strdup_printf ("request %s", number);

  open_page (stage);
  type_search (stage, number);
  g_signal_emit_by_name (test_stage_find_named (stage, "search"), "activate");
  test_stage_settle (stage);
  g_assert_cmpstr (stage->gone, ==, expected);
}

static void
test_words_and_enter_open_nothing (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  type_search (stage, "Кенесары");
  g_signal_emit_by_name (test_stage_find_named (stage, "search"), "activate");
  test_stage_settle (stage);
  g_assert_null (stage->gone);
  g_assert_cmpuint (count_listed (stage), >, 1000);
}

static void
test_nothing_found_says_so_with_a_way_on (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  type_search (stage, "ештеңе");
  g_assert_true (gtk_widget_get_mapped (test_stage_find_named (stage, "nothing_title")));
  g_assert_cmpstr (get_label (stage, "nothing_title"), ==, "No request matches");
  gtk_widget_activate (test_stage_find_named (stage, "nothing_button"));
  test_stage_settle (stage);
  g_assert_cmpuint (count_listed (stage), >, 15000);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_stage_find_named (stage, "search"))),
                   ==, "");
}

static void
test_nothing_here_leads_to_where_it_is (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  komek_map_view_jump_to (get_map (stage), 51.04, 71.35, 16);
  test_stage_settle (stage);
  g_assert_cmpstr (get_label (stage, "nothing_title"), ==, "Nothing in this part of the city");
  gtk_widget_activate (test_stage_find_named (stage, "nothing_button"));
  wait_until_listed (stage, ALL);
}

static void
test_a_sentence_says_what_is_in_view (TestStage *stage, gconstpointer data)
{
  KomekSurvey *survey;
  g_autofree char *late = NULL, *expected = NULL;

  open_page (stage);
  gtk_widget_activate_action (get_page (stage), "explore.whole", NULL);
  wait_until_listed (stage, ALL);
  survey = get_survey (stage);
  late = komek_locale_format_number (
    stage->locale, komek_counts_get_group (komek_survey_get_view_counts (survey),
                                           KOMEK_GROUP_LATE));
  expected = g_strdup_printf ("<b>20,000 requests in view,</b> %s overdue", late);
  g_assert_cmpstr (get_label (stage, "sentence"), ==, expected);
  g_assert_true (g_str_has_prefix (get_label (stage, "busiest"), "Most: Roads, 6,"));
}

static void
test_a_broken_line_says_how_old_the_data_is (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  g_assert_false (gtk_widget_get_visible (test_stage_find_named (stage, "freshness")));
  test_crowd_break (stage->crowd, KOMEK_ERROR_UNREACHABLE);
  g_assert_true (gtk_widget_get_visible (test_stage_find_named (stage, "freshness")));
  g_assert_cmpstr (get_label (stage, "freshness_text"), ==, "Data as of 21 Nov 2026, 09:46");
}

static void
test_members_of_a_place_are_listed_with_a_way_back (TestStage *stage, gconstpointer data)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint before;

  open_page (stage);
  before = count_listed (stage);
  for (guint i = 0; i < 3; i++)
    g_array_append_val (keys,
                        ((guint32[]) { komek_listing_get_key (get_listing (stage), 100 + i) })[0]);
  g_signal_emit_by_name (get_map (stage), "listed", keys);
  test_stage_settle (stage);
  g_assert_cmpuint (count_listed (stage), ==, 3);
  g_assert_cmpstr (get_label (stage, "sentence"), ==, "<b>3 requests at this place</b>");
  gtk_widget_activate (test_stage_find_named (stage, "all"));
  test_stage_settle (stage);
  g_assert_cmpuint (count_listed (stage), ==, before);
}

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
test_another_page_goes_on_where_this_one_was (TestStage *stage, gconstpointer data)
{
  double latitude, longitude, zoom;
  guint listed;

  open_page (stage);
  komek_map_view_jump_to (get_map (stage), 51.16, 71.45, 14);
  test_stage_settle (stage);
  komek_map_view_set_selected (get_map (stage), 4002);
  komek_exploration_set_order (stage->exploration, KOMEK_LIST_NEAREST);
  test_stage_settle (stage);
  listed = count_listed (stage);

  open_page (stage);
  komek_map_view_get_centre (get_map (stage), &latitude, &longitude, &zoom);
  g_assert_cmpuint (komek_map_view_get_selected (get_map (stage)), ==, 4002);
  g_assert_cmpuint (count_listed (stage), ==, listed);
  g_assert_cmpfloat_with_epsilon (zoom, 14, 0.01);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (test_stage_find_named (stage, "order")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Order of the list: Nearest");
}

static GtkWidget *
get_first_row (TestStage *stage)
{
  GtkWidget *holder = gtk_widget_get_first_child (test_stage_find_named (stage, "view"));

  return gtk_widget_get_first_child (holder);
}

static void
assert_named (GtkWidget *widget, const char *name)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       name);
}

/* What, how it stands, where, how far from the middle of the map, and how old. */
static void
test_rows_say_all_that_the_map_shows (TestStage *stage, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) parts = NULL;
  GtkWidget *row;

  open_page (stage);
  row = get_first_row (stage);
  name = komek_request_row_dup_name (KOMEK_REQUEST_ROW (row));
  parts = g_strsplit (name, ". ", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 5);
  g_assert_nonnull (strstr (parts[1], "Registered"));
  g_assert_nonnull (strstr (parts[2], "даңғылы"));
  g_assert_true (g_str_has_suffix (parts[3], " away"));
  g_assert_cmpstr (parts[4], ==, "Registered today");
  assert_named (gtk_widget_get_parent (row), name);
}

static void
test_the_distance_follows_the_map (TestStage *stage, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;

  open_page (stage);
  komek_exploration_set_order (stage->exploration, KOMEK_LIST_NEAREST);
  komek_map_view_jump_to (get_map (stage), 51.15, 71.43, 14);
  test_stage_settle (stage);
  before = komek_request_row_dup_name (KOMEK_REQUEST_ROW (get_first_row (stage)));
  komek_map_view_jump_to (get_map (stage), 51.152, 71.431, 14);
  test_stage_settle (stage);
  after = komek_request_row_dup_name (KOMEK_REQUEST_ROW (get_first_row (stage)));
  g_assert_cmpstr (before, !=, after);
  assert_named (gtk_widget_get_parent (get_first_row (stage)), after);
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

static void
list_three (TestStage *stage)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < 3; i++)
    {
      guint32 key = komek_listing_get_key (get_listing (stage), 100 + i);

      g_array_append_val (keys, key);
    }
  g_signal_emit_by_name (get_map (stage), "listed", keys);
  test_stage_settle (stage);
}

static gboolean
has_focus_within (TestStage *stage, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (stage->window));

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
test_the_focus_follows_into_a_place_and_back (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  gtk_widget_grab_focus (GTK_WIDGET (get_map (stage)));
  list_three (stage);
  g_assert_cmpuint (count_listed (stage), ==, 3);
  g_assert_true (has_focus_within (stage, test_stage_find_named (stage, "view")));
  gtk_widget_activate_action (get_page (stage), "explore.leave-members", NULL);
  test_stage_settle (stage);
  g_assert_true (has_focus_within (stage, GTK_WIDGET (get_map (stage))));
  g_assert_cmpuint (count_listed (stage), >, 3);
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

/* The number in the middle of what shows of the list, and how far below its upper edge it begins. */
static char *
read_middle (TestStage *stage, double *y)
{
  GtkWidget *view = test_stage_find_named (stage, "view");
  GtkWidget *scroller = test_stage_find_named (stage, "scroller");
  GtkWidget *row = gtk_widget_pick (view, 100, gtk_widget_get_height (scroller) / 2.0,
                                    GTK_PICK_DEFAULT);
  graphene_rect_t box;

  row = gtk_widget_get_ancestor (row, KOMEK_TYPE_REQUEST_ROW);
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (row, view, &box));
  *y = box.origin.y;
  return g_strdup (komek_request_get_number (
    komek_request_row_get_request (KOMEK_REQUEST_ROW (row))));
}

/* What comes in at the top of the list must not move what somebody reads or is about to touch. */
static void
test_news_move_nothing_under_the_finger (TestStage *stage, gconstpointer data)
{
  g_autofree char *number = NULL, *later = NULL;
  double y, after;
  guint before;

  open_page (stage);
  gtk_adjustment_set_value (get_adjustment (stage), 3000);
  test_stage_settle (stage);
  number = read_middle (stage, &y);
  before = count_listed (stage);
  test_crowd_resize (stage->crowd, ALL + 40);
  for (guint i = 0; i < 20 && count_listed (stage) == before; i++)
    test_stage_settle (stage);
  g_assert_cmpuint (count_listed (stage), >, before);
  later = read_middle (stage, &after);
  g_assert_cmpstr (later, ==, number);
  g_assert_cmpfloat_with_epsilon (y, after, 1);
}

/* Through a million rows it would never come to anything else. */
static void
test_tab_leaves_the_list (TestStage *stage, gconstpointer data)
{
  GtkWidget *view;

  open_page (stage);
  view = test_stage_find_named (stage, "view");
  gtk_widget_child_focus (test_stage_find_named (stage, "list"), GTK_DIR_TAB_FORWARD);
  g_assert_true (has_focus_within (stage, view));
  gtk_widget_child_focus (stage->window, GTK_DIR_DOWN);
  g_assert_true (has_focus_within (stage, view));
  gtk_widget_child_focus (stage->window, GTK_DIR_TAB_FORWARD);
  g_assert_false (has_focus_within (stage, view));
  gtk_widget_child_focus (stage->window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (has_focus_within (stage, view));
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

#define ADD_FOR(n, name, func)                                                                     \
  g_test_add ("/explore-page/" name, TestStage, GUINT_TO_POINTER (n), test_stage_set_up, func,     \
              test_stage_tear_down)
#define ADD(name, func) ADD_FOR (ALL, name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GTK_A11Y", "test", TRUE);
  adw_init ();
  ADD ("map-and-list-show-the-same", test_map_and_list_show_the_same);
  ADD ("only-rows-near-the-eye-have-parts", test_only_rows_near_the_eye_have_parts);
  ADD ("rows-show-their-requests-wherever-one-scrolls",
       test_rows_show_their_requests_wherever_one_scrolls);
  ADD ("a-choice-in-the-list-is-one-on-the-map", test_a_choice_in_the_list_is_one_on_the_map);
  ADD ("a-choice-at-the-edge-moves-the-map-a-little",
       test_a_choice_at_the_edge_moves_the_map_a_little);
  ADD ("a-choice-on-the-map-is-one-in-the-list", test_a_choice_on_the_map_is_one_in_the_list);
  ADD ("a-row-opens-its-request", test_a_row_opens_its_request);
  ADD ("a-pin-opens-its-request", test_a_pin_opens_its_request);
  ADD ("a-number-and-enter-open-its-request", test_a_number_and_enter_open_its_request);
  ADD ("a-number-that-is-not-here-opens-too", test_a_number_that_is_not_here_opens_too);
  ADD ("words-and-enter-open-nothing", test_words_and_enter_open_nothing);
  ADD ("nothing-found-says-so-with-a-way-on", test_nothing_found_says_so_with_a_way_on);
  ADD ("nothing-here-leads-to-where-it-is", test_nothing_here_leads_to_where_it_is);
  ADD ("a-sentence-says-what-is-in-view", test_a_sentence_says_what_is_in_view);
  ADD ("a-broken-line-says-how-old-the-data-is", test_a_broken_line_says_how_old_the_data_is);
  ADD ("members-of-a-place-are-listed-with-a-way-back",
       test_members_of_a_place_are_listed_with_a_way_back);
  ADD ("the-panel-ticks-what-is-chosen", test_the_panel_ticks_what_is_chosen);
  ADD ("the-panel-stays-when-requests-come-in", test_the_panel_stays_when_requests_come_in);
  ADD ("the-panel-names-the-span-of-the-brush", test_the_panel_names_the_span_of_the_brush);
  ADD ("the-period-is-one-of-all", test_the_period_is_one_of_all);
  ADD ("another-page-goes-on-where-this-one-was", test_another_page_goes_on_where_this_one_was);
  ADD ("rows-say-all-that-the-map-shows", test_rows_say_all_that_the_map_shows);
  ADD ("the-distance-follows-the-map", test_the_distance_follows_the_map);
  ADD ("the-order-is-chosen-from-its-button", test_the_order_is_chosen_from_its_button);
  ADD ("the-sentence-is-said-when-the-view-rests", test_the_sentence_is_said_when_the_view_rests);
  ADD ("the-focus-follows-into-a-place-and-back", test_the_focus_follows_into_a_place_and_back);
  ADD ("upright-the-field-comes-when-wanted", test_upright_the_field_comes_when_wanted);
  ADD ("news-move-nothing-under-the-finger", test_news_move_nothing_under_the_finger);
  ADD ("tab-leaves-the-list", test_tab_leaves_the_list);
  ADD ("every-filter-has-a-chip-that-takes-it-away",
       test_every_filter_has_a_chip_that_takes_it_away);
  ADD ("the-panel-restricts-to-districts-and-answers",
       test_the_panel_restricts_to_districts_and_answers);
  ADD ("nothing-is-around-nowhere", test_nothing_is_around_nowhere);
  g_test_add ("/explore-page/a-kiosk-shows-what-is-around-it", TestStage, GUINT_TO_POINTER (ALL),
              test_stage_set_up_here, test_a_kiosk_shows_what_is_around_it, test_stage_tear_down);
  ADD_FOR (0, "an-empty-city-fills", test_an_empty_city_fills);
  return g_test_run ();
}
