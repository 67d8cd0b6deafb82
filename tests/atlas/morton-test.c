/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-atlas.h"
#include "komek-clusters.h"
#include "komek-morton-private.h"

#define NOW 1700000000
#define N_POINTS 3000

static const char *const services[] = { "road", "light", "water", NULL };
static const char *const districts[] = { "esil", "nura", NULL };

/* Where nobody would file, and where many do. */
static void
place_somewhere (GRand *rand, KomekPoint *point)
{
  static const gint32 odd[][2] = {
    { KOMEK_POINT_NOWHERE, KOMEK_POINT_NOWHERE }, { 0, 0 },         { 900000000, 0 },
    { -900000000, 1800000000 },                   { 0, -1800000000 }, { 510000000, 710000000 },
    { G_MAXINT32, G_MAXINT32 },                   { 0, 1 },
  };
  guint kind = g_rand_int_range (rand, 0, 30);

  point->latitude = kind < G_N_ELEMENTS (odd) ? odd[kind][0]
                                              : g_rand_int_range (rand, 509000000, 513000000);
  point->longitude = kind < G_N_ELEMENTS (odd) ? odd[kind][1]
                                               : g_rand_int_range (rand, 712000000, 716000000);
}

static KomekPoint
make_point (GRand *rand, guint32 key)
{
  KomekPoint point = {
    .key = key,
    .requested = NOW + key / 3,
    .due = NOW + g_rand_int_range (rand, -100, 100),
    .service = g_rand_int_range (rand, 0, 3),
    .status = g_rand_int_range (rand, 0, KOMEK_N_STATUSES),
    .district = g_rand_int_range (rand, 0, 2),
  };

  place_somewhere (rand, &point);
  return point;
}

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const KomekPoint *pa = a, *pb = b;

  if (pa->requested != pb->requested)
    return pa->requested > pb->requested ? -1 : 1;
  return pa->key > pb->key ? -1 : pa->key < pb->key;
}

static GArray *
make_array (GRand *rand, guint n)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));

  for (guint32 key = 1; key <= n; key++)
    {
      KomekPoint point = make_point (rand, key);

      g_array_append_val (array, point);
    }
  g_array_sort (array, compare_points);
  return array;
}

static KomekPoints *
take_points (GArray *array)
{
  return komek_points_new (array, services, districts);
}

static KomekFilter *
random_filter (GRand *rand)
{
  static const guint16 some[] = { 0, 2 };

  return komek_filter_new (&(KomekFilterFields) {
    .now = NOW,
    .services = g_rand_boolean (rand) ? some : NULL,
    .n_services = 2,
    .groups = g_rand_boolean (rand) ? 0 : KOMEK_GROUP_BIT (KOMEK_GROUP_LATE),
    .from = g_rand_boolean (rand) ? 0 : NOW + 300,
  });
}

static void
assert_equal_clusters (KomekAtlas *a, KomekAtlas *b, double zoom)
{
  const KomekMercatorBox world = { 0, 0, 1, 1 };
  g_autoptr (KomekClusters) of_a = komek_clusters_new (a, &world, 512 * exp2 (zoom), 60);
  g_autoptr (KomekClusters) of_b = komek_clusters_new (b, &world, 512 * exp2 (zoom), 60);
  guint n_a, n_b;
  const KomekCluster *ca = komek_clusters_peek (of_a, &n_a), *cb = komek_clusters_peek (of_b, &n_b);

  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    {
      g_autoptr (GArray) keys_a = komek_clusters_list_keys (of_a, i, G_MAXUINT);
      g_autoptr (GArray) keys_b = komek_clusters_list_keys (of_b, i, G_MAXUINT);

      g_assert_cmpfloat (ca[i].x, ==, cb[i].x);
      g_assert_cmpfloat (ca[i].y, ==, cb[i].y);
      g_assert_cmpmem (ca[i].groups, sizeof ca[i].groups, cb[i].groups, sizeof cb[i].groups);
      g_assert_cmpmem (keys_a->data, keys_a->len * 4, keys_b->data, keys_b->len * 4);
    }
}

