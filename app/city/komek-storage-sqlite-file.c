/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include <string.h>

#include "komek-number.h"
#include "komek-refusal.h"
#include "komek-storage-parcel.h"
#include "komek-storage-private.h"

/* Filing: a key, a number or a token, and the request, all at once. */

/* What is to be filed, and what became of it. */
typedef struct
{
  KomekSqlite       *db;
  const KomekRecord *record;
  const char        *client, *key;
  GTimeZone         *zone; /* NULL where only a token is asked for */
  KomekRegistration *found;
} Filing;

/* Counts the day up; the first request of a day has the count 0. */
static gboolean
count_day (KomekSqlite *db, GDateTime *day, guint *count, GError **error)
{
  g_autofree char *name = g_date_time_format (day, "%Y-%m-%d");
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      db,
      "INSERT INTO day VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1"
      " RETURNING count",
      error);
  gboolean more;

  if (!row)
    return FALSE;
  komek_sqlite_bind_text (row, 1, name);
  if (!komek_sqlite_step (db, row, &more, error))
    return FALSE;
  *count = sqlite3_column_int (row, 0) - 1;
  return komek_storage_check_day (name, *count, error);
}

/* Gives a number to a request and adds it. */
static char *
add_numbered (KomekSqlite *db, const KomekRecord *record, GTimeZone *zone, GError **error)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (record->requested);
  g_autoptr (GDateTime) day = g_date_time_to_timezone (utc, zone);
  g_autofree char *number = NULL;
  guint count;

  if (!count_day (db, day, &count, error))
    return NULL;
  number = komek_number_format (day, count);
  return komek_storage_sqlite_add (db, record, number, error) ? g_steal_pointer (&number) : NULL;
}

static gboolean
bind_text_and_ask (KomekSqlite *db, KomekSqliteRun *row, const char *text, gboolean *more,
                   GError **error)
{
  if (!row)
    return FALSE;
  komek_sqlite_bind_text (row, 1, text);
  return komek_sqlite_step (db, row, more, error);
}

/* What was filed without a fingerprint is compared word by word. */
static gboolean
says_the_same (KomekSqlite *db, const char *number, const KomekRecord *record)
{
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      db, "SELECT service, text, address FROM request WHERE number = ?", NULL);
  gboolean more;

  if (!bind_text_and_ask (db, row, number, &more, NULL) || !more)
    return FALSE;
  return strcmp (komek_sqlite_peek_text (row, 0), record->service) == 0
         && strcmp (komek_sqlite_peek_text (row, 1), record->text) == 0
         && strcmp (komek_sqlite_peek_text (row, 2), record->address) == 0;
}

/* Filings of the first version knew neither clients nor fingerprints; theirs is "". */
static const char find_filing[] =
  "SELECT fingerprint, number, token FROM filing WHERE client IN (?, '') AND key = ?"
  " AND (client = ?1 OR fingerprint = '')";

/* Leaves @found NULL where the key is new. */
static gboolean
find_known (Filing *self, GError **error)
{
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (self->db, find_filing, error);
  const char *fingerprint, *number;
  gboolean more;

  if (!row)
    return FALSE;
  komek_sqlite_bind_text (row, 1, self->client);
  komek_sqlite_bind_text (row, 2, self->key);
  if (!komek_sqlite_step (self->db, row, &more, error) || !more)
    return !more;
  fingerprint = komek_sqlite_peek_text (row, 0);
  number = (const char *) sqlite3_column_text (row, 1);
  if (*fingerprint != '\0' && self->record->fingerprint
        ? strcmp (fingerprint, self->record->fingerprint) != 0
        : !number || !says_the_same (self->db, number, self->record))
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED, "The key %s was used before",
                   self->key);
      return FALSE;
    }
  self->found =
    komek_registration_new (number, number ? NULL : komek_sqlite_peek_text (row, 2), TRUE);
  return TRUE;
}

