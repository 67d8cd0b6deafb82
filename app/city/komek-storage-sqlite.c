/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "komek-error.h"

/* "KMKC": so that no other program's database is ever taken for ours. */
#define APPLICATION_ID 0x4b4d4b43
#define VERSION 1
#define N_READERS 4
#define PATIENCE_MS 5000

/**
 * KomekStorageSqlite:
 *
 * The storage of a city in one file, for one server: SQLite with a write-ahead log.
 *
 * One connection writes and a few read beside it, so that a long search never
 * holds up a filing. Filed requests are on the disk before anybody is told.
 */
static void storage_init (KomekStorageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekStorageSqlite, komek_storage_sqlite, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_STORAGE, storage_init))

/* A band is a thousandth of a degree of latitude: with it a rectangle on the
 * map is a handful of ranges of an ordinary index, built ten times faster than
 * an R*Tree and no slower to ask. */
static const char schema[] =
  "CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE day (day TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE request ("
  " id INTEGER PRIMARY KEY,"
  " number TEXT NOT NULL,"
  " key TEXT,"
  " service TEXT NOT NULL,"
  " status TEXT NOT NULL,"
  " text TEXT NOT NULL,"
  " language TEXT NOT NULL,"
  " lat REAL,"
  " lon REAL,"
  " band INTEGER,"
  " address TEXT NOT NULL,"
  " district TEXT NOT NULL,"
  " agency TEXT NOT NULL,"
  " requested INTEGER NOT NULL,"
  " updated INTEGER NOT NULL,"
  " due INTEGER NOT NULL,"
  " supporters INTEGER NOT NULL);"
  "CREATE TABLE attribute (request INTEGER NOT NULL, place INTEGER NOT NULL, code TEXT NOT NULL,"
  " value TEXT NOT NULL, PRIMARY KEY (request, place)) WITHOUT ROWID;"
  "CREATE TABLE step ("
  " id INTEGER PRIMARY KEY,"
  " request INTEGER NOT NULL,"
  " status TEXT NOT NULL,"
  " time INTEGER NOT NULL,"
  " agency TEXT NOT NULL,"
  " event TEXT,"
  " text TEXT,"
  " answer INTEGER NOT NULL);"
  "CREATE VIRTUAL TABLE words USING fts5"
  " (text, content='', columnsize=0, detail=none, tokenize='ascii');";

static const char indexes[] =
  "CREATE UNIQUE INDEX request_number ON request (number);"
  "CREATE UNIQUE INDEX request_key ON request (key) WHERE key IS NOT NULL;"
  "CREATE INDEX request_requested ON request (requested, id, status, service, lat, lon);"
  "CREATE INDEX request_updated ON request (updated);"
  "CREATE INDEX request_service ON request (service, requested);"
  "CREATE INDEX request_band ON request (band, lon, lat, requested, status, service);"
  "CREATE INDEX step_request ON step (request);"
  "CREATE INDEX step_time ON step (time);";

/* Makes what finds requests; while a whole city is written it would only be in the way. */
gboolean
komek_storage_sqlite_create_indexes (sqlite3 *db, GError **error)
{
  return komek_sqlite_run (db, indexes, error);
}

static sqlite3 *
connect_to (const char *path, int flags, GError **error)
{
  g_autoptr (sqlite3) db = NULL;

  if (sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be opened: %s", path,
                   db ? sqlite3_errmsg (db) : "out of memory");
      return NULL;
    }
  sqlite3_busy_timeout (db, PATIENCE_MS);
  return g_steal_pointer (&db);
}

/* Never write to a file before this has looked at it. */
static gboolean
check_ours (sqlite3 *db, const char *path, GError **error)
{
  gint64 id = komek_sqlite_ask (db, "PRAGMA application_id", -1);
  gint64 version = komek_sqlite_ask (db, "PRAGMA user_version", -1);

  if (id < 0 && sqlite3_errcode (db) != SQLITE_NOTADB)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be read: %s", path,
                   sqlite3_errmsg (db));
      return FALSE;
    }
  if (id != APPLICATION_ID)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED,
                 "%s is not a database of komek-city; name another file", path);
  else if (version != VERSION)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED,
                 "%s was made by another version of komek-city", path);
  else
    return TRUE;
  return FALSE;
}

static KomekStorageSqlite *
make (const char *path, int flags, GError **error)
{
  g_autoptr (KomekStorageSqlite) self = g_object_new (KOMEK_TYPE_STORAGE_SQLITE, NULL);

  self->path = g_strdup (path);
  self->writer = connect_to (path, flags, error);
  return self->writer ? g_steal_pointer (&self) : NULL;
}

