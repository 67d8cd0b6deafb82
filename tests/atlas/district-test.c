/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "komek-district-figures.h"

#define NOW 1700000000

/* Two districts a tenth of a degree wide and high, the western one with a hole in its middle; a
 * third is a line and so has no area. */
static const char plan_json[] =
  "{\"type\":\"FeatureCollection\",\"features\":["
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"district\",\"code\":\"west\",\"kk\":\"W\",\"population\":2000},"
  "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":["
  "[[71.4,51.1],[71.5,51.1],[71.5,51.2],[71.4,51.2],[71.4,51.1]],"
  "[[71.44,51.14],[71.46,51.14],[71.46,51.16],[71.44,51.16],[71.44,51.14]]]}},"
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"district\",\"code\":\"east\",\"kk\":\"E\"},"
  "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":["
  "[[71.5,51.1],[71.5,51.2],[71.6,51.2],[71.6,51.1],[71.5,51.1]]]}},"
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"avenue\",\"kk\":\"A\"},"
  "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[71.4,51.1],[71.6,51.2]]}}]}";

static const char *const services[] = { "road", NULL };
static const char *const districts[] = { "east", "nowhere", "west", "", NULL };

enum
{
  EAST,
  NOWHERE,
  WEST,
  UNSAID
};

static KomekPlan *
parse_plan (const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  KomekPlan *plan = komek_plan_new (bytes, &error);

  g_assert_no_error (error);
  return plan;
}

static KomekPlan *
read_plan (void)
{
  return parse_plan (plan_json);
}

static KomekDistrictFigures *
count (KomekPlan *plan, GArray *array, const KomekFilterFields *fields)
{
  g_autoptr (KomekPoints) points = komek_points_new (array, services, districts);
  g_autoptr (KomekFilter) filter = komek_filter_new (fields);
  g_autoptr (KomekAtlas) atlas = komek_atlas_new (points, filter);

  return komek_district_figures_new (plan, atlas);
}

static GArray *
make_points (void)
{
  static const KomekPoint points[] = {
    { .key = 1, .district = WEST, .status = KOMEK_STATUS_NEW, .latitude = 511500000, .longitude = 714200000, .requested = NOW },
    { .key = 2, .district = WEST, .status = KOMEK_STATUS_NEW, .due = NOW - 1, .latitude = KOMEK_POINT_NOWHERE, .longitude = KOMEK_POINT_NOWHERE, .requested = NOW - 1 },
    { .key = 3, .district = WEST, .status = KOMEK_STATUS_DONE, .answered = 25, .latitude = 511500000, .longitude = 714200000, .requested = NOW - 2 },
    { .key = 4, .district = WEST, .status = KOMEK_STATUS_DONE, .answered = 49, .latitude = 511500000, .longitude = 714200000, .requested = NOW - 3 },
    { .key = 5, .district = WEST, .status = KOMEK_STATUS_CLOSED, .answered = 481, .latitude = 511500000, .longitude = 714200000, .requested = NOW - 4 },
    /* The city says east, and that counts, wherever it lies. */
    { .key = 6, .district = EAST, .status = KOMEK_STATUS_NEW, .latitude = 511500000, .longitude = 714200000, .requested = NOW - 5 },
    /* The plan does not know the district of these: their places decide. */
    { .key = 7, .district = NOWHERE, .status = KOMEK_STATUS_NEW, .latitude = 511500000, .longitude = 715500000, .requested = NOW - 6 },
    { .key = 8, .district = NOWHERE, .status = KOMEK_STATUS_NEW, .latitude = 511500000, .longitude = 714500000, .requested = NOW - 7 },
    { .key = 9, .district = NOWHERE, .status = KOMEK_STATUS_NEW, .latitude = KOMEK_POINT_NOWHERE, .longitude = KOMEK_POINT_NOWHERE, .requested = NOW - 8 },
    { .key = 10, .district = 200, .status = KOMEK_STATUS_NEW, .latitude = 0, .longitude = 0, .requested = NOW - 9 },
  };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));

  g_array_append_vals (array, points, G_N_ELEMENTS (points));
  return array;
}

static void
test_counts_each_district (void)
{
  g_autoptr (KomekPlan) plan = read_plan ();
  g_autoptr (KomekDistrictFigures) figures =
    count (plan, make_points (), &(KomekFilterFields) { .now = NOW });
  guint n;
  const KomekDistrictFigure *figure = komek_district_figures_peek (figures, &n);

  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (figure[0].feature->code, ==, "west");
  g_assert_cmpuint (figure[0].total, ==, 5);
  g_assert_cmpuint (figure[0].open, ==, 2);
  g_assert_cmpuint (figure[0].overdue, ==, 1);
  g_assert_cmpuint (figure[0].answered, ==, 3);
  g_assert_cmpfloat_with_epsilon (figure[0].median_days, 48.5 / 24, 1e-9);
  g_assert_cmpuint (figure[0].population, ==, 2000);

  g_assert_cmpuint (figure[1].total, ==, 2);
  g_assert_cmpuint (figure[1].overdue, ==, 0);
  g_assert_cmpuint (figure[1].answered, ==, 0);
  g_assert_true (isnan (figure[1].median_days));
  g_assert_cmpuint (figure[1].population, ==, 0);
}

