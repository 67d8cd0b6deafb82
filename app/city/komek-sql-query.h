/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-query.h"
#include "komek-sql.h"
#include "komek-storage.h"

/**
 * KomekSqlWays:
 * @add_bounds: adds that a request is in a rectangle
 * @add_words: adds that a request has all the words, each at least as a beginning
 * @data: for both
 *
 * Where the engines find requests each in its own way.
 */
typedef struct
{
  void (*add_bounds) (KomekSql *sql, const KomekBounds *bounds, gpointer data);
  void (*add_words) (KomekSql *sql, const char *words, gpointer data);
  gpointer data;
} KomekSqlWays;

gboolean komek_sql_asks_for_words_alone (const KomekQuery *query);
const char *komek_sql_choose_order (const KomekQuery *query);
char *komek_sql_dup_match (const char *words, const char *before, const char *behind,
                           const char *between);
void komek_sql_add_conditions (KomekSql *self, const KomekQuery *query, const KomekSqlWays *ways);
void komek_sql_ask_history (KomekSql *self, const KomekStepQuery *query);
