/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "line.h"

/* What a city can do, how it is found out, and what is asked only of one that can. */

#define SEEN \
  (KOMEK_ABILITY_PAGES | KOMEK_ABILITY_CHANGES | KOMEK_ABILITY_BBOX | KOMEK_ABILITY_SEARCH \
   | KOMEK_ABILITY_HISTORY | KOMEK_ABILITY_LANGUAGES)

static void
set_up_ours (Line *line, gconstpointer unused)
{
  line_set_up_as (line, "city-1");
}

static void
add_requests (Line *line)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.1, 71.4, NULL, NULL);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *number = g_strdup_printf ("R-%u", i);

      g_ptr_array_add (line->city->requests, komek_request_new (&(KomekRequestFields) {
        .number = number, .service = "ROA.pothole", .text = "Аулада шұңқыр бар", .place = place,
        .requested = 1000 + i, .updated = 1000 + i }));
    }
}

static void
test_believes_what_is_announced (Line *line, gconstpointer unused)
{
  guint asked;

  fake_city_announce (line->city, KOMEK_ABILITY_PAGES | KOMEK_ABILITY_SEALING);
  line_meet (line);
  asked = line->city->log->len;
  g_assert_true (komek_geo_report_can (line->client, KOMEK_ABILITY_SEALING));
  g_assert_false (komek_geo_report_can (line->client, KOMEK_ABILITY_CHANGES));
  g_assert_cmpint (line_probe (line, ~0), ==, KOMEK_ABILITY_PAGES | KOMEK_ABILITY_SEALING);
  g_assert_cmpuint (line->city->log->len, ==, asked);
}

/* Each of them alone: a city that can do one thing is found to be able to do that and nothing else,
 * whether it refuses what it does not know or ignores it. */
static void
test_finds_out_each (Line *line, gconstpointer strict)
{
  static const KomekAbility each[] = { KOMEK_ABILITY_PAGES, KOMEK_ABILITY_CHANGES,
                                       KOMEK_ABILITY_BBOX, KOMEK_ABILITY_SEARCH,
                                       KOMEK_ABILITY_HISTORY, KOMEK_ABILITY_LANGUAGES, 0, SEEN };

  add_requests (line);
  line->city->strict = GPOINTER_TO_INT (strict);
  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    {
      line->city->abilities = each[i];
      line_renew (line, line->city->url);
      g_assert_cmpint (line_probe (line, ~0), ==, each[i]);
    }
}

static void
test_a_last_page_again_is_no_page (Line *line, gconstpointer unused)
{
  line->city->repeats = TRUE;
  line->city->abilities = KOMEK_ABILITY_PAGES;
  fake_city_add_many (line->city, 1, 1000);
  g_assert_cmpint (line_probe (line, KOMEK_ABILITY_PAGES), ==, 0);
}

static void
test_an_empty_city_is_asked_another_day (Line *line, gconstpointer unused)
{
  line->city->abilities = SEEN;
  g_assert_cmpint (line_probe (line, SEEN), ==, KOMEK_ABILITY_LANGUAGES);
  add_requests (line);
  g_assert_cmpint (line_probe (line, SEEN), ==, SEEN);
}

static void
test_asks_once_and_not_what_is_known (Line *line, gconstpointer unused)
{
  g_autoptr (KomekCity) card = NULL;
  guint asked;

  add_requests (line);
  line->city->abilities = SEEN;
  line_probe (line, ~0);
  g_assert_cmpuint (line->city->log->len, <=, 14);
  asked = line->city->log->len;
  line_probe (line, ~0);
  g_assert_cmpuint (line->city->log->len, ==, asked);
  card = line_discover (line, NULL);
  g_assert_cmpint (komek_city_peek (card)->abilities, ==, SEEN);
  line_renew (line, line->city->url);
  komek_geo_report_believe (line->client, card);
  g_assert_true (komek_geo_report_can (line->client, SEEN));
  asked = line->city->log->len;
  line_probe (line, SEEN);
  g_assert_cmpuint (line->city->log->len, ==, asked);
}

