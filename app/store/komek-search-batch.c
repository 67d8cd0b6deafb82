/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-batch.h"

/* So many are folded by a thread of its own while FTS5 takes those before them. */
#define FOLDED_BESIDE 2000

/**
 * KomekSearchBatch:
 *
 * Changes of the text indexes that are made together, in the order of their rows.
 *
 *     gathered ─► folded, words counted ─► made
 *                 └ in a thread, while those before are made
 *
 * The rows go back in time: a list is read from its first row in half the time
 * that it takes from its last one, and the newest are wanted. FTS5 writes out what
 * it has gathered whenever a row comes that lies before the last one, so without
 * the order a request that is newer than the last one would be written by itself.
 */
struct _KomekSearchBatch
{
  KomekSearchPiece *gathered;
  KomekSearchPiece *folded;
  KomekWordCounts  *counts;
};

KomekSearchBatch *
komek_search_batch_new (void)
{
  KomekSearchBatch *self = g_new (KomekSearchBatch, 1);

  *self = (KomekSearchBatch) {
    komek_search_piece_new (),
    komek_search_piece_new (),
    komek_word_counts_new (),
  };
  return self;
}

void
komek_search_batch_free (KomekSearchBatch *self)
{
  komek_search_piece_free (self->gathered);
  komek_search_piece_free (self->folded);
  komek_word_counts_free (self->counts);
  g_free (self);
}

void
komek_search_batch_add (KomekSearchBatch *self, gint64 moment, const KomekSearchText *text)
{
  komek_search_piece_gather (self->gathered, KOMEK_SEARCH_ROW_SUM - moment, FALSE, text);
}

/**
 * komek_search_batch_remove:
 * @text: exactly what was added, for the indexes alone do not know it
 */
void
komek_search_batch_remove (KomekSearchBatch *self, gint64 moment, const KomekSearchText *text)
{
  komek_search_piece_gather (self->gathered, KOMEK_SEARCH_ROW_SUM - moment, TRUE, text);
}

static gboolean
run_with (KomekDatabase *database, const char *sql, gint64 row, const char *text, int length,
          GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, row);
  komek_statement_bind_bytes (statement, 2, text, length);
  return komek_database_run (database, statement, error);
}

static gboolean
make (KomekDatabase *database, const KomekSearchChange *change, GError **error)
{
  if (change->removes)
    return run_with (database,
                     "INSERT INTO search (search, rowid, words) VALUES ('delete', ?1, ?2)",
                     change->row, change->words, change->words_length, error)
           && run_with (database,
                        "INSERT INTO digits (digits, rowid, number) VALUES ('delete', ?1, ?2)",
                        change->row, change->grams, change->grams_length, error);
  return run_with (database, "INSERT INTO search (rowid, words) VALUES (?1, ?2)", change->row,
                   change->words, change->words_length, error)
         && run_with (database, "INSERT INTO digits (rowid, number) VALUES (?1, ?2)", change->row,
                      change->grams, change->grams_length, error);
}

static gboolean
make_folded (KomekSearchBatch *self, KomekDatabase *database, GError **error)
{
  for (guint i = 0; i < komek_search_piece_get_length (self->folded); i++)
    {
      KomekSearchChange change = komek_search_piece_get (self->folded, i);

      if (!make (database, &change, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
fold_gathered (gpointer data)
{
  KomekSearchBatch *self = data;

  komek_search_piece_fold (self->gathered, self->counts);
  return NULL;
}

static gboolean
run_count (KomekDatabase *database, const char *sql, const char *word, gint64 requests,
           GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, word);
  komek_statement_bind_number (statement, 2, requests);
  return komek_database_run (database, statement, error);
}

/* Most words are there already. */
static gboolean
write_count (KomekDatabase *database, const char *word, gint64 requests, GError **error)
{
  gint64 changes = komek_database_count_changes (database);

  if (!run_count (database, "UPDATE word SET requests = requests + ?2 WHERE word = ?1", word,
                  requests, error))
    return FALSE;
  return komek_database_count_changes (database) > changes
         || run_count (database, "INSERT INTO word (word, requests) VALUES (?1, ?2)", word,
                       requests, error);
}

/* In the order of the table: each finds its place near that of the last one. */
static gboolean
write_counts (KomekSearchBatch *self, KomekDatabase *database, GError **error)
{
  g_autoptr (GArray) counts = komek_word_counts_list (self->counts);

  for (guint i = 0; i < counts->len; i++)
    {
      const KomekWordCount *count = &g_array_index (counts, KomekWordCount, i);

      if (!write_count (database, komek_word_counts_peek (self->counts, count), count->requests,
                        error))
        return FALSE;
    }
  return TRUE;
}

/**
 * komek_search_batch_make:
 *
 * Makes the changes that were gathered before the last call of this, within the caller's
 * transaction, and has those that were gathered since folded, to be made by the next one.
 *
 * How often words are counted is kept: most words of a piece come in the next one too, and their
 * numbers are written once by komek_search_batch_finish().
 */
gboolean
komek_search_batch_make (KomekSearchBatch *self, KomekDatabase *database, GError **error)
{
  KomekSearchPiece *made = self->folded;
  GThread *folding = NULL;
  gboolean done;

  if (komek_search_piece_get_length (self->gathered) >= FOLDED_BESIDE)
    folding = g_thread_new ("komek-fold", fold_gathered, self);
  else
    fold_gathered (self);
  done = make_folded (self, database, error);
  if (folding)
    g_thread_join (folding);

  komek_search_piece_clear (made);
  self->folded = self->gathered;
  self->gathered = made;
  return done;
}

/**
 * komek_search_batch_finish:
 *
 * Makes what is left of the changes and writes the numbers of their words, once, within the same
 * transaction.
 */
gboolean
komek_search_batch_finish (KomekSearchBatch *self, KomekDatabase *database, GError **error)
{
  return komek_search_batch_make (self, database, error)
         && komek_search_batch_make (self, database, error)
         && write_counts (self, database, error);
}
