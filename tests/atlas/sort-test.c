/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-morton-private.h"
#include "sorted-entries.h"

typedef guint64 (*Maker) (GRand *rand, guint i);

static guint64
make_any (GRand *rand, guint i)
{
  return (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
}

static guint64
make_equal (GRand *rand, guint i)
{
  return G_GUINT64_CONSTANT (0xdeadbeef12345678);
}

static guint64
make_rising (GRand *rand, guint i)
{
  return (guint64) i << 20;
}

static guint64
make_falling (GRand *rand, guint i)
{
  return G_MAXUINT64 - ((guint64) i << 13);
}

/* Both ends of what a code can be, and nothing between. */
static guint64
make_ends (GRand *rand, guint i)
{
  return g_rand_boolean (rand) ? G_MAXUINT64 : 0;
}

static guint64
make_lowest_bit (GRand *rand, guint i)
{
  return (guint64) g_rand_boolean (rand);
}

/* Everybody in one city, and one request from the other side of the world. */
static guint64
make_outlier (GRand *rand, guint i)
{
  return i == 7 ? G_MAXUINT64 : (guint64) g_rand_int_range (rand, 0, 1 << 24);
}

/* Ever more in ever smaller quarters, down to one house that files most of them. */
static guint64
make_thick (GRand *rand, guint i)
{
  guint shift = (guint) g_rand_int_range (rand, 0, 64);

  return make_any (rand, i) >> shift;
}

static guint64
make_few_houses (GRand *rand, guint i)
{
  return (guint64) g_rand_int_range (rand, 0, 40) * G_GUINT64_CONSTANT (0x0123456789abcdef);
}

static const struct
{
  const char *name;
  Maker       make;
} kinds[] = {
  { "any", make_any },
  { "equal", make_equal },
  { "rising", make_rising },
  { "falling", make_falling },
  { "ends", make_ends },
  { "lowest-bit", make_lowest_bit },
  { "outlier", make_outlier },
  { "thick", make_thick },
  { "few-houses", make_few_houses },
};

static void
assert_sorted (Maker make, guint n, guint32 step)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);
  g_autoptr (GArray) expected = g_array_sized_new (FALSE, FALSE, sizeof (Entry), n);
  guint64 *codes = g_new (guint64, n + 1);
  guint32 *indexes = g_new (guint32, n + 1);

  for (guint i = 0; i < n; i++)
    {
      Entry entry = { make (rand, i), i * step };

      codes[i] = entry.code;
      indexes[i] = i * step;
      g_array_append_val (expected, entry);
    }
  komek_morton_sort (codes, indexes, n);
  assert_sorted_entries (expected, codes, indexes, n);
  g_free (codes);
  g_free (indexes);
}

static void
test_is_stable (gconstpointer data)
{
  static const guint sizes[] = { 0, 1, 2, 15, 16, 17, 255, 256, 257, 1023, 3000, 40000, 150000 };
  Maker make = kinds[GPOINTER_TO_SIZE (data)].make;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      assert_sorted (make, sizes[i], 1);
      assert_sorted (make, sizes[i], 7);
      assert_sorted (make, sizes[i], G_MAXUINT32 / MAX (sizes[i], 1));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sort/is-stable/%s", kinds[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_is_stable);
    }
  return g_test_run ();
}
