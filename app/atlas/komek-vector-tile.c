/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-vector-tile.h"

#include <gio/gio.h>
#include <string.h>

#include "komek-error.h"
#include "komek-protobuf.h"
#include "komek-vector-kind.h"

#define LARGEST_TILE (16 << 20) /* bytes, unpacked */
#define MOST_POINTS 1000000
#define MOST_KEYS 10000
#define USUAL_EXTENT 4096
#define FARTHEST 8              /* tiles from its edge; what is beyond is moved there */

/* The numbers of fields in the Mapbox Vector Tile Specification 2.1. */
enum { TILE_LAYER = 3 };
enum { LAYER_NAME = 1, LAYER_FEATURE = 2, LAYER_KEY = 3, LAYER_VALUE = 4, LAYER_EXTENT = 5 };
enum { FEATURE_TAGS = 2, FEATURE_TYPE = 3, FEATURE_GEOMETRY = 4 };
enum { VALUE_TEXT = 1 };
enum { TYPE_LINE = 2, TYPE_AREA = 3 };
enum { MOVE_TO = 1, LINE_TO = 2, CLOSE_PATH = 7 };

/**
 * KomekVectorTile:
 *
 * A square of a map as lines, by the Mapbox Vector Tile Specification 2.1, packed with gzip or not.
 *
 * Only what a map of a city shows is kept, as shapes of a few kinds. Immutable and counted.
 */
struct _KomekVectorTile
{
  gatomicrefcount refs;
  GArray         *points; /* of KomekVectorPoint */
  GArray         *lines;  /* of Line */
};

typedef struct
{
  KomekPlanKind   kind;
  gboolean        area;
  guint           first, n;
} Line;

/* A layer while it is read. */
typedef struct
{
  char      *name;
  GPtrArray *keys;   /* of texts */
  GPtrArray *values; /* of texts, NULL for what is none */
  GArray    *features; /* of KomekProtobuf */
  guint      extent;
} Layer;

G_DEFINE_BOXED_TYPE (KomekVectorTile, komek_vector_tile, komek_vector_tile_ref,
                     komek_vector_tile_unref)

static void
layer_clear (Layer *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->values);
  g_array_unref (self->features);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layer, layer_clear)

static KomekVectorPoint
make_point (gint64 x, gint64 y, guint extent)
{
  gint64 most = (gint64) extent * FARTHEST;

  return (KomekVectorPoint) { (float) CLAMP (x, -most, most) / (float) extent,
                              (float) CLAMP (y, -most, most) / (float) extent };
}

static void
end_line (KomekVectorTile *self, Line *line)
{
  line->n = self->points->len - line->first;
  if (line->n >= (line->area ? 3u : 2u))
    g_array_append_vals (self->lines, line, 1);
  else
    g_array_set_size (self->points, line->first);
  line->first = self->points->len;
}

/* Points that follow each other by steps: "2 up, 3 to the right". What overflows is wrapped, for
 * it makes no sense either way. */
static gboolean
read_points (KomekVectorTile *self, KomekProtobuf *geometry, guint count, guint64 *x, guint64 *y,
             guint extent)
{
  for (guint i = 0; i < count; i++)
    {
      guint64 dx, dy;
      KomekVectorPoint point;

      if (self->points->len >= MOST_POINTS || !komek_protobuf_read_varint (geometry, &dx)
          || !komek_protobuf_read_varint (geometry, &dy))
        return FALSE;
      *x += (guint64) komek_protobuf_unzigzag (dx);
      *y += (guint64) komek_protobuf_unzigzag (dy);
      point = make_point ((gint64) (gint32) *x, (gint64) (gint32) *y, extent);
      g_array_append_val (self->points, point);
    }
  return TRUE;
}

static gboolean
read_geometry (KomekVectorTile *self, KomekProtobuf geometry, Line line, guint extent)
{
  guint64 command, x = 0, y = 0;

  line.first = self->points->len;
  while (geometry.left > 0)
    {
      if (!komek_protobuf_read_varint (&geometry, &command))
        return FALSE;
      switch (command & 7)
        {
        case MOVE_TO:
          end_line (self, &line);
          G_GNUC_FALLTHROUGH;
        case LINE_TO:
          if (command >> 3 > MOST_POINTS
              || !read_points (self, &geometry, (guint) (command >> 3), &x, &y, extent))
            return FALSE;
          break;
        case CLOSE_PATH:
          break;
        default:
          return FALSE;
        }
    }
  end_line (self, &line);
  return TRUE;
}

/* What the feature says of itself under `class` or `kind`. */
static const char *
find_value (const Layer *layer, KomekProtobuf tags)
{
  guint64 key, value;

  while (tags.left > 0 && komek_protobuf_read_varint (&tags, &key)
         && komek_protobuf_read_varint (&tags, &value))
    {
      const char *name = key < layer->keys->len ? layer->keys->pdata[key] : NULL;

      if (value < layer->values->len
          && (g_strcmp0 (name, "class") == 0 || g_strcmp0 (name, "kind") == 0))
        return layer->values->pdata[value];
    }
  return NULL;
}

