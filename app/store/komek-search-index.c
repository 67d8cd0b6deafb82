/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-index.h"

#include "komek-fault.h"
#include "komek-mark-table.h"
#include "komek-search-batch.h"

/* The text indexes as a whole: which requests they have and how well they are
 * laid out. Functions on a database that a thread owns.
 *
 * The indexes follow the table of requests. A walk through a city writes its
 * pages as they come, and after some of them their words at once: few large
 * pieces are written and merged in a third of the time of many small ones.
 * Keys grow, so one mark says where the indexes stand. */

#define MARK "indexed"

/* What twice so many requests are found by is in memory at once. The first piece, for which the
 * indexes wait, is smaller. */
#define PIECE 6000
#define FIRST_PIECE 2000

/**
 * komek_search_index_read_mark:
 * @key: (out): the last request that the indexes have, and they have all before it
 */
gboolean
komek_search_index_read_mark (KomekDatabase *database, gint64 *key, GError **error)
{
  *key = komek_mark_table_get_number (database, MARK, error);
  return !*error;
}

/* Whether the indexes lack more than @most requests; %FALSE on an error too. */
gboolean
komek_search_index_is_behind (KomekDatabase *database, guint most, GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (
    database, "SELECT key FROM request WHERE key > ?1 ORDER BY key LIMIT 1 OFFSET ?2", error);

  if (!row)
    return FALSE;
  komek_statement_bind_number (row, 1, komek_mark_table_get_number (database, MARK, error));
  komek_statement_bind_number (row, 2, most);
  return !*error && komek_database_step (database, row, error);
}

static void
add (KomekSearchBatch *batch, KomekStatement *row)
{
  KomekSearchText text = {
    komek_statement_peek_text (row, 2),
    komek_statement_peek_text (row, 3),
    komek_statement_peek_text (row, 4),
    komek_statement_get_number (row, 5),
  };

  komek_search_batch_add (batch, komek_statement_get_number (row, 1), &text);
}

/* The keys come in order, or the file is damaged; taken as they are they would never end. */
static gboolean
add_piece (KomekDatabase *database, KomekSearchBatch *batch, guint most, gint64 *last,
           GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT key, moment, number, text, address, service FROM request"
                            " WHERE key > ?1 ORDER BY key LIMIT ?2",
                            error);

  if (!row)
    return FALSE;
  komek_statement_bind_number (row, 1, *last);
  komek_statement_bind_number (row, 2, most);
  while (komek_database_step (database, row, error))
    {
      gint64 key = komek_statement_get_number (row, 0);

      if (key <= *last)
        {
          komek_database_condemn (database, "Requests are out of order", error);
          return FALSE;
        }
      *last = key;
      add (batch, row);
    }
  return !*error;
}

static gboolean
index_rows (KomekDatabase *database, gint64 after, guint most, GError **error)
{
  g_autoptr (KomekSearchBatch) batch = komek_search_batch_new ();
  guint piece = MIN (FIRST_PIECE, most);
  gint64 last = after;

  for (guint left = most; left > 0; left -= piece, piece = MIN (PIECE, left))
    if (!add_piece (database, batch, piece, &last, error)
        || !komek_search_batch_make (batch, database, error))
      return FALSE;
  return komek_search_batch_finish (batch, database, error)
         && komek_mark_table_put_number (database, MARK, last, error);
}

/**
 * komek_search_index_catch_up:
 * @most: of the requests that the indexes lack, how many to add
 *
 * Adds requests in a transaction of its own.
 */
gboolean
komek_search_index_catch_up (KomekDatabase *database, guint most, GError **error)
{
  gint64 after = komek_mark_table_get_number (database, MARK, error);
  gboolean done;

  if (*error)
    return FALSE;
  done = komek_database_begin (database, error) && index_rows (database, after, most, error);
  komek_fault_point ("mirror.index.before_commit");
  done = komek_database_end (database, done, error);
  komek_fault_point ("mirror.index.after_commit");
  return done;
}

/**
 * komek_search_index_set_bulk:
 * @bulk: whether large pieces follow one another, to be merged at the end
 *
 * Has FTS5 merge nothing while it is written to, or a little with each write as it usually does.
 */
gboolean
komek_search_index_set_bulk (KomekDatabase *database, gboolean bulk, GError **error)
{
  if (bulk)
    return komek_database_execute (
      database,
      "INSERT INTO search (search, rank) VALUES ('automerge', 0), ('crisismerge', 64);"
      "INSERT INTO digits (digits, rank) VALUES ('automerge', 0), ('crisismerge', 64)",
      error);
  return komek_database_execute (
    database,
    "INSERT INTO search (search, rank) VALUES ('automerge', 4), ('crisismerge', 16);"
    "INSERT INTO digits (digits, rank) VALUES ('automerge', 4), ('crisismerge', 16)",
    error);
}

/* FTS5 says by what it changed whether there was anything to merge. */
static gboolean
run_merge (KomekDatabase *database, const char *sql, guint pages, gboolean *more, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);
  gint64 changes = komek_database_count_changes (database);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, pages);
  if (!komek_database_run (database, statement, error))
    return FALSE;
  *more = komek_database_count_changes (database) - changes >= 2;
  return TRUE;
}

/**
 * komek_search_index_merge:
 * @pages: about how much of the indexes to write anew
 * @more: (out): whether there is more to do
 *
 * Merges pieces of the indexes, so that a search looks into few of them.
 */
gboolean
komek_search_index_merge (KomekDatabase *database, guint pages, gboolean *more, GError **error)
{
  gboolean more_digits = FALSE;

  *more = FALSE;
  if (!run_merge (database, "INSERT INTO search (search, rank) VALUES ('merge', ?1)", pages, more,
                  error)
      || !run_merge (database, "INSERT INTO digits (digits, rank) VALUES ('merge', ?1)", pages,
                     &more_digits, error))
    return FALSE;
  *more |= more_digits;
  return TRUE;
}

/* A new edition tells those who know the words by heart that there are others. */
gboolean
komek_search_index_clear (KomekDatabase *database, GError **error)
{
  return komek_database_execute (database,
                                 "INSERT INTO search (search) VALUES ('delete-all');"
                                 "INSERT INTO digits (digits) VALUES ('delete-all');"
                                 "DELETE FROM word;"
                                 "INSERT INTO mark VALUES ('edition', hex (randomblob (8)))"
                                 " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                 error);
}
