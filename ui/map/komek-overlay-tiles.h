/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-overlay-painter.h"
#include "komek-picture.h"

#define KOMEK_TYPE_OVERLAY_TILES (komek_overlay_tiles_get_type ())
G_DECLARE_FINAL_TYPE (KomekOverlayTiles, komek_overlay_tiles, KOMEK, OVERLAY_TILES, GObject)

KomekOverlayTiles *komek_overlay_tiles_new (void);
void komek_overlay_tiles_set_painter (KomekOverlayTiles *self, KomekOverlayPainter *painter);
KomekOverlayPainter *komek_overlay_tiles_get_painter (KomekOverlayTiles *self);
void komek_overlay_tiles_set_scale (KomekOverlayTiles *self, guint scale);
gboolean komek_overlay_tiles_want (KomekOverlayTiles *self, guint zoom, guint column, guint row);
KomekPicture *komek_overlay_tiles_peek (KomekOverlayTiles *self, guint zoom, guint column,
                                        guint row);
gboolean komek_overlay_tiles_is_busy (KomekOverlayTiles *self);
void komek_overlay_tiles_close (KomekOverlayTiles *self);
