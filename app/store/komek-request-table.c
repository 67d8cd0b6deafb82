/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-table.h"

#include <math.h>
#include <string.h>

#include "komek-code-table.h"
#include "komek-points.h"
#include "komek-request-units.h"
#include "komek-search-index.h"

#define MOMENTS_PER_SECOND 16

/* The table of requests, its writing side: functions on a database that a thread owns. The
 * arguments 1 to 20 mean the same in each statement that takes a request. */

#define COLUMNS                                                                                    \
  "service, service_name, status, status_name, text, notes, latitude, longitude, address,"         \
  " district, agency, agency_name, requested, updated, due, supporters, media"
#define POINT "service, status, latitude, longitude, district, requested, updated, due"
#define VALUES "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18"

#define LOOK_UP                                                                                    \
  "SELECT key, (" COLUMNS ") IS (" VALUES "), moment, requested, text, address, service,"          \
  " (" POINT ") IS (?2, ?4, ?8, ?9, ?11, ?14, ?15, ?16)"                                           \
  " FROM request WHERE number = ?1"
#define INSERT                                                                                     \
  "INSERT INTO request (number, " COLUMNS ", moment, key) VALUES (?1, " VALUES ", ?19, ?20)"
#define UPDATE "UPDATE request SET (" COLUMNS ", moment) = (" VALUES ", ?19) WHERE number = ?1"

/* What was in the table of a request before it is put there again; the key is 0 for a new one. */
typedef struct
{
  gint64   key;
  gboolean same;
  gboolean same_point;
  gint64   moment;
  gint64   requested;
  char    *text;
  char    *address;
  gint64   service;
} Former;

/* A request on its way into the table. */
typedef struct
{
  const KomekRequestFields *fields;
  gint64                    service;
  gint64                    district;
  gint64                    moment;
  char                     *media;
} Row;

static gint32
to_units (double degrees)
{
  return lround (degrees * (double) UNITS);
}

static void
bind_place (KomekStatement *statement, KomekPlace *place)
{
  gboolean on_map = komek_place_has_point (place);
  gint32 latitude = on_map ? to_units (komek_place_get_latitude (place)) : KOMEK_POINT_NOWHERE;
  gint32 longitude = on_map ? to_units (komek_place_get_longitude (place)) : KOMEK_POINT_NOWHERE;

  komek_statement_bind_number (statement, 8, latitude);
  komek_statement_bind_number (statement, 9, longitude);
  komek_statement_bind_text (statement, 10, komek_place_get_address (place));
}

static gint64
tame_time (gint64 time)
{
  return CLAMP (time, -LATEST, LATEST);
}

static void
bind_time (KomekStatement *statement, int position, gint64 time)
{
  komek_statement_bind_number (statement, position, tame_time (time));
}

static void
bind_row (KomekStatement *statement, const Row *row)
{
  const KomekRequestFields *fields = row->fields;

  komek_statement_bind_text (statement, 1, fields->number);
  komek_statement_bind_number (statement, 2, row->service);
  komek_statement_bind_text (statement, 3, fields->service_name);
  komek_statement_bind_number (statement, 4, fields->status);
  komek_statement_bind_text (statement, 5, fields->status_name);
  komek_statement_bind_text (statement, 6, fields->text);
  komek_statement_bind_text (statement, 7, fields->notes);
  bind_place (statement, fields->place);
  komek_statement_bind_number (statement, 11, row->district);
  komek_statement_bind_text (statement, 12, fields->agency);
  komek_statement_bind_text (statement, 13, fields->agency_name);
  bind_time (statement, 14, fields->requested);
  bind_time (statement, 15, fields->updated);
  bind_time (statement, 16, fields->due);
  komek_statement_bind_number (statement, 17, fields->supporters);
  komek_statement_bind_text (statement, 18, row->media);
}

static void
clear_former (Former *former)
{
  g_clear_pointer (&former->text, g_free);
  g_clear_pointer (&former->address, g_free);
}

