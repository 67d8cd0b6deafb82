/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "town.h"

/* How a mirror is filled, and follows what changes in the city. */

#define PAGES "GET requests.json?extensions=true&page=1&page_size=2"
#define GLANCE PAGES "\n"

static void
test_fills_newest_first_page_by_page (Town *town, gconstpointer unused)
{
  g_autoptr (KomekPoints) points = NULL;
  const KomekPoint *all;
  guint n_points;

  fake_city_add_many (town->city, 5, NOW - 1000);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);

  g_assert_cmpstr (town->states->str, ==, "connecting filling current");
  g_assert_cmpint (komek_line_get_as_of (town->line), ==, NOW);
  assert_log (town, "GET discovery.json\n"
                    "GET services.json?extensions=true\n"
                    GLANCE
                    PAGES "\n"
                    PAGES "&end_date=2026-09-21T18%3A59%3A40%2B05%3A00\n"
                    PAGES "&end_date=2026-09-21T18%3A58%3A40%2B05%3A00\n"
                    PAGES "&end_date=2026-09-21T18%3A57%3A40%2B05%3A00\n"
                    PAGES "&end_date=2026-09-21T18%3A56%3A40%2B05%3A00\n");
  points = get_points (town);
  all = komek_points_peek (points, &n_points);
  g_assert_cmpuint (n_points, ==, 5);
  /* Keys tell in which order they came. */
  for (guint i = 1; i < n_points; i++)
    g_assert_cmpuint (all[i].key, >, all[i - 1].key);
}

static void
test_a_fill_goes_on_where_it_was_cut (Town *town, gconstpointer unused)
{
  fake_city_add_many (town->city, 7, NOW - 1000);
  town->city->left = 5;
  connect_city (town);
  wait_for (town, KOMEK_LINE_BROKEN);
  assert_problem (town, KOMEK_ERROR_UNREACHABLE);
  g_assert_cmpint (komek_line_get_as_of (town->line), ==, 0);
  g_assert_cmpuint (count (town), ==, 3);

  /* Not even the end of the program makes it begin anew. */
  close_line (town);
  open_line (town, &hasty);
  g_ptr_array_set_size (town->city->log, 0);
  town->city->left = -1;
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_assert_cmpstr (town->states->str, ==, "connecting filling current");
  /* The services too: their definitions come last, and had not come. */
  assert_log (town, "GET discovery.json\n"
                    "GET services.json?extensions=true\n"
                    PAGES "&end_date=2026-09-21T19%3A00%3A40%2B05%3A00\n"
                    PAGES "&end_date=2026-09-21T18%3A59%3A40%2B05%3A00\n"
                    PAGES "&end_date=2026-09-21T18%3A58%3A40%2B05%3A00\n"
                    PAGES "&end_date=2026-09-21T18%3A57%3A40%2B05%3A00\n"
                    PAGES "&end_date=2026-09-21T18%3A56%3A40%2B05%3A00\n");
  g_assert_cmpuint (count (town), ==, 7);
}

static void
test_takes_what_changed (Town *town, gconstpointer unused)
{
  g_autoptr (KomekRequest) changed = NULL;
  g_autoptr (KomekRequest) added = NULL;
  guint asked;

  fake_city_add_many (town->city, 3, NOW - 1000);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_add (town->city, "1", "Шұңқыр", NOW - 1000, NOW, KOMEK_STATUS_DONE);
  fake_city_add (town->city, "4", "Жаңа шұңқыр", NOW, NOW, KOMEK_STATUS_NEW);
  wait_for_sweep (town);
  wait_for_sweep (town);

  changed = find (town, "1");
  g_assert_cmpint (komek_request_get_status (changed), ==, KOMEK_STATUS_DONE);
  added = find (town, "4");
  g_assert_nonnull (added);
  g_assert_cmpuint (count (town), ==, 4);
  asked = fake_city_count (town->city, "GET requests.json?extensions=true&page=1&page_size=2"
                                       "&updated_after=");
  g_assert_cmpuint (asked, >=, 1);
  g_assert_cmpstr (town->states->str, ==, "connecting filling current");
}

/* More than a page changed since the last look, be it one by one or all in one second. */
static void
test_takes_all_of_many_changes (Town *town, gconstpointer apart)
{
  fake_city_add_many (town->city, 9, NOW - 1000);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      fake_city_add (town->city, number, "Шұңқыр", NOW - 1000 + i * 60,
                     NOW - 20 + i * GPOINTER_TO_INT (apart), KOMEK_STATUS_DONE);
    }
  wait_for_sweep (town);
  wait_for_sweep (town);

  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autoptr (KomekRequest) request = find (town, number);

      g_assert_cmpint (komek_request_get_status (request), ==, KOMEK_STATUS_DONE);
    }
}