static void
test_silence_tells_nothing (Line *line, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekAbility abilities;

  add_requests (line);
  line->city->left = 0;
  komek_geo_report_probe_async (line->client, SEEN, NULL, on_awaited, &result);
  g_assert_false (
    komek_geo_report_probe_finish (line->client, await (&result), &abilities, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE);
  line->city->left = -1;
  line->city->abilities = SEEN;
  g_assert_cmpint (line_probe (line, SEEN), ==, SEEN);
}

static void
test_options_tell_of_comments (Line *line, gconstpointer unused)
{
  line->city->abilities = 0;
  say_json (line, "OPTIONS servicerequestupdates.json", 200, "");
  fake_city_say_header (line->city, "OPTIONS servicerequestupdates.json", "Allow", "GET, POST");
  g_assert_cmpint (line_probe (line, KOMEK_ABILITY_COMMENT), ==, KOMEK_ABILITY_COMMENT);
  g_assert_cmpuint (line->city->log->len, ==, 1);
}

static void
test_sees_extended_attributes (Line *line, gconstpointer unused)
{
  add_requests (line);
  line->city->plain = FALSE;
  line->city->abilities = KOMEK_ABILITY_EXTENSIONS;
  g_assert_cmpint (line_probe (line, KOMEK_ABILITY_EXTENSIONS), ==, KOMEK_ABILITY_EXTENSIONS);
  line->city->plain = TRUE;
  line_renew (line, line->city->url);
  g_assert_cmpint (line_probe (line, KOMEK_ABILITY_EXTENSIONS), ==, 0);
}

static void
test_every_filter_goes_out (Line *line, gconstpointer unused)
{
  const char *services[] = { "a b", "006", NULL };
  g_autoptr (KomekBounds) bounds = komek_bounds_new (51, 71, 51.2, 71.5, NULL);
  g_autoptr (GPtrArray) requests = NULL;

  line->city->abilities = SEEN;
  add_requests (line);
  line_probe (line, SEEN);
  requests = line_requests (line, &(KomekPage) {
    .page = 2, .size = 50, .updated_after = 1790000000, .start = 1780000000, .end = 1790000000,
    .services = services, .status = "open,closed", .bounds = bounds, .text = "шұңқыр & жол" },
    NULL);
  g_assert_nonnull (requests);
  g_assert_cmpstr (line_get_last_question (line), ==,
                   "GET requests.json?page=2&page_size=50"
                   "&updated_after=2026-09-21T14%3A13%3A20%2B00%3A00"
                   "&start_date=2026-05-28T20%3A26%3A40%2B00%3A00"
                   "&end_date=2026-09-21T14%3A13%3A20%2B00%3A00"
                   "&service_code=a%20b,006&status=open,closed"
                   "&bbox=51.000000,71.000000,51.200000,71.500000"
                   "&q=%D1%88%D2%B1%D2%A3%D2%9B%D1%8B%D1%80%20%26%20%D0%B6%D0%BE%D0%BB");
}

static void
test_goes_on_where_the_city_says (Line *line, gconstpointer unused)
{
  const KomekPage first = { .page = 1 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GPtrArray) more = NULL;
  g_autofree char *next = NULL;

  say_json (line, "GET requests.json", 200, "[]");
  fake_city_say_header (line->city, "GET requests.json", "Link",
                        "<https://elsewhere.example/x?page=0>; rel=\"prev\", "
                        "<https://elsewhere.example/requests.json?extensions=true&after=5-9>; "
                        "rel=\"next\"");
  komek_geo_report_requests_async (line->client, &first, NULL, on_awaited, &result);
  requests = komek_geo_report_requests_finish (line->client, await (&result), NULL);
  next = komek_geo_report_dup_next (result);
  g_assert_cmpstr (next, ==, "extensions=true&after=5-9");
  more = line_requests (line, &(KomekPage) { .next = next }, NULL);
  g_assert_cmpstr (line_get_last_question (line), ==,
                   "GET requests.json?extensions=true&after=5-9");
}

/* Nothing has changed, so nothing is sent, and it reads as before. */
static void
test_what_has_not_changed_is_not_sent (Line *line, gconstpointer unused)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;

  say_json (line, "GET services.json", 200, "[{\"service_code\":\"a\",\"service_name\":\"A\"}]");
  fake_city_say_header (line->city, "GET services.json", "ETag", "\"v1\"");
  first = line_services (line, NULL);
  g_assert_cmpuint (first->len, ==, 1);
  say_json (line, "GET services.json", 304, "");
  second = line_services (line, NULL);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpstr (komek_service_get_code (second->pdata[0]), ==, "a");
  g_assert_cmpstr (line->city->marks->pdata[line->city->marks->len - 1], ==, "\"v1\"");
  say_json (line, "GET services.json", 200, "[]");
  third = line_services (line, NULL);
  g_assert_cmpuint (third->len, ==, 0);
}

