/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clock.h"
#include "komek-tiles.h"

/**
 * KomekTileServerLimits:
 * @connect: milliseconds until a connection stands
 * @total: milliseconds for a whole tile
 * @first_pause: milliseconds until a server that failed is asked again; it doubles from then on
 * @longest_pause: milliseconds, likewise, at most
 * @fresh: seconds for which a tile that was kept is not asked for again
 * @cache_bytes: how much is kept on disk
 *
 * What a tile server may take of our time and disk; 0 for the usual.
 */
typedef struct
{
  guint   connect;
  guint   total;
  guint   first_pause;
  guint   longest_pause;
  guint   fresh;
  guint64 cache_bytes;
} KomekTileServerLimits;

#define KOMEK_TYPE_TILE_SERVER (komek_tile_server_get_type ())
G_DECLARE_FINAL_TYPE (KomekTileServer, komek_tile_server, KOMEK, TILE_SERVER, GObject)

KomekTileServer *komek_tile_server_new (const char *url, const char *attribution,
                                        const char *contact,
                                        const char *cache_folder, KomekClock *clock,
                                        const KomekTileServerLimits *limits);
void komek_tile_server_drain (KomekTileServer *self);
