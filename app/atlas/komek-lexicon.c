/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-lexicon.h"

#include <string.h>

#define SHORTEST_INSIDE 3 /* letters that say anything about a word that they stand in */
#define SHORTEST_SLIP 4   /* letters of which one may be wrong */

/* A word of the lexicon: where its letters and its values begin, and which letters it has. */
typedef struct
{
  guint32 letters;
  guint32 mask;
  guint32 values;
  guint32 n_values;
  guint32 n_letters;
} Entry;

/**
 * KomekLexicon:
 *
 * Words in their order, each with numbers of what it stands in: it finds the ones that are the
 * same as a word, begin with it, hold it, or differ from it by a slip of one letter.
 *
 * Once sealed it does not change, so that any thread may ask it. Letters lie side by side in
 * two bytes each: fifty thousand words are looked through in about a millisecond.
 */
struct _KomekLexicon
{
  GHashTable *adding; /* word → GArray of values, until it is sealed */
  GArray     *entries;
  GArray     *letters; /* of gunichar2 */
  GArray     *values;
};

/* A word that is searched for. */
typedef struct
{
  const gunichar2 *letters;
  guint            n;
  guint32          mask;
} Word;

/* Letters that a word has, in as many bits as there are; strangers share them. */
static guint32
mask_of (const gunichar2 *letters, guint n)
{
  guint32 mask = 0;

  for (guint i = 0; i < n; i++)
    mask |= 1u << (letters[i] % 32);
  return mask;
}

KomekLexicon *
komek_lexicon_new (void)
{
  KomekLexicon *self = g_new0 (KomekLexicon, 1);

  self->adding =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->letters = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  self->values = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
komek_lexicon_free (KomekLexicon *self)
{
  g_clear_pointer (&self->adding, g_hash_table_unref);
  g_array_unref (self->entries);
  g_array_unref (self->letters);
  g_array_unref (self->values);
  g_free (self);
}

/**
 * komek_lexicon_add:
 * @word: folded, UTF-8
 * @value: what the visitor gets; the same one twice in a row counts once
 */
void
komek_lexicon_add (KomekLexicon *self, const char *word, guint32 value)
{
  GArray *values = g_hash_table_lookup (self->adding, word);

  if (!values)
    {
      values = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (self->adding, g_strdup (word), values);
    }
  if (values->len == 0 || g_array_index (values, guint32, values->len - 1) != value)
    g_array_append_val (values, value);
}

/* By the numbers of the letters, not their bytes: all prefixes of a word stand side by side. */
static int
compare_letters (const gunichar2 *a, guint n_a, const gunichar2 *b, guint n_b)
{
  for (guint i = 0; i < n_a && i < n_b; i++)
    if (a[i] != b[i])
      return a[i] < b[i] ? -1 : 1;
  return (n_a > n_b) - (n_a < n_b);
}

typedef struct
{
  gunichar2 *letters;
  glong      n;
  GArray    *values;
} Added;

static int
compare_added (gconstpointer a, gconstpointer b)
{
  const Added *added_a = a, *added_b = b;

  return compare_letters (added_a->letters, added_a->n, added_b->letters, added_b->n);
}

static GArray *
sort_added (KomekLexicon *self)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (Added));
  GHashTableIter iter;
  gpointer word, values;

  g_hash_table_iter_init (&iter, self->adding);
  while (g_hash_table_iter_next (&iter, &word, &values))
    {
      Added added = { .values = values };

      added.letters = g_utf8_to_utf16 (word, -1, NULL, &added.n, NULL);
      if (added.letters)
        g_array_append_val (sorted, added);
    }
  g_array_sort (sorted, compare_added);
  return sorted;
}

/* After this words can be looked up, and none added any more. */
void
komek_lexicon_seal (KomekLexicon *self)
{
  g_autoptr (GArray) sorted = sort_added (self);

  for (guint i = 0; i < sorted->len; i++)
    {
      Added *added = &g_array_index (sorted, Added, i);
      Entry entry = { self->letters->len, mask_of (added->letters, added->n), self->values->len,
                      added->values->len, added->n };

      g_array_append_vals (self->letters, added->letters, added->n);
      g_array_append_vals (self->values, added->values->data, added->values->len);
      g_array_append_val (self->entries, entry);
      g_free (added->letters);
    }
  g_clear_pointer (&self->adding, g_hash_table_unref);
}

static const gunichar2 *
letters_of (const KomekLexicon *self, const Entry *entry)
{
  return &g_array_index (self->letters, gunichar2, entry->letters);
}

