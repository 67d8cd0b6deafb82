/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage-place.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "komek-postgres.h"
#include "komek-storage-postgres.h"
#include "komek-storage-sqlite.h"

struct _Place
{
  char *address; /* NULL for a file */
  char *city;
  char *folder;
  char *path;
};

Place *
place_new (void)
{
  Place *self = g_new0 (Place, 1);
  const char *database = g_getenv ("KOMEK_TEST_DATABASE");

  if (database)
    {
      self->city = g_uuid_string_random ();
      self->address = g_strdup_printf ("%s&komek_city=%s", database, self->city);
      return self;
    }
  self->folder = g_dir_make_tmp ("komek-storage-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "city.db", NULL);
  g_object_unref (komek_storage_sqlite_create (self->path, NULL));
  return self;
}

void
place_free (Place *self)
{
  if (!self->address)
    {
      g_assert_cmpint (g_unlink (self->path), ==, 0);
      g_assert_cmpint (g_rmdir (self->folder), ==, 0);
    }
  g_free (self->address);
  g_free (self->city);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

KomekStorage *
place_open (Place *self)
{
  g_autoptr (GError) error = NULL;
  KomekStorage *storage = self->address ? komek_storage_postgres_open (self->address, &error)
                                        : komek_storage_sqlite_open (self->path, &error);

  g_assert_no_error (error);
  return storage;
}

static void
run (KomekPostgres *line, const char *sql)
{
  g_autoptr (GError) error = NULL;

  komek_postgres_run (line, sql, &error);
  g_assert_no_error (error);
}

static KomekPostgres *
hold_postgres (Place *self)
{
  KomekPostgres *line = komek_postgres_new (g_getenv ("KOMEK_TEST_DATABASE"), "SELECT 1");
  g_autofree char *sql = g_strdup_printf ("INSERT INTO komek.stamp VALUES ('%s', 1) ON CONFLICT"
                                          " (city) DO UPDATE SET value = komek.stamp.value",
                                          self->city);

  run (line, "BEGIN");
  run (line, sql);
  return line;
}

static sqlite3 *
hold_file (Place *self)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

/* Keeps whoever writes waiting. */
gpointer
place_hold (Place *self)
{
  return self->address ? (gpointer) hold_postgres (self) : (gpointer) hold_file (self);
}

void
place_let_go (Place *self, gpointer hold)
{
  if (self->address)
    {
      run (hold, "ROLLBACK");
      komek_postgres_free (hold);
      return;
    }
  g_assert_cmpint (sqlite3_exec (hold, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (hold);
}
