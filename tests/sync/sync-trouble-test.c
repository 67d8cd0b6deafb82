/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "town.h"

#include <glib/gstdio.h>

/* What a line does when the city, the way there or the device fails. */

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
  ADD ("a-city-that-was-killed-comes-back", test_a_city_that_was_killed_comes_back);
  ADD ("tries-again-by-itself", test_tries_again_by_itself);
  ADD ("outlives-an-hour-of-503", test_outlives_an_hour_of_503);
  g_test_add ("/sync/waits-as-long-as-it-is-asked-to/later", Town, GUINT_TO_POINTER (4), set_up,
              test_waits_as_long_as_it_is_asked_to, tear_down);
  g_test_add ("/sync/waits-as-long-as-it-is-asked-to/sooner", Town, GUINT_TO_POINTER (2000), set_up,
              test_waits_as_long_as_it_is_asked_to, tear_down);
  ADD ("asks-for-less-over-a-slow-line", test_asks_for_less_over_a_slow_line);
  ADD ("a-spoilt-mirror-is-filled-anew", test_a_spoilt_mirror_is_filled_anew);
  ADD ("says-when-the-device-keeps-nothing", test_says_when_the_device_keeps_nothing);
  ADD ("nothing-is-reached-before-a-city-is-known", test_nothing_is_reached_before_a_city_is_known);
  ADD ("goes-in-the-middle-of-anything", test_goes_in_the_middle_of_anything);
  return g_test_run ();
}
