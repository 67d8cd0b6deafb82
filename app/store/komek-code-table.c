/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-code-table.h"

/* The tables of codes: functions on a database that a thread owns. Rows count
 * from 1 and are deleted all together, when another city takes the place of this one. */

typedef struct
{
  const char *look_up;
  const char *insert;
  const char *all;
} Statements;

static const Statements statements[] = {
  [KOMEK_CODE_SERVICES] = {
    "SELECT id FROM service_code WHERE code = ?1",
    "INSERT INTO service_code (code) VALUES (?1)",
    "SELECT code FROM service_code ORDER BY id",
  },
  [KOMEK_CODE_DISTRICTS] = {
    "SELECT id FROM district_code WHERE code = ?1",
    "INSERT INTO district_code (code) VALUES (?1)",
    "SELECT code FROM district_code ORDER BY id",
  },
};

static gint64
look_up (KomekDatabase *database, const char *sql, const char *code, GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (database, sql, error);

  if (!row)
    return 0;
  komek_statement_bind_text (row, 1, code);
  return komek_database_step (database, row, error) ? komek_statement_get_number (row, 0) : 0;
}

static gint64
insert (KomekDatabase *database, const char *sql, const char *code, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement)
    return 0;
  komek_statement_bind_text (statement, 1, code);
  return komek_database_run (database, statement, error) ? komek_database_get_last_key (database)
                                                         : 0;
}

/**
 * komek_code_table_intern:
 * @known: (element-type utf8 gint64): rows that were found before, to which this one is added
 *
 * Returns: the row of a code, which it has from now on; 0 on an error
 */
gint64
komek_code_table_intern (KomekDatabase *database, KomekCodeTable table, GHashTable *known,
                         const char *code, GError **error)
{
  gint64 *before = g_hash_table_lookup (known, code);
  gint64 row;

  if (before)
    return *before;
  row = look_up (database, statements[table].look_up, code, error);
  if (!row && !*error)
    row = insert (database, statements[table].insert, code, error);
  if (row)
    g_hash_table_insert (known, g_strdup (code), g_memdup2 (&row, sizeof row));
  return row;
}

/**
 * komek_code_table_read:
 *
 * Returns: (transfer full) (nullable): all codes in the order of their rows
 */
char **
komek_code_table_read (KomekDatabase *database, KomekCodeTable table, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, statements[table].all, error);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  if (!row)
    return NULL;
  while (komek_database_step (database, row, error))
    g_strv_builder_add (codes, komek_statement_get_text (row, 0));
  return *error ? NULL : g_strv_builder_end (codes);
}
