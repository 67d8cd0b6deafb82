/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-error.h"
#include "komek-wire-city.h"
#include "komek-wire-definition.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-token.h"
#include "komek-wire-update.h"
#include "quirk-reading.h"

/* The form of an answer as real servers send it, see quirk-reading.h. */

#define NOW 1795269902 /* 2026-11-21 14:05:02 in UTC */

static void
assert_endpoints (const char *text, const char *expected)
{
  g_autoptr (GBytes) body = bytes (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) endpoints = komek_wire_read_endpoints (body, &error);
  g_autoptr (GString) urls = g_string_new (NULL);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  for (guint i = 0; i < endpoints->len; i++)
    g_string_append_printf (urls, "%s%s", i ? " " : "",
                            ((KomekWireEndpoint *) endpoints->pdata[i])->url);
  g_assert_cmpstr (urls->str, ==, expected);
}

static void
assert_words (const char *text, const char *expected)
{
  g_autoptr (GBytes) body = bytes (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = komek_wire_read_errors (body, &error);

  g_test_message ("%s", text);
  g_assert_cmpstr (words, ==, expected);
  if (!expected)
    g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

typedef gpointer (*Reader) (GBytes *body, GError **error);

static gpointer
read_requests_anyhow (GBytes *body, GError **error)
{
  return komek_wire_read_requests (body, NULL, error);
}

static gpointer
read_updates_anyhow (GBytes *body, GError **error)
{
  return komek_wire_read_updates (body, NULL, error);
}

/* No reader takes it for data. */
static void
assert_unreadable (const char *text, gsize length)
{
  static const Reader readers[] = {
    read_requests_anyhow,
    read_updates_anyhow,
    (Reader) komek_wire_read_services,
    (Reader) komek_wire_read_definition,
    (Reader) komek_wire_read_city,
    (Reader) komek_wire_read_endpoints,
    (Reader) komek_wire_read_filing,
    (Reader) komek_wire_read_token,
    (Reader) komek_wire_read_errors,
  };
  g_autoptr (GBytes) body = g_bytes_new (text, length);

  g_test_message ("%s", text);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("reader %u", i);
      g_assert_null (readers[i] (body, &error));
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
    }
}

static void
test_01 (void)
{
  g_autoptr (KomekService) service = read_service ("{\"service_code\":\"A\"}");
  g_autoptr (GPtrArray) json = read_definition (
    "{\"service_code\":\"A\",\"attributes\":{\"code\":\"x\",\"datatype\":\"singlevaluelist\","
    "\"values\":{\"key\":\"k\",\"name\":\"n\"}}}");
  g_autoptr (GPtrArray) xml = read_definition (
    "<service_definition><service_code>A</service_code><attributes><attribute><code>x</code>"
    "<values><value><key>k</key><name>n</name></value></values></attribute></attributes>"
    "</service_definition>");

  assert_numbers ("{\"service_request_id\":\"7\"}", "7");
  assert_numbers ("<service_requests><request><service_request_id>7</service_request_id></request>"
                  "</service_requests>",
                  "7");
  assert_numbers ("<request><service_request_id>7</service_request_id></request>", "7");
  g_assert_cmpstr (komek_attribute_get_value_key (json->pdata[0], 0), ==, "k");
  g_assert_cmpstr (komek_attribute_get_value_key (xml->pdata[0], 0), ==, "k");
  assert_words ("{\"code\":404,\"description\":\"none\"}", "none");
  assert_words ("<errors><error><code>404</code><description>none</description></error></errors>",
                "none");
  assert_words ("<error><code>404</code><description>none</description></error>", "none");
}

static void
test_02 (void)
{
  g_autoptr (KomekService) json = read_service ("{\"services\":[{\"service_code\":\"A\"}]}");
  g_autoptr (KomekService) xml =
    read_service ("<response><services><service><service_code>A</service_code></service></services>"
                  "</response>");

  assert_numbers ("{\"service_requests\":[{\"service_request_id\":\"7\"}]}", "7");
  assert_numbers ("{\"count\":1,\"requests\":[{\"service_request_id\":\"7\"}],\"page\":1}", "7");
  assert_numbers ("{\"status\":\"ok\",\"token\":\"x\",\"requests\":[{\"service_request_id\":\"7\"}"
                  "]}",
                  "7");
  assert_numbers ("<response><status>ok</status><requests><request><service_request_id>7"
                  "</service_request_id></request></requests></response>",
                  "7");
  assert_numbers ("{\"response\":{\"service_requests\":{\"request\":[{\"service_request_id\":7}]"
                  "}}}",
                  "7");
  assert_numbers ("<response><page>1</page><service_requests><request><service_request_id>7"
                  "</service_request_id></request></service_requests></response>",
                  "7");
  assert_numbers ("[{\"service_request\":{\"service_request_id\":\"7\"}}]", "7");
  assert_endpoints ("{\"discovery\":{\"changeset\":1,\"endpoints\":[{\"url\":\"http://a/\"}]}}",
                    "http://a/");
  assert_endpoints ("<discovery><changeset>1</changeset><endpoints><endpoint><url>http://a/</url>"
                    "</endpoint></endpoints></discovery>",
                    "http://a/");
}

static void
test_03 (void)
{
  g_autoptr (GPtrArray) numbered = read_definition (
    "{\"attributes\":{\"0\":{\"code\":\"a\",\"values\":{\"value\":[{\"key\":1,\"name\":\"n\"},"
    "{\"key\":2,\"name\":\"m\"}]}},\"1\":{\"code\":\"b\"}}}");

  assert_endpoints ("{\"endpoints\":{\"0\":{\"url\":\"http://a/\"},\"1\":{\"url\":\"http://b/\"}}}",
                    "http://a/ http://b/");
  assert_endpoints ("{\"endpoints\":{\"endpoint\":[{\"url\":\"http://a/\"},"
                    "{\"url\":\"http://b/\"}]}}",
                    "http://a/ http://b/");
  assert_endpoints ("{\"endpoints\":{\"endpoint\":{\"url\":\"http://a/\"}}}", "http://a/");
  g_assert_cmpuint (numbered->len, ==, 2);
  g_assert_cmpuint (komek_attribute_get_n_values (numbered->pdata[0]), ==, 2);
  assert_numbers ("[[{\"service_request_id\":[\"7\"]}]]", "7");
}

static void
test_04 (void)
{
  assert_numbers ("<service_requests><service_request><service_request_id>7</service_request_id>"
                  "</service_request><service_request><service_request_id>8</service_request_id>"
                  "</service_request></service_requests>",
                  "7 8");
  assert_endpoints ("<discovery><changeset>1</changeset>"
                    "<endpoints><url>http://a</url><formats>text/xml</formats></endpoints>"
                    "<endpoints><url>http://b</url><formats>text/xml</formats>"
                    "<formats>application/json</formats></endpoints></discovery>",
                    "http://b/ http://a/");
}

static void
test_05 (void)
{
  g_autoptr (KomekRequest) request = read_one (
    "<service-requests type=\"array\"><service-request><service-request-id>7</service-request-id>"
    "<requested-datetime>2026-11-21T14:05:02Z</requested-datetime><adress-id>5</adress-id>"
    "<zip_code>010000</zip_code></service-request></service-requests>");
  g_autoptr (KomekService) service =
    read_service ("<services is_array=\"true\"><service><service_code>A</service_code>"
                  "<service_name>Шұңқыр</service_name></service></services>");

  g_assert_cmpint (komek_request_peek (request)->requested, ==, NOW);
  g_assert_cmpstr (komek_request_get_number (request), ==, "7");
  assert_numbers ("<nil-classes type=\"array\"/>", "");
}

static const char *const pages[] = {
  "<!DOCTYPE html><html><head><title>500</title></head><body>Internal error</body></html>",
  "<html><head/><body><h1>Sign in to the network</h1></body></html>",
  "<html><body><form action=\"x\"><input name=\"token\" value=\"y\"/></form></body></html>",
  "\n\n<HTML><BODY>Service<BR>unavailable</BODY></HTML>",
  "Internal Server Error",
  "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" "
  "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\"><html><body>x</body></html>",
};

/* An HTML page under an address that ends in .json or .xml, whatever its status was. */
static void
test_12 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    assert_unreadable (pages[i], strlen (pages[i]));
}

