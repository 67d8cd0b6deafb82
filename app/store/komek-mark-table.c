/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-mark-table.h"

/* The table of marks: what there is one of, by its name. Functions on a
 * database that a thread owns. */

static KomekStatement *
prepare_put (KomekDatabase *database, const char *name, GError **error)
{
  KomekStatement *statement =
    komek_database_prepare (database,
                            "INSERT INTO mark VALUES (?1, ?2)"
                            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                            error);

  if (statement)
    komek_statement_bind_text (statement, 1, name);
  return statement;
}

gboolean
komek_mark_table_put_text (KomekDatabase *database, const char *name, const char *text,
                           GError **error)
{
  g_autoptr (KomekStatement) statement = prepare_put (database, name, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 2, text);
  return komek_database_run (database, statement, error);
}

gboolean
komek_mark_table_put_number (KomekDatabase *database, const char *name, gint64 number,
                             GError **error)
{
  g_autoptr (KomekStatement) statement = prepare_put (database, name, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 2, number);
  return komek_database_run (database, statement, error);
}

/* The row of a mark, or none on an error and where it was never put. */
static KomekStatement *
find (KomekDatabase *database, const char *name, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, "SELECT value FROM mark WHERE name = ?1", error);

  if (!row)
    return NULL;
  komek_statement_bind_text (row, 1, name);
  return komek_database_step (database, row, error) ? g_steal_pointer (&row) : NULL;
}

/* "" on an error and for a mark that was never put. */
char *
komek_mark_table_dup_text (KomekDatabase *database, const char *name, GError **error)
{
  g_autoptr (KomekStatement) row = *error ? NULL : find (database, name, error);

  return g_strdup (row ? komek_statement_get_text (row, 0) : "");
}

/* 0 on an error and for a mark that was never put. */
gint64
komek_mark_table_get_number (KomekDatabase *database, const char *name, GError **error)
{
  g_autoptr (KomekStatement) row = *error ? NULL : find (database, name, error);

  return row ? komek_statement_get_number (row, 0) : 0;
}

gboolean
komek_mark_table_has_text (KomekDatabase *database, const char *name, const char *text,
                           GError **error)
{
  g_autoptr (KomekStatement) row = find (database, name, error);

  return row && g_str_equal (komek_statement_get_text (row, 0), text);
}
