/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include <math.h>
#include <string.h>

#include "komek-folding.h"
#include "komek-number.h"
#include "komek-refusal.h"

/* The number has room for so many a day. */
#define MOST_A_DAY 100000

/* Makes the statements that add a request; they live as long as the writer. */
gboolean
komek_storage_sqlite_prepare_adding (KomekStorageSqlite *self, GError **error)
{
  self->add_request = komek_sqlite_prepare (
      self->writer,
      "INSERT INTO request (number, key, service, status, text, language, lat, lon, band, address,"
      " district, agency, requested, updated, due, supporters)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  self->add_step = self->add_request ? komek_sqlite_prepare (
                       self->writer,
                       "INSERT INTO step (request, status, time, agency, event, text, answer)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)",
                       error)
                                     : NULL;
  self->add_words =
    self->add_step ? komek_sqlite_prepare (self->writer,
                                           "INSERT INTO words (rowid, text) VALUES (?, ?)", error)
                   : NULL;
  self->add_attribute =
    self->add_words
      ? komek_sqlite_prepare (self->writer, "INSERT INTO attribute VALUES (?, ?, ?, ?)", error)
      : NULL;
  return self->add_attribute != NULL;
}

void
komek_storage_sqlite_end_adding (KomekStorageSqlite *self)
{
  g_clear_pointer (&self->add_request, sqlite3_finalize);
  g_clear_pointer (&self->add_step, sqlite3_finalize);
  g_clear_pointer (&self->add_words, sqlite3_finalize);
  g_clear_pointer (&self->add_attribute, sqlite3_finalize);
}

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

static gboolean
add_request (KomekStorageSqlite *self, const KomekRecord *record, const char *number,
             GError **error)
{
  sqlite3_stmt *statement = self->add_request;
  const char *texts[] = { number, record->key, record->service,
                          komek_status_get_code (record->status), record->text,
                          komek_language_get_code (record->language) };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    komek_sqlite_bind_text (statement, i + 1, texts[i]);
  bind_point (statement, 7, record);
  komek_sqlite_bind_text (statement, 10, record->address);
  komek_sqlite_bind_text (statement, 11, record->district);
  komek_sqlite_bind_text (statement, 12, record->agency);
  sqlite3_bind_int64 (statement, 13, record->requested);
  sqlite3_bind_int64 (statement, 14, record->updated);
  sqlite3_bind_int64 (statement, 15, record->due);
  sqlite3_bind_int (statement, 16, record->supporters);
  return komek_sqlite_finish (self->writer, statement, error);
}

