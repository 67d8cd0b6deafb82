/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "fake-city.h"
#include "komek-error.h"
#include "komek-filing.h"
#include "komek-geo-report.h"
#include "komek-update.h"

#define HTML "<!DOCTYPE html><html><body>Welcome to the free network!</body></html>"
#define WORDS "[{\"code\":404,\"description\":\"Мұндай өтініш жоқ.\"}]"
#define REQUEST \
  "[{\"service_request_id\":\"7\",\"status\":\"open\",\"service_code\":\"006\"," \
  "\"requested_datetime\":\"2026-11-21T14:05:00+05:00\"}]"

static const KomekExchangeLimits limits = { .most_bytes = 100000 };
static const KomekExchangeLimits hurry = { .total = 100 };

typedef struct
{
  FakeCity       *city;
  KomekGeoReport *client;
} Line;

static void
discover (Line *line)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekCity) card = NULL;

  komek_geo_report_discover_async (line->client, NULL, on_awaited, &result);
  card = komek_geo_report_discover_finish (line->client, await (&result), &error);
  g_assert_no_error (error);
}

static void
set_up (Line *line, gconstpointer plain)
{
  line->city = fake_city_new (GPOINTER_TO_INT (plain) ? NULL : "city-1", "1");
  line->city->plain = GPOINTER_TO_INT (plain);
  line->client = komek_geo_report_new_full (line->city->url, NULL, &limits);
  discover (line);
}

static void
tear_down (Line *line, gconstpointer unused)
{
  g_assert_finalize_object (line->client);
  fake_city_free (line->city);
}

/* From now on no whole answer is waited for longer than a moment, so nothing but silence is asked
 * of the city. */
static void
lose_patience (Line *line)
{
  g_assert_finalize_object (line->client);
  line->client = komek_geo_report_new_full (line->city->url, NULL, &hurry);
}

static KomekRequest *
fetch (Line *line, const char *number, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_geo_report_request_async (line->client, number, NULL, on_awaited, &result);
  return komek_geo_report_request_finish (line->client, await (&result), error);
}

static GPtrArray *
fetch_page (Line *line, KomekPage page)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *requests;

  komek_geo_report_requests_async (line->client, &page, NULL, on_awaited, &result);
  requests = komek_geo_report_requests_finish (line->client, await (&result), &error);
  g_assert_no_error (error);
  return requests;
}

static KomekFiling *
make_filing (void)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.1281743, 71.4304619, "Абай даңғылы, 5", NULL);

  return komek_filing_new (&(KomekFilingFields) {
    .key = "3f1c9a52-7d0e-4c55-9a38-0c5d1f6b2e71", .service = "ROA.pothole", .place = place,
    .text = "Аулада шұңқыр бар & қауіпті" });
}

/* The number, or why there is none. */
static char *
post (Line *line, const KomekFiling *filing, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekFilingReply) reply = NULL;

  komek_geo_report_file_async (line->client, filing, NULL, on_awaited, &result);
  reply = komek_geo_report_file_finish (line->client, await (&result), error);
  if (reply && !reply->number)
    {
      reply->reason = reply->reason ? reply->reason
                                    : g_error_new_literal (KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                                                           "A token");
      g_propagate_error (error, g_steal_pointer (&reply->reason));
    }
  return reply ? g_steal_pointer (&reply->number) : NULL;
}

static void
test_asks_for_what_it_may (Line *line, gconstpointer plain)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (KomekRequest) request = NULL;

  fake_city_add_many (line->city, 3, 1000);
  requests = fetch_page (line, (KomekPage) { .updated_after = 1060, .page = 1, .size = 2 });
  request = fetch (line, "2", NULL);

  g_assert_cmpint (komek_geo_report_is_extended (line->client), ==, !GPOINTER_TO_INT (plain));
  if (GPOINTER_TO_INT (plain))
    {
      g_assert_cmpstr (line->city->log->pdata[1], ==, "GET requests.json");
      g_assert_cmpstr (line->city->log->pdata[2], ==, "GET requests/2.json");
      g_assert_cmpuint (requests->len, ==, 3);
      return;
    }
  g_assert_cmpstr (line->city->log->pdata[1], ==,
                   "GET requests.json?extensions=true&page=1&page_size=2"
                   "&updated_after=1970-01-01T05%3A17%3A40%2B05%3A00");
  g_assert_cmpstr (line->city->log->pdata[2], ==, "GET requests/2.json?extensions=true");
  g_assert_cmpuint (requests->len, ==, 2);
  g_assert_cmpstr (komek_request_get_number (requests->pdata[0]), ==, "2");
}

