/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * KomekCachedTile:
 * @bytes: the picture
 * @zoom: of the picture; smaller than was asked for where it is of a square around
 * @checked: seconds since 1970 when the server last said that it is right
 * @etag: what the server calls it, "" for nothing
 *
 * A picture that was kept.
 */
typedef struct
{
  GBytes *bytes;
  guint   zoom;
  gint64  checked;
  char   *etag;
} KomekCachedTile;

void komek_cached_tile_free (KomekCachedTile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekCachedTile, komek_cached_tile_free)

#define KOMEK_TYPE_TILE_CACHE (komek_tile_cache_get_type ())
G_DECLARE_FINAL_TYPE (KomekTileCache, komek_tile_cache, KOMEK, TILE_CACHE, GObject)

KomekTileCache *komek_tile_cache_new (const char *folder, guint64 most_bytes);
void komek_tile_cache_read_async (KomekTileCache *self, guint zoom, guint column, guint row,
                                  gboolean around, GAsyncReadyCallback callback, gpointer data);
KomekCachedTile *komek_tile_cache_read_finish (KomekTileCache *self, GAsyncResult *result);
void komek_tile_cache_write (KomekTileCache *self, guint zoom, guint column, guint row,
                             GBytes *bytes, const char *etag, gint64 checked);
void komek_tile_cache_drain (KomekTileCache *self);
