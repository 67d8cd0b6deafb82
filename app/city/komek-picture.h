/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define KOMEK_PICTURE_MAX_SIZE (10 * 1024 * 1024)
#define KOMEK_PICTURE_MAX_PIXELS 40000000
#define KOMEK_PICTURE_MAX_SIDE 2048

/**
 * KomekPictureEnd:
 *
 * How the process ends that writes a picture anew; its exit status.
 */
typedef enum
{
  KOMEK_PICTURE_WRITTEN = 0,
  KOMEK_PICTURE_BROKEN = 3,
  KOMEK_PICTURE_UNKNOWN = 4,
  KOMEK_PICTURE_FAILED = 5,
} KomekPictureEnd;

int komek_picture_rewrite (int from, int to);
