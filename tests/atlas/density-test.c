/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-density-field.h"

#define NOW 1700000000

static const char *const services[] = { "road", NULL };
static const char *const districts[] = { "esil", NULL };

/* Metres in the city, in the unit of the Mercator square. */
static double
shrink (double metres)
{
  double x, y;

  komek_mercator_project (51.15, 71.43, &x, &y);
  return metres / komek_mercator_metres (y, 1);
}

static void
add (GArray *array, gint32 latitude, gint32 longitude, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      KomekPoint point = { .key = array->len + 1, .latitude = latitude, .longitude = longitude,
                           .requested = NOW - array->len };

      g_array_append_val (array, point);
    }
}

static KomekAtlas *
make_atlas (GArray *array)
{
  g_autoptr (KomekPoints) points = komek_points_new (array, services, districts);
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });

  return komek_atlas_new (points, filter);
}

static KomekMercatorBox
box_round (double latitude, double longitude, double metres)
{
  double x, y, reach;

  komek_mercator_project (latitude, longitude, &x, &y);
  reach = metres / komek_mercator_metres (y, 1);
  return (KomekMercatorBox) { x - reach, y - reach, x + reach, y + reach };
}

/* A bell over one request: its sum is one request, its height in the middle 1 / (2πσ²); three
 * boxes of whole cells are up to a seventh flatter. */
static void
test_a_lone_request_is_a_bell (void)
{
  static const double reaches[] = { 2, 3.3, 5, 9.7 };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekAtlas) atlas = NULL;
  KomekMercatorBox box = box_round (51.15, 71.43, 1000);

  add (array, 511500000, 714300000, 1);
  atlas = make_atlas (array);
  for (guint i = 0; i < G_N_ELEMENTS (reaches); i++)
    {
      g_autoptr (KomekDensity) density = komek_density_new (atlas, &box, 101, 101);
      g_autofree float *field = komek_density_field_new (density, reaches[i]);
      double cell = komek_density_get_cell_metres (density), sum = 0;
      double reach = reaches[i] * sqrt (cell);

      for (guint j = 0; j < 101 * 101; j++)
        sum += field[j] * cell / 1e6;
      g_assert_cmpfloat_with_epsilon (sum, 1, 0.001);
      g_assert_cmpfloat_with_epsilon (field[50 * 101 + 50] * 2 * G_PI * reach * reach / 1e6, 0.94, 0.1);
      /* As far as it spreads, it has fallen to exp (-1/2). */
      g_assert_cmpfloat_with_epsilon (field[50 * 101 + 50 + (int) lround (reaches[i])]
                                      / field[50 * 101 + 50],
                                      exp (-pow (lround (reaches[i]) / reaches[i], 2) / 2), 0.12);
      g_assert_cmpfloat (field[0], ==, 0);
    }
}

static void
test_two_are_twice_as_thick (void)
{
  GArray *one = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  GArray *two = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekAtlas) single = NULL;
  g_autoptr (KomekAtlas) pair = NULL;
  KomekMercatorBox box = box_round (51.15, 71.43, 500);
  g_autoptr (KomekDensity) density_one = NULL;
  g_autoptr (KomekDensity) density_two = NULL;
  g_autofree float *field_one = NULL;
  g_autofree float *field_two = NULL;

  add (one, 511500000, 714300000, 1);
  add (two, 511500000, 714300000, 2);
  single = make_atlas (one);
  pair = make_atlas (two);
  density_one = komek_density_new (single, &box, 60, 40);
  density_two = komek_density_new (pair, &box, 60, 40);
  field_one = komek_density_field_new (density_one, 4);
  field_two = komek_density_field_new (density_two, 4);
  for (guint i = 0; i < 60 * 40; i++)
    g_assert_cmpfloat_with_epsilon (field_two[i], 2 * field_one[i], 0.001 + field_one[i] / 1000);
}

static void
assert_rises (const KomekMapScale *scale)
{
  for (guint i = 0; i < KOMEK_MAP_STEPS; i++)
    {
      g_assert_cmpfloat (scale->bounds[i], >, i > 0 ? scale->bounds[i - 1] : 0);
      g_assert_true (isfinite (scale->bounds[i]));
    }
}

