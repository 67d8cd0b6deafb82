/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "komek-limits.h"

/* How often is too often, and what a file may say about it. */

#define SECOND G_USEC_PER_SEC

static guint
take_many (KomekLimits *limits, const char *name, const KomekRate *rate, gint64 now, guint n)
{
  KomekAllowance left;
  guint taken = 0;

  for (guint i = 0; i < n; i++)
    taken += komek_limits_take (limits, name, rate, now, &left);
  return taken;
}

static void
test_a_burst_is_followed_by_the_rate (void)
{
  g_autoptr (KomekLimits) limits = komek_limits_new (100);
  const KomekRate rate = { 60, 60, 120 };
  gint64 now = 1000 * SECOND;

  g_assert_cmpuint (take_many (limits, "a", &rate, now, 500), ==, 120);
  g_assert_cmpuint (take_many (limits, "a", &rate, now + SECOND - 1, 5), ==, 0);
  g_assert_cmpuint (take_many (limits, "a", &rate, now + SECOND, 5), ==, 1);
  g_assert_cmpuint (take_many (limits, "a", &rate, now + 11 * SECOND, 50), ==, 10);
  /* Nobody saves up more than a burst. */
  g_assert_cmpuint (take_many (limits, "a", &rate, now + 1000 * SECOND, 500), ==, 120);
}

static void
test_one_does_not_use_up_another (void)
{
  g_autoptr (KomekLimits) limits = komek_limits_new (100);
  const KomekRate rate = { 5, 3600, 5 };

  g_assert_cmpuint (take_many (limits, "a", &rate, SECOND, 9), ==, 5);
  g_assert_cmpuint (take_many (limits, "b", &rate, SECOND, 9), ==, 5);
}

static void
test_a_rate_of_nothing_is_no_limit (void)
{
  g_autoptr (KomekLimits) limits = komek_limits_new (100);
  const KomekRate none = { 0 };

  g_assert_cmpuint (take_many (limits, "a", &none, SECOND, 10000), ==, 10000);
}

static void
test_it_says_when_to_come_again (void)
{
  g_autoptr (KomekLimits) limits = komek_limits_new (100);
  const KomekRate rate = { 5, 3600, 5 };
  KomekAllowance left;

  g_assert_true (komek_limits_take (limits, "a", &rate, SECOND, &left));
  g_assert_cmpuint (left.limit, ==, 5);
  g_assert_cmpuint (left.window, ==, 3600);
  g_assert_cmpuint (left.remaining, ==, 4);
  g_assert_cmpuint (left.reset, ==, 720);
  g_assert_cmpuint (left.retry_after, ==, 0);
  take_many (limits, "a", &rate, SECOND, 4);
  g_assert_false (komek_limits_take (limits, "a", &rate, 21 * SECOND, &left));
  g_assert_cmpuint (left.remaining, ==, 0);
  g_assert_cmpuint (left.retry_after, ==, 700);
  /* Whoever comes when told is let in. */
  g_assert_true (komek_limits_take (limits, "a", &rate, 721 * SECOND, &left));
}

/* However many strangers come, those who go on calling are remembered. */
static void
test_strangers_do_not_wash_away_whoever_calls (void)
{
  g_autoptr (KomekLimits) limits = komek_limits_new (100);
  const KomekRate rate = { 1, 3600, 2 };

  take_many (limits, "busy", &rate, SECOND, 2);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *stranger = g_strdup_printf ("stranger %u", i);

      take_many (limits, stranger, &rate, SECOND, 1);
      g_assert_cmpuint (take_many (limits, "busy", &rate, SECOND, 1), ==, 0);
    }
}

static void
test_only_so_many_run_at_once (void)
{
  g_autoptr (KomekLimits) limits = komek_limits_new (100);

  for (guint i = 0; i < 4; i++)
    g_assert_true (komek_limits_enter (limits, "key", 4));
  g_assert_false (komek_limits_enter (limits, "key", 4));
  g_assert_true (komek_limits_enter (limits, "other", 4));
  komek_limits_leave (limits, "key");
  g_assert_true (komek_limits_enter (limits, "key", 4));
  g_assert_false (komek_limits_enter (limits, "key", 4));
}

static void
assert_rate (KomekRate rate, guint count, guint seconds, guint burst)
{
  g_assert_cmpuint (rate.count, ==, count);
  g_assert_cmpuint (rate.seconds, ==, seconds);
  g_assert_cmpuint (rate.burst, ==, burst);
}