/* To the last of those at one place: a snapshot in any other order would be refused. */
static void
assert_equal_orders (const KomekMorton *a, const KomekMorton *b)
{
  g_assert_cmpmem (a->codes, a->n * sizeof *a->codes, b->codes, b->n * sizeof *b->codes);
  g_assert_cmpmem (a->indexes, a->n * sizeof *a->indexes, b->indexes, b->n * sizeof *b->indexes);
}

/* That nobody could tell whether it was made at once or out of another. */
static void
assert_equal (KomekAtlas *a, KomekAtlas *b)
{
  g_autoptr (GArray) keys_a = komek_atlas_list_newest (a, NULL, G_MAXUINT);
  g_autoptr (GArray) keys_b = komek_atlas_list_newest (b, NULL, G_MAXUINT);

  assert_equal_orders (komek_atlas_get_order (a), komek_atlas_get_order (b));
  g_assert_cmpuint (komek_atlas_get_n_placed (a), ==, komek_atlas_get_n_placed (b));
  g_assert_cmpmem (keys_a->data, keys_a->len * 4, keys_b->data, keys_b->len * 4);
  for (double zoom = 0; zoom < 22; zoom += 5)
    assert_equal_clusters (a, b, zoom);
}

static void
test_a_filter_keeps_the_order (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (KomekPoints) points = take_points (make_array (rand, N_POINTS));
  g_autoptr (KomekMorton) order = komek_morton_new (points);

  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (KomekFilter) filter = random_filter (rand);
      g_autoptr (KomekAtlas) atlas = komek_atlas_new_from_order (order, filter);
      g_autoptr (GArray) keys = komek_atlas_list_newest (atlas, NULL, G_MAXUINT);
      g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (guint32));
      guint n;
      const KomekPoint *point = komek_points_peek (points, &n);

      for (guint i = 0; i < n; i++)
        if (ABS ((gint64) point[i].latitude) <= 900000000
            && (point[i].latitude != 0 || point[i].longitude != 0)
            && komek_filter_test (filter, &point[i]) == 0)
          g_array_append_val (expected, point[i].key);
      g_assert_cmpmem (keys->data, keys->len * 4, expected->data, expected->len * 4);
      g_assert_cmpuint (keys->len, >, 0);
    }
}

/* Some go, some come, some move, some only change their state. */
static GArray *
change (GRand *rand, KomekPoints *points, guint percent, guint32 *next_key)
{
  guint n, n_new;
  const KomekPoint *old = komek_points_peek (points, &n);
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));

  for (guint i = 0; i < n; i++)
    {
      KomekPoint point = old[i];
      gboolean touched = (guint) g_rand_int_range (rand, 0, 100) < percent;
      guint kind = g_rand_int_range (rand, 0, 4);

      if (touched && kind == 0)
        continue;
      if (touched && kind == 1)
        place_somewhere (rand, &point);
      if (touched && kind == 2)
        point.requested += g_rand_int_range (rand, -500, 500);
      if (touched && kind == 3)
        point.status = g_rand_int_range (rand, 0, KOMEK_N_STATUSES);
      g_array_append_val (array, point);
    }
  n_new = n * percent / 200 + 1;
  for (guint i = 0; i < n_new; i++)
    {
      KomekPoint point = make_point (rand, (*next_key)++);

      g_array_append_val (array, point);
    }
  g_array_sort (array, compare_points);
  return array;
}

static void
test_changes_come_to_the_same (gconstpointer data)
{
  guint percent = GPOINTER_TO_UINT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (percent);
  g_autoptr (KomekPoints) points = take_points (make_array (rand, N_POINTS));
  g_autoptr (KomekFilter) filter = random_filter (rand);
  g_autoptr (KomekAtlas) atlas = komek_atlas_new (points, filter);
  guint32 next_key = N_POINTS + 1;

  for (guint round = 0; round < 8; round++)
    {
      GArray *array = change (rand, points, percent, &next_key);
      g_autoptr (KomekFilter) another = random_filter (rand);
      g_autoptr (KomekAtlas) at_once = NULL;
      KomekAtlas *after;

      komek_points_unref (points);
      points = take_points (array);
      at_once = komek_atlas_new (points, another);
      after = komek_atlas_new_after (atlas, points, another);
      komek_atlas_unref (atlas);
      atlas = after;
      assert_equal (atlas, at_once);
    }
}

