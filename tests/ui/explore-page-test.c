/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-hands.h"

#include "komek-explore-page.h"
#include "komek-request-row.h"

#define ALL 20000

static GtkAdjustment *
get_adjustment (TestStage *stage)
{
  GtkWidget *scroller = test_stage_find_named (stage, "scroller");

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
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

/* Where one comes back to what was chosen, the list stands there, and goes on from there. */
static void
test_a_list_that_begins_at_a_choice_scrolls_on (TestStage *stage, gconstpointer data)
{
  GtkWidget *scroller, *view, *row;

  open_page (stage);
  komek_listing_set_selected (get_listing (stage),
                              komek_listing_get_key (get_listing (stage), 9000));
  test_stage_settle (stage);
  open_page (stage);
  g_assert_cmpfloat (gtk_adjustment_get_value (get_adjustment (stage)), >, 0);
  scroller = test_stage_find_named (stage, "scroller");
  view = test_stage_find_named (stage, "view");
  gtk_adjustment_set_value (get_adjustment (stage), 300000);
  test_stage_settle (stage);
  row = gtk_widget_pick (view, 100, gtk_widget_get_height (scroller) / 2, GTK_PICK_DEFAULT);
  g_assert_nonnull (gtk_widget_get_ancestor (row, KOMEK_TYPE_REQUEST_ROW));
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
  /* It lies at the edge: the map moves there first. */
  for (guint i = 0; i < 20 && gtk_adjustment_get_value (adjustment) <= 1000; i++)
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
  g_assert_true (g_str_has_suffix (parts[3], "metres away"));
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

/* The number in the middle of what shows of the list, and how far down the row begins. */
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

#define ADD(name, func)                                                                            \
  g_test_add ("/explore-page/" name, TestStage, GUINT_TO_POINTER (ALL), test_stage_set_up, func,   \
              test_stage_tear_down)

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
  ADD ("a-list-that-begins-at-a-choice-scrolls-on", test_a_list_that_begins_at_a_choice_scrolls_on);
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
  ADD ("another-page-goes-on-where-this-one-was", test_another_page_goes_on_where_this_one_was);
  ADD ("rows-say-all-that-the-map-shows", test_rows_say_all_that_the_map_shows);
  ADD ("the-distance-follows-the-map", test_the_distance_follows_the_map);
  ADD ("news-move-nothing-under-the-finger", test_news_move_nothing_under_the_finger);
  return g_test_run ();
}
