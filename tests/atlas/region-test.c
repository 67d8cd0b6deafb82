/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-atlas.h"
#include "komek-density.h"
#include "komek-error.h"
#include "komek-place.h"

#define NOW 1700000000
#define N_POINTS 4000

static const char *const services[] = { "road", NULL };
static const char *const districts[] = { "esil", NULL };

/* What is asked of the index is held against every point, one by one. */
typedef struct
{
  KomekPoints      *points;
  KomekAtlas       *atlas;
  GRand            *rand;
  const KomekPoint *point;
  guint             n;
} Fixture;

static void
add_point (GArray *array, gint64 latitude, gint64 longitude)
{
  KomekPoint point = {
    .key = array->len + 1, .latitude = latitude, .longitude = longitude, .requested = NOW - array->len,
  };

  g_array_append_val (array, point);
}

/* A town on a coarse grid, so that many share a place, and what lies nowhere near it. */
static void
set_up (Fixture *self, gconstpointer data)
{
  static const gint64 odd[][2] = {
    { 0, 0 }, { 900000000, 5 }, { -900000000, 1800000000 }, { KOMEK_POINT_NOWHERE, KOMEK_POINT_NOWHERE },
    { 511000000, 1799999999 }, { 511000000, -1799999999 }, { 899999999, -900000000 }, { 900000001, 0 },
  };
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));

  self->rand = g_rand_new_with_seed (77);
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    add_point (array, odd[i][0], odd[i][1]);
  while (array->len < N_POINTS)
    add_point (array, 510000000 + g_rand_int_range (self->rand, 0, 80) * 25000,
               713000000 + g_rand_int_range (self->rand, 0, 80) * 25000);
  self->points = komek_points_new (array, services, districts);
  self->atlas = komek_atlas_new (self->points, filter);
  self->point = komek_points_peek (self->points, &self->n);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  komek_atlas_unref (self->atlas);
  komek_points_unref (self->points);
  g_rand_free (self->rand);
}

static gboolean
is_placed (const KomekPoint *point)
{
  return ABS ((gint64) point->latitude) <= 900000000 && ABS ((gint64) point->longitude) <= 1800000000
         && (point->latitude != 0 || point->longitude != 0);
}

static double
metres_to (const KomekPoint *point, double latitude, double longitude)
{
  return komek_place_metres_between (latitude, longitude, point->latitude / 1e7,
                                     point->longitude / 1e7);
}

static void
assert_within (Fixture *self, double latitude, double longitude, double metres)
{
  g_autoptr (GArray) keys =
    komek_atlas_list_within (self->atlas, latitude, longitude, metres, G_MAXUINT);
  g_autoptr (GArray) few = komek_atlas_list_within (self->atlas, latitude, longitude, metres, 5);
  guint expected = 0;

  for (guint i = 0; i < self->n; i++)
    expected += is_placed (&self->point[i])
                && metres_to (&self->point[i], latitude, longitude) <= metres;
  g_assert_cmpuint (keys->len, ==, expected);
  for (guint i = 1; i < keys->len; i++)
    {
      const KomekPoint *a = komek_atlas_look_up (self->atlas, g_array_index (keys, guint32, i - 1));
      const KomekPoint *b = komek_atlas_look_up (self->atlas, g_array_index (keys, guint32, i));
      double to_a = metres_to (a, latitude, longitude), to_b = metres_to (b, latitude, longitude);

      g_assert_true (to_a < to_b || (to_a == to_b && a->requested > b->requested));
    }
  g_assert_cmpmem (few->data, few->len * 4, keys->data, MIN (5, keys->len) * 4);
}

static void
test_within_a_radius (Fixture *self, gconstpointer data)
{
  static const double metres[] = { 0, 1, 500, 1000, 3000, 30000 };

  for (guint round = 0; round < 30; round++)
    assert_within (self, g_rand_double_range (self->rand, 50.98, 51.22),
                   g_rand_double_range (self->rand, 71.28, 71.52),
                   metres[round % G_N_ELEMENTS (metres)]);
  assert_within (self, 51.0, 71.3, 0);
}

