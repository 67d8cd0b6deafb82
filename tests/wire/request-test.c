/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "komek-error.h"
#include "komek-wire-request.h"
#include "komek-wire-update.h"

#define NOW 1795269902 /* 2026-11-21 14:05:02 in UTC, 19:05:02 in Astana */

static GTimeZone *
astana (void)
{
  return g_time_zone_new_offset (5 * 3600);
}

static GPtrArray *
read_text (const char *json, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

  return komek_wire_read_requests (body, NULL, error);
}

/* The only request that is read from @json. */
static KomekRequest *
read_one (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = read_text (json, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (requests->len, ==, 1);
  return g_object_ref (requests->pdata[0]);
}

static KomekRequest *
make_request (KomekStatus status)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.1282, 71.4304, "Абай даңғылы, 18", "esil");

  return komek_request_new (&(KomekRequestFields) {
    .number = "211126-000-014",
    .service = "ROA.pothole",
    .service_name = "Жолдағы шұңқыр",
    .status = status,
    .status_name = "Жұмыста",
    .text = "\"Шұңқыр\" <b>терең</b>\n\\ \t 'ә' ✓ \x01",
    .notes = "Бригада шықты",
    .place = place,
    .agency = "roads",
    .agency_name = "Жол басқармасы (үлгі)",
    .requested = NOW,
    .updated = NOW + 60,
    .due = NOW + 86400,
    .supporters = 3,
  });
}

static void
assert_same (KomekRequest *a, KomekRequest *b)
{
  const KomekRequestFields *x = komek_request_peek (a), *y = komek_request_peek (b);

  g_assert_cmpstr (x->number, ==, y->number);
  g_assert_cmpstr (x->service, ==, y->service);
  g_assert_cmpstr (x->service_name, ==, y->service_name);
  g_assert_cmpint (x->status, ==, y->status);
  g_assert_cmpstr (x->status_name, ==, y->status_name);
  g_assert_cmpstr (x->text, ==, y->text);
  g_assert_cmpstr (x->notes, ==, y->notes);
  g_assert_cmpstr (x->agency, ==, y->agency);
  g_assert_cmpstr (x->agency_name, ==, y->agency_name);
  g_assert_cmpint (x->requested, ==, y->requested);
  g_assert_cmpint (x->updated, ==, y->updated);
  g_assert_cmpint (x->due, ==, y->due);
  g_assert_cmpuint (x->supporters, ==, y->supporters);
  g_assert_cmpint (komek_place_has_point (x->place), ==, komek_place_has_point (y->place));
  if (komek_place_has_point (x->place))
    g_assert_cmpfloat (komek_place_metres_between (komek_place_get_latitude (x->place),
                                                   komek_place_get_longitude (x->place),
                                                   komek_place_get_latitude (y->place),
                                                   komek_place_get_longitude (y->place)),
                       <, 0.05);
  g_assert_cmpstr (komek_place_get_address (x->place), ==, komek_place_get_address (y->place));
  g_assert_cmpstr (komek_place_get_district (x->place), ==, komek_place_get_district (y->place));
}

static void
test_round_trip_keeps_every_field (void)
{
  g_autoptr (GTimeZone) zone = astana ();
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  for (guint status = 0; status < KOMEK_STATUS_OTHER_OPEN; status++)
    g_ptr_array_add (written, make_request (status));
  body = komek_wire_write_requests (written, zone, TRUE, KOMEK_WIRE_JSON);
  read = komek_wire_read_requests (body, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, written->len);
  for (guint i = 0; i < read->len; i++)
    assert_same (read->pdata[i], written->pdata[i]);
}

static void
test_times_carry_the_citys_offset (void)
{
  g_autoptr (GTimeZone) zone = astana ();
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *json = NULL;

  g_ptr_array_add (written, make_request (KOMEK_STATUS_NEW));
  body = komek_wire_write_requests (written, zone, FALSE, KOMEK_WIRE_JSON);
  json = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_nonnull (strstr (json, "\"requested_datetime\":\"2026-11-21T19:05:02+05:00\""));
  g_assert_nonnull (strstr (json, "\"expected_datetime\":\"2026-11-22T19:05:02+05:00\""));
}

