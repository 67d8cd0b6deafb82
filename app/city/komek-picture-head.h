/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekPictureKind:
 *
 * The kinds of pictures that the city takes.
 */
typedef enum
{
  KOMEK_PICTURE_JPEG,
  KOMEK_PICTURE_PNG,
  KOMEK_PICTURE_WEBP,
} KomekPictureKind;

/**
 * KomekPictureHead:
 * @width: pixels, before anything is turned
 * @height: pixels
 * @moves: whether there is more than one picture in it
 * @whole: whether it has an end
 *
 * What a picture says of itself, short of its pixels.
 */
typedef struct
{
  KomekPictureKind kind;
  guint            width, height;
  gboolean         moves;
  gboolean         whole;
} KomekPictureHead;

gboolean komek_picture_head_sniff (const guint8 *data, gsize length, KomekPictureKind *kind);
gboolean komek_picture_head_read (const guint8 *data, gsize length, KomekPictureHead *head);
