/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include "komek-fault.h"

/**
 * KomekStorageSqlite:
 *
 * The storage of a city in one file, for one server: SQLite with a write-ahead log.
 *
 * One connection writes and a few read beside it, so that a long search never
 * holds up a filing. What was filed is on the disk before anybody is told;
 * filings of many threads share the way there.
 */
static void storage_init (KomekStorageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekStorageSqlite, komek_storage_sqlite, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_STORAGE, storage_init))

static gboolean
begin (gpointer book, gboolean again, GError **error)
{
  komek_sqlite_trim (book);
  return komek_sqlite_run (book, "BEGIN IMMEDIATE", error);
}

static gboolean
commit (gpointer book, GError **error)
{
  KomekSqlite *db = book;
  g_autoptr (KomekSqliteRun) stamp =
    komek_sqlite_take (db, "UPDATE stamp SET value = value + 1", error);

  if (!stamp || !komek_sqlite_finish (db, stamp, error))
    return FALSE;
  komek_fault_point ("city.before-commit");
  if (!komek_sqlite_run (db, "COMMIT", error))
    return FALSE;
  komek_fault_point ("city.after-commit");
  return TRUE;
}

/* SQLite may have rolled back by itself, on a full disk for one. */
static void
roll_back (gpointer book)
{
  KomekSqlite *db = book;

  if (!sqlite3_get_autocommit (db->db))
    komek_sqlite_run (db, "ROLLBACK", NULL);
}

static const KomekScribeBook methods = { begin, commit, roll_back };

/* While a city is made there is one connection, while one is loaded one thread. */
KomekSqlite *
komek_storage_sqlite_borrow (KomekStorageSqlite *self)
{
  KomekSqlite *db;

  if (!self->scribe)
    return self->writer;
  db = g_async_queue_pop (self->readers);
  komek_storage_watch_begin (&self->watch, db);
  return db;
}

void
komek_storage_sqlite_give_back (KomekStorageSqlite *self, KomekSqlite *db)
{
  if (!self->scribe)
    return;
  komek_sqlite_trim (db);
  komek_storage_watch_end (&self->watch, db);
  g_async_queue_push (self->readers, db);
}

gboolean
komek_storage_sqlite_write (KomekStorageSqlite *self, KomekScribeWork work, gpointer data,
                            GError **error)
{
  return self->scribe && !self->loading ? komek_scribe_write (self->scribe, work, data, error)
                                        : work (data, error);
}

static KomekStorageSqlite *
make (const char *path, int flags, GError **error)
{
  g_autoptr (KomekStorageSqlite) self = g_object_new (KOMEK_TYPE_STORAGE_SQLITE, NULL);

  self->path = g_strdup (path);
  self->writer = komek_sqlite_open (path, flags, error);
  return self->writer ? g_steal_pointer (&self) : NULL;
}

static gboolean
open_readers (KomekStorageSqlite *self, GError **error)
{
  for (guint i = 0; i < KOMEK_STORAGE_READERS; i++)
    {
      KomekSqlite *db = komek_sqlite_open (self->path, SQLITE_OPEN_READONLY, error);

      if (!db)
        return FALSE;
      self->watch.readers[i] = db;
      g_async_queue_push (self->readers, db);
      if (!komek_sqlite_run (db, "PRAGMA mmap_size = 2147418112; PRAGMA cache_size = -16000",
                             error))
        return FALSE;
    }
  return TRUE;
}

/**
 * komek_storage_sqlite_create:
 * @path: of a file that is empty or not there yet
 *
 * Makes an empty storage to be filled by one thread, not durable yet. Once it
 * is closed, it can be opened for everybody.
 *
 * Returns: (transfer full): the storage
 */
KomekStorage *
komek_storage_sqlite_create (const char *path, GError **error)
{
  g_autoptr (KomekStorageSqlite) self =
    make (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  /* Nobody else knows the file: if this fails, it is thrown away as a whole. */
  if (!self
      || !komek_sqlite_run (self->writer,
                            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -128000;",
                            error)
      || !komek_storage_sqlite_make_schema (self->writer, error))
    return NULL;
  return KOMEK_STORAGE (g_steal_pointer (&self));
}

/**
 * komek_storage_sqlite_open:
 * @path: of a file that komek_storage_sqlite_create() made, in this version or an older one
 *
 * Fails with %KOMEK_ERROR_UNSAVED where the file is somebody else's, of a
 * newer version, or cannot be written.
 *
 * Returns: (transfer full): the storage
 */
KomekStorage *
komek_storage_sqlite_open (const char *path, GError **error)
{
  g_autoptr (KomekStorageSqlite) self = make (path, SQLITE_OPEN_READWRITE, error);

  if (!self || !komek_storage_sqlite_migrate (self->writer, path, error)
      || !open_readers (self, error))
    return NULL;
  self->scribe = komek_scribe_new (&methods, self->writer);
  return KOMEK_STORAGE (g_steal_pointer (&self));
}

static gint64
get_delay (KomekStorage *storage, gboolean reads_too)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  gint64 writing = self->scribe ? komek_scribe_get_delay (self->scribe) : 0;

  return reads_too ? MAX (writing, komek_storage_watch_get_delay (&self->watch)) : writing;
}

static void
storage_init (KomekStorageInterface *iface)
{
  iface->get_delay = get_delay;
  iface->list = komek_storage_sqlite_list;
  iface->history = komek_storage_sqlite_history;
  iface->file = komek_storage_sqlite_file;
  iface->file_later = komek_storage_sqlite_file_later;
  iface->settle = komek_storage_sqlite_settle;
  iface->look_up = komek_storage_sqlite_look_up;
  iface->add_update = komek_storage_sqlite_add_update;
  iface->pass_update = komek_storage_sqlite_pass_update;
  iface->vote = komek_storage_sqlite_vote;
  iface->add_photo = komek_storage_sqlite_add_photo;
  iface->list_photos = komek_storage_sqlite_list_photos;
  iface->get_photo = komek_storage_sqlite_get_photo;
  iface->withdraw = komek_storage_sqlite_withdraw;
  iface->list_withdrawn = komek_storage_sqlite_list_withdrawn;
  iface->is_withdrawn = komek_storage_sqlite_is_withdrawn;
  iface->is_sender = komek_storage_sqlite_is_sender;
  iface->find_contact = komek_storage_sqlite_find_contact;
  iface->add_client = komek_storage_sqlite_add_client;
  iface->remove_client = komek_storage_sqlite_remove_client;
  iface->list_clients = komek_storage_sqlite_list_clients;
  iface->get_stamp = komek_storage_sqlite_get_stamp;
  iface->count_pending = komek_storage_sqlite_count_pending;
  iface->dup_note = komek_storage_sqlite_dup_note;
  iface->set_note = komek_storage_sqlite_set_note;
  iface->add_note = komek_storage_sqlite_add_note;
  iface->is_empty = komek_storage_sqlite_is_empty;
  iface->begin_load = komek_storage_sqlite_begin_load;
  iface->load = komek_storage_sqlite_load;
  iface->end_load = komek_storage_sqlite_end_load;
}

static void
komek_storage_sqlite_finalize (GObject *object)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (object);
  KomekSqlite *reader;

  g_clear_pointer (&self->scribe, komek_scribe_free);
  while ((reader = g_async_queue_try_pop (self->readers)))
    komek_sqlite_close (reader);
  g_async_queue_unref (self->readers);
  g_clear_pointer (&self->writer, komek_sqlite_close);
  komek_storage_keys_free (self->keys);
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
  self->readers = g_async_queue_new ();
  self->keys = komek_storage_keys_new ();
}
