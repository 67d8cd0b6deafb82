/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-table.h"

#include <math.h>

#include "komek-search-table.h"

#define UNITS_PER_DEGREE 1e7

/* The table of requests: functions on a database that a thread owns. The
 * arguments 1 to 17 mean the same in each statement that takes a request. */

#define COLUMNS                                                                                    \
  "service, service_name, status, status_name, text, notes, latitude, longitude, address,"         \
  " district, agency, agency_name, requested, updated, due, supporters"
#define VALUES "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17"

#define LOOK_UP                                                                                    \
  "SELECT key, (" COLUMNS ") IS (" VALUES "), text, address, service FROM request WHERE number = ?1"
#define INSERT "INSERT INTO request (number, " COLUMNS ") VALUES (?1, " VALUES ")"
#define UPDATE "UPDATE request SET (" COLUMNS ") = (" VALUES ") WHERE number = ?1"

#define SELECT                                                                                     \
  "SELECT number, s.code, service_name, status, status_name, text, notes, latitude, longitude,"    \
  " address, d.code, agency, agency_name, requested, updated, due, supporters FROM request"        \
  " JOIN service_code s ON s.id = service JOIN district_code d ON d.id = district"

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
  char    *words;
} Former;

static gint64
intern (KomekDatabase *database, const CodeList *list, const char *code, GError **error)
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

static gint32
to_units (double degrees)
{
  return lround (degrees * UNITS_PER_DEGREE);
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

static void
bind_request (KomekStatement *statement, const KomekRequestFields *fields, gint64 service,
              gint64 district)
{
  komek_statement_bind_text (statement, 1, fields->number);
  komek_statement_bind_number (statement, 2, service);
  komek_statement_bind_text (statement, 3, fields->service_name);
  komek_statement_bind_number (statement, 4, fields->status);
  komek_statement_bind_text (statement, 5, fields->status_name);
  komek_statement_bind_text (statement, 6, fields->text);
  komek_statement_bind_text (statement, 7, fields->notes);
  bind_place (statement, fields->place);
  komek_statement_bind_number (statement, 11, district);
  komek_statement_bind_text (statement, 12, fields->agency);
  komek_statement_bind_text (statement, 13, fields->agency_name);
  komek_statement_bind_number (statement, 14, fields->requested);
  komek_statement_bind_number (statement, 15, fields->updated);
  komek_statement_bind_number (statement, 16, fields->due);
  komek_statement_bind_number (statement, 17, fields->supporters);
}

static gboolean
look_up (KomekDatabase *database, const KomekRequestFields *fields, gint64 service, gint64 district,
         Former *former, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, LOOK_UP, error);

  if (!statement)
    return FALSE;
  bind_request (statement, fields, service, district);
  if (komek_database_step (database, statement, error))
    {
      former->key = komek_statement_get_number (statement, 0);
      former->same = komek_statement_get_number (statement, 1);
      if (!former->same)
        former->words = komek_search_table_dup_words (fields->number,
                                                      komek_statement_get_text (statement, 2),
                                                      komek_statement_get_text (statement, 3),
                                                      komek_statement_get_number (statement, 4));
    }
  return !*error;
}

static gboolean
write_request (KomekDatabase *database, const KomekRequestFields *fields, gint64 service,
               gint64 district, Former *former, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, former->key ? UPDATE : INSERT, error);

  if (!statement)
    return FALSE;
  bind_request (statement, fields, service, district);
  if (!komek_database_run (database, statement, error))
    return FALSE;
  if (!former->key)
    former->key = komek_database_get_last_key (database);
  return TRUE;
}

/* Most changes touch the status alone; then there is nothing to search for anew. */
static gboolean
write_words (KomekDatabase *database, const KomekRequestFields *fields, gint64 service,
             const Former *former, GError **error)
{
  g_autofree char *words = komek_search_table_dup_words (
    fields->number, fields->text, komek_place_get_address (fields->place), service);

  if (g_strcmp0 (words, former->words) == 0)
    return TRUE;
  return (!former->words || komek_search_table_remove (database, former->key, former->words, error))
         && komek_search_table_add (database, former->key, words, error);
}

/**
 * komek_request_table_put:
 * @changed: (inout): set where the table is other than it was, else left alone
 *
 * Writes a request over the one of its number, whose key stays, or beside all others.
 */
gboolean
komek_request_table_put (KomekDatabase *database, KomekRequest *request, gboolean *changed,
                         GError **error)
{
  const KomekRequestFields *fields = komek_request_peek (request);
  const char *in = komek_place_get_district (fields->place);
  gint64 service = intern (database, &services, fields->service, error);
  gint64 district = service ? intern (database, &districts, in, error) : 0;
  Former former = { 0 };
  gboolean done;

  done = district && look_up (database, fields, service, district, &former, error);
  if (done && !former.same)
    {
      done = write_request (database, fields, service, district, &former, error)
             && write_words (database, fields, service, &former, error);
      *changed = TRUE;
    }
  g_free (former.words);
  return done;
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
  return komek_search_table_clear (database, error)
         && komek_database_execute (database,
                                    "DELETE FROM request;"
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
  return komek_place_new (latitude / UNITS_PER_DEGREE, longitude / UNITS_PER_DEGREE, address,
                          district);
}

static KomekRequest *
read_request (KomekStatement *row)
{
  g_autoptr (KomekPlace) place = read_place (row);
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
  };

  return komek_request_new (&fields);
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
  return komek_database_step (database, row, error) ? read_request (row) : NULL;
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
  return komek_database_step (database, row, error) ? read_request (row) : NULL;
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
 * fits its field, in a city of free words, shares the last place. */
static KomekPoint
read_point (KomekStatement *row)
{
  return (KomekPoint) {
    .key = komek_statement_get_number (row, 0),
    .latitude = komek_statement_get_number (row, 1),
    .longitude = komek_statement_get_number (row, 2),
    .requested = CLAMP (komek_statement_get_number (row, 3), 0, G_MAXUINT32),
    .due = CLAMP (komek_statement_get_number (row, 4), 0, G_MAXUINT32),
    .service = MIN (komek_statement_get_number (row, 5) - 1, G_MAXUINT16),
    .status = komek_statement_get_number (row, 6),
    .district = MIN (komek_statement_get_number (row, 7) - 1, G_MAXUINT8),
  };
}

/* A row that is written meanwhile may have a code that the lists, read before it, lack: so one
 * transaction reads both. */
static GArray *
read_all_points (KomekDatabase *database, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT key, latitude, longitude, requested, due, service, status,"
                            " district FROM request ORDER BY requested DESC",
                            error);
  g_autoptr (GArray) points = g_array_sized_new (FALSE, FALSE, sizeof (KomekPoint), 1024);

  if (!row)
    return NULL;
  while (komek_database_step (database, row, error))
    {
      KomekPoint point = read_point (row);

      g_array_append_val (points, point);
    }
  return *error ? NULL : g_steal_pointer (&points);
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
