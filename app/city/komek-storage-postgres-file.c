/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-postgres-private.h"

#include <string.h>

#include "komek-number.h"
#include "komek-refusal.h"
#include "komek-storage-parcel.h"
#include "komek-storage-private.h"

/* Filing: a key, a number or a token, and the request, all at once. */

/* What is to be filed, and what became of it. */
typedef struct
{
  KomekStoragePostgres *storage;
  const KomekRecord    *record;
  const char           *client, *key;
  GTimeZone            *zone; /* NULL where only a token is asked for */
  KomekRegistration    *found;
} Filing;

/* Counts the day up; the first request of a day has the count 0. No number is
 * lost: one that is not committed was never counted. */
static gboolean
count_day (KomekStoragePostgres *self, GDateTime *day, gint64 *count, GError **error)
{
  g_autofree char *name = g_date_time_format (day, "%Y-%m-%d");
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, error,
      "INSERT INTO day VALUES ($1, $2, 1) ON CONFLICT (city, day) DO UPDATE"
      " SET count = day.count + 1 RETURNING count",
      "ss", self->city, name);

  if (!result)
    return FALSE;
  *count = komek_postgres_get_number (result, 0, 0) - 1;
  return komek_storage_check_day (name, *count, error);
}

/* Gives a number to a request and adds it. */
static char *
add_numbered (KomekStoragePostgres *self, const KomekRecord *record, GTimeZone *zone,
              GError **error)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (record->requested);
  g_autoptr (GDateTime) day = g_date_time_to_timezone (utc, zone);
  g_autofree char *number = NULL;
  gint64 count;

  if (!count_day (self, day, &count, error))
    return NULL;
  number = komek_number_format (day, count);
  return komek_storage_postgres_add (self, record, number, error) ? g_steal_pointer (&number)
                                                                  : NULL;
}

/* What was filed without a fingerprint is compared word by word. */
static gboolean
says_the_same (KomekStoragePostgres *self, const char *number, const KomekRecord *record)
{
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, NULL,
      "SELECT service, text, address FROM request WHERE city = $1 AND number = $2", "ss",
      self->city, number);

  return result && PQntuples (result) > 0
         && strcmp (komek_postgres_get_text (result, 0, 0), record->service) == 0
         && strcmp (komek_postgres_get_text (result, 0, 1), record->text) == 0
         && strcmp (komek_postgres_get_text (result, 0, 2), record->address) == 0;
}

/* Leaves @found NULL where the key is new. */
static gboolean
find_known (Filing *self, GError **error)
{
  KomekStoragePostgres *storage = self->storage;
  g_autoptr (PGresult) result = komek_postgres_ask (
      storage->writer, error,
      "SELECT fingerprint, number, token FROM filing WHERE city = $1 AND client = $2 AND key = $3",
      "sss", storage->city, self->client, self->key);
  const char *fingerprint, *number;

  if (!result || PQntuples (result) == 0)
    return result != NULL;
  fingerprint = komek_postgres_get_text (result, 0, 0);
  number = komek_postgres_get_text_or_null (result, 0, 1);
  if (*fingerprint != '\0' && self->record->fingerprint
        ? strcmp (fingerprint, self->record->fingerprint) != 0
        : !number || !says_the_same (storage, number, self->record))
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED, "The key %s was used before",
                   self->key);
      return FALSE;
    }
  self->found = komek_registration_new (
      number, number ? NULL : komek_postgres_get_text (result, 0, 2), TRUE);
  return TRUE;
}

static gboolean
add_pending (Filing *self, const char *token, GError **error)
{
  g_autoptr (GBytes) parcel = komek_storage_parcel_pack (self->record);
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->storage->writer, error,
      "INSERT INTO pending (city, token, record) VALUES ($1, $2, $3)", "ssb", self->storage->city,
      token, parcel);

  return result != NULL;
}

static gboolean
add_filing (Filing *self, GError **error)
{
  const KomekRecord *record = self->record;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->storage->writer, error, "INSERT INTO filing VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      "sssssssn", self->storage->city, self->client, self->key, record->fingerprint,
      self->found->number, self->found->token, record->local_number, record->requested);

  return result != NULL;
}

