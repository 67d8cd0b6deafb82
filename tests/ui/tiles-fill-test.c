/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "komek-easel.h"
#include "komek-plan-source.h"
#include "komek-plan-tile.h"
#include "komek-tile-picture.h"
#include "tiles-fakes.h"

#include <string.h>

#define ZOOM 14
#define COLUMN 11443
#define ROW 5456
#define LAND 0xf4efe4
#define RED 0xff0000ff
#define BLUE 0x0000ffff
#define NOTHING 0x00000000

/* A street far away, and a district whose western border runs down the middle of the tile. */
static const char city[] =
  "{\"features\":[{\"properties\":{\"kind\":\"street\"},\"geometry\":{\"type\":\"LineString\","
  "\"coordinates\":[[71.0,51.0],[71.1,51.0]]}},{\"properties\":{\"kind\":\"district\"},\"geometry\":{"
  "\"type\":\"Polygon\",\"coordinates\":[[[71.4441,50.9],[71.4441,51.5],[72.2,51.5],[72.2,50.9]]]}}]}";

typedef struct
{
  KomekPlanPainter *painter;
  GListStore       *list;
  FakeTiles        *pack, *server;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (city, strlen (city));
  g_autoptr (KomekPlan) plan = komek_plan_new (bytes, NULL);
  g_autoptr (KomekPalette) palette =
    komek_palette_new_from_css (
      "@define-color komek_land #F4EFE4;\n@define-color komek_water #B5DCE6;\n"
      "@define-color komek_waterink #1B5F75;\n@define-color komek_park #D8E7C8;\n"
      "@define-color komek_mn #FBE2A0;\n@define-color komek_mnc #D9B45C;\n@define-color komek_st #FFFFFF;\n"
      "@define-color komek_ln #FBF8F1;\n@define-color komek_stc #DDD5C5;\n@define-color komek_rail #B9AF9D;\n"
      "@define-color komek_label #4A4233;\n@define-color komek_dist #8A7A55;\n");

  fixture->painter = komek_plan_painter_new (plan, palette, 1);
  fixture->list = g_list_store_new (KOMEK_TYPE_TILES);
  fixture->server = fake_tiles_new ("tiles.example.org", TRUE);
  fixture->pack = fake_tiles_new ("a.mbtiles", FALSE);
  g_list_store_append (fixture->list, fixture->server);
  g_list_store_append (fixture->list, fixture->pack);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->list);
  g_assert_finalize_object (fixture->server);
  g_assert_finalize_object (fixture->pack);
  komek_plan_painter_unref (fixture->painter);
}

static void
give (FakeTiles *tiles, guint32 left, guint32 right, guint zoom)
{
  g_autoptr (GBytes) picture = fake_picture (256, left, right);

  fake_tiles_put (tiles, picture, zoom);
}

/* What a tile shows. */
static cairo_surface_t *
draw (ShumateTile *tile)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 256, 256);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;

  gdk_paintable_snapshot (shumate_tile_get_paintable (tile), snapshot, 256, 256);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static const guint32 *
peek_row (cairo_surface_t *surface, int y)
{
  return (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (surface)
                                            + y * cairo_image_surface_get_stride (surface));
}

/* 0xrrggbb */
static guint32
color_at (ShumateTile *tile, int x, int y)
{
  cairo_surface_t *surface = draw (tile);
  guint32 color = peek_row (surface, y)[x] & 0xffffff;

  cairo_surface_destroy (surface);
  return color;
}

static KomekPlanSource *
begin (Fixture *fixture, ShumateTile *tile, GCancellable *cancellable, GAsyncResult **result)
{
  KomekPlanSource *source =
    komek_plan_source_new (fixture->painter, G_LIST_MODEL (fixture->list), 1);

  shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), tile, cancellable, on_awaited,
                                      result);
  return source;
}

static ShumateTile *
make_tile (guint zoom, guint column, guint row)
{
  return shumate_tile_new_full (column, row, 256, zoom);
}

static void
finish (KomekPlanSource *source, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), await (result),
                                                      &error));
  g_assert_no_error (error);
  g_clear_object (result);
}

static ShumateTile *
fill (Fixture *fixture, guint zoom, guint column, guint row)
{
  ShumateTile *tile = make_tile (zoom, column, row);
  GAsyncResult *result = NULL;
  KomekPlanSource *source = begin (fixture, tile, NULL, &result);

  finish (source, &result);
  g_assert_cmpint (shumate_tile_get_state (tile), ==, SHUMATE_STATE_DONE);
  g_assert_finalize_object (source);
  return tile;
}

static void
test_a_pack_covers_the_plan_and_asks_no_network (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) tile = NULL;

  give (fixture->pack, RED, BLUE, ZOOM);
  tile = fill (fixture, ZOOM, COLUMN, ROW);
  g_assert_cmphex (color_at (tile, 10, 10), ==, 0xff0000);
  g_assert_cmphex (color_at (tile, 240, 200), ==, 0x0000ff);
  g_assert_cmpuint (fake_tiles_get_n_asked (fixture->server), ==, 0);
}