static void
test_counts_what_the_filter_lets_through (void)
{
  g_autoptr (KomekPlan) plan = read_plan ();
  g_autoptr (KomekDistrictFigures) figures =
    count (plan, make_points (),
           &(KomekFilterFields) { .now = NOW, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_LATE) });
  guint n;
  const KomekDistrictFigure *figure = komek_district_figures_peek (figures, &n);

  g_assert_cmpuint (figure[0].total, ==, 1);
  g_assert_cmpuint (figure[0].overdue, ==, 1);
  g_assert_cmpuint (figure[1].total, ==, 0);
}

/* A degree of latitude is 111.2 km, one of longitude at 51.15° 69.8 km, and the hole is a 25th. */
static void
test_measures_the_ground (void)
{
  g_autoptr (KomekPlan) plan = read_plan ();
  g_autoptr (KomekDistrictFigures) figures =
    count (plan, g_array_new (FALSE, FALSE, sizeof (KomekPoint)),
           &(KomekFilterFields) { .now = NOW });
  guint n;
  const KomekDistrictFigure *figure = komek_district_figures_peek (figures, &n);

  g_assert_cmpfloat_with_epsilon (figure[1].km2, 77.7, 0.6);
  g_assert_cmpfloat_with_epsilon (figure[0].km2, figure[1].km2 * 24 / 25, 0.1);
  g_assert_cmpuint (figure[0].total, ==, 0);
  g_assert_true (isnan (figure[0].median_days));
}

#define SQUARE(code, rings) \
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"district\",\"code\":\"" code "\",\"kk\":\"D\"}," \
  "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" rings "}}"

static double
measure (const char *json)
{
  g_autoptr (KomekPlan) plan = parse_plan (json);
  g_autoptr (KomekDistrictFigures) figures =
    count (plan, g_array_new (FALSE, FALSE, sizeof (KomekPoint)),
           &(KomekFilterFields) { .now = NOW });
  guint n;
  const KomekDistrictFigure *figure = komek_district_figures_peek (figures, &n);

  g_assert_cmpuint (n, ==, 1);
  return figure->km2;
}

/* An island in a lake in a district belongs to it, whichever way each ring runs. */
static void
test_an_island_in_a_hole_counts (void)
{
  double whole = measure ("{\"features\":[" SQUARE ("a", "[[[71,51],[72,51],[72,52],[71,52],[71,51]]]") "]}");
  double island = measure ("{\"features\":[" SQUARE ("a",
    "[[[71,51],[72,51],[72,52],[71,52],[71,51]],[[71.2,51.2],[71.8,51.2],[71.8,51.8],[71.2,51.8],[71.2,51.2]],"
    "[[71.4,51.4],[71.4,51.6],[71.6,51.6],[71.6,51.4],[71.4,51.4]]]") "]}");

  /* A square is 100, the hole 36, the island 4; the north is a little smaller than the south. */
  g_assert_cmpfloat_with_epsilon (island / whole, 0.68, 0.002);
}

/* The scale is that of the middle of a ring; by its northern edge it would be two hundredths off. */
static void
test_a_high_district_is_measured_by_its_middle (void)
{
  double low = measure ("{\"features\":[" SQUARE ("a", "[[[71,51],[72,51],[72,51.5],[71,51.5],[71,51]]]") "]}");
  double high = measure ("{\"features\":[" SQUARE ("a", "[[[71,51.5],[72,51.5],[72,52],[71,52],[71,51.5]]]") "]}");
  double both = measure ("{\"features\":[" SQUARE ("a", "[[[71,51],[72,51],[72,52],[71,52],[71,51]]]") "]}");

  g_assert_cmpfloat_with_epsilon (both / (low + high), 1, 0.001);
}

/* Where the city says no district, or one that is on no list, the place decides, and no district
 * of the plan that has no code takes them all. */
