/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "line.h"

/* The thirty habits by which real servers break clients, each over a socket
 * from a city that has it. The tests of the wire read more forms of each; what
 * is shown here is that the client gets along:
 *
 *      1  one element without its list       16  a bad date means nothing at all
 *      2  lists wrapped in a root            17  errors as single objects
 *      3  lists as objects                   18  almost JSON
 *      4  XML elements of other names        19  one format, another type, bad packing
 *      5  names with hyphens                 20  every answer to a filing but the right one
 *      6  points of all kinds                21  texts too short, keys in the address
 *      7  ids of all kinds                   22  lon and lng count for nothing
 *      8  flags as words                     23  statuses in other words, open ones only
 *      9  fields that are missing            24  pictures in all forms
 *     10  requests without an id             25  groups and keywords
 *     11  dates without their parts          26  definitions without a wrapper
 *     12  500 and a page for bad input       27  updates twice, late and of others
 *     13  200 and a page for no jurisdiction 28  addresses that lead elsewhere
 *     14  unknown ids in three ways          29  redirections that lose what is posted
 *     15  400 for an unknown argument        30  markup inside a text
 */

#define REQUEST(id, more) \
  "{\"service_request_id\":" id ",\"status\":\"open\",\"service_code\":\"006\"," \
  "\"requested_datetime\":\"2026-11-21T14:05:00+05:00\"" more "}"

static const KomekPage all = { .page = 1, .size = 100 };

static GPtrArray *
get_requests (Line *line)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *requests = line_requests (line, &all, &error);

  g_assert_no_error (error);
  return requests;
}

/* The list of requests in these words. */
static GPtrArray *
get_requests_of (Line *line, const char *body)
{
  say_json (line, "GET requests.json", 200, body);
  return get_requests (line);
}

static const KomekRequestFields *
peek (GPtrArray *requests, guint position)
{
  g_assert_cmpuint (requests->len, >, position);
  return komek_request_peek (requests->pdata[position]);
}

static void
test_01 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (line, REQUEST ("\"7\"", ""));

  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpstr (peek (requests, 0)->number, ==, "7");
}

static void
test_02 (Line *line)
{
  g_autoptr (GPtrArray) requests =
    get_requests_of (line, "{\"service_requests\":[" REQUEST ("\"7\"", "") "]}");
  g_autoptr (GPtrArray) services = NULL;

  say_json (line, "GET services.json", 200,
            "{\"services\":[{\"service_code\":\"a\",\"service_name\":\"A\"}]}");
  services = line_services (line, NULL);
  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpuint (services->len, ==, 1);
}

static void
test_03 (Line *line)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autofree char *discovery = g_strdup_printf (
    "{\"discovery\":{\"changeset\":\"1\",\"endpoints\":{\"0\":{\"specification\":"
    "\"http://wiki.open311.org/GeoReport_v2\",\"url\":\"%sgiessen/\",\"type\":\"production\","
    "\"formats\":{\"0\":\"application/json\"}}}}}", line->city->url);

  say_json (line, "GET discovery.json", 200, discovery);
  say_json (line, "GET giessen/requests.json", 200, "[" REQUEST ("\"7\"", "") "]");
  line_meet (line);
  requests = get_requests (line);
  g_assert_cmpuint (requests->len, ==, 1);
}

static void
test_04 (Line *line)
{
  g_autoptr (GPtrArray) requests = NULL;

  line->city->xml_only = TRUE;
  say_xml (line, "GET requests.xml", 200,
           "<service_requests><service_request><service_request_id>7</service_request_id>"
           "<status>open</status></service_request><service_request>"
           "<service_request_id>8</service_request_id><status>open</status></service_request>"
           "</service_requests>");
  requests = get_requests (line);
  g_assert_cmpuint (requests->len, ==, 2);
}

static void
test_05 (Line *line)
{
  g_autoptr (GPtrArray) requests = NULL;

  line->city->xml_only = TRUE;
  say_xml (line, "GET requests.xml", 200,
           "<service-requests type=\"array\"><request><service-request-id>7</service-request-id>"
           "<status>open</status><service-code>006</service-code></request></service-requests>");
  requests = get_requests (line);
  g_assert_cmpstr (peek (requests, 0)->number, ==, "7");
  g_assert_cmpstr (peek (requests, 0)->service, ==, "006");
}

static void
test_06 (Line *line)
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

static void
test_07 (Line *line)
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

