/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-postgres-private.h"

#include <math.h>

#include "komek-sql-query.h"

/* Lists and histories. Each is asked for with its values and planned for
 * them: how many rows a word or a rectangle has makes all the difference. */

/* The bands alone are what an index can tell; whether it is asked the planner knows. */
static void
add_bounds (KomekSql *sql, const KomekBounds *bounds, gpointer data)
{
  double south = komek_bounds_get_south (bounds), north = komek_bounds_get_north (bounds);

  komek_sql_add_number (sql, "AND band BETWEEN", floor (south * 1000));
  komek_sql_add_number (sql, "AND", floor (north * 1000));
  komek_sql_add_degrees (sql, "AND lat >=", south);
  komek_sql_add_degrees (sql, "AND lat <=", north);
  komek_sql_add_degrees (sql, "AND lon >=", komek_bounds_get_west (bounds));
  komek_sql_add_degrees (sql, "AND lon <=", komek_bounds_get_east (bounds));
}

static void
add_words (KomekSql *sql, const char *words, gpointer data)
{
  g_autofree char *match = komek_sql_dup_match (words, "'", "':*", " & ");

  komek_sql_add_text (sql, "AND words @@", match);
  komek_sql_add (sql, "::tsquery");
}

static const KomekSqlWays ways = { add_bounds, add_words, NULL };

static void
begin_statement (KomekSql *sql, const char *text, const char *city)
{
  komek_sql_init (sql, KOMEK_SQL_POSTGRES, text);
  komek_sql_add_text (sql, "", city);
}

static gboolean
is_one (const char *const *numbers)
{
  return numbers && numbers[0] && !numbers[1];
}

static void
ask_list (KomekSql *sql, const KomekQuery *query)
{
  if (query->numbers)
    komek_sql_add_list (sql, "number", (const char *const *) query->numbers);
  else
    komek_sql_add_conditions (sql, query, &ways);
  komek_sql_add (sql, " ORDER BY ");
  komek_sql_add (sql, komek_sql_choose_order (query));
  komek_sql_add_number (sql, "LIMIT", query->limit);
  if (!query->numbers && query->offset > 0)
    komek_sql_add_number (sql, "OFFSET", query->offset);
}

static KomekStatus
read_status (const PGresult *result, int row, int column)
{
  return komek_status_from_code (komek_postgres_get_text (result, row, column), TRUE);
}

static double
read_degrees (const PGresult *result, int row, int column)
{
  const char *text = komek_postgres_get_text_or_null (result, row, column);

  return text ? g_ascii_strtod (text, NULL) : NAN;
}

static KomekLanguage
read_language (const PGresult *result, int row, int column)
{
  KomekLanguage language = KOMEK_LANGUAGE_KAZAKH;

  komek_language_from_code (komek_postgres_get_text (result, row, column), &language);
  return language;
}

/* The columns are those of KOMEK_STORAGE_POSTGRES_COLUMNS. */
void
komek_storage_postgres_read_record (const PGresult *result, int row, KomekRecord *record)
{
  *record = (KomekRecord) {
    .id = komek_postgres_get_number (result, row, 0),
    .number = komek_postgres_get_text (result, row, 1),
    .service = komek_postgres_get_text (result, row, 2),
    .status = read_status (result, row, 3),
    .text = komek_postgres_get_text (result, row, 4),
    .language = read_language (result, row, 5),
    .latitude = read_degrees (result, row, 6),
    .longitude = read_degrees (result, row, 7),
    .address = komek_postgres_get_text (result, row, 8),
    .district = komek_postgres_get_text (result, row, 9),
    .agency = komek_postgres_get_text (result, row, 10),
    .requested = komek_postgres_get_number (result, row, 11),
    .updated = komek_postgres_get_number (result, row, 12),
    .due = komek_postgres_get_number (result, row, 13),
    .supporters = komek_postgres_get_number (result, row, 14),
    .photos = komek_postgres_get_number (result, row, 15),
  };
}

/* The connection goes back before anybody looks at the rows. What was lost on
 * the way is asked for once more: to read twice harms nobody. What is about one
 * request is found in the same way whichever it is, so that the plan is kept. */
