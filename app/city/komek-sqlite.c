/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sqlite.h"

#include "komek-error.h"

/* SQLite with our errors. */

/**
 * komek_sqlite_fail:
 *
 * Sets %KOMEK_ERROR_UNSAVED to what @db says last.
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
komek_sqlite_fail (sqlite3 *db, GError **error)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "The database: %s", sqlite3_errmsg (db));
  return FALSE;
}

/* Runs statements that answer nothing. */
gboolean
komek_sqlite_run (sqlite3 *db, const char *sql, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK || komek_sqlite_fail (db, error);
}

/**
 * komek_sqlite_prepare:
 *
 * Returns: (transfer full) (nullable): the statement
 */
sqlite3_stmt *
komek_sqlite_prepare (sqlite3 *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    komek_sqlite_fail (db, error);
  return statement;
}

/* The text must live until the statement has run; NULL binds NULL. */
void
komek_sqlite_bind_text (sqlite3_stmt *statement, int place, const char *text)
{
  sqlite3_bind_text (statement, place, text, -1, SQLITE_STATIC);
}

/* Runs a statement that answers nothing and makes it ready for the next time. */
gboolean
komek_sqlite_finish (sqlite3 *db, sqlite3_stmt *statement, GError **error)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    {
      komek_sqlite_fail (db, error);
      sqlite3_reset (statement);
      return FALSE;
    }
  sqlite3_reset (statement);
  return TRUE;
}

/* One number, @otherwise where there is none. */
gint64
komek_sqlite_ask (sqlite3 *db, const char *sql, gint64 otherwise)
{
  g_autoptr (sqlite3_stmt) statement = komek_sqlite_prepare (db, sql, NULL);

  return statement && sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0)
                                                             : otherwise;
}

/* Never NULL. */
const char *
komek_sqlite_peek_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text ? text : "";
}