static void
test_the_same_points_are_not_sorted_again (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (KomekPoints) points = take_points (make_array (rand, 100));
  g_autoptr (KomekMorton) order = komek_morton_new (points);
  g_autoptr (KomekMorton) again = komek_morton_new_update (order, points);

  g_assert_true (again == order);
}

/* At the same place in the same second, and newer than all that was known: nobody is taken for it. */
static void
test_a_twin_of_the_last_one_is_another (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  GArray *array = make_array (rand, 100), *more = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekPoints) before = NULL;
  g_autoptr (KomekPoints) after = NULL;
  g_autoptr (KomekMorton) order = NULL;
  g_autoptr (KomekMorton) updated = NULL;
  KomekPoint twin = g_array_index (array, KomekPoint, 0);

  for (guint i = 0; i < array->len; i++)
    if (g_array_index (array, KomekPoint, i).key > twin.key)
      twin = g_array_index (array, KomekPoint, i);
  twin.key += 7;
  g_array_append_vals (more, array->data, array->len);
  g_array_append_val (more, twin);
  g_array_sort (more, compare_points);
  before = take_points (array);
  after = take_points (more);
  order = komek_morton_new (before);
  updated = komek_morton_new_update (order, after);
  g_assert_cmpuint (komek_morton_get_n_placed (updated), ==,
                    komek_morton_get_n_placed (order) + (komek_morton_takes (&twin) ? 1 : 0));
  g_assert_true (komek_morton_takes (&twin));
}

/* An update is possible wherever keys come from, only not as fast. */
static void
test_keys_may_be_far_apart (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (KomekFilter) filter = random_filter (rand);
  g_autoptr (KomekPoints) old = NULL;
  g_autoptr (KomekPoints) new = NULL;
  g_autoptr (KomekAtlas) atlas = NULL;
  g_autoptr (KomekAtlas) after = NULL;
  g_autoptr (KomekAtlas) at_once = NULL;
  GArray *array = make_array (rand, 500);
  guint32 next_key = 600;

  g_array_index (array, KomekPoint, 0).key = G_MAXUINT32;
  old = take_points (array);
  new = take_points (change (rand, old, 10, &next_key));
  atlas = komek_atlas_new (old, filter);
  after = komek_atlas_new_after (atlas, new, filter);
  at_once = komek_atlas_new (new, filter);
  assert_equal (after, at_once);
}

static void
test_all_may_go_and_come (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });
  g_autoptr (KomekPoints) none = take_points (make_array (rand, 0));
  g_autoptr (KomekPoints) some = take_points (make_array (rand, 300));
  g_autoptr (KomekAtlas) empty = komek_atlas_new (none, filter);
  g_autoptr (KomekAtlas) full = komek_atlas_new (some, filter);
  g_autoptr (KomekAtlas) filled = komek_atlas_new_after (empty, some, filter);
  g_autoptr (KomekAtlas) emptied = komek_atlas_new_after (full, none, filter);

  assert_equal (filled, full);
  assert_equal (emptied, empty);
  g_assert_cmpuint (komek_atlas_get_n_placed (emptied), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/morton/a-twin-of-the-last-one-is-another",
                   test_a_twin_of_the_last_one_is_another);
  g_test_add_func ("/morton/a-filter-keeps-the-order", test_a_filter_keeps_the_order);
  g_test_add_data_func ("/morton/changes/few", GUINT_TO_POINTER (1), test_changes_come_to_the_same);
  g_test_add_data_func ("/morton/changes/many", GUINT_TO_POINTER (30), test_changes_come_to_the_same);
  g_test_add_data_func ("/morton/changes/all", GUINT_TO_POINTER (100), test_changes_come_to_the_same);
  g_test_add_func ("/morton/the-same-points-are-not-sorted-again",
                   test_the_same_points_are_not_sorted_again);
  g_test_add_func ("/morton/keys-may-be-far-apart", test_keys_may_be_far_apart);
  g_test_add_func ("/morton/all-may-go-and-come", test_all_may_go_and_come);
  return g_test_run ();
}
