/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-tile-range.h"

#include "komek-plan-painter.h"

#include <math.h>

KomekTileRange
komek_tile_range_find (const KomekMapFrame *frame, guint zoom)
{
  double n = ldexp (1, (int) zoom);

  return (KomekTileRange) {
    zoom,
    frame->world / n,
    (guint) CLAMP (floor (frame->box.x0 * n), 0, n - 1),
    (guint) CLAMP (floor (frame->box.y0 * n), 0, n - 1),
    (guint) CLAMP (ceil (frame->box.x1 * n), 1, n),
    (guint) CLAMP (ceil (frame->box.y1 * n), 1, n),
  };
}

/**
 * komek_tile_range_begin:
 *
 * Saves @snapshot and moves it so that a picture of 256 pixels a side becomes the tile.
 *
 * It begins on a whole pixel and ends where the next one begins: between two
 * of them it would be computed instead of copied, and show a seam.
 */
void
komek_tile_range_begin (const KomekTileRange *self, const KomekMapFrame *frame,
                        GtkSnapshot *snapshot, guint column, guint row)
{
  double left = frame->box.x0 * frame->world, top = frame->box.y0 * frame->world;
  double x = round (column * self->side - left), y = round (row * self->side - top);
  double wide = round ((column + 1) * self->side - left) - x;
  double high = round ((row + 1) * self->side - top) - y;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  if (wide != KOMEK_PLAN_TILE_SIZE || high != KOMEK_PLAN_TILE_SIZE)
    gtk_snapshot_scale (snapshot, (float) (wide / KOMEK_PLAN_TILE_SIZE),
                        (float) (high / KOMEK_PLAN_TILE_SIZE));
}
