/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

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
static const char *const districts[] = { "east", "nowhere", "west", NULL };

enum
{
  EAST,
  NOWHERE,
  WEST
};

static KomekPlan *
read_plan (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (plan_json, sizeof plan_json - 1);
  g_autoptr (GError) error = NULL;
  KomekPlan *plan = komek_plan_new (bytes, &error);

  g_assert_no_error (error);
  return plan;
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
  g_test_add_func ("/district/medians-of-random-answers", test_medians_of_random_answers);
  return g_test_run ();
}