static void
test_plain_standard_has_no_extensions (void)
{
  g_autoptr (GTimeZone) zone = astana ();
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (KomekRequest) request = NULL;
  g_autofree char *json = NULL;

  g_ptr_array_add (written, make_request (KOMEK_STATUS_ANSWERED));
  body = komek_wire_write_requests (written, zone, FALSE, KOMEK_WIRE_JSON);
  json = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  request = read_one (json);

  g_assert_null (strstr (json, "extended_attributes"));
  g_assert_cmpint (komek_request_get_status (request), ==, KOMEK_STATUS_CLOSED);
  g_assert_cmpstr (komek_place_get_district (komek_request_get_place (request)), ==, "");
}

static void
test_a_place_without_a_point_stays_without (void)
{
  g_autoptr (GTimeZone) zone = astana ();
  g_autoptr (KomekPlace) place = komek_place_new_address ("Абай даңғылы", NULL);
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;

  g_ptr_array_add (written,
                   komek_request_new (&(KomekRequestFields){ .number = "1", .place = place }));
  body = komek_wire_write_requests (written, zone, TRUE, KOMEK_WIRE_JSON);
  read = komek_wire_read_requests (body, NULL, NULL);

  g_assert_false (komek_place_has_point (komek_request_get_place (read->pdata[0])));
  assert_same (read->pdata[0], written->pdata[0]);
}

static void
test_no_requests_are_an_empty_list (void)
{
  g_autoptr (GTimeZone) zone = astana ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GBytes) body = komek_wire_write_requests (none, zone, TRUE, KOMEK_WIRE_JSON);
  g_autoptr (GPtrArray) read = komek_wire_read_requests (body, NULL, NULL);

  g_assert_cmpuint (g_bytes_get_size (body), ==, 2);
  g_assert_cmpuint (read->len, ==, 0);
}

/* The quirks of real servers; each comes out as the numbers that are named. */
static const struct
{
  const char *name;
  const char *json;
  const char *numbers;
} lists[] = {
  { "one-object", "{\"service_request_id\":\"7\"}", "7" },
  { "root-named-requests",
    "{\"requests\":[{\"service_request_id\":\"7\"},{\"service_request_id\":\"8\"}]}", "7 8" },
  { "root-named-service-requests", "{\"service_requests\":[{\"service_request_id\":\"7\"}]}", "7" },
  { "root-and-element", "{\"service_requests\":{\"request\":[{\"service_request_id\":\"7\"}]}}",
    "7" },
  { "root-and-one", "{\"service_requests\":{\"request\":{\"service_request_id\":\"7\"}}}", "7" },
  { "numbered-members",
    "{\"0\":{\"service_request_id\":\"7\"},\"1\":{\"service_request_id\":\"8\"}}", "7 8" },
  { "foreign-root", "{\"data\":[{\"service_request_id\":\"7\"}]}", "7" },
  { "null-root", "{\"requests\":null}", "" },
  { "id-as-number", "[{\"service_request_id\":638344}]", "638344" },
  { "id-zero", "[{\"service_request_id\":0}]", "0" },
  { "id-with-leading-zeros", "[{\"service_request_id\":0061}]", "0061" },
  { "id-beyond-64-bits", "[{\"service_request_id\":12345678901234567890123}]",
    "12345678901234567890123" },
  { "id-with-letters", "[{\"service_request_id\":\"14-01100669\"}]", "14-01100669" },
  { "id-in-kazakh", "[{\"service_request_id\":\"ҚАЛА-7\"}]", "ҚАЛА-7" },
  { "id-with-spaces", "[{\"service_request_id\":\" 7 \"}]", "7" },
  { "blank-id-is-skipped", "[{\"service_request_id\":\"\"},{\"service_request_id\":\"8\"}]", "8" },
  { "absent-id-is-skipped",
    "[{\"token\":\"x\",\"status\":\"open\"},{\"service_request_id\":\"8\"}]", "8" },
  { "null-id-is-skipped", "[{\"service_request_id\":null},{\"service_request_id\":\"8\"}]", "8" },
  { "no-number-is-skipped", "[{\"service_request_id\":NaN},{\"service_request_id\":\"8\"}]", "8" },
  { "odd-elements-are-skipped", "[null,5,\"x\",[],{\"service_request_id\":\"8\"}]", "8" },
  { "trailing-commas", "[{\"service_request_id\":\"7\",},]", "7" },
  { "byte-order-mark", "\xef\xbb\xbf[{\"service_request_id\":\"7\"}]", "7" },
};

