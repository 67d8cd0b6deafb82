/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "komek-city-limits.h"
#include "komek-place.h"
#include "shipped-plan.h"

#define INSIDE 5.0 /* metres */

static KomekPlan *
read_plan (const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GError) error = NULL;
  KomekPlan *plan = komek_plan_new (bytes, &error);

  g_assert_no_error (error);
  return plan;
}

/* The least distance to any border, step by step along each: slow, but plainly right. */
static double
measure_border (const KomekPlan *plan, double latitude, double longitude)
{
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n);
  double least = INFINITY;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; features[i].kind == KOMEK_PLAN_DISTRICT && j < features[i].n_lines; j++)
      for (guint k = 1; k < features[i].lines[j].n_vertices; k++)
        for (guint step = 0; step <= 50; step++)
          {
            const KomekPlanVertex *v = &features[i].lines[j].vertices[k];
            double share = step / 50.0;
            double away = komek_place_metres_between (
              latitude, longitude, v[-1].latitude + share * (v->latitude - v[-1].latitude),
              v[-1].longitude + share * (v->longitude - v[-1].longitude));

            least = MIN (least, away);
          }
  return least;
}

static void
test_what_is_inside_stays (void)
{
  g_autoptr (KomekPlan) plan = read_shipped_plan ();
  double latitude = 51.1282, longitude = 71.4304;

  g_assert_false (komek_city_limits_pull_in (plan, NULL, INSIDE, &latitude, &longitude));
  g_assert_cmpfloat (latitude, ==, 51.1282);
  g_assert_cmpfloat (longitude, ==, 71.4304);
}

static void
test_what_is_outside_comes_to_the_nearest_border (void)
{
  g_autoptr (KomekPlan) plan = read_shipped_plan ();
  KomekBounds *bounds = komek_plan_get_bounds (plan);
  g_autoptr (GRand) rand = g_rand_new_with_seed (109);
  guint n_outside = 0;

  while (n_outside < 60)
    {
      double from_latitude = g_rand_double_range (rand, komek_bounds_get_south (bounds),
                                                  komek_bounds_get_north (bounds));
      double from_longitude = g_rand_double_range (rand, komek_bounds_get_west (bounds),
                                                   komek_bounds_get_east (bounds));
      double latitude = from_latitude, longitude = from_longitude, moved, least;

      if (!komek_city_limits_pull_in (plan, NULL, INSIDE, &latitude, &longitude))
        continue;
      n_outside++;
      g_assert_nonnull (komek_plan_find_district (plan, latitude, longitude));
      moved = komek_place_metres_between (from_latitude, from_longitude, latitude, longitude);
      least = measure_border (plan, from_latitude, from_longitude);
      /* To the border and a step behind it, which in a corner may have to be a longer one. */
      g_assert_cmpfloat (moved, <=, least * 1.002 + INSIDE * 16);
      g_assert_cmpfloat (measure_border (plan, latitude, longitude), >, 0);
    }
}

/* The city takes requests only in a part of what the plan shows. */
static void
test_bounds_are_kept (void)
{
  g_autoptr (KomekPlan) plan = read_shipped_plan ();
  g_autoptr (KomekBounds) bounds = komek_bounds_new (51.10, 71.40, 51.14, 71.46, NULL);
  double latitude = 51.18, longitude = 71.43;

  g_assert_nonnull (komek_plan_find_district (plan, latitude, longitude));
  g_assert_true (komek_city_limits_pull_in (plan, bounds, INSIDE, &latitude, &longitude));
  g_assert_true (komek_bounds_contains (bounds, latitude, longitude));
  g_assert_cmpfloat_with_epsilon (latitude, 51.14 - INSIDE / 111195, 1e-6);
  g_assert_cmpfloat_with_epsilon (longitude, 71.43, 1e-9);
}

static void
test_a_plan_without_districts_is_the_city (void)
{
  g_autoptr (KomekPlan) plan = read_plan (
    "{\"features\":[{\"properties\":{\"kind\":\"street\",\"kk\":\"Абай\"},\"geometry\":{"
    "\"type\":\"LineString\",\"coordinates\":[[71.40,51.10],[71.44,51.12]]}}]}");
  double latitude = 51.11, longitude = 71.50;

  g_assert_true (komek_city_limits_hold (plan, NULL, 51.11, 71.42));
  g_assert_true (komek_city_limits_pull_in (plan, NULL, INSIDE, &latitude, &longitude));
  g_assert_true (komek_city_limits_hold (plan, NULL, latitude, longitude));
  g_assert_cmpfloat_with_epsilon (longitude, 71.44, 0.001);
}

static void
test_nowhere_becomes_somewhere (void)
{
  static const double nowhere[][2] = {
    { 0, 0 }, { 90, 0 }, { -90, 180 }, { 51, -180 }, { NAN, 71 }, { 51, NAN }, { INFINITY, -INFINITY },
  };
  g_autoptr (KomekPlan) plan = read_shipped_plan ();

  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      double latitude = nowhere[i][0], longitude = nowhere[i][1];

      g_assert_false (komek_city_limits_hold (plan, NULL, latitude, longitude));
      g_assert_true (komek_city_limits_pull_in (plan, NULL, INSIDE, &latitude, &longitude));
      g_assert_true (komek_city_limits_hold (plan, NULL, latitude, longitude));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/city-limits/what-is-inside-stays", test_what_is_inside_stays);
  g_test_add_func ("/city-limits/what-is-outside-comes-to-the-nearest-border",
                   test_what_is_outside_comes_to_the_nearest_border);
  g_test_add_func ("/city-limits/bounds-are-kept", test_bounds_are_kept);
  g_test_add_func ("/city-limits/a-plan-without-districts-is-the-city",
                   test_a_plan_without_districts_is_the_city);
  g_test_add_func ("/city-limits/nowhere-becomes-somewhere", test_nowhere_becomes_somewhere);
  return g_test_run ();
}
