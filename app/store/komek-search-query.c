/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-query.h"

#include <string.h>

#include "komek-folding.h"
#include "komek-grams.h"
#include "komek-search-batch.h"

/* A search becomes
 *
 *     ("шунк"* OR "жолшункыр" OR "⟨service 7⟩") AND ("абай"*) AND ("таза су")
 *      └ beginnings └ inside      └ its name           └ …        └ in quotes
 *
 * Each phrase is read straight from the index, in the order of time, and so is
 * the whole, however often it is found. To that end beginnings longer than those
 * that the index keeps by themselves become the words that begin so. */

/* Of more words that hold a part the most frequent are taken. */
#define MOST_WORDS 200

/* Nobody types more; a text that was pasted shall not take seconds. */
#define MOST_GROUPS 16

/* As the index is made: see the schema. */
#define SHORTEST_PREFIX 2
#define LONGEST_PREFIX 4

/* A part that is shorter stands inside of nearly any word. */
#define SHORTEST_INSIDE 3

/* The longest row of letters without a digit that a number begins with. */
#define LONGEST_SERIES 4

static void
start_phrase (GString *query, KomekSearchGroup *group)
{
  g_string_append (query, group->n_phrases++ > 0 ? " OR \"" : "\"");
}

/* Folded words are letters and digits, so that nothing in the quotes needs care. */
static void
add_phrase (GString *query, KomekSearchGroup *group, const char *words, gssize length)
{
  start_phrase (query, group);
  g_string_append_len (query, words, length);
  g_string_append_c (query, '"');
}

static void
add_prefix (GString *query, KomekSearchGroup *group, const char *beginning, gssize length)
{
  add_phrase (query, group, beginning, length);
  g_string_append_c (query, '*');
}

static guint
add_words (GString *query, KomekSearchGroup *group, GArray *words, gboolean begin, guint most)
{
  guint added = 0;

  for (guint i = 0; i < words->len && added < most; i++)
    {
      const KomekVocabularyWord *word = &g_array_index (words, KomekVocabularyWord, i);

      if (word->begins != begin)
        continue;
      add_phrase (query, group, word->word, word->length);
      added++;
    }
  return added;
}

/* A single letter begins so many words that the two letters that they begin with are fewer. */
static void
add_pairs (GString *query, KomekSearchGroup *group, GArray *words)
{
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer pair;

  for (guint i = 0; i < words->len; i++)
    {
      const KomekVocabularyWord *word = &g_array_index (words, KomekVocabularyWord, i);
      const char *second = g_utf8_next_char (word->word);
      gsize length = *second == '\n' ? second - word->word : g_utf8_next_char (second) - word->word;

      g_hash_table_add (pairs, g_strndup (word->word, length));
    }
  g_hash_table_iter_init (&iter, pairs);
  while (g_hash_table_iter_next (&iter, &pair, NULL))
    if (g_utf8_strlen (pair, -1) == SHORTEST_PREFIX)
      add_prefix (query, group, pair, -1);
    else
      add_phrase (query, group, pair, -1);
}

static guint
count_beginnings (GArray *words)
{
  guint beginnings = 0;

  for (guint i = 0; i < words->len; i++)
    beginnings += g_array_index (words, KomekVocabularyWord, i).begins;
  return beginnings;
}

/* Sums up what the words stand for, and keeps the one that says most. */
static void
weigh (KomekSearchGroup *group, GArray *words)
{
  const KomekVocabularyWord *top = NULL;

  for (guint i = 0; i < words->len; i++)
    {
      const KomekVocabularyWord *word = &g_array_index (words, KomekVocabularyWord, i);

      group->requests += word->requests;
      if (!top || word->requests > top->requests)
        top = word;
    }
  group->top = top ? g_strndup (top->word, top->length) : NULL;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  const KomekVocabularyWord *x = a, *y = b;

  return (x->requests < y->requests) - (x->requests > y->requests);
}

/* Returns whether the phrases stand for all words that hold the part. */
static gboolean
add_part (GString *query, KomekSearchGroup *group, const KomekVocabulary *vocabulary,
          const char *part)
{
  glong letters = g_utf8_strlen (part, -1);
  g_autoptr (GArray) words = komek_vocabulary_find (vocabulary, part, letters >= SHORTEST_INSIDE);
  guint beginnings = count_beginnings (words), added = 0;

  weigh (group, words);
  if (words->len > MOST_WORDS)
    g_array_sort (words, compare_words);
  if (letters > LONGEST_PREFIX)
    {
      added = add_words (query, group, words, TRUE, MOST_WORDS);
      added += add_words (query, group, words, FALSE, MOST_WORDS - added);
      return added == words->len;
    }
  if (letters < SHORTEST_PREFIX)
    add_pairs (query, group, words);
  else if (beginnings > 0)
    add_prefix (query, group, part, -1);
  added = add_words (query, group, words, FALSE, MOST_WORDS);
  return added == words->len - beginnings;
}

