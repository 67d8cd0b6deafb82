/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekTileForm:
 * @KOMEK_TILE_FORM_UNKNOWN: nothing that belongs on a map
 * @KOMEK_TILE_FORM_PNG: a picture
 * @KOMEK_TILE_FORM_JPEG: a picture
 * @KOMEK_TILE_FORM_WEBP: a picture
 * @KOMEK_TILE_FORM_VECTOR: lines, packed or not
 *
 * What a tile is, by its first bytes: names and types are often wrong.
 */
typedef enum
{
  KOMEK_TILE_FORM_UNKNOWN,
  KOMEK_TILE_FORM_PNG,
  KOMEK_TILE_FORM_JPEG,
  KOMEK_TILE_FORM_WEBP,
  KOMEK_TILE_FORM_VECTOR,
} KomekTileForm;

KomekTileForm komek_tile_form_of (GBytes *bytes);
gboolean komek_tile_form_is_picture (KomekTileForm form);
