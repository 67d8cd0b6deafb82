/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-pack-file.h"

#define PNG "\x89PNG\r\n\x1a\n"
#define TABLES \
  "CREATE TABLE metadata (name TEXT, value TEXT);" \
  "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);"
/* The square 2862, 1364 of zoom 12, in the north of Astana; rows are counted from the south. */
#define ONE_TILE TABLES "INSERT INTO tiles VALUES (12, 2862, 4095 - 1364, 'png of 12');"

/* A pack in a folder of its own, made by SQLite. */
typedef struct
{
  char *folder;
  char *path;
} PackFixture;

void pack_set_up (PackFixture *fixture, gconstpointer data);
void pack_tear_down (PackFixture *fixture, gconstpointer data);
void pack_make (PackFixture *fixture, const char *sql);
KomekPackFile *pack_open (PackFixture *fixture, KomekMapTrouble *trouble);
KomekPackFile *pack_must_open (PackFixture *fixture);
void pack_assert_trouble (PackFixture *fixture, KomekMapTrouble expected);