static void
test_reads_list (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = read_text (lists[i].json, &error);
  g_autoptr (GString) numbers = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint j = 0; j < requests->len; j++)
    g_string_append_printf (numbers, "%s%s", j ? " " : "",
                            komek_request_get_number (requests->pdata[j]));
  g_assert_cmpstr (numbers->str, ==, lists[i].numbers);
}

static const struct
{
  const char *name;
  const char *members;
  KomekStatus status;
  const char *status_name;
} statuses[] = {
  { "open", "\"status\":\"open\"", KOMEK_STATUS_OTHER_OPEN, "open" },
  { "closed", "\"status\":\"closed\"", KOMEK_STATUS_CLOSED, "" },
  { "upper-case", "\"status\":\"CLOSED\"", KOMEK_STATUS_CLOSED, "" },
  { "missing", "\"x\":1", KOMEK_STATUS_OTHER_OPEN, "" },
  { "null", "\"status\":null", KOMEK_STATUS_OTHER_OPEN, "" },
  { "fixed", "\"status\":\"fixed\"", KOMEK_STATUS_DONE, "" },
  { "spaces", "\"status\":\"In Progress\"", KOMEK_STATUS_IN_WORK, "" },
  { "unknown-word", "\"status\":\"pondered\"", KOMEK_STATUS_OTHER_OPEN, "pondered" },
  { "ours", "\"status\":\"open\",\"extended_attributes\":{\"detailed_status\":\"rework\"}",
    KOMEK_STATUS_REWORK, "" },
  { "citysdk",
    "\"status\":\"closed\",\"extended_attributes\":{\"detailed_status\":\"RECEIVED, PROCESSED\"}",
    KOMEK_STATUS_ANSWERED, "" },
  { "citysdk-beside", "\"status\":\"open\",\"detailed_status\":\"RECEIVED\"", KOMEK_STATUS_NEW,
    "" },
  { "unknown-detail",
    "\"status\":\"closed\",\"extended_attributes\":{\"detailed_status\":\"lost\"}",
    KOMEK_STATUS_OTHER_CLOSED, "lost" },
  { "contradiction", "\"status\":\"closed\",\"extended_attributes\":{\"detailed_status\":\"new\"}",
    KOMEK_STATUS_OTHER_CLOSED, "new" },
  { "own-name",
    "\"status\":\"open\",\"extended_attributes\":{\"detailed_status\":\"lost\",\"status_name\":"
    "\"Жоғалды\"}",
    KOMEK_STATUS_OTHER_OPEN, "Жоғалды" },
};

static void
test_reads_status (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autofree char *json = g_strdup_printf ("[{\"service_request_id\":\"1\",%s}]",
                                           statuses[i].members);
  g_autoptr (KomekRequest) request = read_one (json);

  g_assert_cmpint (komek_request_get_status (request), ==, statuses[i].status);
  g_assert_cmpstr (komek_request_peek (request)->status_name, ==, statuses[i].status_name);
}