static gboolean
add_steps (KomekStorageSqlite *self, gint64 request, const KomekRecord *record, GError **error)
{
  sqlite3_stmt *statement = self->add_step;

  for (guint i = 0; i < record->n_steps; i++)
    {
      const KomekStep *step = &record->steps[i];

      sqlite3_bind_int64 (statement, 1, request);
      komek_sqlite_bind_text (statement, 2, komek_status_get_code (step->status));
      sqlite3_bind_int64 (statement, 3, step->time);
      komek_sqlite_bind_text (statement, 4, step->agency);
      komek_sqlite_bind_text (statement, 5, step->event);
      komek_sqlite_bind_text (statement, 6, step->text);
      sqlite3_bind_int (statement, 7, step->answer);
      if (!komek_sqlite_finish (self->writer, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_attributes (KomekStorageSqlite *self, gint64 request, const KomekRecord *record, GError **error)
{
  sqlite3_stmt *statement = self->add_attribute;

  for (guint i = 0; record->attributes && record->attributes[i]; i += 2)
    {
      sqlite3_bind_int64 (statement, 1, request);
      sqlite3_bind_int (statement, 2, i / 2);
      komek_sqlite_bind_text (statement, 3, record->attributes[i]);
      komek_sqlite_bind_text (statement, 4, record->attributes[i + 1]);
      if (!komek_sqlite_finish (self->writer, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_words (KomekStorageSqlite *self, gint64 request, const KomekRecord *record, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;

  if (!record->search)
    {
      text = g_strjoin (" ", record->text, record->address, NULL);
      folded = komek_fold (text);
    }
  sqlite3_bind_int64 (self->add_words, 1, request);
  komek_sqlite_bind_text (self->add_words, 2, record->search ? record->search : folded);
  return komek_sqlite_finish (self->writer, self->add_words, error);
}

/* Adds a request with all that belongs to it, inside a transaction of the caller. */
gboolean
komek_storage_sqlite_add (KomekStorageSqlite *self, const KomekRecord *record, const char *number,
                          GError **error)
{
  gint64 request;

  if (!add_request (self, record, number, error))
    return FALSE;
  request = sqlite3_last_insert_rowid (self->writer);
  return add_steps (self, request, record, error) && add_attributes (self, request, record, error)
         && add_words (self, request, record, error);
}

/* Counts the day up; the first request of a day has the count 0. */
static gboolean
count_day (KomekStorageSqlite *self, GDateTime *day, guint *count, GError **error)
{
  g_autofree char *name = g_date_time_format (day, "%Y-%m-%d");
  g_autoptr (sqlite3_stmt) statement = komek_sqlite_prepare (
      self->writer,
      "INSERT INTO day VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1"
      " RETURNING count",
      error);

  if (!statement)
    return FALSE;
  komek_sqlite_bind_text (statement, 1, name);
  if (sqlite3_step (statement) != SQLITE_ROW)
    return komek_sqlite_fail (self->writer, error);
  *count = sqlite3_column_int (statement, 0) - 1;
  if (*count < MOST_A_DAY)
    return TRUE;

  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_DAY_FULL, "No number is left for %s", name);
  return FALSE;
}

static char *
add_numbered (KomekStorageSqlite *self, const KomekRecord *record, GTimeZone *zone, GError **error)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (record->requested);
  g_autoptr (GDateTime) day = g_date_time_to_timezone (utc, zone);
  g_autofree char *number = NULL;
  guint count = 0;

  if (!count_day (self, day, &count, error))
    return NULL;
  number = komek_number_format (day, count);
  return komek_storage_sqlite_add (self, record, number, error) ? g_steal_pointer (&number) : NULL;
}

static gboolean
says_the_same (sqlite3_stmt *row, const KomekRecord *record)
{
  return strcmp (komek_sqlite_peek_text (row, 1), record->service) == 0
         && strcmp (komek_sqlite_peek_text (row, 2), record->text) == 0
         && strcmp (komek_sqlite_peek_text (row, 3), record->address) == 0;
}

/* %NULL without an error where the key is new. */
static char *
dup_known_number (KomekStorageSqlite *self, const KomekRecord *record, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = komek_sqlite_prepare (
      self->writer, "SELECT number, service, text, address FROM request WHERE key = ?", error);

  if (!statement)
    return NULL;
  komek_sqlite_bind_text (statement, 1, record->key);
  if (sqlite3_step (statement) != SQLITE_ROW)
    return NULL;
  if (says_the_same (statement, record))
    return g_strdup (komek_sqlite_peek_text (statement, 0));

  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED, "The key %s was used before",
               record->key);
  return NULL;
}

/* Inside a transaction. */
static char *
find_or_add (KomekStorageSqlite *self, const KomekRecord *record, GTimeZone *zone, GError **error)
{
  g_autoptr (GError) problem = NULL;
  char *number = record->key ? dup_known_number (self, record, &problem) : NULL;

  if (problem)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return number ? number : add_numbered (self, record, zone, error);
}

char *
komek_storage_sqlite_file (KomekStorage *storage, const KomekRecord *record, GTimeZone *zone,
                           GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->writing);
  g_autofree char *number = NULL;

  if (!komek_sqlite_run (self->writer, "BEGIN IMMEDIATE", error))
    return NULL;
  number = find_or_add (self, record, zone, error);
  if (number && komek_sqlite_run (self->writer, "COMMIT", error))
    return g_steal_pointer (&number);

  /* SQLite may have rolled back by itself, on a full disk for one. */
  if (!sqlite3_get_autocommit (self->writer))
    komek_sqlite_run (self->writer, "ROLLBACK", NULL);
  return NULL;
}
