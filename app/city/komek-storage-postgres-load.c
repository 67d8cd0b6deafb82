/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-postgres-private.h"

#include <math.h>

#include "komek-error.h"

/* Filling a storage with a whole city: one transaction, rows in large pieces
 * by COPY, the indexes made once everything is there if no other city needs
 * them meanwhile. */

#define ROWS_A_PIECE 10000

static gboolean
ask_alone (KomekStoragePostgres *self, gboolean *alone, GError **error)
{
  g_autoptr (PGresult) result =
    komek_postgres_ask (self->writer, error, "SELECT NOT EXISTS (SELECT 1 FROM request)", "");

  *alone = result && *komek_postgres_get_text (result, 0, 0) == 't';
  return result != NULL;
}

/* With the turn of the city taken, so that two who begin at once follow one another. */
static gboolean
take_turn (KomekStoragePostgres *self, GError **error)
{
  g_autoptr (PGresult) turn = NULL;
  g_autoptr (PGresult) any = NULL;

  turn = komek_postgres_ask (self->writer, error,
                             "INSERT INTO stamp VALUES ($1, 1)"
                             " ON CONFLICT (city) DO UPDATE SET value = stamp.value + 1",
                             "s", self->city);
  any = turn ? komek_postgres_ask (self->writer, error,
                                   "SELECT 1 FROM request WHERE city = $1 LIMIT 1", "s", self->city)
             : NULL;
  if (!any || PQntuples (any) == 0)
    return any != NULL;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED, "The city is not empty any more");
  return FALSE;
}

static gboolean
begin (KomekStoragePostgres *self, GError **error)
{
  KomekPostgresLoad *load = &self->load;

  if (!komek_postgres_run (self->writer, "BEGIN", error)
      || !komek_postgres_run (self->writer,
                              "SET LOCAL lock_timeout = 0;"
                              "SET LOCAL idle_in_transaction_session_timeout = 0;"
                              "SET LOCAL maintenance_work_mem = '256MB'",
                              error)
      || !take_turn (self, error) || !ask_alone (self, &load->alone, error))
    return FALSE;
  load->requests = g_string_new (NULL);
  load->steps = g_string_new (NULL);
  load->attributes = g_string_new (NULL);
  load->next_id = 1;
  load->n_waiting = 0;
  return !load->alone || komek_storage_postgres_drop_indexes (self->writer, error);
}

static void
end (KomekStoragePostgres *self)
{
  KomekPostgresLoad *load = &self->load;
  GString **rows[] = { &load->requests, &load->steps, &load->attributes };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (*rows[i])
      g_string_free (*rows[i], TRUE);
  *load = (KomekPostgresLoad) { 0 };
}

static gboolean
give_up (KomekStoragePostgres *self)
{
  komek_postgres_hang_up (self->writer);
  end (self);
  return FALSE;
}

gboolean
komek_storage_postgres_begin_load (KomekStorage *storage, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);

  return begin (self, error) || give_up (self);
}

/* In the text form of COPY. */
static void
put_text (GString *rows, const char *text, char end)
{
  for (const char *p = text ? text : "\\N"; *p != '\0'; p++)
    switch (*p)
      {
      case '\\':
        g_string_append (rows, text ? "\\\\" : "\\");
        break;
      case '\t':
        g_string_append (rows, "\\t");
        break;
      case '\n':
        g_string_append (rows, "\\n");
        break;
      case '\r':
        g_string_append (rows, "\\r");
        break;
      default:
        g_string_append_c (rows, *p);
      }
  g_string_append_c (rows, end);
}

static void
put_number (GString *rows, gint64 number, char end)
{
  g_string_append_printf (rows, "%" G_GINT64_FORMAT "%c", number, end);
}

static void
put_degrees (GString *rows, double degrees)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  put_text (rows, isnan (degrees) ? NULL : g_ascii_dtostr (digits, sizeof digits, degrees), '\t');
}

#define REQUEST_COLUMNS \
  "city, id, number, service, status, text, language, lat, lon, address, district, agency," \
  " requested, updated, due, supporters, words"

