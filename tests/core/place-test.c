/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-bounds.h"
#include "komek-city.h"
#include "komek-error.h"
#include "komek-place.h"
#include "komek-points.h"

static const struct
{
  double latitude, longitude;
  gboolean on_map;
} points[] = {
  { 51.1282, 71.4304, TRUE }, { 0, 0, TRUE },          { 90, 180, TRUE },
  { -90, -180, TRUE },        { 90.0001, 0, FALSE },   { 0, -180.1, FALSE },
  { NAN, 71, FALSE },         { 51, NAN, FALSE },      { INFINITY, 71, FALSE },
};

static void
test_a_point_off_the_map_is_none (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autoptr (KomekPlace) place =
        komek_place_new (points[i].latitude, points[i].longitude, NULL, NULL);

      g_assert_cmpint (komek_place_has_point (place), ==, points[i].on_map);
      g_assert_cmpint (isnan (komek_place_get_longitude (place)), ==, !points[i].on_map);
      g_assert_cmpstr (komek_place_get_address (place), ==, "");
      g_assert_cmpstr (komek_place_get_district (place), ==, "");
    }
}

static void
test_an_address_is_a_place_without_a_point (void)
{
  g_autoptr (KomekPlace) place = komek_place_new_address ("Абай даңғылы, 18", "esil");

  g_assert_false (komek_place_has_point (place));
  g_assert_cmpstr (komek_place_get_address (place), ==, "Абай даңғылы, 18");
  g_assert_cmpstr (komek_place_get_district (place), ==, "esil");
}

static const struct
{
  double a[2], b[2];
  double metres, tolerance;
} distances[] = {
  { { 51.1282, 71.4304 }, { 51.1282, 71.4304 }, 0, 0 },
  { { 51, 71 }, { 52, 71 }, 111195, 1 },        /* a degree of latitude */
  { { 51, 71 }, { 51, 72 }, 69976, 5 },         /* one of longitude at that latitude */
  { { 51.1282, 71.4304 }, { 43.2389, 76.8897 }, 970500, 3000 }, /* Astana to Almaty */
  { { 0, 179.5 }, { 0, -179.5 }, 111195, 1 },   /* over the date line */
  { { 90, 0 }, { -90, 0 }, 20015115, 10 },
};

static void
test_distances_run_along_the_great_circle (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (distances); i++)
    {
      const double *a = distances[i].a, *b = distances[i].b;
      double there = komek_place_metres_between (a[0], a[1], b[0], b[1]);
      double back = komek_place_metres_between (b[0], b[1], a[0], a[1]);

      g_assert_cmpfloat_with_epsilon (there, distances[i].metres, distances[i].tolerance + 1e-9);
      g_assert_cmpfloat_with_epsilon (there, back, 1e-6);
    }
}

static const struct
{
  const char *name;
  double      south, west, north, east;
} refused[] = {
  { "crossed", 51.2, 71.3, 51.1, 71.5 },
  { "crossed-sideways", 51.1, 71.5, 51.2, 71.3 },
  { "beyond-the-pole", 51.1, 71.3, 90.1, 71.5 },
  { "beyond-the-date-line", 51.1, -180.1, 51.2, 71.5 },
  { "not-a-number", NAN, 71.3, 51.2, 71.5 },
  { "not-a-number-in-the-east", 51.1, 71.3, 51.2, NAN },
};

static void
test_refuses (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekBounds) bounds =
    komek_bounds_new (refused[i].south, refused[i].west, refused[i].north, refused[i].east, &error);

  g_assert_null (bounds);
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_edges_belong_to_the_rectangle (void)
{
  g_autoptr (KomekBounds) bounds = komek_bounds_new (51.10, 71.40, 51.14, 71.46, NULL);

  g_assert_true (komek_bounds_contains (bounds, 51.10, 71.46));
  g_assert_true (komek_bounds_contains (bounds, 51.14, 71.40));
  g_assert_false (komek_bounds_contains (bounds, 51.0999, 71.46));
  g_assert_false (komek_bounds_contains (bounds, 51.12, 71.4601));
  g_assert_false (komek_bounds_contains (bounds, NAN, 71.43));
}

