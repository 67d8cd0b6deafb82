/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include <string.h>

#include "komek-storage-filing.h"

/* Filing as SQLite does it. */

static KomekSqlite *
get_writer (gpointer engine)
{
  return KOMEK_STORAGE_SQLITE (engine)->writer;
}

static gboolean
write_work (gpointer engine, KomekScribeWork work, gpointer data, GError **error)
{
  return komek_storage_sqlite_write (engine, work, data, error);
}

static gboolean
count_day (gpointer engine, const char *day, gint64 *count, GError **error)
{
  KomekSqlite *db = get_writer (engine);
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      db,
      "INSERT INTO day VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1"
      " RETURNING count",
      error);
  gboolean more;

  if (!row)
    return FALSE;
  komek_sqlite_bind_text (row, 1, day);
  if (!komek_sqlite_step (db, row, &more, error))
    return FALSE;
  *count = sqlite3_column_int64 (row, 0);
  return TRUE;
}

static gboolean
add (gpointer engine, const KomekRecord *record, const char *number, GError **error)
{
  return komek_storage_sqlite_add (get_writer (engine), record, number, error);
}

static gboolean
says_the_same (gpointer engine, const char *number, const KomekRecord *record)
{
  KomekSqlite *db = get_writer (engine);
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      db, "SELECT service, text, address FROM request WHERE number = ?", NULL);
  gboolean more;

  if (!row)
    return FALSE;
  komek_sqlite_bind_text (row, 1, number);
  return komek_sqlite_step (db, row, &more, NULL) && more
         && strcmp (komek_sqlite_peek_text (row, 0), record->service) == 0
         && strcmp (komek_sqlite_peek_text (row, 1), record->text) == 0
         && strcmp (komek_sqlite_peek_text (row, 2), record->address) == 0;
}

/* Filings of the first version knew neither clients nor fingerprints; theirs is "". */
static const char find_filing[] =
  "SELECT fingerprint, number, token FROM filing WHERE client IN (?, '') AND key = ?"
  " AND (client = ?1 OR fingerprint = '')";

static gboolean
find (gpointer engine, const char *client, const char *key, KomekFiled *found, GError **error)
{
  KomekSqlite *db = get_writer (engine);
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (db, find_filing, error);
  gboolean more;

  if (!row)
    return FALSE;
  komek_sqlite_bind_text (row, 1, client);
  komek_sqlite_bind_text (row, 2, key);
  if (!komek_sqlite_step (db, row, &more, error))
    return FALSE;
  if (more)
    *found = (KomekFiled) {
      g_strdup (komek_sqlite_peek_text (row, 0)),
      g_strdup ((const char *) sqlite3_column_text (row, 1)),
      g_strdup (komek_sqlite_peek_text (row, 2)),
    };
  return TRUE;
}

static gboolean
add_pending (gpointer engine, const char *token, GBytes *parcel, GError **error)
{
  KomekSqlite *db = get_writer (engine);
  g_autoptr (KomekSqliteRun) statement =
    komek_sqlite_take (db, "INSERT INTO pending (token, record) VALUES (?, ?)", error);

  if (!statement)
    return FALSE;
  komek_sqlite_bind_text (statement, 1, token);
  sqlite3_bind_blob (statement, 2, g_bytes_get_data (parcel, NULL), g_bytes_get_size (parcel),
                     SQLITE_STATIC);
  return komek_sqlite_finish (db, statement, error);
}

static gboolean
add_filing (gpointer engine, const char *client, const char *key, const KomekRecord *record,
            const KomekRegistration *registered, GError **error)
{
  KomekSqlite *db = get_writer (engine);
  g_autoptr (KomekSqliteRun) statement =
    komek_sqlite_take (db, "INSERT INTO filing VALUES (?, ?, ?, ?, ?, ?, ?)", error);
  const char *texts[] = { client, key, record->fingerprint, registered->number, registered->token,
                          record->local_number };

  if (!statement)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    komek_sqlite_bind_text (statement, i + 1, texts[i]);
  sqlite3_bind_int64 (statement, 7, record->requested);
  return komek_sqlite_finish (db, statement, error);
}

static gboolean
list_pending (gpointer engine, guint limit, GPtrArray *pending, GError **error)
{
  KomekSqlite *db = get_writer (engine);
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      db, "SELECT id, token, record FROM pending ORDER BY id LIMIT ?", error);
  gboolean more = TRUE;

  if (!row)
    return FALSE;
  sqlite3_bind_int64 (row, 1, limit);
  while (komek_sqlite_step (db, row, &more, error) && more)
    {
      g_autoptr (GBytes) parcel =
        g_bytes_new (sqlite3_column_blob (row, 2), sqlite3_column_bytes (row, 2));

      g_ptr_array_add (pending, komek_pending_new (sqlite3_column_int64 (row, 0),
                                                   komek_sqlite_peek_text (row, 1), parcel));
    }
  return !more;
}

static gboolean
settle (gpointer engine, const KomekPending *pending, const char *number, GError **error)
{
  KomekSqlite *db = get_writer (engine);
  g_autoptr (KomekSqliteRun) note =
    komek_sqlite_take (db, "UPDATE filing SET number = ? WHERE token = ?", error);
  g_autoptr (KomekSqliteRun) end =
    komek_sqlite_take (db, "DELETE FROM pending WHERE id = ?", error);

  if (!note || !end)
    return FALSE;
  komek_sqlite_bind_text (note, 1, number);
  komek_sqlite_bind_text (note, 2, pending->token);
  sqlite3_bind_int64 (end, 1, pending->id);
  return komek_sqlite_finish (db, note, error) && komek_sqlite_finish (db, end, error);
}

static const KomekFilingBook book = {
  write_work, count_day, add, find, says_the_same, add_pending, add_filing, list_pending, settle,
};

KomekRegistration *
komek_storage_sqlite_file (KomekStorage *storage, const KomekRecord *record, GTimeZone *zone,
                           GError **error)
{
  KomekStorageKeys *keys = KOMEK_STORAGE_SQLITE (storage)->keys;

  return komek_storage_filing_file (&book, storage, keys, record, zone, error);
}

KomekRegistration *
komek_storage_sqlite_file_later (KomekStorage *storage, const KomekRecord *record, GError **error)
{
  return komek_storage_sqlite_file (storage, record, NULL, error);
}

gboolean
komek_storage_sqlite_settle (KomekStorage *storage, GTimeZone *zone, guint limit, guint *n_settled,
                             GError **error)
{
  return komek_storage_filing_settle (&book, storage, zone, limit, n_settled, error);
}
