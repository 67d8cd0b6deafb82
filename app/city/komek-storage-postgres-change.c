/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-postgres-private.h"

#include <string.h>

#include "komek-refusal.h"
#include "komek-storage-parcel.h"
#include "komek-storage-private.h"

/* What happens to a request after it was filed, and what else changes. */

/* A change of one request: which of the fields count depends on the change. */
typedef struct
{
  KomekStoragePostgres *storage;
  const char           *number;
  const KomekStep      *step;
  gboolean              keeps_status;
  const char           *voter;
  const KomekPhoto     *photo;
  gint64                time;
  gint64                request; /* found by the number */
  gint64                result;
} Change;

static gboolean
is_withdrawn (Change *self)
{
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->storage->writer, NULL, "SELECT 1 FROM withdrawn WHERE city = $1 AND number = $2", "ss",
      self->storage->city, self->number);

  return result && PQntuples (result) > 0;
}

static gboolean
find_request (Change *self, KomekStatus *status, GError **error)
{
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->storage->writer, error,
      "SELECT id, status FROM request WHERE city = $1 AND number = $2", "ss", self->storage->city,
      self->number);

  if (!result)
    return FALSE;
  if (PQntuples (result) == 0)
    return komek_storage_fail_request (self->number, is_withdrawn (self), error);
  self->request = komek_postgres_get_number (result, 0, 0);
  if (status)
    *status = komek_status_from_code (komek_postgres_get_text (result, 0, 1), TRUE);
  return TRUE;
}

/* A step of somebody who counts them is known by its key. */
static gboolean
find_step (Change *self, gboolean *known, GError **error)
{
  const KomekStep *step = self->step;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->storage->writer, error,
      "SELECT fingerprint, step FROM step_key WHERE city = $1 AND client = $2 AND key = $3", "sss",
      self->storage->city, step->client ? step->client : "", step->key);

  if (!result)
    return FALSE;
  *known = PQntuples (result) > 0;
  if (!*known)
    return TRUE;
  self->result = komek_postgres_get_number (result, 0, 1);
  if (strcmp (komek_postgres_get_text (result, 0, 0), step->fingerprint ? step->fingerprint : "")
      == 0)
    return TRUE;
  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED, "The key %s was used before",
               step->key);
  return FALSE;
}

/* A step without a key gets one, by which the scribe knows it where it has to write it again. */
static gboolean
keep_step_key (Change *self, GError **error)
{
  const KomekStep *step = self->step;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->storage->writer, error, "INSERT INTO step_key VALUES ($1, $2, $3, $4, $5)", "ssssn",
      self->storage->city, step->client ? step->client : "", step->key,
      step->fingerprint ? step->fingerprint : "", self->result);

  return result != NULL;
}

static gboolean
touch (Change *self, const char *sql, const char *text, gint64 time, GError **error)
{
  g_autoptr (PGresult) result = komek_postgres_ask (self->storage->writer, error, sql, "snsn",
                                                    self->storage->city, self->request, text, time);

  return result != NULL;
}

