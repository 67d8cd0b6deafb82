/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "town-pack.h"

#include <math.h>
#include <sqlite3.h>

#include "komek-mercator.h"
#include "tile-writer.h"

#define EXTENT 4096
#define TABLES \
  "CREATE TABLE metadata (name TEXT, value TEXT);" \
  "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);" \
  "CREATE UNIQUE INDEX at ON tiles (zoom_level, tile_column, tile_row);"

/* Latitudes and longitudes. */
static const double kenesary[] = { 51.16, 71.40, 51.16, 71.44 };
static const double syganaq[] = { 51.125, 71.40, 51.125, 71.42, 51.125, 71.44 };
static const double turan[] = { 51.1262, 71.405, 51.1262, 71.415 }; /* 100 m from a house on Syganaq */
static const double chubary[] = { 51.13, 71.425 };
static const double kosshy[] = { 51.127, 71.41 };
static const double shatyr[] = { 51.132, 71.404 };
static const double school[] = { 51.128, 71.412 };
static const double house[] = { 51.1253, 71.41 };
static const double corner_house[] = { 51.1247, 71.43 };
static const double field_house[] = { 51.14, 71.41 };

static void
to_tile (double latitude, double longitude, double *x, double *y)
{
  double side = (double) (1 << TOWN_ZOOM);

  komek_mercator_project (latitude, longitude, x, y);
  *x *= side;
  *y *= side;
}

/* The square of the pack that a point is in. */
void
town_locate (double latitude, double longitude, guint *column, guint *row)
{
  double x, y;

  to_tile (latitude, longitude, &x, &y);
  *column = (guint) x;
  *row = (guint) y;
}

static void
make_steps (guint column, guint row, const double *degrees, guint n, int *steps)
{
  int x = 0, y = 0;

  for (guint i = 0; i < n; i++)
    {
      double at_x, at_y;
      int next_x, next_y;

      to_tile (degrees[2 * i], degrees[2 * i + 1], &at_x, &at_y);
      next_x = (int) lround ((at_x - column) * EXTENT);
      next_y = (int) lround ((at_y - row) * EXTENT);
      steps[2 * i] = next_x - x;
      steps[2 * i + 1] = next_y - y;
      x = next_x;
      y = next_y;
    }
}

/* Lines are not cut at the edges: they stand in each tile that they touch, as the margins of real
 * ones do. */
#define ADD(layer, type, degrees, ...) \
  G_STMT_START \
  { \
    int steps[G_N_ELEMENTS (degrees)]; \
    make_steps (column, row, degrees, G_N_ELEMENTS (degrees) / 2, steps); \
    tile_layer_add (layer, type, steps, G_N_ELEMENTS (degrees) / 2, __VA_ARGS__, NULL); \
  } \
  G_STMT_END

static void
add_streets (GByteArray *tile, TownSchema schema, guint column, guint row)
{
  gboolean open = schema == TOWN_OPENMAPTILES;
  const char *kind = open ? "class" : "kind";
  TileLayer *layer = tile_layer_new (open ? "transportation_name" : "street_labels", EXTENT);

  ADD (layer, 2, kenesary, kind, "primary", "name", "улица Кенесары", "name_en",
       "улица Кенесары");
  ADD (layer, 2, syganaq, kind, open ? "minor" : "residential", "name", "Сығанақ көшесі",
       open ? "name:kk" : "ref", "Сығанақ көшесі", "name:ru", open ? "улица Сыганак" : NULL);
  ADD (layer, 2, turan, kind, "tertiary", "name", "Тұран көшесі");
  tile_layer_end (layer, tile);
}

static void
add_places (GByteArray *tile, TownSchema schema, guint column, guint row)
{
  gboolean open = schema == TOWN_OPENMAPTILES;
  TileLayer *places = tile_layer_new (open ? "place" : "place_labels", EXTENT);
  TileLayer *pois = tile_layer_new (open ? "poi" : "pois", EXTENT);

  ADD (places, 1, chubary, open ? "class" : "kind", "neighbourhood", "name", "Чубары");
  ADD (places, 1, chubary, open ? "class" : "kind", "city", "name", "Астана");
  ADD (places, 1, kosshy, open ? "class" : "kind", "suburb", "name", "Қосшы ауданы");
  ADD (pois, 1, shatyr, open ? "class" : "shop", "mall", "name:latin", "Хан Шатыр", "housenumber",
       "37");
  ADD (pois, 1, school, open ? "class" : "amenity", "school", "name", "Школа №45",
       open ? "name:kk" : "ref", "№45 мектеп");
  tile_layer_end (places, tile);
  tile_layer_end (pois, tile);
}

static void
add_houses (GByteArray *tile, TownSchema schema, guint column, guint row)
{
  TileLayer *layer =
    tile_layer_new (schema == TOWN_OPENMAPTILES ? "housenumber" : "addresses", EXTENT);

  ADD (layer, 1, house, "housenumber", "15а");
  ADD (layer, 1, corner_house, "housenumber", "24/1");
  ADD (layer, 1, field_house, "housenumber", "7");
  tile_layer_end (layer, tile);
}

GByteArray *
town_tile_new (TownSchema schema, guint column, guint row)
{
  GByteArray *tile = g_byte_array_new ();

  add_streets (tile, schema, column, row);
  add_places (tile, schema, column, row);
  add_houses (tile, schema, column, row);
  return tile;
}

static void
insert (sqlite3 *database, TownSchema schema, guint column, guint row)
{
  g_autoptr (GBytes) plain = g_byte_array_free_to_bytes (town_tile_new (schema, column, row));
  g_autoptr (GBytes) packed = tile_pack (plain);
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (database, "INSERT INTO tiles VALUES (?, ?, ?, ?)", -1,
                                       &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_int (statement, 1, TOWN_ZOOM);
  sqlite3_bind_int64 (statement, 2, column);
  sqlite3_bind_int64 (statement, 3, (1 << TOWN_ZOOM) - 1 - row);
  sqlite3_bind_blob (statement, 4, g_bytes_get_data (packed, NULL),
                     (int) g_bytes_get_size (packed), SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

void
town_pack_run (const char *path, const char *sql)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

void
town_pack_write (const char *path, TownSchema schema)
{
  guint west, north, east, south;
  sqlite3 *database;

  town_pack_run (path, TABLES);
  town_locate (51.161, 71.40, &west, &north);
  town_locate (51.124, 71.44, &east, &south);
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  for (guint column = west; column <= east; column++)
    for (guint row = north; row <= south; row++)
      insert (database, schema, column, row);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}