/* Answers with 200 that mean nothing, as without a jurisdiction. */
static void
test_13 (void)
{
  static const char *const nothing[] = {
    "", " \r\n", "null", "true", "\"ok\"", "0", "ok", "{}", "{\"ok\":true}",
    "{\"version\":1,\"name\":\"x\"}",
    "[\"a\",\"b\"]", "[[[]]]", "[{\"name\":\"x\"}]", "<ok/>", "<ok>yes</ok>",
    "<status><name>x</name><result>y</result></status>",
    "<service_requests>Access denied</service_requests>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    assert_unreadable (nothing[i], strlen (nothing[i]));
}

static void
test_14 (void)
{
  assert_numbers ("[]", "");
  assert_numbers ("{\"service_requests\":[]}", "");
  assert_numbers ("<service_requests/>", "");
  assert_numbers ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<requests type=\"array\">\n"
                  "</requests>",
                  "");
  assert_words ("[{\"code\":404,\"description\":\"service_request_id not found\"}]",
                "service_request_id not found");
  assert_words ("<?xml version=\"1.0\"?><errors><error><code>404</code><description>"
                "service_request_id not found</description></error></errors>",
                "service_request_id not found");
  assert_words (pages[0], NULL);
}

/* A filter that a server does not understand leaves an empty list, which is data. */
static void
test_16 (void)
{
  assert_numbers (" [ ] ", "");
  assert_numbers ("<requests></requests>", "");
}

