/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <time.h>

#include "komek-pack.h"
#include "komek-plan-names.h"
#include "komek-plan-source.h"

/* Measures what a tile costs by itself: bench-tiles PLAN TOKENS [PACK] paints the middle of a plan,
 * makes a pack of what it has painted, and fills tiles from either, and from a pack that is given.
 * Each line it prints is a figure: its name, a tab and the value, in milliseconds of the
 * processor's own time, which a busy machine does not stretch. */

#define ZOOM 14
#define SIDE 10    /* tiles */
#define DEEPER 3   /* zooms beyond the last one of the pack */
#define STARTS 30

typedef struct
{
  KomekPlanPainter *painter;
  char             *path;
  guint             column, row; /* of the first tile */
} Bench;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static void
say (const char *name, double value)
{
  g_print ("%s\t%.3f\n", name, value);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (data, size);
}

static KomekPlanPainter *
make_painter (const char *plan_path, const char *tokens_path, Bench *bench)
{
  g_autoptr (GBytes) geojson = read_file (plan_path);
  g_autoptr (GBytes) tokens = read_file (tokens_path);
  g_autofree char *css = g_strndup (g_bytes_get_data (tokens, NULL), g_bytes_get_size (tokens));
  g_autoptr (KomekPlan) plan = komek_plan_new (geojson, NULL);
  g_autoptr (KomekPalette) palette = komek_palette_new_from_css (css);
  KomekBounds *bounds = komek_plan_get_built_up (plan);
  double x, y;

  komek_mercator_project ((komek_bounds_get_south (bounds) + komek_bounds_get_north (bounds)) / 2,
                          (komek_bounds_get_west (bounds)
                           + komek_bounds_get_east (bounds)) / 2, &x, &y);
  bench->column = (guint) (x * (1 << ZOOM)) - SIDE / 2;
  bench->row = (guint) (y * (1 << ZOOM)) - SIDE / 2;
  return komek_plan_painter_new (plan, palette, 1);
}

static cairo_status_t
append (gpointer bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
insert (Bench *bench, sqlite3_stmt *statement, guint column, guint row)
{
  cairo_surface_t *surface = komek_plan_painter_paint (bench->painter, ZOOM, column, row, 1);
  g_autoptr (GByteArray) png = g_byte_array_new ();

  cairo_surface_write_to_png_stream (surface, append, png);
  cairo_surface_destroy (surface);
  sqlite3_bind_int64 (statement, 1, column);
  sqlite3_bind_int64 (statement, 2, (1 << ZOOM) - 1 - row);
  sqlite3_bind_blob (statement, 3, png->data, (int) png->len, SQLITE_TRANSIENT);
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("The pack cannot be written");
  sqlite3_reset (statement);
}

static void
make_pack (Bench *bench)
{
  sqlite3 *database;
  sqlite3_stmt *statement;

  sqlite3_open (bench->path, &database);
  sqlite3_exec (database,
                "CREATE TABLE metadata (name TEXT, value TEXT);"
                "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);"
                "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row); BEGIN;",
                NULL, NULL, NULL);
  sqlite3_prepare_v2 (database, "INSERT INTO tiles VALUES (14, ?, ?, ?)", -1, &statement, NULL);
  for (guint i = 0; i < SIDE * SIDE; i++)
    insert (bench, statement, bench->column + i % SIDE, bench->row + i / SIDE);
  sqlite3_finalize (statement);
  sqlite3_exec (database, "COMMIT;", NULL, NULL, NULL);
  sqlite3_close (database);
}

static void
on_filled (GObject *source, GAsyncResult *result, gpointer done)
{
  if (!shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), result, NULL))
    g_error ("A tile was not filled");
  *(gboolean *) done = TRUE;
}

static double
fill (KomekPlanSource *source, guint zoom, guint column, guint row)
{
  g_autoptr (ShumateTile) tile = shumate_tile_new_full (column, row, KOMEK_PLAN_TILE_SIZE, zoom);
  gboolean done = FALSE;
  double begin = now ();

  shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), tile, NULL, on_filled, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  return now () - begin;
}

static GListModel *
open_pack (const char *path)
{
  GListStore *list = g_list_store_new (KOMEK_TYPE_TILES);
  g_autoptr (KomekPack) pack = komek_pack_new (path);

  g_list_store_append (list, pack);
  return G_LIST_MODEL (list);
}

static void
measure_fills (Bench *bench, KomekPlanSource *source, const char *name, guint deeper)
{
  for (guint i = 0; i < SIDE * SIDE; i++)
    say (name, fill (source, ZOOM + deeper, (bench->column + i % SIDE) << deeper,
                     (bench->row + i / SIDE) << deeper));
}

static void
measure_given (Bench *bench, const char *path)
{
  g_autoptr (GListModel) pack = open_pack (path);
  g_autoptr (KomekPlanSource) source = komek_plan_source_new (bench->painter, pack, 1);

  measure_fills (bench, source, "given", 0);
  measure_fills (bench, source, "given-enlarged", DEEPER);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("komek-bench-XXXXXX", NULL);
  g_autoptr (KomekPlanSource) plan = NULL;
  g_autoptr (KomekPlanSource) source = NULL;
  g_autoptr (GListModel) pack = NULL;
  Bench bench = { 0 };

  if (argc != 3 && argc != 4)
    g_error ("Usage: bench-tiles PLAN TOKENS [PACK]");
  bench.painter = make_painter (argv[1], argv[2], &bench);
  bench.path = g_build_filename (folder, "bench.mbtiles", NULL);
  make_pack (&bench);

  for (guint i = 0; i < STARTS; i++)
    {
      double begin = now ();
      g_autoptr (GListModel) list = open_pack (bench.path);
      g_autoptr (KomekPlanSource) first = komek_plan_source_new (bench.painter, list, 1);

      fill (first, ZOOM, bench.column + i % SIDE, bench.row);
      say ("first", now () - begin);
    }
  plan = komek_plan_source_new (bench.painter, NULL, 1);
  pack = open_pack (bench.path);
  source = komek_plan_source_new (bench.painter, pack, 1);
  measure_fills (&bench, plan, "plan", 0);
  measure_fills (&bench, source, "pack", 0);
  measure_fills (&bench, source, "enlarged", DEEPER);
  if (argc == 4)
    measure_given (&bench, argv[3]);

  g_unlink (bench.path);
  g_rmdir (folder);
  g_free (bench.path);
  komek_plan_painter_unref (bench.painter);
  return 0;
}