static void
test_points_are_kept_as_they_came (void)
{
  static const char *const services[] = { "A", "B", NULL }, *const districts[] = { "esil", NULL };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  KomekPoint point = { .key = 7, .latitude = KOMEK_POINT_NOWHERE, .status = 3 };
  g_autoptr (KomekPoints) kept = NULL;
  const KomekPoint *read;
  guint n;

  G_STATIC_ASSERT (sizeof (KomekPoint) == 28);
  g_array_append_val (array, point);
  kept = komek_points_new (array, services, districts);
  read = komek_points_peek (kept, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (read[0].key, ==, 7);
  g_assert_cmpstr (komek_points_get_services (kept)[1], ==, "B");
  g_assert_cmpstr (komek_points_get_districts (kept)[0], ==, "esil");
}

static void
test_a_city_names_what_it_knows (void)
{
  g_autoptr (KomekCity) city = komek_city_new (&(KomekCityFields) { .id = "x" });
  g_autoptr (KomekLabel) first = komek_label_new ("Ескі", NULL, NULL);
  g_autoptr (KomekLabel) second = komek_label_new ("Есіл", "Есиль", "Esil");
  g_autoptr (GList) codes = NULL;

  komek_city_add (city, KOMEK_CITY_DISTRICTS, "nura", first);
  komek_city_add (city, KOMEK_CITY_DISTRICTS, "esil", first);
  komek_city_add (city, KOMEK_CITY_DISTRICTS, "nura", second);
  codes = komek_city_list_codes (city, KOMEK_CITY_DISTRICTS);

  g_assert_cmpuint (g_list_length (codes), ==, 2);
  g_assert_cmpstr (codes->data, ==, "nura");
  g_assert_cmpstr (
      komek_city_name (city, KOMEK_CITY_DISTRICTS, "nura", KOMEK_LANGUAGE_ENGLISH, NULL), ==,
      "Esil");
  g_assert_cmpstr (
      komek_city_name (city, KOMEK_CITY_DISTRICTS, "x", KOMEK_LANGUAGE_ENGLISH, "Said"), ==,
      "Said");
  g_assert_cmpstr (komek_city_name (city, KOMEK_CITY_DISTRICTS, "x", KOMEK_LANGUAGE_ENGLISH, ""),
                   ==, "x");
  g_assert_null (komek_city_look_up (city, KOMEK_CITY_AGENCIES, "nura"));
}

static void
test_a_citys_zone_is_never_missing (void)
{
  static const char *const zones[] = { NULL, "+05:00", "No/Such_Zone" };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (KomekCity) city =
    komek_city_new (&(KomekCityFields){ .id = "x", .zone = zones[i] });
      GTimeZone *zone = komek_city_get_zone (city);

      g_assert_cmpint (g_time_zone_get_offset (zone, 0), ==, 5 * 3600);
    }
}

static void
test_links_lead_to_public_pages_only (void)
{
  g_autoptr (KomekCity) city =
    komek_city_new (&(KomekCityFields){ .id = "x", .public_url = "https://109.example" });
  g_autoptr (KomekCity) hidden = komek_city_new (&(KomekCityFields) { .id = "x" });
  g_autofree char *link = komek_city_dup_link (city, "14/А ?");

  g_assert_cmpstr (link, ==, "https://109.example/r/14%2F%D0%90%20%3F");
  g_assert_null (komek_city_dup_link (hidden, "1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/a-point-off-the-map-is-none", test_a_point_off_the_map_is_none);
  g_test_add_func ("/place/an-address-is-one-without-a-point",
                   test_an_address_is_a_place_without_a_point);
  g_test_add_func ("/place/distances-run-along-the-great-circle",
                   test_distances_run_along_the_great_circle);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/bounds/refuses/%s", refused[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refuses);
    }
  g_test_add_func ("/bounds/edges-belong-to-the-rectangle", test_edges_belong_to_the_rectangle);
  g_test_add_func ("/points/are-kept-as-they-came", test_points_are_kept_as_they_came);
  g_test_add_func ("/city/names-what-it-knows", test_a_city_names_what_it_knows);
  g_test_add_func ("/city/zone-is-never-missing", test_a_citys_zone_is_never_missing);
  g_test_add_func ("/city/links-lead-to-public-pages-only", test_links_lead_to_public_pages_only);
  return g_test_run ();
}