static const struct
{
  const char *name;
  const char *members;
  double      latitude, longitude;
  const char *address;
} places[] = {
  { "numbers", "\"lat\":51.5,\"long\":71.25", 51.5, 71.25, "" },
  { "strings", "\"lat\":\"51.5\",\"long\":\" 71.25 \"", 51.5, 71.25, "" },
  { "whole-numbers", "\"long\":71,\"lat\":51", 51, 71, "" },
  { "nulls", "\"lat\":null,\"long\":null,\"address\":null", NAN, NAN, "" },
  { "empty", "\"lat\":\"\",\"long\":\"\",\"address\":\"\"", NAN, NAN, "" },
  { "missing", "\"x\":1", NAN, NAN, "" },
  { "half-a-point", "\"lat\":51.5", NAN, NAN, "" },
  { "null-island", "\"lat\":0,\"long\":\"0.0\",\"address\":\"Абай, 1\"", NAN, NAN, "Абай, 1" },
  { "off-the-map", "\"lat\":510.5,\"long\":71.25", NAN, NAN, "" },
  { "huge", "\"lat\":1e999,\"long\":-1e999", NAN, NAN, "" },
  { "not-a-number", "\"lat\":\"NaN\",\"long\":\"inf\"", NAN, NAN, "" },
  { "words", "\"lat\":\"north\",\"long\":{}", NAN, NAN, "" },
  { "address-string", "\"address_string\":\"Абай, 1\"", NAN, NAN, "Абай, 1" },
  { "address-as-number", "\"address\":18", NAN, NAN, "18" },
};

static void
test_reads_place (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autofree char *json = g_strdup_printf ("[{\"service_request_id\":\"1\",%s}]",
                                           places[i].members);
  g_autoptr (KomekRequest) request = read_one (json);
  KomekPlace *place = komek_request_get_place (request);

  g_assert_cmpint (komek_place_has_point (place), ==, !isnan (places[i].latitude));
  if (komek_place_has_point (place))
    {
      g_assert_cmpfloat_with_epsilon (komek_place_get_latitude (place), places[i].latitude, 1e-9);
      g_assert_cmpfloat_with_epsilon (komek_place_get_longitude (place), places[i].longitude, 1e-9);
    }
  g_assert_cmpstr (komek_place_get_address (place), ==, places[i].address);
}

static void
test_missing_fields_are_empty (void)
{
  g_autoptr (KomekRequest) request = read_one (
      "[{\"service_request_id\":\"1\",\"description\":null,\"service_code\":6}]");
  const KomekRequestFields *fields = komek_request_peek (request);

  g_assert_cmpstr (fields->service, ==, "6");
  g_assert_cmpstr (fields->text, ==, "");
  g_assert_cmpstr (fields->agency_name, ==, "");
  g_assert_cmpint (fields->requested, ==, 0);
  g_assert_cmpint (fields->due, ==, 0);
  g_assert_cmpuint (fields->supporters, ==, 0);
}

static void
test_one_date_stands_for_the_other (void)
{
  g_autoptr (KomekRequest) request =
    read_one ("[{\"service_request_id\":\"1\",\"requested_datetime\":\"2026-11-21T14:"
                          "05:02Z\",\"updated_datetime\":\"\"}]");

  g_assert_cmpint (komek_request_peek (request)->updated, ==, NOW);
}

static void
test_dates_without_a_zone_are_the_citys (void)
{
  const char *json =
      "[{\"service_request_id\":\"1\",\"requested_datetime\":\"2026-11-21 19:05:02\"}]";
  g_autoptr (GTimeZone) zone = astana ();
  g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));
  g_autoptr (GPtrArray) requests = komek_wire_read_requests (body, zone, NULL);

  g_assert_cmpint (komek_request_peek (requests->pdata[0])->requested, ==, NOW);
}

static void
test_angle_brackets_stay_text (void)
{
  g_autoptr (KomekRequest) request = read_one ("[{\"service_request_id\":\"1\",\"description\":\"<"
                                               "script>alert(\\\"1\\\")</script> &amp;\"}]");

  g_assert_cmpstr (komek_request_peek (request)->text, ==, "<script>alert(\"1\")</script> &amp;");
}

static void
test_fixmystreets_agency_is_a_name (void)
{
  g_autoptr (KomekRequest) request = read_one (
      "[{\"service_request_id\":\"1\",\"agency_responsible\":{\"recipient\":[\"Roads\"]}}]");

  g_assert_cmpstr (komek_request_peek (request)->agency_name, ==, "Roads");
}

