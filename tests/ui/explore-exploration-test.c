/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include "await.h"

#define ALL 20000

static void
count_call (guint *count)
{
  (*count)++;
}

/* Whatever was changed, a survey follows, and perhaps one more at its heels. */
static void
wait_for_survey (TestStage *stage)
{
  guint surveys = 0, seen;
  gulong handler = g_signal_connect_swapped (stage->exploration, "notify::survey",
                                             G_CALLBACK (count_call), &surveys);

  while (surveys == 0)
    g_main_context_iteration (NULL, TRUE);
  do
    {
      seen = surveys;
      let_pass (200);
    }
  while (surveys > seen);
  g_signal_handler_disconnect (stage->exploration, handler);
}

static guint
count_listed (TestStage *stage)
{
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);

  return g_list_model_get_n_items (G_LIST_MODEL (listing));
}

static KomekAtlas *
get_atlas (TestStage *stage)
{
  return komek_survey_get_atlas (komek_exploration_get_survey (stage->exploration));
}

static void
look_at (TestStage *stage, double south, double west, double north, double east)
{
  g_autoptr (KomekBounds) bounds = komek_bounds_new (south, west, north, east, NULL);
  KomekViewport viewport = { (south + north) / 2, (west + east) / 2, 13 };

  komek_exploration_set_view (stage->exploration, &viewport, bounds);
}

static void
test_begins_with_the_whole_city (TestStage *stage, gconstpointer data)
{
  g_assert_cmpuint (count_listed (stage), ==, ALL);
  g_assert_cmpfloat (komek_exploration_get_viewport (stage->exploration).zoom, ==, 0);
  g_assert_cmpuint (komek_categories_get_n (komek_exploration_get_categories (stage->exploration)),
                    ==, 5);
}

static void
test_what_has_no_place_is_listed_with_the_whole_city_only (TestStage *stage, gconstpointer data)
{
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);
  guint32 homeless = test_crowd_get_homeless (stage->crowd);

  look_at (stage, 50, 70, 52, 73);
  wait_for_survey (stage);
  g_assert_cmpuint (komek_listing_find (listing, homeless), !=, GTK_INVALID_LIST_POSITION);
  look_at (stage, 51.1, 71.4, 51.2, 71.5);
  wait_for_survey (stage);
  g_assert_cmpuint (komek_listing_find (listing, homeless), ==, GTK_INVALID_LIST_POSITION);
}

static void
test_a_choice_narrows_map_and_list (TestStage *stage, gconstpointer data)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (stage->exploration);
  KomekCounts *counts = komek_survey_get_counts (komek_exploration_get_survey (stage->exploration));
  guint late = komek_counts_get_group (counts, KOMEK_GROUP_LATE);

  komek_filter_choice_toggle_group (choice, KOMEK_GROUP_LATE);
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), ==, late);
  g_assert_cmpuint (komek_atlas_get_n_placed (get_atlas (stage)), <=, late);

  komek_filter_choice_toggle_category (choice, "ROA");
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), <, late);
  g_assert_cmpuint (count_listed (stage), >, 0);

  komek_exploration_clear (stage->exploration);
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), ==, ALL);
}

static void
test_quick_changes_are_taken_together (TestStage *stage, gconstpointer data)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (stage->exploration);
  guint surveys = 0;

  g_signal_connect_swapped (stage->exploration, "notify::survey", G_CALLBACK (count_call),
                            &surveys);
  for (guint i = 0; i < 9; i++)
    komek_filter_choice_toggle_group (choice, KOMEK_GROUP_DONE);
  wait_for_survey (stage);
  g_assert_cmpuint (surveys, <=, 2);
  g_assert_cmpuint (count_listed (stage), <, ALL);
}

static void
test_a_move_keeps_the_atlas (TestStage *stage, gconstpointer data)
{
  KomekAtlas *atlas = get_atlas (stage);

  look_at (stage, 51.1, 71.4, 51.2, 71.5);
  wait_for_survey (stage);
  g_assert_true (get_atlas (stage) == atlas);
  g_assert_cmpuint (count_listed (stage), <, ALL);
}