static void
test_a_plain_city_has_its_address_for_a_name (Line *line, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekCity) card = NULL;

  komek_geo_report_discover_async (line->client, NULL, on_awaited, &result);
  card = komek_geo_report_discover_finish (line->client, await (&result), NULL);
  g_assert_cmpstr (komek_city_peek (card)->id, ==, line->city->url);
  g_assert_cmpstr (komek_label_get (komek_city_peek (card)->name, KOMEK_LANGUAGE_KAZAKH), ==,
                   "127.0.0.1");
}

static void
test_reads_services_and_histories (Line *line, gconstpointer unused)
{
  g_autoptr (GAsyncResult) services_result = NULL;
  g_autoptr (GAsyncResult) updates_result = NULL;
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (GPtrArray) updates = NULL;

  fake_city_add_update (line->city, "7", "Тіркелді", 100, KOMEK_STATUS_NEW);
  fake_city_add_update (line->city, "7", "Жолға шықты", 200, KOMEK_STATUS_IN_WORK);
  komek_geo_report_services_async (line->client, NULL, on_awaited, &services_result);
  services = komek_geo_report_services_finish (line->client, await (&services_result), NULL);
  komek_geo_report_updates_async (line->client, "7", KOMEK_LANGUAGE_KAZAKH, NULL, on_awaited,
                                  &updates_result);
  updates = komek_geo_report_updates_finish (line->client, await (&updates_result), NULL);

  g_assert_cmpuint (services->len, ==, 1);
  g_assert_cmpstr (komek_service_get_code (services->pdata[0]), ==, "ROA.pothole");
  g_assert_cmpuint (updates->len, ==, 2);
  g_assert_cmpint (komek_update_get_status (updates->pdata[1]), ==, KOMEK_STATUS_IN_WORK);
  g_assert_cmpstr (komek_update_get_text (updates->pdata[1]), ==, "Жолға шықты");
}

static void
test_numbers_may_hold_anything (Line *line, gconstpointer unused)
{
  g_autoptr (KomekRequest) request = NULL;

  fake_city_add (line->city, "ӨТ 2026?№7", "Шұңқыр", 1, 1, KOMEK_STATUS_NEW);
  request = fetch (line, "ӨТ 2026?№7", NULL);
  g_assert_cmpstr (komek_request_peek (request)->text, ==, "Шұңқыр");
}

/* What may come instead of a request, and what it means to whoever asked. */
static const struct
{
  const char *name;
  guint       status;
  const char *type;
  const char *body;
  FakeManner  manner;
  KomekError  error;
  const char *words;
} answers[] = {
  { "web-page", 200, "text/html", HTML, FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREADABLE, NULL },
  { "web-page-that-says-it-is-json", 200, "application/json", HTML, FAKE_CITY_ANSWERS,
    KOMEK_ERROR_UNREADABLE, NULL },
  { "nothing", 200, "application/json", "", FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREADABLE, NULL },
  { "no-content", 204, "application/json", "", FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREADABLE, NULL },
  { "error-page", 500, "text/html", HTML, FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREACHABLE, NULL },
  { "busy", 503, "application/json", WORDS, FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREACHABLE, NULL },
  { "too-many-questions", 429, "text/plain", "slow down", FAKE_CITY_ANSWERS,
    KOMEK_ERROR_UNREACHABLE, NULL },
  { "refusal", 404, "application/json", WORDS, FAKE_CITY_ANSWERS, KOMEK_ERROR_REFUSED,
    "Мұндай өтініш жоқ." },
  { "refusal-without-words", 403, "text/html", HTML, FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREADABLE,
    NULL },
  { "empty-list", 200, "application/json", "[]", FAKE_CITY_ANSWERS, KOMEK_ERROR_REFUSED, NULL },
  { "cut-off", 200, "application/json", REQUEST, FAKE_CITY_CUTS, KOMEK_ERROR_UNREACHABLE, NULL },
  { "never-ending", 200, "application/json", REQUEST, FAKE_CITY_DAWDLES, KOMEK_ERROR_UNREACHABLE,
    NULL },
};

