/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-error.h"
#include "komek-wire-city.h"
#include "komek-wire-comment.h"
#include "komek-wire-definition.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-media.h"
#include "komek-wire-problem.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-token.h"
#include "komek-wire-update.h"
#include "komek-wire-votes.h"

/* What is written in one of the two formats is read as it was, whatever it was. */

#define NOW 1795269902 /* 2026-11-21 14:05:02 in UTC, 19:05:02 in Astana */

/* All that is special in one of the formats, and a space at both ends. */
#define TEXT " \"Шұңқыр\" <b>терең</b> & ]]> &amp; \\ \t 'ә'\r\n✓ 🚧 "

static const char *const media[] = { "https://city.example/1.jpg", "https://city.example/2?a=1&b=2",
                                     NULL };

static void
assert_says (GBytes *body, const char *text)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  g_assert_cmpmem (data, length, text, strlen (text));
}

static void
assert_same_media (const char *const *found)
{
  g_assert_nonnull (found);
  g_assert_true (g_strv_equal (found, media));
}

static void
test_requests (gconstpointer format)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600);
  g_autoptr (KomekPlace) place = komek_place_new (51.1282, 71.4304, TEXT, "esil");
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  const KomekRequestFields *fields;

  g_ptr_array_add (written, komek_request_new (&(KomekRequestFields) {
    .number = "211126-000-014", .service = "ROA.pothole", .service_name = TEXT,
    .status = KOMEK_STATUS_IN_WORK, .text = TEXT, .place = place, .agency = "roads",
    .agency_name = TEXT, .requested = NOW, .updated = NOW + 60, .due = NOW + 86400, .supporters = 3,
    .media = media, .key = "b7a0" }));
  g_ptr_array_add (written, komek_request_new (&(KomekRequestFields) {
    .number = "211126-000-027", .requested = NOW, .updated = NOW + 9, .text = "secret",
    .withdrawn = TRUE }));
  body = komek_wire_write_requests (written, zone, TRUE, GPOINTER_TO_UINT (format));
  read = komek_wire_read_requests (body, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 2);
  fields = komek_request_peek (read->pdata[0]);
  g_assert_cmpstr (fields->text, ==, TEXT);
  g_assert_cmpstr (fields->service_name, ==, TEXT);
  g_assert_cmpstr (fields->agency_name, ==, TEXT);
  g_assert_cmpstr (komek_place_get_address (fields->place), ==, TEXT);
  g_assert_cmpstr (komek_place_get_district (fields->place), ==, "esil");
  g_assert_cmpint (fields->status, ==, KOMEK_STATUS_IN_WORK);
  g_assert_cmpint (fields->due, ==, NOW + 86400);
  g_assert_cmpuint (fields->supporters, ==, 3);
  g_assert_cmpstr (fields->key, ==, "b7a0");
  g_assert_false (fields->withdrawn);
  assert_same_media (fields->media);
  fields = komek_request_peek (read->pdata[1]);
  g_assert_true (fields->withdrawn);
  g_assert_cmpstr (fields->number, ==, "211126-000-027");
  g_assert_cmpint (fields->updated, ==, NOW + 9);
  g_assert_cmpstr (fields->text, ==, "");
}

static void
test_updates (gconstpointer format)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (5 * 3600);
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  const KomekUpdateFields *fields;

  g_ptr_array_add (written, komek_update_new_of (&(KomekUpdateFields) {
    .id = "6", .number = "211126-000-014", .status = KOMEK_STATUS_ANSWERED, .time = NOW,
    .text = TEXT, .agency = "roads", .answer = TRUE, .media = media }));
  body = komek_wire_write_updates (written, zone, TRUE, GPOINTER_TO_UINT (format));
  read = komek_wire_read_updates (body, NULL, NULL);

  g_assert_cmpuint (read->len, ==, 1);
  fields = komek_update_peek (read->pdata[0]);
  g_assert_cmpstr (fields->id, ==, "6");
  g_assert_cmpint (fields->status, ==, KOMEK_STATUS_ANSWERED);
  g_assert_cmpint (fields->time, ==, NOW);
  g_assert_cmpstr (fields->text, ==, TEXT);
  g_assert_cmpstr (fields->agency, ==, "roads");
  g_assert_true (fields->answer);
  assert_same_media (fields->media);
}

