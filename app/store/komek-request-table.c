/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-table.h"

#include <math.h>
#include <string.h>

#include "komek-mark-table.h"
#include "komek-search-index.h"

#define LAST_KEY "last-key"
#define UNITS G_GINT64_CONSTANT (10000000) /* of latitude and longitude in a degree */
#define MOMENTS_PER_SECOND 16

/* The end of the year 9999, which is as far as dates can be shown. */
#define LATEST G_GINT64_CONSTANT (253402300799)

/* The table of requests: functions on a database that a thread owns. The
 * arguments 1 to 20 mean the same in each statement that takes a request. */

#define COLUMNS                                                                                    \
  "service, service_name, status, status_name, text, notes, latitude, longitude, address,"         \
  " district, agency, agency_name, requested, updated, due, supporters, media"
#define VALUES "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18"

#define LOOK_UP                                                                                    \
  "SELECT key, (" COLUMNS ") IS (" VALUES "), moment, requested, text, address, service"           \
  " FROM request WHERE number = ?1"
#define INSERT                                                                                     \
  "INSERT INTO request (number, " COLUMNS ", moment, key) VALUES (?1, " VALUES ", ?19, ?20)"
#define UPDATE "UPDATE request SET (" COLUMNS ", moment) = (" VALUES ", ?19) WHERE number = ?1"

#define SELECT                                                                                     \
  "SELECT number, s.code, service_name, status, status_name, text, notes, latitude, longitude,"    \
  " address, d.code, agency, agency_name, requested, updated, due, supporters, media"        \
  " FROM request JOIN service_code s ON s.id = service"                              \
  " JOIN district_code d ON d.id = district"

/* A list of codes of which a request holds only the row. */
typedef struct
{
  const char *look_up;
  const char *insert;
  const char *all;
} CodeList;

static const CodeList services = {
  "SELECT id FROM service_code WHERE code = ?1",
  "INSERT INTO service_code (code) VALUES (?1)",
  "SELECT code FROM service_code ORDER BY id",
};

static const CodeList districts = {
  "SELECT id FROM district_code WHERE code = ?1",
  "INSERT INTO district_code (code) VALUES (?1)",
  "SELECT code FROM district_code ORDER BY id",
};

/* What was in the table of a request before it is put there again; the key is 0 for a new one. */
typedef struct
{
  gint64   key;
  gboolean same;
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

static gint64
look_up_code (KomekDatabase *database, const CodeList *list, const char *code, GError **error)
{
  g_autoptr (KomekStatement) look_up = komek_database_prepare (database, list->look_up, error);
  g_autoptr (KomekStatement) insert = NULL;

  if (!look_up)
    return 0;
  komek_statement_bind_text (look_up, 1, code);
  if (komek_database_step (database, look_up, error))
    return komek_statement_get_number (look_up, 0);

  insert = *error ? NULL : komek_database_prepare (database, list->insert, error);
  if (!insert)
    return 0;
  komek_statement_bind_text (insert, 1, code);
  return komek_database_run (database, insert, error) ? komek_database_get_last_key (database) : 0;
}

static gint64
intern (KomekDatabase *database, const CodeList *list, GHashTable *known, const char *code,
        GError **error)
{
  gint64 *row = g_hash_table_lookup (known, code);
  gint64 found;

  if (row)
    return *row;
  found = look_up_code (database, list, code, error);
  if (found)
    g_hash_table_insert (known, g_strdup (code), g_memdup2 (&found, sizeof found));
  return found;
}

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
    komek_statement_bind_number (statement, 20, ++changes->last_key);
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
  return TRUE;
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
    .last_key = komek_mark_table_get_number (database, LAST_KEY, error),
    .services = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .districts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
  };
  if (*error || !komek_search_index_read_mark (database, &changes->indexed, error))
    return FALSE;
  if (changes->indexed <= changes->last_key)
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
  gboolean done = keep && komek_search_batch_apply (changes->batch, database, error)
                  && komek_mark_table_put_number (database, LAST_KEY, changes->last_key, error);

  g_clear_pointer (&changes->batch, komek_search_batch_free);
  g_clear_pointer (&changes->services, g_hash_table_unref);
  g_clear_pointer (&changes->districts, g_hash_table_unref);
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

  row.service = intern (database, &services, changes->services, fields->service, error);
  row.district =
    row.service ? intern (database, &districts, changes->districts, in, error) : 0;
  done = row.district && look_up (database, &row, &former, error)
         && (former.same || write_change (database, &row, &former, changes, error));
  *key = former.key ? former.key : changes->last_key;
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

  if (!row)
    return FALSE;
  komek_statement_bind_text (row, 1, number);
  if (!komek_database_step (database, row, error))
    return !*error;
  text = (KomekSearchText) { number, komek_statement_get_text (row, 2),
                             komek_statement_get_text (row, 3),
                             komek_statement_get_number (row, 4) };
  if (komek_statement_get_number (row, 0) <= changes->indexed)
    komek_search_batch_remove (changes->batch, komek_statement_get_number (row, 1), &text);
  changes->changed = TRUE;
  return delete_rows (database, number, error);
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
                                 error);
}

