/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-postgres-private.h"

#include <string.h>

#include "komek-storage-filing.h"

/* Filing as PostgreSQL does it. */

static gboolean
write_work (gpointer engine, KomekScribeWork work, gpointer data, GError **error)
{
  return komek_storage_postgres_write (engine, work, data, error);
}

static gboolean
count_day (gpointer engine, const char *day, gint64 *count, GError **error)
{
  KomekStoragePostgres *self = engine;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, error,
      "INSERT INTO day VALUES ($1, $2, 1) ON CONFLICT (city, day) DO UPDATE"
      " SET count = day.count + 1 RETURNING count",
      "ss", self->city, day);

  if (result)
    *count = komek_postgres_get_number (result, 0, 0);
  return result != NULL;
}

static gboolean
add (gpointer engine, const KomekRecord *record, const char *number, GError **error)
{
  return komek_storage_postgres_add (engine, record, number, error);
}

static gboolean
says_the_same (gpointer engine, const char *number, const KomekRecord *record)
{
  KomekStoragePostgres *self = engine;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, NULL,
      "SELECT service, text, address FROM request WHERE city = $1 AND number = $2", "ss",
      self->city, number);

  return result && PQntuples (result) > 0
         && strcmp (komek_postgres_get_text (result, 0, 0), record->service) == 0
         && strcmp (komek_postgres_get_text (result, 0, 1), record->text) == 0
         && strcmp (komek_postgres_get_text (result, 0, 2), record->address) == 0;
}

static gboolean
find (gpointer engine, const char *client, const char *key, KomekFiled *found, GError **error)
{
  KomekStoragePostgres *self = engine;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, error,
      "SELECT fingerprint, number, token FROM filing WHERE city = $1 AND client = $2 AND key = $3",
      "sss", self->city, client, key);

  if (result && PQntuples (result) > 0)
    *found = (KomekFiled) {
      g_strdup (komek_postgres_get_text (result, 0, 0)),
      g_strdup (komek_postgres_get_text_or_null (result, 0, 1)),
      g_strdup (komek_postgres_get_text (result, 0, 2)),
    };
  return result != NULL;
}

static gboolean
add_pending (gpointer engine, const char *token, GBytes *parcel, GError **error)
{
  KomekStoragePostgres *self = engine;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, error, "INSERT INTO pending (city, token, record) VALUES ($1, $2, $3)", "ssb",
      self->city, token, parcel);

  return result != NULL;
}

static gboolean
add_filing (gpointer engine, const char *client, const char *key, const KomekRecord *record,
            const KomekRegistration *registered, GError **error)
{
  KomekStoragePostgres *self = engine;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, error, "INSERT INTO filing VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      "sssssssn", self->city, client, key, record->fingerprint, registered->number,
      registered->token, record->local_number, record->requested);

  return result != NULL;
}

static gboolean
list_pending (gpointer engine, guint limit, GPtrArray *pending, GError **error)
{
  KomekStoragePostgres *self = engine;
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, error,
      "SELECT id, token, record FROM pending WHERE city = $1 ORDER BY id LIMIT $2", "sn",
      self->city, (gint64) limit);

  for (int i = 0; result && i < PQntuples (result); i++)
    {
      g_autoptr (GBytes) parcel = komek_postgres_get_bytes (result, i, 2);

      g_ptr_array_add (pending, komek_pending_new (komek_postgres_get_number (result, i, 0),
                                                   komek_postgres_get_text (result, i, 1),
                                                   parcel));
    }
  return result != NULL;
}

static gboolean
settle (gpointer engine, const KomekPending *pending, const char *number, GError **error)
{
  KomekStoragePostgres *self = engine;
  g_autoptr (PGresult) note = komek_postgres_ask (
      self->writer, error, "UPDATE filing SET number = $3 WHERE city = $1 AND token = $2", "sss",
      self->city, pending->token, number);
  g_autoptr (PGresult) end =
    note ? komek_postgres_ask (self->writer, error,
                               "DELETE FROM pending WHERE city = $1 AND id = $2", "sn",
                               self->city, pending->id)
         : NULL;

  return end != NULL;
}

static const KomekFilingBook book = {
  write_work, count_day, add, find, says_the_same, add_pending, add_filing, list_pending, settle,
};

KomekRegistration *
komek_storage_postgres_file (KomekStorage *storage, const KomekRecord *record, GTimeZone *zone,
                             GError **error)
{
  KomekStorageKeys *keys = KOMEK_STORAGE_POSTGRES (storage)->keys;

  return komek_storage_filing_file (&book, storage, keys, record, zone, error);
}

KomekRegistration *
komek_storage_postgres_file_later (KomekStorage *storage, const KomekRecord *record,
                                   GError **error)
{
  return komek_storage_postgres_file (storage, record, NULL, error);
}

gboolean
komek_storage_postgres_settle (KomekStorage *storage, GTimeZone *zone, guint limit,
                               guint *n_settled, GError **error)
{
  return komek_storage_filing_settle (&book, storage, zone, limit, n_settled, error);
}
