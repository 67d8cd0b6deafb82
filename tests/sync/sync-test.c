/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "komek-number.h"
#include "town.h"

#include <glib/gstdio.h>

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
test_a_city_that_was_killed_comes_back (Town *town, gconstpointer unused)
{
  g_autoptr (GError) none = NULL;

  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_close (town->city);
  wait_for (town, KOMEK_LINE_BROKEN);
  assert_problem (town, KOMEK_ERROR_UNREACHABLE);
  g_assert_cmpint (komek_line_get_as_of (town->line), ==, NOW);

  fake_city_open (town->city);
  komek_line_retry (town->line);
  wait_for (town, KOMEK_LINE_CURRENT);
  none = komek_line_dup_problem (town->line);
  g_assert_null (none);
  g_assert_cmpstr (town->states->str, ==, "connecting filling current broken current");
}

static void
test_tries_again_by_itself (Town *town, gconstpointer unused)
{
  const KomekSyncTimes tireless = { .poll = 20, .backoff_base = 10, .backoff_cap = 20 };

  close_line (town);
  open_line (town, &tireless);
  fake_city_say (town->city, "GET discovery.json", 200, "text/html", "<html>", FAKE_CITY_ANSWERS);
  connect_city (town);
  wait_for (town, KOMEK_LINE_BROKEN);
  assert_problem (town, KOMEK_ERROR_UNREADABLE);
  let_pass (100);
  g_assert_cmpuint (fake_city_count (town->city, "GET discovery.json"), >=, 3);
  fake_city_say (town->city, "GET discovery.json", 0, NULL, NULL, FAKE_CITY_ANSWERS);
  wait_for (town, KOMEK_LINE_CURRENT);
}

/* An hour of being away, scaled: each wait is at most what would be five minutes. */
static void
test_outlives_an_hour_of_503 (Town *town, gconstpointer unused)
{
  const KomekSyncTimes scaled = { .poll = 20, .discovery = 1, .backoff_base = 2,
                                  .backoff_cap = 100, .page_size = 2 };
  guint asked;

  fake_city_add_many (town->city, 5, NOW - 1000);
  close_line (town);
  open_line (town, &scaled);
  town->city->left = 6;
  connect_city (town);
  wait_for (town, KOMEK_LINE_BROKEN);
  asked = town->city->log->len;
  let_pass (1200);
  assert_problem (town, KOMEK_ERROR_UNREACHABLE);
  /* Twelve waits of five minutes make an hour; half as long on average, and the short ones. */
  g_assert_cmpuint (town->city->log->len - asked, >=, 10);
  g_assert_cmpuint (town->city->log->len - asked, <=, 60);
  town->city->left = -1;
  wait_for (town, KOMEK_LINE_CURRENT);
  g_assert_cmpuint (count (town), ==, 5);
}

/* It is later than our own back-off in the first case, and sooner in the second. */
static void
test_waits_as_long_as_it_is_asked_to (Town *town, gconstpointer backoff)
{
  const KomekSyncTimes times = { .poll = 20, .discovery = 1, .page_size = 2,
                                 .backoff_base = GPOINTER_TO_UINT (backoff),
                                 .backoff_cap = GPOINTER_TO_UINT (backoff) };
  guint asked;

  close_line (town);
  open_line (town, &times);
  fake_city_say (town->city, "GET discovery.json", 503, "application/json",
                 "[{\"code\":503,\"description\":\"Not now\"}]", FAKE_CITY_ANSWERS);
  fake_city_say_header (town->city, "GET discovery.json", "Retry-After", "1");
  connect_city (town);
  wait_for (town, KOMEK_LINE_BROKEN);
  asked = town->city->log->len;
  let_pass (800);
  g_assert_cmpuint (town->city->log->len, ==, asked);
  let_pass (400 + MIN (times.backoff_base / 2, 1000));
  g_assert_cmpuint (town->city->log->len, >, asked);
}