/* The services in whose name @word begins a word. */
static gboolean
add_services (GString *query, KomekSearchGroup *group, KomekDatabase *database, const char *word,
              GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT c.id FROM service s JOIN service_code c ON c.code = s.code"
                            " WHERE instr (' ' || s.words, ' ' || ?1)",
                            error);

  if (!row)
    return FALSE;
  komek_statement_bind_text (row, 1, word);
  while (komek_database_step (database, row, error))
    {
      start_phrase (query, group);
      g_string_append_printf (query, KOMEK_SEARCH_SERVICE "%" G_GINT64_FORMAT "\"",
                              komek_statement_get_number (row, 0));
    }
  return !*error;
}

static void
clear_group (gpointer data)
{
  g_free (((KomekSearchGroup *) data)->top);
}

/* A run of text outside quotes, or within. */
typedef struct
{
  char    *folded;
  gboolean quoted;
} Run;

static void
clear_run (gpointer data)
{
  g_free (((Run *) data)->folded);
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || c == 0xab || c == 0xbb || (c >= 0x201c && c <= 0x201e);
}

/* Quotes that were opened and not closed yet are still being typed. */
static GArray *
split_runs (const char *text)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  gboolean quoted = FALSE;
  const char *start = text;

  g_array_set_clear_func (runs, clear_run);
  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      g_autofree char *part = NULL;
      Run run;

      if (c != 0 && !is_quote (c))
        continue;
      part = g_strndup (start, p - start);
      run = (Run) { komek_fold (part), quoted && c != 0 };
      g_array_append_val (runs, run);
      if (c == 0)
        return runs;
      quoted = !quoted;
      start = g_utf8_next_char (p);
    }
}

/* Ends a group; one without phrases is found nowhere. */
static gboolean
end_group (KomekSearchQuery *self, GString *query, const KomekSearchGroup *group)
{
  g_string_append_c (query, ')');
  g_array_append_val (self->groups, *group);
  return group->n_phrases > 0;
}

static void
start_group (KomekSearchQuery *self, GString *query)
{
  g_string_append (query, self->groups->len > 0 ? " AND (" : "(");
}

static gboolean
add_quoted (KomekSearchQuery *self, GString *query, const char *words)
{
  KomekSearchGroup group = { 0 };

  start_group (self, query);
  add_phrase (query, &group, words, -1);
  return end_group (self, query, &group);
}

static gboolean
add_word (KomekSearchQuery *self, GString *query, const KomekVocabulary *vocabulary,
          KomekDatabase *database, const char *word, GError **error)
{
  KomekSearchGroup group = { 0 };

  start_group (self, query);
  self->partial |= !add_part (query, &group, vocabulary, word);
  if (add_services (query, &group, database, word, error))
    return end_group (self, query, &group);
  clear_group (&group);
  return FALSE;
}

static gboolean
add_run (KomekSearchQuery *self, GString *query, const KomekVocabulary *vocabulary,
         KomekDatabase *database, const Run *run, GError **error)
{
  g_auto (GStrv) words = NULL;

  if (*run->folded == '\0')
    return TRUE;
  if (run->quoted)
    return add_quoted (self, query, run->folded);
  words = g_strsplit (run->folded, " ", -1);
  for (guint i = 0; words[i] && self->groups->len < MOST_GROUPS; i++)
    if (!add_word (self, query, vocabulary, database, words[i], error))
      return FALSE;
  return TRUE;
}

static char *
make_words (KomekSearchQuery *self, const KomekVocabulary *vocabulary, KomekDatabase *database,
            GArray *runs, GError **error)
{
  g_autoptr (GString) query = g_string_new (NULL);

  for (guint i = 0; i < runs->len && self->groups->len < MOST_GROUPS; i++)
    if (!add_run (self, query, vocabulary, database, &g_array_index (runs, Run, i), error))
      return NULL;
  return query->len > 0 ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

/* Numbers are typed whole or in part, with hyphens, spaces or nothing between; some begin with
 * letters. */
static char *
make_number (const char *text)
{
  g_autofree char *folded = komek_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  if (!has_digit (folded))
    return NULL;
  for (guint i = 0; words[i]; i++)
    if (!has_digit (words[i]) && (i > 0 || g_utf8_strlen (words[i], -1) > LONGEST_SERIES))
      return NULL;
  return komek_grams_dup_query (folded);
}

/**
 * komek_search_query_new:
 * @text: what somebody searches for
 *
 * Returns: (transfer full) (nullable): the search, %NULL on an error
 */
KomekSearchQuery *
komek_search_query_new (const KomekVocabulary *vocabulary, KomekDatabase *database,
                        const char *text, GError **error)
{
  g_autoptr (KomekSearchQuery) self = g_new0 (KomekSearchQuery, 1);
  g_autoptr (GArray) runs = split_runs (text);

  self->groups = g_array_new (FALSE, FALSE, sizeof (KomekSearchGroup));
  g_array_set_clear_func (self->groups, clear_group);
  self->words = make_words (self, vocabulary, database, runs, error);
  self->number = make_number (text);
  return *error ? NULL : g_steal_pointer (&self);
}

void
komek_search_query_free (KomekSearchQuery *self)
{
  g_array_unref (self->groups);
  g_free (self->words);
  g_free (self->number);
  g_free (self);
}