static void
test_a_lone_request_shows (void)
{
  g_autoptr (KomekAtlas) none = make_atlas (g_array_new (FALSE, FALSE, sizeof (KomekPoint)));
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekAtlas) atlas = NULL;
  KomekMapScale scale = komek_density_field_choose_scale (none, shrink (240));

  assert_rises (&scale);
  add (array, 511500000, 714300000, 1);
  atlas = make_atlas (array);
  scale = komek_density_field_choose_scale (atlas, shrink (240));
  assert_rises (&scale);
  g_assert_cmpuint (komek_map_scale_find_step (&scale, 1e6 / (2 * G_PI * 240 * 240)), >=, 1);
  /* By hand: 2.76 for a square kilometre, half of which is where it begins to show. */
  g_assert_cmpfloat (scale.bounds[0], <=, 1.39);
  g_assert_cmpfloat (scale.bounds[0], >=, 0.9);
}

/* Most lie in one place: the steps reach from what is a 250th as thick to there. */
static void
test_the_thickest_is_the_last_step (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekAtlas) atlas = NULL;
  KomekMapScale scale;
  double thickest;

  add (array, 511500000, 714300000, 50000);
  for (guint i = 0; i < 1000; i++)
    add (array, 510000000 + i * 3000, 714000000, 1);
  atlas = make_atlas (array);
  scale = komek_density_field_choose_scale (atlas, shrink (100));
  assert_rises (&scale);
  thickest = 50000 * 1e6 / (2 * G_PI * 100 * 100);
  g_assert_cmpuint (komek_map_scale_find_step (&scale, thickest), ==, KOMEK_MAP_STEPS);
  /* The squares that tell are two to four times as wide as the reach. */
  g_assert_cmpfloat (scale.bounds[5], >=, 50000 / (0.4 * 0.4) / 1.6);
  g_assert_cmpfloat (scale.bounds[5] / scale.bounds[0], <=, 300);
  g_assert_cmpfloat (scale.bounds[5] / scale.bounds[0], >=, 100);
}

/* Cells that are not as wide as high, a part of the city, and a request on each of its edges. */
static void
test_counts_what_brute_force_counts (void)
{
  enum { COLUMNS = 7, ROWS = 5 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekAtlas) atlas = NULL;
  g_autoptr (KomekDensity) density = NULL;
  guint expected[COLUMNS * ROWS] = { 0 }, total = 0, most = 0, columns, rows;
  KomekMercatorBox box;
  const guint32 *cells;
  double middle;

  komek_mercator_project (51.20003, 71.30007, &box.x0, &box.y0);
  komek_mercator_project (51.10003, 71.50002, &box.x1, &box.y1);
  for (guint i = 0; i < 5000; i++)
    add (array, 510500000 + g_rand_int_range (rand, 0, 2000) * 1000,
         712500000 + g_rand_int_range (rand, 0, 3000) * 1000, 1);
  for (guint i = 0; i < array->len; i++)
    {
      const KomekPoint *point = &g_array_index (array, KomekPoint, i);
      double x, y;
      guint cell;

      komek_mercator_project (point->latitude / 1e7, point->longitude / 1e7, &x, &y);
      if (x < box.x0 || x > box.x1 || y < box.y0 || y > box.y1)
        continue;
      cell = (guint) ((y - box.y0) / (box.y1 - box.y0) * ROWS) * COLUMNS
             + (guint) ((x - box.x0) / (box.x1 - box.x0) * COLUMNS);
      total++;
      expected[cell]++;
      most = MAX (most, expected[cell]);
    }
  atlas = make_atlas (array);
  density = komek_density_new (atlas, &box, COLUMNS, ROWS);
  cells = komek_density_peek (density, &columns, &rows);
  g_assert_cmpmem (cells, columns * rows * sizeof *cells, expected, sizeof expected);
  g_assert_cmpuint (komek_density_get_total (density), ==, total);
  g_assert_cmpuint (komek_density_get_most (density), ==, most);

  middle = (box.y0 + box.y1) / 2;
  g_assert_cmpfloat_with_epsilon (komek_density_get_cell_metres (density),
                                  komek_mercator_metres (middle, (box.x1 - box.x0) / COLUMNS)
                                    * komek_mercator_metres (middle, (box.y1 - box.y0) / ROWS),
                                  1);
}

