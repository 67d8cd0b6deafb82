/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-word-counts.h"

#include <stdlib.h>
#include <string.h>

/**
 * KomekWordCounts:
 *
 * In how many requests of a batch each word stands.
 *
 *     slots:   … 3 … … 1 2 …     by the hash of a word, the next free one where it is taken
 *     counts:  1 2 3 …           in the order in which they came
 *     text:    шункыр␀фонарь␀…
 *
 * Sixteen words of each of a million requests are looked up here, so nothing is
 * allocated for a word that is known, and two are compared letter by letter only
 * where their hashes are the same.
 */
struct _KomekWordCounts
{
  guint32 *slots; /* of a power of two; 0 for a free one, else 1 more than the place of a count */
  guint32  mask;
  GArray  *counts;
  GString *text;
  guint    request; /* which one the words are of, from 1 */
};

#define FIRST_SLOTS 4096

KomekWordCounts *
komek_word_counts_new (void)
{
  KomekWordCounts *self = g_new (KomekWordCounts, 1);

  *self = (KomekWordCounts) {
    g_new0 (guint32, FIRST_SLOTS),
    FIRST_SLOTS - 1,
    g_array_new (FALSE, FALSE, sizeof (KomekWordCount)),
    g_string_new (NULL),
    0,
  };
  return self;
}

void
komek_word_counts_free (KomekWordCounts *self)
{
  g_free (self->slots);
  g_array_unref (self->counts);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* FNV-1a, four bytes at a time; its end is mixed as by MurmurHash3. */
static guint32
hash_word (const char *word, gsize length)
{
  guint32 hash = 2166136261u;
  guint32 piece;

  for (; length >= sizeof piece; word += sizeof piece, length -= sizeof piece)
    {
      memcpy (&piece, word, sizeof piece);
      hash = (hash ^ piece) * 16777619u;
      hash ^= hash >> 15;
    }
  for (; length > 0; word++, length--)
    hash = (hash ^ (guint8) *word) * 16777619u;
  hash ^= hash >> 16;
  hash *= 0x85ebca6bu;
  return hash ^ hash >> 13;
}

static void
grow (KomekWordCounts *self)
{
  const KomekWordCount *counts = (const KomekWordCount *) self->counts->data;

  self->mask = 2 * self->mask + 1;
  g_free (self->slots);
  self->slots = g_new0 (guint32, (gsize) self->mask + 1);
  for (guint i = 0; i < self->counts->len; i++)
    {
      guint32 slot = counts[i].hash & self->mask;

      while (self->slots[slot])
        slot = (slot + 1) & self->mask;
      self->slots[slot] = i + 1;
    }
}

static KomekWordCount *
add_new (KomekWordCounts *self, const char *word, gsize length, guint32 hash, guint32 slot)
{
  KomekWordCount count = { .hash = hash, .start = self->text->len, .length = length };

  g_string_append_len (self->text, word, length);
  g_string_append_c (self->text, '\0');
  g_array_append_val (self->counts, count);
  self->slots[slot] = self->counts->len;
  if (self->counts->len > self->mask / 2)
    grow (self);
  return &g_array_index (self->counts, KomekWordCount, self->counts->len - 1);
}

static KomekWordCount *
find (KomekWordCounts *self, const char *word, gsize length)
{
  guint32 hash = hash_word (word, length);
  guint32 slot = hash & self->mask;

  for (; self->slots[slot]; slot = (slot + 1) & self->mask)
    {
      KomekWordCount *count = &g_array_index (self->counts, KomekWordCount, self->slots[slot] - 1);

      if (count->hash == hash && count->length == length
          && memcmp (self->text->str + count->start, word, length) == 0)
        return count;
    }
  return add_new (self, word, length, hash, slot);
}

/* The words that follow are of another request. */
void
komek_word_counts_begin_request (KomekWordCounts *self)
{
  self->request++;
}

/**
 * komek_word_counts_add:
 * @requests: 1 where the request has come to hold the word, -1 where it does so no more; it counts
 *   once however often the word stands there
 */
void
komek_word_counts_add (KomekWordCounts *self, const char *word, gsize length, int requests)
{
  KomekWordCount *count = find (self, word, length);

  if (count->last == self->request)
    return;
  count->last = self->request;
  count->requests += requests;
}

static int
compare_words (gconstpointer a, gconstpointer b, gpointer data)
{
  const KomekWordCount *x = a, *y = b;

  return strcmp (komek_word_counts_peek (data, x), komek_word_counts_peek (data, y));
}

/**
 * komek_word_counts_list:
 *
 * Returns: (transfer full) (element-type KomekWordCount): the words whose number is another now,
 *   in the order of their bytes
 */
GArray *
komek_word_counts_list (const KomekWordCounts *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (KomekWordCount));

  for (guint i = 0; i < self->counts->len; i++)
    {
      const KomekWordCount *count = &g_array_index (self->counts, KomekWordCount, i);

      if (count->requests != 0)
        g_array_append_vals (list, count, 1);
    }
  g_array_sort_with_data (list, compare_words, (gpointer) self);
  return list;
}

const char *
komek_word_counts_peek (const KomekWordCounts *self, const KomekWordCount *count)
{
  return self->text->str + count->start;
}
