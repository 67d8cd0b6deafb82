/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-builder.h"

#include <math.h>

#include "komek-sql-query.h"

/* Lists as SQLite is asked for them. */

/* A word that half the city uses is followed this far into the past where
 * other conditions come on top of it. */
#define MOST_HITS 10000

/* Each band by its name: SQLite then looks up the west end in each, and not
 * whatever lies in them across the whole city. */
static void
add_bands (KomekSql *sql, double south, double north)
{
  gint64 first = floor (south * 1000), last = floor (north * 1000);

  komek_sql_add (sql, " AND band IN (");
  for (gint64 band = first; band <= last; band++)
    komek_sql_add_number (sql, band > first ? "," : "", band);
  komek_sql_add (sql, ")");
}

/* A plus keeps SQLite from taking an index for the condition behind it. */
static void
add_bounds (KomekSql *sql, const KomekBounds *bounds, gpointer data)
{
  const gboolean *by_band = data;
  double south = komek_bounds_get_south (bounds), north = komek_bounds_get_north (bounds);

  if (*by_band)
    add_bands (sql, south, north);
  komek_sql_add_degrees (sql, "AND +lat >=", south);
  komek_sql_add_degrees (sql, "AND +lat <=", north);
  komek_sql_add_degrees (sql, "AND lon >=", komek_bounds_get_west (bounds));
  komek_sql_add_degrees (sql, "AND lon <=", komek_bounds_get_east (bounds));
}

static void
add_hits (KomekSql *sql, const char *words, gint64 before, guint limit, guint offset)
{
  g_autofree char *match = komek_sql_dup_match (words, "\"", "\"*", " AND ");

  komek_sql_add_text (sql, "AND id IN (SELECT rowid FROM words WHERE words MATCH", match);
  if (before != 0)
    komek_sql_add_number (sql, "AND rowid <", before);
  komek_sql_add_number (sql, "ORDER BY rowid DESC LIMIT", limit);
  komek_sql_add_number (sql, "OFFSET", offset);
  komek_sql_add (sql, ")");
}

static void
add_words (KomekSql *sql, const char *words, gpointer data)
{
  add_hits (sql, words, 0, MOST_HITS, 0);
}

/**
 * komek_sqlite_builder_add_conditions:
 * @by_band: whether a rectangle is looked up in its bands
 *
 * Adds what komek_sql_add_conditions() does.
 */
void
komek_sqlite_builder_add_conditions (KomekSql *sql, const KomekQuery *query, gboolean by_band)
{
  komek_sql_add_conditions (sql, query, &(KomekSqlWays) { add_bounds, add_words, &by_band });
}

/* Which requests: first by what indexes alone can tell, so that no row is
 * touched that is not shown. */
static void
add_choice (KomekSql *sql, const KomekQuery *query, gboolean by_band)
{
  if (query->numbers)
    komek_sql_add_list (sql, "number", (const char *const *) query->numbers);
  else if (komek_sql_asks_for_words_alone (query))
    add_hits (sql, query->words, query->after.id, query->limit, query->offset);
  else
    {
      komek_sql_add (sql, " AND id IN (SELECT id FROM request WHERE 1");
      komek_sqlite_builder_add_conditions (sql, query, by_band);
      komek_sql_add (sql, " ORDER BY ");
      komek_sql_add (sql, komek_sql_choose_order (query));
      komek_sql_add_number (sql, "LIMIT", query->limit);
      komek_sql_add_number (sql, "OFFSET", query->offset);
      komek_sql_add (sql, ")");
    }
}

/**
 * komek_sqlite_builder_ask_list:
 *
 * Completes a statement on requests.
 */
void
komek_sqlite_builder_ask_list (KomekSql *sql, const KomekQuery *query, gboolean by_band)
{
  add_choice (sql, query, by_band);
  /* A list of one is in order, and to sort it takes as long as to find it. */
  if (query->numbers && query->numbers[0] && !query->numbers[1])
    return;
  komek_sql_add (sql, " ORDER BY ");
  komek_sql_add (sql, komek_sql_choose_order (query));
  komek_sql_add_number (sql, "LIMIT", query->limit);
}

static void
bind (KomekSqliteRun *statement, int place, const KomekSqlValue *value)
{
  switch (value->kind)
    {
    case KOMEK_SQL_NUMBER:
      sqlite3_bind_int64 (statement, place, value->number);
      break;
    case KOMEK_SQL_DEGREES:
      sqlite3_bind_double (statement, place, value->degrees);
      break;
    case KOMEK_SQL_TEXT:
    default:
      komek_sqlite_bind_text (statement, place, value->text);
    }
}

/**
 * komek_sqlite_builder_take:
 *
 * Returns: (transfer full) (nullable): the statement with its values; it must
 *   not live longer than @sql
 */
KomekSqliteRun *
komek_sqlite_builder_take (const KomekSql *sql, KomekSqlite *db, GError **error)
{
  KomekSqliteRun *statement = komek_sqlite_take (db, sql->text->str, error);

  for (guint i = 0; statement && i < sql->values->len; i++)
    bind (statement, i + 1, &g_array_index (sql->values, KomekSqlValue, i));
  return statement;
}
