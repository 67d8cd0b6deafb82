/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-piece.h"

#include <string.h>

#include "komek-folding.h"
#include "komek-grams.h"
#include "komek-letters.h"

/**
 * KomekSearchPiece:
 *
 * Some changes of the text indexes, first as they were gathered, then folded and in order.
 *
 *     said:    121126-002-174␀Жолда шұңқыр␀Абай даңғылы, 5␀ …
 *     folded:  жолда шункыр абай дангылы 5 ⟨service 7⟩␀1211 2112 1126 …␀ …
 *
 * What was folded is in short letters, as the index has them.
 *
 * To gather takes but a copy, for whoever gathers writes the indexes meanwhile;
 * to fold may be done in another thread. A million requests pass through two
 * pieces, so that they keep the memory that they once had.
 */
struct _KomekSearchPiece
{
  GArray  *changes;
  GString *said;
  GString *folded;
};

/* Texts are told by where they begin. */
typedef struct
{
  gint64   row;
  gboolean removes;
  gint64   service;
  gsize    number, text, address;
  gsize    words, grams;
  gsize    end;
} Change;

KomekSearchPiece *
komek_search_piece_new (void)
{
  KomekSearchPiece *self = g_new (KomekSearchPiece, 1);

  *self = (KomekSearchPiece) {
    g_array_new (FALSE, FALSE, sizeof (Change)),
    g_string_new (NULL),
    g_string_new (NULL),
  };
  return self;
}

void
komek_search_piece_free (KomekSearchPiece *self)
{
  g_array_unref (self->changes);
  g_string_free (self->said, TRUE);
  g_string_free (self->folded, TRUE);
  g_free (self);
}

void
komek_search_piece_clear (KomekSearchPiece *self)
{
  g_array_set_size (self->changes, 0);
  g_string_truncate (self->said, 0);
  g_string_truncate (self->folded, 0);
}

static gsize
append (GString *texts, const char *text)
{
  gsize start = texts->len;

  g_string_append_len (texts, text, strlen (text) + 1);
  return start;
}

/**
 * komek_search_piece_gather:
 * @text: copied
 */
void
komek_search_piece_gather (KomekSearchPiece *self, gint64 row, gboolean removes,
                           const KomekSearchText *text)
{
  Change change = { .row = row, .removes = removes, .service = text->service };

  change.number = append (self->said, text->number);
  change.text = append (self->said, text->text);
  change.address = append (self->said, text->address);
  g_array_append_val (self->changes, change);
}

static void
append_folded (GString *folded, const char *text)
{
  g_autofree char *words = komek_fold (text);

  g_string_append (folded, words);
  g_string_append_c (folded, ' ');
}

/* Marks of services are no words. */
static void
count_words (const char *words, gboolean removes, KomekWordCounts *counts)
{
  const char *end;

  komek_word_counts_begin_request (counts);
  for (const char *word = words; *word != '\0'; word = *end ? end + 1 : end)
    {
      end = strchrnul (word, ' ');
      if (end > word && !g_str_has_prefix (word, KOMEK_SEARCH_SERVICE))
        komek_word_counts_add (counts, word, end - word, removes ? -1 : 1);
    }
}

/* Beside its words a request has a mark for its service, so that the service's name finds it in
 * every language though its text may be in another; names may change without touching the index. */
static void
fold_change (KomekSearchPiece *self, Change *change, KomekWordCounts *counts)
{
  const char *said = self->said->str;
  g_autofree char *grams = komek_grams_dup_number (said + change->number);

  change->words = self->folded->len;
  append_folded (self->folded, said + change->text);
  append_folded (self->folded, said + change->address);
  g_string_append_printf (self->folded, KOMEK_SEARCH_SERVICE "%" G_GINT64_FORMAT, change->service);
  count_words (self->folded->str + change->words, change->removes, counts);
  komek_letters_shorten (self->folded, change->words);
  g_string_append_c (self->folded, '\0');
  change->grams = append (self->folded, grams);
  change->end = self->folded->len;
}

/* g_array_sort() leaves those that are equal as they came. */
static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *x = a, *y = b;

  return (x->row > y->row) - (x->row < y->row);
}

/**
 * komek_search_piece_fold:
 * @counts: where to count the words, in how many requests each stands more, or fewer
 *
 * Makes of what was gathered what the indexes are to be told, in the order of their rows, and of
 * one row in the order in which it was gathered.
 */
void
komek_search_piece_fold (KomekSearchPiece *self, KomekWordCounts *counts)
{
  for (guint i = 0; i < self->changes->len; i++)
    fold_change (self, &g_array_index (self->changes, Change, i), counts);
  g_array_sort (self->changes, compare_changes);
}

guint
komek_search_piece_get_length (const KomekSearchPiece *self)
{
  return self->changes->len;
}

/* One of those that were folded. */
KomekSearchChange
komek_search_piece_get (const KomekSearchPiece *self, guint i)
{
  const Change *change = &g_array_index (self->changes, Change, i);
  const char *folded = self->folded->str;

  return (KomekSearchChange) {
    change->row,
    change->removes,
    folded + change->words,
    change->grams - change->words - 1,
    folded + change->grams,
    change->end - change->grams - 1,
  };
}
