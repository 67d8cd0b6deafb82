/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-plan-painter.h"

/**
 * KomekTilePrint:
 * @bytes: a picture, as a file of it
 * @zoom: of the picture: that of the tile, or a smaller one, where the tile is but a part of it
 *
 * A picture to lay on a tile.
 */
typedef struct
{
  GBytes *bytes;
  guint   zoom;
} KomekTilePrint;

#define KOMEK_TYPE_EASEL (komek_easel_get_type ())
G_DECLARE_FINAL_TYPE (KomekEasel, komek_easel, KOMEK, EASEL, GObject)

KomekEasel *komek_easel_new (KomekPlanPainter *painter, guint scale);
void komek_easel_paint_async (KomekEasel *self, guint zoom, guint column, guint row, GArray *prints,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data);
cairo_surface_t *komek_easel_paint_finish (KomekEasel *self, GAsyncResult *result,
                                           gboolean *covered, gboolean *lettered,
                                           GError **error);
GArray *komek_easel_make_prints (void);
void komek_easel_close (KomekEasel *self);
