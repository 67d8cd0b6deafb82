/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include <math.h>

/* Square degrees: a larger rectangle holds so much of a city that walking the
 * requests by date beats sorting what its bands would give. */
#define LARGE_AREA 0.002

/* A word that half the city uses is followed this far into the past where
 * other conditions come on top of it. */
#define MOST_HITS 10000

/* Statements with as many places as a query fills, in the order of the places. */
typedef struct
{
  GString      *sql;
  GPtrArray    *texts;
  sqlite3_stmt *statement;
} Builder;

static void
builder_clear (Builder *self)
{
  g_string_free (self->sql, TRUE);
  g_ptr_array_unref (self->texts);
  sqlite3_finalize (self->statement);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, builder_clear)

/* Numbers stand in the statement itself, texts never do. */
static void
add_text (Builder *self, const char *text)
{
  g_string_append_c (self->sql, '?');
  g_ptr_array_add (self->texts, g_strdup (text));
}

static void
add_list (Builder *self, const char *column, const char *const *texts)
{
  g_string_append_printf (self->sql, " AND %s IN (", column);
  for (guint i = 0; texts[i]; i++)
    {
      if (i > 0)
        g_string_append_c (self->sql, ',');
      add_text (self, texts[i]);
    }
  g_string_append_c (self->sql, ')');
}

static void
add_statuses (Builder *self, guint statuses)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint status = 0; status < KOMEK_N_STATUSES; status++)
    if (statuses & (1u << status))
      g_ptr_array_add (codes, (char *) komek_status_get_code (status));
  g_ptr_array_add (codes, NULL);
  add_list (self, "status", (const char *const *) codes->pdata);
}

static void
add_time (Builder *self, const char *condition, gint64 time)
{
  if (time != 0)
    g_string_append_printf (self->sql, " AND %s %" G_GINT64_FORMAT, condition, time);
}

static void
add_degrees (Builder *self, const char *condition, double degrees)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (self->sql, " AND %s %s", condition,
                          g_ascii_dtostr (digits, sizeof digits, degrees));
}

/* A plus keeps SQLite from taking an index for the condition behind it. */
static void
add_bounds (Builder *self, const KomekBounds *bounds)
{
  double south = komek_bounds_get_south (bounds), north = komek_bounds_get_north (bounds);
  double west = komek_bounds_get_west (bounds), east = komek_bounds_get_east (bounds);

  if ((north - south) * (east - west) < LARGE_AREA)
    g_string_append_printf (self->sql, " AND band BETWEEN %d AND %d", (int) floor (south * 1000),
                            (int) floor (north * 1000));
  add_degrees (self, "+lat >=", south);
  add_degrees (self, "+lat <=", north);
  add_degrees (self, "+lon >=", west);
  add_degrees (self, "+lon <=", east);
}

/* Every word is the beginning of a word of the request: "шұң" finds "шұңқыр". */
static void
add_words (Builder *self, const char *words, guint limit, guint offset)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " AND " : "", parts[i]);
  g_string_append (self->sql, " AND id IN (SELECT rowid FROM words WHERE words MATCH ");
  add_text (self, match->str);
  g_string_append_printf (self->sql, " ORDER BY rowid DESC LIMIT %u OFFSET %u)", limit, offset);
}

static gboolean
has_words (const KomekQuery *query)
{
  return query->words && *query->words != '\0';
}

static gboolean
asks_for_words_alone (const KomekQuery *query)
{
  return has_words (query) && !query->services && query->statuses == 0 && query->start == 0
         && query->end == 0 && query->updated_after == 0 && !query->bounds;
}

static void
add_conditions (Builder *self, const KomekQuery *query)
{
  if (query->services)
    add_list (self, "service", (const char *const *) query->services);
  if (query->statuses)
    add_statuses (self, query->statuses);
  add_time (self, "requested >=", query->start);
  add_time (self, "requested <=", query->end);
  add_time (self, "updated >=", query->updated_after);
  if (query->bounds)
    add_bounds (self, query->bounds);
  if (has_words (query))
    add_words (self, query->words, MOST_HITS, 0);
}

/* Which requests: first by what indexes alone can tell, so that no row is
 * touched that is not shown. Rows are numbered in the order of registration,
 * so the newest hits of a word are those with the highest numbers. */
static void
add_choice (Builder *self, const KomekQuery *query, const char *order)
{
  if (query->numbers)
    add_list (self, "number", (const char *const *) query->numbers);
  else if (asks_for_words_alone (query))
    add_words (self, query->words, query->limit, query->offset);
  else
    {
      g_string_append (self->sql, " AND id IN (SELECT id FROM request WHERE 1");
      add_conditions (self, query);
      g_string_append_printf (self->sql, " ORDER BY %s LIMIT %u OFFSET %u)", order, query->limit,
                              query->offset);
    }
}