static KomekPlace *
read_place (KomekStatement *row)
{
  gint64 latitude = komek_statement_get_number (row, 7);
  gint64 longitude = komek_statement_get_number (row, 8);
  const char *address = komek_statement_get_text (row, 9);
  const char *district = komek_statement_get_text (row, 10);

  if (latitude == KOMEK_POINT_NOWHERE)
    return komek_place_new_address (address, district);
  return komek_place_new (latitude / (double) UNITS, longitude / (double) UNITS, address,
                          district);
}

/* What a disk has changed in a row that SQLite could not know to be wrong shall not reach those
 * who rely on what a row is. */
static gboolean
is_sound (KomekStatement *row)
{
  gint64 status = komek_statement_get_number (row, 3);

  if (status < 0 || status >= KOMEK_N_STATUSES)
    return FALSE;
  for (int i = 0; i < sqlite3_column_count (row); i++)
    if (sqlite3_column_type (row, i) == SQLITE_TEXT
        && !g_utf8_validate ((const char *) sqlite3_column_text (row, i), -1, NULL))
      return FALSE;
  for (int i = 13; i <= 15; i++)
    if (ABS (komek_statement_get_number (row, i)) > LATEST)
      return FALSE;
  return TRUE;
}

static KomekRequest *
read_request (KomekStatement *row)
{
  g_autoptr (KomekPlace) place = read_place (row);
  g_auto (GStrv) media = g_strsplit (komek_statement_get_text (row, 17), "\n", -1);
  KomekRequestFields fields = {
    .number = komek_statement_get_text (row, 0),
    .service = komek_statement_get_text (row, 1),
    .service_name = komek_statement_get_text (row, 2),
    .status = komek_statement_get_number (row, 3),
    .status_name = komek_statement_get_text (row, 4),
    .text = komek_statement_get_text (row, 5),
    .notes = komek_statement_get_text (row, 6),
    .place = place,
    .agency = komek_statement_get_text (row, 11),
    .agency_name = komek_statement_get_text (row, 12),
    .requested = komek_statement_get_number (row, 13),
    .updated = komek_statement_get_number (row, 14),
    .due = komek_statement_get_number (row, 15),
    .supporters = komek_statement_get_number (row, 16),
    .media = *media ? (const char *const *) media : NULL,
  };

  return komek_request_new (&fields);
}

static KomekRequest *
step_request (KomekDatabase *database, KomekStatement *row, GError **error)
{
  if (!komek_database_step (database, row, error))
    return NULL;
  if (is_sound (row))
    return read_request (row);
  komek_database_condemn (database, "A request is not what was written", error);
  return NULL;
}

