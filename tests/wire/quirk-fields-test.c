/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "komek-wire-request.h"
#include "komek-wire-update.h"
#include "quirk-reading.h"

/* What the fields of an answer hold at real servers, see quirk-reading.h. */

#define NOW 1795269902 /* 2026-11-21 14:05:02 in UTC */

static const struct
{
  const char *members;
  double      latitude, longitude;
} points[] = {
  { "\"lat\":\"51.5\",\"long\":\"71.25\"", 51.5, 71.25 },
  { "\"lat\":51.43999862670898,\"long\":71.41999816894531", 51.43999862670898, 71.41999816894531 },
  { "\"long\":71.25,\"lat\":51.5", 51.5, 71.25 },
  { "\"lat\":0,\"long\":0.0,\"address\":\"Абай, 1\"", NAN, NAN },
  { "\"lat\":\"0\",\"long\":\"0\"", NAN, NAN },
  { "<long> 71.25</long><lat>51.5\n</lat>", 51.5, 71.25 },
  { "<lat>51.43999862670898</lat><long>71.41999816894531</long>", 51.43999862670898,
    71.41999816894531 },
  { "<lat>0</lat><long>0.0</long><address>Абай, 1</address>", NAN, NAN },
};

static void
test_06 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autoptr (KomekRequest) request = read_members (points[i].members);
      KomekPlace *place = komek_request_get_place (request);

      g_assert_cmpint (komek_place_has_point (place), ==, !isnan (points[i].latitude));
      if (!komek_place_has_point (place))
        continue;
      g_assert_cmpfloat_with_epsilon (komek_place_get_latitude (place), points[i].latitude, 1e-9);
      g_assert_cmpfloat_with_epsilon (komek_place_get_longitude (place), points[i].longitude, 1e-9);
    }
}

static const char *const ids[][2] = {
  { "638344", "638344" },
  { "638344.0", "638344" },
  { "6.38344e5", "638344" },
  { "0061", "0061" },
  { "0", "0" },
  { "12345678901234567890123", "12345678901234567890123" },
  { "\"507f1f77bcf86cd799439011\"", "507f1f77bcf86cd799439011" },
  { "\"14-01100669\"", "14-01100669" },
  { "\"SR-14 A/7\"", "SR-14 A/7" },
  { "\"ҚАЛА-7\"", "ҚАЛА-7" },
};

static void
test_07 (void)
{
  g_autoptr (KomekService) service = read_service ("[{\"service_code\":006}]");

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *json = g_strdup_printf ("[{\"service_request_id\":%s}]", ids[i][0]);
      g_autofree char *xml =
        g_strdup_printf ("<service_requests><request><service_request_id>%s</service_request_id>"
                         "</request></service_requests>",
                         ids[i][1]);

      assert_numbers (json, ids[i][1]);
      assert_numbers (xml, ids[i][1]);
    }
  g_assert_cmpstr (komek_service_get_code (service), ==, "006");
}

static const struct
{
  const char *json, *xml;
  gboolean    flag;
} flags[] = {
  { "true", "true", TRUE },         { "\"true\"", " true ", TRUE }, { "\"True\"", "TRUE", TRUE },
  { "1", "1", TRUE },               { "false", "false", FALSE },    { "\"false\"", "False", FALSE },
  { "null", "", FALSE },            { "\"\"", "0", FALSE },
};

static void
test_08 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autofree char *json =
        g_strdup_printf ("{\"attributes\":[{\"code\":\"a\",\"required\":%s}]}", flags[i].json);
      g_autofree char *xml =
        g_strdup_printf ("<service_definition><attributes><attribute><code>a</code><required>%s"
                         "</required></attribute></attributes></service_definition>",
                         flags[i].xml);
      g_autofree char *metadata =
        g_strdup_printf ("[{\"service_code\":\"A\",\"metadata\":%s}]", flags[i].json);
      g_autoptr (GPtrArray) from_json = read_definition (json);
      g_autoptr (GPtrArray) from_xml = read_definition (xml);
      g_autoptr (KomekService) service = read_service (metadata);

      g_assert_cmpint (komek_attribute_is_required (from_json->pdata[0]), ==, flags[i].flag);
      g_assert_cmpint (komek_attribute_is_required (from_xml->pdata[0]), ==, flags[i].flag);
      g_assert_cmpint (komek_service_has_metadata (service), ==, flags[i].flag);
    }
}