static void
test_a_date_in_the_future_stops_nothing (Town *town, gconstpointer unused)
{
  g_autoptr (KomekRequest) late = NULL;

  fake_city_add (town->city, "1", "Шұңқыр", NOW, NOW + 1000000, KOMEK_STATUS_NEW);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_add (town->city, "2", "Шұңқыр", NOW, NOW, KOMEK_STATUS_NEW);
  wait_for_sweep (town);
  wait_for_sweep (town);
  late = find (town, "2");
  g_assert_nonnull (late);
}

static void
test_an_empty_city_is_current (Town *town, gconstpointer unused)
{
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_add_many (town->city, 1, NOW - 1000);
  wait_for_sweep (town);
  wait_for_sweep (town);
  g_assert_cmpuint (count (town), ==, 1);
}

static void
test_another_city_takes_the_place_of_the_first (Town *town, gconstpointer unused)
{
  g_autoptr (KomekRequest) gone = NULL;
  g_autoptr (KomekRequest) here = NULL;

  fake_city_add_many (town->city, 3, NOW - 1000);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_ptr_array_set_size (town->city->requests, 0);
  fake_city_add (town->city, "other", "Қар", NOW - 5000, NOW - 5000, KOMEK_STATUS_NEW);
  fake_city_rename (town->city, "city-2", "1");
  wait_for (town, KOMEK_LINE_FILLING);
  wait_for (town, KOMEK_LINE_CURRENT);

  gone = find (town, "1");
  g_assert_null (gone);
  here = find (town, "other");
  g_assert_nonnull (here);
  g_assert_cmpuint (fake_city_count (town->city, "GET services.json"), ==, 2);
}

static void
test_new_names_are_fetched_once (Town *town, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekCity) card = NULL;

  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  wait_for_sweep (town);
  g_assert_cmpuint (fake_city_count (town->city, "GET services.json"), ==, 1);
  fake_city_rename (town->city, "city-1", "2");
  wait_for_sweep (town);
  wait_for_sweep (town);
  wait_for_sweep (town);
  g_assert_cmpuint (fake_city_count (town->city, "GET services.json"), ==, 2);
  komek_feed_city_async (KOMEK_FEED (town->mirror), NULL, on_awaited, &result);
  card = komek_feed_city_finish (KOMEK_FEED (town->mirror), await (&result), NULL);
  g_assert_cmpstr (komek_city_peek (card)->changeset, ==, "2");
}

static void
test_remembers_when_it_was_current (Town *town, gconstpointer unused)
{
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  close_line (town);
  open_line (town, &hasty);
  while (komek_line_get_as_of (town->line) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (komek_line_get_as_of (town->line), ==, NOW);
  g_assert_cmpint (komek_line_get_state (town->line), ==, KOMEK_LINE_CONNECTING);
}

static void
test_a_plain_city_is_followed_too (Town *town, gconstpointer unused)
{
  g_autoptr (KomekRequest) changed = NULL;

  town->city->plain = TRUE;
  fake_city_rename (town->city, NULL, NULL);
  fake_city_add_many (town->city, 5, NOW - 1000);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_assert_cmpuint (count (town), ==, 5);
  fake_city_add (town->city, "2", "Шұңқыр", NOW - 940, NOW, KOMEK_STATUS_DONE);
  wait_for_sweep (town);
  wait_for_sweep (town);
  changed = find (town, "2");
  g_assert_false (komek_status_is_open (komek_request_get_status (changed)));
}

#define ADD(path, function) \
  g_test_add ("/sync/" path, Town, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("fills-newest-first-page-by-page", test_fills_newest_first_page_by_page);
  ADD ("a-fill-goes-on-where-it-was-cut", test_a_fill_goes_on_where_it_was_cut);
  ADD ("takes-what-changed", test_takes_what_changed);
  g_test_add ("/sync/takes-all-of-many-changes/one-by-one", Town, GINT_TO_POINTER (1), set_up,
              test_takes_all_of_many_changes, tear_down);
  g_test_add ("/sync/takes-all-of-many-changes/in-one-second", Town, GINT_TO_POINTER (0), set_up,
              test_takes_all_of_many_changes, tear_down);
  ADD ("a-date-in-the-future-stops-nothing", test_a_date_in_the_future_stops_nothing);
  ADD ("an-empty-city-is-current", test_an_empty_city_is_current);
  ADD ("another-city-takes-the-place-of-the-first", test_another_city_takes_the_place_of_the_first);
  ADD ("new-names-are-fetched-once", test_new_names_are_fetched_once);
  ADD ("remembers-when-it-was-current", test_remembers_when_it_was_current);
  ADD ("a-plain-city-is-followed-too", test_a_plain_city_is_followed_too);
  return g_test_run ();
}
