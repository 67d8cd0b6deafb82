/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include <math.h>

#include "komek-sql-query.h"
#include "komek-storage-sqlite-builder.h"

/* How many of the latest requests are looked at to see whether a rectangle has
 * a page of them; one that has not is so sparse that sorting all of it costs less. */
#define LATE 10000

/* Square degrees: a larger rectangle holds so much of a city that walking the
 * requests by date beats sorting what its bands would give. */
#define LARGE_AREA 0.002

/* A rectangle of the whole region has more bands than a statement has places. */
#define MOST_BANDS 500

static KomekStatus
read_status (KomekSqliteRun *row, int column)
{
  return komek_status_from_code (komek_sqlite_peek_text (row, column), TRUE);
}

static double
read_degrees (KomekSqliteRun *row, int column)
{
  return sqlite3_column_type (row, column) == SQLITE_NULL ? NAN
                                                          : sqlite3_column_double (row, column);
}

static KomekLanguage
read_language (KomekSqliteRun *row, int column)
{
  KomekLanguage language = KOMEK_LANGUAGE_KAZAKH;

  komek_language_from_code (komek_sqlite_peek_text (row, column), &language);
  return language;
}

/* The columns are those of KOMEK_STORAGE_SQLITE_COLUMNS. */
void
komek_storage_sqlite_read_record (KomekSqliteRun *row, KomekRecord *record)
{
  *record = (KomekRecord) {
    .id = sqlite3_column_int64 (row, 0),
    .number = komek_sqlite_peek_text (row, 1),
    .service = komek_sqlite_peek_text (row, 2),
    .status = read_status (row, 3),
    .text = komek_sqlite_peek_text (row, 4),
    .language = read_language (row, 5),
    .latitude = read_degrees (row, 6),
    .longitude = read_degrees (row, 7),
    .address = komek_sqlite_peek_text (row, 8),
    .district = komek_sqlite_peek_text (row, 9),
    .agency = komek_sqlite_peek_text (row, 10),
    .requested = sqlite3_column_int64 (row, 11),
    .updated = sqlite3_column_int64 (row, 12),
    .due = sqlite3_column_int64 (row, 13),
    .supporters = sqlite3_column_int (row, 14),
    .photos = sqlite3_column_int (row, 15),
  };
}

static gboolean
read_attributes (KomekSqlite *db, gint64 request, GPtrArray *attributes, GError **error)
{
  g_autoptr (KomekSqliteRun) row = komek_sqlite_take (
      db, "SELECT code, value FROM attribute WHERE request = ? ORDER BY place", error);
  gboolean more = row != NULL;

  if (!row)
    return FALSE;
  g_ptr_array_set_size (attributes, 0);
  sqlite3_bind_int64 (row, 1, request);
  while (more)
    {
      if (!komek_sqlite_step (db, row, &more, error))
        return FALSE;
      for (int i = 0; more && i < 2; i++)
        g_ptr_array_add (attributes, g_strdup (komek_sqlite_peek_text (row, i)));
    }
  g_ptr_array_add (attributes, NULL);
  return TRUE;
}

static gboolean
visit_records (KomekSqlite *db, const KomekSql *sql, gboolean answers, KomekRecordVisitor visit,
               gpointer data, GError **error)
{
  g_autoptr (KomekSqliteRun) row = komek_sqlite_builder_take (sql, db, error);
  g_autoptr (GPtrArray) attributes = g_ptr_array_new_with_free_func (g_free);
  gboolean more = TRUE;

  while (row && komek_sqlite_step (db, row, &more, error) && more)
    {
      KomekRecord record;

      komek_storage_sqlite_read_record (row, &record);
      if (answers && !read_attributes (db, record.id, attributes, error))
        return FALSE;
      record.attributes = answers ? (const char *const *) attributes->pdata : NULL;
      visit (&record, data);
    }
  return row && !more;
}

