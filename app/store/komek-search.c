/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search.h"

#include "komek-search-batch.h"
#include "komek-search-query.h"
#include "komek-search-score.h"

/* Searches in the text indexes, whose rows are moments: they are read from the
 * newest, and no further than the answer needs. Functions on a database that a
 * thread owns. */

/* Of more hits the best of these newest are the best. */
#define SCORED 2000

#define NUMBER                                                                                     \
  "SELECT rowid FROM digits WHERE digits MATCH ?1"                                                 \
  " UNION SELECT " KOMEK_SEARCH_ROW_OF ("moment")                                                  \
  " FROM local JOIN request USING (number) WHERE instr (signs, ?5)"
#define WORDS "SELECT rowid FROM search WHERE search MATCH ?2"
#define NEWEST " ORDER BY 1 LIMIT ?3"
#define COUNT(rows) "SELECT count (*) FROM (" rows " LIMIT ?3)"

static KomekStatement *
prepare (KomekDatabase *database, const KomekSearchQuery *query, GError **error)
{
  if (query->number && query->words)
    return komek_database_prepare (database, NUMBER " UNION " WORDS NEWEST, error);
  return query->number ? komek_database_prepare (database, NUMBER NEWEST, error)
                       : komek_database_prepare (database, WORDS NEWEST, error);
}

static KomekStatement *
prepare_count (KomekDatabase *database, const KomekSearchQuery *query, GError **error)
{
  if (query->number && query->words)
    return komek_database_prepare (database, COUNT (NUMBER " UNION " WORDS), error);
  return query->number ? komek_database_prepare (database, COUNT (NUMBER), error)
                       : komek_database_prepare (database, COUNT (WORDS), error);
}

static void
bind (KomekStatement *statement, const KomekSearchQuery *query, guint limit)
{
  if (query->number)
    {
      komek_statement_bind_text (statement, 1, query->number);
      komek_statement_bind_text (statement, 5, query->signs);
    }
  if (query->words)
    komek_statement_bind_text (statement, 2, query->words);
  komek_statement_bind_number (statement, 3, limit);
}

/* The moments of the newest hits, the newest first. */
static GArray *
list_moments (KomekDatabase *database, const KomekSearchQuery *query, guint limit, GError **error)
{
  g_autoptr (GArray) moments = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KomekStatement) row = NULL;

  if (!query->number && !query->words)
    return g_steal_pointer (&moments);
  row = prepare (database, query, error);
  if (!row)
    return NULL;
  bind (row, query, limit);
  while (komek_database_step (database, row, error))
    {
      gint64 moment = KOMEK_SEARCH_MOMENT_OF (komek_statement_get_number (row, 0));

      g_array_append_val (moments, moment);
    }
  return *error ? NULL : g_steal_pointer (&moments);
}

typedef struct
{
  gint64 moment;
  double score;
} Scored;

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  const Scored *x = a, *y = b;

  if (x->score != y->score)
    return x->score < y->score ? 1 : -1;
  return (x->moment < y->moment) - (x->moment > y->moment);
}

static GArray *
score (KomekDatabase *database, const KomekSearchQuery *query, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT rowid, komek_score (search, ?4) FROM search"
                            " WHERE search MATCH ?2 ORDER BY rowid LIMIT ?3",
                            error);
  g_autoptr (GArray) scored = g_array_new (FALSE, FALSE, sizeof (Scored));

  if (!row)
    return NULL;
  bind (row, &(KomekSearchQuery) { .words = query->words }, SCORED);
  komek_search_score_bind (row, 4, query);
  while (komek_database_step (database, row, error))
    {
      gint64 moment = KOMEK_SEARCH_MOMENT_OF (komek_statement_get_number (row, 0));
      Scored next = { moment, sqlite3_column_double (row, 1) };

      g_array_append_val (scored, next);
    }
  g_array_sort (scored, compare_scores);
  return *error ? NULL : g_steal_pointer (&scored);
}

