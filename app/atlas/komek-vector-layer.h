/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-protobuf.h"

/**
 * KomekVectorType:
 *
 * What the geometry of a feature is, by the numbers of the Mapbox Vector Tile Specification 2.1.
 */
typedef enum
{
  KOMEK_VECTOR_POINTS = 1,
  KOMEK_VECTOR_LINES = 2,
  KOMEK_VECTOR_AREAS = 3,
} KomekVectorType;

/**
 * KomekVectorLayer:
 * @keys: (element-type utf8): what its features may say something of
 * @values: (element-type utf8): what they may say; %NULL for what is no text
 * @features: (element-type KomekProtobuf): still packed; komek_vector_feature_read() unpacks one
 * @extent: how many steps a side of the tile has
 *
 * A layer of a vector tile while it is read.
 */
typedef struct
{
  char      *name;
  GPtrArray *keys;
  GPtrArray *values;
  GArray    *features;
  guint      extent;
} KomekVectorLayer;

/**
 * KomekVectorFeature:
 * @type: a #KomekVectorType, or 0
 * @tags: pairs of places in the keys and the values of its layer
 * @geometry: for komek_vector_geometry_read()
 *
 * Something on the map, as it stands in its layer.
 */
typedef struct
{
  guint         type;
  KomekProtobuf tags;
  KomekProtobuf geometry;
} KomekVectorFeature;

typedef gboolean (*KomekVectorLayerWish) (const char *name);
typedef gboolean (*KomekVectorLayerFunc) (const KomekVectorLayer *layer, gpointer data);

gboolean komek_vector_layer_visit (GBytes *tile, KomekVectorLayerWish wish,
                                   KomekVectorLayerFunc visit, gpointer data, GError **error);
gboolean komek_vector_feature_read (KomekProtobuf body, KomekVectorFeature *feature);
gboolean komek_vector_feature_read_tag (const KomekVectorLayer *layer, KomekProtobuf *tags,
                                        guint *key, const char **value);