static void
test_says_what_went_wrong (Line *line, gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GError) error = NULL;

  fake_city_say (line->city, "GET requests/7.json", answers[i].status, answers[i].type,
                 answers[i].body, answers[i].manner);
  if (answers[i].manner == FAKE_CITY_DAWDLES)
    lose_patience (line);
  g_assert_null (fetch (line, "7", &error));
  g_assert_error (error, KOMEK_ERROR, (int) answers[i].error);
  if (answers[i].words)
    g_assert_cmpstr (error->message, ==, answers[i].words);
}

static void
set_up_extended (Line *line, gconstpointer unused)
{
  set_up (line, NULL);
}

static void
test_goes_on_after_trouble (Line *line, gconstpointer unused)
{
  g_autoptr (KomekRequest) request = NULL;

  fake_city_say (line->city, "GET requests/7.json", 200, "application/json", REQUEST,
                 FAKE_CITY_CUTS);
  g_assert_null (fetch (line, "7", NULL));
  fake_city_say (line->city, "GET requests/7.json", 200, "application/json", REQUEST,
                 FAKE_CITY_ANSWERS);
  request = fetch (line, "7", NULL);
  g_assert_cmpstr (komek_request_get_service (request), ==, "006");
}

/* Though it begins with what was asked for. */
static void
test_takes_no_more_than_it_may (Line *line, gconstpointer unused)
{
  g_autofree char *blank = g_strnfill (limits.most_bytes, ' ');
  g_autofree char *flood = g_strconcat (REQUEST, blank, NULL);
  g_autoptr (GError) error = NULL;

  fake_city_say (line->city, "GET requests/7.json", 200, "application/json", flood,
                 FAKE_CITY_ANSWERS);
  g_assert_null (fetch (line, "7", &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_nobody_there_is_unreachable (Line *line, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fake_city_close (line->city);
  g_assert_null (fetch (line, "7", &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE);
}

static void
test_a_cancelled_call_says_so (Line *line, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fake_city_say (line->city, "GET requests/7.json", 200, "application/json", REQUEST,
                 FAKE_CITY_DAWDLES);
  komek_geo_report_request_async (line->client, "7", cancellable, on_awaited, &result);
  let_pass (50);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  g_assert_null (komek_geo_report_request_finish (line->client, await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_no_city (Line *line, const char *url)
{
  KomekGeoReport *client = komek_geo_report_new (url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_geo_report_discover_async (client, NULL, on_awaited, &result);
  g_assert_null (komek_geo_report_discover_finish (client, await (&result), &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
  g_clear_object (&result);
  g_assert_finalize_object (client);
}

static void
test_what_is_no_city_is_unreadable (Line *line, gconstpointer unused)
{
  g_autofree char *elsewhere = g_strdup_printf ("http://127.0.0.1:%u/", line->city->port);

  assert_no_city (line, elsewhere);
  assert_no_city (line, "http://[");
  fake_city_say (line->city, "GET discovery.json", 200, "text/html", HTML, FAKE_CITY_ANSWERS);
  assert_no_city (line, line->city->url);
  fake_city_say (line->city, "GET discovery.json", 200, "application/json", "{\"a\":1}",
                 FAKE_CITY_ANSWERS);
  assert_no_city (line, line->city->url);
}

static void
test_files_once (Line *line, gconstpointer unused)
{
  g_autoptr (KomekFiling) filing = make_filing ();
  g_autoptr (GError) error = NULL;
  g_autofree char *number = post (line, filing, &error);
  g_autofree char *again = NULL;
  KomekRequest *filed;
  KomekPlace *place;

  g_assert_no_error (error);
  g_assert_cmpstr (number, ==, "F-1");
  filed = line->city->requests->pdata[0];
  g_assert_cmpstr (komek_request_peek (filed)->text, ==, "Аулада шұңқыр бар & қауіпті");
  g_assert_cmpstr (komek_request_get_service (filed), ==, "ROA.pothole");
  place = komek_request_get_place (filed);
  g_assert_cmpstr (komek_place_get_address (place), ==, "Абай даңғылы, 5");
  g_assert_cmpfloat_with_epsilon (komek_place_get_longitude (place), 71.4304619, 1e-6);
  again = post (line, filing, NULL);
  g_assert_cmpstr (again, ==, "F-1");
  g_assert_cmpuint (line->city->requests->len, ==, 1);
}

/* What may come instead of a number: none of it may be taken for one. */
static const struct
{
  const char *name;
  guint       status;
  const char *body;
  FakeManner  manner;
  KomekError  error;
} filings[] = {
  { "captive-portal", 200, HTML, FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREADABLE },
  { "empty-list", 200, "[]", FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREADABLE },
  { "empty-number", 201, "[{\"service_request_id\":\"\"}]", FAKE_CITY_ANSWERS,
    KOMEK_ERROR_UNREADABLE },
  { "token", 200, "[{\"token\":\"abc\"}]", FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREADABLE },
  { "number-of-somebody-else", 201,
    "[{\"service_request_id\":\"8\",\"client_request_id\":\"not-ours\"}]", FAKE_CITY_ANSWERS,
    KOMEK_ERROR_UNREADABLE },
  { "accepted-for-later", 202, "[{\"service_request_id\":\"8\"}]", FAKE_CITY_ANSWERS,
    KOMEK_ERROR_UNREADABLE },
  { "redirect", 302, "discovery.json", FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREADABLE },
  { "redirect-that-keeps-the-method", 307, "requests.json", FAKE_CITY_ANSWERS,
    KOMEK_ERROR_UNREADABLE },
  { "refusal", 400, "[{\"code\":400,\"description\":\"Мәтін жоқ.\"}]", FAKE_CITY_ANSWERS,
    KOMEK_ERROR_REFUSED },
  { "trouble", 500, HTML, FAKE_CITY_ANSWERS, KOMEK_ERROR_UNREACHABLE },
  { "cut-off", 201, "[{\"service_request_id\":\"8\"}]", FAKE_CITY_CUTS, KOMEK_ERROR_UNREACHABLE },
  { "never-ending", 201, "[{\"service_request_id\":\"8\"}]", FAKE_CITY_DAWDLES,
    KOMEK_ERROR_UNREACHABLE },
};

static void
test_only_a_number_counts_as_filed (Line *line, gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (KomekFiling) filing = make_filing ();
  g_autoptr (GError) error = NULL;
  guint asked = line->city->log->len;

  fake_city_say (line->city, "POST requests.json", filings[i].status, "application/json",
                 filings[i].body, filings[i].manner);
  if (filings[i].manner == FAKE_CITY_DAWDLES)
    lose_patience (line);
  g_assert_null (post (line, filing, &error));
  g_assert_error (error, KOMEK_ERROR, (int) filings[i].error);
  g_assert_cmpuint (line->city->log->len, ==, asked + 1);
}

/* The connection that stood open since the last call is dead; the filing goes over a new one. */
static void
test_files_with_a_city_that_was_restarted (Line *line, gconstpointer unused)
{
  g_autoptr (KomekFiling) filing = make_filing ();
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;

  fake_city_close (line->city);
  fake_city_open (line->city);
  number = post (line, filing, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (number, ==, "F-1");
}

#define ADD(path, function) \
  g_test_add ("/geo-report/" path, Line, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/geo-report/asks-for-what-it-may/extended", Line, GINT_TO_POINTER (FALSE), set_up,
              test_asks_for_what_it_may, tear_down);
  g_test_add ("/geo-report/asks-for-what-it-may/plain", Line, GINT_TO_POINTER (TRUE), set_up,
              test_asks_for_what_it_may, tear_down);
  g_test_add ("/geo-report/a-plain-city-has-its-address-for-a-name", Line, GINT_TO_POINTER (TRUE),
              set_up, test_a_plain_city_has_its_address_for_a_name, tear_down);
  ADD ("reads-services-and-histories", test_reads_services_and_histories);
  ADD ("numbers-may-hold-anything", test_numbers_may_hold_anything);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/geo-report/says-what-went-wrong/%s", answers[i].name);

      g_test_add (path, Line, GSIZE_TO_POINTER (i), set_up_extended, test_says_what_went_wrong,
                  tear_down);
    }
  ADD ("goes-on-after-trouble", test_goes_on_after_trouble);
  ADD ("takes-no-more-than-it-may", test_takes_no_more_than_it_may);
  ADD ("nobody-there-is-unreachable", test_nobody_there_is_unreachable);
  ADD ("a-cancelled-call-says-so", test_a_cancelled_call_says_so);
  ADD ("what-is-no-city-is-unreadable", test_what_is_no_city_is_unreadable);
  ADD ("files-once", test_files_once);
  for (gsize i = 0; i < G_N_ELEMENTS (filings); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/geo-report/only-a-number-counts-as-filed/%s", filings[i].name);

      g_test_add (path, Line, GSIZE_TO_POINTER (i), set_up_extended,
                  test_only_a_number_counts_as_filed, tear_down);
    }
  ADD ("files-with-a-city-that-was-restarted", test_files_with_a_city_that_was_restarted);
  return g_test_run ();
}
