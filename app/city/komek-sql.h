/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekSqlDialect:
 * @KOMEK_SQL_SQLITE: places for values are ?
 * @KOMEK_SQL_POSTGRES: they are $1, $2, …
 *
 * Whom a statement is for.
 */
typedef enum
{
  KOMEK_SQL_SQLITE,
  KOMEK_SQL_POSTGRES,
} KomekSqlDialect;

/**
 * KomekSqlKind:
 *
 * What a value is.
 */
typedef enum
{
  KOMEK_SQL_TEXT,
  KOMEK_SQL_NUMBER,
  KOMEK_SQL_DEGREES,
} KomekSqlKind;

/**
 * KomekSqlValue:
 * @text: (nullable): where it is one
 *
 * One value of a statement.
 */
typedef struct
{
  KomekSqlKind kind;
  char        *text;
  gint64       number;
  double       degrees;
} KomekSqlValue;

/**
 * KomekSql:
 * @text: of the statement
 * @values: (element-type KomekSqlValue): in the order of their places
 *
 * A statement and the values of its places. Values never stand in the
 * statement itself, so that nobody's words are taken for ours and few
 * different statements are ever compiled.
 */
typedef struct
{
  KomekSqlDialect dialect;
  GString        *text;
  GArray         *values;
} KomekSql;

void komek_sql_init (KomekSql *self, KomekSqlDialect dialect, const char *text);
void komek_sql_clear (KomekSql *self);
void komek_sql_add (KomekSql *self, const char *text);
void komek_sql_add_text (KomekSql *self, const char *condition, const char *text);
void komek_sql_add_number (KomekSql *self, const char *condition, gint64 number);
void komek_sql_add_degrees (KomekSql *self, const char *condition, double degrees);
void komek_sql_add_list (KomekSql *self, const char *column, const char *const *texts);
GPtrArray *komek_sql_list_texts (const KomekSql *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KomekSql, komek_sql_clear)
