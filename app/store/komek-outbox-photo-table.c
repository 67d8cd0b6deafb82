/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-table-private.h"

/* The photos of the outbox, and what all its tables are read and written with. Whoever changes rows
 * does so within a transaction. */

/* The bytes must live until the statement is done. */
void
komek_outbox_bind_bytes (KomekStatement *statement, int position, GBytes *bytes)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  sqlite3_bind_blob64 (statement, position, data ? data : "", length, SQLITE_STATIC);
}

GBytes *
komek_outbox_get_bytes (KomekStatement *statement, int column)
{
  gconstpointer data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, sqlite3_column_bytes (statement, column));
}

/* %NULL where it is none, even because a disk has changed it. */
char *
komek_outbox_dup_text (KomekStatement *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text && g_utf8_validate (text, -1, NULL) ? g_strdup (text) : NULL;
}

void
komek_outbox_photo_free (KomekOutboxPhoto *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->device);
  g_free (self);
}

gboolean
komek_outbox_table_insert_photos (KomekDatabase *database, gint64 sequence, GPtrArray *photos,
                                  GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "INSERT OR REPLACE INTO photo (sequence, position, state, bytes) VALUES (?, ?, 0, ?)",
    error);

  for (guint i = 0; statement && i < photos->len; i++)
    {
      komek_statement_bind_number (statement, 1, sequence);
      komek_statement_bind_number (statement, 2, i);
      komek_outbox_bind_bytes (statement, 3, photos->pdata[i]);
      if (!komek_database_run (database, statement, error))
        return FALSE;
    }
  return statement != NULL;
}

/**
 * komek_outbox_table_next_photo:
 * @photo: (out) (nullable): %NULL where all were sent or refused
 */
gboolean
komek_outbox_table_next_photo (KomekDatabase *database, gint64 sequence, KomekOutboxPhoto **photo,
                               GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database,
    "SELECT position, bytes FROM photo WHERE sequence = ? AND state = 0 ORDER BY position LIMIT 1",
    error);
  gboolean found;

  *photo = NULL;
  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, sequence);
  if (!komek_database_find (database, statement, &found, error))
    return FALSE;
  if (found)
    {
      *photo = g_new0 (KomekOutboxPhoto, 1);
      (*photo)->position = komek_statement_get_number (statement, 0);
      (*photo)->bytes = komek_outbox_get_bytes (statement, 1);
    }
  return TRUE;
}

gboolean
komek_outbox_table_end_photo (KomekDatabase *database, gint64 sequence, guint position,
                              gboolean sent, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "UPDATE photo SET state = ? WHERE sequence = ? AND position = ?", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, sent ? 1 : 2);
  komek_statement_bind_number (statement, 2, sequence);
  komek_statement_bind_number (statement, 3, position);
  return komek_database_run (database, statement, error);
}

/* The city takes photos again. */
gboolean
komek_outbox_table_release_photos (KomekDatabase *database, GError **error)
{
  return komek_database_execute (
    database, "UPDATE item SET state = 2 WHERE state <> 3 AND state = 5", error);
}