static void
test_services (gconstpointer format)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", "Яма <1>", "Pothole & more");
  g_autoptr (KomekLabel) group = komek_label_new ("Жолдар", "Дороги", "Roads");
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;

  g_ptr_array_add (written, komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = name, .group = "ROA", .group_name = group,
    .keywords = "яма,шұңқыр", .danger = TRUE, .needs_place = FALSE, .metadata = TRUE, .days = 7 }));
  body = komek_wire_write_services (written, KOMEK_LANGUAGE_RUSSIAN, TRUE, TRUE,
                                    GPOINTER_TO_UINT (format));
  read = komek_wire_read_services (body, NULL);

  g_assert_cmpuint (read->len, ==, 1);
  g_assert_cmpstr (komek_service_get_code (read->pdata[0]), ==, "ROA.pothole");
  g_assert_true (komek_label_equal (komek_service_get_name (read->pdata[0]), name));
  g_assert_true (komek_label_equal (komek_service_get_group_name (read->pdata[0]), group));
  g_assert_cmpstr (komek_service_get_keywords (read->pdata[0]), ==, "яма,шұңқыр");
  g_assert_true (komek_service_is_danger (read->pdata[0]));
  g_assert_false (komek_service_needs_place (read->pdata[0]));
  g_assert_true (komek_service_has_metadata (read->pdata[0]));
  g_assert_cmpuint (komek_service_get_days (read->pdata[0]), ==, 7);
}

/* One attribute of each datatype, the lists with one value and with two. */
static void
test_definitions (gconstpointer format)
{
  g_autoptr (KomekLabel) question = komek_label_new ("Қай?", "Какой?", "Which?");
  g_autoptr (KomekLabel) answer = komek_label_new ("Бірінші", "Первый", "The first");
  g_autoptr (GPtrArray) written =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;

  for (guint type = KOMEK_ATTRIBUTE_STRING; type <= KOMEK_ATTRIBUTE_MULTI_VALUE_LIST; type++)
    {
      g_autofree char *code = g_strdup_printf ("code-%u", type);

      g_ptr_array_add (written,
                       komek_attribute_new (code, type, type % 2, type % 3 == 0, question));
    }
  komek_attribute_add_value (written->pdata[KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST], "1", answer);
  komek_attribute_add_value (written->pdata[KOMEK_ATTRIBUTE_MULTI_VALUE_LIST], "1", answer);
  komek_attribute_add_value (written->pdata[KOMEK_ATTRIBUTE_MULTI_VALUE_LIST], "<2>", answer);
  body = komek_wire_write_definition ("HOU.lift_off", written, KOMEK_LANGUAGE_KAZAKH, TRUE,
                                      GPOINTER_TO_UINT (format));
  read = komek_wire_read_definition (body, NULL);

  g_assert_cmpuint (read->len, ==, written->len);
  for (guint i = 0; i < read->len; i++)
    {
      KomekAttribute *a = read->pdata[i], *b = written->pdata[i];

      g_assert_cmpstr (komek_attribute_get_code (a), ==, komek_attribute_get_code (b));
      g_assert_cmpint (komek_attribute_get_datatype (a), ==, komek_attribute_get_datatype (b));
      g_assert_cmpint (komek_attribute_is_variable (a), ==, komek_attribute_is_variable (b));
      g_assert_cmpint (komek_attribute_is_required (a), ==, komek_attribute_is_required (b));
      g_assert_true (komek_label_equal (komek_attribute_get_description (a), question));
      g_assert_cmpuint (komek_attribute_get_n_values (a), ==, komek_attribute_get_n_values (b));
      for (guint j = 0; j < komek_attribute_get_n_values (a); j++)
        g_assert_cmpstr (komek_attribute_get_value_key (a, j), ==,
                         komek_attribute_get_value_key (b, j));
    }
}

static void
test_no_questions (gconstpointer format)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GBytes) body =
    komek_wire_write_definition ("A", none, KOMEK_LANGUAGE_KAZAKH, FALSE,
                                 GPOINTER_TO_UINT (format));
  g_autoptr (GPtrArray) read = komek_wire_read_definition (body, NULL);

  g_assert_cmpuint (read->len, ==, 0);
}

