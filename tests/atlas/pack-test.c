/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "await.h"
#include "komek-pack.h"
#include "pack-fixture.h"

static void
assert_tile (KomekPackFile *pack, guint zoom, guint column, guint row, const char *text,
             guint of_zoom)
{
  KomekMapTrouble trouble;
  guint found = 99;
  g_autoptr (GBytes) bytes = komek_pack_file_read (pack, zoom, column, row, &found, &trouble);
  g_autofree char *expected = text ? g_strconcat (PNG, text, NULL) : NULL;

  g_assert_cmpint (trouble, ==, KOMEK_MAP_TROUBLE_NONE);
  g_assert_cmpint (bytes != NULL, ==, text != NULL);
  if (!text)
    return;
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
  g_assert_cmpuint (found, ==, of_zoom);
}

static const struct
{
  const char      *name;
  const char      *sql;
  KomekMapTrouble  trouble;
} refused[] = {
  { "no-table", "CREATE TABLE cats (name TEXT);", KOMEK_MAP_TROUBLE_EMPTY },
  { "no-tile", TABLES, KOMEK_MAP_TROUBLE_EMPTY },
  { "no-column", "CREATE TABLE tiles (zoom_level, tile_data); INSERT INTO tiles VALUES (3, 'png');",
    KOMEK_MAP_TROUBLE_EMPTY },
  { "no-data", TABLES "INSERT INTO tiles VALUES (3, 4, 2, NULL);", KOMEK_MAP_TROUBLE_EMPTY },
  { "a-zoom-below-zero", TABLES "INSERT INTO tiles VALUES (-3, 4, 2, 'png');",
    KOMEK_MAP_TROUBLE_EMPTY },
  { "words", TABLES "INSERT INTO tiles VALUES (3, 4, 2, 'These are no pictures');",
    KOMEK_MAP_TROUBLE_FORMAT },
  { "vectors-badly-packed", TABLES "INSERT INTO tiles VALUES (3, 4, 2, x'1f8b0800000000');",
    KOMEK_MAP_TROUBLE_FORMAT },
  { "vectors-that-break-off", TABLES "INSERT INTO tiles VALUES (3, 4, 2, x'1a7f78020a0177');",
    KOMEK_MAP_TROUBLE_FORMAT },
  { "degrees", ONE_TILE "INSERT INTO metadata VALUES ('crs', 'EPSG:4326');",
    KOMEK_MAP_TROUBLE_PROJECTION },
  { "a-geodetic-profile", ONE_TILE "INSERT INTO metadata VALUES ('profile', 'geodetic');",
    KOMEK_MAP_TROUBLE_PROJECTION },
  { "degrees-in-the-profile-of-mercator",
    ONE_TILE "INSERT INTO metadata VALUES ('crs', 'EPSG:4326'), ('profile', 'mercator');",
    KOMEK_MAP_TROUBLE_PROJECTION },
  { "a-tile-of-five-megabytes",
    TABLES "INSERT INTO tiles VALUES (3, 4, 2, CAST (x'89504e470d0a1a0a' || zeroblob (5 << 20) AS BLOB));",
    KOMEK_MAP_TROUBLE_EMPTY },
  { "a-view-that-asks-for-more-than-tables",
    "CREATE TABLE metadata (name TEXT, value TEXT);"
    "CREATE VIEW tiles AS SELECT 3 AS zoom_level, 4 AS tile_column, 2 AS tile_row, "
    "x'89504e470d0a1a0a' AS tile_data FROM pragma_database_list;",
    KOMEK_MAP_TROUBLE_EMPTY },
  { "a-view-without-end",
    "CREATE TABLE metadata (name TEXT, value TEXT);"
    "CREATE VIEW tiles AS WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) "
    "SELECT n AS zoom_level, n AS tile_column, n AS tile_row, x'89504e470d0a1a0a' AS tile_data FROM t;",
    KOMEK_MAP_TROUBLE_EMPTY },
};