/* Its last column and row have their outer edges, too. */
static void
test_the_edges_belong_to_the_grid (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekAtlas) atlas = NULL;
  g_autoptr (KomekDensity) density = NULL;
  KomekMercatorBox box;
  const guint32 *cells;
  guint columns, rows;

  /* The middle of the Mercator square is a number without a rest. */
  box = (KomekMercatorBox) { 0.25, 0.25, 0.5, 0.5 };
  add (array, 0, 0, 0);
  add (array, 1, 0, 1);
  atlas = make_atlas (array);
  density = komek_density_new (atlas, &box, 3, 3);
  cells = komek_density_peek (density, &columns, &rows);
  g_assert_cmpuint (komek_density_get_total (density), ==, 1);
  g_assert_cmpuint (cells[8], ==, 1);
}

/* However far it spreads over however little: the same on all sides, and no more than there was. */
static void
test_a_bell_may_be_wider_than_its_field (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekAtlas) atlas = NULL;
  KomekMercatorBox box = box_round (51.15, 71.43, 100);
  g_autoptr (KomekDensity) density = NULL;
  g_autofree float *field = NULL;
  double sum = 0;

  add (array, 511500000, 714300000, 1);
  atlas = make_atlas (array);
  density = komek_density_new (atlas, &box, 5, 5);
  field = komek_density_field_new (density, 8);
  for (guint row = 0; row < 5; row++)
    for (guint column = 0; column < 5; column++)
      {
        float value = field[row * 5 + column];

        g_assert_cmpfloat_with_epsilon (value, field[column * 5 + row], value / 1000);
        g_assert_cmpfloat_with_epsilon (value, field[(4 - row) * 5 + column], value / 1000);
        sum += value * komek_density_get_cell_metres (density) / 1e6;
      }
  g_assert_cmpfloat (sum, >, 0);
  g_assert_cmpfloat (sum, <, 0.5);
}

/* As thick everywhere: that is the last step, but for its rounding. */
static void
test_what_is_as_thick_everywhere_is_the_last_step (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekAtlas) atlas = NULL;
  KomekMapScale scale;
  double ground;

  for (guint i = 0; i < 200; i++)
    for (guint j = 0; j < 200; j++)
      add (array, 511000000 + i * 4000, 713500000 + j * 6400, 1);
  atlas = make_atlas (array);
  scale = komek_density_field_choose_scale (atlas, shrink (240));
  ground = 1e6 / (4000e-7 * 111195 * 6400e-7 * 111195 * cos (51.14 * G_PI / 180));
  g_test_message ("%g, and the last step is %g", ground, scale.bounds[5]);
  g_assert_cmpfloat (scale.bounds[5], >=, ground / 1.3);
  g_assert_cmpfloat (scale.bounds[5], <=, ground * 1.6);
}

static KomekMapScale
choose (GArray *array)
{
  g_autoptr (KomekAtlas) atlas = make_atlas (array);

  return komek_density_field_choose_scale (atlas, shrink (240));
}

static void
add_town (GArray *array)
{
  for (guint i = 0; i < 1000; i++)
    add (array, 511000000 + (i % 40) * 20000, 713500000 + (i / 40) * 30000, 1);
}

/* One heap that few lie in, or a few strangers at the other end of the world, change no colours. */
static void
test_few_do_not_choose_the_steps (void)
{
  GArray *town = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  GArray *heap = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  GArray *strangers = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  KomekMapScale usual, with_heap, with_strangers;

  add_town (town);
  add_town (heap);
  add (heap, 511555000, 714444000, 30);
  add_town (strangers);
  add (strangers, 800000000, -1700000000, 3);
  usual = choose (town);
  with_heap = choose (heap);
  with_strangers = choose (strangers);
  for (guint i = 0; i < KOMEK_MAP_STEPS; i++)
    {
      g_assert_cmpfloat (with_heap.bounds[i], ==, usual.bounds[i]);
      g_assert_cmpfloat (with_strangers.bounds[i], ==, usual.bounds[i]);
    }
}

