/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include <math.h>

/* Square degrees: a larger rectangle holds so much of a city that walking the
 * requests by date beats sorting what its bands would give. */
#define LARGE_AREA 0.002

/* How many of the latest requests are looked at to see whether a rectangle has
 * a page of them; one that has not is so sparse that sorting all of it costs less. */
#define LATE 10000

/* A rectangle of the whole region has more bands than a statement has places. */
#define MOST_BANDS 500

/* A word that half the city uses is followed this far into the past where
 * other conditions come on top of it. */
#define MOST_HITS 10000

/* One value of a statement. */
typedef struct
{
  char  *text; /* NULL for a number */
  double number;
} Value;

/* A statement and the values of its places. Values never stand in the
 * statement itself, so that few different ones are ever compiled. */
typedef struct
{
  GString *sql;
  GArray  *values;
  gboolean by_band; /* whether a rectangle is looked up in its bands */
} Builder;

static void
clear_value (gpointer data)
{
  g_free (((Value *) data)->text);
}

static void
builder_init (Builder *self, const char *sql)
{
  self->sql = g_string_new (sql);
  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  self->by_band = FALSE;
  g_array_set_clear_func (self->values, clear_value);
}

static void
builder_clear (Builder *self)
{
  g_string_free (self->sql, TRUE);
  g_array_unref (self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, builder_clear)

static void
add_text (Builder *self, const char *text)
{
  Value value = { .text = g_strdup (text) };

  g_string_append_c (self->sql, '?');
  g_array_append_val (self->values, value);
}

/* Times and counts are far below what a double keeps exactly. */
static void
add_number (Builder *self, const char *condition, double number)
{
  Value value = { .number = number };

  g_string_append_printf (self->sql, " %s ?", condition);
  g_array_append_val (self->values, value);
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
    add_number (self, condition, time);
}

/* Each band by its name: SQLite then looks up the west end in each, and not
 * whatever lies in them across the whole city. */
static void
add_bands (Builder *self, double south, double north)
{
  double last = floor (north * 1000);

  g_string_append (self->sql, " AND band IN (");
  for (double band = floor (south * 1000); band <= last; band++)
    add_number (self, band > floor (south * 1000) ? "," : "", band);
  g_string_append_c (self->sql, ')');
}

/* A plus keeps SQLite from taking an index for the condition behind it. */
static void
add_bounds (Builder *self, const KomekBounds *bounds)
{
  double south = komek_bounds_get_south (bounds), north = komek_bounds_get_north (bounds);
  double west = komek_bounds_get_west (bounds), east = komek_bounds_get_east (bounds);

  if (self->by_band)
    add_bands (self, south, north);
  add_number (self, "AND +lat >=", south);
  add_number (self, "AND +lat <=", north);
  add_number (self, "AND lon >=", west);
  add_number (self, "AND lon <=", east);
}

static gboolean
is_beginning (const KomekPosition *position)
{
  return position->time == 0 && position->id == 0;
}

/* Every word is the beginning of a word of the request: "шұң" finds "шұңқыр". */
static void
add_words (Builder *self, const char *words, gint64 before, guint limit, guint offset)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " AND " : "", parts[i]);
  g_string_append (self->sql, " AND id IN (SELECT rowid FROM words WHERE words MATCH ");
  add_text (self, match->str);
  if (before != 0)
    add_number (self, "AND rowid <", before);
  add_number (self, "ORDER BY rowid DESC LIMIT", limit);
  add_number (self, "OFFSET", offset);
  g_string_append_c (self->sql, ')');
}

static gboolean
has_words (const KomekQuery *query)
{
  return query->words && *query->words != '\0';
}

static gboolean
asks_for_words_alone (const KomekQuery *query)
{
  return !query->numbers && has_words (query) && !query->services && query->statuses == 0
         && query->start == 0 && query->end == 0 && query->updated_after == 0 && !query->bounds;
}

static void
add_position (Builder *self, const KomekPosition *after, const char *condition)
{
  if (is_beginning (after))
    return;
  add_number (self, condition, after->time);
  add_number (self, ",", after->id);
  g_string_append_c (self->sql, ')');
}

static void
add_conditions (Builder *self, const KomekQuery *query)
{
  if (query->services)
    add_list (self, "service", (const char *const *) query->services);
  if (query->statuses)
    add_statuses (self, query->statuses);
  add_time (self, "AND requested >=", query->start);
  add_time (self, "AND requested <=", query->end);
  add_time (self, "AND updated >=", query->updated_after);
  if (query->bounds)
    add_bounds (self, query->bounds);
  if (has_words (query))
    add_words (self, query->words, 0, MOST_HITS, 0);
  add_position (self, &query->after, query->updated_after != 0 ? "AND (updated, id) > ("
                                                               : "AND (requested, id) < (");
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
    add_words (self, query->words, query->after.id, query->limit, query->offset);
  else
    {
      g_string_append (self->sql, " AND id IN (SELECT id FROM request WHERE 1");
      add_conditions (self, query);
      g_string_append_printf (self->sql, " ORDER BY %s", order);
      add_number (self, "LIMIT", query->limit);
      add_number (self, "OFFSET", query->offset);
      g_string_append_c (self->sql, ')');
    }
}

