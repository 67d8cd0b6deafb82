/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/**
 * KomekCanvas:
 * @KOMEK_CANVAS_MEMORY: the processor draws: pictures are copied
 * @KOMEK_CANVAS_CARD: a graphics card draws, or what stands for one: pictures lie in its memory
 *
 * What a frame is drawn on.
 */
typedef enum
{
  KOMEK_CANVAS_MEMORY,
  KOMEK_CANVAS_CARD,
} KomekCanvas;

typedef struct _KomekPicture KomekPicture;

KomekCanvas komek_canvas_find (GtkWidget *widget);

KomekPicture *komek_picture_new (cairo_surface_t *surface, int width, int height,
                                 cairo_filter_t filter);
void komek_picture_free (KomekPicture *self);
GskRenderNode *komek_picture_get_node (KomekPicture *self, KomekCanvas canvas);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPicture, komek_picture_free)
