/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage-place.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "komek-storage-sqlite.h"

struct _Place
{
  char *folder;
  char *path;
};

Place *
place_new (void)
{
  Place *self = g_new0 (Place, 1);

  self->folder = g_dir_make_tmp ("komek-storage-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "city.db", NULL);
  g_object_unref (komek_storage_sqlite_create (self->path, NULL));
  return self;
}

void
place_free (Place *self)
{
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

KomekStorage *
place_open (Place *self)
{
  g_autoptr (GError) error = NULL;
  KomekStorage *storage = komek_storage_sqlite_open (self->path, &error);

  g_assert_no_error (error);
  return storage;
}

/* Keeps whoever writes waiting. */
gpointer
place_hold (Place *self)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

void
place_let_go (Place *self, gpointer hold)
{
  g_assert_cmpint (sqlite3_exec (hold, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (hold);
}
