/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-error.h"
#include "komek-wire-city.h"
#include "komek-wire-definition.h"
#include "komek-wire-service.h"

static GBytes *
bytes (const char *json)
{
  return g_bytes_new (json, strlen (json));
}

static void
test_services_round_trip (void)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", "Яма", "Pothole");
  g_autoptr (KomekLabel) group = komek_label_new ("Жолдар", "Дороги", "Roads");
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  KomekService *service;

  g_ptr_array_add (written, komek_service_new (&(KomekServiceFields){ .code = "ROA.pothole",
                                                                      .name = name,
                                                                      .group = "ROA",
                                                                      .group_name = group,
                                                                      .keywords = "яма,шұңқыр",
                                                                      .danger = TRUE,
                                                                      .needs_place = FALSE,
                                                                      .metadata = TRUE,
                                                                      .days = 7 }));
  body = komek_wire_write_services (written, KOMEK_LANGUAGE_RUSSIAN, TRUE, FALSE, KOMEK_WIRE_JSON);
  read = komek_wire_read_services (body, NULL);

  g_assert_cmpuint (read->len, ==, 1);
  service = read->pdata[0];
  g_assert_cmpstr (komek_service_get_code (service), ==, "ROA.pothole");
  g_assert_true (komek_label_equal (komek_service_get_name (service), name));
  g_assert_true (komek_label_equal (komek_service_get_group_name (service), group));
  g_assert_cmpstr (komek_service_get_group (service), ==, "ROA");
  g_assert_cmpstr (komek_service_get_keywords (service), ==, "яма,шұңқыр");
  g_assert_true (komek_service_is_danger (service));
  g_assert_false (komek_service_needs_place (service));
  g_assert_true (komek_service_has_metadata (service));
  g_assert_cmpuint (komek_service_get_days (service), ==, 7);
}

static void
test_a_plain_name_belongs_to_the_language_asked_for (void)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", "Яма", "Pothole");
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;

  g_ptr_array_add (written, komek_service_new (&(KomekServiceFields){ .code = "1", .name = name }));
  body = komek_wire_write_services (written, KOMEK_LANGUAGE_RUSSIAN, FALSE, FALSE, KOMEK_WIRE_JSON);
  read = komek_wire_read_services (body, NULL);

  g_assert_cmpstr (
      komek_label_get_exact (komek_service_get_name (read->pdata[0]), KOMEK_LANGUAGE_RUSSIAN), ==,
      "Яма");
  g_assert_null (
      komek_label_get_exact (komek_service_get_name (read->pdata[0]), KOMEK_LANGUAGE_KAZAKH));
}

static const struct
{
  const char *name;
  const char *json;
  const char *code;
  const char *group;
  gboolean    metadata;
} services[] = {
  { "root", "{\"services\":[{\"service_code\":\"A\",\"metadata\":true}]}", "A", "", TRUE },
  { "root-and-one", "{\"services\":{\"service\":{\"service_code\":\"A\"}}}", "A", "", FALSE },
  { "one-object", "{\"service_code\":\"A\",\"metadata\":\"true\"}", "A", "", TRUE },
  { "code-as-number", "[{\"service_code\":6,\"metadata\":\"false\"}]", "6", "", FALSE },
  { "code-with-leading-zeros", "[{\"service_code\":006,\"metadata\":0}]", "006", "", FALSE },
  { "upper-case-true", "[{\"service_code\":\"A\",\"metadata\":\"True\"}]", "A", "", TRUE },
  { "null-metadata", "[{\"service_code\":\"A\",\"metadata\":null}]", "A", "", FALSE },
  { "group-as-text", "[{\"service_code\":\"A\",\"group\":\"street\"}]", "A", "street", FALSE },
  { "group-as-list", "[{\"service_code\":\"A\",\"group\":[\"street\"]}]", "A", "street", FALSE },
  { "without-a-code-is-skipped", "[{\"service_name\":\"x\"},{\"service_code\":\"A\"}]", "A", "",
    FALSE },
};