static void
test_nearest_begins_in_the_middle (TestStage *stage, gconstpointer data)
{
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);
  KomekAtlas *atlas;

  look_at (stage, 51.1, 71.3, 51.2, 71.5);
  komek_exploration_set_order (stage->exploration, KOMEK_LIST_NEAREST);
  wait_for_survey (stage);
  atlas = get_atlas (stage);
  g_assert_cmpuint (komek_listing_get_key (listing, 0), ==,
                    komek_atlas_find_nearest (atlas, 51.15, 71.4, 5000));
}

static void
test_a_street_is_listed_by_its_houses (TestStage *stage, gconstpointer data)
{
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);

  komek_exploration_set_order (stage->exploration, KOMEK_LIST_STREET);
  wait_for_survey (stage);
  /* The first house of the first street, the newest request first. */
  for (guint i = 0; i < ALL / 4 / 30; i++)
    g_assert_cmpuint (komek_listing_get_key (listing, i) % 120, ==, 0);
  g_assert_cmpuint (komek_listing_get_key (listing, 0), >, komek_listing_get_key (listing, 1));
  g_assert_cmpuint (komek_listing_get_key (listing, ALL - 1) % 4, ==, 3);
}

static void
test_around_is_about_the_middle_of_that_moment (TestStage *stage, gconstpointer data)
{
  double latitude, longitude;
  guint listed;

  look_at (stage, 51.1, 71.3, 51.2, 71.5);
  wait_for_survey (stage);
  listed = count_listed (stage);
  komek_exploration_set_around (stage->exploration, 1000);
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), <, listed);
  g_assert_cmpuint (count_listed (stage), >, 0);
  g_assert_true (komek_exploration_is_filtered (stage->exploration));

  look_at (stage, 51.11, 71.35, 51.21, 71.55);
  wait_for_survey (stage);
  komek_exploration_get_centre (stage->exploration, &latitude, &longitude);
  g_assert_cmpfloat_with_epsilon (latitude, 51.15, 1e-9);
  g_assert_cmpfloat_with_epsilon (longitude, 71.4, 1e-9);

  komek_exploration_clear (stage->exploration);
  wait_for_survey (stage);
  g_assert_cmpuint (komek_exploration_get_around (stage->exploration), ==, 0);
  g_assert_cmpuint (count_listed (stage), >, 1000);
}

static void
test_a_span_takes_the_period_away (TestStage *stage, gconstpointer data)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (stage->exploration);

  komek_filter_choice_set_period (choice, KOMEK_PERIOD_MONTH);
  komek_filter_choice_set_span (choice, TEST_NOW - 40 * 86400, TEST_NOW - 20 * 86400);
  g_assert_cmpint (komek_filter_choice_get_period (choice), ==, KOMEK_PERIOD_ALL);
  wait_for_survey (stage);
  /* One each 1700 seconds. */
  g_assert_cmpuint (count_listed (stage), >=, 20 * 86400 / 1700);
  g_assert_cmpuint (count_listed (stage), <=, 20 * 86400 / 1700 + 1);
  komek_filter_choice_set_period (choice, KOMEK_PERIOD_MONTH);
  g_assert_false (komek_filter_choice_has_span (choice));
}

static void
test_the_only_match_is_chosen (TestStage *stage, gconstpointer data)
{
  g_autofree char *number = test_crowd_dup_number (777);

  komek_exploration_set_search (stage->exploration, number);
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), ==, 1);
  g_assert_cmpuint (komek_listing_get_selected (komek_exploration_get_listing (stage->exploration)),
                    ==, 777);
}

static void
test_a_text_finds_its_requests (TestStage *stage, gconstpointer data)
{
  komek_exploration_set_search (stage->exploration, "  абай ");
  wait_for_survey (stage);
  g_assert_cmpstr (komek_exploration_get_search (stage->exploration), ==, "абай");
  g_assert_cmpuint (count_listed (stage), ==, ALL / 4);
  komek_exploration_set_search (stage->exploration, "no such street");
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), ==, 0);
  komek_exploration_set_search (stage->exploration, "");
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), ==, ALL);
}

static void
note_survey (TestStage *stage)
{
  g_object_set_data (G_OBJECT (stage->exploration), "then",
                     komek_exploration_get_survey (stage->exploration));
}

