/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Writes vector tiles by hand, as the specification says; so a mistake that reader and writer share
 * is not hidden by a library. */

void tile_put_varint (GByteArray *to, guint64 value);
void tile_put_body (GByteArray *to, guint field, gconstpointer data, gsize size);
void tile_put_text (GByteArray *to, guint field, const char *text);
GByteArray *tile_make_geometry (const int *steps, guint n_points, gboolean close);

typedef struct _TileLayer TileLayer;

TileLayer *tile_layer_new (const char *name, guint extent);
void tile_layer_add (TileLayer *self, guint type, const int *steps, guint n_points, ...)
  G_GNUC_NULL_TERMINATED;
void tile_layer_end (TileLayer *self, GByteArray *tile);
GBytes *tile_pack (GBytes *bytes);