static void
test_the_usual_settings_are_those_of_the_book (void)
{
  g_autoptr (KomekSettings) usual = komek_settings_new ();

  g_assert_cmpuint (usual->request_ms, ==, 10000);
  g_assert_cmpuint (usual->photo_ms, ==, 30000);
  g_assert_cmpuint (usual->answer_ms, ==, 30000);
  g_assert_cmpuint (usual->health_ms, ==, 2000);
  g_assert_cmpuint (usual->held_bytes, ==, 32 * 1024 * 1024);
  g_assert_cmpuint (usual->connections, ==, 200);
  g_assert_cmpuint (usual->connections_per_address, ==, 20);
  g_assert_cmpuint (usual->uri_bytes, ==, 8192);
  g_assert_cmpuint (usual->header_bytes, ==, 32768);
  assert_rate (usual->reads[KOMEK_ROLE_ANONYMOUS], 60, 60, 120);
  assert_rate (usual->reads[KOMEK_ROLE_PHONE], 60, 60, 120);
  assert_rate (usual->filings[KOMEK_ROLE_PHONE], 5, 3600, 5);
  assert_rate (usual->filings[KOMEK_ROLE_STAFF], 3600, 3600, 600);
  assert_rate (usual->block, 20, 86400, 20);
  assert_rate (usual->reads[KOMEK_ROLE_KIOSK], 0, 0, 0);
  assert_rate (usual->filings[KOMEK_ROLE_KIOSK], 3600, 3600, 600);
  assert_rate (usual->reads[KOMEK_ROLE_MIRROR], 0, 0, 0);
  assert_rate (usual->filings[KOMEK_ROLE_MIRROR], 3600, 3600, 600);
  g_assert_cmpuint (usual->at_once[KOMEK_ROLE_KIOSK], ==, 4);
  g_assert_cmpuint (usual->at_once[KOMEK_ROLE_MIRROR], ==, 4);
  assert_rate (usual->reads[KOMEK_ROLE_LOCAL], 0, 0, 0);
  assert_rate (usual->filings[KOMEK_ROLE_LOCAL], 0, 0, 0);
}

static KomekSettings *
read_settings (const char *text, GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("komek-settings-XXXXXX", &path, NULL);
  KomekSettings *settings;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  settings = komek_settings_new_from_file (path, error);
  g_unlink (path);
  return settings;
}

static void
test_a_file_changes_what_it_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekSettings) settings = read_settings ("[guard]\nrequest-ms = 250\n"
                                                      "[anonymous]\nread = 10/1 20\n"
                                                      "[kiosk]\nfile = none\nat-once = 9\n"
                                                      "[phone]\nnetwork-refuses = 1\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (settings->request_ms, ==, 250);
  g_assert_cmpuint (settings->photo_ms, ==, 30000);
  assert_rate (settings->reads[KOMEK_ROLE_ANONYMOUS], 10, 1, 20);
  assert_rate (settings->filings[KOMEK_ROLE_KIOSK], 0, 0, 0);
  g_assert_cmpuint (settings->at_once[KOMEK_ROLE_KIOSK], ==, 9);
  g_assert_true (settings->block_refuses);
}

static void
test_a_bad_file_is_a_sentence (void)
{
  static const struct
  {
    const char *text, *words;
  } rows[] = {
    { "[guard]\nrequest-sm = 250\n", "request-sm in [guard]" },
    { "[guards]\nrequest-ms = 250\n", "request-ms in [guards]" },
    { "[guard]\nrequest-ms = soon\n", "request-ms in [guard]" },
    { "[guard]\nrequest-ms = -1\n", "request-ms in [guard]" },
    { "[kiosk]\nread = 60\n", "read in [kiosk]" },
    { "[kiosk]\nread = 60/60\n", "read in [kiosk]" },
    { "[kiosk]\nread = 0/60 1\n", "read in [kiosk]" },
    { "[kiosk]\nread = 60/60 120 more\n", "read in [kiosk]" },
    { "[kiosk]\nnetwork = none\n", "network in [kiosk]" },
    { "no group\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KomekSettings) settings = read_settings (rows[i].text, &error);

      g_assert_null (settings);
      g_assert_nonnull (strstr (error->message, rows[i].words));
    }
}

#define ADD(path, function) g_test_add_func ("/city/limits/" path, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-burst-is-followed-by-the-rate", test_a_burst_is_followed_by_the_rate);
  ADD ("one-does-not-use-up-another", test_one_does_not_use_up_another);
  ADD ("a-rate-of-nothing-is-no-limit", test_a_rate_of_nothing_is_no_limit);
  ADD ("it-says-when-to-come-again", test_it_says_when_to_come_again);
  ADD ("strangers-do-not-wash-away-whoever-calls", test_strangers_do_not_wash_away_whoever_calls);
  ADD ("only-so-many-run-at-once", test_only_so_many_run_at_once);
  ADD ("the-usual-settings-are-those-of-the-book", test_the_usual_settings_are_those_of_the_book);
  ADD ("a-file-changes-what-it-names", test_a_file_changes_what_it_names);
  ADD ("a-bad-file-is-a-sentence", test_a_bad_file_is_a_sentence);
  return g_test_run ();
}