static void
build_list (Builder *self, const KomekQuery *query)
{
  const char *order = query->updated_after != 0 && !query->numbers ? "updated, id"
                                                                   : "requested DESC, id DESC";

  g_string_assign (self->sql, "SELECT " KOMEK_STORAGE_SQLITE_COLUMNS " FROM request WHERE 1");
  add_choice (self, query, order);
  g_string_append_printf (self->sql, " ORDER BY %s LIMIT %u", order, query->limit);
}

static gboolean
builder_prepare (Builder *self, sqlite3 *db, GError **error)
{
  self->statement = komek_sqlite_prepare (db, self->sql->str, error);
  for (guint i = 0; self->statement && i < self->texts->len; i++)
    komek_sqlite_bind_text (self->statement, i + 1, self->texts->pdata[i]);
  return self->statement != NULL;
}

static KomekStatus
read_status (sqlite3_stmt *row, int column)
{
  return komek_status_from_code (komek_sqlite_peek_text (row, column), TRUE);
}

static double
read_degrees (sqlite3_stmt *row, int column)
{
  return sqlite3_column_type (row, column) == SQLITE_NULL ? NAN
                                                          : sqlite3_column_double (row, column);
}

static KomekLanguage
read_language (sqlite3_stmt *row, int column)
{
  KomekLanguage language = KOMEK_LANGUAGE_KAZAKH;

  komek_language_from_code (komek_sqlite_peek_text (row, column), &language);
  return language;
}

/* The columns are those of KOMEK_STORAGE_SQLITE_COLUMNS. */
static void
read_record (sqlite3_stmt *row, KomekRecord *record)
{
  *record = (KomekRecord) {
    .number = komek_sqlite_peek_text (row, 0),
    .service = komek_sqlite_peek_text (row, 1),
    .status = read_status (row, 2),
    .text = komek_sqlite_peek_text (row, 3),
    .language = read_language (row, 4),
    .latitude = read_degrees (row, 5),
    .longitude = read_degrees (row, 6),
    .address = komek_sqlite_peek_text (row, 7),
    .district = komek_sqlite_peek_text (row, 8),
    .agency = komek_sqlite_peek_text (row, 9),
    .requested = sqlite3_column_int64 (row, 10),
    .updated = sqlite3_column_int64 (row, 11),
    .due = sqlite3_column_int64 (row, 12),
    .supporters = sqlite3_column_int (row, 13),
  };
}

static gboolean
visit_records (sqlite3 *db, Builder *builder, KomekRecordVisitor visit, gpointer data,
               GError **error)
{
  int result;

  if (!builder_prepare (builder, db, error))
    return FALSE;
  while ((result = sqlite3_step (builder->statement)) == SQLITE_ROW)
    {
      KomekRecord record;

      read_record (builder->statement, &record);
      visit (&record, data);
    }
  return result == SQLITE_DONE || komek_sqlite_fail (db, error);
}

gboolean
komek_storage_sqlite_list (KomekStorage *storage, const KomekQuery *query, KomekRecordVisitor visit,
                           gpointer data, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  g_auto (Builder) builder = { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free), NULL };
  sqlite3 *db = g_async_queue_pop (self->readers);
  gboolean done;

  build_list (&builder, query);
  done = visit_records (db, &builder, visit, data, error);
  g_clear_pointer (&builder.statement, sqlite3_finalize);
  g_async_queue_push (self->readers, db);
  return done;
}

static void
build_history (Builder *self, const char *const *numbers, gint64 start, gint64 end)
{
  g_string_assign (self->sql,
                   "SELECT step.id, number, step.status, time, step.agency, event, step.text,"
                   " language, answer FROM step JOIN request ON request.id = step.request WHERE 1");
  if (numbers)
    add_list (self, "number", numbers);
  add_time (self, "time >=", start);
  add_time (self, "time <=", end);
  g_string_append_printf (self->sql, " ORDER BY time, step.id LIMIT %u", KOMEK_QUERY_MAX_PAGE_SIZE);
}

static gboolean
visit_steps (sqlite3 *db, Builder *builder, KomekStepVisitor visit, gpointer data, GError **error)
{
  sqlite3_stmt *row;
  int result;

  if (!builder_prepare (builder, db, error))
    return FALSE;
  row = builder->statement;
  while ((result = sqlite3_step (row)) == SQLITE_ROW)
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
           },
           data);
  return result == SQLITE_DONE || komek_sqlite_fail (db, error);
}

gboolean
komek_storage_sqlite_history (KomekStorage *storage, const char *const *numbers, gint64 start,
                              gint64 end, KomekStepVisitor visit, gpointer data, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  g_auto (Builder) builder = { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free), NULL };
  sqlite3 *db = g_async_queue_pop (self->readers);
  gboolean done;

  build_history (&builder, numbers, start, end);
  done = visit_steps (db, &builder, visit, data, error);
  g_clear_pointer (&builder.statement, sqlite3_finalize);
  g_async_queue_push (self->readers, db);
  return done;
}