static void
put_request (KomekStoragePostgres *self, gint64 id, const KomekRecord *record)
{
  GString *rows = self->load.requests;
  g_autofree char *words = komek_storage_postgres_dup_words (record);

  put_text (rows, self->city, '\t');
  put_number (rows, id, '\t');
  put_text (rows, record->number, '\t');
  put_text (rows, record->service, '\t');
  put_text (rows, komek_status_get_code (record->status), '\t');
  put_text (rows, record->text, '\t');
  put_text (rows, komek_language_get_code (record->language), '\t');
  put_degrees (rows, record->latitude);
  put_degrees (rows, record->longitude);
  put_text (rows, record->address, '\t');
  put_text (rows, record->district, '\t');
  put_text (rows, record->agency, '\t');
  put_number (rows, record->requested, '\t');
  put_number (rows, record->updated, '\t');
  put_number (rows, record->due, '\t');
  put_number (rows, record->supporters, '\t');
  put_text (rows, words, '\n');
}

static void
put_step (KomekStoragePostgres *self, gint64 request, const KomekStep *step)
{
  GString *rows = self->load.steps;

  put_text (rows, self->city, '\t');
  put_number (rows, request, '\t');
  put_text (rows, komek_status_get_code (step->status), '\t');
  put_number (rows, step->time, '\t');
  put_text (rows, step->agency, '\t');
  put_text (rows, step->event, '\t');
  put_text (rows, step->text, '\t');
  put_text (rows, step->answer ? "t" : "f", '\n');
}

static void
put_attributes (KomekStoragePostgres *self, gint64 request, const KomekRecord *record)
{
  GString *rows = self->load.attributes;

  for (guint i = 0; record->attributes && record->attributes[i]; i += 2)
    {
      put_text (rows, self->city, '\t');
      put_number (rows, request, '\t');
      put_number (rows, i / 2, '\t');
      put_text (rows, record->attributes[i], '\t');
      put_text (rows, record->attributes[i + 1], '\n');
    }
}

static gboolean
copy_out (KomekStoragePostgres *self, GError **error)
{
  KomekPostgresLoad *load = &self->load;
  gboolean copied =
    komek_postgres_copy (self->writer, "COPY request (" REQUEST_COLUMNS ") FROM STDIN",
                         load->requests, error)
    && komek_postgres_copy (
        self->writer,
        "COPY step (city, request, status, time, agency, event, text, answer) FROM STDIN",
        load->steps, error)
    && komek_postgres_copy (self->writer, "COPY attribute FROM STDIN", load->attributes, error);

  g_string_truncate (load->requests, 0);
  g_string_truncate (load->steps, 0);
  g_string_truncate (load->attributes, 0);
  load->n_waiting = 0;
  return copied;
}

gboolean
komek_storage_postgres_load (KomekStorage *storage, const KomekRecord *record, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  gint64 id = self->load.next_id++;

  put_request (self, id, record);
  for (guint i = 0; i < record->n_steps; i++)
    put_step (self, id, &record->steps[i]);
  put_attributes (self, id, record);
  return ++self->load.n_waiting < ROWS_A_PIECE || copy_out (self, error) || give_up (self);
}

/* The days go on counting where the load stopped: the requests have the last number of each. */
static const char count_days[] =
  "INSERT INTO day SELECT city, '20' || substr (number, 5, 2) || '-' || substr (number, 3, 2)"
  " || '-' || substr (number, 1, 2),"
  " 1 + max (CAST (substr (number, 8, 3) || substr (number, 12, 2) AS bigint))"
  " FROM request WHERE city = $1 GROUP BY city, substr (number, 1, 6), 2";

/* Ids go on behind those that were loaded; other cities may be further on. */
static const char move_on[] =
  "SELECT setval (pg_get_serial_sequence ('request', 'id'),"
  " greatest ($1, nextval (pg_get_serial_sequence ('request', 'id'))))";

static gboolean
finish (KomekStoragePostgres *self, GError **error)
{
  g_autoptr (PGresult) counted = NULL;
  g_autoptr (PGresult) moved = NULL;

  if (!copy_out (self, error)
      || (self->load.alone && !komek_storage_postgres_create_indexes (self->writer, error)))
    return FALSE;
  counted = komek_postgres_ask (self->writer, error, count_days, "s", self->city);
  moved = counted ? komek_postgres_ask (self->writer, error, move_on, "n", self->load.next_id)
                  : NULL;
  return moved && komek_postgres_commit (self->writer, error);
}

gboolean
komek_storage_postgres_end_load (KomekStorage *storage, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);

  if (!finish (self, error))
    return give_up (self);
  end (self);
  /* Without what this finds out, the first lists would be slow. */
  return komek_postgres_run (self->writer, "VACUUM ANALYZE request, step, attribute", error);
}