static void
test_city (gconstpointer format)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Астана", "Астана", "Astana");
  g_autoptr (KomekBounds) bounds = komek_bounds_new (50.85, 71.21, 51.36, 71.79, NULL);
  const KomekAbility abilities = KOMEK_ABILITY_EXTENSIONS | KOMEK_ABILITY_SEALING;
  g_autoptr (KomekCity) written = komek_city_new (&(KomekCityFields) {
    .id = "8f1c", .name = name, .public_url = "https://109.example", .changeset = "2026-11-21",
    .zone = "Asia/Almaty", .bounds = bounds, .abilities = abilities, .seal_key = "a2V5+/==",
    .api_key_needed = TRUE });
  KomekWireEndpoint test = { .url = (char *) "http://t/v2/", .test = TRUE, .json = TRUE };
  KomekWireEndpoint both = { .url = (char *) "http://p/v2/", .changeset = (char *) "own",
                             .json = TRUE, .xml = TRUE };
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (KomekCity) read = NULL;
  g_autoptr (GBytes) body = NULL;
  const KomekCityFields *fields;
  KomekWireEndpoint *endpoint;

  g_ptr_array_add (endpoints, &test);
  g_ptr_array_add (endpoints, &both);
  komek_city_add (written, KOMEK_CITY_DISTRICTS, "esil", name);
  body = komek_wire_write_city (written, endpoints, "contact", "key", GPOINTER_TO_UINT (format));
  read = komek_wire_read_city (body, NULL);
  found = komek_wire_read_endpoints (body, NULL);

  fields = komek_city_peek (read);
  g_assert_cmpstr (fields->id, ==, "8f1c");
  g_assert_cmpstr (fields->changeset, ==, "2026-11-21");
  g_assert_cmpstr (fields->seal_key, ==, "a2V5+/==");
  g_assert_cmpint (fields->abilities, ==, abilities);
  g_assert_true (fields->api_key_needed);
  g_assert_false (fields->sample);
  g_assert_cmpfloat_with_epsilon (komek_bounds_get_east (fields->bounds), 71.79, 1e-7);
  g_assert_true (komek_label_equal (komek_city_look_up (read, KOMEK_CITY_DISTRICTS, "esil"), name));
  g_assert_cmpuint (found->len, ==, 2);
  endpoint = found->pdata[0];
  g_assert_cmpstr (endpoint->url, ==, "http://p/v2/");
  g_assert_cmpstr (endpoint->changeset, ==, "own");
  g_assert_true (endpoint->json && endpoint->xml && !endpoint->test);
  endpoint = found->pdata[1];
  g_assert_cmpstr (endpoint->changeset, ==, "2026-11-21");
  g_assert_true (endpoint->json && !endpoint->xml && endpoint->test);
}

static void
test_answers (gconstpointer format)
{
  KomekWireFormat as = GPOINTER_TO_UINT (format);
  KomekWireFiling filing = { .number = (char *) "7", .notice = (char *) TEXT, .key = (char *) "k" };
  KomekWireToken waiting = { .token = (char *) "t" }, known = { (char *) "t", (char *) "7" };
  KomekWireComment comment = { .id = (char *) "9", .key = (char *) "k" };
  KomekWireMedia picture = { .id = (char *) "3", .url = (char *) "http://a/?b=1&c=2" };
  g_autoptr (GBytes) filing_body = komek_wire_write_filing (&filing, as);
  g_autoptr (GBytes) waiting_body = komek_wire_write_token (&waiting, as);
  g_autoptr (GBytes) known_body = komek_wire_write_token (&known, as);
  g_autoptr (GBytes) comment_body = komek_wire_write_comment (&comment, as);
  g_autoptr (GBytes) picture_body = komek_wire_write_media (&picture, as);
  g_autoptr (GBytes) votes_body = komek_wire_write_votes ("7", 0, as);
  g_autoptr (KomekWireFiling) filing_read = komek_wire_read_filing (filing_body, NULL);
  g_autoptr (KomekWireToken) waiting_read = komek_wire_read_token (waiting_body, NULL);
  g_autoptr (KomekWireToken) known_read = komek_wire_read_token (known_body, NULL);
  g_autoptr (KomekWireComment) comment_read = komek_wire_read_comment (comment_body, NULL);
  g_autoptr (KomekWireMedia) picture_read = komek_wire_read_media (picture_body, NULL);
  guint votes = 5;

  g_assert_cmpstr (filing_read->number, ==, "7");
  g_assert_cmpstr (filing_read->notice, ==, TEXT);
  g_assert_cmpstr (filing_read->key, ==, "k");
  g_assert_null (waiting_read->number);
  g_assert_cmpstr (waiting_read->token, ==, "t");
  g_assert_cmpstr (known_read->number, ==, "7");
  g_assert_cmpstr (comment_read->id, ==, "9");
  g_assert_cmpstr (comment_read->key, ==, "k");
  g_assert_cmpstr (picture_read->id, ==, "3");
  g_assert_cmpstr (picture_read->url, ==, "http://a/?b=1&c=2");
  g_assert_true (komek_wire_read_votes (votes_body, &votes, NULL));
  g_assert_cmpuint (votes, ==, 0);
}

