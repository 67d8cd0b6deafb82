/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sql-query.h"

/* What somebody asks of the lists and histories, in the SQL that both engines understand. */

static void
add_statuses (KomekSql *self, guint statuses)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint status = 0; status < KOMEK_N_STATUSES; status++)
    if (statuses & (1u << status))
      g_ptr_array_add (codes, (char *) komek_status_get_code (status));
  g_ptr_array_add (codes, NULL);
  komek_sql_add_list (self, "status", (const char *const *) codes->pdata);
}

static void
add_time (KomekSql *self, const char *condition, gint64 time)
{
  if (time != 0)
    komek_sql_add_number (self, condition, time);
}

static void
add_position (KomekSql *self, const KomekPosition *after, const char *condition)
{
  if (after->time == 0 && after->id == 0)
    return;
  komek_sql_add_number (self, condition, after->time);
  komek_sql_add_number (self, ",", after->id);
  komek_sql_add (self, ")");
}

static gboolean
has_words (const KomekQuery *query)
{
  return query->words && *query->words != '\0';
}

/* Rows are numbered in the order of registration, so the newest hits of a word are those with the
 * highest numbers. */
gboolean
komek_sql_asks_for_words_alone (const KomekQuery *query)
{
  return !query->numbers && has_words (query) && !query->services && query->statuses == 0
         && query->start == 0 && query->end == 0 && query->updated_after == 0 && !query->bounds;
}

const char *
komek_sql_choose_order (const KomekQuery *query)
{
  if (komek_sql_asks_for_words_alone (query))
    return "id DESC";
  return query->updated_after != 0 && !query->numbers ? "updated, id" : "requested DESC, id DESC";
}

/**
 * komek_sql_dup_match:
 * @words: as they were typed, folded, with spaces between
 * @before: what stands before each in the engine's own language
 * @behind: what stands behind it
 * @between: what joins them
 *
 * Returns: (transfer full): the search
 */
char *
komek_sql_dup_match (const char *words, const char *before, const char *behind,
                     const char *between)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  GString *match = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i] != '\0')
      g_string_append_printf (match, "%s%s%s%s", match->len > 0 ? between : "", before, parts[i],
                              behind);
  return g_string_free (match, FALSE);
}

/**
 * komek_sql_add_conditions:
 *
 * Adds all that @query wants of a request but which numbers, how many and in which order.
 */
void
komek_sql_add_conditions (KomekSql *self, const KomekQuery *query, const KomekSqlWays *ways)
{
  if (query->services)
    komek_sql_add_list (self, "service", (const char *const *) query->services);
  if (query->statuses)
    add_statuses (self, query->statuses);
  add_time (self, "AND requested >=", query->start);
  add_time (self, "AND requested <=", query->end);
  add_time (self, "AND updated >=", query->updated_after);
  if (query->bounds)
    ways->add_bounds (self, query->bounds, ways->data);
  if (has_words (query))
    ways->add_words (self, query->words, ways->data);
  if (komek_sql_asks_for_words_alone (query))
    add_time (self, "AND id <", query->after.id);
  else
    add_position (self, &query->after, query->updated_after != 0 ? "AND (updated, id) > ("
                                                                 : "AND (requested, id) < (");
}

/**
 * komek_sql_ask_history:
 *
 * Completes a statement on steps joined with their requests.
 */
void
komek_sql_ask_history (KomekSql *self, const KomekStepQuery *query)
{
  if (query->numbers)
    komek_sql_add_list (self, "number", query->numbers);
  if (!query->hidden)
    komek_sql_add (self, " AND NOT hidden");
  add_time (self, "AND time >=", query->start);
  add_time (self, "AND time <=", query->end);
  add_position (self, &query->after, "AND (time, step.id) > (");
  komek_sql_add (self, " ORDER BY time, step.id");
  komek_sql_add_number (self, "LIMIT", query->limit);
}