static void
test_who_says_no_district_is_where_it_lies (void)
{
  static const KomekPoint points[] = {
    { .key = 1, .district = UNSAID, .latitude = 515000000, .longitude = 725000000, .requested = NOW },
    { .key = 2, .district = 200, .latitude = 515000000, .longitude = 725000000, .requested = NOW - 1 },
    { .key = 3, .district = 255, .latitude = 515000000, .longitude = 725000000, .requested = NOW - 2 },
    { .key = 4, .district = UNSAID, .latitude = KOMEK_POINT_NOWHERE, .longitude = KOMEK_POINT_NOWHERE,
      .requested = NOW - 3 },
  };
  g_autoptr (KomekPlan) plan = parse_plan ("{\"features\":["
    SQUARE ("", "[[[71,51],[72,51],[72,52],[71,52],[71,51]]]") ","
    SQUARE ("b", "[[[72,51],[73,51],[73,52],[72,52],[72,51]]]") "]}");
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekDistrictFigures) figures = NULL;
  const KomekDistrictFigure *figure;
  guint n;

  g_array_append_vals (array, points, G_N_ELEMENTS (points));
  figures = count (plan, array, &(KomekFilterFields) { .now = NOW });
  figure = komek_district_figures_peek (figures, &n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (figure[i].total, ==, strcmp (figure[i].feature->code, "b") == 0 ? 3 : 0);
}

/* Every byte but one is a district; what a plan has beyond that is left out, and counts nothing of
 * others. */
static void
test_a_plan_of_many_districts (void)
{
  g_autoptr (GString) json = g_string_new ("{\"features\":[");
  g_autoptr (KomekPlan) plan = NULL;
  g_autoptr (KomekDistrictFigures) figures = NULL;
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  const KomekDistrictFigure *figure;
  guint n;

  for (guint i = 0; i < 300; i++)
    {
      KomekPoint point = { .key = i + 1, .district = NOWHERE, .latitude = 510500000 + 1000000 * (i / 60),
                           .longitude = 710500000 + 1000000 * (i % 60), .requested = NOW - i };
      double x = 71 + (i % 60) / 10.0, y = 51 + (i / 60) / 10.0;

      g_string_append_printf (json,
                              "%s{\"type\":\"Feature\",\"properties\":{\"kind\":\"district\",\"code\":\"d%u\","
                              "\"kk\":\"D\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                              "[[[%.1f,%.1f],[%.1f,%.1f],[%.1f,%.1f],[%.1f,%.1f],[%.1f,%.1f]]]}}",
                              i > 0 ? "," : "", i, x, y, x + 0.1, y, x + 0.1, y + 0.1, x, y + 0.1, x, y);
      g_array_append_val (array, point);
    }
  g_string_append (json, "]}");
  plan = parse_plan (json->str);
  figures = count (plan, array, &(KomekFilterFields) { .now = NOW });
  figure = komek_district_figures_peek (figures, &n);
  g_assert_cmpuint (n, ==, G_MAXUINT8);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (figure[i].total, ==, 1);
}

/* Every median against a sorted list, of even and of odd numbers. */
static void
test_medians_of_random_answers (void)
{
  g_autoptr (KomekPlan) plan = read_plan ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint n = 1; n < 60; n++)
    {
      GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
      g_autofree guint *sorted = g_new0 (guint, 3000);
      g_autoptr (KomekDistrictFigures) figures = NULL;
      guint at = 0, below = 0, low = 0, high = 0, unused;

      for (guint i = 0; i < n; i++)
        {
          KomekPoint point = { .key = i + 1, .district = WEST, .status = KOMEK_STATUS_DONE,
                               .answered = g_rand_int_range (rand, 1, 3000),
                               .requested = NOW - i };

          sorted[point.answered]++;
          g_array_append_val (array, point);
        }
      for (; below < n; below += sorted[at], at++)
        {
          if (below <= (n - 1) / 2)
            low = at;
          if (below <= n / 2)
            high = at;
        }
      figures = count (plan, array, &(KomekFilterFields) { .now = NOW });
      g_assert_cmpfloat_with_epsilon (komek_district_figures_peek (figures, &unused)[0].median_days,
                                      ((low + high) / 2.0 - 0.5) / 24, 1e-9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/district/counts-each-district", test_counts_each_district);
  g_test_add_func ("/district/counts-what-the-filter-lets-through",
                   test_counts_what_the_filter_lets_through);
  g_test_add_func ("/district/measures-the-ground", test_measures_the_ground);
  g_test_add_func ("/district/an-island-in-a-hole-counts", test_an_island_in_a_hole_counts);
  g_test_add_func ("/district/a-high-one-is-measured-by-its-middle",
                   test_a_high_district_is_measured_by_its_middle);
  g_test_add_func ("/district/who-says-none-is-where-it-lies",
                   test_who_says_no_district_is_where_it_lies);
  g_test_add_func ("/district/a-plan-of-many", test_a_plan_of_many_districts);
  g_test_add_func ("/district/medians-of-random-answers", test_medians_of_random_answers);
  return g_test_run ();
}