static gboolean
begins (const gunichar2 *text, guint n_text, const gunichar2 *word, guint n_word)
{
  return n_word <= n_text && memcmp (text, word, n_word * sizeof *word) == 0;
}

static gboolean
is_inside (const gunichar2 *text, guint n_text, const Word *word)
{
  for (guint i = 1; i + word->n <= n_text; i++)
    if (begins (text + i, n_text - i, word->letters, word->n))
      return TRUE;
  return FALSE;
}

/* Whether the text begins with the word but for one letter: a wrong one, one too many, one too
 * few, or two that changed places. The first letter where they part decides. */
static gboolean
is_slip (const gunichar2 *text, guint n_text, const Word *word)
{
  const gunichar2 *w = word->letters;
  guint n = word->n, i = 0;

  while (i < n && i < n_text && w[i] == text[i])
    i++;
  if (i == n)
    return FALSE;
  if (begins (text + MIN (i, n_text), n_text - MIN (i, n_text), w + i + 1, n - i - 1))
    return TRUE;
  if (i >= n_text)
    return FALSE;
  if (begins (text + i + 1, n_text - i - 1, w + i + 1, n - i - 1)
      || begins (text + i + 1, n_text - i - 1, w + i, n - i))
    return TRUE;
  return i + 1 < n && i + 1 < n_text && w[i] == text[i + 1] && w[i + 1] == text[i]
         && begins (text + i + 2, n_text - i - 2, w + i + 2, n - i - 2);
}

/* The first entry that is not before the word. */
static guint
find_first (const KomekLexicon *self, const Word *word)
{
  guint low = 0, high = self->entries->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const Entry *entry = &g_array_index (self->entries, Entry, middle);

      if (compare_letters (letters_of (self, entry), entry->n_letters, word->letters, word->n) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint
visit_entry (const KomekLexicon *self, const Entry *entry, KomekLexiconVisitor visitor,
             gpointer data)
{
  for (guint i = 0; i < entry->n_values; i++)
    visitor (g_array_index (self->values, guint32, entry->values + i), data);
  return 1;
}

static guint
visit_prefixed (const KomekLexicon *self, const Word *word, gboolean exact,
                KomekLexiconVisitor visitor, gpointer data)
{
  guint n = 0;

  for (guint i = find_first (self, word); i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (!begins (letters_of (self, entry), entry->n_letters, word->letters, word->n))
        break;
      if ((entry->n_letters == word->n) == exact)
        n += visit_entry (self, entry, visitor, data);
    }
  return n;
}

/* A slip leaves at most one letter of the word that the text has not. */
static gboolean
may_fit (const Entry *entry, const Word *word, KomekLexiconFit fit)
{
  guint32 strange = word->mask & ~entry->mask;

  if (fit == KOMEK_LEXICON_INSIDE)
    return strange == 0 && entry->n_letters > word->n;
  return (strange & (strange - 1)) == 0 && entry->n_letters + 1 >= word->n;
}

static guint
visit_all (const KomekLexicon *self, const Word *word, KomekLexiconFit fit,
           KomekLexiconVisitor visitor, gpointer data)
{
  guint n = 0;

  if (word->n < (fit == KOMEK_LEXICON_INSIDE ? SHORTEST_INSIDE : SHORTEST_SLIP))
    return 0;
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      const gunichar2 *text = letters_of (self, entry);

      if (may_fit (entry, word, fit)
          && (fit == KOMEK_LEXICON_INSIDE ? is_inside (text, entry->n_letters, word)
                                          : is_slip (text, entry->n_letters, word)))
        n += visit_entry (self, entry, visitor, data);
    }
  return n;
}

/**
 * komek_lexicon_visit:
 * @word: folded, UTF-8
 * @fit: how entries have to fit; those that fit better are not among them
 *
 * Calls @visitor with each value of each word that fits.
 *
 * Returns: how many words of the lexicon fit
 */
guint
komek_lexicon_visit (const KomekLexicon *self, const char *word, KomekLexiconFit fit,
                     KomekLexiconVisitor visitor, gpointer data)
{
  glong n;
  g_autofree gunichar2 *letters = g_utf8_to_utf16 (word, -1, NULL, &n, NULL);
  Word typed;

  if (!letters || n == 0)
    return 0;
  typed = (Word) { letters, n, mask_of (letters, n) };
  if (fit == KOMEK_LEXICON_EXACT || fit == KOMEK_LEXICON_PREFIX)
    return visit_prefixed (self, &typed, fit == KOMEK_LEXICON_EXACT, visitor, data);
  return visit_all (self, &typed, fit, visitor, data);
}
