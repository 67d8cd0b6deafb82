/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-number.h"
#include "town.h"

/* One request brought up to date, because somebody looks at it. */

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

#define ADD(path, function) \
  g_test_add ("/sync/" path, Town, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("refresh-brings-a-request-and-its-history", test_refresh_brings_a_request_and_its_history);
  ADD ("refresh-of-an-unknown-number-is-refused", test_refresh_of_an_unknown_number_is_refused);
  ADD ("refresh-drops-what-is-gone", test_refresh_drops_what_is_gone);
  ADD ("refresh-needs-no-history-of-a-plain-city", test_refresh_needs_no_history_of_a_plain_city);
  return g_test_run ();
}