static void
test_17 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body =
    bytes ("{\"type\":\"error\",\"code\":\"middleware_15\",\"message\":\"odd\"}");

  assert_words ("{\"code\":400,\"description\":\"lat missing\"}", "lat missing");
  assert_words ("{\"type\":\"error\",\"code\":\"middleware_15\",\"message\":\"odd\"}", "odd");
  assert_words ("{\"errors\":{\"error\":{\"code\":404,\"description\":\"none\"}}}", "none");
  assert_words ("{\"error\":\"Invalid api_key\"}", "Invalid api_key");
  assert_words ("{\"timestamp\":1,\"status\":400,\"error\":\"Bad Request\",\"path\":\"/x\"}",
                "Bad Request");
  assert_words ("{\"code\":400,\"error\":\"lat missing\"}", "lat missing");
  assert_words ("{\"error\":true,\"message\":\"lat missing\"}", "lat missing");
  assert_words ("{\"errors\":[\"lat missing\",\"long missing\"]}", "lat missing\nlong missing");
  assert_words ("<?xml version=\"1.0\"?>\n<error>Invalid api_key</error>", "Invalid api_key");
  assert_words ("<errors><error>lat missing</error></errors>", "lat missing");
  assert_words ("<errors><error/></errors>", NULL);
  assert_words ("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409}", "Conflict");
  assert_words ("<error><type>error</type><code>middleware_15</code><message>odd</message></error>",
                "odd");
  assert_words ("<errors><error><code>403</code><description>a</description></error><error>"
                "<code>400</code><description>b</description></error></errors>",
                "a\nb");
  g_assert_null (komek_wire_read_requests (body, NULL, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "odd");
}

