/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pack-fixture.h"

#define MANY_TILES                                                                                 \
  "WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 200) "                \
  "INSERT INTO tiles SELECT 12, n, n, x'89504e470d0a1a0a' || randomblob (500) FROM t;"
#define PACK_OF_MANY TABLES "INSERT INTO metadata VALUES ('attribution', 'x');" MANY_TILES

/* Copies that broke off anywhere, and bytes that turned over: never a crash, and never a wrong file
 * taken for an empty one without a word. */
static void
test_survives_half_a_file (PackFixture *fixture, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize size;

  pack_make (fixture, PACK_OF_MANY);
  g_assert_true (g_file_get_contents (fixture->path, &whole, &size, NULL));
  for (gsize length = 16; length < size; length += 1 + size / 40)
    {
      g_assert_true (g_file_set_contents (fixture->path, whole, (gssize) length, NULL));
      pack_assert_trouble (fixture, KOMEK_MAP_TROUBLE_DAMAGED);
    }
}

/* Pages of the largest size, which is written as 1. */
static void
test_half_of_large_pages_is_half_a_file (PackFixture *fixture, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize size;

  pack_make (fixture, "PRAGMA page_size = 65536;" ONE_TILE);
  g_assert_true (g_file_get_contents (fixture->path, &whole, &size, NULL));
  g_assert_cmpuint (size, ==, 3 * 65536);
  g_assert_true (g_file_set_contents (fixture->path, whole, (gssize) size - 1, NULL));
  pack_assert_trouble (fixture, KOMEK_MAP_TROUBLE_DAMAGED);
  g_assert_true (g_file_set_contents (fixture->path, whole, (gssize) size, NULL));
  komek_pack_file_close (pack_must_open (fixture));
}

/* Writes nonsense over so many bytes of the pack, in pages of 4096. */
static void
scratch (PackFixture *fixture, gsize from, gsize n)
{
  g_autofree char *whole = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (fixture->path, &whole, &size, NULL));
  g_assert_cmpuint (size, >, 10 * 4096);
  memset (whole + from, 0xa5, MIN (n, size - from));
  g_assert_true (g_file_set_contents (fixture->path, whole, (gssize) size, NULL));
}

/* The second page holds the metadata, the third the roots of the tiles. */
static void
test_a_scratched_pack_says_that_it_is_damaged (PackFixture *fixture, gconstpointer data)
{
  pack_make (fixture, PACK_OF_MANY);
  scratch (fixture, 4096, 4096);
  pack_assert_trouble (fixture, KOMEK_MAP_TROUBLE_DAMAGED);
  pack_make (fixture, PACK_OF_MANY);
  scratch (fixture, 2 * 4096, 4096);
  pack_assert_trouble (fixture, KOMEK_MAP_TROUBLE_DAMAGED);
}

/* It opened, and then there is nothing where a tile should be: that is said, and not taken for a
 * hole in the map. */
static void
test_a_scratch_is_said_where_it_is_met (PackFixture *fixture, gconstpointer data)
{
  KomekMapTrouble trouble = KOMEK_MAP_TROUBLE_NONE;
  KomekPackFile *pack;

  pack_make (fixture,
             TABLES "CREATE UNIQUE INDEX at ON tiles (zoom_level, tile_column, tile_row);"
                    MANY_TILES);
  scratch (fixture, 10 * 4096, 4096);
  pack = pack_must_open (fixture);
  for (guint n = 0; n <= 200 && trouble == KOMEK_MAP_TROUBLE_NONE; n++)
    {
      guint found;
      g_autoptr (GBytes) tile = komek_pack_file_read (pack, 12, n, 4095 - n, &found, &trouble);

      g_assert_cmpint (tile == NULL, ==, trouble != KOMEK_MAP_TROUBLE_NONE);
    }
  g_assert_cmpint (trouble, ==, KOMEK_MAP_TROUBLE_DAMAGED);
  komek_pack_file_close (pack);
}

static void
test_survives_turned_bytes (PackFixture *fixture, gconstpointer data)
{
  g_autofree char *whole = NULL;
  guint n_opened = 0, n_refused = 0;
  gsize size;

  pack_make (fixture,
             TABLES "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);"
                    "WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 60) "
                    "INSERT INTO tiles SELECT 12, n, n, x'89504e470d0a1a0a' || randomblob (300) FROM t;");
  g_assert_true (g_file_get_contents (fixture->path, &whole, &size, NULL));
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *turned = g_memdup2 (whole, size);
      KomekMapTrouble trouble;
      g_autoptr (KomekPackFile) pack = NULL;

      for (guint j = 0; j < 1 + i % 20; j++)
        turned[g_test_rand_int_range (0, (gint32) size)] ^=
          (char) (1 << g_test_rand_int_range (0, 8));
      g_assert_true (g_file_set_contents (fixture->path, turned, (gssize) size, NULL));
      pack = pack_open (fixture, &trouble);
      g_assert_cmpint (pack == NULL, ==, trouble != KOMEK_MAP_TROUBLE_NONE);
      n_opened += pack != NULL;
      n_refused += pack == NULL;
      for (guint row = 0; pack && row < 60; row++)
        {
          guint found;
          g_autoptr (GBytes) tile = komek_pack_file_read (pack, 12, row, 4095 - row, &found,
                                                          &trouble);

          if (trouble != KOMEK_MAP_TROUBLE_NONE)
            g_assert_null (tile);
        }
    }
  g_test_message ("%u opened, %u refused", n_opened, n_refused);
  g_assert_cmpuint (n_opened, >, 0);
}

#define ADD(path, test) g_test_add (path, PackFixture, NULL, pack_set_up, test, pack_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/pack/survives-half-a-file", test_survives_half_a_file);
  ADD ("/pack/half-of-large-pages-is-half-a-file", test_half_of_large_pages_is_half_a_file);
  ADD ("/pack/a-scratched-one-says-that-it-is-damaged",
       test_a_scratched_pack_says_that_it_is_damaged);
  ADD ("/pack/a-scratch-is-said-where-it-is-met", test_a_scratch_is_said_where_it_is_met);
  ADD ("/pack/survives-turned-bytes", test_survives_turned_bytes);
  return g_test_run ();
}
