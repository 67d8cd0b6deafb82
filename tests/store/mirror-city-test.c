/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "device.h"

/* What the mirror keeps of the city itself: its card, its services and their questions. */

static KomekCity *
make_city (const char *lit)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Астана", NULL, "Astana");
  g_autoptr (KomekLabel) status = komek_label_new ("Жаңа", "Новый", "New");
  g_autoptr (KomekLabel) first = komek_label_new ("Есіл", "Есиль", NULL);
  g_autoptr (KomekLabel) second = komek_label_new ("Алматы", NULL, lit);
  g_autoptr (KomekBounds) bounds = komek_bounds_new (51, 71.2, 51.3, 71.8, NULL);
  KomekCity *city = komek_city_new (&(KomekCityFields) {
    .id = "city-1", .name = name, .public_url = "https://komek.example", .changeset = "7",
    .zone = "+05:00", .bounds = bounds, .sample = TRUE,
    .abilities = KOMEK_ABILITY_EXTENSIONS | KOMEK_ABILITY_SEALING,
    .seal_key = "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=", .api_key_needed = TRUE });

  komek_city_add (city, KOMEK_CITY_STATUSES, "new", status);
  komek_city_add (city, KOMEK_CITY_DISTRICTS, "esil", first);
  komek_city_add (city, KOMEK_CITY_DISTRICTS, "almaty", second);
  return city;
}

static GPtrArray *
make_services (void)
{
  GPtrArray *services = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", "Яма", "Pothole");
  g_autoptr (KomekLabel) group = komek_label_new ("Жолдар", "Дороги", "Roads");

  g_ptr_array_add (services, komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = name, .group = "ROA", .group_name = group,
    .keywords = "асфальт", .danger = TRUE, .needs_place = TRUE, .metadata = TRUE, .days = 5 }));
  g_ptr_array_add (services, komek_service_new (&(KomekServiceFields) {
    .code = "006", .name = name }));
  return services;
}

static KomekCity *
get_city (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekCity *city;

  komek_feed_city_async (device->feed, NULL, on_awaited, &result);
  city = komek_feed_city_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return city;
}

static GPtrArray *
get_services (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *services;

  komek_feed_services_async (device->feed, NULL, on_awaited, &result);
  services = komek_feed_services_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return services;
}

static void
test_the_city_comes_back_as_it_went (Device *device, gconstpointer unused)
{
  g_autoptr (KomekCity) unknown = get_city (device);
  g_autoptr (KomekCity) city = make_city ("Almaty");
  g_autoptr (KomekCity) read = NULL;
  g_autoptr (GList) codes = NULL;
  const KomekCityFields *fields;

  g_assert_null (unknown);
  device_put_city (device, city, NULL);
  read = get_city (device);
  fields = komek_city_peek (read);
  g_assert_cmpstr (fields->id, ==, "city-1");
  g_assert_true (komek_label_equal (fields->name, komek_city_peek (city)->name));
  g_assert_cmpstr (fields->public_url, ==, "https://komek.example");
  g_assert_cmpstr (fields->changeset, ==, "7");
  g_assert_cmpstr (fields->zone, ==, "+05:00");
  g_assert_cmpfloat (komek_bounds_get_east (fields->bounds), ==, 71.8);
  g_assert_true (fields->sample);

  codes = komek_city_list_codes (read, KOMEK_CITY_DISTRICTS);
  g_assert_cmpuint (g_list_length (codes), ==, 2);
  g_assert_cmpstr (codes->data, ==, "esil");
  g_assert_null (komek_label_get_exact (komek_city_look_up (read, KOMEK_CITY_DISTRICTS, "esil"),
                                        KOMEK_LANGUAGE_ENGLISH));
  g_assert_cmpstr (komek_city_name (read, KOMEK_CITY_STATUSES, "new", KOMEK_LANGUAGE_RUSSIAN, NULL),
                   ==, "Новый");
}

