/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-vocabulary.h"

#include <string.h>

#include "komek-mark-table.h"

/**
 * KomekVocabulary:
 *
 * All words that stand in requests, by heart: a look at each of them takes a millisecond or two.
 *
 *     text:   \n шункыр \n фонарь \n …        (without the spaces)
 *     places:    1         14                 each with the number of its requests
 *
 * Belongs to one thread. The table of words only grows, so a refresh reads what
 * is new; the numbers of requests are read again once there are twice as many.
 */
struct _KomekVocabulary
{
  char    *edition; /* of the table that was read */
  gint64   last;    /* its last row */
  gint64   renewed; /* the last row when all was read */
  GString *text;
  GArray  *places;
};

typedef struct
{
  guint start;
  guint requests;
} Place;

KomekVocabulary *
komek_vocabulary_new (void)
{
  KomekVocabulary *self = g_new0 (KomekVocabulary, 1);

  self->text = g_string_new ("\n");
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  return self;
}

void
komek_vocabulary_free (KomekVocabulary *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->places);
  g_free (self->edition);
  g_free (self);
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

  g_free (self->edition);
  self->edition = g_steal_pointer (&edition);
  g_string_truncate (self->text, 1);
  g_array_set_size (self->places, 0);
  self->last = 0;
  return TRUE;
}

/* Words are letters and digits; anything else would be part of a query's syntax. */
static gboolean
is_sound (const char *word)
{
  return *word != '\0' && !strpbrk (word, "\" \n*()");
}

static void
learn (KomekVocabulary *self, KomekStatement *row)
{
  Place place = { self->text->len, MAX (komek_statement_get_number (row, 2), 0) };

  g_array_append_val (self->places, place);
  g_string_append (self->text, komek_statement_get_text (row, 1));
  g_string_append_c (self->text, '\n');
  self->last = komek_statement_get_number (row, 0);
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
    database, "SELECT id, word, requests FROM word WHERE id > ?1 ORDER BY id", error);
  gboolean all;

  if (!row || !forget_another_edition (self, database, error))
    return FALSE;
  all = self->last == 0;
  komek_statement_bind_number (row, 1, self->last);
  while (komek_database_step (database, row, error))
    if (is_sound (komek_statement_get_text (row, 1)))
      learn (self, row);
    else
      {
        komek_database_condemn (database, "A word is not what was written", error);
        return FALSE;
      }
  if (all)
    self->renewed = self->last;
  return !*error;
}

/* The word that holds a position of the text. */
static const Place *
find_place (const KomekVocabulary *self, guint position, guint *index)
{
  guint low = 0, high = self->places->len;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->places, Place, middle).start <= position)
        low = middle;
      else
        high = middle;
    }
  *index = low;
  return &g_array_index (self->places, Place, low);
}

static guint
end_of (const KomekVocabulary *self, guint index)
{
  gboolean last = index + 1 == self->places->len;

  return (last ? self->text->len : g_array_index (self->places, Place, index + 1).start) - 1;
}

/**
 * komek_vocabulary_find:
 * @part: folded, without spaces, not ""
 * @inside: whether it may stand anywhere in a word; else only at the beginning
 *
 * Returns: (transfer full) (element-type KomekVocabularyWord): the words that hold @part
 */
GArray *
komek_vocabulary_find (const KomekVocabulary *self, const char *part, gboolean inside)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (KomekVocabularyWord));
  g_autofree char *wanted = g_strconcat (inside ? "" : "\n", part, NULL);
  gsize length = strlen (wanted);
  const char *text = self->text->str, *end = text + self->text->len;

  for (const char *p = text; (p = memmem (p, end - p, wanted, length)) != NULL;)
    {
      guint index;
      const Place *place = find_place (self, p - text + !inside, &index);
      KomekVocabularyWord word = {
        text + place->start,
        end_of (self, index) - place->start,
        place->requests,
        p - text + !inside == place->start,
      };

      g_array_append_val (found, word);
      p = word.word + word.length;
    }
  return found;
}
