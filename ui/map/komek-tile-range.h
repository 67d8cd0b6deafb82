/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-map-frame.h"

/**
 * KomekTileRange:
 * @zoom: of the tiles
 * @side: how wide one of them is shown, in pixels
 * @column: the first one
 * @row: likewise
 * @end_column: behind the last one
 * @end_row: likewise
 *
 * The tiles of a zoom that a layer shows.
 */
typedef struct
{
  guint  zoom;
  double side;
  guint  column, row, end_column, end_row;
} KomekTileRange;

KomekTileRange komek_tile_range_find (const KomekMapFrame *frame, guint zoom);
void komek_tile_range_begin (const KomekTileRange *self, const KomekMapFrame *frame,
                             GtkSnapshot *snapshot, guint column, guint row);
