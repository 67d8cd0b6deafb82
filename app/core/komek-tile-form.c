/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-tile-form.h"

#include <string.h>

#define LAYER_TAG 0x1a /* of a vector tile: field 3, a message */

static gboolean
begins (const guint8 *data, gsize size, gsize at, const char *what, gsize length)
{
  return size >= at + length && memcmp (data + at, what, length) == 0;
}

/**
 * komek_tile_form_of:
 *
 * Tells what a tile is by its first bytes.
 */
KomekTileForm
komek_tile_form_of (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (begins (data, size, 0, "\x89PNG\r\n\x1a\n", 8))
    return KOMEK_TILE_FORM_PNG;
  if (begins (data, size, 0, "\xff\xd8\xff", 3))
    return KOMEK_TILE_FORM_JPEG;
  if (begins (data, size, 0, "RIFF", 4) && begins (data, size, 8, "WEBP", 4))
    return KOMEK_TILE_FORM_WEBP;
  if (begins (data, size, 0, "\x1f\x8b", 2) || begins (data, size, 0, "\x78\x9c", 2)
      || (size > 2 && data[0] == LAYER_TAG))
    return KOMEK_TILE_FORM_VECTOR;
  return KOMEK_TILE_FORM_UNKNOWN;
}

gboolean
komek_tile_form_is_picture (KomekTileForm form)
{
  return form == KOMEK_TILE_FORM_PNG || form == KOMEK_TILE_FORM_JPEG
         || form == KOMEK_TILE_FORM_WEBP;
}