static const struct
{
  const char *name;
  const char *sent, *read;
} escapes[] = {
  { "high-alone", "a\\ud800x", "a\xef\xbf\xbdx" },
  { "low-alone", "a\\udc00x", "a\xef\xbf\xbdx" },
  { "high-at-the-end", "a\\ud83d", "a\xef\xbf\xbd" },
  { "high-before-a-letter", "\\ud800\\u0041", "\xef\xbf\xbd" "A" },
  { "pair", "\\ud83d\\ude00!", "\xf0\x9f\x98\x80!" },
  { "kazakh", "\\u04d8\\\\u", "\xd3\x98\\u" },
};

static void
test_escapes_become_valid_text (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autofree char *body =
    g_strdup_printf ("[{\"service_request_id\":\"1\",\"description\":\"%s\"}]", escapes[i].sent);
  g_autoptr (KomekRequest) request = read_one (body);

  g_assert_cmpstr (komek_request_peek (request)->text, ==, escapes[i].read);
}

static const struct
{
  const char *name;
  const char *body;
  int         code;
} refused[] = {
  { "html", "<!DOCTYPE html><html><body>500</body></html>", KOMEK_ERROR_UNREADABLE },
  { "nothing", "", KOMEK_ERROR_UNREADABLE },
  { "spaces", " \n\t ", KOMEK_ERROR_UNREADABLE },
  { "words", "Service unavailable", KOMEK_ERROR_UNREADABLE },
  { "cut", "[{\"service_request_id\":\"1\"}", KOMEK_ERROR_UNREADABLE },
  { "cut-in-a-string", "[{\"service_request_id\":\"1", KOMEK_ERROR_UNREADABLE },
  { "comment", "[/* [[[[ */]", KOMEK_ERROR_UNREADABLE },
  { "single-quotes", "['\"',[[]]]", KOMEK_ERROR_UNREADABLE },
  { "bad-utf8", "[{\"service_request_id\":\"\xff\xfe\"}]", KOMEK_ERROR_UNREADABLE },
  { "closed-too-often", "[]]", KOMEK_ERROR_UNREADABLE },
  { "wrong-bracket", "[{]}", KOMEK_ERROR_UNREADABLE },
  { "half-a-surrogate", "[\"\\ud800\\u0041\"]", KOMEK_ERROR_UNREADABLE },
  { "a-list-of-words", "[\"a\",\"b\"]", KOMEK_ERROR_UNREADABLE },
  { "another-object", "{\"version\":1,\"name\":\"x\"}", KOMEK_ERROR_UNREADABLE },
  { "errors", "[{\"code\":400,\"description\":\"status is not known\"}]", KOMEK_ERROR_REFUSED },
  { "one-error", "{\"code\":\"400\",\"description\":\"status is not known\"}",
    KOMEK_ERROR_REFUSED },
  { "errors-in-a-root", "{\"errors\":[{\"code\":400,\"description\":\"status is not known\"}]}",
    KOMEK_ERROR_REFUSED },
};

static void
test_refuses (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = read_text (refused[i].body, &error);

  g_assert_null (requests);
  g_assert_error (error, KOMEK_ERROR, refused[i].code);
  if (refused[i].code == KOMEK_ERROR_REFUSED)
    g_assert_cmpstr (error->message, ==, "status is not known");
}