/* Names of the plan between those of a picture would be read as its own. */
static void
test_a_picture_has_its_own_names_and_the_plan_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) plain = fill (fixture, ZOOM, COLUMN, ROW), tile = NULL;

  g_assert_false (komek_plan_tile_is_lettered (KOMEK_PLAN_TILE (shumate_tile_get_paintable (plain))));
  give (fixture->pack, RED, BLUE, ZOOM);
  tile = fill (fixture, ZOOM, COLUMN, ROW);
  g_assert_true (komek_plan_tile_is_lettered (KOMEK_PLAN_TILE (shumate_tile_get_paintable (tile))));
}

/* Dashed: of a line of 256 pixels at least a third is drawn. */
static void
test_the_borders_of_districts_show_on_a_pack (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) tile = NULL;
  cairo_surface_t *surface;
  guint n_drawn = 0;

  give (fixture->pack, RED, RED, ZOOM);
  tile = fill (fixture, ZOOM, COLUMN, ROW);
  surface = draw (tile);
  for (int y = 0; y < 256; y++)
    {
      gboolean drawn = FALSE;

      for (int x = 0; x < 256; x++)
        drawn |= (peek_row (surface, y)[x] & 0xffffff) != 0xff0000;
      n_drawn += drawn;
    }
  cairo_surface_destroy (surface);
  g_assert_cmpuint (n_drawn, >, 85);
  g_assert_cmpuint (n_drawn, <, 230);
}

static void
test_the_plan_shows_where_there_is_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) tile = fill (fixture, ZOOM, COLUMN, ROW);

  g_assert_cmphex (color_at (tile, 10, 10), ==, LAND);
  g_assert_cmpuint (fake_tiles_get_n_asked (fixture->server), ==, 1);
}

static void
test_what_lies_below_shines_through (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) tile = NULL;

  give (fixture->pack, RED, NOTHING, ZOOM);
  give (fixture->server, BLUE, BLUE, ZOOM);
  tile = fill (fixture, ZOOM, COLUMN, ROW);
  g_assert_cmphex (color_at (tile, 10, 10), ==, 0xff0000);
  g_assert_cmphex (color_at (tile, 240, 10), ==, 0x0000ff);
}

static void
test_half_a_color_is_mixed_with_the_plan (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) tile = NULL;
  guint32 color;

  give (fixture->pack, 0x00000080, NOTHING, ZOOM);
  tile = fill (fixture, ZOOM, COLUMN, ROW);
  color = color_at (tile, 10, 10);
  g_assert_cmpint (ABS ((int) (color >> 16) - 0xf4 / 2), <=, 2);
  g_assert_cmphex (color_at (tile, 240, 10), ==, LAND);
}

/* A vector tile of water in the west and nothing in the east. */
static const char lake[] =
  "\x1a\x20\x0a\x05\x77\x61\x74\x65\x72\x12\x12\x18\x03\x22\x0e\x09\x00\x00\x1a\x80\x20\x00\x00\x80\x40"
  "\xff\x1f\x00\x0f\x28\x80\x20\x78\x02";

static void
give_lake (Fixture *fixture)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (lake, sizeof lake - 1);

  fake_tiles_put (fixture->pack, bytes, ZOOM);
}

static void
test_a_vector_tile_is_drawn_in_the_colors_of_the_plan (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) tile = NULL;

  give_lake (fixture);
  tile = fill (fixture, ZOOM, COLUMN, ROW);
  g_assert_cmphex (color_at (tile, 30, 10), ==, 0xb5dce6);
  g_assert_cmphex (color_at (tile, 120, 240), ==, 0xb5dce6);
  g_assert_cmphex (color_at (tile, 240, 240), ==, LAND);
  g_assert_cmpuint (fake_tiles_get_n_asked (fixture->server), ==, 0);
}

/* Lines are as sharp beyond the last zoom of a pack as on it. */
static void
test_a_vector_tile_is_sharp_when_it_is_enlarged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) west = NULL;
  g_autoptr (ShumateTile) east = NULL;

  give_lake (fixture);
  west = fill (fixture, ZOOM + 4, (COLUMN << 4) + 7, (ROW << 4) + 9);
  east = fill (fixture, ZOOM + 4, (COLUMN << 4) + 8, (ROW << 4) + 9);
  g_assert_cmphex (color_at (west, 220, 128), ==, 0xb5dce6);
  g_assert_cmphex (color_at (east, 40, 128), ==, LAND);
}

