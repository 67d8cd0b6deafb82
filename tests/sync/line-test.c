/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "safe-city.h"
#include "town.h"

/* A line that is cut from the very start says why, and finds the city by itself once that is
 * mended. What the client makes of every cause is in tests/remote/cause-test.c. */

static const KomekSyncTimes impatient = { .poll = 20, .backoff_base = 20, .backoff_cap = 60 };

static const struct
{
  const char *name, *certificate;
  KomekCause  cause;
} strangers[] = {
  { "wrong-name", "stranger.pem", KOMEK_CAUSE_STRANGER },
  { "expired", "expired.pem", KOMEK_CAUSE_CLOCK },
  { "not-valid-yet", "early.pem", KOMEK_CAUSE_CLOCK },
};

static KomekCause
get_cause (Town *town)
{
  g_autoptr (GError) problem = komek_line_dup_problem (town->line);

  return komek_error_get_cause (problem);
}

static void
test_a_stranger_is_named_from_the_start (Town *town, gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  SafeCity *city = safe_city_new (strangers[i].certificate);
  g_autoptr (SoupSession) session = safe_city_make_session (TRUE);
  g_autoptr (KomekGeoReport) client = komek_geo_report_new_full (city->url, session, NULL);

  close_line (town);
  open_line (town, &impatient);
  komek_sync_connect (town->sync, client);
  wait_for (town, KOMEK_LINE_BROKEN);
  assert_problem (town, KOMEK_ERROR_UNREACHABLE);
  g_assert_cmpint (get_cause (town), ==, strangers[i].cause);
  g_assert_cmpint (komek_line_get_as_of (town->line), ==, 0);
  safe_city_change (city, "good.pem");
  while (get_cause (town) == strangers[i].cause)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_cause (town), ==, KOMEK_CAUSE_UNKNOWN);
  safe_city_free (city);
}

static void
test_nobody_is_named_from_the_start (Town *town, gconstpointer unused)
{
  fake_city_close (town->city);
  connect_city (town);
  wait_for (town, KOMEK_LINE_BROKEN);
  assert_problem (town, KOMEK_ERROR_UNREACHABLE);
  g_assert_cmpint (get_cause (town), ==, KOMEK_CAUSE_NOBODY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/line/a-stranger-is-named-from-the-start/%s", strangers[i].name);

      g_test_add (path, Town, GSIZE_TO_POINTER (i), set_up,
                  test_a_stranger_is_named_from_the_start, tear_down);
    }
  g_test_add ("/line/nobody-is-named-from-the-start", Town, NULL, set_up,
              test_nobody_is_named_from_the_start, tear_down);
  return g_test_run ();
}
