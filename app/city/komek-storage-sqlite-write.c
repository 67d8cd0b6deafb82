/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include <math.h>

#include "komek-storage-private.h"

/* Writing one request down with all that belongs to it. */

static void
bind_point (sqlite3_stmt *statement, int place, const KomekRecord *record)
{
  if (isnan (record->latitude))
    {
      for (int i = 0; i < 3; i++)
        sqlite3_bind_null (statement, place + i);
      return;
    }
  sqlite3_bind_double (statement, place, record->latitude);
  sqlite3_bind_double (statement, place + 1, record->longitude);
  sqlite3_bind_int (statement, place + 2, floor (record->latitude * 1000));
}

/* What belonged to a request that was withdrawn stays under its id, which
 * nobody else must get. */
#define NEXT_ID \
  "1 + max (coalesce ((SELECT max (id) FROM request), 0)," \
  " coalesce ((SELECT max (id) FROM withdrawn), 0))"

static gboolean
add_request (KomekSqlite *db, const KomekRecord *record, const char *number, GError **error)
{
  g_autoptr (KomekSqliteRun) statement = komek_sqlite_take (
      db,
      "INSERT INTO request (id, number, service, status, text, language, lat, lon, band, address,"
      " district, agency, requested, updated, due, supporters)"
      " VALUES (" NEXT_ID ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  const char *texts[] = { number, record->service, komek_status_get_code (record->status),
                          record->text, komek_language_get_code (record->language) };

  if (!statement)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    komek_sqlite_bind_text (statement, i + 1, texts[i]);
  bind_point (statement, 6, record);
  komek_sqlite_bind_text (statement, 9, record->address);
  komek_sqlite_bind_text (statement, 10, record->district);
  komek_sqlite_bind_text (statement, 11, record->agency);
  sqlite3_bind_int64 (statement, 12, record->requested);
  sqlite3_bind_int64 (statement, 13, record->updated);
  sqlite3_bind_int64 (statement, 14, record->due);
  sqlite3_bind_int (statement, 15, record->supporters);
  return komek_sqlite_finish (db, statement, error);
}

/* The id of the new step is that of the row inserted last. */
gboolean
komek_storage_sqlite_add_step (KomekSqlite *db, gint64 request, const KomekStep *step,
                               GError **error)
{
  g_autoptr (KomekSqliteRun) statement = komek_sqlite_take (
      db,
      "INSERT INTO step (request, status, time, agency, event, text, answer, hidden)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, request);
  komek_sqlite_bind_text (statement, 2, komek_status_get_code (step->status));
  sqlite3_bind_int64 (statement, 3, step->time);
  komek_sqlite_bind_text (statement, 4, step->agency);
  komek_sqlite_bind_text (statement, 5, step->event);
  komek_sqlite_bind_text (statement, 6, step->text);
  sqlite3_bind_int (statement, 7, step->answer);
  sqlite3_bind_int (statement, 8, step->hidden);
  return komek_sqlite_finish (db, statement, error);
}

static gboolean
add_steps (KomekSqlite *db, gint64 request, const KomekRecord *record, GError **error)
{
  for (guint i = 0; i < record->n_steps; i++)
    if (!komek_storage_sqlite_add_step (db, request, &record->steps[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_attributes (KomekSqlite *db, gint64 request, const KomekRecord *record, GError **error)
{
  for (guint i = 0; record->attributes && record->attributes[i]; i += 2)
    {
      g_autoptr (KomekSqliteRun) statement =
        komek_sqlite_take (db, "INSERT INTO attribute VALUES (?, ?, ?, ?)", error);

      if (!statement)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, request);
      sqlite3_bind_int (statement, 2, i / 2);
      komek_sqlite_bind_text (statement, 3, record->attributes[i]);
      komek_sqlite_bind_text (statement, 4, record->attributes[i + 1]);
      if (!komek_sqlite_finish (db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_sender (KomekSqlite *db, gint64 request, const KomekRecord *record, GError **error)
{
  g_autoptr (KomekSqliteRun) statement = NULL;

  if (!record->device && !record->contact)
    return TRUE;
  statement = komek_sqlite_take (db, "INSERT INTO sender VALUES (?, ?, ?)", error);
  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, request);
  komek_sqlite_bind_text (statement, 2, record->device);
  komek_sqlite_bind_text (statement, 3, record->contact);
  return komek_sqlite_finish (db, statement, error);
}

static gboolean
add_words (KomekSqlite *db, gint64 request, const KomekRecord *record, GError **error)
{
  g_autoptr (KomekSqliteRun) statement =
    komek_sqlite_take (db, "INSERT INTO words (rowid, text) VALUES (?, ?)", error);
  g_autofree char *search = komek_storage_dup_search (record);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, request);
  komek_sqlite_bind_text (statement, 2, search);
  return komek_sqlite_finish (db, statement, error);
}

/* Adds a request with all that belongs to it, inside a transaction of the caller. */
gboolean
komek_storage_sqlite_add (KomekSqlite *db, const KomekRecord *record, const char *number,
                          GError **error)
{
  gint64 request;

  if (!add_request (db, record, number, error))
    return FALSE;
  request = sqlite3_last_insert_rowid (db->db);
  return add_steps (db, request, record, error) && add_attributes (db, request, record, error)
         && add_sender (db, request, record, error) && add_words (db, request, record, error);
}
