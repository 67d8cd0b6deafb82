/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-vector-layer.h"

#include "komek-error.h"

#define LARGEST_TILE (16 << 20) /* bytes, unpacked */
#define MOST_KEYS 10000
#define USUAL_EXTENT 4096

/* The numbers of fields in the Mapbox Vector Tile Specification 2.1. */
enum { TILE_LAYER = 3 };
enum { LAYER_NAME = 1, LAYER_FEATURE = 2, LAYER_KEY = 3, LAYER_VALUE = 4, LAYER_EXTENT = 5 };
enum { FEATURE_TAGS = 2, FEATURE_TYPE = 3, FEATURE_GEOMETRY = 4 };
enum { VALUE_TEXT = 1 };

static void
layer_clear (KomekVectorLayer *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->values);
  g_array_unref (self->features);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KomekVectorLayer, layer_clear)

/* A value is a message of which a text is the first field. */
static gboolean
take_value (KomekVectorLayer *layer, KomekProtobuf value)
{
  g_autofree char *text = NULL;
  KomekProtobufField field;

  while (value.left > 0)
    {
      if (!komek_protobuf_read_field (&value, &field))
        return FALSE;
      if (field.number == VALUE_TEXT && !text)
        text = komek_protobuf_dup_text (&field.body);
    }
  g_ptr_array_add (layer->values, g_steal_pointer (&text));
  return TRUE;
}

static gboolean
take_field (KomekVectorLayer *layer, const KomekProtobufField *field)
{
  if (layer->keys->len > MOST_KEYS || layer->values->len > MOST_KEYS)
    return FALSE;

  switch (field->number)
    {
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

/* Its name may stand behind all that it names. */
static gboolean
read_name (KomekProtobuf body, char **name)
{
  KomekProtobufField field;

  while (body.left > 0)
    {
      if (!komek_protobuf_read_field (&body, &field))
        return FALSE;
      if (field.number != LAYER_NAME)
        continue;
      g_free (*name);
      *name = komek_protobuf_dup_text (&field.body);
    }
  return TRUE;
}

/* Keys and values may stand behind the features that use them. */
static gboolean
read_layer (KomekProtobuf body, KomekVectorLayerWish wish, KomekVectorLayerFunc visit,
            gpointer data)
{
  g_auto (KomekVectorLayer) layer = { g_strdup (""), g_ptr_array_new_with_free_func (g_free),
                                      g_ptr_array_new_with_free_func (g_free),
                                      g_array_new (FALSE, FALSE, sizeof (KomekProtobuf)),
                                      USUAL_EXTENT };
  KomekProtobufField field;

  if (!read_name (body, &layer.name))
    return FALSE;
  if (!wish (layer.name))
    return TRUE;
  while (body.left > 0)
    if (!komek_protobuf_read_field (&body, &field) || !take_field (&layer, &field))
      return FALSE;
  return visit (&layer, data);
}

static gboolean
read_tile (GBytes *plain, KomekVectorLayerWish wish, KomekVectorLayerFunc visit, gpointer data)
{
  KomekProtobuf tile = komek_protobuf_of (plain);
  KomekProtobufField field;

  while (tile.left > 0)
    if (!komek_protobuf_read_field (&tile, &field)
        || (field.number == TILE_LAYER && !read_layer (field.body, wish, visit, data)))
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
 * komek_vector_layer_visit:
 * @tile: a vector tile, packed with gzip or not
 * @wish: whether a layer of this name is to be read
 * @visit: (scope call): what is done with each of these; %FALSE where it makes no sense
 *
 * Reads a tile by the Mapbox Vector Tile Specification 2.1, layer by layer.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where it is none, or breaks off.
 *
 * Returns: whether it came to its end
 */
gboolean
komek_vector_layer_visit (GBytes *tile, KomekVectorLayerWish wish, KomekVectorLayerFunc visit,
                          gpointer data, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GBytes) plain = is_packed (tile) ? unpack (tile, &why) : g_bytes_ref (tile);

  if (plain && g_bytes_get_size (plain) <= LARGEST_TILE && read_tile (plain, wish, visit, data))
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "Not a vector tile: %s",
               why ? why->message : "it breaks off");
  return FALSE;
}

/* Returns: %FALSE where it breaks off */
gboolean
komek_vector_feature_read (KomekProtobuf body, KomekVectorFeature *feature)
{
  KomekProtobufField field;

  *feature = (KomekVectorFeature) { 0 };
  while (body.left > 0)
    {
      if (!komek_protobuf_read_field (&body, &field))
        return FALSE;
      if (field.number == FEATURE_TAGS)
        feature->tags = field.body;
      else if (field.number == FEATURE_GEOMETRY)
        feature->geometry = field.body;
      else if (field.number == FEATURE_TYPE)
        feature->type = (guint) MIN (field.value, G_MAXUINT);
    }
  return TRUE;
}

/**
 * komek_vector_feature_read_tag:
 * @tags: what is left of the tags of a feature
 * @key: (out): a place in the keys of the layer
 * @value: (out) (nullable): what it says of that, where it is a text
 *
 * Returns: %FALSE behind the last one, and behind the first that the layer does not have
 */
gboolean
komek_vector_feature_read_tag (const KomekVectorLayer *layer, KomekProtobuf *tags, guint *key,
                               const char **value)
{
  guint64 first, second;

  if (tags->left == 0 || !komek_protobuf_read_varint (tags, &first)
      || !komek_protobuf_read_varint (tags, &second) || first >= layer->keys->len
      || second >= layer->values->len)
    return FALSE;
  *key = (guint) first;
  *value = layer->values->pdata[second];
  return TRUE;
}
