/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness.h"
#include "komek-number.h"
#include "komek-wire-city.h"
#include "komek-wire-definition.h"
#include "komek-wire-error.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-update.h"

/* What the interface tells: every route and every argument of GET requests. */

#define SAMPLE 300

static Harness *city;

static void
test_the_card_has_names_and_bounds (void)
{
  guint status;
  g_autoptr (GBytes) body = harness_send (city, "GET", "discovery.json", NULL, NULL, &status);
  g_autoptr (KomekCity) card = komek_wire_read_city (body, NULL);
  g_autoptr (GPtrArray) endpoints = komek_wire_read_endpoints (body, NULL);
  const KomekWireEndpoint *endpoint = endpoints->pdata[0];
  g_autofree char *expected = harness_dup_url (city, "");

  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (endpoint->url, ==, expected);
  g_assert_true (komek_city_peek (card)->sample);
  g_assert_true (g_uuid_string_is_valid (komek_city_peek (card)->id));
  g_assert_true (komek_bounds_contains (komek_city_peek (card)->bounds, 51.1282, 71.4304));
  g_assert_cmpstr (komek_city_name (card, KOMEK_CITY_STATUSES, "new", KOMEK_LANGUAGE_ENGLISH, NULL),
                   ==, "Registered");
  g_assert_cmpstr (
      komek_city_name (card, KOMEK_CITY_DISTRICTS, "esil", KOMEK_LANGUAGE_KAZAKH, NULL), ==,
      "Есіл");
  g_assert_nonnull (komek_city_look_up (card, KOMEK_CITY_AGENCIES, "109"));
}

static void
test_services_have_three_names (void)
{
  guint status;
  g_autoptr (GBytes) body =
    harness_send (city, "GET", "services.json?extensions=true", NULL, NULL, &status);
  g_autoptr (GPtrArray) services = komek_wire_read_services (body, NULL);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (services->len, ==, 145);
  for (guint i = 0; i < services->len; i++)
    {
      KomekLabel *name = komek_service_get_name (services->pdata[i]);

      g_hash_table_add (groups, (char *) komek_service_get_group (services->pdata[i]));
      for (guint j = 0; j < KOMEK_N_LANGUAGES; j++)
        g_assert_nonnull (komek_label_get_exact (name, j));
      g_assert_cmpuint (komek_service_get_days (services->pdata[i]), >, 0);
    }
  g_assert_cmpuint (g_hash_table_size (groups), ==, 24);
}

static void
test_a_definition_asks_further (void)
{
  guint status;
  g_autoptr (GBytes) body =
    harness_send (city, "GET", "services/HOU.lift_off.json?locale=en", NULL, NULL, &status);
  g_autoptr (GPtrArray) attributes = komek_wire_read_definition (body, NULL);

  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (komek_attribute_get_code (attributes->pdata[0]), ==, "entrance");
  g_assert_cmpuint (komek_attribute_get_n_values (attributes->pdata[1]), ==, 3);
}

static void
test_a_definition_may_ask_nothing (void)
{
  guint status;
  g_autoptr (GBytes) body =
    harness_send (city, "GET", "services/ROA.pothole.json", NULL, NULL, &status);
  g_autoptr (GPtrArray) attributes = komek_wire_read_definition (body, NULL);

  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpuint (attributes->len, ==, 0);
}

static const struct
{
  const char *name;
  const char *method;
  const char *path;
  guint       status;
} refusals[] = {
  { "unknown-service", "GET", "services/NO.such.json", 404 },
  { "unknown-number", "GET", "requests/010100-000-001.json", 404 },
  { "foreign-number", "GET", "requests/SR-17.json", 404 },
  { "unknown-route", "GET", "tokens/1.json", 404 },
  { "empty-code", "GET", "services/.json", 404 },
  { "no-format", "GET", "services", 404 },
  { "unknown-format", "GET", "services.csv", 404 },
  { "bad-status", "GET", "requests.json?status=pondered", 400 },
  { "bad-start-date", "GET", "requests.json?start_date=yesterday", 400 },
  { "bad-end-date", "GET", "requests.json?end_date=2026-13-01", 400 },
  { "bad-updated-after", "GET", "requests.json?updated_after=x", 400 },
  { "bbox-of-three", "GET", "requests.json?bbox=51,71,52", 400 },
  { "bbox-of-words", "GET", "requests.json?bbox=a,b,c,d", 400 },
  { "bbox-crossed", "GET", "requests.json?bbox=52,71,51,72", 400 },
  { "bbox-of-nan", "GET", "requests.json?bbox=nan,nan,nan,nan", 400 },
  { "negative-page", "GET", "requests.json?page=-1", 400 },
  { "page-of-words", "GET", "requests.json?page=two", 400 },
  { "page-size-of-words", "GET", "requests.json?page_size=1e3", 400 },
  { "delete", "DELETE", "requests.json", 405 },
  { "post-to-a-list", "POST", "services.json", 405 },
  { "put", "PUT", "requests/1.json", 405 },
};

