/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "quirk.h"

/* How a city answers what is asked, what is filed and what is wrong. */

static const KomekPage all = { .page = 1, .size = 100 };

void
quirk_12 (Line *line)
{
  g_autoptr (GError) error = NULL;
  const char *numbers[] = { "7", "8", NULL };
  const KomekPage page = { .page = 1, .numbers = numbers };

  fake_city_say (line->city, "GET requests.json", 500, "text/html", HTML, FAKE_CITY_ANSWERS);
  fake_city_say (line->city, "GET requests.xml", 500, "text/html", HTML, FAKE_CITY_ANSWERS);
  g_assert_null (line_requests (line, &page, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE);
  g_assert_cmpuint (fake_city_count (line->city, "GET requests"), ==, 2);
}

void
quirk_13 (Line *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (KomekFilingReply) reply = NULL;

  fake_city_say (line->city, "GET requests.json", 200, "text/html", HTML, FAKE_CITY_ANSWERS);
  g_assert_null (line_requests (line, &all, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
  fake_city_say (line->city, "GET requests.json", 0, NULL, NULL, FAKE_CITY_ANSWERS);
  komek_geo_report_set_jurisdiction (line->client, "almaty & co");
  requests = get_requests (line);
  g_assert_cmpstr (line_get_last_question (line), ==,
                   "GET requests.json?jurisdiction_id=almaty%20%26%20co");
  reply = line_file (line);
  g_assert_nonnull (strstr (line_get_last_body (line), "jurisdiction_id=almaty%20%26%20co"));
}

void
quirk_14 (Line *line)
{
  static const struct
  {
    guint       status;
    const char *body;
    KomekError  error;
  } ways[] = {
    { 200, "[]", KOMEK_ERROR_REFUSED },
    { 404, "[{\"code\":404,\"description\":\"Нет такого.\"}]", KOMEK_ERROR_REFUSED },
    { 500, HTML, KOMEK_ERROR_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (GError) error = NULL;

      say_json (line, "GET requests/7.json", ways[i].status, ways[i].body);
      g_assert_null (line_request (line, "7", &error));
      g_assert_error (error, KOMEK_ERROR, (int) ways[i].error);
    }
}

void
quirk_15 (Line *line)
{
  g_autoptr (GPtrArray) requests = NULL;

  line->city->strict = TRUE;
  line->city->abilities = KOMEK_ABILITY_HISTORY;
  fake_city_add_many (line->city, 3, 1000);
  g_assert_cmpint (line_probe (line, ~0), ==, KOMEK_ABILITY_HISTORY);
  requests = line_requests (line, &(KomekPage) { .page = 1, .size = 2, .updated_after = 5,
                                                 .text = "x" }, NULL);
  g_assert_cmpuint (requests->len, ==, 3);
  g_assert_cmpstr (line_get_last_question (line), ==, "GET requests.json");
}

void
quirk_16 (Line *line)
{
  line->city->abilities = KOMEK_ABILITY_CHANGES | KOMEK_ABILITY_PAGES;
  line->city->confused = TRUE;
  fake_city_add_many (line->city, 3, 1000);
  g_assert_cmpint (line_probe (line, KOMEK_ABILITY_CHANGES | KOMEK_ABILITY_PAGES), ==,
                   KOMEK_ABILITY_PAGES);
}

void
quirk_17 (Line *line)
{
  static const char *const forms[] = {
    "{\"code\":\"403\",\"description\":\"Мәтін жоқ.\"}",
    "{\"type\":\"error\",\"code\":\"middleware_15\",\"message\":\"Мәтін жоқ.\"}",
    "[{\"code\":400,\"description\":\"Мәтін жоқ.\"}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (KomekFilingReply) reply = NULL;

      say_json (line, "POST requests.json", 400, forms[i]);
      reply = line_file (line);
      g_assert_cmpint (reply->kind, ==, KOMEK_FILING_PARK);
      g_assert_error (reply->reason, KOMEK_ERROR, KOMEK_ERROR_REFUSED);
      g_assert_cmpstr (reply->reason->message, ==, "Мәтін жоқ.");
    }
}

static void
expect_reply (Line *line, const char *body, KomekFilingKind kind, const char *number,
              const char *token)
{
  g_autoptr (KomekFilingReply) reply = NULL;

  say_json (line, "POST requests.json", 200, body);
  reply = line_file (line);
  g_assert_cmpint (reply->kind, ==, kind);
  g_assert_cmpstr (reply->number, ==, number);
  g_assert_cmpstr (reply->token, ==, token);
  g_assert_cmpint (reply->perhaps_filed, ==, kind == KOMEK_FILING_RETRY);
}

void
quirk_20 (Line *line)
{
  g_autoptr (KomekFilingReply) early = NULL;
  g_autoptr (KomekFilingReply) late = NULL;
  g_autoptr (KomekFilingReply) token = NULL;

  expect_reply (line, "{\"service_request_id\":293944}", KOMEK_FILING_DONE, "293944", NULL);
  expect_reply (line, "", KOMEK_FILING_RETRY, NULL, NULL);
  expect_reply (line, "[{\"token\":\"T-9\"}]", KOMEK_FILING_TOKEN, NULL, "T-9");
  fake_city_say (line->city, "POST requests.json", 0, NULL, NULL, FAKE_CITY_ANSWERS);
  line->city->batch = TRUE;
  token = line_file (line);
  g_assert_cmpstr (token->token, ==, "T-F-1");
  line->city->slowness = 1000;
  early = line_token (line, token->token);
  g_assert_cmpint (early->kind, ==, KOMEK_FILING_TOKEN);
  g_assert_cmpstr (early->token, ==, "T-F-1");
  g_assert_cmpuint (fake_city_count (line->city, "GET tokens/"), >=, 3);
  line->city->slowness = 2;
  late = line_token (line, token->token);
  g_assert_cmpint (late->kind, ==, KOMEK_FILING_DONE);
  g_assert_cmpstr (late->number, ==, "F-1");
}

void
quirk_21 (Line *line)
{
  g_autoptr (KomekFilingReply) stranger = NULL;
  g_autoptr (KomekFilingReply) keyed = NULL;
  g_autoptr (KomekFilingReply) refused = NULL;
  g_autoptr (GPtrArray) requests = NULL;

  line->city->key = "s3cret";
  stranger = line_file (line);
  g_assert_cmpint (stranger->kind, ==, KOMEK_FILING_PAUSE);
  komek_geo_report_set_api_key (line->client, "s3cret");
  keyed = line_file (line);
  g_assert_cmpint (keyed->kind, ==, KOMEK_FILING_DONE);
  g_assert_nonnull (strstr (line_get_last_body (line), "api_key=s3cret"));
  g_assert_cmpstr (line_get_last_question (line), ==, "POST requests.json?api_key=s3cret");
  g_assert_cmpuint (line->city->requests->len, ==, 1);
  requests = get_requests (line);
  g_assert_cmpstr (line_get_last_question (line), ==, "GET requests.json?api_key=s3cret");
  say_json (line, "POST requests.json", 400,
            "[{\"code\":400,\"description\":\"At least 10 characters, please.\"}]");
  refused = line_file (line);
  g_assert_cmpint (refused->kind, ==, KOMEK_FILING_PARK);
  g_assert_cmpstr (refused->reason->message, ==, "At least 10 characters, please.");
}

void
quirk_22 (Line *line)
{
  g_autoptr (KomekFilingReply) reply = line_file (line);

  g_assert_nonnull (strstr (line_get_last_body (line), "lat=51.1281743"));
  g_assert_nonnull (strstr (line_get_last_body (line), "long=71.4304619"));
  g_assert_null (strstr (line_get_last_body (line), "lng="));
  g_assert_null (strstr (line_get_last_body (line), "lon="));
}

/* A test first, a name that only the server knows, a query behind it and another specification. */
void
quirk_28 (Line *line)
{
  g_autoptr (KomekFilingReply) reply = NULL;

  say_json (line, "GET discovery.json", 200,
            "{\"changeset\":\"1\",\"endpoints\":["
            "{\"specification\":\"http://wiki.open311.org/GeoReport_v2\","
            "\"url\":\"http://backend.local:8081/test/\",\"type\":\"test\","
            "\"formats\":[\"application/json\"]},"
            "{\"specification\":\"http://wiki.open311.org/Inquiry_v1\","
            "\"url\":\"http://backend.local:8081/inquiry/\",\"type\":\"production\","
            "\"formats\":[\"application/json\"]},"
            "{\"specification\":\"http://wiki.open311.org/GeoReport_v2\","
            "\"url\":\"http://backend.local:8081/open311/v2/real?jurisdiction=x \","
            "\"type\":\"production\",\"formats\":[\"text/xml\",\"application/json\"]}]}");
  say_json (line, "POST real/requests.json", 201, "[{\"service_request_id\":\"1\"}]");
  g_free (line->city->url);
  line->city->url = g_strdup_printf ("http://127.0.0.1:%u/open311/v2/discovery.json",
                                     line->city->port);
  line_renew (line, line->city->url);
  line_meet (line);
  reply = line_file (line);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_DONE);
}

/* The way to https, and what happens behind it, is in the test of TLS. */
void
quirk_29 (Line *line)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (KomekFilingReply) reply = NULL;
      guint asked = line->city->log->len;

      say_json (line, "POST requests.json", statuses[i], "discovery.json");
      reply = line_file (line);
      g_assert_cmpint (reply->kind, ==, KOMEK_FILING_RETRY);
      g_assert_cmpuint (line->city->log->len, ==, asked + 1);
    }
}