/* A page that is too long for the line is asked for in smaller ones. */
static void
test_asks_for_less_over_a_slow_line (Town *town, gconstpointer unused)
{
  const KomekSyncTimes times = { .poll = 20, .discovery = 1, .backoff_base = 2, .backoff_cap = 4,
                                 .page_size = 200, .glance = 20 };

  fake_city_add_many (town->city, 300, NOW - 20000);
  close_line (town);
  open_line (town, &times);
  town->city->breaks_at = 60;
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_assert_cmpuint (count (town), ==, 300);
  g_assert_cmpuint (fake_city_count (town->city, "GET requests.json?extensions=true&page=1"
                                                 "&page_size=50"),
                    >=, 3);
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

/* As a failing disk leaves it. */
static void
spoil (Town *town, const char *name)
{
  g_autofree char *path = g_build_filename (town->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, NULL);
  g_autofree char *nonsense = g_strnfill (8192, 'x');

  if (stream)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)), nonsense,
                               8192, NULL, NULL, NULL);
}

static void
forget_spoilt (Town *town)
{
  const char *const ends[] = { "", "-wal", "-shm" };

  for (guint i = 1; i <= 5; i++)
    for (guint j = 0; j < G_N_ELEMENTS (ends); j++)
      {
        g_autofree char *name = g_strdup_printf ("mirror.db.bad-%u%s", i, ends[j]);
        g_autofree char *path = g_build_filename (town->folder, name, NULL);

        g_unlink (path);
      }
}

static void
test_a_spoilt_mirror_is_filled_anew (Town *town, gconstpointer unused)
{
  fake_city_add_many (town->city, 7, NOW - 1000);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  close_line (town);
  spoil (town, "mirror.db");
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*setting it aside*");
  open_line (town, &hasty);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (count (town), ==, 7);
  g_assert_cmpstr (town->states->str, ==, "connecting filling current");
  forget_spoilt (town);
}

static void
test_says_when_the_device_keeps_nothing (Town *town, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (town->folder, "mirror.db", "mirror.db", NULL);

  close_line (town);
  town->mirror = komek_mirror_new (path);
  town->sync = komek_sync_new (town->mirror, town->clock, &hasty);
  town->line = KOMEK_LINE (town->sync);
  connect_city (town);
  wait_for (town, KOMEK_LINE_BROKEN);
  assert_problem (town, KOMEK_ERROR_UNSAVED);
}

static void
test_refresh_brings_a_request_and_its_history (Town *town, gconstpointer unused)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2026, 11, 12, 0, 0, 0);
  g_autofree char *number = komek_number_format (day, 217);
  g_auto (GStrv) parts = g_strsplit (number, "-", -1);
  g_autofree char *typed = g_strjoinv ("", parts);
  g_autoptr (KomekRequest) request = NULL;
  g_autoptr (GPtrArray) history = NULL;

  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_close (town->city);
  wait_for (town, KOMEK_LINE_BROKEN);
  fake_city_open (town->city);
  fake_city_add (town->city, number, "Шұңқыр", NOW - 900, NOW - 900, KOMEK_STATUS_NEW);
  fake_city_add_update (town->city, number, "Тіркелді", NOW - 900, KOMEK_STATUS_NEW);
  fake_city_add_update (town->city, number, "Жолға шықты", NOW - 800, KOMEK_STATUS_IN_WORK);

  g_assert_true (refresh (town, typed, NULL));
  request = find (town, number);
  g_assert_nonnull (request);
  history = get_history (town, number);
  g_assert_cmpuint (history->len, ==, 2);
  g_assert_cmpstr (komek_update_get_text (history->pdata[0]), ==, "Жолға шықты");
  /* The city is there again: nobody waits for the next turn to say so. */
  wait_for (town, KOMEK_LINE_CURRENT);
}

