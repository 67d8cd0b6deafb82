/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-history-table.h"

#include <string.h>

#include "komek-update.h"

/* The table of steps in the lives of requests: functions on a database that a thread owns. */

static gboolean
is_same_step (KomekUpdate *a, KomekUpdate *b)
{
  return komek_update_get_status (a) == komek_update_get_status (b)
         && komek_update_get_time (a) == komek_update_get_time (b)
         && komek_update_is_answer (a) == komek_update_is_answer (b)
         && strcmp (komek_update_get_id (a), komek_update_get_id (b)) == 0
         && strcmp (komek_update_get_text (a), komek_update_get_text (b)) == 0
         && strcmp (komek_update_get_agency (a), komek_update_get_agency (b)) == 0;
}

static gboolean
is_same_history (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!is_same_step (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
delete_steps (KomekDatabase *database, const char *number, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, "DELETE FROM step WHERE number = ?1", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, number);
  return komek_database_run (database, statement, error);
}

static gboolean
insert_step (KomekDatabase *database, const char *number, guint position, KomekUpdate *update,
             GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "INSERT INTO step VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, number);
  komek_statement_bind_number (statement, 2, position);
  komek_statement_bind_text (statement, 3, komek_update_get_id (update));
  komek_statement_bind_number (statement, 4, komek_update_get_status (update));
  komek_statement_bind_number (statement, 5, komek_update_get_time (update));
  komek_statement_bind_text (statement, 6, komek_update_get_text (update));
  komek_statement_bind_text (statement, 7, komek_update_get_agency (update));
  komek_statement_bind_number (statement, 8, komek_update_is_answer (update));
  return komek_database_run (database, statement, error);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = komek_update_get_time (*(KomekUpdate **) a);
  gint64 y = komek_update_get_time (*(KomekUpdate **) b);

  return (x < y) - (x > y);
}

/* Cities give histories in either direction. Of two steps in one second the order given is kept,
 * seen in the direction of the whole. */
static GPtrArray *
newest_first (GPtrArray *updates)
{
  GPtrArray *steps = g_ptr_array_new_full (updates->len, g_object_unref);
  guint last = updates->len - 1;
  gboolean ascending = updates->len > 0
                       && komek_update_get_time (updates->pdata[0])
                            <= komek_update_get_time (updates->pdata[last]);

  for (guint i = 0; i < updates->len; i++)
    g_ptr_array_add (steps, g_object_ref (updates->pdata[ascending ? last - i : i]));
  g_ptr_array_sort (steps, compare_times);
  return steps;
}

/**
 * komek_history_table_put:
 * @updates: (element-type KomekUpdate): all steps of the request, in either direction of time
 * @changed: (inout): set where the history is other than it was, else left alone
 */
gboolean
komek_history_table_put (KomekDatabase *database, const char *number, GPtrArray *updates,
                         gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) former = komek_history_table_read (database, number, error);
  g_autoptr (GPtrArray) steps = newest_first (updates);
  gboolean done;

  if (!former)
    return FALSE;
  if (is_same_history (former, steps))
    return TRUE;

  *changed = TRUE;
  done = delete_steps (database, number, error);
  for (guint i = 0; done && i < steps->len; i++)
    done = insert_step (database, number, i, steps->pdata[i], error);
  return done;
}

gboolean
komek_history_table_clear (KomekDatabase *database, GError **error)
{
  return komek_database_execute (database, "DELETE FROM step", error);
}

static KomekUpdate *
read_step (KomekStatement *row, const char *number)
{
  return komek_update_new (komek_statement_get_text (row, 0), number,
                           komek_statement_get_number (row, 1), komek_statement_get_number (row, 2),
                           komek_statement_get_text (row, 3), komek_statement_get_text (row, 4),
                           komek_statement_get_number (row, 5));
}

/**
 * komek_history_table_read:
 *
 * Returns: (transfer full) (element-type KomekUpdate) (nullable): the steps, newest first
 */
GPtrArray *
komek_history_table_read (KomekDatabase *database, const char *number, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT id, status, time, text, agency, answer FROM step"
                            " WHERE number = ?1 ORDER BY position",
                            error);

  if (!row)
    return NULL;
  komek_statement_bind_text (row, 1, number);
  while (komek_database_step (database, row, error))
    g_ptr_array_add (steps, read_step (row, number));
  return *error ? NULL : g_steal_pointer (&steps);
}
