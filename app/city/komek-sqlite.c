/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sqlite.h"

#include "komek-error.h"

/* SQLite with our errors, and with statements that are compiled once. */

/* So many different statements are kept; lists of many lengths would make ever more. */
#define MOST_STATEMENTS 100

#define PATIENCE_MS 5000

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
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

/**
 * komek_sqlite_open:
 * @flags: of sqlite3_open_v2()
 *
 * Returns: (transfer full): the connection
 */
KomekSqlite *
komek_sqlite_open (const char *path, int flags, GError **error)
{
  g_autoptr (KomekSqlite) self = g_new0 (KomekSqlite, 1);

  count_no_memory ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  if (sqlite3_open_v2 (path, &self->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be opened: %s", path,
                   self->db ? sqlite3_errmsg (self->db) : "out of memory");
      return NULL;
    }
  sqlite3_busy_timeout (self->db, PATIENCE_MS);
  return g_steal_pointer (&self);
}

void
komek_sqlite_close (KomekSqlite *self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close (self->db);
  g_free (self);
}

/**
 * komek_sqlite_fail:
 *
 * Sets an error to what the database says last: %KOMEK_ERROR_UNREACHABLE where
 * somebody else holds it, %KOMEK_ERROR_UNSAVED for all else.
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
komek_sqlite_fail (KomekSqlite *self, GError **error)
{
  int code = sqlite3_errcode (self->db);

  g_set_error (error, KOMEK_ERROR,
               code == SQLITE_BUSY ? KOMEK_ERROR_UNREACHABLE : KOMEK_ERROR_UNSAVED,
               "The database: %s", sqlite3_errmsg (self->db));
  return FALSE;
}

/* Runs statements that answer nothing. */
gboolean
komek_sqlite_run (KomekSqlite *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK
         || komek_sqlite_fail (self, error);
}

/* One number, @otherwise where there is none. */
gint64
komek_sqlite_ask (KomekSqlite *self, const char *sql, gint64 otherwise)
{
  sqlite3_stmt *statement = NULL;
  gint64 answer = otherwise;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return answer;
}

/**
 * komek_sqlite_take:
 *
 * A statement, compiled where it has not been before. It must be out of use
 * before it is taken again.
 *
 * Returns: (transfer full) (nullable): the statement
 */
KomekSqliteRun *
komek_sqlite_take (KomekSqlite *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement)
    return statement;
  if (sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
      != SQLITE_OK)
    {
      komek_sqlite_fail (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

/**
 * komek_sqlite_trim:
 *
 * Forgets the statements where there are too many; none may be in use.
 */
void
komek_sqlite_trim (KomekSqlite *self)
{
  if (g_hash_table_size (self->statements) > MOST_STATEMENTS)
    g_hash_table_remove_all (self->statements);
}

void
komek_sqlite_release (KomekSqliteRun *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

/* The text must live until the statement has run; NULL binds NULL. */
void
komek_sqlite_bind_text (KomekSqliteRun *statement, int place, const char *text)
{
  sqlite3_bind_text (statement, place, text, -1, SQLITE_STATIC);
}

/**
 * komek_sqlite_step:
 * @row: (out): whether there is another row
 */
gboolean
komek_sqlite_step (KomekSqlite *self, KomekSqliteRun *statement, gboolean *row, GError **error)
{
  int result = sqlite3_step (statement);

  *row = result == SQLITE_ROW;
  return *row || result == SQLITE_DONE || komek_sqlite_fail (self, error);
}

/* Runs a statement that answers nothing and makes it ready for the next time. */
gboolean
komek_sqlite_finish (KomekSqlite *self, KomekSqliteRun *statement, GError **error)
{
  gboolean done = sqlite3_step (statement) == SQLITE_DONE || komek_sqlite_fail (self, error);

  sqlite3_reset (statement);
  return done;
}

/* Never NULL. */
const char *
komek_sqlite_peek_text (KomekSqliteRun *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text ? text : "";
}
