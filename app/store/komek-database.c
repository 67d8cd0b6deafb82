/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-database.h"

#include <errno.h>

#include "komek-error.h"

/* Another program may hold the file for a moment: a second window, a backup. */
#define BUSY_MILLISECONDS 5000

/**
 * KomekDatabase:
 *
 * One connection to an SQLite file, with the statements that were prepared on it.
 *
 * Belongs to one thread at a time. All its failures are %KOMEK_ERROR_UNSAVED.
 * Whoever works on one does so within a job, which always wants to hear of errors.
 */
struct _KomekDatabase
{
  sqlite3    *handle;
  GHashTable *statements; /* SQL, by address → statement */
  gboolean    strict;
  gboolean    corrupt;
  gboolean    unread;
};

/* SQLite calls a file corrupt of which the disk could not read a page; errno knows better where it
 * was cleared before. */
static gboolean
could_not_read (int code)
{
  return code == SQLITE_CORRUPT && (errno == EIO || errno == ENXIO);
}

static gboolean
means_damage (const KomekDatabase *self, int code, int extended)
{
  switch (code)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return TRUE;
    case SQLITE_READONLY:
      /* A header that asks for a newer SQLite; where the disk forbids it, the code says more. */
      return self->strict && extended == SQLITE_READONLY;
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return self->strict;
    default:
      return FALSE;
    }
}

static gboolean
fail (KomekDatabase *self, const char *what, GError **error)
{
  int extended = sqlite3_extended_errcode (self->handle);

  if (could_not_read (sqlite3_errcode (self->handle)))
    self->unread = TRUE;
  else if (means_damage (self, sqlite3_errcode (self->handle), extended))
    self->corrupt = TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s: %s (%d)", what,
               sqlite3_errmsg (self->handle), extended);
  return FALSE;
}