static const char *const nothings[] = {
  "\"x\":1",
  "\"description\":null,\"address\":\"\",\"service_name\":null,\"updated_datetime\":\"\"",
  "\"description\":{\"@nil\":\"true\"},\"service_code\":{\"@nil\":\"true\"},\"status_notes\":[]",
  "<x>1</x>",
  "<description/><address></address><service_name/><updated_datetime/>",
  "<description nil=\"true\"/><service_code xsi:nil=\"true\" xmlns:xsi=\"urn:x\">no</service_code>",
  "<description xsi:nil=\"true\"></description>",
};

static void
test_09 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nothings); i++)
    {
      g_autoptr (KomekRequest) request = read_members (nothings[i]);
      const KomekRequestFields *fields = komek_request_peek (request);

      g_assert_cmpstr (fields->text, ==, "");
      g_assert_cmpstr (fields->service, ==, "");
      g_assert_cmpstr (fields->service_name, ==, "");
      g_assert_cmpstr (fields->notes, ==, "");
      g_assert_cmpint (fields->updated, ==, 0);
      g_assert_cmpstr (komek_place_get_address (fields->place), ==, "");
    }
}

static void
test_10 (void)
{
  assert_numbers ("[{\"service_request_id\":\"\"},{\"service_request_id\":null},"
                  "{\"status\":\"open\"},{\"token\":\"x\"},{\"service_request_id\":\" \"},"
                  "{\"service_request_id\":\"8\"}]",
                  "8");
  assert_numbers ("<service_requests><request><service_request_id/></request><request><status>open"
                  "</status></request><request><service_request_id>8</service_request_id></request>"
                  "</service_requests>",
                  "8");
  assert_numbers ("[{\"token\":\"x\",\"status\":\"open\"}]", "");
}

static const struct
{
  const char *text;
  gint64      time; /* as if the zone were +05:00 where the text has none */
} dates[] = {
  { "2026-11-21T14:05:02Z", NOW },         { "2026-11-21T19:05:02", NOW },
  { "2026-11-21 19:05:02 +0500", NOW },    { "2011-09-1 17:35", 1314880500 },
  { "2013-01-01 17:15", 1357042500 },      { "2026-11-21", 1795201200 },
  { "2026-11-21T19:05:02.678+05:00", NOW }, { "", 0 },
  { "soon", 0 },
};

static void
test_11 (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600);

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *json =
        g_strdup_printf ("[{\"service_request_id\":1,\"requested_datetime\":\"%s\"}]",
                         dates[i].text);
      g_autofree char *xml =
        g_strdup_printf ("<requests><request><service_request_id>1</service_request_id>"
                         "<requested_datetime>%s</requested_datetime></request></requests>",
                         dates[i].text);
      g_autoptr (GBytes) json_body = bytes (json);
      g_autoptr (GBytes) xml_body = bytes (xml);
      g_autoptr (GPtrArray) from_json = komek_wire_read_requests (json_body, zone, NULL);
      g_autoptr (GPtrArray) from_xml = komek_wire_read_requests (xml_body, zone, NULL);

      g_test_message ("%s", dates[i].text);
      g_assert_cmpint (komek_request_peek (from_json->pdata[0])->requested, ==, dates[i].time);
      g_assert_cmpint (komek_request_peek (from_xml->pdata[0])->requested, ==, dates[i].time);
    }
}

static const struct
{
  const char *word;
  KomekStatus status;
  const char *name;
} words[] = {
  { "open", KOMEK_STATUS_OTHER_OPEN, "open" },
  { "CLOSED", KOMEK_STATUS_CLOSED, "" },
  { "fixed", KOMEK_STATUS_DONE, "" },
  { "Fixed - Council", KOMEK_STATUS_DONE, "" },
  { "IN_PROGRESS", KOMEK_STATUS_IN_WORK, "" },
  { "In Progress", KOMEK_STATUS_IN_WORK, "" },
  { "in-progress", KOMEK_STATUS_IN_WORK, "" },
  { "planned", KOMEK_STATUS_IN_WORK, "" },
  { "action scheduled", KOMEK_STATUS_IN_WORK, "" },
  { "INVESTIGATING", KOMEK_STATUS_ACCEPTED, "" },
  { "duplicate", KOMEK_STATUS_DUPLICATE, "" },
  { "not_councils_responsibility", KOMEK_STATUS_REJECTED, "" },
  { "no further action", KOMEK_STATUS_CLOSED, "" },
  { "internal_referral", KOMEK_STATUS_ASSIGNED, "" },
  { "cancelled", KOMEK_STATUS_CLOSED_BY_APPLICANT, "" },
  { "reopen", KOMEK_STATUS_REOPENED, "" },
  { "for_triage", KOMEK_STATUS_NEW, "" },
  { "Wartet auf Teile", KOMEK_STATUS_OTHER_OPEN, "Wartet auf Teile" },
};