static void
test_18 (void)
{
  g_autoptr (KomekRequest) json = read_members ("\"description\":\"a\x10" "b\tc\"");
  g_autoptr (KomekRequest) escaped = read_members ("\"description\":\"a\\u0010b\\u0000c\"");
  g_autoptr (KomekRequest) xml =
    read_members ("<description>a\x10" "b&#16;c&#x1F;d&#10;e\xef\xbf\xbf</description>");

  assert_numbers ("[{\"service_request_id\":\"7\",},]", "7");
  assert_numbers ("[{\"service_request_id\":0061}]", "0061");
  assert_numbers ("\xef\xbb\xbf[{\"service_request_id\":\"7\"}]", "7");
  assert_numbers ("\xef\xbb\xbf<?xml version=\"1.0\"?><requests><request><service_request_id>0061"
                  "</service_request_id></request></requests>",
                  "0061");
  g_assert_cmpstr (komek_request_peek (json)->text, ==, "a\x10" "b\tc");
  g_assert_cmpstr (komek_request_peek (escaped)->text, ==, "a\x10" "b\xef\xbf\xbd" "c");
  g_assert_cmpstr (komek_request_peek (xml)->text, ==, "a b c d\ne ");
}

/* Whatever the type of the answer says; a body that was inflated wrongly is no answer. */
static void
test_19 (void)
{
  static const char inflated[] = "\x78\x9c\x8b\xae\x56\x2a\x4e\x2d\x2a\xcb\x4c\x4e\x00\x0b\xe9";
  static const char russian[] =
    "<?xml version='1.0' encoding='windows-1251'?><requests><request><service_request_id>7"
    "</service_request_id><description>\xdf\xec\xe0</description></request></requests>";
  g_autoptr (KomekRequest) request = NULL;

  assert_numbers ("<requests><request><service_request_id>7</service_request_id></request>"
                  "</requests>",
                  "7");
  assert_unreadable (inflated, sizeof inflated - 1);
  assert_unreadable ("[{\"service_request_id\":\"1\0\"}]", 28);
  assert_unreadable ("<?xml version=\"1.0\" encoding=\"utf-7\"?><requests/>", 49);
  request = read_one (russian);
  g_assert_cmpstr (komek_request_peek (request)->text, ==, "Яма");
}

static const struct
{
  const char *text;
  const char *number, *token;
} filings[] = {
  { "{\"service_request_id\":293944,\"service_notice\":null}", "293944", NULL },
  { "[{\"token\":12345,\"service_request_id\":\"\"}]", NULL, "12345" },
  { "{\"token\":\"a\"}", NULL, "a" },
  { "[{\"token\":\"a\",\"service_request_id\":\"7\"}]", "7", NULL },
  { "<service_requests><request><service_request_id>7</service_request_id><service_notice/>"
    "</request></service_requests>", "7", NULL },
  { "<request><service_request_id>7</service_request_id></request>", "7", NULL },
  { "<service_requests type=\"array\"><request><token>12345</token></request></service_requests>",
    NULL, "12345" },
};

static const struct
{
  const char *text;
  const char *number, *token;
} tokens[] = {
  { "[{\"service_request_id\":\"638344\",\"token\":\"12345\"}]", "638344", "12345" },
  { "[{\"token\":12345}]", NULL, "12345" },
  { "{\"token\":\"12345\",\"service_request_id\":null}", NULL, "12345" },
  { "{\"token\":\"12345\"}", NULL, "12345" },
  { "<service_requests><request><service_request_id/><token>12345</token></request>"
    "</service_requests>", NULL, "12345" },
  { "<service_requests><request><service_request_id>7</service_request_id></request>"
    "</service_requests>", "7", NULL },
};

