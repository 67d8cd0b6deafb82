/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include <string.h>

#include "komek-refusal.h"
#include "komek-storage-parcel.h"
#include "komek-storage-private.h"

/* What happens to a request after it was filed, and what else changes. */

/* A change of one request: which of the fields count depends on the change. */
typedef struct
{
  KomekSqlite      *db;
  const char       *number;
  const KomekStep  *step;
  gboolean          keeps_status;
  const char       *voter;
  const KomekPhoto *photo;
  gint64            time;
  gint64            request; /* found by the number */
  gint64            result;
} Change;

static gboolean
is_withdrawn (KomekSqlite *db, const char *number)
{
  g_autoptr (KomekSqliteRun) row =
    komek_sqlite_take (db, "SELECT 1 FROM withdrawn WHERE number = ?", NULL);

  if (!row)
    return FALSE;
  komek_sqlite_bind_text (row, 1, number);
  return sqlite3_step (row) == SQLITE_ROW;
}

static gboolean
find_request (Change *self, GError **error)
{
  g_autoptr (KomekSqliteRun) row =
    komek_sqlite_take (self->db, "SELECT id FROM request WHERE number = ?", error);
  gboolean more;

  if (!row)
    return FALSE;
  komek_sqlite_bind_text (row, 1, self->number);
  if (!komek_sqlite_step (self->db, row, &more, error))
    return FALSE;
  if (!more)
    return komek_storage_fail_request (self->number, is_withdrawn (self->db, self->number), error);
  self->request = sqlite3_column_int64 (row, 0);
  return TRUE;
}

/* Runs a statement with the request, a text and a number; @changed tells whether it did any. */
static gboolean
run (Change *self, const char *sql, const char *text, gint64 number, gboolean *changed,
     GError **error)
{
  g_autoptr (KomekSqliteRun) statement = komek_sqlite_take (self->db, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->request);
  komek_sqlite_bind_text (statement, 2, text);
  sqlite3_bind_int64 (statement, 3, number);
  if (!komek_sqlite_finish (self->db, statement, error))
    return FALSE;
  if (changed)
    *changed = sqlite3_changes (self->db->db) > 0;
  return TRUE;
}

/* A step of somebody who counts them is known by its key. */
static gboolean
find_step (Change *self, gboolean *known, GError **error)
{
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      self->db, "SELECT fingerprint, step FROM step_key WHERE client = ? AND key = ?", error);
  const KomekStep *step = self->step;

  if (!row)
    return FALSE;
  komek_sqlite_bind_text (row, 1, step->client ? step->client : "");
  komek_sqlite_bind_text (row, 2, step->key);
  if (!komek_sqlite_step (self->db, row, known, error) || !*known)
    return !*known;
  self->result = sqlite3_column_int64 (row, 1);
  if (strcmp (komek_sqlite_peek_text (row, 0), step->fingerprint ? step->fingerprint : "") == 0)
    return TRUE;
  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED, "The key %s was used before",
               step->key);
  return FALSE;
}

static gboolean
keep_step_key (Change *self, GError **error)
{
  g_autoptr (KomekSqliteRun) statement = NULL;
  const KomekStep *step = self->step;

  if (!step->key)
    return TRUE;
  statement = komek_sqlite_take (self->db, "INSERT INTO step_key VALUES (?, ?, ?, ?)", error);
  if (!statement)
    return FALSE;
  komek_sqlite_bind_text (statement, 1, step->client ? step->client : "");
  komek_sqlite_bind_text (statement, 2, step->key);
  komek_sqlite_bind_text (statement, 3, step->fingerprint ? step->fingerprint : "");
  sqlite3_bind_int64 (statement, 4, self->result);
  return komek_sqlite_finish (self->db, statement, error);
}

static KomekStatus
get_status (Change *self)
{
  g_autoptr (KomekSqliteRun) row =
    komek_sqlite_take (self->db, "SELECT status FROM request WHERE id = ?", NULL);

  if (!row)
    return self->step->status;
  sqlite3_bind_int64 (row, 1, self->request);
  return sqlite3_step (row) == SQLITE_ROW
           ? komek_status_from_code (komek_sqlite_peek_text (row, 0), TRUE)
           : self->step->status;
}