static void
test_a_card_says_what_its_city_can_do (Device *device, gconstpointer unused)
{
  g_autoptr (KomekCity) city = make_city ("Almaty");
  g_autoptr (KomekCity) plain = komek_city_new (&(KomekCityFields) { .id = "city-1" });
  g_autoptr (KomekCity) read = NULL;
  g_autoptr (KomekCity) read_plain = NULL;

  device_put_city (device, city, NULL);
  read = get_city (device);
  g_assert_cmpuint (komek_city_peek (read)->abilities, ==,
                    KOMEK_ABILITY_EXTENSIONS | KOMEK_ABILITY_SEALING);
  g_assert_cmpstr (komek_city_peek (read)->seal_key, ==,
                   "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=");
  g_assert_true (komek_city_peek (read)->api_key_needed);

  device_put_city (device, plain, NULL);
  read_plain = get_city (device);
  g_assert_cmpuint (komek_city_peek (read_plain)->abilities, ==, 0);
  g_assert_cmpstr (komek_city_peek (read_plain)->seal_key, ==,
                   komek_city_peek (plain)->seal_key);
  g_assert_false (komek_city_peek (read_plain)->api_key_needed);
}

static GPtrArray *
get_definition (Device *device, const char *service)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *attributes;

  komek_feed_definition_async (device->feed, service, NULL, on_awaited, &result);
  attributes = komek_feed_definition_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return attributes;
}

static void
put_definition (Device *device, const char *service, GPtrArray *attributes)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_mirror_put_definition_async (device->mirror, service, attributes, NULL, on_awaited,
                                     &result);
  g_assert_true (komek_mirror_write_finish (device->mirror, await (&result), NULL));
}

static GPtrArray *
make_definition (void)
{
  GPtrArray *attributes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
  g_autoptr (KomekLabel) lift = komek_label_new ("Лифт нөмірі", "Номер лифта", NULL);
  g_autoptr (KomekLabel) colour = komek_label_new ("Түсі", NULL, "Colour");
  g_autoptr (KomekLabel) red = komek_label_new ("Қызыл", "Красный", "Red");
  g_autoptr (KomekLabel) blue = komek_label_new ("Көк", NULL, NULL);

  g_ptr_array_add (attributes,
                   komek_attribute_new ("LIFT", KOMEK_ATTRIBUTE_NUMBER, TRUE, TRUE, lift));
  g_ptr_array_add (attributes, komek_attribute_new ("COLOUR", KOMEK_ATTRIBUTE_MULTI_VALUE_LIST,
                                                    FALSE, FALSE, colour));
  komek_attribute_add_value (attributes->pdata[1], "r", red);
  komek_attribute_add_value (attributes->pdata[1], "b", blue);
  return attributes;
}

static void
test_definitions_come_back_as_they_went (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) attributes = make_definition ();
  g_autoptr (GPtrArray) read = NULL;
  KomekAttribute *colour;

  put_definition (device, "ROA.pothole", attributes);
  read = get_definition (device, "ROA.pothole");
  g_assert_cmpuint (read->len, ==, 2);
  g_assert_cmpstr (komek_attribute_get_code (read->pdata[0]), ==, "LIFT");
  g_assert_cmpint (komek_attribute_get_datatype (read->pdata[0]), ==, KOMEK_ATTRIBUTE_NUMBER);
  g_assert_true (komek_attribute_is_required (read->pdata[0]));
  g_assert_true (komek_attribute_is_variable (read->pdata[0]));
  colour = read->pdata[1];
  g_assert_false (komek_attribute_is_required (colour));
  g_assert_false (komek_attribute_is_variable (colour));
  g_assert_cmpstr (komek_label_get_exact (komek_attribute_get_description (colour),
                                          KOMEK_LANGUAGE_ENGLISH), ==, "Colour");
  g_assert_null (komek_label_get_exact (komek_attribute_get_description (colour),
                                        KOMEK_LANGUAGE_RUSSIAN));
  g_assert_cmpuint (komek_attribute_get_n_values (colour), ==, 2);
  g_assert_cmpstr (komek_attribute_get_value_key (colour, 1), ==, "b");
  g_assert_cmpstr (komek_label_get (komek_attribute_get_value_name (colour, 0),
                                    KOMEK_LANGUAGE_RUSSIAN), ==, "Красный");
}

/* Nothing to ask is another thing than nobody having asked. */
static void
test_a_definition_may_be_unknown_or_empty (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) attributes = make_definition ();
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (GPtrArray) unknown = get_definition (device, "ROA.pothole");
  g_autoptr (GPtrArray) empty = NULL;
  g_autoptr (GPtrArray) forgotten = NULL;

  g_assert_null (unknown);
  put_definition (device, "ROA.pothole", attributes);
  put_definition (device, "ROA.pothole", nothing);
  empty = get_definition (device, "ROA.pothole");
  g_assert_cmpuint (empty->len, ==, 0);
  device_forget (device);
  forgotten = get_definition (device, "ROA.pothole");
  g_assert_null (forgotten);
}