static gboolean
add_pending (KomekSqlite *db, const KomekRecord *record, const char *token, GError **error)
{
  g_autoptr (GBytes) parcel = komek_storage_parcel_pack (record);
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
add_filing (Filing *self, GError **error)
{
  g_autoptr (KomekSqliteRun) statement =
    komek_sqlite_take (self->db, "INSERT INTO filing VALUES (?, ?, ?, ?, ?, ?, ?)", error);
  const KomekRecord *record = self->record;
  const char *texts[] = { self->client, self->key, record->fingerprint, self->found->number,
                          self->found->token, record->local_number };

  if (!statement)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    komek_sqlite_bind_text (statement, i + 1, texts[i]);
  sqlite3_bind_int64 (statement, 7, record->requested);
  return komek_sqlite_finish (self->db, statement, error);
}

static gboolean
register_new (Filing *self, GError **error)
{
  g_autofree char *token = self->zone ? NULL : g_uuid_string_random ();
  g_autofree char *number =
    self->zone ? add_numbered (self->db, self->record, self->zone, error) : NULL;

  if (self->zone ? !number : !add_pending (self->db, self->record, token, error))
    return FALSE;
  self->found = komek_registration_new (number, token, FALSE);
  return add_filing (self, error);
}

static gboolean
do_file (gpointer data, GError **error)
{
  Filing *self = data;

  g_clear_pointer (&self->found, komek_registration_free);
  if (find_known (self, error) && (self->found || register_new (self, error)))
    return TRUE;
  g_clear_pointer (&self->found, komek_registration_free);
  return FALSE;
}

static KomekRegistration *
file (KomekStorageSqlite *self, const KomekRecord *record, GTimeZone *zone, GError **error)
{
  g_autofree char *own_key = record->key ? NULL : komek_storage_make_key ();
  Filing filing = { .db = self->writer,
                    .record = record,
                    .client = record->client ? record->client : "",
                    .key = record->key ? record->key : own_key,
                    .zone = zone };
  char *claim = komek_storage_keys_claim (self->keys, filing.client, filing.key, error);

  if (!claim)
    return NULL;
  if (!komek_storage_sqlite_write (self, do_file, &filing, error))
    g_clear_pointer (&filing.found, komek_registration_free);
  komek_storage_keys_release (self->keys, claim);
  return filing.found;
}

KomekRegistration *
komek_storage_sqlite_file (KomekStorage *storage, const KomekRecord *record, GTimeZone *zone,
                           GError **error)
{
  return file (KOMEK_STORAGE_SQLITE (storage), record, zone, error);
}

KomekRegistration *
komek_storage_sqlite_file_later (KomekStorage *storage, const KomekRecord *record, GError **error)
{
  return file (KOMEK_STORAGE_SQLITE (storage), record, NULL, error);
}

/* Requests that wait for their numbers. */
typedef struct
{
  KomekSqlite *db;
  GTimeZone   *zone;
  guint        limit;
  guint        n_settled;
  char        *number; /* of the one that is being settled */
  GError      *problem;
} Settling;

static void
number_pending (const KomekRecord *record, gpointer data)
{
  Settling *self = data;

  self->number = add_numbered (self->db, record, self->zone, &self->problem);
}

static gboolean
note_number (Settling *self, gint64 id, const char *token, GError **error)
{
  g_autoptr (KomekSqliteRun) note =
    komek_sqlite_take (self->db, "UPDATE filing SET number = ? WHERE token = ?", error);
  g_autoptr (KomekSqliteRun) end =
    komek_sqlite_take (self->db, "DELETE FROM pending WHERE id = ?", error);

  if (!note || !end)
    return FALSE;
  komek_sqlite_bind_text (note, 1, self->number);
  komek_sqlite_bind_text (note, 2, token);
  sqlite3_bind_int64 (end, 1, id);
  return komek_sqlite_finish (self->db, note, error) && komek_sqlite_finish (self->db, end, error);
}

static gboolean
settle_next (Settling *self, gboolean *more, GError **error)
{
  g_autoptr (KomekSqliteRun) row =
    komek_sqlite_take (self->db, "SELECT id, token, record FROM pending ORDER BY id LIMIT 1",
                       error);
  g_autoptr (GBytes) parcel = NULL;
  g_autofree char *token = NULL;
  gint64 id;

  if (!row || !komek_sqlite_step (self->db, row, more, error) || !*more)
    return row && !*more;
  id = sqlite3_column_int64 (row, 0);
  token = g_strdup (komek_sqlite_peek_text (row, 1));
  parcel = g_bytes_new (sqlite3_column_blob (row, 2), sqlite3_column_bytes (row, 2));
  sqlite3_reset (row);

  g_clear_pointer (&self->number, g_free);
  if (!komek_storage_parcel_unpack (parcel, number_pending, self))
    return komek_storage_fail_parcel (token, error);
  if (self->problem)
    {
      g_propagate_error (error, g_steal_pointer (&self->problem));
      return FALSE;
    }
  self->n_settled++;
  return note_number (self, id, token, error);
}

static gboolean
do_settle (gpointer data, GError **error)
{
  Settling *self = data;
  gboolean more = TRUE;

  self->n_settled = 0;
  while (more && self->n_settled < self->limit)
    if (!settle_next (self, &more, error))
      return FALSE;
  return TRUE;
}

gboolean
komek_storage_sqlite_settle (KomekStorage *storage, GTimeZone *zone, guint limit, guint *n_settled,
                             GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Settling settling = { .db = self->writer, .zone = zone, .limit = limit };
  gboolean done = komek_storage_sqlite_write (self, do_settle, &settling, error);

  *n_settled = done ? settling.n_settled : 0;
  g_free (settling.number);
  return done;
}