static gboolean
read_feature (KomekVectorTile *self, const Layer *layer, KomekProtobuf feature)
{
  KomekProtobuf tags = { 0 }, geometry = { 0 };
  KomekProtobufField field;
  guint64 type = 0;
  Line line = { 0 };

  while (feature.left > 0)
    {
      if (!komek_protobuf_read_field (&feature, &field))
        return FALSE;
      if (field.number == FEATURE_TAGS)
        tags = field.body;
      else if (field.number == FEATURE_GEOMETRY)
        geometry = field.body;
      else if (field.number == FEATURE_TYPE)
        type = field.value;
    }
  line.area = type == TYPE_AREA;
  if ((type != TYPE_LINE && type != TYPE_AREA)
      || !komek_vector_kind_find (layer->name, find_value (layer, tags), &line.kind))
    return TRUE;
  return read_geometry (self, geometry, line, layer->extent);
}

/* A value is a message of which a text is the first field. */
static gboolean
take_value (Layer *layer, KomekProtobuf value)
{
  KomekProtobufField field;
  char *text = NULL;

  while (value.left > 0)
    {
      if (!komek_protobuf_read_field (&value, &field))
        {
          g_free (text);
          return FALSE;
        }
      if (field.number == VALUE_TEXT && !text)
        text = komek_protobuf_dup_text (&field.body);
    }
  g_ptr_array_add (layer->values, text);
  return TRUE;
}

static gboolean
take_field (Layer *layer, const KomekProtobufField *field)
{
  if (layer->keys->len > MOST_KEYS || layer->values->len > MOST_KEYS)
    return FALSE;

  switch (field->number)
    {
    case LAYER_NAME:
      g_free (layer->name);
      layer->name = komek_protobuf_dup_text (&field->body);
      return TRUE;
    case LAYER_FEATURE:
      g_array_append_val (layer->features, field->body);
      return TRUE;
    case LAYER_KEY:
      g_ptr_array_add (layer->keys, komek_protobuf_dup_text (&field->body));
      return TRUE;
    case LAYER_VALUE:
      return take_value (layer, field->body);
    case LAYER_EXTENT:
      layer->extent = (guint) CLAMP (field->value, 1, 65536);
      return TRUE;
    default:
      return TRUE;
    }
}

/* Keys and values may stand behind the features that use them. */
static gboolean
read_layer (KomekVectorTile *self, KomekProtobuf body)
{
  g_auto (Layer) layer = { g_strdup (""), g_ptr_array_new_with_free_func (g_free),
                           g_ptr_array_new_with_free_func (g_free),
                           g_array_new (FALSE, FALSE, sizeof (KomekProtobuf)), USUAL_EXTENT };
  KomekProtobufField field;

  while (body.left > 0)
    if (!komek_protobuf_read_field (&body, &field) || !take_field (&layer, &field))
      return FALSE;
  for (guint i = 0; i < layer.features->len; i++)
    if (!read_feature (self, &layer, g_array_index (layer.features, KomekProtobuf, i)))
      return FALSE;
  return TRUE;
}

static gboolean
read_tile (KomekVectorTile *self, KomekProtobuf tile)
{
  KomekProtobufField field;

  while (tile.left > 0)
    if (!komek_protobuf_read_field (&tile, &field)
        || (field.number == TILE_LAYER && !read_layer (self, field.body)))
      return FALSE;
  return TRUE;
}

static gboolean
is_packed (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size > 2 && data[0] == 0x1f && data[1] == 0x8b;
}

/* A few bytes may unpack to any size; they are not taken farther than a tile can be. */
static GBytes *
unpack (GBytes *bytes, GError **error)
{
  g_autoptr (GConverter) gunzip =
    G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (packed, gunzip);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  guint8 chunk[16384];
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, sizeof chunk, NULL, error)) > 0)
    {
      g_byte_array_append (whole, chunk, (guint) n);
      if (whole->len > LARGEST_TILE)
        {
          g_set_error_literal (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The tile is too large");
          return NULL;
        }
    }
  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&whole));
}

/**
 * komek_vector_tile_new:
 * @bytes: a tile, packed with gzip or not
 *
 * Reads a tile. What a map does not show is left out.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where it is none, or breaks off.
 *
 * Returns: (transfer full): the tile
 */
KomekVectorTile *
komek_vector_tile_new (GBytes *bytes, GError **error)
{
  g_autoptr (KomekVectorTile) self = g_new0 (KomekVectorTile, 1);
  g_autoptr (GError) why = NULL;
  g_autoptr (GBytes) plain = is_packed (bytes) ? unpack (bytes, &why) : g_bytes_ref (bytes);

  g_atomic_ref_count_init (&self->refs);
  self->points = g_array_new (FALSE, FALSE, sizeof (KomekVectorPoint));
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  if (plain && g_bytes_get_size (plain) <= LARGEST_TILE
      && read_tile (self, komek_protobuf_of (plain)))
    return g_steal_pointer (&self);

  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "Not a vector tile: %s",
               why ? why->message : "it breaks off");
  return NULL;
}

KomekVectorTile *
komek_vector_tile_ref (KomekVectorTile *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_vector_tile_unref (KomekVectorTile *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->points);
  g_array_unref (self->lines);
  g_free (self);
}

guint
komek_vector_tile_get_n_lines (const KomekVectorTile *self)
{
  return self->lines->len;
}

KomekVectorLine
komek_vector_tile_get_line (const KomekVectorTile *self, guint position)
{
  const Line *line = &g_array_index (self->lines, Line, position);

  return (KomekVectorLine) { line->kind, line->area,
                             &g_array_index (self->points, KomekVectorPoint, line->first),
                             line->n };
}