/* A city that is slow to give a number or an id gives a token first. */
static void
test_answers_to_come (gconstpointer format)
{
  KomekWireFormat as = GPOINTER_TO_UINT (format);
  KomekWireFiling filing = { .token = (char *) "t" };
  KomekWireComment comment = { .token = (char *) "t" };
  KomekWireMedia picture = { .url = (char *) "http://a/1", .key = (char *) "k" };
  g_autoptr (GBytes) filing_body = komek_wire_write_filing (&filing, as);
  g_autoptr (GBytes) comment_body = komek_wire_write_comment (&comment, as);
  g_autoptr (GBytes) picture_body = komek_wire_write_media (&picture, as);
  g_autoptr (KomekWireFiling) filing_read = komek_wire_read_filing (filing_body, NULL);
  g_autoptr (KomekWireComment) comment_read = komek_wire_read_comment (comment_body, NULL);
  g_autoptr (KomekWireMedia) picture_read = komek_wire_read_media (picture_body, NULL);

  g_assert_null (filing_read->number);
  g_assert_cmpstr (filing_read->token, ==, "t");
  g_assert_null (comment_read->id);
  g_assert_cmpstr (comment_read->token, ==, "t");
  g_assert_null (picture_read->id);
  g_assert_cmpstr (picture_read->key, ==, "k");
}

/* What stands in an element that answers nothing belongs to no answer. */
static void
test_an_answer_is_one_element (void)
{
  const char *text = "[{\"token\":\"\",\"update_id\":\"\",\"media_url\":\"\","
                     "\"service_notice\":\"n\",\"client_request_id\":\"other\"},"
                     "{\"service_request_id\":7,\"update_id\":8,\"media_id\":9},"
                     "{\"service_request_id\":1,\"update_id\":1,\"media_id\":1}]";
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (KomekWireFiling) filing = komek_wire_read_filing (body, NULL);
  g_autoptr (KomekWireComment) comment = komek_wire_read_comment (body, NULL);
  g_autoptr (KomekWireMedia) picture = komek_wire_read_media (body, NULL);

  g_assert_cmpstr (filing->number, ==, "7");
  g_assert_null (filing->notice);
  g_assert_null (filing->key);
  g_assert_cmpstr (comment->id, ==, "8");
  g_assert_null (comment->key);
  g_assert_cmpstr (picture->id, ==, "9");
  g_assert_null (picture->key);
}

static void
test_a_count_that_is_none (void)
{
  static const char *const nothing[] = { "[{\"votes\":null}]", "[]", "{\"service_request_id\":7}",
                                         "<service_requests/>" };

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (nothing[i], strlen (nothing[i]));
      g_autoptr (GError) error = NULL;
      guint votes;

      g_assert_false (komek_wire_read_votes (body, &votes, &error));
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
    }
}

static void
test_errors (gconstpointer format)
{
  static const char *const sentences[] = { "a <b>", "c & d", NULL };
  KomekWireProblem problem = { .title = "Conflict", .status = 409, .detail = "Still <running>",
                               .instance = "urn:uuid:1",
                               .code = "key-running", .retryable = TRUE, .fields = sentences };
  g_autoptr (GBytes) errors =
    komek_wire_write_errors (400, sentences, GPOINTER_TO_UINT (format));
  g_autoptr (GBytes) one = komek_wire_write_problem (&problem, GPOINTER_TO_UINT (format));
  g_autofree char *words = komek_wire_read_errors (errors, NULL);
  g_autofree char *detail = komek_wire_read_errors (one, NULL);

  g_assert_cmpstr (words, ==, "a <b>\nc & d");
  g_assert_cmpstr (detail, ==, "Still <running>");
}

static void
test_a_filing_looks_as_the_standard_has_it (void)
{
  KomekWireFiling filing = { .number = (char *) "293944" };
  g_autoptr (GBytes) json = komek_wire_write_filing (&filing, KOMEK_WIRE_JSON);
  g_autoptr (GBytes) xml = komek_wire_write_filing (&filing, KOMEK_WIRE_XML);

  assert_says (json, "[{\"service_request_id\":\"293944\",\"service_notice\":null,"
                     "\"account_id\":null}]");
  assert_says (xml, "<?xml version=\"1.0\" encoding=\"utf-8\"?><service_requests><request>"
                    "<service_request_id>293944</service_request_id><service_notice/><account_id/>"
                    "</request></service_requests>");
}

