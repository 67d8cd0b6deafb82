/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _KomekWordCounts KomekWordCounts;

/**
 * KomekWordCount:
 * @requests: in how many requests more it stands, or fewer
 * @last: the last request that it was counted for
 *
 * A word and how often it was counted.
 */
typedef struct
{
  guint32 hash;
  guint32 start; /* in the text of all words */
  guint32 length;
  guint32 last;
  gint32  requests;
} KomekWordCount;

KomekWordCounts *komek_word_counts_new (void);
void komek_word_counts_free (KomekWordCounts *self);
void komek_word_counts_begin_request (KomekWordCounts *self);
void komek_word_counts_add (KomekWordCounts *self, const char *word, gsize length, int requests);
GArray *komek_word_counts_list (const KomekWordCounts *self);
const char *komek_word_counts_peek (const KomekWordCounts *self, const KomekWordCount *count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWordCounts, komek_word_counts_free)