static void
test_unpacks_what_is_packed (Line *line, gconstpointer unused)
{
  static const char text[] = "[{\"service_code\":\"a\",\"service_name\":\"A\"}]";
  g_autoptr (GZlibCompressor) packer = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  char packed[512];
  gsize read, written;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GPtrArray) services = NULL;

  g_converter_convert (G_CONVERTER (packer), text, strlen (text), packed, sizeof packed,
                       G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
  body = g_bytes_new (packed, written);
  fake_city_say_bytes (line->city, "GET services.json", 200, "application/json", body);
  fake_city_say_header (line->city, "GET services.json", "Content-Encoding", "gzip");
  services = line_services (line, NULL);
  g_assert_cmpuint (services->len, ==, 1);
  g_assert_cmpuint (line->city->log->len, ==, 1);
}

/* A few packed bytes that are a flood when they are unpacked. */
static void
test_a_packed_flood_is_cut (Line *line, gconstpointer unused)
{
  static const KomekExchangeLimits narrow = { .most_bytes = 100000 };
  g_autofree char *flood = g_strnfill (10000000, ' ');
  g_autoptr (GZlibCompressor) packer = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autofree char *packed = g_malloc (100000);
  gsize read, written;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  g_converter_convert (G_CONVERTER (packer), flood, 10000000, packed, 100000,
                       G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
  body = g_bytes_new (packed, written);
  g_assert_finalize_object (line->client);
  line->client = komek_geo_report_new_full (line->city->url, NULL, &narrow);
  fake_city_say_bytes (line->city, "GET services.json", 200, "application/json", body);
  fake_city_say_header (line->city, "GET services.json", "Content-Encoding", "gzip");
  g_assert_null (line_services (line, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static const struct
{
  const char *datatype;
  KomekAttributeType type;
} datatypes[] = {
  { "string", KOMEK_ATTRIBUTE_STRING },
  { "number", KOMEK_ATTRIBUTE_NUMBER },
  { "datetime", KOMEK_ATTRIBUTE_DATETIME },
  { "text", KOMEK_ATTRIBUTE_TEXT },
  { "singlevaluelist", KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST },
  { "multivaluelist", KOMEK_ATTRIBUTE_MULTI_VALUE_LIST },
};

static void
test_definitions_of_every_datatype (Line *line, gconstpointer unused)
{
  g_autoptr (GString) json = g_string_new ("{\"service_code\":\"a\",\"attributes\":[");
  g_autoptr (GPtrArray) attributes = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (datatypes); i++)
    g_string_append_printf (
      json, "%s{\"variable\":true,\"code\":\"C%u\",\"datatype\":\"%s\",\"required\":true,"
            "\"order\":%u,\"description\":\"D\",\"values\":[{\"key\":1,\"name\":\"one\"}]}",
      i > 0 ? "," : "", i, datatypes[i].datatype, i);
  g_string_append (json, "]}");
  say_json (line, "GET services/a.json", 200, json->str);
  attributes = line_definition (line, "a", NULL);
  g_assert_cmpuint (attributes->len, ==, G_N_ELEMENTS (datatypes));
  for (guint i = 0; i < G_N_ELEMENTS (datatypes); i++)
    g_assert_cmpint (komek_attribute_get_datatype (attributes->pdata[i]), ==, datatypes[i].type);
}

/* A city without a discovery is one; a gate before the network is none. */
static void
test_a_city_needs_no_discovery (Line *line, gconstpointer unused)
{
  g_autoptr (KomekCity) card = NULL;
  g_autoptr (KomekCity) none = NULL;
  g_autoptr (GError) error = NULL;

  fake_city_say (line->city, "GET discovery.json", 404, "text/html", HTML, FAKE_CITY_ANSWERS);
  card = line_discover (line, NULL);
  g_assert_nonnull (card);
  g_assert_cmpstr (komek_city_peek (card)->id, ==, line->city->url);
  fake_city_say (line->city, "GET discovery.json", 200, "text/html", HTML, FAKE_CITY_ANSWERS);
  none = line_discover (line, &error);
  g_assert_null (none);
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

/* A known city of ours is not taken for a stranger because its discovery is gone for a moment. */
static void
test_a_known_city_is_no_stranger (Line *line, gconstpointer unused)
{
  g_autoptr (KomekCity) card = line_discover (line, NULL);
  g_autoptr (KomekCity) again = NULL;

  g_assert_cmpstr (komek_city_peek (card)->id, ==, "city-1");
  line_renew (line, line->city->url);
  komek_geo_report_believe (line->client, card);
  fake_city_say (line->city, "GET discovery.json", 404, "text/html", HTML, FAKE_CITY_ANSWERS);
  again = line_discover (line, NULL);
  g_assert_null (again);
}

#define ADD(path, set, function) \
  g_test_add ("/remote/ability/" path, Line, NULL, set, function, line_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("believes-what-is-announced", set_up_ours, test_believes_what_is_announced);
  g_test_add ("/remote/ability/finds-out-each/refused-otherwise", Line, GINT_TO_POINTER (TRUE),
              line_set_up, test_finds_out_each, line_tear_down);
  g_test_add ("/remote/ability/finds-out-each/ignored-otherwise", Line, GINT_TO_POINTER (FALSE),
              line_set_up, test_finds_out_each, line_tear_down);
  ADD ("a-last-page-again-is-no-page", line_set_up, test_a_last_page_again_is_no_page);
  ADD ("an-empty-city-is-asked-another-day", line_set_up, test_an_empty_city_is_asked_another_day);
  ADD ("asks-once-and-not-what-is-known", line_set_up, test_asks_once_and_not_what_is_known);
  ADD ("silence-tells-nothing", line_set_up, test_silence_tells_nothing);
  ADD ("options-tell-of-comments", line_set_up, test_options_tell_of_comments);
  ADD ("sees-extended-attributes", line_set_up, test_sees_extended_attributes);
  ADD ("every-filter-goes-out", line_set_up, test_every_filter_goes_out);
  ADD ("goes-on-where-the-city-says", line_set_up, test_goes_on_where_the_city_says);
  ADD ("what-has-not-changed-is-not-sent", line_set_up, test_what_has_not_changed_is_not_sent);
  ADD ("unpacks-what-is-packed", line_set_up, test_unpacks_what_is_packed);
  ADD ("a-packed-flood-is-cut", line_set_up, test_a_packed_flood_is_cut);
  ADD ("definitions-of-every-datatype", line_set_up, test_definitions_of_every_datatype);
  ADD ("a-city-needs-no-discovery", line_set_up, test_a_city_needs_no_discovery);
  ADD ("a-known-city-is-no-stranger", set_up_ours, test_a_known_city_is_no_stranger);
  return g_test_run ();
}