static PGresult *
ask (KomekStoragePostgres *self, const KomekSql *sql, gboolean one, GError **error)
{
  g_autoptr (GPtrArray) values = komek_sql_list_texts (sql);
  KomekPostgres *line = komek_storage_postgres_borrow (self);
  g_autoptr (GError) problem = NULL;
  PGresult *result = komek_postgres_ask_texts (line, sql->text->str, values, one, &problem);

  if (!result && komek_postgres_is_lost (line))
    {
      g_clear_error (&problem);
      result = komek_postgres_ask_texts (line, sql->text->str, values, one, &problem);
    }
  komek_storage_postgres_give_back (self, line);
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return result;
}

/* Code and value by turns, of one request after another. */
static PGresult *
ask_attributes (KomekStoragePostgres *self, const KomekQuery *query, GError **error)
{
  const char *const *numbers = (const char *const *) query->numbers;
  g_auto (KomekSql) sql;

  begin_statement (&sql,
                   "SELECT attribute.request, code, value FROM attribute JOIN request"
                   " ON request.city = attribute.city AND request.id = attribute.request"
                   " WHERE attribute.city =",
                   self->city);
  komek_sql_add_list (&sql, "number", numbers);
  komek_sql_add (&sql, " ORDER BY attribute.request, place");
  return ask (self, &sql, is_one (numbers), error);
}

static GPtrArray *
collect_attributes (const PGresult *attributes, gint64 request)
{
  GPtrArray *found = g_ptr_array_new ();

  for (int i = 0; i < PQntuples (attributes); i++)
    if (komek_postgres_get_number (attributes, i, 0) == request)
      {
        g_ptr_array_add (found, (char *) komek_postgres_get_text (attributes, i, 1));
        g_ptr_array_add (found, (char *) komek_postgres_get_text (attributes, i, 2));
      }
  g_ptr_array_add (found, NULL);
  return found;
}

static void
visit_records (const PGresult *records, const PGresult *attributes, KomekRecordVisitor visit,
               gpointer data)
{
  for (int i = 0; i < PQntuples (records); i++)
    {
      g_autoptr (GPtrArray) found = NULL;
      KomekRecord record;

      komek_storage_postgres_read_record (records, i, &record);
      if (attributes)
        {
          found = collect_attributes (attributes, record.id);
          record.attributes = (const char *const *) found->pdata;
        }
      visit (&record, data);
    }
}

gboolean
komek_storage_postgres_list (KomekStorage *storage, const KomekQuery *query,
                             KomekRecordVisitor visit, gpointer data, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  g_auto (KomekSql) sql;
  g_autoptr (PGresult) records = NULL;
  g_autoptr (PGresult) attributes = NULL;

  begin_statement (&sql, "SELECT " KOMEK_STORAGE_POSTGRES_COLUMNS " FROM request WHERE city =",
                   self->city);
  ask_list (&sql, query);
  records = ask (self, &sql, is_one ((const char *const *) query->numbers), error);
  if (!records)
    return FALSE;
  if (query->answers && PQntuples (records) > 0)
    {
      attributes = ask_attributes (self, query, error);
      if (!attributes)
        return FALSE;
    }
  visit_records (records, attributes, visit, data);
  return TRUE;
}

gboolean
komek_storage_postgres_history (KomekStorage *storage, const KomekStepQuery *query,
                                KomekStepVisitor visit, gpointer data, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  g_auto (KomekSql) sql;
  g_autoptr (PGresult) steps = NULL;

  begin_statement (&sql,
                   "SELECT step.id, number, step.status, time, step.agency, event, step.text,"
                   " language, answer, hidden FROM step JOIN request"
                   " ON request.city = step.city AND request.id = step.request"
                   " WHERE step.city =",
                   self->city);
  komek_sql_ask_history (&sql, query);
  steps = ask (self, &sql, is_one (query->numbers), error);
  for (int i = 0; steps && i < PQntuples (steps); i++)
    visit (&(KomekStep) {
             .id = komek_postgres_get_number (steps, i, 0),
             .number = komek_postgres_get_text (steps, i, 1),
             .status = read_status (steps, i, 2),
             .time = komek_postgres_get_number (steps, i, 3),
             .agency = komek_postgres_get_text (steps, i, 4),
             .event = komek_postgres_get_text_or_null (steps, i, 5),
             .text = komek_postgres_get_text_or_null (steps, i, 6),
             .language = read_language (steps, i, 7),
             .answer = *komek_postgres_get_text (steps, i, 8) == 't',
             .hidden = *komek_postgres_get_text (steps, i, 9) == 't',
           },
           data);
  return steps != NULL;
}