static void
test_23 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *json = g_strdup_printf ("\"status\":\"%s\"", words[i].word);
      g_autofree char *xml = g_strdup_printf ("<status>%s</status>", words[i].word);
      g_autoptr (KomekRequest) from_json = read_members (json);
      g_autoptr (KomekRequest) from_xml = read_members (xml);

      g_assert_cmpint (komek_request_get_status (from_json), ==, words[i].status);
      g_assert_cmpint (komek_request_get_status (from_xml), ==, words[i].status);
      g_assert_cmpstr (komek_request_peek (from_json)->status_name, ==, words[i].name);
      g_assert_cmpstr (komek_request_peek (from_xml)->status_name, ==, words[i].name);
    }
}

static const char *const media[][2] = {
  { "\"media_url\":\"http://a/1.jpg \"", "http://a/1.jpg" },
  { "\"media_url\":[\"http://a/1.jpg\",\"https://a/2.jpg\"]", "http://a/1.jpg https://a/2.jpg" },
  { "\"media_url\":{\"media_url\":\"http://a/1.jpg\"}", "http://a/1.jpg" },
  { "\"media_url\":[{\"media_url\":\"http://a/1.jpg\"},{\"url\":\"http://a/2.jpg\"}]",
    "http://a/1.jpg http://a/2.jpg" },
  { "\"media_url\":\"http://a/1.jpg\",\"extended_attributes\":{\"media_urls\":[\"http://a/1.jpg\","
    "\"http://a/2.jpg\"]}", "http://a/1.jpg http://a/2.jpg" },
  { "\"media_url\":\"data:image/png;base64,iVBORw0KGgo=\"", "data:image/png;base64,iVBORw0KGgo=" },
  { "\"media_url\":\"photo is at the office\"", "" },
  { "\"media_url\":\"javascript:alert(1)\"", "" },
  { "\"media_url\":\"file:///etc/passwd\"", "" },
  { "\"media_url\":\"data:text/html,<b>\"", "" },
  { "\"media_url\":null", "" },
  { "\"media_url\":\"http://a\x12/1.jpg\"", "" },
  { "\"media_url\":\"http://city.example/photo.php?id=7&amp;x=1\"",
    "http://city.example/photo.php?id=7&amp;x=1" },
  { "<media_url> http://a/1.jpg\n</media_url>", "http://a/1.jpg" },
  { "<media_url>http://a/1.jpg</media_url><media_url>http://a/2.jpg</media_url>",
    "http://a/1.jpg http://a/2.jpg" },
  { "<media_url><media_url>http://a/1.jpg</media_url></media_url>", "http://a/1.jpg" },
  { "<media_url/><extended_attributes><media_urls><media_url>http://a/1.jpg</media_url><media_url>"
    "http://a/2.jpg</media_url></media_urls></extended_attributes>",
    "http://a/1.jpg http://a/2.jpg" },
  { "<media_url>http://a/p.php?id=7&amp;x=1</media_url>", "http://a/p.php?id=7&x=1" },
};

static void
test_24 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (media); i++)
    {
      g_autoptr (KomekRequest) request = read_members (media[i][0]);
      const char *const *found = komek_request_peek (request)->media;
      g_autofree char *joined = found ? g_strjoinv (" ", (char **) found) : g_strdup ("");

      g_assert_cmpstr (joined, ==, media[i][1]);
    }
}

static const char *const groups[][3] = {
  { "[{\"service_code\":\"A\",\"group\":\"street\",\"keywords\":\"a, b ,c\"}]", "street", "a,b,c" },
  { "[{\"service_code\":\"A\",\"group\":[\"street\"],\"keywords\":[\"a\",\"b\",\"c\"]}]", "street",
    "a,b,c" },
  { "[{\"service_code\":\"A\",\"group\":null,\"keywords\":\",,\"}]", "", "" },
  { "<services><service><service_code>A</service_code><group>street</group><keywords>a,b,c"
    "</keywords></service></services>", "street", "a,b,c" },
  { "<services><service><service_code>A</service_code><group>street</group><keywords><keyword>a"
    "</keyword><keyword>b</keyword><keyword>c</keyword></keywords></service></services>",
    "street", "a,b,c" },
};