static const char *
choose_order (const KomekQuery *query)
{
  if (asks_for_words_alone (query))
    return "id DESC";
  return query->updated_after != 0 && !query->numbers ? "updated, id" : "requested DESC, id DESC";
}

static void
build_list (Builder *self, const KomekQuery *query)
{
  const char *order = choose_order (query);

  add_choice (self, query, order);
  g_string_append_printf (self->sql, " ORDER BY %s", order);
  add_number (self, "LIMIT", query->limit);
}

static void
bind (KomekSqliteRun *statement, GArray *values)
{
  for (guint i = 0; i < values->len; i++)
    {
      const Value *value = &g_array_index (values, Value, i);

      if (value->text)
        komek_sqlite_bind_text (statement, i + 1, value->text);
      else if (value->number == floor (value->number))
        sqlite3_bind_int64 (statement, i + 1, value->number);
      else
        sqlite3_bind_double (statement, i + 1, value->number);
    }
}

static KomekSqliteRun *
builder_take (Builder *self, KomekSqlite *db, GError **error)
{
  KomekSqliteRun *statement = komek_sqlite_take (db, self->sql->str, error);

  if (statement)
    bind (statement, self->values);
  return statement;
}

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
visit_records (KomekSqlite *db, Builder *builder, gboolean whole, KomekRecordVisitor visit,
               gpointer data, GError **error)
{
  g_autoptr (KomekSqliteRun) row = builder_take (builder, db, error);
  g_autoptr (GPtrArray) attributes = g_ptr_array_new_with_free_func (g_free);
  gboolean more = TRUE;

  while (row && komek_sqlite_step (db, row, &more, error) && more)
    {
      KomekRecord record;

      komek_storage_sqlite_read_record (row, &record);
      if (whole && !read_attributes (db, record.id, attributes, error))
        return FALSE;
      record.attributes = whole ? (const char *const *) attributes->pdata : NULL;
      visit (&record, data);
    }
  return row && !more;
}

/* Whether the latest requests alone fill the page. */
static gboolean
fills_page_lately (KomekSqlite *db, const KomekQuery *query, gboolean *fills, GError **error)
{
  g_auto (Builder) builder;
  g_autoptr (KomekSqliteRun) row = NULL;
  gboolean more;

  builder_init (&builder,
                "SELECT count(*) FROM (SELECT 1 FROM request INDEXED BY request_requested"
                " WHERE requested >= coalesce ((SELECT requested FROM request"
                " WHERE id <= (SELECT max(id) FROM request) -");
  add_number (&builder, "", LATE);
  g_string_append (builder.sql, " ORDER BY id DESC LIMIT 1), 0)");
  add_conditions (&builder, query);
  add_number (&builder, "ORDER BY requested DESC LIMIT", query->limit + query->offset);
  g_string_append_c (builder.sql, ')');
  row = builder_take (&builder, db, error);
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
  if (query->updated_after != 0 || has_words (query))
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
  g_auto (Builder) builder;
  KomekSqlite *db = komek_storage_sqlite_borrow (self);
  gboolean done;

  builder_init (&builder, "SELECT " KOMEK_STORAGE_SQLITE_COLUMNS " FROM request WHERE 1");
  done = choose_way (db, query, &builder.by_band, error);
  build_list (&builder, query);
  done = done && visit_records (db, &builder, query->numbers != NULL, visit, data, error);
  komek_storage_sqlite_give_back (self, db);
  return done;
}

static void
build_history (Builder *self, const KomekStepQuery *query)
{
  if (query->numbers)
    add_list (self, "number", query->numbers);
  if (!query->hidden)
    g_string_append (self->sql, " AND hidden = 0");
  add_time (self, "AND time >=", query->start);
  add_time (self, "AND time <=", query->end);
  add_position (self, &query->after, "AND (time, step.id) > (");
  g_string_append (self->sql, " ORDER BY time, step.id");
  add_number (self, "LIMIT", query->limit);
}

static gboolean
visit_steps (KomekSqlite *db, Builder *builder, KomekStepVisitor visit, gpointer data,
             GError **error)
{
  g_autoptr (KomekSqliteRun) row = builder_take (builder, db, error);
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
  g_auto (Builder) builder;
  KomekSqlite *db = komek_storage_sqlite_borrow (self);
  gboolean done;

  builder_init (&builder,
                "SELECT step.id, number, step.status, time, step.agency, event, step.text,"
                " language, answer, hidden FROM step JOIN request ON request.id = step.request WHERE 1");
  build_history (&builder, query);
  done = visit_steps (db, &builder, visit, data, error);
  komek_storage_sqlite_give_back (self, db);
  return done;
}