/* To count what it has in memory SQLite takes one lock for all threads with each piece of it. */
static void
count_no_memory (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

/**
 * komek_database_open:
 * @writes: whether it may write; the file is made where there is none
 *
 * Opens a file; nothing of it is read yet.
 *
 * Returns: (transfer full) (nullable): the connection
 */
KomekDatabase *
komek_database_open (const char *path, gboolean writes, GError **error)
{
  g_autoptr (KomekDatabase) self = g_new0 (KomekDatabase, 1);
  int flags = writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;

  count_no_memory ();
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  if (sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      fail (self, path, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_MILLISECONDS);
  if (writes && sqlite3_db_readonly (self->handle, "main"))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s may only be read", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
komek_database_close (KomekDatabase *self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

/* Whether any call so far has found that the file is not what SQLite wrote. */
gboolean
komek_database_is_corrupt (const KomekDatabase *self)
{
  return self->corrupt;
}

/**
 * komek_database_take_unread:
 *
 * Returns: whether the disk could not read some of the file since this was asked last: it may be
 *   able to the next time
 */
gboolean
komek_database_take_unread (KomekDatabase *self)
{
  gboolean unread = self->unread;

  self->unread = FALSE;
  return unread;
}

/**
 * komek_database_set_strict:
 * @strict: whether statements are such that only a damaged file can refuse them: no table that
 *   may be missing, no value that may be there already
 */
void
komek_database_set_strict (KomekDatabase *self, gboolean strict)
{
  self->strict = strict;
}

/* What was read cannot have been written by us: the file is as good as corrupt. */
void
komek_database_condemn (KomekDatabase *self, const char *why, GError **error)
{
  self->corrupt = TRUE;
  g_set_error_literal (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, why);
}

/**
 * komek_database_execute:
 * @sql: one or more statements without arguments
 *
 * Runs statements that are run once and whose rows, if any, nobody wants.
 */
gboolean
komek_database_execute (KomekDatabase *self, const char *sql, GError **error)
{
  errno = 0;
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    return fail (self, "The database refused a statement", error);
  return TRUE;
}

gboolean
komek_database_begin (KomekDatabase *self, GError **error)
{
  return komek_database_execute (self, "BEGIN IMMEDIATE", error);
}

/**
 * komek_database_end:
 * @keep: whether what was done since komek_database_begin() shall last
 *
 * Ends a transaction. Where it cannot be kept, nothing of it is.
 *
 * Returns: %TRUE where it was kept
 */
gboolean
komek_database_end (KomekDatabase *self, gboolean keep, GError **error)
{
  if (keep && komek_database_execute (self, "COMMIT", error))
    return TRUE;

  /* Some failures have ended the transaction already. */
  if (!sqlite3_get_autocommit (self->handle))
    komek_database_execute (self, "ROLLBACK", NULL);
  return FALSE;
}

/**
 * komek_database_prepare:
 * @sql: a literal: prepared statements are kept by its address
 *
 * Returns: (transfer none) (nullable): the statement, its arguments unset; held
 *   by g_autoptr it is reset at the end, without which it would hold its snapshot
 */
KomekStatement *
komek_database_prepare (KomekDatabase *self, const char *sql, GError **error)
{
  KomekStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement)
    return statement;
  errno = 0;
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
      != SQLITE_OK)
    {
      fail (self, sql, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

/**
 * komek_database_step:
 * @error: (not nullable): what tells an error from the end
 *
 * Returns: %TRUE where there is a row, %FALSE after the last one and on an error
 */
gboolean
komek_database_step (KomekDatabase *self, KomekStatement *statement, GError **error)
{
  int code;

  errno = 0;
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    fail (self, "The database could not go on", error);
  sqlite3_reset (statement);
  return FALSE;
}

/**
 * komek_database_find:
 * @found: (out): whether there is a row, which the statement stands on then
 *
 * Looks for a single row, which need not be there.
 *
 * Returns: %FALSE on an error
 */
gboolean
komek_database_find (KomekDatabase *self, KomekStatement *statement, gboolean *found,
                     GError **error)
{
  GError *problem = NULL;

  *found = komek_database_step (self, statement, &problem);
  if (!problem)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/**
 * komek_database_run:
 *
 * Runs a statement that has no rows; it may be bound and run again.
 */
gboolean
komek_database_run (KomekDatabase *self, KomekStatement *statement, GError **error)
{
  gboolean done;

  errno = 0;
  done = sqlite3_step (statement) == SQLITE_DONE;
  if (!done)
    fail (self, "The database could not write", error);
  sqlite3_reset (statement);
  return done;
}

/* The key of the row that was last inserted. */
gint64
komek_database_get_last_key (KomekDatabase *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

/* How many rows were written since it was opened. */
gint64
komek_database_count_changes (KomekDatabase *self)
{
  return sqlite3_total_changes64 (self->handle);
}

/* For what SQLite offers beyond statements. */
sqlite3 *
komek_database_get_handle (KomekDatabase *self)
{
  return self->handle;
}

/**
 * komek_statement_bind_text:
 * @text: not copied: it must live until the statement is done
 */
void
komek_statement_bind_text (KomekStatement *self, int position, const char *text)
{
  sqlite3_bind_text (self, position, text, -1, SQLITE_STATIC);
}

/* A text whose @length in bytes is known, else the same. */
void
komek_statement_bind_bytes (KomekStatement *self, int position, const char *text, int length)
{
  sqlite3_bind_text (self, position, text, length, SQLITE_STATIC);
}

void
komek_statement_bind_number (KomekStatement *self, int position, gint64 number)
{
  sqlite3_bind_int64 (self, position, number);
}

/* Never NULL, and UTF-8 even where a disk has changed it; lives until the next step. */
const char *
komek_statement_get_text (KomekStatement *self, int column)
{
  const char *text = (const char *) sqlite3_column_text (self, column);

  return text && g_utf8_validate (text, -1, NULL) ? text : "";
}

/* Never NULL, but where a disk has changed it no UTF-8; for whoever looks at each letter anyway. */
const char *
komek_statement_peek_text (KomekStatement *self, int column)
{
  const char *text = (const char *) sqlite3_column_text (self, column);

  return text ? text : "";
}

gint64
komek_statement_get_number (KomekStatement *self, int column)
{
  return sqlite3_column_int64 (self, column);
}

/* Ready for the next use: it holds neither a snapshot nor anybody's strings. */
void
komek_statement_done (KomekStatement *self)
{
  sqlite3_reset (self);
  sqlite3_clear_bindings (self);
}