static void
test_reads_service (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GBytes) body = bytes (services[i].json);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) read = komek_wire_read_services (body, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 1);
  g_assert_cmpstr (komek_service_get_code (read->pdata[0]), ==, services[i].code);
  g_assert_cmpstr (komek_service_get_group (read->pdata[0]), ==, services[i].group);
  g_assert_cmpint (komek_service_has_metadata (read->pdata[0]), ==, services[i].metadata);
  g_assert_true (komek_service_needs_place (read->pdata[0]));
}

static void
test_definitions_round_trip (void)
{
  g_autoptr (KomekLabel) question =
    komek_label_new ("Қай подъезд?", "Какой подъезд?", "Which entrance?");
  g_autoptr (KomekLabel) answer = komek_label_new ("Бірінші", "Первый", "The first");
  g_autoptr (GPtrArray) written =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;

  for (guint type = KOMEK_ATTRIBUTE_STRING; type <= KOMEK_ATTRIBUTE_MULTI_VALUE_LIST; type++)
    g_ptr_array_add (written,
                     komek_attribute_new ("entrance", type, type % 2, type % 3 == 0, question));
  komek_attribute_add_value (written->pdata[KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST], "1", answer);
  body = komek_wire_write_definition ("HOU.lift_off", written, KOMEK_LANGUAGE_KAZAKH, TRUE,
                                      KOMEK_WIRE_JSON);
  read = komek_wire_read_definition (body, NULL);

  g_assert_cmpuint (read->len, ==, written->len);
  for (guint i = 0; i < read->len; i++)
    {
      KomekAttribute *a = read->pdata[i], *b = written->pdata[i];

      g_assert_cmpstr (komek_attribute_get_code (a), ==, "entrance");
      g_assert_cmpint (komek_attribute_get_datatype (a), ==, komek_attribute_get_datatype (b));
      g_assert_cmpint (komek_attribute_is_variable (a), ==, komek_attribute_is_variable (b));
      g_assert_cmpint (komek_attribute_is_required (a), ==, komek_attribute_is_required (b));
      g_assert_true (komek_label_equal (komek_attribute_get_description (a), question));
      g_assert_cmpuint (komek_attribute_get_n_values (a), ==, komek_attribute_get_n_values (b));
    }
  g_assert_cmpstr (
      komek_attribute_get_value_key (read->pdata[KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST], 0), ==, "1");
  g_assert_true (komek_label_equal (
      komek_attribute_get_value_name (read->pdata[KOMEK_ATTRIBUTE_SINGLE_VALUE_LIST], 0), answer));
}

static void
test_a_definition_is_read_in_any_shape (void)
{
  g_autoptr (GBytes) body = bytes (
      "{\"service_definition\":{\"service_code\":6,\"attributes\":{\"0\":"
      "{\"code\":2,\"order\":\"2\",\"datatype\":\"SingleValueList\",\"required\":\"true\","
      "\"values\":{\"key\":1,\"name\":\"Бір\"}},"
      "\"1\":{\"code\":\"1\",\"order\":1,\"datatype\":\"magic\",\"variable\":\"false\"}}}}");
  g_autoptr (GPtrArray) read = komek_wire_read_definition (body, NULL);

  g_assert_cmpuint (read->len, ==, 2);
  g_assert_cmpstr (komek_attribute_get_code (read->pdata[0]), ==, "1");
  g_assert_cmpint (komek_attribute_get_datatype (read->pdata[0]), ==, KOMEK_ATTRIBUTE_STRING);
  g_assert_false (komek_attribute_is_variable (read->pdata[0]));
  g_assert_true (komek_attribute_is_required (read->pdata[1]));
  g_assert_cmpstr (komek_attribute_get_value_key (read->pdata[1], 0), ==, "1");
}

