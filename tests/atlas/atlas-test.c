/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-atlas.h"
#include "komek-clusters.h"
#include "komek-place.h"

#define NOW 1700000000
#define N_POINTS 5000
#define GAP 78.0

static const char *const services[] = { "road", "light", "water", NULL };
static const char *const districts[] = { "esil", NULL };

static KomekPoint
make_point (guint32 key, double latitude, double longitude)
{
  return (KomekPoint) {
    .key = key,
    .latitude = (gint32) lround (latitude * 1e7),
    .longitude = (gint32) lround (longitude * 1e7),
    .requested = NOW - key,
    .due = NOW + (gint32) (key % 7) - 3,
    .service = key % 3,
    .status = key % KOMEK_N_STATUSES,
  };
}

static KomekPoints *
take_points (GArray *array)
{
  return komek_points_new (array, services, districts);
}

/* A dense town, a loose country round it, one heap of equal places and a few that are nowhere. */
static KomekPoints *
make_city (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (109);
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));

  for (guint i = 1; i <= N_POINTS; i++)
    {
      double spread = i % 3 == 0 ? 0.15 : 0.03;
      KomekPoint point = make_point (i, 51.13 + g_rand_double_range (rand, -spread, spread),
                                     71.43 + g_rand_double_range (rand, -spread, spread));

      if (i % 100 == 0)
        point = make_point (i, 51.12, 71.42);
      if (i % 211 == 0)
        point.latitude = point.longitude = KOMEK_POINT_NOWHERE;
      g_array_append_val (array, point);
    }
  return take_points (array);
}

static KomekPoints *
make_heap (double latitude, double longitude, guint n)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));

  for (guint i = 1; i <= n; i++)
    {
      KomekPoint point = make_point (i, latitude, longitude);

      g_array_append_val (array, point);
    }
  return take_points (array);
}

static KomekAtlas *
make_atlas (KomekPoints *points)
{
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });

  return komek_atlas_new (points, filter);
}

static gboolean
is_in (const KomekPoint *point, const KomekBounds *bounds)
{
  return point->latitude != KOMEK_POINT_NOWHERE
         && komek_bounds_contains (bounds, point->latitude / 1e7, point->longitude / 1e7);
}

static KomekBounds *
random_bounds (GRand *rand)
{
  double a = g_rand_double_range (rand, 50.95, 51.30), b = g_rand_double_range (rand, 50.95, 51.30);
  double c = g_rand_double_range (rand, 71.25, 71.60), d = g_rand_double_range (rand, 71.25, 71.60);

  return komek_bounds_new (MIN (a, b), MIN (c, d), MAX (a, b), MAX (c, d), NULL);
}

static void
test_counts_as_one_by_one (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (112);
  g_autoptr (KomekPoints) points = make_city ();
  g_autoptr (KomekAtlas) atlas = make_atlas (points);
  guint n;
  const KomekPoint *point = komek_points_peek (points, &n);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (KomekBounds) bounds = random_bounds (rand);
      g_autoptr (KomekCounts) counts = komek_atlas_count (atlas, bounds);
      guint total = 0, late = 0, lights = 0;

      for (guint i = 0; i < n; i++)
        {
          gboolean in = is_in (&point[i], bounds);

          total += in;
          lights += in && point[i].service == 1;
          late += in && komek_status_get_group (point[i].status, point[i].due, NOW) == KOMEK_GROUP_LATE;
        }
      g_assert_cmpuint (komek_counts_get_total (counts), ==, total);
      g_assert_cmpuint (komek_atlas_count_places (atlas, bounds), ==, total);
      g_assert_cmpuint (komek_counts_get_group (counts, KOMEK_GROUP_LATE), ==, late);
      g_assert_cmpuint (komek_counts_get_service (counts, 1), ==, lights);
    }
}

static void
test_edges_of_the_bounds_count (void)
{
  g_autoptr (KomekPoints) points = make_heap (51.1234567, 71.7654321, 3);
  g_autoptr (KomekAtlas) atlas = make_atlas (points);
  g_autoptr (KomekBounds) upon = komek_bounds_new (51.1234567, 71.7654321, 51.2, 71.8, NULL);
  g_autoptr (KomekBounds) beside = komek_bounds_new (51.12345671, 71.7654321, 51.2, 71.8, NULL);
  g_autoptr (KomekCounts) on_edge = komek_atlas_count (atlas, upon);
  g_autoptr (KomekCounts) off_edge = komek_atlas_count (atlas, beside);

  g_assert_cmpuint (komek_counts_get_total (on_edge), ==, 3);
  g_assert_cmpuint (komek_counts_get_total (off_edge), ==, 0);
}

static void
test_lists_newest_first (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (101);
  g_autoptr (KomekPoints) points = make_city ();
  g_autoptr (KomekAtlas) atlas = make_atlas (points);
  guint n;
  const KomekPoint *point = komek_points_peek (points, &n);

  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (KomekBounds) bounds = random_bounds (rand);
      g_autoptr (GArray) keys = komek_atlas_list_newest (atlas, bounds, 40);
      guint found = 0;

      for (guint i = 0; i < n && found < 40; i++)
        if (is_in (&point[i], bounds))
          g_assert_cmpuint (g_array_index (keys, guint32, found++), ==, point[i].key);
      g_assert_cmpuint (keys->len, ==, found);
    }
}

