/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-point-reader.h"

#include "komek-change-table.h"
#include "komek-code-table.h"
#include "komek-error.h"
#include "komek-point-merge.h"
#include "komek-request-units.h"
#include "komek-status.h"

/* The points of all requests: functions on a database that a thread owns. All of them are read
 * from an index that holds nothing else; of those that somebody has already, what has changed.
 *
 * SQLite hands each row to the function komek_point() of SQL, which takes it and says that it is
 * not wanted: to give rows and columns out one by one takes as long again as to find them. */

/* Rows that are looked up one by one cost some ten times as much as those of the index in a row. */
#define MOST_CHANGED 20000

#define POINTS_POINTER "komek-points"
#define TAKE                                                                                       \
  "komek_point (?1, key, latitude, longitude, requested, due, service, status, district, updated)"
#define N_ARGUMENTS 10

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
read_point (sqlite3_value **row)
{
  gint64 latitude = sqlite3_value_int64 (row[1]), longitude = sqlite3_value_int64 (row[2]);
  gint64 requested = CLAMP (sqlite3_value_int64 (row[3]), 0, G_MAXUINT32);
  KomekStatus status = CLAMP (sqlite3_value_int64 (row[6]), 0, KOMEK_N_STATUSES - 1);
  gboolean on_map = ABS (latitude) <= 90 * UNITS && ABS (longitude) <= 180 * UNITS;

  return (KomekPoint) {
    .key = sqlite3_value_int64 (row[0]),
    .latitude = on_map ? latitude : KOMEK_POINT_NOWHERE,
    .longitude = on_map ? longitude : KOMEK_POINT_NOWHERE,
    .requested = requested,
    .due = CLAMP (sqlite3_value_int64 (row[4]), 0, G_MAXUINT32),
    .service = CLAMP (sqlite3_value_int64 (row[5]) - 1, 0, G_MAXUINT16),
    .status = status,
    .district = CLAMP (sqlite3_value_int64 (row[7]) - 1, 0, G_MAXUINT8),
    .answered = count_hours (status, requested, sqlite3_value_int64 (row[8])),
  };
}

static void
take_point (sqlite3_context *result, int n_values, sqlite3_value **values)
{
  GArray *points = sqlite3_value_pointer (values[0], POINTS_POINTER);
  KomekPoint point = read_point (values + 1);

  if (points)
    g_array_append_val (points, point);
  sqlite3_result_int (result, 0);
}

/**
 * komek_point_reader_register:
 *
 * Makes the function known to a connection.
 */
gboolean
komek_point_reader_register (KomekDatabase *database, GError **error)
{
  if (sqlite3_create_function (komek_database_get_handle (database), "komek_point", N_ARGUMENTS,
                               SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, take_point, NULL, NULL)
      == SQLITE_OK)
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "SQLite takes no functions");
  return FALSE;
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

/* Appends what the statement finds. */
static gboolean
run_taking (KomekDatabase *database, KomekStatement *statement, GArray *points, GError **error)
{
  sqlite3_bind_pointer (statement, 1, points, POINTS_POINTER, NULL);
  return komek_database_run (database, statement, error);
}

static GArray *
read_all (KomekDatabase *database, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "SELECT 1 FROM request WHERE " TAKE " ORDER BY moment DESC", error);
  g_autoptr (GArray) points = g_array_sized_new (FALSE, FALSE, sizeof (KomekPoint), 1024);

  if (!statement || !run_taking (database, statement, points, error))
    return NULL;
  sort_points (points);
  return g_steal_pointer (&points);
}

static gboolean
add_new (KomekDatabase *database, gint64 after, GArray *points, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "SELECT 1 FROM request NOT INDEXED WHERE key > ?2 AND " TAKE, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 2, after);
  return run_taking (database, statement, points, error);
}

/* Those that are gone have no row any more. */
static gboolean
add_touched (KomekDatabase *database, GArray *keys, GArray *points, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "SELECT 1 FROM request WHERE key = ?2 AND " TAKE, error);

  if (!statement)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      komek_statement_bind_number (statement, 2, g_array_index (keys, guint32, i));
      if (!run_taking (database, statement, points, error))
        return FALSE;
    }
  return TRUE;
}

static GArray *
read_since (KomekDatabase *database, KomekPoints *known, const KomekChangeMarks *former,
            GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (GArray) touched =
    komek_change_table_list_touched (database, former->touches, former->last_key, error);

  if (!touched || !add_new (database, former->last_key, points, error)
      || !add_touched (database, touched, points, error))
    return NULL;
  g_array_sort (points, compare_points);
  return komek_point_merge (known, touched, points);
}

/* Whether what has changed since is known and little. */
static gboolean
is_near (KomekDatabase *database, KomekPoints *known, const KomekChangeMarks *now,
         KomekChangeMarks *former, GError **error)
{
  const char *stamp = known ? komek_points_get_stamp (known) : NULL;

  return stamp && komek_change_marks_parse (former, stamp)
         && now->last_key - former->last_key <= MOST_CHANGED
         && now->touches - former->touches <= MOST_CHANGED && now->last_key <= G_MAXUINT32
         && komek_change_table_leads_from (database, former, error);
}

static KomekPoints *
make_points (GArray *points, char **services, char **districts, const char *stamp)
{
  KomekPoints *self = komek_points_new (points, (const char *const *) services,
                                        (const char *const *) districts);

  komek_points_set_stamp (self, stamp);
  return self;
}

static KomekPoints *
read_or_ref (KomekDatabase *database, KomekPoints *known, GError **error)
{
  g_auto (KomekChangeMarks) now = { NULL };
  g_auto (KomekChangeMarks) former = { NULL };
  g_autofree char *stamp =
    komek_change_table_read (database, &now, error) ? komek_change_marks_dup_stamp (&now) : NULL;
  g_auto (GStrv) services = NULL;
  g_auto (GStrv) districts = NULL;
  GArray *points = NULL;

  if (stamp && known && g_strcmp0 (komek_points_get_stamp (known), stamp) == 0)
    return komek_points_ref (known);
  services = stamp ? komek_code_table_read (database, KOMEK_CODE_SERVICES, error) : NULL;
  districts = services ? komek_code_table_read (database, KOMEK_CODE_DISTRICTS, error) : NULL;
  if (districts && is_near (database, known, &now, &former, error))
    points = read_since (database, known, &former, error);
  else if (districts && !*error)
    points = read_all (database, error);
  return points ? make_points (points, services, districts, stamp) : NULL;
}

/**
 * komek_point_reader_read:
 * @known: (nullable): points that were read before
 *
 * Reads all points in one transaction: a row that is written meanwhile may have a code that the
 * lists, read before it, lack.
 *
 * Returns: (transfer full) (nullable): the points, newest first; @known where they are the same
 */
KomekPoints *
komek_point_reader_read (KomekDatabase *database, KomekPoints *known, GError **error)
{
  KomekPoints *points;

  if (!komek_database_execute (database, "BEGIN", error))
    return NULL;
  points = read_or_ref (database, known, error);
  komek_database_end (database, FALSE, NULL);
  return points;
}
