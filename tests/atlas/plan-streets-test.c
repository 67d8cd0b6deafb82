/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-streets.h"

#include <string.h>

#define PLAN \
  "{\"type\":\"FeatureCollection\",\"features\":[" \
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"district\",\"code\":\"esil\",\"kk\":\"Есіл\"}," \
  "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[71.3,51],[71.6,51],[71.6,51.3],[71.3,51.3]]]}}," \
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"street\",\"kk\":\"Абай көшесі\"}," \
  "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[71.40,51.16],[71.44,51.16]]}}]}"

typedef struct
{
  KomekPlan *plan;
  KomekPlan *joined;
} Fixture;

static KomekMercatorPoint
project (double latitude, double longitude)
{
  KomekMercatorPoint point;

  komek_mercator_project (latitude, longitude, &point.x, &point.y);
  return point;
}

/* A street that the plan knows goes on, and one comes in two pieces that it does not know. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (PLAN, strlen (PLAN));
  g_autoptr (KomekLabel) abai = komek_label_new ("Абай көшесі", "улица Абая", NULL);
  g_autoptr (KomekLabel) turan = komek_label_new (NULL, "улица Туран", NULL);
  const KomekMercatorPoint onward[] = { project (51.16, 71.44), project (51.16, 71.48) };
  const KomekMercatorPoint west[] = { project (51.12, 71.40), project (51.12, 71.42) };
  const KomekMercatorPoint east[] = { project (51.12, 71.42), project (51.121, 71.44),
                                      project (51.12, 71.46) };
  const KomekPlanStreet streets[] = {
    { abai, KOMEK_PLAN_AVENUE, onward, G_N_ELEMENTS (onward) },
    { turan, KOMEK_PLAN_LANE, west, G_N_ELEMENTS (west) },
    { turan, KOMEK_PLAN_LANE, east, G_N_ELEMENTS (east) },
  };

  fixture->plan = komek_plan_new (bytes, NULL);
  fixture->joined =
    komek_plan_new_with_streets (fixture->plan, streets, G_N_ELEMENTS (streets), NULL, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  komek_plan_unref (fixture->plan);
  komek_plan_unref (fixture->joined);
}

static const char *
find_name (KomekPlan *plan, double latitude, double longitude, double *metres)
{
  const KomekPlanFeature *street = komek_plan_find_street (plan, latitude, longitude, metres);

  return street ? komek_label_get (street->label, KOMEK_LANGUAGE_RUSSIAN) : NULL;
}

static void
test_the_nearest_street_may_be_one_of_a_pack (Fixture *fixture, gconstpointer data)
{
  double metres;

  g_assert_null (find_name (fixture->plan, 51.1205, 71.44, &metres));
  g_assert_cmpstr (find_name (fixture->joined, 51.1205, 71.44, &metres), ==, "улица Туран");
  g_assert_cmpfloat_with_epsilon (metres, 55.6, 1);
  g_assert_null (find_name (fixture->plan, 51.1601, 71.46, &metres));
  g_assert_nonnull (find_name (fixture->joined, 51.1601, 71.46, &metres));
}

/* A name is written along all of a street, not along each of its pieces anew. */
static void
test_pieces_are_one_street (Fixture *fixture, gconstpointer data)
{
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (fixture->joined, &n);

  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (features[1].n_lines, ==, 2);
  g_assert_cmpint (features[1].kind, ==, KOMEK_PLAN_STREET);
  g_assert_cmpfloat_with_epsilon (features[1].box.x1, features[1].lines[1].box.x1, 1e-12);
  g_assert_cmpuint (features[2].n_lines, ==, 2);
  g_assert_cmpuint (features[2].lines[1].n_vertices, ==, 3);
  g_assert_cmpint (features[2].kind, ==, KOMEK_PLAN_LANE);
}

static void
test_the_rest_stays (Fixture *fixture, gconstpointer data)
{
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (fixture->joined, &n);
  KomekBounds *built_up = komek_plan_get_built_up (fixture->plan);

  g_assert_true (features[0].area);
  g_assert_cmpstr (komek_plan_find_district (fixture->joined, 51.1, 71.4), ==, "esil");
  g_assert_true (komek_bounds_equal (komek_plan_get_bounds (fixture->joined),
                                     komek_plan_get_bounds (fixture->plan)));
  g_assert_true (komek_bounds_equal (komek_plan_get_built_up (fixture->joined), built_up));
  g_assert_false (komek_bounds_equal (built_up, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/plan-streets/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("the-nearest-street-may-be-one-of-a-pack", test_the_nearest_street_may_be_one_of_a_pack);
  ADD ("pieces-are-one-street", test_pieces_are_one_street);
  ADD ("the-rest-stays", test_the_rest_stays);
#undef ADD
  return g_test_run ();
}
