/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-vector-tile.h"

#include "komek-vector-kind.h"
#include "komek-vector-layer.h"

/**
 * KomekVectorTile:
 *
 * A square of a map as lines, of a vector tile.
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
  KomekVectorSpan span;
} Line;

G_DEFINE_BOXED_TYPE (KomekVectorTile, komek_vector_tile, komek_vector_tile_ref,
                     komek_vector_tile_unref)

/* What the feature says of itself under `class` or `kind`. */
static const char *
find_class (const KomekVectorLayer *layer, KomekProtobuf tags)
{
  const char *value;
  guint key;

  while (komek_vector_feature_read_tag (layer, &tags, &key, &value))
    if (g_str_equal (layer->keys->pdata[key], "class")
        || g_str_equal (layer->keys->pdata[key], "kind"))
      return value;
  return NULL;
}

static gboolean
read_feature (KomekVectorTile *self, const KomekVectorLayer *layer, KomekProtobuf body)
{
  g_autoptr (GArray) spans = NULL;
  KomekVectorFeature feature;
  Line line;

  if (!komek_vector_feature_read (body, &feature))
    return FALSE;
  line.area = feature.type == KOMEK_VECTOR_AREAS;
  if ((feature.type != KOMEK_VECTOR_LINES && !line.area)
      || !komek_vector_kind_find (layer->name, find_class (layer, feature.tags), &line.kind))
    return TRUE;
  spans = g_array_new (FALSE, FALSE, sizeof (KomekVectorSpan));
  if (!komek_vector_geometry_read (feature.geometry, layer->extent, line.area ? 3 : 2,
                                   self->points, spans))
    return FALSE;
  for (guint i = 0; i < spans->len; i++)
    {
      line.span = g_array_index (spans, KomekVectorSpan, i);
      g_array_append_val (self->lines, line);
    }
  return TRUE;
}

static gboolean
read_layer (const KomekVectorLayer *layer, gpointer data)
{
  for (guint i = 0; i < layer->features->len; i++)
    if (!read_feature (data, layer, g_array_index (layer->features, KomekProtobuf, i)))
      return FALSE;
  return TRUE;
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

  g_atomic_ref_count_init (&self->refs);
  self->points = g_array_new (FALSE, FALSE, sizeof (KomekVectorPoint));
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  return komek_vector_layer_visit (bytes, komek_vector_kind_is_layer, read_layer, self, error)
           ? g_steal_pointer (&self)
           : NULL;
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
                             &g_array_index (self->points, KomekVectorPoint, line->span.first),
                             line->span.n };
}