static void
test_refuses (PackFixture *fixture, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gint64 begin = g_get_monotonic_time ();

  pack_make (fixture, refused[i].sql);
  pack_assert_trouble (fixture, refused[i].trouble);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 3 * G_USEC_PER_SEC);
}

static void
test_refuses_what_is_no_pack (PackFixture *fixture, gconstpointer data)
{
  pack_assert_trouble (fixture, KOMEK_MAP_TROUBLE_NO_FILE);
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  pack_assert_trouble (fixture, KOMEK_MAP_TROUBLE_NO_PACK);
  g_assert_true (g_file_set_contents (fixture->path, "<html>404</html>", -1, NULL));
  pack_assert_trouble (fixture, KOMEK_MAP_TROUBLE_NO_PACK);
  g_assert_true (g_file_set_contents (fixture->path, "SQLite format 3", 16, NULL));
  pack_assert_trouble (fixture, KOMEK_MAP_TROUBLE_DAMAGED);
  g_unlink (fixture->path);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  pack_assert_trouble (fixture, KOMEK_MAP_TROUBLE_NO_FILE);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
}

/* More than two zooms above, and of what is no picture at all, nothing is given. */
static void
test_a_deep_hole_stays_a_hole (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackFile) pack = NULL;

  pack_make (fixture, ONE_TILE "INSERT INTO tiles VALUES (10, 0, 1023, 'png of 10'), "
                               "(13, 5000, 8191 - 2000, 'png of 13'), (12, 8, 4095 - 9, 'words');");
  pack = pack_must_open (fixture);
  assert_tile (pack, 12, 3, 3, " of 10", 10);
  assert_tile (pack, 13, 7, 7, NULL, 0);
  assert_tile (pack, 12, 8, 9, NULL, 0);
}

static void
test_nothing_is_nearer_than_a_map_can_be (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackFile) pack = NULL;

  pack_make (fixture, ONE_TILE "INSERT INTO tiles VALUES (40, 0, 0, 'png of 40');");
  pack = pack_must_open (fixture);
  g_assert_cmpuint (komek_pack_file_get_last_zoom (pack), ==, 22);
}

static void
test_rows_are_counted_from_the_south (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackFile) pack = NULL;

  pack_make (fixture, ONE_TILE);
  pack = pack_must_open (fixture);
  assert_tile (pack, 12, 2862, 1364, " of 12", 12);
  assert_tile (pack, 12, 2862, 1365, NULL, 0);
  assert_tile (pack, 12, 2861, 1364, NULL, 0);
  g_assert_cmpuint (komek_pack_file_get_last_zoom (pack), ==, 12);
}

static void
test_rows_may_be_counted_from_the_north (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackFile) pack = NULL;

  pack_make (fixture, TABLES "INSERT INTO metadata VALUES ('scheme', 'xyz');"
                             "INSERT INTO tiles VALUES (12, 2862, 1364, 'png of 12');");
  pack = pack_must_open (fixture);
  assert_tile (pack, 12, 2862, 1364, " of 12", 12);
}

static void
test_gives_the_square_around_beyond_its_last_zoom (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackFile) pack = NULL;

  pack_make (fixture, ONE_TILE "INSERT INTO tiles VALUES (10, 715, 1023 - 341, 'png of 10');");
  pack = pack_must_open (fixture);
  assert_tile (pack, 13, 5725, 2729, " of 12", 12);
  assert_tile (pack, 18, (2862 << 6) + 63, (1364 << 6) + 1, " of 12", 12);
  /* A hole is filled from up to two zooms above. */
  assert_tile (pack, 11, 1430, 682, " of 10", 10);
  assert_tile (pack, 12, 2863, 1366, " of 10", 10);
  assert_tile (pack, 14, 2863 << 2, 1366 << 2, " of 10", 10);
  /* So few pixels would say less than the plan. */
  assert_tile (pack, 19, 2862 << 7, 1364 << 7, NULL, 0);
  assert_tile (pack, 9, 357, 170, NULL, 0);
}