static gboolean
do_add_update (gpointer data, GError **error)
{
  Change *self = data;
  KomekStep step = *self->step;
  KomekStatus status;
  gboolean known;

  if (!find_step (self, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  if (!find_request (self, &status, error))
    return FALSE;
  if (self->keeps_status)
    step.status = status;
  return komek_storage_postgres_add_step (self->storage, self->request, &step, &self->result, error)
         && (step.hidden
             || touch (self,
                       "UPDATE request SET status = $3, updated = greatest (updated, $4)"
                       " WHERE city = $1 AND id = $2",
                       komek_status_get_code (step.status), step.time, error))
         && keep_step_key (self, error);
}

gboolean
komek_storage_postgres_add_update (KomekStorage *storage, const KomekStep *step,
                                   gboolean keeps_status, gint64 *id, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  g_autofree char *own_key = step->key ? NULL : komek_storage_make_key ();
  KomekStep keyed = *step;
  Change change = {
    .storage = self, .number = step->number, .step = &keyed, .keeps_status = keeps_status
  };
  gboolean done;

  if (own_key)
    keyed.key = own_key;
  done = komek_storage_postgres_write (self, do_add_update, &change, error);
  *id = change.result;
  return done;
}

static gboolean
do_pass_update (gpointer data, GError **error)
{
  Change *self = data;
  g_autoptr (PGresult) shown = komek_postgres_ask (
      self->storage->writer, error,
      "UPDATE step SET hidden = false WHERE city = $1 AND id = $2 RETURNING request", "sn",
      self->storage->city, self->result);

  if (!shown)
    return FALSE;
  self->request = PQntuples (shown) > 0 ? komek_postgres_get_number (shown, 0, 0) : 0;
  return self->request == 0
         || touch (self,
                   "UPDATE request SET updated = greatest (updated, $4)"
                   " WHERE city = $1 AND id = $2 AND $3 <> ''",
                   "passed", self->time, error);
}

gboolean
komek_storage_postgres_pass_update (KomekStorage *storage, gint64 id, gint64 time,
                                    gboolean *passed, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  Change change = { .storage = self, .result = id, .time = time };
  gboolean done = komek_storage_postgres_write (self, do_pass_update, &change, error);

  *passed = change.request != 0;
  return done;
}

static gboolean
do_vote (gpointer data, GError **error)
{
  Change *self = data;
  KomekStoragePostgres *storage = self->storage;
  g_autoptr (PGresult) voted = NULL;
  g_autoptr (PGresult) count = NULL;

  if (!find_request (self, NULL, error))
    return FALSE;
  voted = komek_postgres_ask (storage->writer, error,
                              "INSERT INTO vote VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                              "snsn", storage->city, self->request, self->voter, self->time);
  if (!voted)
    return FALSE;
  count = komek_postgres_ask (storage->writer, error,
                              "UPDATE request SET supporters = supporters + $3,"
                              " updated = CASE WHEN $3 > 0 THEN greatest (updated, $4)"
                              " ELSE updated END WHERE city = $1 AND id = $2 RETURNING supporters",
                              "snsn", storage->city, self->request, PQcmdTuples (voted),
                              self->time);
  if (!count)
    return FALSE;
  self->result = komek_postgres_get_number (count, 0, 0);
  return TRUE;
}

gboolean
komek_storage_postgres_vote (KomekStorage *storage, const char *number, const char *voter,
                             gint64 time, guint *count, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  Change change = { .storage = self, .number = number, .voter = voter, .time = time };
  gboolean done = komek_storage_postgres_write (self, do_vote, &change, error);

  *count = change.result;
  return done;
}

/* The place that the photo has or will have; @known tells which. */
static gboolean
find_place (Change *self, gboolean *known, GError **error)
{
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->storage->writer, error,
      "SELECT coalesce (max (place) FILTER (WHERE digest = $3), -1), count (*) FROM photo"
      " WHERE city = $1 AND request = $2",
      "sns", self->storage->city, self->request, self->photo->digest);
  gint64 place;

  if (!result)
    return FALSE;
  place = komek_postgres_get_number (result, 0, 0);
  *known = place >= 0;
  self->result = *known ? place : komek_postgres_get_number (result, 0, 1);
  return TRUE;
}

static gboolean
insert_photo (Change *self, GError **error)
{
  const KomekPhoto *photo = self->photo;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->storage->writer, error, "INSERT INTO photo VALUES ($1, $2, $3, $4, $5, $6, $7)",
      "snnssnb", self->storage->city, self->request, self->result, photo->digest, photo->type,
      photo->time, photo->bytes);

  return result != NULL;
}

static gboolean
do_add_photo (gpointer data, GError **error)
{
  Change *self = data;
  gboolean known;

  if (!find_request (self, NULL, error) || !find_place (self, &known, error))
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
         && touch (self,
                   "UPDATE request SET photos = photos + 1, updated = greatest (updated, $4)"
                   " WHERE city = $1 AND id = $2 AND number = $3",
                   self->number, self->photo->time, error);
}

gboolean
komek_storage_postgres_add_photo (KomekStorage *storage, const KomekPhoto *photo, guint *place,
                                  GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  Change change = { .storage = self, .number = photo->number, .photo = photo };
  gboolean done = komek_storage_postgres_write (self, do_add_photo, &change, error);

  *place = change.result;
  return done;
}

static gboolean
set_aside (Change *self, GError **error)
{
  KomekStoragePostgres *storage = self->storage;
  g_autoptr (PGresult) row = komek_postgres_ask (
      storage->writer, error,
      "DELETE FROM request WHERE city = $1 AND id = $2 RETURNING " KOMEK_STORAGE_POSTGRES_COLUMNS,
      "sn", storage->city, self->request);
  g_autoptr (PGresult) kept = NULL;
  g_autoptr (GBytes) parcel = NULL;
  KomekRecord record;

  if (!row)
    return FALSE;
  if (PQntuples (row) == 0)
    return komek_storage_fail_request (self->number, FALSE, error);
  komek_storage_postgres_read_record (row, 0, &record);
  parcel = komek_storage_parcel_pack (&record);
  kept = komek_postgres_ask (storage->writer, error,
                             "INSERT INTO withdrawn VALUES ($1, $2, $3, $4, $5, $6)", "snsnnb",
                             storage->city, self->request, record.number, record.requested,
                             self->time, parcel);
  return kept != NULL;
}

static gboolean
do_withdraw (gpointer data, GError **error)
{
  Change *self = data;

  return is_withdrawn (self) || (find_request (self, NULL, error) && set_aside (self, error));
}

gboolean
komek_storage_postgres_withdraw (KomekStorage *storage, const char *number, gint64 time,
                                 GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  Change change = { .storage = self, .number = number, .time = time };

  return komek_storage_postgres_write (self, do_withdraw, &change, error);
}

/* A statement of texts alone. */
typedef struct
{
  KomekStoragePostgres *storage;
  const char           *sql;
  const char           *types;
  const char           *texts[4];
  gboolean              changed;
} Writing;

static gboolean
do_write (gpointer data, GError **error)
{
  Writing *self = data;
  g_autoptr (PGresult) result =
    komek_postgres_ask (self->storage->writer, error, self->sql, self->types, self->storage->city,
                        self->texts[0], self->texts[1], self->texts[2], self->texts[3]);

  self->changed = result && strcmp (PQcmdTuples (result), "0") != 0;
  return result != NULL;
}

gboolean
komek_storage_postgres_add_client (KomekStorage *storage, const KomekClient *client, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  Writing writing = { .storage = self,
                      .sql = "INSERT INTO api_key VALUES ($1, $2, $3, $4, $5)"
                             " ON CONFLICT (city, id) DO UPDATE SET name = $3, role = $4,"
                             " hash = $5",
                      .types = "sssss",
                      .texts = { client->id, client->name, client->role, client->key_hash } };

  return komek_storage_postgres_write (self, do_write, &writing, error);
}

gboolean
komek_storage_postgres_remove_client (KomekStorage *storage, const char *id, gboolean *removed,
                                      GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  Writing writing = { .storage = self,
                      .sql = "DELETE FROM api_key WHERE city = $1 AND id = $2",
                      .types = "ss",
                      .texts = { id } };
  gboolean done = komek_storage_postgres_write (self, do_write, &writing, error);

  *removed = done && writing.changed;
  return done;
}

gboolean
komek_storage_postgres_set_note (KomekStorage *storage, const char *name, const char *value,
                                 GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  Writing writing = { .storage = self,
                      .sql = "INSERT INTO note VALUES ($1, $2, $3)"
                             " ON CONFLICT (city, name) DO UPDATE SET value = $3",
                      .types = "sss",
                      .texts = { name, value } };

  return komek_storage_postgres_write (self, do_write, &writing, error);
}

gboolean
komek_storage_postgres_add_note (KomekStorage *storage, const char *name, const char *value,
                                 GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  Writing writing = { .storage = self,
                      .sql = "INSERT INTO note VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                      .types = "sss",
                      .texts = { name, value } };

  return komek_storage_postgres_write (self, do_write, &writing, error);
}