static void
test_25 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autoptr (KomekService) service = read_service (groups[i][0]);

      g_assert_cmpstr (komek_service_get_group (service), ==, groups[i][1]);
      g_assert_cmpstr (komek_service_get_keywords (service), ==, groups[i][2]);
    }
}

/* Older than the last change and before the report they are history all the same. */
static const struct
{
  const char *text;
  const char *ids;
} histories[] = {
  { "{\"service_request_updates\":[{\"update_id\":1,\"service_request_id\":7,\"updated_datetime\":"
    "\"2026-11-21T14:05:02Z\"},{\"update_id\":\"1\",\"service_request_id\":\"7\","
    "\"updated_datetime\":\"2026-11-21T14:05:02Z\"},{\"update_id\":2,\"service_request_id\":7,"
    "\"updated_datetime\":\"2001-01-01T00:00:00Z\"}]}", "7/1 7/2" },
  { "[{\"update_id\":1,\"service_request_id\":7},{\"update_id\":1,\"service_request_id\":8}]",
    "7/1 8/1" },
  { "[{\"update_id\":1,\"service_request_id\":7,\"updated_datetime\":\"2026-11-21T14:05:02Z\"},"
    "{\"update_id\":1,\"service_request_id\":7,\"updated_datetime\":\"2026-11-22T14:05:02Z\"}]",
    "7/1 7/1" },
  { "[{\"update_id\":1},{\"service_request_id\":7},{\"update_id\":2,\"service_request_id\":7}]",
    "7/2" },
  { "<service_request_updates><request_update><update_id>1</update_id><service_request_id>7"
    "</service_request_id></request_update><request_update><update_id>1</update_id>"
    "<service_request_id>7</service_request_id></request_update></service_request_updates>",
    "7/1" },
};

static void
test_27 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
    {
      g_autoptr (GBytes) body = bytes (histories[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) updates = komek_wire_read_updates (body, NULL, &error);
      g_autoptr (GString) found = g_string_new (NULL);

      g_assert_no_error (error);
      for (guint j = 0; j < updates->len; j++)
        g_string_append_printf (found, "%s%s/%s", j ? " " : "",
                                komek_update_get_number (updates->pdata[j]),
                                komek_update_get_id (updates->pdata[j]));
      g_assert_cmpstr (found->str, ==, histories[i].ids);
    }
}

static const char *const marked_up[][2] = {
  { "\"description\":\"<b>Шұңқыр</b> \\\"x\\\" &amp; &lt;i&gt;\"",
    "<b>Шұңқыр</b> \"x\" &amp; &lt;i&gt;" },
  { "<description>&lt;b&gt;Шұңқыр&lt;/b&gt; \"x\" &amp;amp;</description>",
    "<b>Шұңқыр</b> \"x\" &amp;" },
  { "<description><![CDATA[<script>alert(\"1\")</script>]]></description>",
    "<script>alert(\"1\")</script>" },
  { "<description>The <b>big</b> hole &#x2014; <i>deep</i></description>", "The big hole — deep" },
};

static void
test_30 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (marked_up); i++)
    {
      g_autoptr (KomekRequest) request = read_members (marked_up[i][0]);

      g_assert_cmpstr (komek_request_peek (request)->text, ==, marked_up[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/quirk/06-points-of-all-kinds", test_06);
  g_test_add_func ("/wire/quirk/07-ids-of-all-kinds", test_07);
  g_test_add_func ("/wire/quirk/08-flags-as-words", test_08);
  g_test_add_func ("/wire/quirk/09-nothing-in-all-its-forms", test_09);
  g_test_add_func ("/wire/quirk/10-requests-without-an-id", test_10);
  g_test_add_func ("/wire/quirk/11-dates-without-their-parts", test_11);
  g_test_add_func ("/wire/quirk/23-words-for-a-status", test_23);
  g_test_add_func ("/wire/quirk/24-pictures-in-all-forms", test_24);
  g_test_add_func ("/wire/quirk/25-groups-and-keywords", test_25);
  g_test_add_func ("/wire/quirk/27-updates-twice-and-late", test_27);
  g_test_add_func ("/wire/quirk/30-markup-inside-a-text", test_30);
  return g_test_run ();
}
