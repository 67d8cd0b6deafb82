/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-table.h"

#include "komek-points.h"
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