static void
test_refuses (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autofree char *path = g_strdup_printf ("%s%slocale=en", refusals[i].path,
                                           strchr (refusals[i].path, '?') ? "&" : "?");
  g_autoptr (GError) error = NULL;
  guint status;
  g_autoptr (GBytes) body = harness_send (city, refusals[i].method, path, NULL, NULL, &status);
  g_autofree char *words = NULL;

  g_assert_cmpuint (status, ==, refusals[i].status);
  if (status == 405)
    g_assert_nonnull (strstr (harness_get_header (city, "Allow"), "GET"));
  words = komek_wire_read_errors (body, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_is_ascii (words));
}

static void
test_errors_speak_the_callers_language (void)
{
  static const struct
  {
    const char *argument, *accept;
    const char *begins;
  } rows[] = {
    { "&locale=kk", NULL, "Мұндай мәртебе" }, { "&locale=ru", "kk", "Такого статуса" },
    { "&locale=en_GB", NULL, "There is no" }, { "", "ru-RU,ru;q=0.9", "Такого статуса" },
    { "", "de, en;q=0.8, kk;q=0.2", "There is no" }, { "", "de", "Мұндай мәртебе" },
    { "&locale=xx", "en", "There is no" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("requests.json?status=x", rows[i].argument, NULL);
      guint status;
      g_autoptr (GBytes) body = harness_send (city, "GET", path, NULL, rows[i].accept, &status);
      g_autofree char *words = komek_wire_read_errors (body, NULL);

      g_assert_true (g_str_has_prefix (words, rows[i].begins));
    }
}

static void
test_names_speak_the_callers_language (void)
{
  g_autoptr (GPtrArray) ru = harness_get_requests (city, "page_size=1&extensions=true&locale=ru");
  g_autoptr (GPtrArray) en = harness_get_requests (city, "page_size=1&extensions=true&locale=en");
  const KomekRequestFields *a = komek_request_peek (ru->pdata[0]);
  const KomekRequestFields *b = komek_request_peek (en->pdata[0]);

  g_assert_cmpstr (a->number, ==, b->number);
  g_assert_cmpstr (a->service_name, !=, b->service_name);
  g_assert_cmpstr (a->agency_name, !=, b->agency_name);
  g_assert_cmpstr (a->status_name, !=, b->status_name);
  g_assert_cmpstr (a->text, ==, b->text);
}

static gboolean
comes_after (KomekRequest *a, KomekRequest *b)
{
  return komek_request_peek (a)->requested >= komek_request_peek (b)->requested;
}

static void
test_pages_lose_and_double_nothing (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KomekRequest) last = NULL;

  for (guint page = 1;; page++)
    {
      g_autofree char *query = g_strdup_printf ("page=%u&page_size=37", page);
      g_autoptr (GPtrArray) requests = harness_get_requests (city, query);

      if (requests->len == 0)
        break;
      for (guint i = 0; i < requests->len; i++)
        {
          g_assert_true (!last || comes_after (last, requests->pdata[i]));
          g_set_object (&last, requests->pdata[i]);
          g_assert_true (g_hash_table_add (seen, g_strdup (komek_request_get_number (last))));
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, SAMPLE);
}

static void
test_page_sizes_have_a_limit (void)
{
  g_autoptr (GPtrArray) all = harness_get_requests (city, "page=1&page_size=999999");
  g_autoptr (GPtrArray) none = harness_get_requests (city, "page=1&page_size=0");
  g_autoptr (GPtrArray) zero = harness_get_requests (city, "page=0&page_size=1");
  g_autoptr (GPtrArray) beyond = harness_get_requests (city, "page=2147483647&page_size=1000");

  g_assert_cmpuint (all->len, ==, SAMPLE);
  g_assert_cmpuint (none->len, ==, 1);
  g_assert_cmpuint (zero->len, ==, 1);
  g_assert_cmpuint (beyond->len, ==, 0);
}

static void
test_without_a_page_the_last_90_days_are_told (void)
{
  g_autoptr (GPtrArray) requests = harness_get_requests (city, "");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpuint (requests->len, >, 20);
  g_assert_cmpuint (requests->len, <, SAMPLE);
  for (guint i = 0; i < requests->len; i++)
    g_assert_cmpint (komek_request_peek (requests->pdata[i])->requested, >=, now - 91 * 86400);
}

static void
test_changes_come_oldest_first (void)
{
  g_autoptr (GPtrArray) all =
    harness_get_requests (city, "updated_after=2000-01-01&page_size=1000");
  g_autofree char *since = NULL;
  g_autofree char *query = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  gint64 middle;

  g_assert_cmpuint (all->len, ==, SAMPLE);
  for (guint i = 1; i < all->len; i++)
    g_assert_cmpint (komek_request_peek (all->pdata[i - 1])->updated, <=,
                     komek_request_peek (all->pdata[i])->updated);

  middle = komek_request_peek (all->pdata[200])->updated;
  time = g_date_time_new_from_unix_utc (middle);
  since = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  query = g_strdup_printf ("updated_after=%s&page_size=1000", since);
  rest = harness_get_requests (city, query);
  g_assert_cmpint (komek_request_peek (rest->pdata[0])->updated, ==, middle);
  g_assert_cmpuint (rest->len, >=, SAMPLE - 200);
  g_assert_cmpuint (rest->len, <, SAMPLE - 190);
}

static guint
count (const char *query)
{
  g_autofree char *paged = g_strconcat (query, "&page=1&page_size=1000", NULL);
  g_autoptr (GPtrArray) requests = harness_get_requests (city, paged);

  return requests->len;
}

static void
test_statuses_divide_the_requests (void)
{
  guint open = count ("status=open"), closed = count ("status=closed");

  g_assert_cmpuint (closed, >, open);
  g_assert_cmpuint (open + closed, ==, SAMPLE);
  g_assert_cmpuint (count ("status=open,closed"), ==, SAMPLE);
  g_assert_cmpuint (count ("status=OPEN"), ==, open);
  g_assert_cmpuint (count ("status="), ==, SAMPLE);
  g_assert_cmpuint (count ("status=answered,confirmed"), ==,
                    count ("status=answered") + count ("status=confirmed"));
}

static void
test_services_are_chosen (void)
{
  g_autoptr (GPtrArray) requests =
    harness_get_requests (city, "service_code=SNO.ice,BUS.interval&page=1&page_size=1000");
  guint ice = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      const char *service = komek_request_get_service (requests->pdata[i]);

      ice += strcmp (service, "SNO.ice") == 0;
      g_assert_true (strcmp (service, "SNO.ice") == 0 || strcmp (service, "BUS.interval") == 0);
    }
  g_assert_cmpuint (ice, >, 0);
  g_assert_cmpuint (ice, <, requests->len);
  g_assert_cmpuint (count ("service_code=NO.such"), ==, 0);
}