static double
metres_to (const KomekPoint *point)
{
  return komek_place_metres_between (51.13, 71.43, point->latitude / 1e7, point->longitude / 1e7);
}

static void
test_lists_nearest_first (void)
{
  g_autoptr (KomekPoints) points = make_city ();
  g_autoptr (KomekAtlas) atlas = make_atlas (points);
  g_autoptr (GArray) keys = komek_atlas_list_nearest (atlas, NULL, 51.13, 71.43, G_MAXUINT);
  double last = 0;

  g_assert_cmpuint (keys->len, ==, komek_atlas_get_n_placed (atlas));
  for (guint i = 0; i < keys->len; i++)
    {
      double metres = metres_to (komek_atlas_look_up (atlas, g_array_index (keys, guint32, i)));

      g_assert_cmpfloat (metres, >=, last);
      last = metres;
    }
}

static void
test_finds_the_nearest_within_reach (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (104);
  g_autoptr (KomekPoints) points = make_city ();
  g_autoptr (KomekAtlas) atlas = make_atlas (points);
  guint n;
  const KomekPoint *point = komek_points_peek (points, &n);

  for (guint round = 0; round < 200; round++)
    {
      double latitude = g_rand_double_range (rand, 50.9, 51.3);
      double longitude = g_rand_double_range (rand, 71.2, 71.6);
      guint32 key = komek_atlas_find_nearest (atlas, latitude, longitude, 400);
      double best = 400;

      for (guint i = 0; i < n; i++)
        if (point[i].latitude != KOMEK_POINT_NOWHERE)
          best = MIN (best, komek_place_metres_between (latitude, longitude, point[i].latitude / 1e7,
                                                        point[i].longitude / 1e7));
      g_assert_cmpuint (key != 0, ==, best < 400);
      if (key != 0)
        {
          const KomekPoint *found = komek_atlas_look_up (atlas, key);

          g_assert_cmpfloat (komek_place_metres_between (latitude, longitude, found->latitude / 1e7,
                                                         found->longitude / 1e7), ==, best);
        }
    }
}

static void
test_a_filter_decides_what_is_there (void)
{
  static const guint16 light[] = { 1 };
  g_autoptr (KomekPoints) points = make_city ();
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) {
    .now = NOW, .services = light, .n_services = 1, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_DONE),
  });
  g_autoptr (KomekAtlas) atlas = komek_atlas_new (points, filter);
  g_autoptr (GArray) keys = komek_atlas_list_newest (atlas, NULL, G_MAXUINT);
  guint n, expected = 0;
  const KomekPoint *point = komek_points_peek (points, &n);

  for (guint i = 0; i < n; i++)
    expected += point[i].latitude != KOMEK_POINT_NOWHERE && komek_filter_test (filter, &point[i]) == 0;
  g_assert_cmpuint (keys->len, ==, expected);
  g_assert_cmpuint (expected, >, 0);
  for (guint i = 0; i < keys->len; i++)
    g_assert_cmpuint (
      komek_filter_test (filter, komek_atlas_look_up (atlas, g_array_index (keys, guint32, i))), ==, 0);
}

/* Every request stands in one cluster, and each cluster says of itself what its requests say. */
static void
assert_clusters_are_true (KomekAtlas *atlas, KomekClusters *clusters)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n_clusters, total = 0;
  const KomekCluster *cluster = komek_clusters_peek (clusters, &n_clusters);

  for (guint i = 0; i < n_clusters; i++)
    {
      g_autoptr (GArray) keys = komek_clusters_list_keys (clusters, i, G_MAXUINT);
      g_autoptr (KomekBounds) bounds = komek_clusters_dup_bounds (clusters, i);
      guint groups[KOMEK_N_GROUPS] = { 0 };
      double x = 0, y = 0;

      g_assert_cmpuint (keys->len, ==, cluster[i].count);
      for (guint j = 0; j < keys->len; j++)
        {
          guint32 key = g_array_index (keys, guint32, j);
          const KomekPoint *point = komek_atlas_look_up (atlas, key);
          double px, py;

          g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (key)));
          g_assert_true (is_in (point, bounds));
          groups[komek_filter_group_of (komek_atlas_get_filter (atlas), point)]++;
          komek_mercator_project (point->latitude / 1e7, point->longitude / 1e7, &px, &py);
          x += px / keys->len;
          y += py / keys->len;
        }
      g_assert_cmpmem (groups, sizeof groups, cluster[i].groups, sizeof groups);
      g_assert_cmpfloat_with_epsilon (cluster[i].x, x, 1e-9);
      g_assert_cmpfloat_with_epsilon (cluster[i].y, y, 1e-9);
      g_assert_cmpuint (cluster[i].point != NULL, ==, cluster[i].count == 1);
      total += cluster[i].count;
    }
  g_assert_cmpuint (total, ==, komek_atlas_get_n_placed (atlas));
}