static gboolean
open_readers (KomekStorageSqlite *self, GError **error)
{
  for (guint i = 0; i < N_READERS; i++)
    {
      sqlite3 *db = connect_to (self->path, SQLITE_OPEN_READONLY, error);

      if (!db)
        return FALSE;
      g_async_queue_push (self->readers, db);
      if (!komek_sqlite_run (db, "PRAGMA mmap_size = 268435456; PRAGMA cache_size = -16000", error))
        return FALSE;
    }
  return TRUE;
}

/**
 * komek_storage_sqlite_create:
 * @path: of a file that is not there yet
 *
 * Makes an empty storage to be filled. It can be read once it is closed and
 * opened anew.
 *
 * Returns: (transfer full): the storage
 */
KomekStorage *
komek_storage_sqlite_create (const char *path, GError **error)
{
  g_autofree char *head = g_strdup_printf (
      "PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, VERSION);
  g_autoptr (KomekStorageSqlite) self =
    make (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  if (!self)
    return NULL;
  /* Nobody else knows the file: if this fails, it is thrown away as a whole. */
  if (!komek_sqlite_run (self->writer,
                         "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                         "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -128000;",
                         error)
      || !komek_sqlite_run (self->writer, head, error)
      || !komek_sqlite_run (self->writer, schema, error)
      || !komek_storage_sqlite_create_indexes (self->writer, error))
    return NULL;
  return KOMEK_STORAGE (g_steal_pointer (&self));
}

/**
 * komek_storage_sqlite_open:
 * @path: of a file that komek_storage_sqlite_create() made
 *
 * Fails with %KOMEK_ERROR_UNSAVED where the file is somebody else's or cannot be written.
 *
 * Returns: (transfer full): the storage
 */
KomekStorage *
komek_storage_sqlite_open (const char *path, GError **error)
{
  g_autoptr (KomekStorageSqlite) self = make (path, SQLITE_OPEN_READWRITE, error);

  if (!self || !check_ours (self->writer, path, error))
    return NULL;
  if (sqlite3_db_readonly (self->writer, "main"))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be written", path);
      return NULL;
    }
  if (!komek_sqlite_run (self->writer, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
                         error)
      || !komek_storage_sqlite_prepare_adding (self, error) || !open_readers (self, error))
    return NULL;
  return KOMEK_STORAGE (g_steal_pointer (&self));
}

static char *
dup_note (KomekStorage *storage, const char *name, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->writing);
  g_autoptr (sqlite3_stmt) statement =
    komek_sqlite_prepare (self->writer, "SELECT value FROM note WHERE name = ?", error);

  if (!statement)
    return NULL;
  komek_sqlite_bind_text (statement, 1, name);
  return g_strdup (sqlite3_step (statement) == SQLITE_ROW ? komek_sqlite_peek_text (statement, 0)
                                                          : "");
}

static gboolean
set_note (KomekStorage *storage, const char *name, const char *value, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->writing);
  g_autoptr (sqlite3_stmt) statement =
    komek_sqlite_prepare (self->writer, "INSERT OR REPLACE INTO note VALUES (?, ?)", error);

  if (!statement)
    return FALSE;
  komek_sqlite_bind_text (statement, 1, name);
  komek_sqlite_bind_text (statement, 2, value);
  return komek_sqlite_finish (self->writer, statement, error);
}

static gboolean
is_empty (KomekStorage *storage, gboolean *empty, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->writing);
  gint64 any = komek_sqlite_ask (self->writer, "SELECT EXISTS (SELECT 1 FROM request)", -1);

  *empty = any == 0;
  return any >= 0 || komek_sqlite_fail (self->writer, error);
}

static void
storage_init (KomekStorageInterface *iface)
{
  iface->list = komek_storage_sqlite_list;
  iface->history = komek_storage_sqlite_history;
  iface->file = komek_storage_sqlite_file;
  iface->dup_note = dup_note;
  iface->set_note = set_note;
  iface->is_empty = is_empty;
  iface->begin_load = komek_storage_sqlite_begin_load;
  iface->load = komek_storage_sqlite_load;
  iface->end_load = komek_storage_sqlite_end_load;
}

static void
komek_storage_sqlite_finalize (GObject *object)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (object);
  sqlite3 *reader;

  while ((reader = g_async_queue_try_pop (self->readers)))
    sqlite3_close (reader);
  g_async_queue_unref (self->readers);
  komek_storage_sqlite_end_adding (self);
  g_clear_pointer (&self->writer, sqlite3_close);
  g_mutex_clear (&self->writing);
  g_free (self->path);
  G_OBJECT_CLASS (komek_storage_sqlite_parent_class)->finalize (object);
}

static void
komek_storage_sqlite_class_init (KomekStorageSqliteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_storage_sqlite_finalize;
}

static void
komek_storage_sqlite_init (KomekStorageSqlite *self)
{
  g_mutex_init (&self->writing);
  self->readers = g_async_queue_new ();
}
