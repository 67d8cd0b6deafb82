/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-batch.h"

#include <string.h>

#include "komek-folding.h"
#include "komek-grams.h"
#include "komek-word-counts.h"

/* The words of so many are counted while FTS5 takes them. */
#define COUNTED_BESIDE 5000

/**
 * KomekSearchBatch:
 *
 * Changes of the text indexes that are made together, in the order of their rows.
 *
 * The rows go back in time: a list is read from its first row in half the time
 * that it takes from its last one, and the newest are wanted. FTS5 writes out what
 * it has gathered whenever a row comes that lies before the last one, so without
 * the order a request that is newer than the last one would be written by itself.
 */
struct _KomekSearchBatch
{
  GArray          *changes;
  KomekWordCounts *counts;
  guint            n_counted; /* requests, of these changes and of those made before */
};

typedef struct
{
  gint64   row;
  gboolean removes;
  char    *words;
  char    *number;
} Change;

static void
clear_change (gpointer data)
{
  Change *change = data;

  g_free (change->words);
  g_free (change->number);
}

KomekSearchBatch *
komek_search_batch_new (void)
{
  KomekSearchBatch *self = g_new0 (KomekSearchBatch, 1);

  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (self->changes, clear_change);
  self->counts = komek_word_counts_new ();
  return self;
}

void
komek_search_batch_free (KomekSearchBatch *self)
{
  g_array_unref (self->changes);
  komek_word_counts_free (self->counts);
  g_free (self);
}

/* Beside its words a request has a mark for its service, so that the service's name finds it in
 * every language though its text may be in another; names may change without touching the index. */
static char *
dup_words (const KomekSearchText *text)
{
  g_autofree char *spoken = g_strconcat (text->text, " ", text->address, NULL);
  g_autofree char *folded = komek_fold (spoken);

  return g_strdup_printf ("%s " KOMEK_SEARCH_SERVICE "%" G_GINT64_FORMAT, folded, text->service);
}

static void
note (KomekSearchBatch *self, gint64 moment, gboolean removes, const KomekSearchText *text)
{
  Change change = { KOMEK_SEARCH_ROW_SUM - moment, removes, dup_words (text),
                    komek_grams_dup_number (text->number) };

  g_array_append_val (self->changes, change);
}

void
komek_search_batch_add (KomekSearchBatch *self, gint64 moment, const KomekSearchText *text)
{
  note (self, moment, FALSE, text);
}

/**
 * komek_search_batch_remove:
 * @text: exactly what was added, for the indexes alone do not know it
 */
void
komek_search_batch_remove (KomekSearchBatch *self, gint64 moment, const KomekSearchText *text)
{
  note (self, moment, TRUE, text);
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *x = a, *y = b;

  if (x->row != y->row)
    return x->row < y->row ? -1 : 1;
  return y->removes - x->removes;
}

static gboolean
run_with (KomekDatabase *database, const char *sql, gint64 row, const char *text, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, row);
  komek_statement_bind_text (statement, 2, text);
  return komek_database_run (database, statement, error);
}

static gboolean
make (KomekDatabase *database, const Change *change, GError **error)
{
  if (change->removes)
    return run_with (database,
                     "INSERT INTO search (search, rowid, words) VALUES ('delete', ?1, ?2)",
                     change->row, change->words, error)
           && run_with (database,
                        "INSERT INTO digits (digits, rowid, number) VALUES ('delete', ?1, ?2)",
                        change->row, change->number, error);
  return run_with (database, "INSERT INTO search (rowid, words) VALUES (?1, ?2)", change->row,
                   change->words, error)
         && run_with (database, "INSERT INTO digits (rowid, number) VALUES (?1, ?2)",
                      change->row, change->number, error);
}

/* Marks of services are no words. */
static void
count_words (KomekSearchBatch *self, const Change *change)
{
  guint request = ++self->n_counted;
  const char *end;

  for (const char *word = change->words; *word != '\0'; word = *end ? end + 1 : end)
    {
      end = strchrnul (word, ' ');
      if (end > word && !g_str_has_prefix (word, KOMEK_SEARCH_SERVICE))
        komek_word_counts_add (self->counts, word, end - word, request, change->removes ? -1 : 1);
    }
}

static gpointer
count_all (gpointer data)
{
  KomekSearchBatch *self = data;

  for (guint i = 0; i < self->changes->len; i++)
    count_words (self, &g_array_index (self->changes, Change, i));
  return NULL;
}

static gboolean
make_all (KomekSearchBatch *self, KomekDatabase *database, GError **error)
{
  for (guint i = 0; i < self->changes->len; i++)
    if (!make (database, &g_array_index (self->changes, Change, i), error))
      return FALSE;
  return TRUE;
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
 * Makes the changes gathered so far, within the caller's transaction, and lets go of them, but not
 * of how often their words are counted: most words of a piece come in the next one too, and their
 * numbers are written once by komek_search_batch_finish().
 */
gboolean
komek_search_batch_make (KomekSearchBatch *self, KomekDatabase *database, GError **error)
{
  GThread *counting = NULL;
  gboolean made;

  g_array_sort (self->changes, compare_changes);
  if (self->changes->len >= COUNTED_BESIDE)
    counting = g_thread_new ("komek-count", count_all, self);
  else
    count_all (self);
  made = make_all (self, database, error);
  if (counting)
    g_thread_join (counting);
  g_array_set_size (self->changes, 0);
  return made;
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
  return komek_search_batch_make (self, database, error) && write_counts (self, database, error);
}
