/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-vocabulary.h"

/**
 * KomekSearchGroup:
 * @n_phrases: how many phrases of the query stand for it, one after the other
 * @requests: in how many requests they stand, about
 * @top: (nullable): the most frequent word that by itself is enough
 * @whole: whether nothing but that word is looked for
 * @enough: (nullable): a search for some of its words that by themselves are likely to stand in
 *   more requests than are counted
 *
 * One word of a search, or words in quotes: a request must hold at least one of its phrases.
 */
typedef struct
{
  guint    n_phrases;
  guint    requests;
  char    *top;
  gboolean whole;
  char    *enough;
} KomekSearchGroup;

/**
 * KomekSearchQuery:
 * @words: (nullable): for the index of words; %NULL where it holds nothing that matches
 * @number: (nullable): for the index of numbers; %NULL where no number was typed
 * @signs: (nullable): the number that was typed, or the part of one
 * @groups: (element-type KomekSearchGroup): those of @words
 * @partial: whether there are more words that hold a part of the search than it looks for
 *
 * A search in FTS5's language and in short letters.
 */
typedef struct
{
  char    *words;
  char    *number;
  char    *signs;
  GArray  *groups;
  gboolean partial;
} KomekSearchQuery;

KomekSearchQuery *komek_search_query_new (const KomekVocabulary *vocabulary,
                                          KomekDatabase *database, const char *text,
                                          GError **error);
void komek_search_query_free (KomekSearchQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSearchQuery, komek_search_query_free)
