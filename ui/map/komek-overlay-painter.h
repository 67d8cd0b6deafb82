/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib-object.h>

#define KOMEK_TYPE_OVERLAY_PAINTER (komek_overlay_painter_get_type ())
G_DECLARE_DERIVABLE_TYPE (KomekOverlayPainter, komek_overlay_painter, KOMEK, OVERLAY_PAINTER,
                          GObject)

/**
 * KomekOverlayPainterClass:
 * @paint: see komek_overlay_painter_paint()
 */
struct _KomekOverlayPainterClass
{
  GObjectClass parent_class;

  cairo_surface_t *(*paint) (KomekOverlayPainter *self, guint zoom, guint column, guint row,
                             guint scale);
};

cairo_surface_t *komek_overlay_painter_paint (KomekOverlayPainter *self, guint zoom, guint column,
                                              guint row, guint scale);
