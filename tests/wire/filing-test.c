/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-error.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-form.h"
#include "komek-wire-time.h"

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_a_form_of_plus_signs_and_attributes (void)
{
  g_autoptr (GBytes) body = bytes (
      "service_code=HOU.lift_off&description=lift+is%20off&attribute[entrance]=2"
      "&attribute%5Bcolour%5D%5B%5D=red&attribute[colour][]=blue&attribute[]=x&attributes=y"
      "&description=the+lift+is+off&lat=&long=&email=a%40b.kz");
  g_autoptr (KomekWireForm) form = komek_wire_read_form (body, NULL);

  g_assert_cmpstr (form->text, ==, "the lift is off");
  g_assert_false (komek_place_has_point (form->place));
  g_assert_false (form->odd_point);
  g_assert_cmpuint (form->attributes->len, ==, 6);
  g_assert_cmpstr (form->attributes->pdata[0], ==, "entrance");
  g_assert_cmpstr (form->attributes->pdata[1], ==, "2");
  g_assert_cmpstr (form->attributes->pdata[4], ==, "colour");
  g_assert_cmpstr (form->attributes->pdata[5], ==, "blue");
}

static const char *const odd_points[] = {
  "lat=51.1",          "long=71.4",        "lat=north&long=71.4",
  "lat=51.1&long=271", "lat=nan&long=nan", "lat=51,1&long=71,4",
};

static void
test_an_odd_point_is_told_from_none (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (odd_points); i++)
    {
      g_autoptr (GBytes) body = bytes (odd_points[i]);
      g_autoptr (KomekWireForm) form = komek_wire_read_form (body, NULL);

      g_assert_true (form->odd_point);
      g_assert_false (komek_place_has_point (form->place));
    }
}

static void
test_an_empty_form_is_a_form (void)
{
  g_autoptr (GBytes) body = bytes ("");
  g_autoptr (KomekWireForm) form = komek_wire_read_form (body, NULL);

  g_assert_null (form->service);
  g_assert_null (form->text);
  g_assert_null (form->key);
}

static const char *const no_forms[] = { "description=%zz", "description=%ff%fe", "description" };

static void
test_junk_is_no_form (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (no_forms); i++)
    {
      g_autoptr (GBytes) body = bytes (no_forms[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (komek_wire_read_form (body, &error));
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
    }
}

static void
test_a_filing_round_trips (void)
{
  KomekWireFiling written = { .number = (char *) "211126-000-014",
                              .notice = (char *) "Қабылданды",
                              .key = (char *) "k-1" };
  g_autoptr (GBytes) body = komek_wire_write_filing (&written, KOMEK_WIRE_JSON);
  g_autoptr (KomekWireFiling) read = komek_wire_read_filing (body, NULL);

  g_assert_cmpstr (read->number, ==, "211126-000-014");
  g_assert_null (read->token);
  g_assert_cmpstr (read->notice, ==, "Қабылданды");
  g_assert_cmpstr (read->key, ==, "k-1");
}

static const struct
{
  const char *name;
  const char *json;
  const char *number;
  const char *token;
} filings[] = {
  { "bare-object", "{\"service_request_id\":293944,\"service_notice\":null}", "293944", NULL },
  { "wrapped", "{\"service_requests\":[{\"service_request_id\":\"7\"}]}", "7", NULL },
  { "token", "[{\"token\":12345,\"service_request_id\":\"\"}]", NULL, "12345" },
  { "bare-token", "{\"token\":\"a\"}", NULL, "a" },
  { "both", "[{\"token\":\"a\",\"service_request_id\":\"7\"}]", "7", NULL },
};

static void
test_reads_filing (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GBytes) body = bytes (filings[i].json);
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekWireFiling) filing = komek_wire_read_filing (body, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (filing->number, ==, filings[i].number);
  g_assert_cmpstr (filing->token, ==, filings[i].token);
}

static const char *const no_filings[] = {
  "",
  "[]",
  "{}",
  "[null]",
  "[{\"service_request_id\":null}]",
  "<html>Log in</html>",
  "{\"ok\":true}",
  "[{\"token\":{}}]",
};