static void
add_once (GArray *moments, gint64 moment, guint limit)
{
  for (guint i = 0; i < moments->len; i++)
    if (g_array_index (moments, gint64, i) == moment)
      return;
  if (moments->len < limit)
    g_array_append_val (moments, moment);
}

/* Whoever types a number means that number. */
static GArray *
list_best (KomekDatabase *database, const KomekSearchQuery *query, GArray *scored, guint limit,
           GError **error)
{
  KomekSearchQuery by_number = { .number = query->number, .signs = query->signs };
  g_autoptr (GArray) moments = list_moments (database, &by_number, limit, error);

  for (guint i = 0; moments && i < scored->len && moments->len < limit; i++)
    add_once (moments, g_array_index (scored, Scored, i).moment, limit);
  return g_steal_pointer (&moments);
}

/* The keys of the first @limit moments. */
static GArray *
look_up_keys (KomekDatabase *database, GArray *moments, guint limit, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, "SELECT key FROM request WHERE moment = ?1", error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (!row)
    return NULL;
  for (guint i = 0; i < moments->len && keys->len < limit; i++)
    {
      komek_statement_bind_number (row, 1, g_array_index (moments, gint64, i));
      if (komek_database_step (database, row, error))
        {
          guint32 key = komek_statement_get_number (row, 0);

          g_array_append_val (keys, key);
          sqlite3_reset (row);
        }
      else if (*error)
        return NULL;
    }
  return g_steal_pointer (&keys);
}

/* In how many requests the word stands that alone is enough: the table of words says so without a
 * look at the index. */
static gint64
count_top (KomekDatabase *database, const KomekSearchGroup *group, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, "SELECT requests FROM word WHERE word = ?1", error);

  if (!row)
    return 0;
  komek_statement_bind_text (row, 1, group->top);
  return komek_database_step (database, row, error) ? komek_statement_get_number (row, 0) : 0;
}

static gint64
count_rows (KomekDatabase *database, const KomekSearchQuery *query, GError **error)
{
  g_autoptr (KomekStatement) row = prepare_count (database, query, error);

  if (!row)
    return 0;
  bind (row, query, KOMEK_HITS_COUNTED + 1);
  return komek_database_step (database, row, error) ? komek_statement_get_number (row, 0) : 0;
}

/* To tell apart what is found in two ways all of it is listed first; where one way alone finds more
 * than are counted, it need not be. */
static gint64
count_numbers (KomekDatabase *database, const KomekSearchQuery *query, GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (
    database, "SELECT count (*) FROM (SELECT rowid FROM digits WHERE digits MATCH ?1 LIMIT ?2)",
    error);

  if (!row)
    return 0;
  komek_statement_bind_text (row, 1, query->number);
  komek_statement_bind_number (row, 2, KOMEK_HITS_COUNTED + 1);
  return komek_database_step (database, row, error) ? komek_statement_get_number (row, 0) : 0;
}

/* Up to one more than are counted. */
static gint64
count_all (KomekDatabase *database, const KomekSearchQuery *query, GError **error)
{
  const KomekSearchGroup *group = query->words && query->groups->len == 1
                                    ? (const KomekSearchGroup *) query->groups->data
                                    : NULL;
  gint64 top = group && group->top ? count_top (database, group, error) : 0;

  if (*error || (!query->words && !query->number))
    return 0;
  if (top > KOMEK_HITS_COUNTED || (group && group->whole && !query->number))
    return top;
  if (query->number)
    top = count_numbers (database, query, error);
  if (!*error && top <= KOMEK_HITS_COUNTED && group && group->enough)
    top = count_rows (database, &(KomekSearchQuery) { .words = group->enough }, error);
  return *error || top > KOMEK_HITS_COUNTED ? top : count_rows (database, query, error);
}

static KomekHits *
count_hits (KomekDatabase *database, const KomekSearchQuery *query, GError **error)
{
  gint64 count = count_all (database, query, error);

  return *error ? NULL
                : komek_hits_new (g_array_new (FALSE, FALSE, sizeof (guint32)),
                                  MIN (count, KOMEK_HITS_COUNTED),
                                  count <= KOMEK_HITS_COUNTED && !query->partial);
}

