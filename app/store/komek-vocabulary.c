/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-vocabulary.h"

#include <string.h>

#include "komek-mark-table.h"

/**
 * KomekVocabulary:
 *
 * All words that stand in requests, by heart: a look at each of them takes half a millisecond.
 *
 *     letters:  \n шункыр \n фонарь \n …        one byte each (without the spaces)
 *     words:       шункыр    фонарь  …          as they are
 *     places:      1         8                  where each begins, and in how many requests it is
 *     blocks:   of every 32 letters, the word that they begin in
 *     starts:   of the first two letters of words, how often they come
 *
 * The most frequent words come first, for those are wanted of many. Belongs to
 * one thread. The table of words only grows, so a refresh reads what is new, to
 * the end; all is read again, in order, once there are twice as many.
 */
struct _KomekVocabulary
{
  char       *edition; /* of the table that was read */
  gint64      last;    /* its last row */
  gint64      renewed; /* the last row when all was read */
  GString    *letters;
  GString    *words;
  GArray     *places;
  GArray     *blocks;
  GHashTable *starts;
  guint       frequencies[256]; /* of each letter */
};

#define BLOCK 32

/* Any letter that has no byte of its own. */
#define OTHER '\1'

typedef struct
{
  guint start; /* in the letters */
  guint word;  /* in the words */
  guint requests;
} Place;

typedef struct
{
  gint64 letters; /* the first one above the second */
  guint  requests;
  guint  top;     /* its place */
} Start;

