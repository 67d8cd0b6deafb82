/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-local-table.h"

#include "komek-grams.h"

/* The table of local numbers: those that this device gave while it had no line,
 * and what became of them. Functions on a database that a thread owns. There
 * are few, so that a part of one is looked for in each. */

/**
 * komek_local_table_put:
 * @local: the number on a slip
 * @number: the one that the city gave later
 * @changed: (inout): set where that was not known, else left alone
 */
gboolean
komek_local_table_put (KomekDatabase *database, const char *local, const char *number,
                       gboolean *changed, GError **error)
{
  g_autofree char *signs = komek_grams_dup_signs (local);
  gint64 changes = komek_database_count_changes (database);
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database,
                            "INSERT INTO local VALUES (?1, ?2) ON CONFLICT (signs)"
                            " DO UPDATE SET number = excluded.number"
                            " WHERE number <> excluded.number",
                            error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, signs);
  komek_statement_bind_text (statement, 2, number);
  if (!komek_database_run (database, statement, error))
    return FALSE;
  *changed |= komek_database_count_changes (database) > changes;
  return TRUE;
}

gboolean
komek_local_table_clear (KomekDatabase *database, GError **error)
{
  return komek_database_execute (database, "DELETE FROM local", error);
}

/**
 * komek_local_table_find:
 * @typed: a whole local number, however it is parted
 *
 * Returns: (transfer full) (nullable): the city's number; %NULL without an error where there is
 * none
 */
char *
komek_local_table_find (KomekDatabase *database, const char *typed, GError **error)
{
  g_autofree char *signs = komek_grams_dup_signs (typed);
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, "SELECT number FROM local WHERE signs = ?1", error);

  if (!row)
    return NULL;
  komek_statement_bind_text (row, 1, signs);
  return komek_database_step (database, row, error)
           ? g_strdup (komek_statement_get_text (row, 0)) : NULL;
}