/* What those who write packs call the one projection that there is, and what says nothing of it. */
static const struct
{
  const char *name, *value;
} mercators[] = {
  { "crs", "'EPSG:3857'" },         { "crs", "'epsg:900913'" },
  { "srs", "'EPSG:3785'" },         { "srs", "'EPSG:102100'" },
  { "crs", "'ESRI:102113'" },       { "profile", "'mercator'" },
  { "projection", "'WebMercator'" }, { "projection", "'GoogleMapsCompatible'" },
  { "crs", "''" },                  { "crs", "CAST (x'ff' AS TEXT)" },
  { "CRS", "'EPSG:3857'" },
};

static void
test_mercator_has_many_names (PackFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (mercators); i++)
    {
      g_autofree char *sql =
        g_strdup_printf (ONE_TILE "INSERT INTO metadata VALUES ('%s', %s);", mercators[i].name,
                         mercators[i].value);

      pack_make (fixture, sql);
      g_test_message ("%s", sql);
      komek_pack_file_close (pack_must_open (fixture));
    }
}

static void
test_metadata_may_be_long (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackFile) pack = NULL;

  pack_make (fixture,
             ONE_TILE "WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 60) "
                      "INSERT INTO metadata SELECT 'tag ' || n, n FROM t;"
                      "INSERT INTO metadata VALUES ('attribution', '© X'), ('scheme', 'XYZ');");
  pack = pack_must_open (fixture);
  g_assert_cmpstr (komek_pack_file_get_metadata (pack)->attribution, ==, "© X");
  g_assert_true (komek_pack_file_get_metadata (pack)->from_north);
}

/* As mbutil and tilelive write it: each picture once. */
static void
test_tiles_may_be_a_view (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackFile) pack = NULL;

  pack_make (fixture,
             "CREATE TABLE map (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_id TEXT);"
             "CREATE TABLE images (tile_data BLOB, tile_id TEXT);"
             "CREATE UNIQUE INDEX map_index ON map (zoom_level, tile_column, tile_row);"
             "CREATE VIEW tiles AS SELECT map.zoom_level AS zoom_level, map.tile_column AS tile_column, "
             "map.tile_row AS tile_row, images.tile_data AS tile_data FROM map "
             "JOIN images ON images.tile_id = map.tile_id;"
             "INSERT INTO images VALUES (x'89504e470d0a1a0a' || 'sea', 'a');"
             "INSERT INTO map VALUES (5, 1, 31 - 2, 'a'), (5, 1, 31 - 3, 'a');");
  pack = pack_must_open (fixture);
  assert_tile (pack, 5, 1, 2, "sea", 5);
  assert_tile (pack, 5, 1, 3, "sea", 5);
}

/* A layer "water" with nothing in it. */
static void
test_tiles_may_be_vectors (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackFile) pack = NULL;
  g_autoptr (GBytes) tile = NULL;
  KomekMapTrouble trouble;
  guint found;

  pack_make (fixture, TABLES "INSERT INTO tiles VALUES (12, 2862, 4095 - 1364, x'1a0c0a0577617465722880207802');");
  pack = pack_must_open (fixture);
  tile = komek_pack_file_read (pack, 16, 2862 << 4, 1364 << 4, &found, &trouble);
  g_assert_nonnull (tile);
  g_assert_cmpuint (found, ==, 12);
}

static void
test_reads_where_it_may_not_write (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackFile) pack = NULL;

  pack_make (fixture, "PRAGMA journal_mode = WAL;" ONE_TILE);
  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  pack = pack_must_open (fixture);
  assert_tile (pack, 12, 2862, 1364, " of 12", 12);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