static void
test_what_a_server_fills_in_is_no_question (void)
{
  g_autoptr (GBytes) body = bytes (
      "<service_definition><attributes><attribute><automated>hidden_field</automated><code>usrn"
      "</code><required>true</required></attribute><attribute><automated>server_set</automated>"
      "<code>easting</code></attribute><attribute><automated/><code>depth</code></attribute>"
      "</attributes></service_definition>");
  g_autoptr (GPtrArray) read = komek_wire_read_definition (body, NULL);

  g_assert_cmpuint (read->len, ==, 1);
  g_assert_cmpstr (komek_attribute_get_code (read->pdata[0]), ==, "depth");
}

static void
test_what_is_no_definition_is_unreadable (void)
{
  g_autoptr (GBytes) body = bytes ("[]");
  g_autoptr (GError) error = NULL;

  g_assert_null (komek_wire_read_definition (body, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_a_city_round_trips (void)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Астана", "Астана", "Astana");
  g_autoptr (KomekLabel) status = komek_label_new ("Жаңа", "Новое", "New");
  g_autoptr (KomekBounds) bounds = komek_bounds_new (50.85, 71.21, 51.36, 71.79, NULL);
  g_autoptr (KomekCity) written =
    komek_city_new (&(KomekCityFields){ .id = "8f1c",
                                                    .name = name,
                                                    .public_url = "https://109.example",
                                                    .changeset = "2026-11-21",
                                                    .zone = "Asia/Almaty",
                                                    .bounds = bounds,
                                                    .sample = TRUE });
  g_autoptr (KomekCity) read = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GList) codes = NULL;
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new ();
  KomekWireEndpoint endpoint = { .url = (char *) "http://127.0.0.1:1/open311/v2/", .json = TRUE };
  g_autoptr (GPtrArray) found = NULL;
  const KomekCityFields *fields;

  komek_city_add (written, KOMEK_CITY_STATUSES, "new", status);
  komek_city_add (written, KOMEK_CITY_DISTRICTS, "esil", name);
  komek_city_add (written, KOMEK_CITY_DISTRICTS, "nura", name);
  g_ptr_array_add (endpoints, &endpoint);
  body = komek_wire_write_city (written, endpoints, "contact", "key", KOMEK_WIRE_JSON);
  read = komek_wire_read_city (body, NULL);
  found = komek_wire_read_endpoints (body, NULL);

  fields = komek_city_peek (read);
  g_assert_cmpstr (fields->id, ==, "8f1c");
  g_assert_true (komek_label_equal (fields->name, name));
  g_assert_cmpstr (fields->public_url, ==, "https://109.example");
  g_assert_cmpstr (fields->changeset, ==, "2026-11-21");
  g_assert_cmpstr (fields->zone, ==, "Asia/Almaty");
  g_assert_cmpfloat_with_epsilon (komek_bounds_get_east (fields->bounds), 71.79, 1e-7);
  g_assert_true (fields->sample);
  g_assert_true (komek_label_equal (komek_city_look_up (read, KOMEK_CITY_STATUSES, "new"), status));
  codes = komek_city_list_codes (read, KOMEK_CITY_DISTRICTS);
  g_assert_cmpuint (g_list_length (codes), ==, 2);
  g_assert_cmpstr (codes->next->data, ==, "nura");
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((KomekWireEndpoint *) found->pdata[0])->url, ==,
                   "http://127.0.0.1:1/open311/v2/");
}

