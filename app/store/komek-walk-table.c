/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-walk-table.h"

#include "komek-mark-table.h"

/* The table of requests that a walk through the city has met: functions on a
 * database that a thread owns. Requests that came after the walk began need no
 * entry: whoever wrote them had them from the city. So the first walk of all
 * writes none. */

#define GENERATION "generation"
#define KNOWN "known"

static gint64
find_last_key (KomekDatabase *database, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, "SELECT max (key) FROM request", error);

  if (!row || !komek_database_step (database, row, error))
    return 0;
  return komek_statement_get_number (row, 0);
}

/**
 * komek_walk_table_begin:
 * @generation: the walk; what another one has met is forgotten
 * @known: (out): the last key that there was when it began
 *
 * Begins a walk or goes on with it.
 */
gboolean
komek_walk_table_begin (KomekDatabase *database, gint64 generation, gint64 *known, GError **error)
{
  gint64 former = komek_mark_table_get_number (database, GENERATION, error);

  if (*error)
    return FALSE;
  if (former == generation)
    {
      *known = komek_mark_table_get_number (database, KNOWN, error);
      return !*error;
    }
  *known = find_last_key (database, error);
  return !*error && komek_database_execute (database, "DELETE FROM met", error)
         && komek_mark_table_put_number (database, GENERATION, generation, error)
         && komek_mark_table_put_number (database, KNOWN, *known, error);
}

gboolean
komek_walk_table_meet (KomekDatabase *database, gint64 key, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, "INSERT OR IGNORE INTO met VALUES (?1)", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, key);
  return komek_database_run (database, statement, error);
}

/**
 * komek_walk_table_list_unmet:
 * @generation: the walk; none are listed where it is not the last that was begun
 * @start: the first second of the window
 * @end: the second after its last one
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the numbers of the requests of the
 *   window that the walk has not met; %NULL on an error
 */
GPtrArray *
komek_walk_table_list_unmet (KomekDatabase *database, gint64 generation, gint64 start, gint64 end,
                             GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT number FROM request AS r INDEXED BY request_point"
                            " WHERE requested >= ?1 AND requested < ?2 AND key <= ?3"
                            " AND NOT EXISTS (SELECT 1 FROM met WHERE met.key = r.key)",
                            error);

  if (!row)
    return NULL;
  if (komek_mark_table_get_number (database, GENERATION, error) != generation)
    return *error ? NULL : g_steal_pointer (&numbers);
  komek_statement_bind_number (row, 1, start);
  komek_statement_bind_number (row, 2, end);
  komek_statement_bind_number (row, 3, komek_mark_table_get_number (database, KNOWN, error));
  while (!*error && komek_database_step (database, row, error))
    g_ptr_array_add (numbers, g_strdup (komek_statement_get_text (row, 0)));
  return *error ? NULL : g_steal_pointer (&numbers);
}

/**
 * komek_walk_table_count:
 * @count: (out): how many requests are of that window, whoever has met them
 */
gboolean
komek_walk_table_count (KomekDatabase *database, gint64 start, gint64 end, gint64 *count,
                        GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT count (*) FROM request"
                            " WHERE requested >= ?1 AND requested < ?2",
                            error);

  if (!row)
    return FALSE;
  komek_statement_bind_number (row, 1, start);
  komek_statement_bind_number (row, 2, end);
  if (!komek_database_step (database, row, error))
    return FALSE;
  *count = komek_statement_get_number (row, 0);
  return TRUE;
}
