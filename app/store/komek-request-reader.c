/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-code-table.h"
#include "komek-request-table.h"
#include "komek-request-units.h"

/* The table of requests, its reading side: functions on a database that a thread owns. */

#define SELECT                                                                                     \
  "SELECT number, s.code, service_name, status, status_name, text, notes, latitude, longitude,"    \
  " address, d.code, agency, agency_name, requested, updated, due, supporters, media"              \
  " FROM request JOIN service_code s ON s.id = service"                                            \
  " JOIN district_code d ON d.id = district"

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

/* For an open one the last change says nothing; for a closed one it is when it was closed. */
static guint16
count_hours (KomekStatus status, gint64 requested, gint64 updated)
{
  if (komek_status_get_group (status, 0, 0) != KOMEK_GROUP_DONE || updated < requested)
    return 0;
  return MIN ((updated - requested) / 3600 + 1, G_MAXUINT16);
}

/* Rows of codes count from 1. What no longer fits its field, in a city of free
 * words, shares the last place. What a disk has changed is brought within the
 * bounds that the map relies on. */
static KomekPoint
read_point (KomekStatement *row)
{
  gint64 latitude = komek_statement_get_number (row, 1);
  gint64 longitude = komek_statement_get_number (row, 2);
  gint64 requested = CLAMP (komek_statement_get_number (row, 3), 0, G_MAXUINT32);
  KomekStatus status = CLAMP (komek_statement_get_number (row, 6), 0, KOMEK_N_STATUSES - 1);
  gboolean on_map = ABS (latitude) <= 90 * UNITS && ABS (longitude) <= 180 * UNITS;

  return (KomekPoint) {
    .key = komek_statement_get_number (row, 0),
    .latitude = on_map ? latitude : KOMEK_POINT_NOWHERE,
    .longitude = on_map ? longitude : KOMEK_POINT_NOWHERE,
    .requested = requested,
    .due = CLAMP (komek_statement_get_number (row, 4), 0, G_MAXUINT32),
    .service = CLAMP (komek_statement_get_number (row, 5) - 1, 0, G_MAXUINT16),
    .status = status,
    .district = CLAMP (komek_statement_get_number (row, 7) - 1, 0, G_MAXUINT8),
    .answered = count_hours (status, requested, komek_statement_get_number (row, 8)),
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
                            " district, updated FROM request ORDER BY moment DESC",
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

static KomekPoints *
make_points (GArray *points, char **service_codes, char **district_codes,
             const KomekChangeMarks *marks)
{
  g_autofree char *stamp = komek_change_marks_dup_stamp (marks);
  KomekPoints *self = komek_points_new (points, (const char *const *) service_codes,
                                        (const char *const *) district_codes);

  komek_points_set_stamp (self, stamp);
  return self;
}

KomekPoints *
komek_request_table_read_points (KomekDatabase *database, GError **error)
{
  g_auto (KomekChangeMarks) marks = { NULL };
  g_auto (GStrv) service_codes = NULL;
  g_auto (GStrv) district_codes = NULL;
  GArray *points = NULL;

  if (!komek_database_execute (database, "BEGIN", error))
    return NULL;
  service_codes = komek_code_table_read (database, KOMEK_CODE_SERVICES, error);
  district_codes = service_codes ? komek_code_table_read (database, KOMEK_CODE_DISTRICTS, error) : NULL;
  if (district_codes && komek_change_table_read (database, &marks, error))
    points = read_all_points (database, error);
  komek_database_end (database, FALSE, NULL);
  return points ? make_points (points, service_codes, district_codes, &marks) : NULL;
}