static gboolean
register_new (Filing *self, GError **error)
{
  g_autofree char *token = self->zone ? NULL : g_uuid_string_random ();
  g_autofree char *number =
    self->zone ? add_numbered (self->storage, self->record, self->zone, error) : NULL;

  if (self->zone ? !number : !add_pending (self, token, error))
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
file (KomekStoragePostgres *self, const KomekRecord *record, GTimeZone *zone, GError **error)
{
  g_autofree char *own_key = record->key ? NULL : komek_storage_make_key ();
  Filing filing = { .storage = self,
                    .record = record,
                    .client = record->client ? record->client : "",
                    .key = record->key ? record->key : own_key,
                    .zone = zone };
  char *claim = komek_storage_keys_claim (self->keys, filing.client, filing.key, error);

  if (!claim)
    return NULL;
  if (!komek_storage_postgres_write (self, do_file, &filing, error))
    g_clear_pointer (&filing.found, komek_registration_free);
  komek_storage_keys_release (self->keys, claim);
  return filing.found;
}

KomekRegistration *
komek_storage_postgres_file (KomekStorage *storage, const KomekRecord *record, GTimeZone *zone,
                             GError **error)
{
  return file (KOMEK_STORAGE_POSTGRES (storage), record, zone, error);
}

KomekRegistration *
komek_storage_postgres_file_later (KomekStorage *storage, const KomekRecord *record,
                                   GError **error)
{
  return file (KOMEK_STORAGE_POSTGRES (storage), record, NULL, error);
}

/* Requests that wait for their numbers. */
typedef struct
{
  KomekStoragePostgres *storage;
  GTimeZone            *zone;
  guint                 limit;
  guint                 n_settled;
  char                 *number; /* of the one that is being settled */
  GError               *problem;
} Settling;

static void
number_pending (const KomekRecord *record, gpointer data)
{
  Settling *self = data;

  self->number = add_numbered (self->storage, record, self->zone, &self->problem);
}

static gboolean
note_number (Settling *self, gint64 id, const char *token, GError **error)
{
  KomekStoragePostgres *storage = self->storage;
  g_autoptr (PGresult) note = komek_postgres_ask (
      storage->writer, error, "UPDATE filing SET number = $3 WHERE city = $1 AND token = $2", "sss",
      storage->city, token, self->number);
  g_autoptr (PGresult) end =
    note ? komek_postgres_ask (storage->writer, error,
                               "DELETE FROM pending WHERE city = $1 AND id = $2", "sn",
                               storage->city, id)
         : NULL;

  return end != NULL;
}

static gboolean
settle_one (Settling *self, const PGresult *pending, int row, GError **error)
{
  const char *token = komek_postgres_get_text (pending, row, 1);
  g_autoptr (GBytes) parcel = komek_postgres_get_bytes (pending, row, 2);

  g_clear_pointer (&self->number, g_free);
  if (!komek_storage_parcel_unpack (parcel, number_pending, self))
    return komek_storage_fail_parcel (token, error);
  if (self->problem)
    {
      g_propagate_error (error, g_steal_pointer (&self->problem));
      return FALSE;
    }
  self->n_settled++;
  return note_number (self, komek_postgres_get_number (pending, row, 0), token, error);
}

static gboolean
do_settle (gpointer data, GError **error)
{
  Settling *self = data;
  g_autoptr (PGresult) pending = komek_postgres_ask (
      self->storage->writer, error,
      "SELECT id, token, record FROM pending WHERE city = $1 ORDER BY id LIMIT $2", "sn",
      self->storage->city, (gint64) self->limit);

  self->n_settled = 0;
  for (int i = 0; pending && i < PQntuples (pending); i++)
    if (!settle_one (self, pending, i, error))
      return FALSE;
  return pending != NULL;
}

gboolean
komek_storage_postgres_settle (KomekStorage *storage, GTimeZone *zone, guint limit,
                               guint *n_settled, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  Settling settling = { .storage = self, .zone = zone, .limit = limit };
  gboolean done = komek_storage_postgres_write (self, do_settle, &settling, error);

  *n_settled = done ? settling.n_settled : 0;
  g_free (settling.number);
  return done;
}