/* Pages that show the services would be laid out anew for each, under the finger of whoever chooses. */
static void
test_a_definition_disturbs_nobody (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) attributes = make_definition ();

  put_definition (device, "ROA.pothole", attributes);
  g_ptr_array_remove_index (attributes, 0);
  put_definition (device, "ROA.pothole", attributes);
  g_assert_cmpuint (device->cities, ==, 0);
  g_assert_cmpuint (device->requests, ==, 0);
}

static void
test_services_come_back_as_they_went (Device *device, gconstpointer unused)
{
  g_autoptr (KomekCity) city = make_city ("Almaty");
  g_autoptr (GPtrArray) services = make_services ();
  g_autoptr (GPtrArray) read = NULL;
  KomekService *first;
  KomekLabel *name;

  device_put_city (device, city, services);
  read = get_services (device);
  g_assert_cmpuint (read->len, ==, 2);
  first = read->pdata[0];
  g_assert_cmpstr (komek_service_get_code (first), ==, "ROA.pothole");
  name = komek_service_get_name (first);
  g_assert_cmpstr (komek_label_get (name, KOMEK_LANGUAGE_ENGLISH), ==, "Pothole");
  g_assert_cmpstr (komek_service_get_group (first), ==, "ROA");
  name = komek_service_get_group_name (first);
  g_assert_cmpstr (komek_label_get (name, KOMEK_LANGUAGE_RUSSIAN), ==, "Дороги");
  g_assert_cmpstr (komek_service_get_keywords (first), ==, "асфальт");
  g_assert_true (komek_service_is_danger (first));
  g_assert_true (komek_service_needs_place (first));
  g_assert_true (komek_service_has_metadata (first));
  g_assert_cmpuint (komek_service_get_days (first), ==, 5);
  g_assert_cmpstr (komek_service_get_code (read->pdata[1]), ==, "006");
}

static void
test_only_a_changed_city_is_announced (Device *device, gconstpointer unused)
{
  g_autoptr (KomekCity) city = make_city ("Almaty");
  g_autoptr (KomekCity) same = make_city ("Almaty");
  g_autoptr (KomekCity) changed = make_city ("Almaty district");
  g_autoptr (GPtrArray) services = make_services ();

  device_put_city (device, city, services);
  g_assert_cmpuint (device->cities, ==, 1);
  device_put_city (device, same, services);
  device_put_city (device, same, NULL);
  g_assert_cmpuint (device->cities, ==, 1);
  device_put_city (device, changed, NULL);
  g_assert_cmpuint (device->cities, ==, 2);
  g_ptr_array_remove_index (services, 1);
  device_put_city (device, changed, services);
  g_assert_cmpuint (device->cities, ==, 3);
}

static void
test_forgets_the_city_with_its_services (Device *device, gconstpointer unused)
{
  g_autoptr (KomekCity) city = make_city ("Almaty");
  g_autoptr (GPtrArray) services = make_services ();
  g_autoptr (KomekCity) none = NULL;
  g_autoptr (GPtrArray) no_services = NULL;

  device_put_city (device, city, services);
  device_forget (device);

  g_assert_cmpuint (device->cities, ==, 2);
  none = get_city (device);
  g_assert_null (none);
  no_services = get_services (device);
  g_assert_cmpuint (no_services->len, ==, 0);
}

#define ADD(path, function) \
  g_test_add ("/mirror/" path, Device, NULL, device_set_up, function, device_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the-city-comes-back-as-it-went", test_the_city_comes_back_as_it_went);
  ADD ("a-card-says-what-its-city-can-do", test_a_card_says_what_its_city_can_do);
  ADD ("services-come-back-as-they-went", test_services_come_back_as_they_went);
  ADD ("definitions-come-back-as-they-went", test_definitions_come_back_as_they_went);
  ADD ("a-definition-may-be-unknown-or-empty", test_a_definition_may_be_unknown_or_empty);
  ADD ("a-definition-disturbs-nobody", test_a_definition_disturbs_nobody);
  ADD ("only-a-changed-city-is-announced", test_only_a_changed_city_is_announced);
  ADD ("forgets-the-city-with-its-services", test_forgets_the_city_with_its_services);
  return g_test_run ();
}
