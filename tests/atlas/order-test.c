/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-morton-private.h"
#include "sorted-entries.h"

#define NOW 1700000000

static const char *const services[] = { "road", NULL };
static const char *const districts[] = { "esil", NULL };

typedef void (*Placer) (GRand *rand, guint i, KomekPoint *point);

static void
place_in_city (GRand *rand, guint i, KomekPoint *point)
{
  point->latitude = g_rand_int_range (rand, 509000000, 513000000);
  point->longitude = g_rand_int_range (rand, 712000000, 716000000);
}

static void
place_anywhere (GRand *rand, guint i, KomekPoint *point)
{
  point->latitude = g_rand_int_range (rand, -900000000, 900000001);
  point->longitude = g_rand_int_range (rand, -1800000000, 1800000001);
}

/* As a city's own list is: somebody's numbers are wrong, to all sides. */
static void
place_nearly_all_in_city (GRand *rand, guint i, KomekPoint *point)
{
  if (i % 150 == 7)
    place_anywhere (rand, i, point);
  else
    place_in_city (rand, i, point);
}

/* North-west and south-east of everybody: before the first and behind the last of them. */
static void
place_corners (GRand *rand, guint i, KomekPoint *point)
{
  place_in_city (rand, i, point);
  if (i % 200 > 1)
    return;
  point->latitude = i % 200 == 0 ? 850000000 : -850000000;
  point->longitude = i % 200 == 0 ? -1790000000 : 1790000000;
}

static void
place_in_two_cities (GRand *rand, guint i, KomekPoint *point)
{
  place_in_city (rand, i, point);
  if (i % 2 == 0)
    return;
  point->latitude -= 800000000;
  point->longitude -= 1400000000;
}

static void
place_in_one_house (GRand *rand, guint i, KomekPoint *point)
{
  point->latitude = 511234567;
  point->longitude = 714567890;
}

static void
place_in_few_houses (GRand *rand, guint i, KomekPoint *point)
{
  point->latitude = 511234567 + g_rand_int_range (rand, 0, 3);
  point->longitude = 714567890 + g_rand_int_range (rand, 0, 3);
}

/* Nearly all in one, so that those next door are not thought of. */
static void
place_about_one_house (GRand *rand, guint i, KomekPoint *point)
{
  place_in_one_house (rand, i, point);
  if (i % 150 != 7)
    return;
  point->latitude += g_rand_int_range (rand, -40, 41);
  point->longitude += g_rand_int_range (rand, -40, 41);
}

static void
place_nowhere (GRand *rand, guint i, KomekPoint *point)
{
  point->latitude = point->longitude = i % 2 == 0 ? KOMEK_POINT_NOWHERE : 0;
}

static void
place_hardly_any (GRand *rand, guint i, KomekPoint *point)
{
  place_nowhere (rand, i, point);
  if (i % 1000 == 999)
    place_in_city (rand, i, point);
}

static const struct
{
  const char *name;
  Placer      place;
} kinds[] = {
  { "city", place_in_city },
  { "anywhere", place_anywhere },
  { "nearly-all-in-city", place_nearly_all_in_city },
  { "corners", place_corners },
  { "two-cities", place_in_two_cities },
  { "one-house", place_in_one_house },
  { "about-one-house", place_about_one_house },
  { "few-houses", place_in_few_houses },
  { "nowhere", place_nowhere },
  { "hardly-any", place_hardly_any },
};

static KomekPoints *
make_points (Placer place, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (KomekPoint), n);

  for (guint i = 0; i < n; i++)
    {
      KomekPoint point = { .key = n - i, .requested = NOW - i };

      place (rand, i, &point);
      g_array_append_val (array, point);
    }
  return komek_points_new (array, services, districts);
}

static GArray *
list_placed (KomekPoints *points)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  guint n;
  const KomekPoint *point = komek_points_peek (points, &n);

  for (guint i = 0; i < n; i++)
    if (komek_morton_takes (&point[i]))
      {
        Entry entry = { komek_morton_encode (&point[i]), i };

        g_array_append_val (entries, entry);
      }
  return entries;
}

static void
assert_in_order (Placer place, guint n)
{
  g_autoptr (KomekPoints) points = make_points (place, n);
  g_autoptr (GArray) expected = list_placed (points);
  g_autoptr (KomekMorton) order = komek_morton_new (points);

  assert_sorted_entries (expected, order->codes, order->indexes, order->n);
}

static void
test_is_that_of_the_map (gconstpointer data)
{
  static const guint sizes[] = { 0, 1, 2, 63, 64, 65, 128, 129, 2047, 2048, 2049, 30000, 150000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    assert_in_order (kinds[GPOINTER_TO_SIZE (data)].place, sizes[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/order/is-that-of-the-map/%s", kinds[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_is_that_of_the_map);
    }
  return g_test_run ();
}