static void
assert_clusters_are_apart (KomekClusters *clusters, double world)
{
  guint n;
  const KomekCluster *cluster = komek_clusters_peek (clusters, &n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpfloat (hypot (cluster[i].x - cluster[j].x, cluster[i].y - cluster[j].y) * world, >=,
                         GAP * 0.999);
}

static void
test_clusters_tell_the_truth_at_every_zoom (void)
{
  g_autoptr (KomekPoints) points = make_city ();
  g_autoptr (KomekAtlas) atlas = make_atlas (points);

  for (double zoom = 0; zoom <= 20; zoom += 2.3)
    {
      double world = 512 * exp2 (zoom);
      g_autoptr (KomekClusters) clusters =
        komek_clusters_new (atlas, &(KomekMercatorBox) { 0, 0, 1, 1 }, world, GAP);

      assert_clusters_are_true (atlas, clusters);
      assert_clusters_are_apart (clusters, world);
    }
}

static void
test_clusters_of_a_part_are_of_that_part (void)
{
  g_autoptr (KomekPoints) points = make_city ();
  g_autoptr (KomekAtlas) atlas = make_atlas (points);
  double world = 512 * exp2 (12);
  KomekMercatorBox box;
  guint n, whole;
  g_autoptr (KomekClusters) all =
    komek_clusters_new (atlas, &(KomekMercatorBox) { 0, 0, 1, 1 }, world, GAP);
  g_autoptr (KomekClusters) part = NULL;
  const KomekCluster *cluster;

  komek_mercator_project (51.14, 71.42, &box.x0, &box.y0);
  komek_mercator_project (51.12, 71.44, &box.x1, &box.y1);
  part = komek_clusters_new (atlas, &box, world, GAP);
  cluster = komek_clusters_peek (part, &n);
  komek_clusters_peek (all, &whole);

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, whole / 2);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (cluster[i].x, >, box.x0 - 256 / world);
      g_assert_cmpfloat (cluster[i].y, <, box.y1 + 256 / world);
    }
}

static const struct
{
  const char *name;
  double      latitude, longitude;
  guint       n, placed;
} heaps[] = {
  { "empty", 51, 71, 0, 0 },
  { "one", 51, 71, 1, 1 },
  { "all-in-one-place", 51, 71, 3000, 3000 },
  { "at-null-island", 0, 0, 100, 0 },
  { "beside-null-island", 0, 1e-7, 100, 100 },
  { "at-the-north-pole", 90, 0, 100, 100 },
  { "at-the-south-pole", -90, -180, 100, 100 },
  { "at-the-eastern-edge", -90, 180, 100, 100 },
  { "beyond-the-pole", 91, 0, 100, 0 },
  { "beyond-the-edge", 0, 181, 100, 0 },
};

static void
test_heap (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (KomekPoints) points = make_heap (heaps[i].latitude, heaps[i].longitude, heaps[i].n);
  g_autoptr (KomekAtlas) atlas = make_atlas (points);
  guint n;

  g_assert_cmpuint (komek_atlas_get_n_placed (atlas), ==, heaps[i].placed);
  for (double zoom = 0; zoom <= 24; zoom += 4)
    {
      g_autoptr (KomekClusters) clusters = komek_clusters_new (
        atlas, &(KomekMercatorBox) { 0, 0, 1, 1 }, 512 * exp2 (zoom), GAP);

      komek_clusters_peek (clusters, &n);
      g_assert_cmpuint (n, ==, heaps[i].placed > 0);
      assert_clusters_are_true (atlas, clusters);
    }
}

static void
on_atlas_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_builds_in_a_thread (void)
{
  g_autoptr (KomekPoints) points = make_city ();
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekAtlas) atlas = NULL;
  g_autoptr (GError) error = NULL;

  komek_atlas_new_async (NULL, points, filter, NULL, on_atlas_ready, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  atlas = komek_atlas_new_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (komek_atlas_get_n_placed (atlas), ==, N_POINTS - N_POINTS / 211);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/atlas/counts-as-one-by-one", test_counts_as_one_by_one);
  g_test_add_func ("/atlas/edges-of-the-bounds-count", test_edges_of_the_bounds_count);
  g_test_add_func ("/atlas/lists-newest-first", test_lists_newest_first);
  g_test_add_func ("/atlas/lists-nearest-first", test_lists_nearest_first);
  g_test_add_func ("/atlas/finds-the-nearest-within-reach", test_finds_the_nearest_within_reach);
  g_test_add_func ("/atlas/a-filter-decides-what-is-there", test_a_filter_decides_what_is_there);
  g_test_add_func ("/clusters/tell-the-truth-at-every-zoom", test_clusters_tell_the_truth_at_every_zoom);
  g_test_add_func ("/clusters/of-a-part-are-of-that-part", test_clusters_of_a_part_are_of_that_part);
  for (gsize i = 0; i < G_N_ELEMENTS (heaps); i++)
    {
      g_autofree char *path = g_strdup_printf ("/clusters/heap/%s", heaps[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_heap);
    }
  g_test_add_func ("/atlas/builds-in-a-thread", test_builds_in_a_thread);
  return g_test_run ();
}