KomekVocabulary *
komek_vocabulary_new (void)
{
  KomekVocabulary *self = g_new0 (KomekVocabulary, 1);

  self->letters = g_string_new ("\n");
  self->words = g_string_new (NULL);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->starts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

void
komek_vocabulary_free (KomekVocabulary *self)
{
  g_string_free (self->letters, TRUE);
  g_string_free (self->words, TRUE);
  g_array_unref (self->places);
  g_array_unref (self->blocks);
  g_hash_table_unref (self->starts);
  g_free (self->edition);
  g_free (self);
}

static void
forget (KomekVocabulary *self)
{
  g_clear_pointer (&self->edition, g_free);
  g_string_truncate (self->letters, 1);
  g_string_truncate (self->words, 0);
  g_array_set_size (self->places, 0);
  g_array_set_size (self->blocks, 0);
  g_hash_table_remove_all (self->starts);
  memset (self->frequencies, 0, sizeof self->frequencies);
  self->last = 0;
}

/* The file may be another one, too. */
static gboolean
forget_another_edition (KomekVocabulary *self, KomekDatabase *database, GError **error)
{
  g_autofree char *edition = komek_mark_table_dup_text (database, "edition", error);

  if (*error)
    return FALSE;
  if (g_strcmp0 (edition, self->edition) == 0 && self->last < 2 * self->renewed)
    return TRUE;

  forget (self);
  self->edition = g_steal_pointer (&edition);
  return TRUE;
}

/* Words are letters and digits; anything else would be part of a query's syntax. */
static gboolean
is_sound (const char *word)
{
  return *word != '\0' && !strpbrk (word, "\" \n*()");
}

/* Folded words are of Russian letters and digits but for a few. */
static char
encode (gunichar letter)
{
  if (letter < 0x80)
    return letter;
  return letter >= 0x400 && letter < 0x480 ? 0x80 | (letter - 0x400) : OTHER;
}

static void
append_letters (GString *letters, const char *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_c (letters, encode (g_utf8_get_char (p)));
}

/* The letters of a word that has but one are that and 0. */
static gint64
get_start (const char *word)
{
  gint64 first = g_utf8_get_char (word);

  return first << 32 | g_utf8_get_char (g_utf8_next_char (word));
}

static void
learn_start (KomekVocabulary *self, const char *word, guint index)
{
  const Place *places = (const Place *) self->places->data;
  gint64 letters = get_start (word);
  Start *start = g_hash_table_lookup (self->starts, &letters);

  if (!start)
    {
      start = g_new (Start, 1);
      *start = (Start) { letters, 0, index };
      g_hash_table_add (self->starts, start);
    }
  start->requests += places[index].requests;
  if (places[index].requests > places[start->top].requests)
    start->top = index;
}

static void
learn (KomekVocabulary *self, KomekStatement *row)
{
  const char *word = komek_statement_get_text (row, 1);
  guint requests = MAX (komek_statement_get_number (row, 2), 0);
  Place place = { self->letters->len, self->words->len, requests };
  guint index = self->places->len;

  g_array_append_val (self->places, place);
  learn_start (self, word, index);
  g_string_append (self->words, word);
  append_letters (self->letters, word);
  g_string_append_c (self->letters, '\n');
  for (guint i = place.start; i < self->letters->len; i++)
    self->frequencies[(guint8) self->letters->str[i]]++;
  while (self->blocks->len * BLOCK < self->letters->len)
    g_array_append_val (self->blocks, index);
  self->last = MAX (self->last, komek_statement_get_number (row, 0));
}

static gboolean
learn_all (KomekVocabulary *self, KomekDatabase *database, KomekStatement *row, GError **error)
{
  while (komek_database_step (database, row, error))
    if (is_sound (komek_statement_get_text (row, 1)))
      learn (self, row);
    else
      {
        komek_database_condemn (database, "A word is not what was written", error);
        return FALSE;
      }
  return !*error;
}

/**
 * komek_vocabulary_refresh:
 *
 * Reads the words that came since the last time.
 */
gboolean
komek_vocabulary_refresh (KomekVocabulary *self, KomekDatabase *database, GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (
    database, "SELECT id, word, requests FROM word WHERE id > ?1 ORDER BY requests DESC", error);
  gboolean all;

  if (!row || !forget_another_edition (self, database, error))
    return FALSE;
  all = self->last == 0;
  komek_statement_bind_number (row, 1, self->last);
  if (!learn_all (self, database, row, error))
    {
      forget (self);
      return FALSE;
    }
  if (all)
    self->renewed = self->last;
  return TRUE;
}

/* The word that holds one of the letters, by its place. */
static guint
find_place (const KomekVocabulary *self, guint letter)
{
  const Place *places = (const Place *) self->places->data;
  guint i = g_array_index (self->blocks, guint, letter / BLOCK);

  while (i + 1 < self->places->len && places[i + 1].start <= letter)
    i++;
  return i;
}

static KomekVocabularyWord
get_word (const KomekVocabulary *self, guint i, const char *part)
{
  const Place *place = &g_array_index (self->places, Place, i);
  guint end = i + 1 == self->places->len ? self->words->len : place[1].word;
  const char *word = self->words->str + place->word;
  gsize length = strlen (part);

  return (KomekVocabularyWord) {
    word,
    end - place->word,
    place->requests,
    length <= end - place->word && memcmp (word, part, length) == 0,
  };
}

static guint
find_rarest (const KomekVocabulary *self, const GString *letters)
{
  guint rarest = letters->len - 1;

  for (guint i = 0; i < letters->len; i++)
    if (self->frequencies[(guint8) letters->str[i]]
        < self->frequencies[(guint8) letters->str[rarest]])
      rarest = i;
  return rarest;
}

/* The next row of letters at @from or after it. They are found by the rarest of them, which takes
 * a tenth of what a search for all of them does. */
static const char *
find_letters (const KomekVocabulary *self, const GString *letters, guint rarest, const char *from)
{
  const char *end = self->letters->str + self->letters->len;

  for (const char *p = from + rarest;
       p < end && (p = memchr (p, letters->str[rarest], end - p)) != NULL; p++)
    if ((gsize) (end - p) >= letters->len - rarest
        && memcmp (p - rarest, letters->str, letters->len) == 0)
      return p - rarest;
  return NULL;
}

/**
 * komek_vocabulary_find:
 * @part: folded, without spaces, not ""
 * @inside: whether it may stand anywhere in a word; else only at the beginning
 * @most: how many words to find
 *
 * Returns: (transfer full) (element-type KomekVocabularyWord): the words that hold @part, the most
 *   frequent first but for those that came lately
 */
GArray *
komek_vocabulary_find (const KomekVocabulary *self, const char *part, gboolean inside, guint most)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (KomekVocabularyWord));
  g_autoptr (GString) letters = g_string_new (inside ? "" : "\n");
  const char *text = self->letters->str, *p = text;
  guint rarest;

  append_letters (letters, part);
  rarest = find_rarest (self, letters);
  while (found->len < most && (p = find_letters (self, letters, rarest, p)) != NULL)
    {
      guint i = find_place (self, p - text + !inside);
      KomekVocabularyWord word = get_word (self, i, part);

      if (word.begins || (inside && memmem (word.word, word.length, part, strlen (part))))
        g_array_append_val (found, word);
      p = text + (i + 1 < self->places->len ? g_array_index (self->places, Place, i + 1).start
                                             : self->letters->len) - 1;
    }
  return found;
}

/**
 * komek_vocabulary_list_starts:
 * @letter: a single one, folded
 *
 * Returns: (transfer full) (element-type KomekVocabularyStart): all that begin with @letter
 */
GArray *
komek_vocabulary_list_starts (const KomekVocabulary *self, const char *letter)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (KomekVocabularyStart));
  gint64 first = g_utf8_get_char (letter);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->starts);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      const Start *start = value;
      KomekVocabularyStart found = { start->letters & G_MAXUINT32, start->requests,
                                     get_word (self, start->top, letter) };

      if (start->letters >> 32 == first)
        g_array_append_val (list, found);
    }
  return list;
}