static void
test_steps_are_round (void)
{
  static const double pairs[][2] = { { 1, 250 }, { 0.3, 7 }, { 17, 18 }, { 0.004, 12345 }, { 1e5, 1e5 } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      KomekMapScale scale = komek_map_scale_by_factors (pairs[i][0], pairs[i][1]);

      assert_rises (&scale);
      g_assert_cmpfloat (scale.bounds[0], <=, pairs[i][0] * 1.0001);
      g_assert_cmpfloat (scale.bounds[0], >, pairs[i][0] / 1.6);
      for (guint j = 0; j < KOMEK_MAP_STEPS; j++)
        {
          g_autofree char *text = g_strdup_printf ("%.3g", scale.bounds[j]);

          g_assert_cmpfloat_with_epsilon (g_ascii_strtod (text, NULL), scale.bounds[j],
                                          scale.bounds[j] * 1e-9);
        }
    }
}

static void
test_equal_steps_hold_all (void)
{
  static const double pairs[][2] = { { 0.05, 0.12 }, { 0, 0 }, { 3.5, 3.5 }, { 2, 90 }, { 0, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      KomekMapScale scale = komek_map_scale_by_steps (pairs[i][0], pairs[i][1]);
      double step = scale.bounds[1] - scale.bounds[0];

      g_assert_cmpfloat (step, >, 0);
      for (guint j = 1; j < KOMEK_MAP_STEPS; j++)
        g_assert_cmpfloat_with_epsilon (scale.bounds[j] - scale.bounds[j - 1], step, step / 1e6);
      g_assert_cmpuint (komek_map_scale_find_step (&scale, pairs[i][0]), ==, 1);
      g_assert_cmpuint (komek_map_scale_find_step (&scale, pairs[i][1]), >=, 1);
      g_assert_cmpfloat (pairs[i][1], <, scale.bounds[0] + 7.01 * step);
    }
}

static void
test_finds_the_step (void)
{
  KomekMapScale scale = { { 1, 5, 15, 40, 100, 250 } };

  g_assert_cmpuint (komek_map_scale_find_step (&scale, 0.99), ==, 0);
  g_assert_cmpuint (komek_map_scale_find_step (&scale, NAN), ==, 0);
  g_assert_cmpuint (komek_map_scale_find_step (&scale, 1), ==, 1);
  g_assert_cmpuint (komek_map_scale_find_step (&scale, 39.9), ==, 3);
  g_assert_cmpuint (komek_map_scale_find_step (&scale, 250), ==, 6);
  g_assert_cmpuint (komek_map_scale_find_step (&scale, INFINITY), ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/density/a-lone-request-is-a-bell", test_a_lone_request_is_a_bell);
  g_test_add_func ("/density/two-are-twice-as-thick", test_two_are_twice_as_thick);
  g_test_add_func ("/density/a-lone-request-shows", test_a_lone_request_shows);
  g_test_add_func ("/density/the-thickest-is-the-last-step", test_the_thickest_is_the_last_step);
  g_test_add_func ("/density/counts-what-brute-force-counts", test_counts_what_brute_force_counts);
  g_test_add_func ("/density/the-edges-belong-to-the-grid", test_the_edges_belong_to_the_grid);
  g_test_add_func ("/density/a-bell-may-be-wider-than-its-field",
                   test_a_bell_may_be_wider_than_its_field);
  g_test_add_func ("/density/what-is-as-thick-everywhere-is-the-last-step",
                   test_what_is_as_thick_everywhere_is_the_last_step);
  g_test_add_func ("/density/few-do-not-choose-the-steps", test_few_do_not_choose_the_steps);
  g_test_add_func ("/density/steps-are-round", test_steps_are_round);
  g_test_add_func ("/density/equal-steps-hold-all", test_equal_steps_hold_all);
  g_test_add_func ("/density/finds-the-step", test_finds_the_step);
  return g_test_run ();
}