static gboolean
do_add_update (gpointer data, GError **error)
{
  Change *self = data;
  KomekStep step = *self->step;
  gboolean known = FALSE;

  if (step.key && !find_step (self, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  if (!find_request (self, error))
    return FALSE;
  if (self->keeps_status)
    step.status = get_status (self);
  if (!komek_storage_sqlite_add_step (self->db, self->request, &step, error))
    return FALSE;
  self->result = sqlite3_last_insert_rowid (self->db->db);
  if (step.hidden)
    return keep_step_key (self, error);
  return run (self, "UPDATE request SET status = ?2, updated = max (updated, ?3) WHERE id = ?1",
              komek_status_get_code (step.status), step.time, NULL, error)
         && keep_step_key (self, error);
}

gboolean
komek_storage_sqlite_add_update (KomekStorage *storage, const KomekStep *step,
                                 gboolean keeps_status, gint64 *id, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Change change = {
    .db = self->writer, .number = step->number, .step = step, .keeps_status = keeps_status
  };
  gboolean done = komek_storage_sqlite_write (self, do_add_update, &change, error);

  *id = change.result;
  return done;
}

static gboolean
do_pass_update (gpointer data, GError **error)
{
  Change *self = data;
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      self->db, "UPDATE step SET hidden = 0 WHERE id = ? RETURNING request", error);
  gboolean more = FALSE;

  if (!row)
    return FALSE;
  sqlite3_bind_int64 (row, 1, self->result);
  if (!komek_sqlite_step (self->db, row, &more, error))
    return FALSE;
  self->request = more ? sqlite3_column_int64 (row, 0) : 0;
  g_clear_pointer (&row, komek_sqlite_release);
  return self->request == 0
         || run (self,
                 "UPDATE request SET updated = max (updated, ?3) WHERE id = ?1 AND ?2 IS NULL",
                 NULL, self->time, NULL, error);
}

gboolean
komek_storage_sqlite_pass_update (KomekStorage *storage, gint64 id, gint64 time, gboolean *passed,
                                  GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Change change = { .db = self->writer, .result = id, .time = time };
  gboolean done = komek_storage_sqlite_write (self, do_pass_update, &change, error);

  *passed = change.request != 0;
  return done;
}

static gboolean
ask_supporters (Change *self, GError **error)
{
  g_autoptr (KomekSqliteRun) row =
    komek_sqlite_take (self->db, "SELECT supporters FROM request WHERE id = ?", error);
  gboolean more;

  if (!row)
    return FALSE;
  sqlite3_bind_int64 (row, 1, self->request);
  if (!komek_sqlite_step (self->db, row, &more, error))
    return FALSE;
  self->result = more ? sqlite3_column_int64 (row, 0) : 0;
  return TRUE;
}

static gboolean
do_vote (gpointer data, GError **error)
{
  Change *self = data;
  gboolean is_new;

  if (!find_request (self, error)
      || !run (self, "INSERT INTO vote VALUES (?, ?, ?) ON CONFLICT DO NOTHING", self->voter,
               self->time, &is_new, error))
    return FALSE;
  if (is_new
      && !run (self,
               "UPDATE request SET supporters = supporters + 1, updated = max (updated, ?3)"
               " WHERE id = ?1 AND ?2 IS NOT NULL",
               self->voter, self->time, NULL, error))
    return FALSE;
  return ask_supporters (self, error);
}

gboolean
komek_storage_sqlite_vote (KomekStorage *storage, const char *number, const char *voter,
                           gint64 time, guint *count, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Change change = { .db = self->writer, .number = number, .voter = voter, .time = time };
  gboolean done = komek_storage_sqlite_write (self, do_vote, &change, error);

  *count = change.result;
  return done;
}

/* The place that the photo has or will have; @known tells which. */
static gboolean
find_place (Change *self, gboolean *known, GError **error)
{
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      self->db,
      "SELECT coalesce (max (place) FILTER (WHERE digest = ?2), -1), count (*) FROM photo"
      " WHERE request = ?1",
      error);
  gint64 place;
  gboolean more;

  if (!row)
    return FALSE;
  sqlite3_bind_int64 (row, 1, self->request);
  komek_sqlite_bind_text (row, 2, self->photo->digest);
  if (!komek_sqlite_step (self->db, row, &more, error))
    return FALSE;
  place = sqlite3_column_int64 (row, 0);
  *known = place >= 0;
  self->result = *known ? place : sqlite3_column_int64 (row, 1);
  return TRUE;
}

static gboolean
insert_photo (Change *self, GError **error)
{
  g_autoptr (KomekSqliteRun) statement =
    komek_sqlite_take (self->db, "INSERT INTO photo VALUES (?, ?, ?, ?, ?, ?)", error);
  GBytes *bytes = self->photo->bytes;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->request);
  sqlite3_bind_int64 (statement, 2, self->result);
  komek_sqlite_bind_text (statement, 3, self->photo->digest);
  komek_sqlite_bind_text (statement, 4, self->photo->type);
  sqlite3_bind_int64 (statement, 5, self->photo->time);
  sqlite3_bind_blob64 (statement, 6, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                       SQLITE_STATIC);
  return komek_sqlite_finish (self->db, statement, error);
}

static gboolean
do_add_photo (gpointer data, GError **error)
{
  Change *self = data;
  gboolean known;

  if (!find_request (self, error) || !find_place (self, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  if (self->result >= KOMEK_STORAGE_MAX_PHOTOS)
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURES_FULL, "%s has its photos",
                   self->number);
      return FALSE;
    }
  return insert_photo (self, error)
         && run (self,
                 "UPDATE request SET photos = photos + 1, updated = max (updated, ?3)"
                 " WHERE id = ?1 AND ?2 IS NOT NULL",
                 self->number, self->photo->time, NULL, error);
}

