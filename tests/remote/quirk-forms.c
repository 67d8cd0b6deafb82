/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "quirk.h"

/* In which form an answer comes: lists, elements, flags, packing. */

void
quirk_01 (Line *line)
{
  g_autoptr (GPtrArray) requests = get_requests_of (line, REQUEST ("\"7\"", ""));

  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpstr (peek (requests, 0)->number, ==, "7");
}

void
quirk_02 (Line *line)
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

void
quirk_03 (Line *line)
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

void
quirk_04 (Line *line)
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

void
quirk_05 (Line *line)
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

void
quirk_08 (Line *line)
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

void
quirk_18 (Line *line)
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

void
quirk_19 (Line *line)
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

void
quirk_26 (Line *line)
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
