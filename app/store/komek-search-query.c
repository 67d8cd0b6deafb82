/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-query.h"

#include <stdlib.h>

#include "komek-folding.h"
#include "komek-grams.h"
#include "komek-hits.h"
#include "komek-search-batch.h"
#include "komek-search-text.h"

/* A search becomes
 *
 *     ("шунк"* OR "жолшункыр" OR "⟨service 7⟩") AND ("абай"*) AND ("таза су")
 *      └ beginnings └ inside      └ its name           └ …        └ in quotes
 *
 * Each phrase is read straight from the index, in the order of time, and so is
 * the whole, however often it is found. To that end beginnings longer than those
 * that the index keeps by themselves become the words that begin so. */

/* Of more words that hold the parts of a search the most frequent are taken. */
#define MOST_WORDS 200

/* Nobody types more; a text that was pasted shall not take seconds. */
#define MOST_GROUPS 16

/* As the index is made: see the schema. */
#define SHORTEST_PREFIX 2
#define LONGEST_PREFIX 4

/* A part that is shorter stands inside of nearly any word. */
#define SHORTEST_INSIDE 3

/* So many words are looked for first where all are only counted, if they stand in so many requests
 * together: more than are counted, for some stand in the same. */
#define MOST_GATHERED 60
#define ENOUGH (KOMEK_HITS_COUNTED + KOMEK_HITS_COUNTED / 3)

/* A query while it is being made. */
typedef struct
{
  KomekSearchQuery      *query;
  const KomekVocabulary *vocabulary;
  KomekDatabase         *database;
  GString               *text;
  KomekSearchGroup       group; /* the one that is being made */
  guint                  most;  /* words that may stand for a part */
} Builder;

static void
start_phrase (Builder *self)
{
  g_string_append (self->text, self->group.n_phrases++ > 0 ? " OR \"" : "\"");
}

/* Folded words are letters and digits, so that nothing in the quotes needs care. */
static void
add_phrase (Builder *self, const char *words, gssize length)
{
  start_phrase (self);
  g_string_append_len (self->text, words, length);
  g_string_append_c (self->text, '"');
}

static void
add_prefix (Builder *self, const char *beginning)
{
  add_phrase (self, beginning, -1);
  g_string_append_c (self->text, '*');
}

static guint
add_words (Builder *self, GArray *words, gboolean begin, guint most)
{
  guint added = 0;

  for (guint i = 0; i < words->len && added < most; i++)
    {
      const KomekVocabularyWord *word = &g_array_index (words, KomekVocabularyWord, i);

      if (word->begins != begin)
        continue;
      add_phrase (self, word->word, word->length);
      self->group.whole = TRUE;
      added++;
    }
  return added;
}

/* The second letter of a word, 0 where it has but one. */
static gunichar
get_second (const KomekVocabularyWord *word)
{
  const char *second = g_utf8_next_char (word->word);

  return second < word->word + word->length ? g_utf8_get_char (second) : 0;
}

static void
add_pair (Builder *self, const char *letter, gunichar second)
{
  g_autoptr (GString) pair = g_string_new (letter);

  if (second == 0)
    {
      add_phrase (self, letter, -1);
      return;
    }
  g_string_append_unichar (pair, second);
  add_prefix (self, pair->str);
}

