/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-bounds.h"

/**
 * KomekMapTrouble:
 * @KOMEK_MAP_TROUBLE_NONE: all is well
 * @KOMEK_MAP_TROUBLE_NO_FILE: the file is not there, or may not be read
 * @KOMEK_MAP_TROUBLE_NO_PACK: the file is no map pack at all
 * @KOMEK_MAP_TROUBLE_DAMAGED: the file breaks off, or is broken inside
 * @KOMEK_MAP_TROUBLE_EMPTY: there is nothing in it to draw
 * @KOMEK_MAP_TROUBLE_FORMAT: its tiles are of a form that we cannot read
 * @KOMEK_MAP_TROUBLE_PROJECTION: its coordinates are of another system
 * @KOMEK_MAP_TROUBLE_SWAPPED: its coordinates stand the wrong way round; they were turned
 * @KOMEK_MAP_TROUBLE_PARTS: parts of it make no sense and are left out
 * @KOMEK_MAP_TROUBLE_TOO_LARGE: it is larger than any plan of a city
 * @KOMEK_MAP_TROUBLE_ELSEWHERE: it is of another place
 * @KOMEK_MAP_TROUBLE_UNREACHABLE: nobody answers
 * @KOMEK_MAP_TROUBLE_SLOW: the answer does not come in time
 * @KOMEK_MAP_TROUBLE_REFUSED: the server says no
 * @KOMEK_MAP_TROUBLE_NO_PICTURES: what the server gives is no picture
 *
 * Why a part of the map does not show, or not all of it. `ui` has a sentence for each.
 */
typedef enum
{
  KOMEK_MAP_TROUBLE_NONE,
  KOMEK_MAP_TROUBLE_NO_FILE,
  KOMEK_MAP_TROUBLE_NO_PACK,
  KOMEK_MAP_TROUBLE_DAMAGED,
  KOMEK_MAP_TROUBLE_EMPTY,
  KOMEK_MAP_TROUBLE_FORMAT,
  KOMEK_MAP_TROUBLE_PROJECTION,
  KOMEK_MAP_TROUBLE_SWAPPED,
  KOMEK_MAP_TROUBLE_PARTS,
  KOMEK_MAP_TROUBLE_TOO_LARGE,
  KOMEK_MAP_TROUBLE_ELSEWHERE,
  KOMEK_MAP_TROUBLE_UNREACHABLE,
  KOMEK_MAP_TROUBLE_SLOW,
  KOMEK_MAP_TROUBLE_REFUSED,
  KOMEK_MAP_TROUBLE_NO_PICTURES,
} KomekMapTrouble;

#define KOMEK_TYPE_MAP_TROUBLE (komek_map_trouble_get_type ())
GType komek_map_trouble_get_type (void);

#define KOMEK_TYPE_TILES (komek_tiles_get_type ())
G_DECLARE_INTERFACE (KomekTiles, komek_tiles, KOMEK, TILES, GObject)

/**
 * KomekTiles:
 *
 * Where the pictures of a map come from: a map pack, a server. A port.
 *
 * Each is of one square of the Mercator projection, columns from the west and rows from the north:
 * PNG, JPEG or WebP, or a vector tile, whose lines we draw ourselves.
 *
 * Properties: `name` (what to call it: the name of a file, of a host), `attribution` (nullable:
 * who made it, as text), `trouble` (#KomekMapTrouble; it may change at any time), `bounds`
 * (nullable #KomekBounds: where it has anything).
 *
 * Signal `changed`: what was not there when it was asked for may be there now.
 */
struct _KomekTilesInterface
{
  GTypeInterface parent;

  gboolean (*is_remote) (KomekTiles *self);
  void (*load_async) (KomekTiles *self, guint zoom, guint column, guint row,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  GBytes *(*load_finish) (KomekTiles *self, GAsyncResult *result, guint *zoom, GError **error);
};

char *komek_tiles_dup_name (KomekTiles *self);
char *komek_tiles_dup_attribution (KomekTiles *self);
KomekMapTrouble komek_tiles_get_trouble (KomekTiles *self);
KomekBounds *komek_tiles_dup_bounds (KomekTiles *self);
gboolean komek_tiles_is_remote (KomekTiles *self);
void komek_tiles_load_async (KomekTiles *self, guint zoom, guint column, guint row,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);
GBytes *komek_tiles_load_finish (KomekTiles *self, GAsyncResult *result, guint *zoom,
                                 GError **error);
void komek_tiles_changed (KomekTiles *self);
