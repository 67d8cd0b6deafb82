/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-change-table.h"

/* The tables that say how the points came to be as they are: functions on a
 * database that a thread owns.
 *
 *     touched:  1 → key 17   2 → key 4   3 → key 17 …    changed on the map or removed
 *     run:      9f3c…  up to touch 2 and key 400         as a former program left it
 *               51aa…  up to touch 3 and key 405         as this one has it now
 *
 * New requests need no entry: their keys are greater than those before. A state
 * is told by its run, its last touch and its last key. Each connection that
 * writes begins a run of its own with its first change: a power cut may take
 * back the last commits of a run, and what comes instead of them shall not go
 * by the same name. */

/* Of what was touched longer ago nobody is told any more: to read all points is as fast then. */
#define MOST_TOUCHED 32768

#define MOST_RUNS "64"

/* For each connection that writes, before its first change. */
gboolean
komek_change_table_prepare (KomekDatabase *database, GError **error)
{
  return komek_database_execute (database, "CREATE TEMP TABLE begun (one INTEGER)", error);
}

gboolean
komek_change_table_read (KomekDatabase *database, KomekChangeMarks *marks, GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (
    database, "SELECT name, touches, last_key FROM run ORDER BY id DESC LIMIT 1", error);

  *marks = (KomekChangeMarks) { NULL };
  if (!row)
    return FALSE;
  if (!komek_database_step (database, row, error))
    {
      if (!*error)
        komek_database_condemn (database, "Nothing says how the points came to be", error);
      return FALSE;
    }
  *marks = (KomekChangeMarks) {
    g_strdup (komek_statement_get_text (row, 0)),
    komek_statement_get_number (row, 1),
    komek_statement_get_number (row, 2),
  };
  return TRUE;
}

/**
 * komek_change_table_touch:
 *
 * Says that a request which was there before is another one on the map, or is gone.
 */
gboolean
komek_change_table_touch (KomekDatabase *database, KomekChangeMarks *marks, gint64 key,
                          GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, "INSERT INTO touched VALUES (?1, ?2)", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, ++marks->touches);
  komek_statement_bind_number (statement, 2, key);
  return komek_database_run (database, statement, error);
}

static gboolean
run_with (KomekDatabase *database, const char *sql, gint64 first, gint64 second, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, first);
  komek_statement_bind_number (statement, 2, second);
  return komek_database_run (database, statement, error);
}

static gboolean
has_begun (KomekDatabase *database, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, "SELECT 1 FROM temp.begun", error);

  return row && komek_database_step (database, row, error);
}

/* The table that remembers it belongs to the connection, and to the transaction like any other. */
static gboolean
begin_run (KomekDatabase *database, GError **error)
{
  return komek_database_execute (database,
                                 "INSERT INTO run (name, touches, last_key)"
                                 " SELECT hex (randomblob (8)), touches, last_key FROM run"
                                 " ORDER BY id DESC LIMIT 1;"
                                 "INSERT INTO temp.begun VALUES (1);"
                                 "DELETE FROM run"
                                 " WHERE id <= (SELECT max (id) FROM run) - " MOST_RUNS,
                                 error);
}

/**
 * komek_change_table_write:
 * @marks: how it is now; the run in it may be a former one
 *
 * Keeps the marks, once, within the transaction that made the changes.
 */
gboolean
komek_change_table_write (KomekDatabase *database, const KomekChangeMarks *marks, GError **error)
{
  if (!has_begun (database, error) && (*error || !begin_run (database, error)))
    return FALSE;
  return run_with (database,
                   "UPDATE run SET touches = ?1, last_key = ?2"
                   " WHERE id = (SELECT max (id) FROM run)",
                   marks->touches, marks->last_key, error)
         && run_with (database, "DELETE FROM touched WHERE id <= ?1 - ?2", marks->touches,
                      MOST_TOUCHED, error);
}

/* Whether any run came by the state: a power cut may have taken it back. */
static gboolean
is_on_the_way (KomekDatabase *database, const KomekChangeMarks *former, GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (
    database, "SELECT 1 FROM run WHERE name = ?1 AND touches >= ?2 AND last_key >= ?3", error);

  if (!row)
    return FALSE;
  komek_statement_bind_text (row, 1, former->run);
  komek_statement_bind_number (row, 2, former->touches);
  komek_statement_bind_number (row, 3, former->last_key);
  return komek_database_step (database, row, error);
}

/**
 * komek_change_table_leads_from:
 *
 * Returns: whether all that was touched since @former is known; %FALSE on an error too
 */
gboolean
komek_change_table_leads_from (KomekDatabase *database, const KomekChangeMarks *former,
                               GError **error)
{
  g_autoptr (KomekStatement) row = NULL;

  if (!is_on_the_way (database, former, error))
    return FALSE;
  row = komek_database_prepare (database,
                                "SELECT touches <= ?1 + (SELECT count (*) FROM touched"
                                " WHERE id > ?1) FROM run ORDER BY id DESC LIMIT 1",
                                error);
  if (!row)
    return FALSE;
  komek_statement_bind_number (row, 1, former->touches);
  return komek_database_step (database, row, error) && komek_statement_get_number (row, 0);
}

/**
 * komek_change_table_list_touched:
 * @after: the touches of a former state
 * @most_key: its last key; later ones are left out
 *
 * Returns: (transfer full) (element-type guint32) (nullable): what was touched since, each once
 */
GArray *
komek_change_table_list_touched (KomekDatabase *database, gint64 after, gint64 most_key,
                                 GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (
    database, "SELECT DISTINCT key FROM touched WHERE id > ?1 AND key <= ?2", error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (!row)
    return NULL;
  komek_statement_bind_number (row, 1, after);
  komek_statement_bind_number (row, 2, most_key);
  while (komek_database_step (database, row, error))
    {
      guint32 key = komek_statement_get_number (row, 0);

      g_array_append_val (keys, key);
    }
  return *error ? NULL : g_steal_pointer (&keys);
}

/* Whoever knows a former state hears that nothing leads from there to here. */
gboolean
komek_change_table_clear (KomekDatabase *database, GError **error)
{
  return begin_run (database, error)
         && komek_database_execute (database,
                                    "DELETE FROM touched;"
                                    "DELETE FROM run WHERE id < (SELECT max (id) FROM run)",
                                    error);
}

void
komek_change_marks_clear (KomekChangeMarks *marks)
{
  g_clear_pointer (&marks->run, g_free);
}

static gboolean
parse_number (const char *text, gint64 *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;
  *number = value;
  return TRUE;
}

/* Whether it is a stamp; files bring it. */
gboolean
komek_change_marks_parse (KomekChangeMarks *marks, const char *stamp)
{
  g_auto (GStrv) parts = g_strsplit (stamp, "-", 4);

  if (g_strv_length (parts) != 3 || !parse_number (parts[1], &marks->touches)
      || !parse_number (parts[2], &marks->last_key))
    return FALSE;
  marks->run = g_strdup (parts[0]);
  return TRUE;
}

/* Fewer than 64 bytes. */
char *
komek_change_marks_dup_stamp (const KomekChangeMarks *marks)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, marks->run, marks->touches,
                          marks->last_key);
}
