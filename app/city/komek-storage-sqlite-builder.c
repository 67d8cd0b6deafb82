/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-builder.h"

#include <math.h>

/* Lists and histories as SQLite is asked for them. */

/* A word that half the city uses is followed this far into the past where
 * other conditions come on top of it. */
#define MOST_HITS 10000

/* One value of a statement. */
typedef struct
{
  char  *text; /* NULL for a number */
  double number;
} Value;

static void
clear_value (gpointer data)
{
  g_free (((Value *) data)->text);
}

/**
 * komek_sqlite_builder_init:
 * @sql: what the statement begins with, up to a condition that always holds
 */
void
komek_sqlite_builder_init (KomekSqliteBuilder *self, const char *sql)
{
  self->sql = g_string_new (sql);
  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  self->by_band = FALSE;
  g_array_set_clear_func (self->values, clear_value);
}

void
komek_sqlite_builder_clear (KomekSqliteBuilder *self)
{
  g_string_free (self->sql, TRUE);
  g_array_unref (self->values);
}

static void
add_text (KomekSqliteBuilder *self, const char *text)
{
  Value value = { .text = g_strdup (text) };

  g_string_append_c (self->sql, '?');
  g_array_append_val (self->values, value);
}

/**
 * komek_sqlite_builder_add_number:
 * @condition: what stands before the value
 * @number: times and counts are far below what a double keeps exactly
 */
void
komek_sqlite_builder_add_number (KomekSqliteBuilder *self, const char *condition, double number)
{
  Value value = { .number = number };

  g_string_append_printf (self->sql, " %s ?", condition);
  g_array_append_val (self->values, value);
}

static void
add_list (KomekSqliteBuilder *self, const char *column, const char *const *texts)
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
add_statuses (KomekSqliteBuilder *self, guint statuses)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint status = 0; status < KOMEK_N_STATUSES; status++)
    if (statuses & (1u << status))
      g_ptr_array_add (codes, (char *) komek_status_get_code (status));
  g_ptr_array_add (codes, NULL);
  add_list (self, "status", (const char *const *) codes->pdata);
}

static void
add_time (KomekSqliteBuilder *self, const char *condition, gint64 time)
{
  if (time != 0)
    komek_sqlite_builder_add_number (self, condition, time);
}

/* Each band by its name: SQLite then looks up the west end in each, and not
 * whatever lies in them across the whole city. */
static void
add_bands (KomekSqliteBuilder *self, double south, double north)
{
  double last = floor (north * 1000);

  g_string_append (self->sql, " AND band IN (");
  for (double band = floor (south * 1000); band <= last; band++)
    komek_sqlite_builder_add_number (self, band > floor (south * 1000) ? "," : "", band);
  g_string_append_c (self->sql, ')');
}

/* A plus keeps SQLite from taking an index for the condition behind it. */
static void
add_bounds (KomekSqliteBuilder *self, const KomekBounds *bounds)
{
  double south = komek_bounds_get_south (bounds), north = komek_bounds_get_north (bounds);
  double west = komek_bounds_get_west (bounds), east = komek_bounds_get_east (bounds);

  if (self->by_band)
    add_bands (self, south, north);
  komek_sqlite_builder_add_number (self, "AND +lat >=", south);
  komek_sqlite_builder_add_number (self, "AND +lat <=", north);
  komek_sqlite_builder_add_number (self, "AND lon >=", west);
  komek_sqlite_builder_add_number (self, "AND lon <=", east);
}

static gboolean
is_beginning (const KomekPosition *position)
{
  return position->time == 0 && position->id == 0;
}

/* Every word is the beginning of a word of the request: "шұң" finds "шұңқыр". */
static void
add_words (KomekSqliteBuilder *self, const char *words, gint64 before, guint limit, guint offset)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " AND " : "", parts[i]);
  g_string_append (self->sql, " AND id IN (SELECT rowid FROM words WHERE words MATCH ");
  add_text (self, match->str);
  if (before != 0)
    komek_sqlite_builder_add_number (self, "AND rowid <", before);
  komek_sqlite_builder_add_number (self, "ORDER BY rowid DESC LIMIT", limit);
  komek_sqlite_builder_add_number (self, "OFFSET", offset);
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
add_position (KomekSqliteBuilder *self, const KomekPosition *after, const char *condition)
{
  if (is_beginning (after))
    return;
  komek_sqlite_builder_add_number (self, condition, after->time);
  komek_sqlite_builder_add_number (self, ",", after->id);
  g_string_append_c (self->sql, ')');
}

/**
 * komek_sqlite_builder_add_conditions:
 *
 * Adds all that @query wants of a request but which numbers, how many and in which order.
 */
void
komek_sqlite_builder_add_conditions (KomekSqliteBuilder *self, const KomekQuery *query)
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
add_choice (KomekSqliteBuilder *self, const KomekQuery *query, const char *order)
{
  if (query->numbers)
    add_list (self, "number", (const char *const *) query->numbers);
  else if (asks_for_words_alone (query))
    add_words (self, query->words, query->after.id, query->limit, query->offset);
  else
    {
      g_string_append (self->sql, " AND id IN (SELECT id FROM request WHERE 1");
      komek_sqlite_builder_add_conditions (self, query);
      g_string_append_printf (self->sql, " ORDER BY %s", order);
      komek_sqlite_builder_add_number (self, "LIMIT", query->limit);
      komek_sqlite_builder_add_number (self, "OFFSET", query->offset);
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

/**
 * komek_sqlite_builder_ask_list:
 *
 * Completes a statement on requests.
 */
void
komek_sqlite_builder_ask_list (KomekSqliteBuilder *self, const KomekQuery *query)
{
  const char *order = choose_order (query);

  add_choice (self, query, order);
  g_string_append_printf (self->sql, " ORDER BY %s", order);
  komek_sqlite_builder_add_number (self, "LIMIT", query->limit);
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

/**
 * komek_sqlite_builder_take:
 *
 * Returns: (transfer full) (nullable): the statement with its values; it must
 *   not live longer than the builder
 */
KomekSqliteRun *
komek_sqlite_builder_take (KomekSqliteBuilder *self, KomekSqlite *db, GError **error)
{
  KomekSqliteRun *statement = komek_sqlite_take (db, self->sql->str, error);

  if (statement)
    bind (statement, self->values);
  return statement;
}

/**
 * komek_sqlite_builder_ask_history:
 *
 * Completes a statement on steps joined with their requests.
 */
void
komek_sqlite_builder_ask_history (KomekSqliteBuilder *self, const KomekStepQuery *query)
{
  if (query->numbers)
    add_list (self, "number", query->numbers);
  if (!query->hidden)
    g_string_append (self->sql, " AND hidden = 0");
  add_time (self, "AND time >=", query->start);
  add_time (self, "AND time <=", query->end);
  add_position (self, &query->after, "AND (time, step.id) > (");
  g_string_append (self->sql, " ORDER BY time, step.id");
  komek_sqlite_builder_add_number (self, "LIMIT", query->limit);
}