/* Whether the latest requests alone fill the page. */
static gboolean
fills_page_lately (KomekSqlite *db, const KomekQuery *query, gboolean *fills, GError **error)
{
  g_auto (KomekSql) sql;
  g_autoptr (KomekSqliteRun) row = NULL;
  gboolean more;

  komek_sql_init (
      &sql, KOMEK_SQL_SQLITE,
      "SELECT count(*) FROM (SELECT 1 FROM request INDEXED BY request_requested"
      " WHERE requested >= coalesce ((SELECT requested FROM request"
      " WHERE id <= (SELECT max(id) FROM request) -");
  komek_sql_add_number (&sql, "", LATE);
  komek_sql_add (&sql, " ORDER BY id DESC LIMIT 1), 0)");
  komek_sqlite_builder_add_conditions (&sql, query, FALSE);
  komek_sql_add_number (&sql, "ORDER BY requested DESC LIMIT", query->limit + query->offset);
  komek_sql_add (&sql, ")");
  row = komek_sqlite_builder_take (&sql, db, error);
  if (!row || !komek_sqlite_step (db, row, &more, error))
    return FALSE;
  *fills = more && sqlite3_column_int64 (row, 0) >= query->limit + query->offset;
  return TRUE;
}

/* A rectangle is asked for in its bands, or met on the way back through time,
 * whichever comes first to a page full of it. */
static gboolean
choose_way (KomekSqlite *db, const KomekQuery *query, gboolean *by_band, GError **error)
{
  double height, width;
  gboolean fills;

  *by_band = FALSE;
  if (!query->bounds || query->numbers)
    return TRUE;
  height = komek_bounds_get_north (query->bounds) - komek_bounds_get_south (query->bounds);
  width = komek_bounds_get_east (query->bounds) - komek_bounds_get_west (query->bounds);
  if (height * 1000 > MOST_BANDS)
    return TRUE;
  *by_band = height * width < LARGE_AREA;
  if (query->updated_after != 0 || query->words)
    return TRUE;
  if (!fills_page_lately (db, query, &fills, error))
    return FALSE;
  *by_band = !fills;
  return TRUE;
}

gboolean
komek_storage_sqlite_list (KomekStorage *storage, const KomekQuery *query, KomekRecordVisitor visit,
                           gpointer data, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  g_auto (KomekSql) sql;
  KomekSqlite *db = komek_storage_sqlite_borrow (self);
  gboolean by_band, done;

  komek_sql_init (&sql, KOMEK_SQL_SQLITE,
                  "SELECT " KOMEK_STORAGE_SQLITE_COLUMNS " FROM request WHERE 1");
  done = choose_way (db, query, &by_band, error);
  komek_sqlite_builder_ask_list (&sql, query, by_band);
  done = done && visit_records (db, &sql, query->answers, visit, data, error);
  komek_storage_sqlite_give_back (self, db);
  return done;
}

static gboolean
visit_steps (KomekSqlite *db, const KomekSql *sql, KomekStepVisitor visit, gpointer data,
             GError **error)
{
  g_autoptr (KomekSqliteRun) row = komek_sqlite_builder_take (sql, db, error);
  gboolean more = TRUE;

  while (row && komek_sqlite_step (db, row, &more, error) && more)
    visit (&(KomekStep) {
             .id = sqlite3_column_int64 (row, 0),
             .number = komek_sqlite_peek_text (row, 1),
             .status = read_status (row, 2),
             .time = sqlite3_column_int64 (row, 3),
             .agency = komek_sqlite_peek_text (row, 4),
             .event = (const char *) sqlite3_column_text (row, 5),
             .text = (const char *) sqlite3_column_text (row, 6),
             .language = read_language (row, 7),
             .answer = sqlite3_column_int (row, 8),
             .hidden = sqlite3_column_int (row, 9),
           },
           data);
  return row && !more;
}

gboolean
komek_storage_sqlite_history (KomekStorage *storage, const KomekStepQuery *query,
                              KomekStepVisitor visit, gpointer data, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  g_auto (KomekSql) sql;
  KomekSqlite *db = komek_storage_sqlite_borrow (self);
  gboolean done;

  komek_sql_init (&sql, KOMEK_SQL_SQLITE,
                  "SELECT step.id, number, step.status, time, step.agency, event, step.text,"
                  " language, answer, hidden FROM step"
                  " JOIN request ON request.id = step.request WHERE 1");
  komek_sql_ask_history (&sql, query);
  done = visit_steps (db, &sql, visit, data, error);
  komek_storage_sqlite_give_back (self, db);
  return done;
}