/* The texts are read only where they may be another than before. */
static void
read_former (KomekStatement *statement, Former *former)
{
  former->key = komek_statement_get_number (statement, 0);
  former->same = komek_statement_get_number (statement, 1);
  former->moment = komek_statement_get_number (statement, 2);
  former->requested = komek_statement_get_number (statement, 3);
  former->service = komek_statement_get_number (statement, 6);
  former->same_point = komek_statement_get_number (statement, 7);
  if (former->same)
    return;
  former->text = g_strdup (komek_statement_get_text (statement, 4));
  former->address = g_strdup (komek_statement_get_text (statement, 5));
}

static gboolean
look_up (KomekDatabase *database, const Row *row, Former *former, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, LOOK_UP, error);

  if (!statement)
    return FALSE;
  bind_row (statement, row);
  if (komek_database_step (database, statement, error))
    read_former (statement, former);
  return !*error;
}

static gboolean
is_taken (KomekDatabase *database, gint64 moment, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, "SELECT 1 FROM request WHERE moment = ?1", error);

  if (!row)
    return FALSE;
  komek_statement_bind_number (row, 1, moment);
  return komek_database_step (database, row, error);
}

/* Where more requests are of one second than it has moments, as in a city that tells only days,
 * they spread over the time before it: scattered, so that a free one is found in a few tries. */
static gint64
find_moment (KomekDatabase *database, const KomekRequestFields *fields, GError **error)
{
  gint64 last = (tame_time (fields->requested) + 1) * MOMENTS_PER_SECOND - 1;
  gint64 moment = last;
  guint32 scatter = g_str_hash (fields->number);
  gint64 window = MOMENTS_PER_SECOND;

  for (guint tries = 1; is_taken (database, moment, error); tries++)
    {
      if (tries % 4 == 0)
        window *= 2;
      scatter = scatter * 1664525 + 1013904223; /* Numerical Recipes' generator */
      moment = last - (gint64) (scatter >> 4) % window;
    }
  return moment;
}

/* Takes the next key for a new one. */
static gboolean
write_row (KomekDatabase *database, const Row *row, Former *former, KomekRequestChanges *changes,
           GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, former->key ? UPDATE : INSERT, error);

  if (!statement)
    return FALSE;
  bind_row (statement, row);
  komek_statement_bind_number (statement, 19, row->moment);
  if (!former->key)
    komek_statement_bind_number (statement, 20, ++changes->marks.last_key);
  return komek_database_run (database, statement, error);
}

/* Most changes touch the status alone; then there is nothing to search for anew. */
static void
note_words (KomekRequestChanges *changes, const Row *row, const Former *former)
{
  const KomekRequestFields *fields = row->fields;
  KomekSearchText before = { fields->number, former->text, former->address, former->service };
  KomekSearchText now = { fields->number, fields->text, komek_place_get_address (fields->place),
                          row->service };

  if (former->key == 0 || former->key > changes->indexed
      || (former->moment == row->moment && before.service == now.service
          && strcmp (before.text, now.text) == 0 && strcmp (before.address, now.address) == 0))
    return;
  komek_search_batch_remove (changes->batch, former->moment, &before);
  komek_search_batch_add (changes->batch, row->moment, &now);
}

static gboolean
write_change (KomekDatabase *database, Row *row, Former *former, KomekRequestChanges *changes,
              GError **error)
{
  gboolean in_place = former->key && former->requested == tame_time (row->fields->requested);

  row->moment = in_place ? former->moment : find_moment (database, row->fields, error);
  if (*error || !write_row (database, row, former, changes, error))
    return FALSE;
  note_words (changes, row, former);
  changes->changed = TRUE;
  return !former->key || former->same_point
         || komek_change_table_touch (database, &changes->marks, former->key, error);
}

/**
 * komek_request_table_begin:
 *
 * Begins to put and remove requests, within the caller's transaction.
 */
gboolean
komek_request_table_begin (KomekDatabase *database, KomekRequestChanges *changes, GError **error)
{
  *changes = (KomekRequestChanges) {
    .batch = komek_search_batch_new (),
    .services = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .districts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
  };
  if (!komek_change_table_read (database, &changes->marks, error)
      || !komek_search_index_read_mark (database, &changes->indexed, error))
    return FALSE;
  if (changes->indexed <= changes->marks.last_key)
    return TRUE;

  /* Nothing that comes would ever be found. */
  komek_database_condemn (database, "The indexes have requests that there are not", error);
  return FALSE;
}