static void
test_refresh_of_an_unknown_number_is_refused (Town *town, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_assert_false (refresh (town, "nobody-filed-this", &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED);
}

static void
test_refresh_drops_what_is_gone (Town *town, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRequest) gone = NULL;

  fake_city_add_many (town->city, 3, NOW - 1000);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_ptr_array_remove_index (town->city->requests, 1);
  g_assert_false (refresh (town, "2", &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED);
  gone = find (town, "2");
  g_assert_null (gone);
  g_assert_cmpuint (count (town), ==, 2);
}

static void
test_refresh_needs_no_history_of_a_plain_city (Town *town, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRequest) request = NULL;

  town->city->plain = TRUE;
  fake_city_rename (town->city, NULL, NULL);
  fake_city_say (town->city, "GET servicerequestupdates.json", 404, "text/html", "<html>",
                 FAKE_CITY_ANSWERS);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_add (town->city, "7", "Шұңқыр", NOW, NOW, KOMEK_STATUS_NEW);
  refresh (town, "7", &error);
  g_assert_no_error (error);
  request = find (town, "7");
  g_assert_nonnull (request);
}

static void
test_nothing_is_reached_before_a_city_is_known (Town *town, gconstpointer unused)
{
  g_autoptr (GError) refresh_error = NULL;
  g_autoptr (GError) problem = g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "No city here");

  g_assert_false (refresh (town, "7", &refresh_error));
  g_assert_error (refresh_error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE);
  komek_line_retry (town->line);
  g_assert_cmpint (komek_line_get_state (town->line), ==, KOMEK_LINE_CONNECTING);

  komek_sync_give_up (town->sync, problem);
  g_assert_cmpint (komek_line_get_state (town->line), ==, KOMEK_LINE_BROKEN);
  assert_problem (town, KOMEK_ERROR_UNSAVED);
}

static void
test_goes_in_the_middle_of_anything (Town *town, gconstpointer unused)
{
  fake_city_say (town->city, "GET requests.json", 200, "application/json", "[{}]",
                 FAKE_CITY_DAWDLES);
  connect_city (town);
  while (fake_city_count (town->city, "GET requests.json") == 0)
    g_main_context_iteration (NULL, TRUE);
  close_line (town);
  g_assert_cmpstr (town->states->str, ==, "connecting filling");
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
  ADD ("a-city-that-was-killed-comes-back", test_a_city_that_was_killed_comes_back);
  ADD ("tries-again-by-itself", test_tries_again_by_itself);
  ADD ("outlives-an-hour-of-503", test_outlives_an_hour_of_503);
  g_test_add ("/sync/waits-as-long-as-it-is-asked-to/later", Town, GUINT_TO_POINTER (4), set_up,
              test_waits_as_long_as_it_is_asked_to, tear_down);
  g_test_add ("/sync/waits-as-long-as-it-is-asked-to/sooner", Town, GUINT_TO_POINTER (2000), set_up,
              test_waits_as_long_as_it_is_asked_to, tear_down);
  ADD ("asks-for-less-over-a-slow-line", test_asks_for_less_over_a_slow_line);
  ADD ("remembers-when-it-was-current", test_remembers_when_it_was_current);
  ADD ("a-plain-city-is-followed-too", test_a_plain_city_is_followed_too);
  ADD ("a-spoilt-mirror-is-filled-anew", test_a_spoilt_mirror_is_filled_anew);
  ADD ("says-when-the-device-keeps-nothing", test_says_when_the_device_keeps_nothing);
  ADD ("refresh-brings-a-request-and-its-history", test_refresh_brings_a_request_and_its_history);
  ADD ("refresh-of-an-unknown-number-is-refused", test_refresh_of_an_unknown_number_is_refused);
  ADD ("refresh-drops-what-is-gone", test_refresh_drops_what_is_gone);
  ADD ("refresh-needs-no-history-of-a-plain-city", test_refresh_needs_no_history_of_a_plain_city);
  ADD ("nothing-is-reached-before-a-city-is-known", test_nothing_is_reached_before_a_city_is_known);
  ADD ("goes-in-the-middle-of-anything", test_goes_in_the_middle_of_anything);
  return g_test_run ();
}
