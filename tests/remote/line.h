/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "await.h"
#include "fake-city.h"
#include "komek-error.h"
#include "komek-filing.h"
#include "komek-geo-report.h"
#include "komek-update.h"

/* A client and the city that it talks to, and each call from top to bottom. All of it inline, for
 * each test is a program of its own. */

#define KEY "3f1c9a52-7d0e-4c55-9a38-0c5d1f6b2e71"
#define HTML "<!DOCTYPE html><html><body>Welcome to the free network!</body></html>"

typedef struct
{
  FakeCity       *city;
  KomekGeoReport *client;
} Line;

static const KomekExchangeLimits quick = { .total = 5000, .token_first = 10, .token_total = 200 };

static inline void
line_set_up_as (Line *line, const char *id)
{
  line->city = fake_city_new (id, "1");
  line->city->plain = id == NULL;
  line->client = komek_geo_report_new_full (line->city->url, NULL, &quick);
}

/* A city that knows nothing but the standard. */
static inline void
line_set_up (Line *line, gconstpointer unused)
{
  line_set_up_as (line, NULL);
}

static inline void
line_tear_down (Line *line, gconstpointer unused)
{
  g_assert_finalize_object (line->client);
  fake_city_free (line->city);
}

/* As if the program was started anew. */
static inline void
line_renew (Line *line, const char *url)
{
  g_assert_finalize_object (line->client);
  line->client = komek_geo_report_new_full (url, NULL, &quick);
}

static inline KomekCity *
line_discover (Line *line, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_geo_report_discover_async (line->client, NULL, on_awaited, &result);
  return komek_geo_report_discover_finish (line->client, await (&result), error);
}

static inline void
line_meet (Line *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekCity) card = line_discover (line, &error);

  g_assert_no_error (error);
}

static inline GPtrArray *
line_services (Line *line, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_geo_report_services_async (line->client, NULL, on_awaited, &result);
  return komek_geo_report_services_finish (line->client, await (&result), error);
}

static inline GPtrArray *
line_definition (Line *line, const char *service, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_geo_report_definition_async (line->client, service, NULL, on_awaited, &result);
  return komek_geo_report_definition_finish (line->client, await (&result), error);
}

static inline GPtrArray *
line_requests (Line *line, const KomekPage *page, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_geo_report_requests_async (line->client, page, NULL, on_awaited, &result);
  return komek_geo_report_requests_finish (line->client, await (&result), error);
}

static inline KomekRequest *
line_request (Line *line, const char *number, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_geo_report_request_async (line->client, number, NULL, on_awaited, &result);
  return komek_geo_report_request_finish (line->client, await (&result), error);
}

static inline GPtrArray *
line_updates (Line *line, const char *number, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_geo_report_updates_async (line->client, number, KOMEK_LANGUAGE_KAZAKH, NULL, on_awaited,
                                  &result);
  return komek_geo_report_updates_finish (line->client, await (&result), error);
}

static inline KomekFiling *
make_filing (const char *text)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.1281743, 71.4304619, "Абай даңғылы, 5", NULL);

  return komek_filing_new (&(KomekFilingFields) {
    .key = KEY, .local = "0260000018", .device = "kiosk-7", .service = "ROA.pothole",
    .text = text, .place = place, .language = KOMEK_LANGUAGE_KAZAKH, .time = 1790000000 });
}

static inline KomekFilingReply *
line_file_this (Line *line, const KomekFiling *filing)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekFilingReply *reply;

  komek_geo_report_file_async (line->client, filing, NULL, on_awaited, &result);
  reply = komek_geo_report_file_finish (line->client, await (&result), &error);
  g_assert_no_error (error);
  return reply;
}

static inline KomekFilingReply *
line_file (Line *line)
{
  g_autoptr (KomekFiling) filing = make_filing ("Аулада шұңқыр бар & қауіпті");

  return line_file_this (line, filing);
}

static inline KomekFilingReply *
line_token (Line *line, const char *token)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekFilingReply *reply;

  komek_geo_report_token_async (line->client, token, NULL, on_awaited, &result);
  reply = komek_geo_report_token_finish (line->client, await (&result), &error);
  g_assert_no_error (error);
  return reply;
}

static inline KomekAbility
line_probe (Line *line, KomekAbility wanted)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekAbility abilities;

  komek_geo_report_probe_async (line->client, wanted, NULL, on_awaited, &result);
  komek_geo_report_probe_finish (line->client, await (&result), &abilities, &error);
  g_assert_no_error (error);
  return abilities;
}

static inline const char *
line_get_last_body (Line *line)
{
  return line->city->bodies->pdata[line->city->bodies->len - 1];
}

static inline const char *
line_get_last_question (Line *line)
{
  return line->city->log->pdata[line->city->log->len - 1];
}

static inline void
say_json (Line *line, const char *question, guint status, const char *body)
{
  fake_city_say (line->city, question, status, "application/json", body, FAKE_CITY_ANSWERS);
}

static inline void
say_xml (Line *line, const char *question, guint status, const char *body)
{
  fake_city_say (line->city, question, status, "text/xml", body, FAKE_CITY_ANSWERS);
}