/* One more than is wanted tells whether there are more. */
static KomekHits *
list_hits (KomekDatabase *database, const KomekSearchQuery *query, KomekSearchOrder order,
           guint limit, GError **error)
{
  gboolean best = order == KOMEK_SEARCH_BEST && query->words;
  g_autoptr (GArray) scored = best ? score (database, query, error) : NULL;
  g_autoptr (GArray) first = NULL;
  gboolean exact;
  GArray *keys;

  if (scored)
    first = list_best (database, query, scored, limit + 1, error);
  else if (!*error)
    first = list_moments (database, query, limit + 1, error);
  if (!first)
    return NULL;
  exact = first->len <= limit && !query->partial && (!scored || scored->len < SCORED);
  keys = look_up_keys (database, first, limit, error);
  return keys ? komek_hits_new (keys, MIN (first->len, limit), exact) : NULL;
}

/* A query that FTS5 refuses is a mistake of ours; one that it has always taken is not. */
static void
doubt_index (KomekDatabase *database)
{
  static const char *const certain[] = {
    "SELECT rowid FROM search WHERE search MATCH 'a' LIMIT 1",
    "SELECT rowid FROM digits WHERE digits MATCH 'a' LIMIT 1",
    "SELECT moment FROM local JOIN request USING (number) WHERE signs = ''",
    "SELECT key FROM request WHERE moment = 0",
    "SELECT requests FROM word WHERE word = ''",
  };

  for (guint i = 0; i < G_N_ELEMENTS (certain); i++)
    if (!komek_database_execute (database, certain[i], NULL))
      return;
}

/* All of an answer is of one moment of the database: it is read in one transaction. */
static KomekSearchQuery *
begin (KomekVocabulary *vocabulary, KomekDatabase *database, const char *text, GError **error)
{
  KomekSearchQuery *query;

  if (!komek_database_execute (database, "BEGIN", error))
    return NULL;
  query = komek_vocabulary_refresh (vocabulary, database, error)
            ? komek_search_query_new (vocabulary, database, text, error)
            : NULL;
  if (!query)
    komek_database_end (database, FALSE, NULL);
  return query;
}

/**
 * komek_search_run:
 * @text: what somebody searches for
 * @limit: how many keys are wanted at most; 0 has all be counted instead
 *
 * Returns: (transfer full) (nullable): what is found; nothing for a text without words
 */
KomekHits *
komek_search_run (KomekVocabulary *vocabulary, KomekDatabase *database, const char *text,
                  KomekSearchOrder order, guint limit, GError **error)
{
  g_autoptr (KomekSearchQuery) query = begin (vocabulary, database, text, error);
  KomekHits *hits;

  if (!query)
    return NULL;
  komek_database_set_strict (database, FALSE);
  hits = limit == 0 ? count_hits (database, query, error)
                    : list_hits (database, query, order, limit, error);
  komek_database_set_strict (database, TRUE);
  if (!hits)
    doubt_index (database);
  komek_database_end (database, FALSE, NULL);
  return hits;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/**
 * komek_search_match:
 * @text: what somebody searches for
 *
 * Returns: (transfer full) (element-type guint32) (nullable): the keys of the
 *   requests that match, ascending, the newest %KOMEK_HITS_COUNTED of more
 */
GArray *
komek_search_match (KomekVocabulary *vocabulary, KomekDatabase *database, const char *text,
                    GError **error)
{
  g_autoptr (KomekHits) hits = komek_search_run (vocabulary, database, text, KOMEK_SEARCH_NEWEST,
                                                 KOMEK_HITS_COUNTED, error);
  GArray *keys;

  if (!hits)
    return NULL;
  keys = g_array_ref (komek_hits_get_keys (hits));
  g_array_sort (keys, compare_keys);
  return keys;
}