/* Fifty of them, in view and let through, while the survey is still that of before. */
static void
test_the_first_finds_are_listed_at_once (TestStage *stage, gconstpointer data)
{
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);
  KomekSurvey *before = komek_exploration_get_survey (stage->exploration);
  gulong handler = g_signal_connect_swapped (listing, "items-changed", G_CALLBACK (note_survey),
                                             stage);

  komek_exploration_set_search (stage->exploration, "абай");
  while (count_listed (stage) == ALL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (listing, handler);
  g_assert_true (g_object_get_data (G_OBJECT (stage->exploration), "then") == before);
  g_assert_cmpuint (count_listed (stage), ==, 50);
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), ==, ALL / 4);
}

/* Somebody types on before the survey of the first letters is there. */
static void
test_a_former_search_shows_no_more (TestStage *stage, gconstpointer data)
{
  g_autofree char *number = test_crowd_dup_number (777);

  komek_exploration_set_search (stage->exploration, "абай");
  while (count_listed (stage) == ALL)
    g_main_context_iteration (NULL, TRUE);
  komek_exploration_set_search (stage->exploration, number);
  while (count_listed (stage) > 1)
    {
      g_assert_cmpuint (count_listed (stage), ==, 50);
      g_main_context_iteration (NULL, TRUE);
    }
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), ==, 1);
}

static void
test_new_requests_leave_the_choice (TestStage *stage, gconstpointer data)
{
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);

  komek_listing_set_selected (listing, 500);
  test_crowd_resize (stage->crowd, ALL + 3);
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), ==, ALL + 3);
  g_assert_cmpuint (komek_listing_get_selected (listing), ==, 500);
  g_assert_cmpuint (komek_listing_find (listing, 500), ==, ALL + 3 - 500);
}

static void
test_what_is_gone_is_chosen_no_more (TestStage *stage, gconstpointer data)
{
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);

  komek_listing_set_selected (listing, ALL);
  test_crowd_resize (stage->crowd, 100);
  wait_for_survey (stage);
  g_assert_cmpuint (komek_listing_get_selected (listing), ==, 0);
}

static void
test_what_is_filtered_out_is_chosen_no_more (TestStage *stage, gconstpointer data)
{
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);

  komek_listing_set_selected (listing, 1);
  komek_filter_choice_set_period (komek_exploration_get_choice (stage->exploration),
                                  KOMEK_PERIOD_WEEK);
  wait_for_survey (stage);
  g_assert_cmpuint (komek_listing_get_selected (listing), ==, 0);
}

static void
test_members_are_listed_until_the_view_changes (TestStage *stage, gconstpointer data)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  look_at (stage, 51.1, 71.4, 51.2, 71.5);
  for (guint32 key = 1; key <= 7; key++)
    g_array_append_val (keys, key);
  komek_exploration_show_members (stage->exploration, keys);
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), <=, 7);
  g_assert_true (komek_exploration_get_members (stage->exploration) == keys);

  /* A map that was built anew comes to rest a pixel beside where it was. */
  look_at (stage, 51.10005, 71.40005, 51.20005, 71.50005);
  g_assert_nonnull (komek_exploration_get_members (stage->exploration));
  look_at (stage, 51.11, 71.4, 51.21, 71.5);
  g_assert_null (komek_exploration_get_members (stage->exploration));
}

static void
test_a_reset_forgets_everything (TestStage *stage, gconstpointer data)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (stage->exploration);

  look_at (stage, 51.1, 71.4, 51.2, 71.5);
  komek_filter_choice_toggle_category (choice, "WAT");
  komek_exploration_set_search (stage->exploration, "абай");
  komek_exploration_set_order (stage->exploration, KOMEK_LIST_NEAREST);
  komek_listing_set_selected (komek_exploration_get_listing (stage->exploration), 9);
  wait_for_survey (stage);

  komek_exploration_reset (stage->exploration);
  wait_for_survey (stage);
  g_assert_cmpuint (count_listed (stage), ==, ALL);
  g_assert_cmpstr (komek_exploration_get_search (stage->exploration), ==, "");
  g_assert_true (komek_filter_choice_is_empty (choice));
  g_assert_cmpint (komek_exploration_get_order (stage->exploration), ==, KOMEK_LIST_NEWEST);
  g_assert_cmpuint (komek_listing_get_selected (komek_exploration_get_listing (stage->exploration)),
                    ==, 0);
  g_assert_cmpfloat (komek_exploration_get_viewport (stage->exploration).zoom, ==, 0);
}