static void
test_within_a_radius_at_the_ends_of_the_world (Fixture *self, gconstpointer data)
{
  static const double places[][2] = {
    { 90, 0 }, { -90, 0 }, { 89.9999, 90 }, { 51.1, 180 }, { 51.1, -179.9999 }, { 0, 0 }, { 85, -10 },
  };
  static const double metres[] = { 0, 100, 30000, 6000000, 1e9 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (metres); j++)
      assert_within (self, places[i][0], places[i][1], metres[j]);
}

static void
test_nothing_is_near_what_is_not_on_earth (Fixture *self, gconstpointer data)
{
  static const double odd[][3] = {
    { NAN, 71.4, 1000 },      { 51.1, NAN, 1000 }, { 51.1, 71.4, NAN },       { 91, 71.4, 1e7 },
    { INFINITY, 71.4, 1000 }, { 51.1, 200, 1e7 },  { 51.1, -INFINITY, 1000 }, { 51.1, 71.4, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (GArray) keys =
        komek_atlas_list_within (self->atlas, odd[i][0], odd[i][1], odd[i][2], G_MAXUINT);

      g_assert_cmpuint (keys->len, ==, 0);
      g_assert_cmpuint (komek_atlas_find_nearest (self->atlas, odd[i][0], odd[i][1], odd[i][2]), ==, 0);
    }
}

static void
add_corner (GPtrArray *rings, double latitude, double longitude)
{
  g_array_append_vals (g_ptr_array_index (rings, rings->len - 1),
                       &(KomekRegionCorner) { latitude, longitude }, 1);
}

static void
add_ring (GPtrArray *rings)
{
  g_ptr_array_add (rings, g_array_new (FALSE, FALSE, sizeof (KomekRegionCorner)));
}

static GPtrArray *
make_rings (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
}

/* A star with dents or, where @tangled, lines that cross; with a hole and an island in it. */
static GPtrArray *
random_rings (GRand *rand, guint corners, gboolean tangled)
{
  GPtrArray *rings = make_rings ();
  double latitude = g_rand_double_range (rand, 51.05, 51.15);
  double longitude = g_rand_double_range (rand, 71.35, 71.45);

  for (double size = 0.1; size > 0.02; size /= 2)
    {
      add_ring (rings);
      for (guint i = 0; i < corners; i++)
        {
          double angle = tangled ? g_rand_double_range (rand, 0, 2 * G_PI) : 2 * G_PI * i / corners;
          double far = size * g_rand_double_range (rand, 0.6, 1);

          add_corner (rings, latitude + far * sin (angle), longitude + far * cos (angle));
        }
    }
  return rings;
}

/* Every edge of every ring is asked. */
static gboolean
is_inside (GPtrArray *rings, double latitude, double longitude)
{
  gboolean inside = FALSE;

  for (guint i = 0; i < rings->len; i++)
    {
      GArray *ring = g_ptr_array_index (rings, i);

      for (guint j = 0, before = ring->len - 1; j < ring->len; before = j++)
        {
          KomekRegionCorner a = g_array_index (ring, KomekRegionCorner, before);
          KomekRegionCorner b = g_array_index (ring, KomekRegionCorner, j);

          if ((a.latitude > latitude) != (b.latitude > latitude)
              && longitude < (b.longitude - a.longitude) * (latitude - a.latitude)
                                 / (b.latitude - a.latitude) + a.longitude)
            inside = !inside;
        }
    }
  return inside;
}

static void
test_inside_a_border (Fixture *self, gconstpointer data)
{
  for (guint round = 0; round < 40; round++)
    {
      g_autoptr (GPtrArray) rings = random_rings (self->rand, 3 + round * round / 4, round % 2);
      g_autoptr (KomekRegion) region = komek_region_new (rings, NULL);
      g_autoptr (GArray) keys = komek_atlas_list_region (self->atlas, region, G_MAXUINT);
      g_autoptr (KomekCounts) counts = komek_atlas_count_region (self->atlas, region);
      guint found = 0;

      for (guint i = 0; i < self->n; i++)
        if (is_placed (&self->point[i])
            && is_inside (rings, self->point[i].latitude / 1e7, self->point[i].longitude / 1e7))
          g_assert_cmpuint (g_array_index (keys, guint32, found++), ==, self->point[i].key);
      g_assert_cmpuint (keys->len, ==, found);
      g_assert_cmpuint (komek_counts_get_total (counts), ==, found);
      g_assert_cmpuint (found, >, 0);
    }
}

static GPtrArray *
make_square (double south, double west, double north, double east)
{
  GPtrArray *rings = make_rings ();

  add_ring (rings);
  add_corner (rings, south, west);
  add_corner (rings, south, east);
  add_corner (rings, north, east);
  add_corner (rings, north, west);
  return rings;
}

/* The points stand on a grid, and the borders on its lines: none may be in both, none in neither. */
static void
test_neighbours_share_no_place (Fixture *self, gconstpointer data)
{
  guint total = 0, all = 0;

  for (guint row = 0; row < 5; row++)
    for (guint column = 0; column < 5; column++)
      {
        double south = 51.0 + row * 0.05, west = 71.3 + column * 0.05;
        g_autoptr (GPtrArray) rings = make_square (south, west, 51.0 + (row + 1) * 0.05,
                                                   71.3 + (column + 1) * 0.05);
        g_autoptr (KomekRegion) region = komek_region_new (rings, NULL);
        g_autoptr (KomekCounts) counts = komek_atlas_count_region (self->atlas, region);

        total += komek_counts_get_total (counts);
      }
  for (guint i = 0; i < self->n; i++)
    all += ABS (self->point[i].latitude / 1e7 - 51.1) < 0.2 && ABS (self->point[i].longitude / 1e7 - 71.4) < 0.2;
  g_assert_cmpuint (total, ==, all);
}

static void
test_borders_that_are_none (void)
{
  static const double corners[][4][2] = {
    { { 51, 71 }, { 52, 71 }, { NAN, 72 }, { 51, 72 } },
    { { 51, 71 }, { 91, 71 }, { 52, 72 }, { 51, 72 } },
    { { 51, 71 }, { 52, INFINITY }, { 52, 72 }, { 51, 72 } },
    { { 51, -181 }, { 52, 71 }, { 52, 72 }, { 51, 72 } },
  };
  g_autoptr (GPtrArray) empty = make_rings ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      g_autoptr (GPtrArray) rings = make_rings ();

      add_ring (rings);
      for (guint j = 0; j < 4; j++)
        add_corner (rings, corners[i][j][0], corners[i][j][1]);
      g_assert_null (komek_region_new (rings, &error));
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
      g_clear_error (&error);
    }
  g_assert_null (komek_region_new (empty, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

/* All corners on one line hold nothing; a comb as high as the city needs no more memory than others. */
static void
test_borders_of_odd_shapes (void)
{
  g_autoptr (GPtrArray) line = make_square (51, 71, 51, 72);
  g_autoptr (GPtrArray) comb = make_rings ();
  g_autoptr (KomekRegion) flat = komek_region_new (line, NULL);
  g_autoptr (KomekRegion) region = NULL;
  g_autoptr (GTimer) timer = g_timer_new ();

  g_assert_nonnull (flat);
  g_assert_false (komek_region_contains (flat, 51, 71.5));
  add_ring (comb);
  for (guint i = 0; i < 1000000; i++)
    add_corner (comb, i % 2 ? 51.5 : 51, 71 + i * 1e-6);
  region = komek_region_new (comb, NULL);
  g_assert_cmpint (komek_region_contains (region, 51.2, 71.5), ==, is_inside (comb, 51.2, 71.5));
  g_assert_false (komek_region_contains (region, 51.2, NAN));
  g_assert_false (komek_region_contains (region, NAN, 71.5));
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 20);
}

static void
test_density_as_one_by_one (Fixture *self, gconstpointer data)
{
  for (guint round = 0; round < 60; round++)
    {
      guint columns = g_rand_int_range (self->rand, 1, 50), rows = g_rand_int_range (self->rand, 1, 50);
      double north = g_rand_double_range (self->rand, 51.05, 51.25);
      double west = g_rand_double_range (self->rand, 71.25, 71.4);
      KomekMercatorBox box = { 0, 0, 1, 1 };
      g_autofree guint32 *expected = g_new0 (guint32, columns * rows);
      g_autoptr (KomekDensity) density = NULL;
      guint n_columns, n_rows, total = 0;

      if (round > 0)
        {
          komek_mercator_project (north, west, &box.x0, &box.y0);
          komek_mercator_project (north - 0.1, west + 0.1, &box.x1, &box.y1);
        }
      density = komek_density_new (self->atlas, &box, columns, rows);
      for (guint i = 0; i < self->n; i++)
        {
          double x, y;

          komek_mercator_project (self->point[i].latitude / 1e7, self->point[i].longitude / 1e7, &x, &y);
          /* As fine as the codes are. */
          x = MIN (floor (x * 4294967296.0), 4294967295.0) / 4294967296.0;
          y = MIN (floor (y * 4294967296.0), 4294967295.0) / 4294967296.0;
          if (!is_placed (&self->point[i]) || x < box.x0 || x > box.x1 || y < box.y0 || y > box.y1)
            continue;
          total++;
          expected[MIN (rows - 1, (guint) ((y - box.y0) / (box.y1 - box.y0) * rows)) * columns
                   + MIN (columns - 1, (guint) ((x - box.x0) / (box.x1 - box.x0) * columns))]++;
        }
      g_assert_cmpuint (komek_density_get_total (density), ==, total);
      g_assert_cmpmem (komek_density_peek (density, &n_columns, &n_rows), columns * rows * 4, expected,
                       columns * rows * 4);
      g_assert_cmpuint (n_columns, ==, columns);
      g_assert_cmpuint (n_rows, ==, rows);
      for (guint i = 0; i < columns * rows; i++)
        g_assert_cmpuint (expected[i], <=, komek_density_get_most (density));
    }
}

/* A cell of a ten-thousandth of a degree near Astana: 11.12 m high and 0.628 times as wide. */
static void
test_density_knows_its_area (Fixture *self, gconstpointer data)
{
  KomekMercatorBox box;
  g_autoptr (KomekDensity) density = NULL;

  komek_mercator_project (51.10005, 71.4, &box.x0, &box.y0);
  komek_mercator_project (51.09995, 71.4001, &box.x1, &box.y1);
  density = komek_density_new (self->atlas, &box, 1, 1);
  g_assert_cmpfloat_with_epsilon (komek_density_get_cell_metres (density),
                                  11.1195 * 11.1195 * cos (51.1 * G_PI / 180), 0.1);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/nearest/within-a-radius", test_within_a_radius);
  ADD ("/nearest/at-the-ends-of-the-world", test_within_a_radius_at_the_ends_of_the_world);
  ADD ("/nearest/nothing-is-near-what-is-not-on-earth", test_nothing_is_near_what_is_not_on_earth);
  ADD ("/region/inside-a-border", test_inside_a_border);
  ADD ("/region/neighbours-share-no-place", test_neighbours_share_no_place);
  g_test_add_func ("/region/borders-that-are-none", test_borders_that_are_none);
  g_test_add_func ("/region/borders-of-odd-shapes", test_borders_of_odd_shapes);
  ADD ("/density/as-one-by-one", test_density_as_one_by_one);
  ADD ("/density/knows-its-area", test_density_knows_its_area);
  return g_test_run ();
}
