/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-error.h"
#include "komek-vector-tile.h"
#include "tile-writer.h"

static void
put_layer (GByteArray *tile, const char *name, const char *key, const char *value, guint extent,
           guint type, const int *steps, guint n_points)
{
  TileLayer *layer = tile_layer_new (name, extent);

  tile_layer_add (layer, type, steps, n_points, key, value, NULL);
  tile_layer_end (layer, tile);
}

static const int street[] = { 0, 2048, 4096, 0, 0, -1024 };
static const int square[] = { 1024, 1024, 1024, 0, 0, 1024, -1024, 0 };

static GBytes *
make_tile (void)
{
  GByteArray *tile = g_byte_array_new ();

  put_layer (tile, "transportation", "class", "primary", 4096, 2, street, 3);
  put_layer (tile, "water", "class", "lake", 4096, 3, square, 4);
  put_layer (tile, "streets", "kind", "residential", 8192, 2, street, 2);
  put_layer (tile, "transportation", "class", "ferry", 4096, 2, street, 2);
  put_layer (tile, "poi", "class", "shop", 4096, 2, street, 2);
  return g_byte_array_free_to_bytes (tile);
}

static void
assert_is_the_tile (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekVectorTile) tile = komek_vector_tile_new (bytes, &error);
  KomekVectorLine line;

  g_assert_no_error (error);
  g_assert_cmpuint (komek_vector_tile_get_n_lines (tile), ==, 3);
  line = komek_vector_tile_get_line (tile, 0);
  g_assert_cmpint (line.kind, ==, KOMEK_PLAN_AVENUE);
  g_assert_false (line.area);
  g_assert_cmpuint (line.n_points, ==, 3);
  g_assert_cmpfloat (line.points[0].x, ==, 0);
  g_assert_cmpfloat (line.points[0].y, ==, 0.5);
  g_assert_cmpfloat (line.points[2].x, ==, 1);
  g_assert_cmpfloat (line.points[2].y, ==, 0.25);
  line = komek_vector_tile_get_line (tile, 1);
  g_assert_cmpint (line.kind, ==, KOMEK_PLAN_WATER);
  g_assert_true (line.area);
  g_assert_cmpuint (line.n_points, ==, 4);
  g_assert_cmpfloat (line.points[2].x, ==, 0.5);
  line = komek_vector_tile_get_line (tile, 2);
  g_assert_cmpint (line.kind, ==, KOMEK_PLAN_STREET);
  g_assert_cmpfloat (line.points[1].x, ==, 0.5);
}

static void
test_reads_what_a_map_shows (void)
{
  g_autoptr (GBytes) bytes = make_tile ();

  assert_is_the_tile (bytes);
}

static void
test_reads_what_is_packed (void)
{
  g_autoptr (GBytes) bytes = make_tile ();
  g_autoptr (GBytes) packed = tile_pack (bytes);

  assert_is_the_tile (packed);
}

static void
test_an_empty_tile_has_nothing (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("", 0);
  g_autoptr (KomekVectorTile) tile = komek_vector_tile_new (bytes, NULL);

  g_assert_cmpuint (komek_vector_tile_get_n_lines (tile), ==, 0);
}

/* Each tile that breaks off is told, but for those that end between two layers. */
static void
test_half_a_tile_is_refused (void)
{
  g_autoptr (GBytes) bytes = make_tile ();
  gsize size = g_bytes_get_size (bytes);
  guint n_refused = 0;

  for (gsize length = 1; length < size; length++)
    {
      g_autoptr (GBytes) half = g_bytes_new_from_bytes (bytes, 0, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (KomekVectorTile) tile = komek_vector_tile_new (half, &error);

      if (tile)
        continue;
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
      n_refused++;
    }
  g_assert_cmpuint (n_refused, ==, size - 1 - 4);
}

static void
assert_refused (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekVectorTile) tile = komek_vector_tile_new (bytes, &error);

  g_assert_null (tile);
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

/* A few kilobytes that unpack to a gigabyte would fill the memory. */
static void
test_a_bomb_is_not_unpacked (void)
{
  gsize size = 100 << 20;
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (GBytes) packed = tile_pack (zeros);

  g_assert_cmpuint (g_bytes_get_size (packed), <, 200000);
  assert_refused (packed);
}

/* A command for more points than there are bytes. */
static void
test_a_count_that_lies_is_refused (void)
{
  static const guint8 tags[] = { 0, 0 };
  g_autoptr (GByteArray) layer = g_byte_array_new ();
  g_autoptr (GByteArray) feature = g_byte_array_new ();
  g_autoptr (GByteArray) geometry = g_byte_array_new ();
  GByteArray *tile = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  tile_put_varint (geometry, G_GUINT64_CONSTANT (0xfffffffffffffff8) | 2);
  tile_put_varint (geometry, 2);
  tile_put_text (layer, 1, "water");
  tile_put_body (feature, 2, tags, sizeof tags);
  tile_put_varint (feature, 3 << 3);
  tile_put_varint (feature, 3);
  tile_put_body (feature, 4, geometry->data, geometry->len);
  tile_put_body (layer, 2, feature->data, feature->len);
  tile_put_body (tile, 3, layer->data, layer->len);
  bytes = g_byte_array_free_to_bytes (tile);
  assert_refused (bytes);
}

static void
test_steps_into_nowhere_stay_near (void)
{
  static const int far[] = { 2000000000, 2000000000, 2000000000, -2000000000, 5, 5 };
  GByteArray *tile = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KomekVectorTile) read = NULL;
  KomekVectorLine line;

  put_layer (tile, "waterway", "class", "river", 4096, 2, far, 3);
  bytes = g_byte_array_free_to_bytes (tile);
  read = komek_vector_tile_new (bytes, NULL);
  line = komek_vector_tile_get_line (read, 0);
  for (guint i = 0; i < line.n_points; i++)
    g_assert_true (fabsf (line.points[i].x) <= 8 && fabsf (line.points[i].y) <= 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vector/reads-what-a-map-shows", test_reads_what_a_map_shows);
  g_test_add_func ("/vector/reads-what-is-packed", test_reads_what_is_packed);
  g_test_add_func ("/vector/an-empty-tile-has-nothing", test_an_empty_tile_has_nothing);
  g_test_add_func ("/vector/half-a-tile-is-refused", test_half_a_tile_is_refused);
  g_test_add_func ("/vector/a-bomb-is-not-unpacked", test_a_bomb_is_not_unpacked);
  g_test_add_func ("/vector/a-count-that-lies-is-refused", test_a_count_that_lies_is_refused);
  g_test_add_func ("/vector/steps-into-nowhere-stay-near", test_steps_into_nowhere_stay_near);
  return g_test_run ();
}
