/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-overlay-painter.h"

/**
 * KomekOverlayPainter:
 *
 * Paints what lies between the streets and the names of the map, tile by tile and in any thread.
 *
 * It never changes: another filter or another theme is another painter.
 */
G_DEFINE_ABSTRACT_TYPE (KomekOverlayPainter, komek_overlay_painter, G_TYPE_OBJECT)

static void
komek_overlay_painter_class_init (KomekOverlayPainterClass *klass)
{
}

static void
komek_overlay_painter_init (KomekOverlayPainter *self)
{
}

/**
 * komek_overlay_painter_paint:
 * @zoom: how often the world is halved
 * @column: of the tile, from the west
 * @row: of the tile, from the north
 * @scale: how many pixels of the device a pixel is wide
 *
 * Returns: (transfer full) (nullable): an image of ARGB32, 256 times @scale pixels a side, %NULL
 *   where it would be empty
 */
cairo_surface_t *
komek_overlay_painter_paint (KomekOverlayPainter *self, guint zoom, guint column, guint row,
                             guint scale)
{
  return KOMEK_OVERLAY_PAINTER_GET_CLASS (self)->paint (self, zoom, column, row, scale);
}