static void
test_nothing_else_counts_as_filed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (no_filings); i++)
    {
      g_autoptr (GBytes) body = bytes (no_filings[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (komek_wire_read_filing (body, &error));
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
    }
}

static const struct
{
  const char *name;
  const char *json;
  const char *words;
} errors[] = {
  { "standard",
    "[{\"code\":403,\"description\":\"api_key missing\"},{\"code\":400,\"description\":\"lat "
    "missing\"}]",
    "api_key missing\nlat missing" },
  { "one-object", "{\"code\":404,\"description\":\"not found\"}", "not found" },
  { "middleware", "{\"type\":\"error\",\"code\":\"middleware_15\",\"message\":\"odd\"}", "odd" },
  { "wrapped", "{\"errors\":[{\"code\":404,\"description\":\"not found\"}]}", "not found" },
  { "element", "{\"errors\":{\"error\":{\"code\":404,\"description\":\"not found\"}}}",
    "not found" },
  { "without-code", "[{\"description\":\"not found\"}]", "not found" },
  { "html", "<h1>Bad Gateway</h1>", NULL },
  { "nothing-said", "[{\"code\":400}]", NULL },
  { "empty-list", "[]", NULL },
};

static void
test_reads_errors (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GBytes) body = bytes (errors[i].json);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = komek_wire_read_errors (body, &error);

  g_assert_cmpstr (words, ==, errors[i].words);
  if (!words)
    g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_an_error_round_trips (void)
{
  g_autoptr (GBytes) body = komek_wire_write_error (400, "Мәтін «тым ұзын»", KOMEK_WIRE_JSON);
  g_autofree char *words = komek_wire_read_errors (body, NULL);

  g_assert_cmpstr (words, ==, "Мәтін «тым ұзын»");
}

static const struct
{
  const char *text;
  gint64      time; /* as if the zone were +05:00 where the text has none */
} times[] = {
  { "2026-11-21T14:05:02Z", 1795269902 },
  { "2026-11-21T14:05:02z", 1795269902 },
  { "2026-11-21T14:05:02Z\n", 1795269902 },
  { "2026-11-21T19:05:02+05:00", 1795269902 },
  { "2026-11-21T19:05:02+0500", 1795269902 },
  { "2026-11-21T19:05:02+05", 1795269902 },
  { "2026-11-21 19:05:02 +0500", 1795269902 },
  { "2026-11-21T08:05:02-06:00", 1795269902 },
  { "2026-11-21T19:35:02+05:30", 1795269902 },
  { "2026-11-21T14:05:02.678Z", 1795269902 },
  { "2026-11-21T19:05:02", 1795269902 },
  { " 2026-11-21 19:05:02 ", 1795269902 },
  { "2026-11-21T19:05", 1795269900 },
  { "2011-09-1 17:35", 1314880500 },
  { "2013-01-01 17:15", 1357042500 },
  { "2026/11/21 19:05:02", 1795269902 },
  { "2026-11-21", 1795201200 },
  { "2026-11-21T", 1795201200 },
  { "2026-06-30T23:59:60Z", 1782863999 },
  { "1970-01-01T00:00:00Z", 0 },
  { "1969-12-31T23:59:59Z", -1 },
  { "2000-02-29T12:00:00Z", 951825600 },
  { "1900-03-01T00:00:00Z", -2203891200 },
  { "1900-01-01T00:00:00+05:00", 0 },
  { "1900-02-29T00:00:00Z", 0 },
  { "0001-01-01T00:00:00Z", 0 },
  { "9999-12-31T23:59:59Z", 0 },
  { "", 0 },
  { "yesterday", 0 },
  { "2026-11", 0 },
  { "2026-13-01", 0 },
  { "2026-02-30", 0 },
  { "2026-11-21T25:00:00Z", 0 },
  { "2026-11-21Tnoon", 0 },
  { "2026-11-21T19:05:02+99:00", 0 },
  { "2026-11-21T19:05:02 Almaty", 0 },
  { "0000-01-01", 0 },
  { "99999999999999999999-01-01", 0 },
  { "1795269902", 0 },
};

static void
test_dates_are_read_with_or_without_their_parts (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_test_message ("%s", times[i].text);
      g_assert_cmpint (komek_wire_read_time (times[i].text, zone), ==, times[i].time);
    }
}

static void
test_dates_are_written_with_the_offset (void)
{
  g_autoptr (GTimeZone) astana = g_time_zone_new_offset (5 * 3600);
  g_autoptr (GTimeZone) newfoundland = g_time_zone_new_offset (-(3 * 3600 + 1800));
  g_autofree char *east = komek_wire_write_time (1795269902, astana);
  g_autofree char *west = komek_wire_write_time (1795269902, newfoundland);

  g_assert_cmpstr (east, ==, "2026-11-21T19:05:02+05:00");
  g_assert_cmpstr (west, ==, "2026-11-21T10:35:02-03:30");
}

#define ADD_TABLE(path, table, function) \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) \
    { \
      g_autofree char *name = g_strdup_printf (path "/%s", table[i].name); \
      g_test_add_data_func (name, GSIZE_TO_POINTER (i), function); \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/plus-signs-and-attributes", test_a_form_of_plus_signs_and_attributes);
  g_test_add_func ("/form/an-odd-point-is-told-from-none", test_an_odd_point_is_told_from_none);
  g_test_add_func ("/form/an-empty-form-is-a-form", test_an_empty_form_is_a_form);
  g_test_add_func ("/form/junk-is-none", test_junk_is_no_form);
  g_test_add_func ("/filing/round-trips", test_a_filing_round_trips);
  ADD_TABLE ("/filing/reads", filings, test_reads_filing);
  g_test_add_func ("/filing/nothing-else-counts-as-filed", test_nothing_else_counts_as_filed);
  ADD_TABLE ("/errors/reads", errors, test_reads_errors);
  g_test_add_func ("/errors/one-round-trips", test_an_error_round_trips);
  g_test_add_func ("/time/is-read-with-or-without-its-parts",
                   test_dates_are_read_with_or_without_their_parts);
  g_test_add_func ("/time/is-written-with-the-offset", test_dates_are_written_with_the_offset);
  return g_test_run ();
}
