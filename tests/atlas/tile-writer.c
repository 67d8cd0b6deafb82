/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile-writer.h"

#include <gio/gio.h>
#include <string.h>

struct _TileLayer
{
  GByteArray *body;
  GPtrArray  *keys;
  GPtrArray  *values;
  guint       extent;
};

void
tile_put_varint (GByteArray *to, guint64 value)
{
  do
    {
      guint8 byte = (value & 0x7f) | (value > 0x7f ? 0x80 : 0);

      g_byte_array_append (to, &byte, 1);
      value >>= 7;
    }
  while (value > 0);
}

void
tile_put_body (GByteArray *to, guint field, gconstpointer data, gsize size)
{
  tile_put_varint (to, field << 3 | 2);
  tile_put_varint (to, size);
  g_byte_array_append (to, data, (guint) size);
}

void
tile_put_text (GByteArray *to, guint field, const char *text)
{
  tile_put_body (to, field, text, strlen (text));
}

static guint64
zigzag (gint64 value)
{
  return value < 0 ? (guint64) (-value) * 2 - 1 : (guint64) value * 2;
}

/* @steps: x and y of each point from the one before; the first is gone to, the others drawn to */
GByteArray *
tile_make_geometry (const int *steps, guint n_points, gboolean close)
{
  GByteArray *geometry = g_byte_array_new ();

  tile_put_varint (geometry, 1 << 3 | 1);
  tile_put_varint (geometry, zigzag (steps[0]));
  tile_put_varint (geometry, zigzag (steps[1]));
  if (n_points > 1)
    tile_put_varint (geometry, (n_points - 1) << 3 | 2);
  for (guint i = 1; i < n_points; i++)
    {
      tile_put_varint (geometry, zigzag (steps[2 * i]));
      tile_put_varint (geometry, zigzag (steps[2 * i + 1]));
    }
  if (close)
    tile_put_varint (geometry, 1 << 3 | 7);
  return geometry;
}

TileLayer *
tile_layer_new (const char *name, guint extent)
{
  TileLayer *self = g_new (TileLayer, 1);

  *self = (TileLayer) { g_byte_array_new (), g_ptr_array_new_with_free_func (g_free),
                        g_ptr_array_new_with_free_func (g_free), extent };
  tile_put_text (self->body, 1, name);
  return self;
}

static guint
find_or_add (GPtrArray *texts, const char *text)
{
  guint position;

  if (g_ptr_array_find_with_equal_func (texts, text, g_str_equal, &position))
    return position;
  g_ptr_array_add (texts, g_strdup (text));
  return texts->len - 1;
}

/* @...: keys and values in turn, and NULL; a value of NULL leaves both out */
void
tile_layer_add (TileLayer *self, guint type, const int *steps, guint n_points, ...)
{
  g_autoptr (GByteArray) feature = g_byte_array_new ();
  g_autoptr (GByteArray) tags = g_byte_array_new ();
  g_autoptr (GByteArray) geometry = tile_make_geometry (steps, n_points, type == 3);
  va_list arguments;

  va_start (arguments, n_points);
  for (const char *key; (key = va_arg (arguments, const char *));)
    {
      const char *value = va_arg (arguments, const char *);

      if (!value)
        continue;
      tile_put_varint (tags, find_or_add (self->keys, key));
      tile_put_varint (tags, find_or_add (self->values, value));
    }
  va_end (arguments);
  tile_put_body (feature, 2, tags->data, tags->len);
  tile_put_varint (feature, 3 << 3);
  tile_put_varint (feature, type);
  tile_put_body (feature, 4, geometry->data, geometry->len);
  tile_put_body (self->body, 2, feature->data, feature->len);
}

/* Puts it into a tile and frees it. */
void
tile_layer_end (TileLayer *self, GByteArray *tile)
{
  for (guint i = 0; i < self->keys->len; i++)
    tile_put_text (self->body, 3, self->keys->pdata[i]);
  for (guint i = 0; i < self->values->len; i++)
    {
      g_autoptr (GByteArray) value = g_byte_array_new ();

      tile_put_text (value, 1, self->values->pdata[i]);
      tile_put_body (self->body, 4, value->data, value->len);
    }
  tile_put_varint (self->body, 5 << 3);
  tile_put_varint (self->body, self->extent);
  tile_put_varint (self->body, 15 << 3);
  tile_put_varint (self->body, 2);
  tile_put_body (tile, 3, self->body->data, self->body->len);
  g_byte_array_unref (self->body);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/* As packs keep them. */
GBytes *
tile_pack (GBytes *bytes)
{
  g_autoptr (GConverter) gzip =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, gzip);

  g_assert_true (g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL),
                                            g_bytes_get_size (bytes), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}