/**
 * komek_request_table_end:
 * @keep: whether all went well so far
 *
 * Tells the text indexes what has changed, and frees what the changes hold.
 *
 * Returns: whether the transaction may be kept
 */
gboolean
komek_request_table_end (KomekDatabase *database, KomekRequestChanges *changes, gboolean keep,
                         GError **error)
{
  gboolean done = keep && komek_search_batch_finish (changes->batch, database, error)
                  && (!changes->changed
                      || komek_change_table_write (database, &changes->marks, error));

  g_clear_pointer (&changes->batch, komek_search_batch_free);
  g_clear_pointer (&changes->services, g_hash_table_unref);
  g_clear_pointer (&changes->districts, g_hash_table_unref);
  komek_change_marks_clear (&changes->marks);
  return done;
}

/**
 * komek_request_table_put:
 * @key: (out): the row that it has
 *
 * Writes a request over the one of its number, whose key stays, or beside all others.
 */
gboolean
komek_request_table_put (KomekDatabase *database, KomekRequest *request,
                         KomekRequestChanges *changes, gint64 *key, GError **error)
{
  const KomekRequestFields *fields = komek_request_peek (request);
  const char *in = komek_place_get_district (fields->place);
  g_autofree char *media = fields->media ? g_strjoinv ("\n", (char **) fields->media) : NULL;
  Row row = { .fields = fields, .media = media ? media : "" };
  Former former = { 0 };
  gboolean done;

  row.service = komek_code_table_intern (database, KOMEK_CODE_SERVICES, changes->services,
                                         fields->service, error);
  row.district = *error ? 0
                        : komek_code_table_intern (database, KOMEK_CODE_DISTRICTS,
                                                   changes->districts, in, error);
  done = row.district && look_up (database, &row, &former, error)
         && (former.same || write_change (database, &row, &former, changes, error));
  *key = former.key ? former.key : changes->marks.last_key;
  clear_former (&former);
  return done;
}

static gboolean
delete_rows (KomekDatabase *database, const char *number, GError **error)
{
  static const char *const deletions[] = {
    "DELETE FROM met WHERE key = (SELECT key FROM request WHERE number = ?1)",
    "DELETE FROM step WHERE number = ?1",
    "DELETE FROM request WHERE number = ?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (deletions); i++)
    {
      g_autoptr (KomekStatement) statement =
        komek_database_prepare (database, deletions[i], error);

      if (!statement)
        return FALSE;
      komek_statement_bind_text (statement, 1, number);
      if (!komek_database_run (database, statement, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * komek_request_table_remove:
 *
 * Forgets a request and its history; one that is not there is as good.
 */
gboolean
komek_request_table_remove (KomekDatabase *database, const char *number,
                            KomekRequestChanges *changes, GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (
    database, "SELECT key, moment, text, address, service FROM request WHERE number = ?1", error);
  KomekSearchText text;
  gint64 key;

  if (!row)
    return FALSE;
  komek_statement_bind_text (row, 1, number);
  if (!komek_database_step (database, row, error))
    return !*error;
  text = (KomekSearchText) { number, komek_statement_get_text (row, 2),
                             komek_statement_get_text (row, 3),
                             komek_statement_get_number (row, 4) };
  key = komek_statement_get_number (row, 0);
  if (key <= changes->indexed)
    komek_search_batch_remove (changes->batch, komek_statement_get_number (row, 1), &text);
  changes->changed = TRUE;
  return delete_rows (database, number, error)
         && komek_change_table_touch (database, &changes->marks, key, error);
}

/* The city's lists of codes go too: they were the former city's. */
gboolean
komek_request_table_clear (KomekDatabase *database, gboolean *changed, GError **error)
{
  g_autoptr (KomekStatement) any =
    komek_database_prepare (database, "SELECT EXISTS (SELECT 1 FROM request)", error);

  if (!any || !komek_database_step (database, any, error))
    return FALSE;
  if (komek_statement_get_number (any, 0))
    *changed = TRUE;
  return komek_database_execute (database,
                                 "DELETE FROM request; DELETE FROM met;"
                                 "DELETE FROM service_code; DELETE FROM district_code",
                                 error)
         && komek_change_table_clear (database, error);
}

