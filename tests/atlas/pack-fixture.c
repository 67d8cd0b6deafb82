/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

void
pack_set_up (PackFixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("komek-pack-XXXXXX", NULL);
  /* A name that an address would have to escape. */
  fixture->path = g_build_filename (fixture->folder, "қала 1%?#.mbtiles", NULL);
}

void
pack_tear_down (PackFixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* What is written as "png…" becomes a picture of that text. */
void
pack_make (PackFixture *fixture, const char *sql)
{
  sqlite3 *database;
  char *error = NULL;

  g_unlink (fixture->path);
  g_assert_cmpint (sqlite3_open (fixture->path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, &error);
  g_assert_cmpstr (error, ==, NULL);
  sqlite3_exec (database,
                "UPDATE tiles SET tile_data = x'89504e470d0a1a0a' || substr (tile_data, 4) "
                "WHERE substr (tile_data, 1, 3) = 'png';",
                NULL, NULL, NULL);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

KomekPackFile *
pack_open (PackFixture *fixture, KomekMapTrouble *trouble)
{
  g_autofree char *why = NULL;

  return komek_pack_file_open (fixture->path, trouble, &why);
}

KomekPackFile *
pack_must_open (PackFixture *fixture)
{
  KomekMapTrouble trouble;
  KomekPackFile *pack = pack_open (fixture, &trouble);

  g_assert_nonnull (pack);
  g_assert_cmpint (trouble, ==, KOMEK_MAP_TROUBLE_NONE);
  return pack;
}

void
pack_assert_trouble (PackFixture *fixture, KomekMapTrouble expected)
{
  KomekMapTrouble trouble;
  g_autoptr (KomekPackFile) pack = pack_open (fixture, &trouble);

  g_assert_null (pack);
  g_assert_cmpint (trouble, ==, expected);
}
