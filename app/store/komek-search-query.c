/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-query.h"

#include <stdlib.h>
#include <string.h>

#include "komek-folding.h"
#include "komek-grams.h"
#include "komek-hits.h"
#include "komek-letters.h"
#include "komek-search-batch.h"
#include "komek-search-text.h"
#include "komek-search-tree.h"

/* A search becomes
 *
 *     ("шунк"* OR "жолшункыр" OR "⟨service 7⟩") AND ("абай"*) AND ("таза су")
 *      └ beginnings └ inside      └ its name           └ …        └ in quotes
 *
 * Each phrase is read straight from the index, in the order of time, and so is
 * the whole, however often it is found. To that end beginnings longer than those
 * that the index keeps by themselves become the words that begin so. */

/* Of more words that hold the parts of a search the most frequent are taken, and they are among
 * those that the vocabulary tells first. */
#define MOST_WORDS 200
#define MOST_TOLD 1000

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
  GPtrArray             *phrases; /* of the group that is being made */
  KomekSearchGroup       group;
  guint                  most;    /* words that may stand for a part */
} Builder;

/* Folded words are letters and digits, so that nothing in the quotes needs care. */
static void
add_phrase (Builder *self, const char *words, guint length)
{
  g_ptr_array_add (self->phrases, g_strdup_printf ("\"%.*s\"", (int) length, words));
}

static void
add_prefix (Builder *self, const char *beginning)
{
  g_ptr_array_add (self->phrases, g_strdup_printf ("\"%s\"*", beginning));
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

static void
add_start (Builder *self, const char *letter, gunichar second)
{
  g_autoptr (GString) start = g_string_new (letter);

  if (second == 0)
    {
      add_phrase (self, letter, strlen (letter));
      return;
    }
  g_string_append_unichar (start, second);
  add_prefix (self, start->str);
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
weigh (KomekSearchGroup *group, const KomekVocabularyWord *top, guint requests)
{
  group->requests = requests;
  group->top = top ? g_strndup (top->word, top->length) : NULL;
}

static void
weigh_words (KomekSearchGroup *group, GArray *words)
{
  const KomekVocabularyWord *top = NULL;
  guint requests = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const KomekVocabularyWord *word = &g_array_index (words, KomekVocabularyWord, i);

      requests += word->requests;
      if (!top || word->requests > top->requests)
        top = word;
    }
  weigh (group, top, requests);
}

/* A single letter begins so many words that the two letters that they begin with are fewer. */
static void
add_letter (Builder *self, const char *letter)
{
  g_autoptr (GArray) starts = komek_vocabulary_list_starts (self->vocabulary, letter);
  const KomekVocabularyWord *top = NULL;
  guint requests = 0;

  for (guint i = 0; i < starts->len; i++)
    {
      const KomekVocabularyStart *start = &g_array_index (starts, KomekVocabularyStart, i);

      add_start (self, letter, start->second);
      requests += start->requests;
      if (!top || start->top.requests > top->requests)
        top = &start->top;
    }
  weigh (&self->group, top, requests);
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
  g_autoptr (GPtrArray) some = g_ptr_array_new_with_free_func (g_free);
  guint sum = 0;

  if (words->len <= MOST_GATHERED || group->requests < ENOUGH)
    return;
  raise_frequent (words, MOST_GATHERED);
  for (guint i = 0; i < MOST_GATHERED && sum < ENOUGH; i++)
    {
      const KomekVocabularyWord *word = &g_array_index (words, KomekVocabularyWord, i);

      g_ptr_array_add (some, g_strdup_printf ("\"%.*s\"", (int) word->length, word->word));
      sum += word->requests;
    }
  if (sum >= ENOUGH)
    {
      GString *enough = g_string_new (NULL);

      komek_search_tree_write (some, enough);
      komek_letters_shorten (enough, 0);
      group->enough = g_string_free (enough, FALSE);
    }
}

/* Returns whether there may be more words than the phrases stand for. */
static gboolean
add_alternatives (Builder *self, const char *part, GArray *words)
{
  gboolean prefix = g_utf8_strlen (part, -1) <= LONGEST_PREFIX;
  guint beginnings = count_beginnings (words), added;

  if (!prefix)
    beginnings = add_words (self, words, TRUE, self->most);
  else if (beginnings > 0 || words->len == MOST_TOLD)
    add_prefix (self, part);
  added = add_words (self, words, FALSE, prefix ? self->most : self->most - beginnings);
  return beginnings + added < words->len;
}

static void
add_part (Builder *self, const char *part)
{
  glong letters = g_utf8_strlen (part, -1);
  gboolean inside = letters >= SHORTEST_INSIDE;
  g_autoptr (GArray) words = komek_vocabulary_find (self->vocabulary, part, inside, MOST_TOLD);

  weigh_words (&self->group, words);
  gather_enough (&self->group, words);
  if (words->len > self->most)
    raise_frequent (words, letters > LONGEST_PREFIX ? words->len
                                                    : self->most + count_beginnings (words));
  if (add_alternatives (self, part, words) || (inside && words->len == MOST_TOLD))
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
    g_ptr_array_add (self->phrases,
                     g_strdup_printf ("\"" KOMEK_SEARCH_SERVICE "%" G_GINT64_FORMAT "\"",
                                      komek_statement_get_number (row, 0)));
  return !*error;
}

static void
start_group (Builder *self)
{
  self->group = (KomekSearchGroup) { 0 };
  g_ptr_array_set_size (self->phrases, 0);
  g_string_append (self->text, self->query->groups->len > 0 ? " AND (" : "(");
}

/* Returns whether the group has phrases; one without is found nowhere. */
static gboolean
end_group (Builder *self)
{
  self->group.n_phrases = komek_search_tree_write (self->phrases, self->text);
  g_string_append_c (self->text, ')');
  g_array_append_val (self->query->groups, self->group);
  return self->group.n_phrases > 0;
}

static gboolean
add_quoted (Builder *self, const char *words)
{
  start_group (self);
  add_phrase (self, words, strlen (words));
  return end_group (self);
}

static gboolean
add_word (Builder *self, const char *word, GError **error)
{
  gboolean done;

  start_group (self);
  if (g_utf8_strlen (word, -1) < SHORTEST_PREFIX)
    add_letter (self, word);
  else
    add_part (self, word);
  done = add_services (self, word, error);
  self->group.whole &= self->phrases->len == 1;
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
  g_autoptr (GPtrArray) phrases = g_ptr_array_new_with_free_func (g_free);
  guint n_words = CLAMP (komek_search_count_words (runs), 1, MOST_GROUPS);
  Builder builder = { self, vocabulary, database, words, phrases, .most = MOST_WORDS / n_words };

  self->groups = g_array_new (FALSE, FALSE, sizeof (KomekSearchGroup));
  g_array_set_clear_func (self->groups, clear_group);
  if (add_runs (&builder, runs, error))
    {
      komek_letters_shorten (words, 0);
      self->words = g_string_free (g_steal_pointer (&words), FALSE);
    }
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
