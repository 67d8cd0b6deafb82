/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-picture.h"
#include "komek-plan-writer.h"

/**
 * KomekNameSprite:
 * @name: in its place
 * @width: of the picture, in pixels; an even number
 * @height: likewise
 *
 * A name, ready to be shown.
 */
typedef struct
{
  KomekPlanName name;
  KomekPicture *picture;
  int           width, height;
} KomekNameSprite;

GArray *komek_name_sprites_make (void);
void komek_name_sprites_write_async (KomekPlanWriter *writer, const KomekPlanRoom *room,
                                     guint scale, GAsyncReadyCallback callback, gpointer data);
GArray *komek_name_sprites_finish (GAsyncResult *result, KomekPlanWriter **writer, guint *zoom);