static void
test_20 (void)
{
  static const char *const nothing[] = { "", "[]", "<service_requests/>",
                                         "[{\"token\":{\"a\":\"b\"}}]",
                                         "[{\"service_request_id\":\"7\"" };

  for (guint i = 0; i < G_N_ELEMENTS (filings); i++)
    {
      g_autoptr (GBytes) body = bytes (filings[i].text);
      g_autoptr (KomekWireFiling) filing = komek_wire_read_filing (body, NULL);

      g_test_message ("%s", filings[i].text);
      g_assert_nonnull (filing);
      g_assert_cmpstr (filing->number, ==, filings[i].number);
      g_assert_cmpstr (filing->token, ==, filings[i].token);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr (GBytes) body = bytes (tokens[i].text);
      g_autoptr (KomekWireToken) token = komek_wire_read_token (body, NULL);

      g_test_message ("%s", tokens[i].text);
      g_assert_nonnull (token);
      g_assert_cmpstr (token->number, ==, tokens[i].number);
      g_assert_cmpstr (token->token, ==, tokens[i].token);
    }
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (GBytes) body = bytes (nothing[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (komek_wire_read_filing (body, &error));
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
      g_clear_error (&error);
      g_assert_null (komek_wire_read_token (body, &error));
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
    }
}

static void
test_26 (void)
{
  g_autoptr (GPtrArray) attributes = read_definition (
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><service_definition><service_code>DMV66"
    "</service_code><attribute><variable>true</variable><code>WHISHETN</code><datatype>"
    "singlevaluelist</datatype>"
    "<required>true</required><order>2</order><description>What is the ticket number?</description>"
    "<value><key>123</key><name>Ford</name></value><value><key>124</key><name>Chrysler</name>"
    "</value></attribute><attribute><code>FIRST</code><order>1</order></attribute>"
    "</service_definition>");
  g_autoptr (GPtrArray) one = read_definition (
    "<service_definition><attribute><code>A</code></attribute></service_definition>");

  g_assert_cmpuint (attributes->len, ==, 2);
  g_assert_cmpstr (komek_attribute_get_code (attributes->pdata[0]), ==, "FIRST");
  g_assert_cmpuint (komek_attribute_get_n_values (attributes->pdata[1]), ==, 2);
  g_assert_cmpstr (komek_attribute_get_value_key (attributes->pdata[1], 1), ==, "124");
  g_assert_cmpuint (one->len, ==, 1);
}

static void
test_28 (void)
{
  assert_endpoints ("{\"endpoints\":[{\"url\":\"http://a/v2/services.json?jurisdiction_id=x\"}]}",
                    "http://a/v2/services.json/");
  assert_endpoints ("{\"endpoints\":[{\"url\":\"http://a/v2?api_key=\"},{\"type\":\"test\",\"url\":"
                    "\"http://t/v2/#\"}]}",
                    "http://a/v2/ http://t/v2/");
  assert_endpoints ("<discovery><changeset>2011-04-05 17:48</changeset><endpoints><endpoint>"
                    "<specification>http://wiki.open311.org/GeoReport_v2</specification><url>"
                    "http://t/v2 </url><type>test</type></endpoint><endpoint><url>http://p/v2</url>"
                    "<type>production</type></endpoint></endpoints></discovery>",
                    "http://p/v2/ http://t/v2/");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/quirk/01-one-element-without-its-list", test_01);
  g_test_add_func ("/wire/quirk/02-wrapped-in-a-root", test_02);
  g_test_add_func ("/wire/quirk/03-lists-as-objects", test_03);
  g_test_add_func ("/wire/quirk/04-elements-of-other-names", test_04);
  g_test_add_func ("/wire/quirk/05-names-with-hyphens", test_05);
  g_test_add_func ("/wire/quirk/12-a-page-where-data-should-be", test_12);
  g_test_add_func ("/wire/quirk/13-a-success-that-means-nothing", test_13);
  g_test_add_func ("/wire/quirk/14-unknown-ids", test_14);
  g_test_add_func ("/wire/quirk/16-a-filter-that-was-ignored", test_16);
  g_test_add_func ("/wire/quirk/17-errors-of-other-shapes", test_17);
  g_test_add_func ("/wire/quirk/18-what-is-no-json-and-no-xml", test_18);
  g_test_add_func ("/wire/quirk/19-one-format-only-and-another-charset", test_19);
  g_test_add_func ("/wire/quirk/20-answers-to-a-filing", test_20);
  g_test_add_func ("/wire/quirk/26-definitions-without-a-list", test_26);
  g_test_add_func ("/wire/quirk/28-addresses-in-a-discovery", test_28);
  return g_test_run ();
}