static void
test_a_pack_opens_by_itself (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) tile = NULL;
  g_autofree char *name = NULL;
  g_autofree char *attribution = NULL;
  g_autoptr (KomekBounds) area = NULL;
  KomekPack *pack;
  guint found;

  pack_make (fixture, ONE_TILE "INSERT INTO metadata VALUES ('attribution', '&copy; X'), "
                               "('bounds', '71,51,72,52'), (NULL, 'x'), ('name', NULL);");
  pack = komek_pack_new (fixture->path);
  komek_tiles_load_async (KOMEK_TILES (pack), 12, 2862, 1364, NULL, on_awaited, &result);
  tile = komek_tiles_load_finish (KOMEK_TILES (pack), await (&result), &found, NULL);
  g_assert_nonnull (tile);
  g_assert_cmpuint (found, ==, 12);
  name = komek_tiles_dup_name (KOMEK_TILES (pack));
  attribution = komek_tiles_dup_attribution (KOMEK_TILES (pack));
  area = komek_tiles_dup_bounds (KOMEK_TILES (pack));
  g_assert_cmpstr (name, ==, "қала 1%?#.mbtiles");
  g_assert_cmpstr (attribution, ==, "© X");
  g_assert_cmpfloat (komek_bounds_get_east (area), ==, 72);
  g_assert_cmpint (komek_tiles_get_trouble (KOMEK_TILES (pack)), ==, KOMEK_MAP_TROUBLE_NONE);
  g_assert_false (komek_tiles_is_remote (KOMEK_TILES (pack)));
  g_clear_object (&result);
  let_go (G_OBJECT (pack));
}

static void
test_a_pack_of_no_use_says_so_and_gives_nothing (PackFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekPack *pack = komek_pack_new (fixture->path);
  guint found;

  komek_tiles_load_async (KOMEK_TILES (pack), 12, 2862, 1364, NULL, on_awaited, &result);
  g_assert_null (komek_tiles_load_finish (KOMEK_TILES (pack), await (&result), &found, &error));
  g_assert_no_error (error);
  g_assert_cmpint (komek_tiles_get_trouble (KOMEK_TILES (pack)), ==, KOMEK_MAP_TROUBLE_NO_FILE);
  g_clear_object (&result);
  let_go (G_OBJECT (pack));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/pack/refuses/", refused[i].name, NULL);

      g_test_add (path, PackFixture, GSIZE_TO_POINTER (i), pack_set_up, test_refuses, pack_tear_down);
    }
#define ADD(path, test) g_test_add (path, PackFixture, NULL, pack_set_up, test, pack_tear_down)
  ADD ("/pack/refuses-what-is-no-pack", test_refuses_what_is_no_pack);
  ADD ("/pack/a-deep-hole-stays-a-hole", test_a_deep_hole_stays_a_hole);
  ADD ("/pack/nothing-is-nearer-than-a-map-can-be", test_nothing_is_nearer_than_a_map_can_be);
  ADD ("/pack/mercator-has-many-names", test_mercator_has_many_names);
  ADD ("/pack/metadata-may-be-long", test_metadata_may_be_long);
  ADD ("/pack/rows-are-counted-from-the-south", test_rows_are_counted_from_the_south);
  ADD ("/pack/rows-may-be-counted-from-the-north", test_rows_may_be_counted_from_the_north);
  ADD ("/pack/gives-the-square-around-beyond-its-last-zoom",
       test_gives_the_square_around_beyond_its_last_zoom);
  ADD ("/pack/tiles-may-be-a-view", test_tiles_may_be_a_view);
  ADD ("/pack/tiles-may-be-vectors", test_tiles_may_be_vectors);
  ADD ("/pack/reads-where-it-may-not-write", test_reads_where_it_may_not_write);
  ADD ("/pack/opens-by-itself", test_a_pack_opens_by_itself);
  ADD ("/pack/of-no-use-says-so-and-gives-nothing",
       test_a_pack_of_no_use_says_so_and_gives_nothing);
#undef ADD
  return g_test_run ();
}