static const struct
{
  const char *name;
  const char *json;
  const char *endpoint;
} discoveries[] = {
  { "wrapped", "{\"discovery\":{\"changeset\":1,\"endpoints\":[{\"url\":\"http://a\"}]}}",
    "http://a/" },
  { "one-endpoint",
    "{\"endpoints\":{\"specification\":\"http://wiki.open311.org/GeoReport_v2\",\"url\":\"http://a/"
    " \"}}",
    "http://a/" },
  { "endpoint-under-its-name", "{\"endpoints\":{\"endpoint\":[{\"url\":\"http://a/\"}]}}",
    "http://a/" },
  { "production-first",
    "{\"endpoints\":[{\"url\":\"http://t\",\"type\":\"test\",\"formats\":[\"application/json\"]},"
    "{\"url\":\"http://p\",\"type\":\"production\",\"formats\":[\"text/xml\",\"application/"
    "json\"]}]}",
    "http://p/" },
  { "json-before-xml",
    "{\"endpoints\":[{\"url\":\"http://x\",\"formats\":\"text/xml\"},{\"url\":\"http://"
    "j\",\"formats\":\"application/json\"}]}",
    "http://j/" },
  { "another-specification",
    "{\"endpoints\":[{\"specification\":\"GeoReport_v1\",\"url\":\"http://a\"}]}", NULL },
  { "no-endpoints", "{\"changeset\":\"2011\",\"endpoints\":null}", NULL },
  { "something-else", "{\"name\":\"x\"}", NULL },
};

static void
test_reads_discovery (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GBytes) body = bytes (discoveries[i].json);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) endpoints = komek_wire_read_endpoints (body, &error);

  if (endpoints)
    g_assert_cmpstr (((KomekWireEndpoint *) endpoints->pdata[0])->url, ==, discoveries[i].endpoint);
  else
    g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
  g_assert_cmpint (endpoints != NULL, ==, discoveries[i].endpoint != NULL);
}

static void
test_a_plain_discovery_is_a_city_without_names (void)
{
  g_autoptr (GBytes) body =
    bytes ("{\"changeset\":\"2011-04-05 17:48\",\"contact\":\"x\",\"endpoints\":[]}");
  g_autoptr (KomekCity) city = komek_wire_read_city (body, NULL);

  g_assert_cmpstr (komek_city_peek (city)->changeset, ==, "2011-04-05 17:48");
  g_assert_cmpstr (komek_city_peek (city)->id, ==, "");
  g_assert_null (komek_city_peek (city)->bounds);
  g_assert_false (komek_city_peek (city)->sample);
}

static void
test_bounds_are_read_as_text_too (void)
{
  g_autoptr (GBytes) body = bytes ("{\"changeset\":1,\"extended_attributes\":{\"bbox\":\"50.8,71.2,"
                                   "51.4,71.8\",\"sample\":\"true\","
                                   "\"public_url\":\"https://c.example/\"}}");
  g_autoptr (KomekCity) city = komek_wire_read_city (body, NULL);

  g_assert_cmpfloat_with_epsilon (komek_bounds_get_north (komek_city_peek (city)->bounds), 51.4,
                                  1e-9);
  g_assert_true (komek_city_peek (city)->sample);
  g_assert_cmpstr (komek_city_peek (city)->public_url, ==, "https://c.example");
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
  g_test_add_func ("/services/round-trip", test_services_round_trip);
  g_test_add_func ("/services/a-plain-name-belongs-to-the-language-asked-for",
                   test_a_plain_name_belongs_to_the_language_asked_for);
  ADD_TABLE ("/services/reads", services, test_reads_service);
  g_test_add_func ("/definition/round-trips", test_definitions_round_trip);
  g_test_add_func ("/definition/is-read-in-any-shape", test_a_definition_is_read_in_any_shape);
  g_test_add_func ("/definition/what-a-server-fills-in-is-no-question",
                   test_what_a_server_fills_in_is_no_question);
  g_test_add_func ("/definition/what-is-none-is-unreadable",
                   test_what_is_no_definition_is_unreadable);
  g_test_add_func ("/city/round-trips", test_a_city_round_trips);
  ADD_TABLE ("/city/reads-endpoint", discoveries, test_reads_discovery);
  g_test_add_func ("/city/a-plain-discovery-is-a-city-without-names",
                   test_a_plain_discovery_is_a_city_without_names);
  g_test_add_func ("/city/bounds-are-read-as-text-too", test_bounds_are_read_as_text_too);
  return g_test_run ();
}