/* A single letter begins so many words that the two letters that they begin with are fewer. */
static void
add_pairs (Builder *self, const char *letter, GArray *words)
{
  g_autoptr (GHashTable) seconds = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer second;

  for (guint i = 0; i < words->len; i++)
    g_hash_table_add (seconds,
                      GUINT_TO_POINTER (get_second (&g_array_index (words, KomekVocabularyWord, i))));
  g_hash_table_iter_init (&iter, seconds);
  while (g_hash_table_iter_next (&iter, &second, NULL))
    add_pair (self, letter, GPOINTER_TO_UINT (second));
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

/* Brings the most frequent words to the front, @n at least: to sort the thousands that hold three
 * letters would take longer than to find them. Leaves the others as they come. */
static void
raise_frequent (GArray *words, guint n)
{
  KomekVocabularyWord *all = (KomekVocabularyWord *) words->data;
  guint counts[33] = { 0 }; /* by the digits that the number of requests has in base 2 */
  guint least = 32, raised = 0;

  for (guint i = 0; i < words->len; i++)
    counts[g_bit_storage (all[i].requests)]++;
  for (guint sum = counts[least]; sum < n && least > 0; sum += counts[least])
    least--;
  for (guint i = 0; i < words->len; i++)
    if (g_bit_storage (all[i].requests) >= least)
      {
        KomekVocabularyWord frequent = all[i];

        all[i] = all[raised];
        all[raised++] = frequent;
      }
  qsort (all, raised, sizeof *all, compare_words);
}

/* To look for two hundred words takes longer than to count what the first of them find. */
static void
gather_enough (KomekSearchGroup *group, GArray *words)
{
  g_autoptr (GString) some = g_string_new (NULL);
  guint sum = 0;

  if (words->len <= MOST_GATHERED || group->requests < ENOUGH)
    return;
  raise_frequent (words, MOST_GATHERED);
  for (guint i = 0; i < MOST_GATHERED && sum < ENOUGH; i++)
    {
      const KomekVocabularyWord *word = &g_array_index (words, KomekVocabularyWord, i);

      g_string_append_printf (some, "%s\"%.*s\"", i > 0 ? " OR " : "", (int) word->length,
                              word->word);
      sum += word->requests;
    }
  if (sum >= ENOUGH)
    group->enough = g_string_free (g_steal_pointer (&some), FALSE);
}

/* Returns how many of the words the phrases stand for. */
static guint
add_alternatives (Builder *self, const char *part, GArray *words)
{
  glong letters = g_utf8_strlen (part, -1);
  guint beginnings = count_beginnings (words);

  if (letters > LONGEST_PREFIX)
    beginnings = add_words (self, words, TRUE, self->most);
  else if (letters < SHORTEST_PREFIX)
    add_pairs (self, part, words);
  else if (beginnings > 0)
    add_prefix (self, part);
  return beginnings
         + add_words (self, words, FALSE,
                      letters > LONGEST_PREFIX ? self->most - beginnings : self->most);
}

static void
add_part (Builder *self, const char *part)
{
  glong letters = g_utf8_strlen (part, -1);
  gboolean inside = letters >= SHORTEST_INSIDE;
  g_autoptr (GArray) words = komek_vocabulary_find (self->vocabulary, part, inside);

  weigh (&self->group, words);
  gather_enough (&self->group, words);
  if (words->len > self->most)
    raise_frequent (words, letters > LONGEST_PREFIX ? words->len
                                                    : self->most + count_beginnings (words));
  if (add_alternatives (self, part, words) < words->len)
    self->query->partial = TRUE;
}

/* The services in whose name @word begins a word. */
static gboolean
add_services (Builder *self, const char *word, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (self->database,
                            "SELECT c.id FROM service s JOIN service_code c ON c.code = s.code"
                            " WHERE instr (' ' || s.words, ' ' || ?1)",
                            error);

  if (!row)
    return FALSE;
  komek_statement_bind_text (row, 1, word);
  while (komek_database_step (self->database, row, error))
    {
      start_phrase (self);
      g_string_append_printf (self->text, KOMEK_SEARCH_SERVICE "%" G_GINT64_FORMAT "\"",
                              komek_statement_get_number (row, 0));
    }
  return !*error;
}

static void
start_group (Builder *self)
{
  self->group = (KomekSearchGroup) { 0 };
  g_string_append (self->text, self->query->groups->len > 0 ? " AND (" : "(");
}

/* Returns whether the group has phrases; one without is found nowhere. */
static gboolean
end_group (Builder *self)
{
  g_string_append_c (self->text, ')');
  g_array_append_val (self->query->groups, self->group);
  return self->group.n_phrases > 0;
}

static gboolean
add_quoted (Builder *self, const char *words)
{
  start_group (self);
  add_phrase (self, words, -1);
  return end_group (self);
}

static gboolean
add_word (Builder *self, const char *word, GError **error)
{
  gboolean done;

  start_group (self);
  add_part (self, word);
  done = add_services (self, word, error);
  self->group.whole &= self->group.n_phrases == 1;
  return end_group (self) && done;
}

static void
clear_group (gpointer data)
{
  KomekSearchGroup *group = data;

  g_free (group->top);
  g_free (group->enough);
}

static gboolean
add_run (Builder *self, const KomekSearchRun *run, GError **error)
{
  g_autofree char *phrase = run->quoted ? g_strjoinv (" ", run->words) : NULL;

  if (!run->words[0])
    return TRUE;
  if (phrase)
    return add_quoted (self, phrase);
  for (guint i = 0; run->words[i] && self->query->groups->len < MOST_GROUPS; i++)
    if (!add_word (self, run->words[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
add_runs (Builder *self, GArray *runs, GError **error)
{
  for (guint i = 0; i < runs->len && self->query->groups->len < MOST_GROUPS; i++)
    if (!add_run (self, &g_array_index (runs, KomekSearchRun, i), error))
      return FALSE;
  return self->text->len > 0;
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
  g_autoptr (GArray) runs = komek_search_split (text);
  g_autoptr (GString) words = g_string_new (NULL);
  Builder builder = { self, vocabulary, database, words,
                      .most = MOST_WORDS / CLAMP (komek_search_count_words (runs), 1, MOST_GROUPS) };

  self->groups = g_array_new (FALSE, FALSE, sizeof (KomekSearchGroup));
  g_array_set_clear_func (self->groups, clear_group);
  if (add_runs (&builder, runs, error))
    self->words = g_string_free (g_steal_pointer (&words), FALSE);
  if (komek_search_is_number (text))
    self->number = komek_grams_dup_query (text);
  if (self->number)
    self->signs = komek_grams_dup_signs (text);
  return *error ? NULL : g_steal_pointer (&self);
}

void
komek_search_query_free (KomekSearchQuery *self)
{
  g_array_unref (self->groups);
  g_free (self->words);
  g_free (self->number);
  g_free (self->signs);
  g_free (self);
}