/* Of the new list as it comes, whatever is seen of it at once. */
static void
on_listed (GListModel *listing, guint position, guint removed, guint added, gpointer data)
{
  guint *n_empty = data;

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (KomekEntry) entry = g_list_model_get_item (listing, i);

      *n_empty += !komek_entry_get_request (entry);
    }
}

static void
test_a_list_comes_with_its_first_rows (TestStage *stage, gconstpointer data)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (stage->exploration);
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);
  guint n_empty = 0;

  g_signal_connect (listing, "items-changed", G_CALLBACK (on_listed), &n_empty);
  /* Whoever has scrolled down sees a new list from its start. */
  komek_listing_look_at (listing, ALL - 100);
  for (guint group = 0; group < KOMEK_N_GROUPS; group++)
    {
      guint before = count_listed (stage);

      komek_filter_choice_toggle_group (choice, group);
      wait_for_survey (stage);
      g_assert_cmpuint (count_listed (stage), !=, before);
      komek_listing_look_at (listing, 0);
    }
  g_assert_cmpuint (n_empty, ==, 0);
}

static void
test_a_list_waits_for_no_row_for_long (TestStage *stage, gconstpointer data)
{
  KomekListing *listing = komek_exploration_get_listing (stage->exploration);
  guint before = test_crowd_get_n_loaded (stage->crowd);
  gint64 begun = g_get_monotonic_time ();

  test_crowd_hold (stage->crowd);
  komek_filter_choice_toggle_group (komek_exploration_get_choice (stage->exploration),
                                    KOMEK_GROUP_LATE);
  while (count_listed (stage) == ALL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 600000);
  for (guint i = 0; i < 12; i++)
    komek_listing_want (listing, i);
  let_pass (50);
  test_crowd_release (stage->crowd);
  let_pass (50);
  /* Once, though the rows that are shown by now asked as well. */
  g_assert_cmpuint (test_crowd_get_n_loaded (stage->crowd), ==, before + 24);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/exploration/" name, TestStage, GUINT_TO_POINTER (ALL), test_stage_set_up, func,    \
              test_stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("begins-with-the-whole-city", test_begins_with_the_whole_city);
  ADD ("what-has-no-place-is-listed-with-the-whole-city-only",
       test_what_has_no_place_is_listed_with_the_whole_city_only);
  ADD ("a-choice-narrows-map-and-list", test_a_choice_narrows_map_and_list);
  ADD ("quick-changes-are-taken-together", test_quick_changes_are_taken_together);
  ADD ("a-move-keeps-the-atlas", test_a_move_keeps_the_atlas);
  ADD ("nearest-begins-in-the-middle", test_nearest_begins_in_the_middle);
  ADD ("a-street-is-listed-by-its-houses", test_a_street_is_listed_by_its_houses);
  ADD ("around-is-about-the-middle-of-that-moment",
       test_around_is_about_the_middle_of_that_moment);
  ADD ("a-span-takes-the-period-away", test_a_span_takes_the_period_away);
  ADD ("the-only-match-is-chosen", test_the_only_match_is_chosen);
  ADD ("a-text-finds-its-requests", test_a_text_finds_its_requests);
  ADD ("the-first-finds-are-listed-at-once", test_the_first_finds_are_listed_at_once);
  ADD ("a-former-search-shows-no-more", test_a_former_search_shows_no_more);
  ADD ("new-requests-leave-the-choice", test_new_requests_leave_the_choice);
  ADD ("what-is-gone-is-chosen-no-more", test_what_is_gone_is_chosen_no_more);
  ADD ("what-is-filtered-out-is-chosen-no-more", test_what_is_filtered_out_is_chosen_no_more);
  ADD ("members-are-listed-until-the-view-changes", test_members_are_listed_until_the_view_changes);
  ADD ("a-list-comes-with-its-first-rows", test_a_list_comes_with_its_first_rows);
  ADD ("a-list-waits-for-no-row-for-long", test_a_list_waits_for_no_row_for_long);
  ADD ("a-reset-forgets-everything", test_a_reset_forgets_everything);
  return g_test_run ();
}
