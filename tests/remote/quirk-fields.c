/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quirk.h"

/* What stands in the fields of what comes, and what does not. */

void
quirk_06 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[" REQUEST ("\"1\"", ",\"long\":\"71.43\",\"lat\":\"51.12\"") ","
              REQUEST ("\"2\"", ",\"lat\":51.43999862670898,\"long\":71.5") ","
              REQUEST ("\"3\"", ",\"lat\":0,\"long\":0,\"address\":\"Абай, 5\"") "]");
  KomekPlace *words = peek (requests, 0)->place;
  KomekPlace *noise = peek (requests, 1)->place;

  g_assert_cmpfloat_with_epsilon (komek_place_get_latitude (words), 51.12, 1e-9);
  g_assert_cmpfloat_with_epsilon (komek_place_get_latitude (noise), 51.44, 1e-5);
  g_assert_false (komek_place_has_point (peek (requests, 2)->place));
  g_assert_cmpstr (komek_place_get_address (peek (requests, 2)->place), ==, "Абай, 5");
}

void
quirk_07 (Line *line)
{
  g_autoptr (GPtrArray) requests =
    get_requests_of (line, "[" REQUEST ("293944", "") "," REQUEST ("\"14-01100669\"", "") "]");
  g_autoptr (KomekRequest) found = NULL;
  g_autoptr (GPtrArray) definition = NULL;

  g_assert_cmpstr (peek (requests, 0)->number, ==, "293944");
  g_assert_cmpstr (peek (requests, 1)->number, ==, "14-01100669");
  fake_city_add (line->city, "Жол/№ 7?", "Шұңқыр", 1, 1, KOMEK_STATUS_NEW);
  found = line_request (line, "Жол/№ 7?", NULL);
  g_assert_nonnull (found);
  say_json (line, "GET services/жол шұңқыры.json", 200,
            "[{\"service_code\":\"x\",\"attributes\":[]}]");
  definition = line_definition (line, "жол шұңқыры", NULL);
  g_assert_nonnull (definition);
}

void
quirk_09 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[{\"service_request_id\":\"1\"},{\"service_request_id\":\"2\",\"description\":null,"
          "\"address\":\"\",\"updated_datetime\":\"\",\"status\":null}]");

  g_assert_cmpuint (requests->len, ==, 2);
}

void
quirk_10 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[" REQUEST ("\"\"", "") "," REQUEST ("null", "") "," REQUEST ("\"3\"", "") "]");

  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpstr (peek (requests, 0)->number, ==, "3");
}

void
quirk_11 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[{\"service_request_id\":\"1\",\"requested_datetime\":\"2013-01-01 17:15\"},"
          "{\"service_request_id\":\"2\",\"requested_datetime\":\"2011-09-1 17:35\"},"
          "{\"service_request_id\":\"3\",\"requested_datetime\":\"\"}]");
  g_autoptr (GPtrArray) again = NULL;

  g_assert_cmpint (peek (requests, 0)->requested, >, 1356900000);
  g_assert_cmpint (peek (requests, 1)->requested, >, 1314700000);
  again = line_requests (line, &(KomekPage) { .page = 1, .start = 1790000000 }, NULL);
  /* Some servers take no Z for an offset. */
  g_assert_cmpstr (line_get_last_question (line), ==,
                   "GET requests.json?start_date=2026-09-21T14%3A13%3A20%2B00%3A00");
}

void
quirk_23 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[{\"service_request_id\":\"1\",\"status\":\"CLOSED\"},"
          "{\"service_request_id\":\"2\",\"status\":\"In Progress\"},"
          "{\"service_request_id\":\"3\",\"status\":\"Wartet auf Teile\"}]");
  g_autoptr (GPtrArray) closed = NULL;

  g_assert_cmpint (peek (requests, 0)->status, ==, KOMEK_STATUS_CLOSED);
  g_assert_cmpint (peek (requests, 1)->status, ==, KOMEK_STATUS_IN_WORK);
  g_assert_cmpint (peek (requests, 2)->status, ==, KOMEK_STATUS_OTHER_OPEN);
  g_assert_cmpstr (peek (requests, 2)->status_name, ==, "Wartet auf Teile");
  closed = line_requests (line, &(KomekPage) { .page = 1, .status = "closed" }, NULL);
  g_assert_cmpstr (line_get_last_question (line), ==, "GET requests.json?status=closed");
}

void
quirk_24 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[" REQUEST ("\"1\"", ",\"media_url\":[\"http://a/1.jpg \",\"http://a/2.jpg\"]") ","
              REQUEST ("\"2\"", ",\"media_url\":{\"media_url\":\"http://a/1.jpg\"}") ","
              REQUEST ("\"3\"", ",\"media_url\":\"at the office\"") "]");

  g_assert_cmpuint (g_strv_length ((char **) peek (requests, 0)->media), ==, 2);
  g_assert_cmpstr (peek (requests, 0)->media[0], ==, "http://a/1.jpg");
  g_assert_cmpstr (peek (requests, 1)->media[0], ==, "http://a/1.jpg");
  g_assert_true (!peek (requests, 2)->media || !peek (requests, 2)->media[0]);
}

void
quirk_25 (Line *line)
{
  g_autoptr (GPtrArray) services = NULL;

  say_json (line, "GET services.json", 200,
            "[{\"service_code\":\"a\",\"service_name\":\"A\",\"group\":[\"Roads\"],"
            "\"keywords\":\"hole, road\"},"
            "{\"service_code\":\"b\",\"service_name\":\"B\",\"group\":\"Roads\","
            "\"keywords\":\"hole,road\"}]");
  services = line_services (line, NULL);
  g_assert_cmpuint (services->len, ==, 2);
  g_assert_cmpstr (komek_service_get_group (services->pdata[0]), ==,
                   komek_service_get_group (services->pdata[1]));
}

void
quirk_27 (Line *line)
{
  g_autoptr (GPtrArray) updates = NULL;

  say_json (line, "GET servicerequestupdates.json", 200,
            "[{\"update_id\":\"2\",\"service_request_id\":\"7\",\"status\":\"CLOSED\","
            "\"updated_datetime\":\"2026-11-22T10:00:00+05:00\",\"description\":\"b\"},"
            "{\"update_id\":\"1\",\"service_request_id\":\"8\",\"status\":\"OPEN\","
            "\"updated_datetime\":\"2020-01-01T10:00:00+05:00\",\"description\":\"of another\"},"
            "{\"update_id\":\"2\",\"service_request_id\":\"7\",\"status\":\"CLOSED\","
            "\"updated_datetime\":\"2026-11-22T10:00:00+05:00\",\"description\":\"b\"}]");
  updates = line_updates (line, "7", NULL);
  g_assert_nonnull (updates);
  g_assert_cmpuint (updates->len, >=, 1);
  for (guint i = 0; i < updates->len; i++)
    {
      g_assert_cmpstr (komek_update_get_number (updates->pdata[i]), ==, "7");
      g_assert_cmpstr (komek_update_get_id (updates->pdata[i]), ==, "2");
    }
}

void
quirk_30 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[" REQUEST ("\"1\"", ",\"description\":\"<b>5 < 6</b> & \\\"so\\\"\"") "]");

  g_assert_cmpstr (peek (requests, 0)->text, ==, "<b>5 < 6</b> & \"so\"");
}
