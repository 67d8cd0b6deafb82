/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-error.h"
#include "komek-place.h"
#include "komek-plan.h"
#include "shipped-plan.h"

#define STREET(properties, coordinates) \
  "{\"type\":\"Feature\",\"properties\":{" properties "}," \
  "\"geometry\":{\"type\":\"LineString\",\"coordinates\":" coordinates "}}"
#define AREA(properties, coordinates) \
  "{\"type\":\"Feature\",\"properties\":{" properties "}," \
  "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" coordinates "}}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define ABAI STREET ("\"kind\":\"avenue\",\"kk\":\"Абай даңғылы\",\"ru\":\"проспект Абая\"", \
                     "[[71.40,51.16],[71.42,51.16],[71.44,51.16]]")

static KomekPlan *
read_plan (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));

  return komek_plan_new (bytes, error);
}

static KomekPlan *
must_read_plan (const char *json)
{
  g_autoptr (GError) error = NULL;
  KomekPlan *plan = read_plan (json, &error);

  g_assert_no_error (error);
  return plan;
}

static const struct
{
  const char *name;
  const char *json;
} refused[] = {
  { "nothing", "" },
  { "no-json", "<html><body>404</body></html>" },
  { "half-a-file", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Fea" },
  { "a-number", "7" },
  { "an-array", "[1,2,3]" },
  { "no-features", "{\"type\":\"FeatureCollection\"}" },
  { "features-that-are-no-array", "{\"features\":{\"a\":1}}" },
  { "empty", COLLECTION ("") },
  { "nulls", COLLECTION ("null,7,\"a\",[],{},{\"properties\":null,\"geometry\":null}") },
  { "no-number", COLLECTION (STREET ("\"kind\":\"street\"", "[[NaN,51],[71,52]]")) },
  { "infinite", COLLECTION (STREET ("\"kind\":\"street\"", "[[1e999,51],[71,52]]")) },
  { "off-the-map", COLLECTION (STREET ("\"kind\":\"street\"", "[[71,86],[71,52]]")) },
  { "west-of-the-world", COLLECTION (STREET ("\"kind\":\"street\"", "[[-181,51],[71,52]]")) },
  { "texts-for-numbers", COLLECTION (STREET ("\"kind\":\"street\"", "[[\"71\",\"51\"],[71,52]]")) },
  { "too-few-nestings", COLLECTION (STREET ("\"kind\":\"street\"", "[71,51]")) },
  { "too-many-nestings", COLLECTION (STREET ("\"kind\":\"street\"", "[[[71,51],[71,52]]]")) },
  { "one-vertex", COLLECTION (STREET ("\"kind\":\"street\"", "[[71,51],[71,51]]")) },
  { "a-ring-of-two", COLLECTION (AREA ("\"kind\":\"district\"", "[[[71,51],[72,51],[71,51]]]")) },
  { "an-unknown-kind", COLLECTION (STREET ("\"kind\":\"volcano\"", "[[71,51],[72,51]]")) },
};

static void
test_refuses (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekPlan) plan = read_plan (refused[i].json, &error);

  g_assert_null (plan);
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_survives_a_mountain_of_brackets (void)
{
  g_autofree char *json = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (read_plan (json, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_leaves_out_only_what_makes_no_sense (void)
{
  g_autoptr (KomekPlan) plan = must_read_plan (COLLECTION (
    "{\"type\":\"Feature\",\"properties\":{\"kind\":\"street\",\"kk\":\"[[[\"},\"geometry\":{"
    "\"type\":\"MultiLineString\",\"coordinates\":[[[71.4,51.1],[71.5,51.1]],[[71.4,99],[71,51]],7]}}"
    ",null," ABAI));
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n);

  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (features[0].n_lines, ==, 1);
  g_assert_cmpuint (features[0].lines[0].n_vertices, ==, 2);
  g_assert_cmpuint (komek_plan_get_n_skipped (plan), ==, 3);
  g_assert_cmpstr (komek_label_get (features[1].label, KOMEK_LANGUAGE_RUSSIAN), ==,
                   "проспект Абая");
}

static void
test_reads_a_million_vertices (void)
{
  GString *json = g_string_new ("{\"features\":[{\"properties\":{\"kind\":\"street\"},\"geometry\":{"
                                "\"type\":\"LineString\",\"coordinates\":[[71,51]");
  g_autoptr (KomekPlan) plan = NULL;
  g_autofree char *text = NULL;
  guint n;

  for (guint i = 1; i < 1000000; i++)
    g_string_append_printf (json, ",[71.%06u,51]", i);
  g_string_append (json, "]}}]}");
  text = g_string_free (json, FALSE);
  plan = must_read_plan (text);
  g_assert_cmpuint (komek_plan_peek_features (plan, &n)->lines[0].n_vertices, ==, 1000000);
}

static void
test_bounds_hold_everything (void)
{
  g_autoptr (KomekPlan) plan = must_read_plan (COLLECTION (
    ABAI "," AREA ("\"kind\":\"park\"", "[[[71.30,51.10],[71.35,51.10],[71.35,51.20]]]")));
  KomekBounds *bounds = komek_plan_get_bounds (plan);

  g_assert_cmpfloat_with_epsilon (komek_bounds_get_west (bounds), 71.30, 1e-9);
  g_assert_cmpfloat_with_epsilon (komek_bounds_get_east (bounds), 71.44, 1e-9);
  g_assert_cmpfloat_with_epsilon (komek_bounds_get_south (bounds), 51.10, 1e-9);
  g_assert_cmpfloat_with_epsilon (komek_bounds_get_north (bounds), 51.20, 1e-9);
  /* The park is no street. */
  g_assert_cmpfloat (komek_bounds_get_west (komek_plan_get_built_up (plan)), >, 71.39);
}

static void
test_a_hole_is_not_in_the_district (void)
{
  g_autoptr (KomekPlan) plan = must_read_plan (COLLECTION (
    AREA ("\"kind\":\"district\",\"code\":\"ring\"",
          "[[[71,51],[72,51],[72,52],[71,52],[71,51]],"
          "[[71.4,51.4],[71.6,51.4],[71.6,51.6],[71.4,51.6],[71.4,51.4]]]") ","
    AREA ("\"kind\":\"district\",\"code\":\"heart\"",
          "[[[71.4,51.4],[71.6,51.4],[71.6,51.6],[71.4,51.6]]]")));

  g_assert_cmpstr (komek_plan_find_district (plan, 51.2, 71.2), ==, "ring");
  g_assert_cmpstr (komek_plan_find_district (plan, 51.5, 71.5), ==, "heart");
  g_assert_null (komek_plan_find_district (plan, 51.5, 70.9));
  g_assert_null (komek_plan_find_district (plan, 0, 0));
  g_assert_null (komek_plan_find_district (plan, NAN, NAN));
}

static void
test_names_the_nearest_street (void)
{
  g_autoptr (KomekPlan) plan = must_read_plan (COLLECTION (
    ABAI "," STREET ("\"kind\":\"street\",\"kk\":\"Отырар көшесі\"", "[[71.40,51.162],[71.44,51.162]]")
    "," STREET ("\"kind\":\"street\"", "[[71.40,51.1601],[71.44,51.1601]]")));
  double metres = 0, expected = komek_place_metres_between (51.1604, 71.41, 51.16, 71.41);

  g_assert_cmpstr (komek_plan_describe (plan, 51.1604, 71.41, KOMEK_LANGUAGE_RUSSIAN, &metres), ==,
                   "проспект Абая");
  g_assert_cmpfloat_with_epsilon (metres, expected, 0.5);
  g_assert_cmpstr (komek_plan_describe (plan, 51.1619, 71.41, KOMEK_LANGUAGE_RUSSIAN, NULL), ==,
                   "Отырар көшесі");
  g_assert_null (komek_plan_describe (plan, 51.1650, 71.41, KOMEK_LANGUAGE_KAZAKH, NULL));
  g_assert_null (komek_plan_describe (plan, NAN, 71.41, KOMEK_LANGUAGE_KAZAKH, NULL));
}

static const struct
{
  const char *json;
  guint       population;
} populations[] = {
  { "412345", 412345 },   { "\"412345\"", 412345 }, { "412345.0", 412345 }, { "0", 0 },
  { "-5", 0 },            { "1e300", 0 },           { "\"many\"", 0 },      { "\"1e999\"", 0 },
  { "null", 0 },          { "[412345]", 0 },        { "true", 0 },          { "{\"of\":7}", 0 },
};

static void
test_a_district_may_say_its_population (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (populations); i++)
    {
      g_autofree char *json = g_strconcat (
        "{\"features\":[{\"properties\":{\"kind\":\"district\",\"population\":", populations[i].json,
        "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[71,51],[72,51],[72,52]]]}}]}", NULL);
      g_autoptr (KomekPlan) plan = must_read_plan (json);
      guint n;

      g_test_message ("population: %s", populations[i].json);
      g_assert_cmpuint (komek_plan_peek_features (plan, &n)->population, ==, populations[i].population);
    }
}

static void
test_a_plan_says_who_made_it (void)
{
  g_autoptr (KomekPlan) silent = must_read_plan (COLLECTION (ABAI));
  g_autoptr (KomekPlan) plan =
    must_read_plan ("{\"attribution\":\"© Қала\",\"features\":[" ABAI "]}");
  g_autoptr (KomekPlan) odd = must_read_plan ("{\"attribution\":[7],\"features\":[" ABAI "]}");

  g_assert_null (komek_plan_get_attribution (silent));
  g_assert_cmpstr (komek_plan_get_attribution (plan), ==, "© Қала");
  g_assert_null (komek_plan_get_attribution (odd));
}

/* Step by step along each street: slow, but plainly right. */
static double
measure_street (const KomekPlanFeature *street, double latitude, double longitude)
{
  double least = INFINITY;

  for (guint i = 0; i < street->n_lines; i++)
    for (guint j = 1; j < street->lines[i].n_vertices; j++)
      {
        const KomekPlanVertex *v = &street->lines[i].vertices[j];
        guint n_steps = 1 + (guint) (komek_place_metres_between (v[-1].latitude, v[-1].longitude,
                                                                 v->latitude, v->longitude)
                                     / 2);

        for (guint step = 0; step <= n_steps; step++)
          {
            double share = (double) step / n_steps;

            least = MIN (least, komek_place_metres_between (
                                  latitude, longitude,
                                  v[-1].latitude + share * (v->latitude - v[-1].latitude),
                                  v[-1].longitude + share * (v->longitude - v[-1].longitude)));
          }
      }
  return least;
}

static double
measure_nearest (const KomekPlan *plan, double latitude, double longitude)
{
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n);
  double least = INFINITY;

  for (guint i = 0; i < n; i++)
    if (features[i].kind >= KOMEK_PLAN_LANE
        && *komek_label_get (features[i].label, KOMEK_LANGUAGE_KAZAKH))
      least = MIN (least, measure_street (&features[i], latitude, longitude));
  return least;
}

static void
test_the_nearest_street_is_the_nearest (void)
{
  g_autoptr (KomekPlan) plan = read_shipped_plan ();
  KomekBounds *built_up = komek_plan_get_built_up (plan);
  g_autoptr (GRand) rand = g_rand_new_with_seed (109);
  guint n_near = 0;

  for (guint i = 0; i < 80; i++)
    {
      double latitude = g_rand_double_range (rand, komek_bounds_get_south (built_up),
                                             komek_bounds_get_north (built_up));
      double longitude = g_rand_double_range (rand, komek_bounds_get_west (built_up),
                                              komek_bounds_get_east (built_up));
      double metres = -1, least = measure_nearest (plan, latitude, longitude);
      const KomekPlanFeature *street =
        komek_plan_find_street (plan, latitude, longitude, &metres);

      if (fabs (least - 250) < 1.1)
        continue;
      g_assert_cmpint (street != NULL, ==, least < 250);
      if (!street)
        continue;
      n_near++;
      g_assert_cmpfloat_with_epsilon (metres, least, 1.1); /* half a step */
      g_assert_cmpfloat (measure_street (street, latitude, longitude), ==, least);
    }
  g_assert_cmpuint (n_near, >, 20);
}

/* Vertices on one place, a line that goes back on itself, and points that lie on a street, at its
 * end, before it and beyond the map. */
static void
test_degenerate_streets_and_points (void)
{
  static const double nowhere[][2] = {
    { 0, 0 }, { 90, 0 }, { -90, 0 }, { 86, 71 }, { 51, 181 }, { NAN, 71 }, { 51, NAN }, { INFINITY, 0 }, { 0, -INFINITY },
  };
  g_autoptr (KomekPlan) plan = must_read_plan (COLLECTION (
    STREET ("\"kind\":\"street\",\"kk\":\"Қайту\"",
            "[[71.40,51.16],[71.40,51.16],[71.42,51.16],[71.42,51.16],[71.40,51.16]]")));
  double metres;

  g_assert_cmpstr (komek_plan_describe (plan, 51.16, 71.41, KOMEK_LANGUAGE_KAZAKH, &metres), ==, "Қайту");
  g_assert_cmpfloat (metres, <, 1e-6);
  g_assert_cmpstr (komek_plan_describe (plan, 51.16, 71.40, KOMEK_LANGUAGE_KAZAKH, &metres), ==, "Қайту");
  g_assert_cmpfloat (metres, <, 1e-6);
  g_assert_cmpstr (komek_plan_describe (plan, 51.16, 71.3990, KOMEK_LANGUAGE_KAZAKH, &metres), ==, "Қайту");
  g_assert_cmpfloat_with_epsilon (metres, komek_place_metres_between (51.16, 71.3990, 51.16, 71.40), 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      g_assert_null (komek_plan_find_street (plan, nowhere[i][0], nowhere[i][1], NULL));
      g_assert_null (komek_plan_find_district (plan, nowhere[i][0], nowhere[i][1]));
    }
}

static void
test_the_shipped_plan_is_whole (void)
{
  g_autoptr (KomekPlan) plan = read_shipped_plan ();
  g_autoptr (GHashTable) districts = g_hash_table_new (g_str_hash, g_str_equal);
  KomekBounds *built_up = komek_plan_get_built_up (plan);
  guint n, n_lost = 0;

  g_assert_cmpuint (komek_plan_get_n_skipped (plan), ==, 0);
  komek_plan_peek_features (plan, &n);
  g_assert_cmpuint (n, >, 50);

  /* Generalised borders must leave no seam between neighbours. */
  for (guint i = 0; i < 10000; i++)
    {
      double lat = komek_bounds_get_south (built_up)
                   + (i / 100) / 100.0
                       * (komek_bounds_get_north (built_up) - komek_bounds_get_south (built_up));
      double lon = komek_bounds_get_west (built_up)
                   + (i % 100) / 100.0
                       * (komek_bounds_get_east (built_up) - komek_bounds_get_west (built_up));
      const char *code = komek_plan_find_district (plan, lat, lon);

      if (code)
        g_hash_table_add (districts, (gpointer) code);
      n_lost += !code;
    }
  g_assert_cmpuint (g_hash_table_size (districts), ==, 6);
  g_assert_cmpuint (n_lost, <, 600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan/refuses/%s", refused[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refuses);
    }
  g_test_add_func ("/plan/survives-a-mountain-of-brackets", test_survives_a_mountain_of_brackets);
  g_test_add_func ("/plan/leaves-out-only-what-makes-no-sense",
                   test_leaves_out_only_what_makes_no_sense);
  g_test_add_func ("/plan/reads-a-million-vertices", test_reads_a_million_vertices);
  g_test_add_func ("/plan/bounds-hold-everything", test_bounds_hold_everything);
  g_test_add_func ("/plan/a-hole-is-not-in-the-district", test_a_hole_is_not_in_the_district);
  g_test_add_func ("/plan/names-the-nearest-street", test_names_the_nearest_street);
  g_test_add_func ("/plan/a-district-may-say-its-population", test_a_district_may_say_its_population);
  g_test_add_func ("/plan/a-plan-says-who-made-it", test_a_plan_says_who_made_it);
  g_test_add_func ("/plan/the-nearest-street-is-the-nearest", test_the_nearest_street_is_the_nearest);
  g_test_add_func ("/plan/degenerate-streets-and-points", test_degenerate_streets_and_points);
  g_test_add_func ("/plan/the-shipped-plan-is-whole", test_the_shipped_plan_is_whole);
  return g_test_run ();
}