/* A picture of 256 pixels of a square that is 16 times as wide. */
static void
test_a_picture_of_a_smaller_zoom_is_enlarged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) west = NULL;
  g_autoptr (ShumateTile) east = NULL;
  g_autoptr (ShumateTile) middle = NULL;

  give (fixture->pack, RED, BLUE, ZOOM);
  west = fill (fixture, ZOOM + 4, COLUMN << 4, ROW << 4);
  east = fill (fixture, ZOOM + 4, (COLUMN << 4) + 15, (ROW << 4) + 15);
  middle = fill (fixture, ZOOM + 4, (COLUMN << 4) + 8, (ROW << 4) + 3);
  g_assert_cmphex (color_at (west, 0, 0), ==, 0xff0000);
  g_assert_cmphex (color_at (west, 255, 255), ==, 0xff0000);
  g_assert_cmphex (color_at (east, 255, 255), ==, 0x0000ff);
  g_assert_cmphex (color_at (middle, 128, 128), ==, 0x0000ff);
}

static void
test_the_plan_shows_while_the_network_is_slow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) tile = make_tile (ZOOM, COLUMN, ROW);
  GAsyncResult *result = NULL;
  KomekPlanSource *source;

  give (fixture->server, BLUE, BLUE, ZOOM);
  fake_tiles_hold (fixture->server, TRUE);
  source = begin (fixture, tile, NULL, &result);
  while (!shumate_tile_get_paintable (tile))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmphex (color_at (tile, 10, 10), ==, LAND);
  let_pass (20);
  g_assert_null (result);

  fake_tiles_hold (fixture->server, FALSE);
  finish (source, &result);
  g_assert_cmphex (color_at (tile, 10, 10), ==, 0x0000ff);
  g_assert_finalize_object (source);
}

static void
test_a_tile_that_has_left_is_let_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ShumateTile) tile = make_tile (ZOOM, COLUMN, ROW);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekPlanSource *source;

  fake_tiles_hold (fixture->server, TRUE);
  source = begin (fixture, tile, cancellable, &result);
  while (!shumate_tile_get_paintable (tile))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  fake_tiles_hold (fixture->server, FALSE);
  g_assert_false (
    shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  g_assert_finalize_object (source);
}

static void
test_what_is_no_picture_is_passed_over (Fixture *fixture, gconstpointer data)
{
  static const char *const junk[] = {
    "", "<html>", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe0", "RIFF\x10\x00\x00\x00WEBPVP8 ", "<svg/>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (junk); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (junk[i], MAX (1, strlen (junk[i])));
      g_autoptr (ShumateTile) tile = NULL;

      fake_tiles_put (fixture->pack, bytes, ZOOM);
      tile = fill (fixture, ZOOM, COLUMN, ROW);
      g_assert_cmphex (color_at (tile, 100, 100), ==, LAND);
    }
}

static void
test_only_sensible_sizes_are_decoded (void)
{
  static const struct
  {
    guint    side;
    gboolean good;
  } sizes[] = { { 1, TRUE }, { 256, TRUE }, { 512, TRUE }, { 1024, TRUE }, { 1025, FALSE }, { 5000, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = fake_picture (sizes[i].side, RED, RED);
      gboolean opaque;
      cairo_surface_t *surface = komek_tile_picture_decode (bytes, &opaque);

      g_assert_cmpint (surface != NULL, ==, sizes[i].good);
      g_assert_cmpint (opaque, ==, sizes[i].good);
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/tiles/a-pack-covers-the-plan-and-asks-no-network",
       test_a_pack_covers_the_plan_and_asks_no_network);
  ADD ("/tiles/a-picture-has-its-own-names-and-the-plan-none",
       test_a_picture_has_its_own_names_and_the_plan_none);
  ADD ("/tiles/the-borders-of-districts-show-on-a-pack",
       test_the_borders_of_districts_show_on_a_pack);
  ADD ("/tiles/the-plan-shows-where-there-is-nothing", test_the_plan_shows_where_there_is_nothing);
  ADD ("/tiles/what-lies-below-shines-through", test_what_lies_below_shines_through);
  ADD ("/tiles/half-a-color-is-mixed-with-the-plan", test_half_a_color_is_mixed_with_the_plan);
  ADD ("/tiles/a-vector-tile-is-drawn-in-the-colors-of-the-plan",
       test_a_vector_tile_is_drawn_in_the_colors_of_the_plan);
  ADD ("/tiles/a-vector-tile-is-sharp-when-it-is-enlarged",
       test_a_vector_tile_is_sharp_when_it_is_enlarged);
  ADD ("/tiles/a-picture-of-a-smaller-zoom-is-enlarged",
       test_a_picture_of_a_smaller_zoom_is_enlarged);
  ADD ("/tiles/the-plan-shows-while-the-network-is-slow",
       test_the_plan_shows_while_the_network_is_slow);
  ADD ("/tiles/a-tile-that-has-left-is-let-go", test_a_tile_that_has_left_is_let_go);
  ADD ("/tiles/what-is-no-picture-is-passed-over", test_what_is_no_picture_is_passed_over);
#undef ADD
  g_test_add_func ("/tiles/only-sensible-sizes-are-decoded", test_only_sensible_sizes_are_decoded);
  return g_test_run ();
}