static void
test_08 (Line *line)
{
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (GPtrArray) attributes = NULL;

  say_json (line, "GET services.json", 200,
            "[{\"service_code\":\"a\",\"service_name\":\"A\",\"metadata\":\"true\"},"
            "{\"service_code\":\"b\",\"service_name\":\"B\",\"metadata\":false}]");
  say_json (line, "GET services/a.json", 200,
            "{\"service_code\":\"a\",\"attributes\":[{\"variable\":\"true\",\"code\":\"C\","
            "\"datatype\":\"text\",\"required\":\"false\",\"description\":\"D\"}]}");
  services = line_services (line, NULL);
  attributes = line_definition (line, "a", NULL);
  g_assert_true (komek_service_has_metadata (services->pdata[0]));
  g_assert_false (komek_service_has_metadata (services->pdata[1]));
  g_assert_true (komek_attribute_is_variable (attributes->pdata[0]));
  g_assert_false (komek_attribute_is_required (attributes->pdata[0]));
}

static void
test_09 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[{\"service_request_id\":\"1\"},{\"service_request_id\":\"2\",\"description\":null,"
          "\"address\":\"\",\"updated_datetime\":\"\",\"status\":null}]");

  g_assert_cmpuint (requests->len, ==, 2);
}

static void
test_10 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[" REQUEST ("\"\"", "") "," REQUEST ("null", "") "," REQUEST ("\"3\"", "") "]");

  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpstr (peek (requests, 0)->number, ==, "3");
}

static void
test_11 (Line *line)
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

static void
test_12 (Line *line)
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

static void
test_13 (Line *line)
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

static void
test_14 (Line *line)
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

static void
test_15 (Line *line)
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

static void
test_16 (Line *line)
{
  line->city->abilities = KOMEK_ABILITY_CHANGES | KOMEK_ABILITY_PAGES;
  line->city->confused = TRUE;
  fake_city_add_many (line->city, 3, 1000);
  g_assert_cmpint (line_probe (line, KOMEK_ABILITY_CHANGES | KOMEK_ABILITY_PAGES), ==,
                   KOMEK_ABILITY_PAGES);
}

static void
test_17 (Line *line)
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
test_18 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "\xef\xbb\xbf[{\"service_request_id\":\"7\",\"service_code\":006,\"zipcode\":05000,},]");

  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpstr (peek (requests, 0)->service, ==, "006");
}

/* All of a visit, from the first question to the filing. */
static void
visit (Line *line)
{
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (KomekRequest) request = NULL;
  g_autoptr (KomekFilingReply) reply = NULL;

  line_meet (line);
  services = line_services (line, NULL);
  g_assert_cmpuint (services->len, ==, 1);
  requests = get_requests (line);
  g_assert_cmpuint (requests->len, >=, 1);
  request = line_request (line, "7", NULL);
  g_assert_nonnull (request);
  reply = line_file (line);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_DONE);
}

static void
test_19_other_type (Line *line)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (KomekFilingReply) reply = NULL;

  fake_city_say (line->city, "GET requests.json", 200, "text/html", "[" REQUEST ("7", "") "]",
                 FAKE_CITY_ANSWERS);
  fake_city_say (line->city, "POST requests.json", 200, "text/html", "[" REQUEST ("8", "") "]",
                 FAKE_CITY_ANSWERS);
  requests = get_requests (line);
  reply = line_file (line);
  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_DONE);
}

/* So long that the beginning is unpacked before the fault is met. */
static char *
write_many_services (void)
{
  GString *list = g_string_new ("[");

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (list, "%s{\"service_code\":\"%u\",\"service_name\":\"%u\"}",
                            i > 0 ? "," : "", i, i * 7919);
  return g_string_free (g_string_append_c (list, ']'), FALSE);
}

static GBytes *
pack_badly (const char *text)
{
  g_autoptr (GZlibCompressor) packer = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  gsize room = strlen (text);
  g_autofree char *packed = g_malloc (room);
  gsize read, written;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (packer), text, room, packed, room,
                                        G_CONVERTER_INPUT_AT_END, &read, &written, NULL), ==,
                   G_CONVERTER_FINISHED);
  memset (packed + written - 200, 0xff, 100);
  return g_bytes_new_take (g_steal_pointer (&packed), written);
}

static void
test_19_bad_packing (Line *line)
{
  g_autofree char *text = write_many_services ();
  g_autoptr (GBytes) packed = pack_badly (text);
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (GError) error = NULL;
  guint asked = fake_city_count (line->city, "GET services");

  fake_city_say_bytes (line->city, "GET services.json", 200, "application/json", packed);
  fake_city_say_header (line->city, "GET services.json", "Content-Encoding", "gzip");
  g_assert_null (line_services (line, &error));
  g_assert_cmpuint (fake_city_count (line->city, "GET services"), ==, asked + 2);
  say_json (line, "GET services.json", 200, text);
  services = line_services (line, NULL);
  g_assert_cmpuint (services->len, ==, 10000);
  g_assert_cmpuint (fake_city_count (line->city, "GET services"), ==, asked + 3);
}

