/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-postgres-private.h"

#include <string.h>

#include "komek-storage-private.h"

/* Writing one request down with all that belongs to it. */

/* PostgreSQL takes words of 2,046 bytes; nobody types one of a tenth. */
#define LONGEST_WORD 200

/* The folded words of a request with spaces between, long ones cut. */
char *
komek_storage_postgres_dup_words (const KomekRecord *record)
{
  g_autofree char *search = komek_storage_dup_search (record);
  g_auto (GStrv) words = g_strsplit (search, " ", -1);

  for (guint i = 0; words[i]; i++)
    if (strlen (words[i]) > LONGEST_WORD)
      *g_utf8_find_prev_char (words[i], words[i] + LONGEST_WORD) = '\0';
  return g_strjoinv (" ", words);
}

static gboolean
add_request (KomekStoragePostgres *self, const KomekRecord *record, const char *number, gint64 *id,
             GError **error)
{
  g_autofree char *words = komek_storage_postgres_dup_words (record);
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, error,
      "INSERT INTO request (city, number, service, status, text, language, lat, lon, address,"
      " district, agency, requested, updated, due, supporters, words)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
      " array_to_tsvector (string_to_array ($16, ' '))) RETURNING id",
      "ssssssddsssnnnns", self->city, number, record->service,
      komek_status_get_code (record->status), record->text,
      komek_language_get_code (record->language), record->latitude, record->longitude,
      record->address, record->district, record->agency, record->requested, record->updated,
      record->due, (gint64) record->supporters, words);

  if (!result)
    return FALSE;
  *id = komek_postgres_get_number (result, 0, 0);
  return TRUE;
}

/**
 * komek_storage_postgres_add_step:
 * @id: (out) (optional): of the new step
 */
gboolean
komek_storage_postgres_add_step (KomekStoragePostgres *self, gint64 request, const KomekStep *step,
                                 gint64 *id, GError **error)
{
  g_autoptr (PGresult) result = komek_postgres_ask (
      self->writer, error,
      "INSERT INTO step (city, request, status, time, agency, event, text, answer, hidden)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
      "snsnsssss", self->city, request, komek_status_get_code (step->status), step->time,
      step->agency, step->event, step->text, step->answer ? "t" : "f",
      step->hidden ? "t" : "f");

  if (result && id)
    *id = komek_postgres_get_number (result, 0, 0);
  return result != NULL;
}

static gboolean
add_attributes (KomekStoragePostgres *self, gint64 request, const KomekRecord *record,
                GError **error)
{
  for (guint i = 0; record->attributes && record->attributes[i]; i += 2)
    {
      g_autoptr (PGresult) result = komek_postgres_ask (
          self->writer, error, "INSERT INTO attribute VALUES ($1, $2, $3, $4, $5)", "snnss",
          self->city, request, (gint64) i / 2, record->attributes[i], record->attributes[i + 1]);

      if (!result)
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_sender (KomekStoragePostgres *self, gint64 request, const KomekRecord *record, GError **error)
{
  g_autoptr (PGresult) result = NULL;

  if (!record->device && !record->contact)
    return TRUE;
  result = komek_postgres_ask (self->writer, error, "INSERT INTO sender VALUES ($1, $2, $3, $4)",
                               "snss", self->city, request, record->device, record->contact);
  return result != NULL;
}

/* Adds a request with all that belongs to it, inside a transaction of the caller. */
gboolean
komek_storage_postgres_add (KomekStoragePostgres *self, const KomekRecord *record,
                            const char *number, GError **error)
{
  gint64 request;

  if (!add_request (self, record, number, &request, error))
    return FALSE;
  for (guint i = 0; i < record->n_steps; i++)
    if (!komek_storage_postgres_add_step (self, request, &record->steps[i], NULL, error))
      return FALSE;
  return add_attributes (self, request, record, error)
         && add_sender (self, request, record, error);
}