static void
test_a_definition_looks_as_the_standard_has_it (void)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Ф", "Форд", "Ford");
  g_autoptr (GPtrArray) attributes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
  g_autoptr (GBytes) xml = NULL;

  g_ptr_array_add (attributes, komek_attribute_new ("X", KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST, TRUE,
                                                    TRUE, name));
  komek_attribute_add_value (attributes->pdata[0], "123", name);
  xml = komek_wire_write_definition ("DMV66", attributes, KOMEK_LANGUAGE_ENGLISH, FALSE,
                                     KOMEK_WIRE_XML);
  assert_says (xml, "<?xml version=\"1.0\" encoding=\"utf-8\"?><service_definition><service_code>"
                    "DMV66</service_code><attributes><attribute><variable>true</variable><code>X"
                    "</code><datatype>singlevaluelist</datatype><required>true</required>"
                    "<datatype_description/><order>1</order><description>Ford</description><values>"
                    "<value><key>123</key><name>Ford</name></value></values></attribute>"
                    "</attributes></service_definition>");
}

/* XML has no way to write some letters; they are not lost without a trace. */
static void
test_what_xml_cannot_hold_is_marked (void)
{
  KomekWireFiling filing = { .number = (char *) "7",
                             .notice = (char *) "a\x01" "b\xef\xbf\xbf" "c" };
  g_autoptr (GBytes) body = komek_wire_write_filing (&filing, KOMEK_WIRE_XML);
  g_autoptr (KomekWireFiling) read = komek_wire_read_filing (body, NULL);

  g_assert_cmpstr (read->notice, ==, "a\xef\xbf\xbd" "b\xef\xbf\xbd" "c");
}

static const struct
{
  const char *name;
  const char *text;
} extras[] = {
  { "json", "[{\"update_id\":1,\"service_request_id\":7,\"status\":\"Waiting for parts\","
            "\"description\":\"d\",\"media_url\":[\"http://a/1.jpg\",\"http://a/2.jpg\"],"
            "\"external_status_code\":\"060\",\"extras\":{\"customer_reference\":\"R-1\"}}]" },
  { "xml", "<service_request_updates><request_update><update_id>1</update_id><service_request_id>7"
           "</service_request_id><status>Waiting for parts</status><description>d</description>"
           "<media_url>http://a/1.jpg</media_url><media_url>http://a/2.jpg</media_url>"
           "<external_status_code>060</external_status_code><customer_reference>R-1"
           "</customer_reference></request_update></service_request_updates>" },
};

static void
test_extras_of_an_update (gconstpointer row)
{
  const char *text = extras[GPOINTER_TO_SIZE (row)].text;
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) updates = komek_wire_read_updates (body, NULL, NULL);
  const KomekUpdateFields *fields = komek_update_peek (updates->pdata[0]);

  g_assert_cmpint (fields->status, ==, KOMEK_STATUS_OTHER_OPEN);
  g_assert_cmpstr (fields->status_name, ==, "Waiting for parts");
  g_assert_cmpstr (fields->external_status, ==, "060");
  g_assert_cmpstr (fields->reference, ==, "R-1");
  g_assert_cmpuint (g_strv_length ((char **) fields->media), ==, 2);
}

static const struct
{
  const char      *name;
  GTestDataFunc    test;
} both[] = {
  { "requests", test_requests },       { "updates", test_updates },
  { "services", test_services },       { "definitions", test_definitions },
  { "no-questions", test_no_questions }, { "city", test_city },
  { "answers", test_answers },         { "answers-to-come", test_answers_to_come },
  { "errors", test_errors },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    for (guint format = KOMEK_WIRE_JSON; format <= KOMEK_WIRE_XML; format++)
      {
        g_autofree char *path =
          g_strdup_printf ("/wire/round-trip/%s/%s", both[i].name,
                           komek_wire_format_get_suffix (format));

        g_test_add_data_func (path, GUINT_TO_POINTER (format), both[i].test);
      }
  for (gsize i = 0; i < G_N_ELEMENTS (extras); i++)
    {
      g_autofree char *path = g_strdup_printf ("/wire/extras-of-an-update/%s", extras[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_extras_of_an_update);
    }
  g_test_add_func ("/wire/looks-as-the-standard-has-it/a-filing",
                   test_a_filing_looks_as_the_standard_has_it);
  g_test_add_func ("/wire/looks-as-the-standard-has-it/a-definition",
                   test_a_definition_looks_as_the_standard_has_it);
  g_test_add_func ("/wire/an-answer-is-one-element", test_an_answer_is_one_element);
  g_test_add_func ("/wire/a-count-that-is-none", test_a_count_that_is_none);
  g_test_add_func ("/wire/what-xml-cannot-hold-is-marked", test_what_xml_cannot_hold_is_marked);
  return g_test_run ();
}