/* Returns NULL without an error where there is no such row. */
KomekRequest *
komek_request_table_load (KomekDatabase *database, guint32 key, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, SELECT " WHERE key = ?1", error);

  if (!row)
    return NULL;
  komek_statement_bind_number (row, 1, key);
  return step_request (database, row, error);
}

/* Returns NULL without an error where there is no such row. */
KomekRequest *
komek_request_table_find (KomekDatabase *database, const char *number, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, SELECT " WHERE number = ?1", error);

  if (!row)
    return NULL;
  komek_statement_bind_text (row, 1, number);
  return step_request (database, row, error);
}

static char **
read_codes (KomekDatabase *database, const CodeList *list, GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (database, list->all, error);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  if (!row)
    return NULL;
  while (komek_database_step (database, row, error))
    g_strv_builder_add (codes, komek_statement_get_text (row, 0));
  return *error ? NULL : g_strv_builder_end (codes);
}

/* Rows of codes count from 1 and are never deleted one by one. What no longer
 * fits its field, in a city of free words, shares the last place. What a disk
 * has changed is brought within the bounds that the map relies on. */
static KomekPoint
read_point (KomekStatement *row)
{
  gint64 latitude = komek_statement_get_number (row, 1);
  gint64 longitude = komek_statement_get_number (row, 2);
  gboolean on_map = ABS (latitude) <= 90 * UNITS && ABS (longitude) <= 180 * UNITS;

  return (KomekPoint) {
    .key = komek_statement_get_number (row, 0),
    .latitude = on_map ? latitude : KOMEK_POINT_NOWHERE,
    .longitude = on_map ? longitude : KOMEK_POINT_NOWHERE,
    .requested = CLAMP (komek_statement_get_number (row, 3), 0, G_MAXUINT32),
    .due = CLAMP (komek_statement_get_number (row, 4), 0, G_MAXUINT32),
    .service = CLAMP (komek_statement_get_number (row, 5) - 1, 0, G_MAXUINT16),
    .status = CLAMP (komek_statement_get_number (row, 6), 0, KOMEK_N_STATUSES - 1),
    .district = CLAMP (komek_statement_get_number (row, 7) - 1, 0, G_MAXUINT8),
  };
}

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const KomekPoint *x = a, *y = b;

  return (x->requested < y->requested) - (x->requested > y->requested);
}

/* Moments are in the order of time but for seconds that had too few of them. */
static void
sort_points (GArray *points)
{
  for (guint i = 1; i < points->len; i++)
    if (g_array_index (points, KomekPoint, i).requested
        > g_array_index (points, KomekPoint, i - 1).requested)
      {
        g_array_sort (points, compare_points);
        return;
      }
}

/* A row that is written meanwhile may have a code that the lists, read before it, lack: so one
 * transaction reads both. */
static GArray *
read_all_points (KomekDatabase *database, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT key, latitude, longitude, requested, due, service, status,"
                            " district FROM request ORDER BY moment DESC",
                            error);
  g_autoptr (GArray) points = g_array_sized_new (FALSE, FALSE, sizeof (KomekPoint), 1024);

  if (!row)
    return NULL;
  while (komek_database_step (database, row, error))
    {
      KomekPoint point = read_point (row);

      g_array_append_val (points, point);
    }
  if (*error)
    return NULL;
  sort_points (points);
  return g_steal_pointer (&points);
}

KomekPoints *
komek_request_table_read_points (KomekDatabase *database, GError **error)
{
  g_auto (GStrv) service_codes = NULL;
  g_auto (GStrv) district_codes = NULL;
  GArray *points = NULL;

  if (!komek_database_execute (database, "BEGIN", error))
    return NULL;
  service_codes = read_codes (database, &services, error);
  district_codes = service_codes ? read_codes (database, &districts, error) : NULL;
  points = district_codes ? read_all_points (database, error) : NULL;
  komek_database_end (database, FALSE, NULL);
  if (!points)
    return NULL;
  return komek_points_new (points, (const char *const *) service_codes,
                           (const char *const *) district_codes);
}