static void
test_19 (Line *line)
{
  fake_city_add (line->city, "7", "Шұңқыр", 1, 1, KOMEK_STATUS_NEW);
  line->city->xml_only = TRUE;
  line->city->json_only = FALSE;
  visit (line);
  g_assert_cmpuint (fake_city_count (line->city, "GET discovery.json"), ==, 1);
  g_assert_cmpuint (fake_city_count (line->city, "GET services.json"), ==, 0);
  g_assert_cmpuint (fake_city_count (line->city, "POST requests.json"), ==, 0);
  line->city->xml_only = FALSE;
  line->city->json_only = TRUE;
  line_renew (line, line->city->url);
  visit (line);
  test_19_other_type (line);
  test_19_bad_packing (line);
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

static void
test_20 (Line *line)
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

static void
test_21 (Line *line)
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

static void
test_22 (Line *line)
{
  g_autoptr (KomekFilingReply) reply = line_file (line);

  g_assert_nonnull (strstr (line_get_last_body (line), "lat=51.1281743"));
  g_assert_nonnull (strstr (line_get_last_body (line), "long=71.4304619"));
  g_assert_null (strstr (line_get_last_body (line), "lng="));
  g_assert_null (strstr (line_get_last_body (line), "lon="));
}

static void
test_23 (Line *line)
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

static void
test_24 (Line *line)
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

static void
test_25 (Line *line)
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

static void
test_26 (Line *line)
{
  g_autoptr (GPtrArray) attributes = NULL;

  line->city->json_only = FALSE;
  line->city->xml_only = TRUE;
  say_xml (line, "GET services/a.xml", 200,
           "<service_definition><service_code>a</service_code><attribute><variable>true</variable>"
           "<code>C</code><datatype>string</datatype><required>true</required>"
           "<description>D</description></attribute></service_definition>");
  attributes = line_definition (line, "a", NULL);
  g_assert_cmpuint (attributes->len, ==, 1);
  g_assert_cmpstr (komek_attribute_get_code (attributes->pdata[0]), ==, "C");
}

static void
test_27 (Line *line)
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

/* A test first, a name that only the server knows, a query behind it and another specification. */
static void
test_28 (Line *line)
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
static void
test_29 (Line *line)
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

static void
test_30 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (
    line, "[" REQUEST ("\"1\"", ",\"description\":\"<b>5 < 6</b> & \\\"so\\\"\"") "]");

  g_assert_cmpstr (peek (requests, 0)->text, ==, "<b>5 < 6</b> & \"so\"");
}

static const struct
{
  guint       number;
  const char *name;
  void      (*test) (Line *line);
} quirks[] = {
  { 1, "one-element-without-its-list", test_01 },
  { 2, "wrapped-in-a-root", test_02 },
  { 3, "lists-as-objects", test_03 },
  { 4, "elements-of-other-names", test_04 },
  { 5, "names-with-hyphens", test_05 },
  { 6, "points-of-all-kinds", test_06 },
  { 7, "ids-of-all-kinds", test_07 },
  { 8, "flags-as-words", test_08 },
  { 9, "fields-that-are-missing", test_09 },
  { 10, "requests-without-an-id", test_10 },
  { 11, "dates-without-their-parts", test_11 },
  { 12, "a-page-for-bad-input", test_12 },
  { 13, "a-page-for-no-jurisdiction", test_13 },
  { 14, "unknown-ids", test_14 },
  { 15, "unknown-arguments", test_15 },
  { 16, "a-bad-date-means-nothing", test_16 },
  { 17, "errors-as-single-objects", test_17 },
  { 18, "almost-json", test_18 },
  { 19, "one-format-and-bad-packing", test_19 },
  { 20, "answers-to-a-filing", test_20 },
  { 21, "short-texts-and-keys-in-the-address", test_21 },
  { 22, "lon-and-lng", test_22 },
  { 23, "statuses-in-other-words", test_23 },
  { 24, "pictures-in-all-forms", test_24 },
  { 25, "groups-and-keywords", test_25 },
  { 26, "definitions-without-a-wrapper", test_26 },
  { 27, "updates-twice-and-of-others", test_27 },
  { 28, "addresses-that-lead-elsewhere", test_28 },
  { 29, "redirections-that-lose-a-post", test_29 },
  { 30, "markup-inside-a-text", test_30 },
};

#define N_QUIRKS 30

static void
test_quirk (Line *line, gconstpointer position)
{
  quirks[GPOINTER_TO_SIZE (position)].test (line);
}

static void
test_none_is_missing (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (quirks), ==, N_QUIRKS);
  for (guint i = 0; i < N_QUIRKS; i++)
    g_assert_cmpuint (quirks[i].number, ==, i + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remote/quirk/none-is-missing", test_none_is_missing);
  for (gsize i = 0; i < G_N_ELEMENTS (quirks); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/remote/quirk/%02u-%s", quirks[i].number, quirks[i].name);

      g_test_add (path, Line, GSIZE_TO_POINTER (i), line_set_up, test_quirk, line_tear_down);
    }
  return g_test_run ();
}
