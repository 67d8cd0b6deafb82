/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define TOWN_ZOOM 14
#define TOWN_PLACES 7 /* that have a name */

/*
 * TownSchema:
 *
 * By which schema the tiles of a town are written.
 */
typedef enum
{
  TOWN_OPENMAPTILES,
  TOWN_SHORTBREAD,
} TownSchema;

/* A pack of the middle of Astana: Кенесары, Сығанақ, Тұран, two quarters, two landmarks and
 * houses. */
GByteArray *town_tile_new (TownSchema schema, guint column, guint row);
void town_locate (double latitude, double longitude, guint *column, guint *row);
void town_pack_write (const char *path, TownSchema schema);
void town_pack_run (const char *path, const char *sql);