gboolean
komek_storage_sqlite_add_photo (KomekStorage *storage, const KomekPhoto *photo, guint *place,
                                GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Change change = { .db = self->writer, .number = photo->number, .photo = photo };
  gboolean done = komek_storage_sqlite_write (self, do_add_photo, &change, error);

  *place = change.result;
  return done;
}

/* What has to go out of the search is what went in. */
static gboolean
set_aside (Change *self, GError **error)
{
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      self->db, "SELECT " KOMEK_STORAGE_SQLITE_COLUMNS " FROM request WHERE id = ?", error);
  g_autoptr (KomekSqliteRun) keep =
    komek_sqlite_take (self->db, "INSERT INTO withdrawn VALUES (?, ?, ?, ?, ?)", error);
  g_autoptr (GBytes) parcel = NULL;
  g_autofree char *search = NULL;
  KomekRecord record;
  gboolean more;

  if (!row || !keep)
    return FALSE;
  sqlite3_bind_int64 (row, 1, self->request);
  if (!komek_sqlite_step (self->db, row, &more, error))
    return FALSE;
  komek_storage_sqlite_read_record (row, &record);
  parcel = komek_storage_parcel_pack (&record);
  search = komek_storage_dup_search (&record);
  sqlite3_bind_int64 (keep, 1, self->request);
  komek_sqlite_bind_text (keep, 2, record.number);
  sqlite3_bind_int64 (keep, 3, record.requested);
  sqlite3_bind_int64 (keep, 4, self->time);
  sqlite3_bind_blob (keep, 5, g_bytes_get_data (parcel, NULL), g_bytes_get_size (parcel),
                     SQLITE_STATIC);
  return komek_sqlite_finish (self->db, keep, error)
         && run (self, "INSERT INTO words (rowid, text, words) VALUES (?, ?, 'delete')", search, 0,
                 NULL, error);
}

static gboolean
do_withdraw (gpointer data, GError **error)
{
  Change *self = data;

  if (is_withdrawn (self->db, self->number))
    return TRUE;
  return find_request (self, error) && set_aside (self, error)
         && run (self, "DELETE FROM request WHERE id = ?1 AND ?2 IS NOT NULL AND ?3 >= 0",
                 self->number, 0, NULL, error);
}

gboolean
komek_storage_sqlite_withdraw (KomekStorage *storage, const char *number, gint64 time,
                               GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Change change = { .db = self->writer, .number = number, .time = time };

  return komek_storage_sqlite_write (self, do_withdraw, &change, error);
}

/* A statement of texts alone. */
typedef struct
{
  KomekSqlite *db;
  const char  *sql;
  const char  *texts[4];
  guint        n_texts;
  int          n_changes;
} Writing;

static gboolean
do_write (gpointer data, GError **error)
{
  Writing *self = data;
  g_autoptr (KomekSqliteRun) statement = komek_sqlite_take (self->db, self->sql, error);

  if (!statement)
    return FALSE;
  for (guint i = 0; i < self->n_texts; i++)
    komek_sqlite_bind_text (statement, i + 1, self->texts[i]);
  if (!komek_sqlite_finish (self->db, statement, error))
    return FALSE;
  self->n_changes = sqlite3_changes (self->db->db);
  return TRUE;
}

gboolean
komek_storage_sqlite_add_client (KomekStorage *storage, const KomekClient *client, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Writing writing = { .db = self->writer,
                      .sql = "INSERT OR REPLACE INTO api_key VALUES (?, ?, ?, ?)",
                      .texts = { client->id, client->name, client->role, client->key_hash },
                      .n_texts = 4 };

  return komek_storage_sqlite_write (self, do_write, &writing, error);
}

gboolean
komek_storage_sqlite_remove_client (KomekStorage *storage, const char *id, gboolean *removed,
                                     GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Writing writing = {
    .db = self->writer, .sql = "DELETE FROM api_key WHERE id = ?", .texts = { id }, .n_texts = 1
  };
  gboolean done = komek_storage_sqlite_write (self, do_write, &writing, error);

  *removed = done && writing.n_changes > 0;
  return done;
}

gboolean
komek_storage_sqlite_set_note (KomekStorage *storage, const char *name, const char *value,
                               GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Writing writing = { .db = self->writer,
                      .sql = "INSERT OR REPLACE INTO note VALUES (?, ?)",
                      .texts = { name, value },
                      .n_texts = 2 };

  return komek_storage_sqlite_write (self, do_write, &writing, error);
}

gboolean
komek_storage_sqlite_add_note (KomekStorage *storage, const char *name, const char *value,
                               GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Writing writing = { .db = self->writer,
                      .sql = "INSERT OR IGNORE INTO note VALUES (?, ?)",
                      .texts = { name, value },
                      .n_texts = 2 };

  return komek_storage_sqlite_write (self, do_write, &writing, error);
}