static void
test_refuses_a_zero_in_the_text (void)
{
  static const char json[] = "[{\"service_request_id\":\"1\0\"}]";
  g_autoptr (GBytes) body = g_bytes_new_static (json, sizeof json - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (komek_wire_read_requests (body, NULL, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_refuses_deep_nesting (void)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append (json, "[");
  g_assert_null (read_text (json->str, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_updates_round_trip (void)
{
  g_autoptr (GTimeZone) zone = astana ();
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  KomekUpdate *update;

  g_ptr_array_add (
      written, komek_update_new ("5", "211126-000-014", KOMEK_STATUS_NEW, NOW, NULL, "109", FALSE));
  g_ptr_array_add (written, komek_update_new ("6", "211126-000-014", KOMEK_STATUS_ANSWERED, NOW + 9,
                                              "Жөнделді «ә»", "roads", TRUE));
  body = komek_wire_write_updates (written, zone, TRUE, KOMEK_WIRE_JSON);
  read = komek_wire_read_updates (body, NULL, NULL);

  g_assert_cmpuint (read->len, ==, 2);
  update = read->pdata[1];
  g_assert_cmpstr (komek_update_get_id (update), ==, "6");
  g_assert_cmpstr (komek_update_get_number (update), ==, "211126-000-014");
  g_assert_cmpint (komek_update_get_status (update), ==, KOMEK_STATUS_ANSWERED);
  g_assert_cmpint (komek_update_get_time (update), ==, NOW + 9);
  g_assert_cmpstr (komek_update_get_text (update), ==, "Жөнделді «ә»");
  g_assert_cmpstr (komek_update_get_agency (update), ==, "roads");
  g_assert_true (komek_update_is_answer (update));
  g_assert_false (komek_update_is_answer (read->pdata[0]));
}

static void
test_an_update_that_comes_twice_is_read_once (void)
{
  const char *json =
      "{\"service_request_updates\":[{\"update_id\":1,\"service_request_id\":7},"
      "{\"update_id\":\"1\",\"service_request_id\":\"7\"},{\"service_request_id\":7},"
      "{\"update_id\":2,\"service_request_id\":7,\"status\":\"FIXED\"}]}";
  g_autoptr (GBytes) body = g_bytes_new_static (json, strlen (json));
  g_autoptr (GPtrArray) updates = komek_wire_read_updates (body, NULL, NULL);

  g_assert_cmpuint (updates->len, ==, 2);
  g_assert_cmpstr (komek_update_get_number (updates->pdata[0]), ==, "7");
  g_assert_cmpint (komek_update_get_status (updates->pdata[1]), ==, KOMEK_STATUS_DONE);
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
  g_test_add_func ("/requests/round-trip-keeps-every-field", test_round_trip_keeps_every_field);
  g_test_add_func ("/requests/times-carry-the-citys-offset", test_times_carry_the_citys_offset);
  g_test_add_func ("/requests/plain-standard-has-no-extensions",
                   test_plain_standard_has_no_extensions);
  g_test_add_func ("/requests/a-place-without-a-point-stays-without",
                   test_a_place_without_a_point_stays_without);
  g_test_add_func ("/requests/no-requests-are-an-empty-list", test_no_requests_are_an_empty_list);
  ADD_TABLE ("/requests/reads-list", lists, test_reads_list);
  ADD_TABLE ("/requests/reads-status", statuses, test_reads_status);
  ADD_TABLE ("/requests/reads-place", places, test_reads_place);
  g_test_add_func ("/requests/missing-fields-are-empty", test_missing_fields_are_empty);
  g_test_add_func ("/requests/one-date-stands-for-the-other", test_one_date_stands_for_the_other);
  g_test_add_func ("/requests/dates-without-a-zone-are-the-citys",
                   test_dates_without_a_zone_are_the_citys);
  g_test_add_func ("/requests/angle-brackets-stay-text", test_angle_brackets_stay_text);
  g_test_add_func ("/requests/fixmystreets-agency-is-a-name", test_fixmystreets_agency_is_a_name);
  ADD_TABLE ("/requests/escapes-become-valid-text", escapes, test_escapes_become_valid_text);
  ADD_TABLE ("/requests/refuses", refused, test_refuses);
  g_test_add_func ("/requests/refuses/a-zero-in-the-text", test_refuses_a_zero_in_the_text);
  g_test_add_func ("/requests/refuses/deep-nesting", test_refuses_deep_nesting);
  g_test_add_func ("/updates/round-trip", test_updates_round_trip);
  g_test_add_func ("/updates/one-that-comes-twice-is-read-once",
                   test_an_update_that_comes_twice_is_read_once);
  return g_test_run ();
}