static void
test_dates_bound_the_registration (void)
{
  g_autoptr (GPtrArray) all = harness_get_requests (city, "page=1&page_size=1000");
  gint64 from = komek_request_peek (all->pdata[120])->requested;
  gint64 to = komek_request_peek (all->pdata[80])->requested;
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (from);
  g_autoptr (GDateTime) end = g_date_time_new_from_unix_utc (to);
  g_autofree char *first = g_date_time_format (start, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *last = g_date_time_format (end, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *query = g_strdup_printf ("start_date=%s&end_date=%s", first, last);

  g_assert_cmpuint (count (query), ==, 41);
}

static void
test_a_rectangle_holds_what_lies_in_it (void)
{
  static const double boxes[][4] = {
    { 51.12, 71.40, 51.14, 71.45 }, /* small enough for the bands */
    { 51.10, 71.30, 51.18, 71.50 }, /* not */
  };
  g_autoptr (GPtrArray) all = harness_get_requests (city, "page=1&page_size=1000");

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      const double *box = boxes[i];
      g_autoptr (KomekBounds) bounds = komek_bounds_new (box[0], box[1], box[2], box[3], NULL);
      g_autofree char *query = g_strdup_printf ("bbox=%.2f,%.2f,%.2f,%.2f", box[0], box[1], box[2],
                                                box[3]);
      guint inside = 0;

      for (guint j = 0; j < all->len; j++)
        {
          KomekPlace *place = komek_request_get_place (all->pdata[j]);

          inside += komek_place_has_point (place)
                    && komek_bounds_contains (bounds, komek_place_get_latitude (place),
                                              komek_place_get_longitude (place));
        }
      g_assert_cmpuint (inside, >, 0);
      g_assert_cmpuint (count (query), ==, inside);
    }
  g_assert_cmpuint (count ("bbox=10,10,11,11"), ==, 0);
}

static void
test_requests_are_asked_for_by_number (void)
{
  g_autoptr (GPtrArray) some = harness_get_requests (city, "page=3&page_size=3");
  const char *first = komek_request_get_number (some->pdata[0]);
  const char *second = komek_request_get_number (some->pdata[2]);
  /* Everything beside the numbers is overridden, nonsense too. */
  g_autofree char *query =
    g_strdup_printf ("service_request_id=%s,%s,no-such&status=nonsense&page=7", first, second);
  g_autoptr (GPtrArray) found = harness_get_requests (city, query);
  g_autofree char *path = g_strdup_printf ("requests/%s.json", first);
  guint status;
  g_autoptr (GBytes) body = harness_send (city, "GET", path, NULL, NULL, &status);
  g_autoptr (GPtrArray) one = komek_wire_read_requests (body, NULL, NULL);

  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (komek_request_get_number (one->pdata[0]), ==, first);
}

static void
test_a_number_is_found_however_it_is_typed (void)
{
  g_autoptr (GPtrArray) some = harness_get_requests (city, "page=1&page_size=1");
  const char *number = komek_request_get_number (some->pdata[0]);
  g_auto (GStrv) parts = g_strsplit (number, "-", -1);
  g_autofree char *bare = g_strjoinv ("", parts);
  g_autofree char *searched = g_strdup_printf ("q=%s", bare);
  g_autofree char *asked = g_strdup_printf ("service_request_id=%s", bare);

  g_assert_true (komek_number_is_ours (number));
  g_assert_cmpuint (count (searched), ==, 1);
  g_assert_cmpuint (count (asked), ==, 1);
}

static void
test_bytes_that_are_no_text_find_nothing (void)
{
  g_assert_cmpuint (count ("q=%ff%fe"), ==, SAMPLE); /* no word is left of it */
  g_assert_cmpuint (count ("service_code=%ff"), ==, 0);
  g_assert_cmpuint (count ("q=%22%20OR%20%22*"), ==, count ("q=or"));
  g_assert_cmpuint (count ("q=%27%3B%20DROP%20TABLE%20request%3B--"), ==, 0);
  g_assert_cmpuint (count ("x=1"), ==, SAMPLE);
}

static void
test_plain_answers_have_no_extensions (void)
{
  guint status;
  g_autofree char *plain = harness_get_text (city, "requests.json?page_size=5", &status);
  g_autofree char *extended =
    harness_get_text (city, "requests.json?page_size=5&extensions=true", &status);

  g_assert_null (strstr (plain, "extended_attributes"));
  g_assert_nonnull (strstr (extended, "\"detailed_status\""));
  g_assert_nonnull (strstr (extended, "\"support_count\""));
  g_assert_cmpstr (harness_get_header (city, "Content-Type"), ==,
                   "application/json; charset=utf-8");
  g_assert_cmpstr (harness_get_header (city, "X-Content-Type-Options"), ==, "nosniff");
}

/* The request with the longest history among the latest ones that are closed. */
static KomekRequest *
pick_closed (void)
{
  g_autoptr (GPtrArray) closed =
    harness_get_requests (city, "status=confirmed&page=1&page_size=1&extensions=true");

  return g_object_ref (closed->pdata[0]);
}

static void
test_a_history_tells_how_it_came_to_its_end (void)
{
  g_autoptr (KomekRequest) request = pick_closed ();
  g_autofree char *path =
    g_strdup_printf ("servicerequestupdates.json?extensions=true&locale=ru&service_request_id=%s",
                     komek_request_get_number (request));
  guint status;
  g_autoptr (GBytes) body = harness_send (city, "GET", path, NULL, NULL, &status);
  g_autoptr (GPtrArray) updates = komek_wire_read_updates (body, NULL, NULL);
  guint answers = 0;

  g_assert_cmpuint (updates->len, >=, 4);
  g_assert_cmpint (komek_update_get_status (updates->pdata[0]), ==, KOMEK_STATUS_NEW);
  g_assert_cmpint (komek_update_get_time (updates->pdata[0]), ==,
                   komek_request_peek (request)->requested);
  g_assert_cmpint (komek_update_get_status (updates->pdata[updates->len - 1]), ==,
                   KOMEK_STATUS_CONFIRMED);
  g_assert_cmpint (komek_update_get_time (updates->pdata[updates->len - 1]), ==,
                   komek_request_peek (request)->updated);
  for (guint i = 0; i < updates->len; i++)
    {
      answers += komek_update_is_answer (updates->pdata[i]);
      g_assert_cmpstr (komek_update_get_text (updates->pdata[i]), !=, "");
      g_assert_true (i == 0
                     || komek_update_get_time (updates->pdata[i - 1])
                          < komek_update_get_time (updates->pdata[i]));
    }
  g_assert_cmpuint (answers, >, 0);
}

static void
test_updates_of_a_period_are_told (void)
{
  guint status;
  g_autoptr (GBytes) body = harness_send (
      city, "GET", "servicerequestupdates.json?start_date=2000-01-01&end_date=2100-01-01", NULL,
      NULL, &status);
  g_autoptr (GPtrArray) updates = komek_wire_read_updates (body, NULL, NULL);
  g_autoptr (GBytes) no_body = harness_send (
      city, "GET", "servicerequestupdates.json?start_date=2000-01-01&end_date=2001-01-01", NULL,
      NULL, &status);
  g_autoptr (GPtrArray) none = komek_wire_read_updates (no_body, NULL, NULL);

  g_assert_cmpuint (updates->len, ==, 1000);
  g_assert_cmpuint (none->len, ==, 0);
}

#define ADD(path, function) g_test_add_func ("/city/reading/" path, function)

int
main (int argc, char **argv)
{
  char *folder;
  int result;

  g_test_init (&argc, &argv, NULL);
  ADD ("the-card-has-names-and-bounds", test_the_card_has_names_and_bounds);
  ADD ("services-have-three-names", test_services_have_three_names);
  ADD ("a-definition-asks-further", test_a_definition_asks_further);
  ADD ("a-definition-may-ask-nothing", test_a_definition_may_ask_nothing);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/city/reading/refuses/%s", refusals[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refuses);
    }
  ADD ("errors-speak-the-callers-language", test_errors_speak_the_callers_language);
  ADD ("names-speak-the-callers-language", test_names_speak_the_callers_language);
  ADD ("pages-lose-and-double-nothing", test_pages_lose_and_double_nothing);
  ADD ("page-sizes-have-a-limit", test_page_sizes_have_a_limit);
  ADD ("without-a-page-the-last-90-days-are-told", test_without_a_page_the_last_90_days_are_told);
  ADD ("changes-come-oldest-first", test_changes_come_oldest_first);
  ADD ("statuses-divide-the-requests", test_statuses_divide_the_requests);
  ADD ("services-are-chosen", test_services_are_chosen);
  ADD ("dates-bound-the-registration", test_dates_bound_the_registration);
  ADD ("a-rectangle-holds-what-lies-in-it", test_a_rectangle_holds_what_lies_in_it);
  ADD ("requests-are-asked-for-by-number", test_requests_are_asked_for_by_number);
  ADD ("a-number-is-found-however-it-is-typed", test_a_number_is_found_however_it_is_typed);
  ADD ("bytes-that-are-no-text-find-nothing", test_bytes_that_are_no_text_find_nothing);
  ADD ("plain-answers-have-no-extensions", test_plain_answers_have_no_extensions);
  ADD ("a-history-tells-how-it-came-to-its-end", test_a_history_tells_how_it_came_to_its_end);
  ADD ("updates-of-a-period-are-told", test_updates_of_a_period_are_told);

  folder = harness_make_folder ();
  city = harness_new (folder, (const char *const[]) { "--sample", G_STRINGIFY (SAMPLE), NULL });
  result = g_test_run ();
  harness_free (city);
  harness_remove_folder (folder);
  return result;
}
