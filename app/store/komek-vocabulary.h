/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

/**
 * KomekVocabularyWord:
 * @requests: in how many requests it stands, about
 * @begins: whether it begins with the part that was looked for
 *
 * A word that some request holds; it lives until the vocabulary is refreshed.
 */
typedef struct
{
  const char *word;
  guint       length;
  guint       requests;
  gboolean    begins;
} KomekVocabularyWord;

/**
 * KomekVocabularyStart:
 * @second: the second letter of the words, 0 for the word that has but one
 * @requests: the sum of the requests in which they stand, about
 * @top: the most frequent of them
 *
 * All words that begin with two letters.
 */
typedef struct
{
  gunichar            second;
  guint               requests;
  KomekVocabularyWord top;
} KomekVocabularyStart;

typedef struct _KomekVocabulary KomekVocabulary;

KomekVocabulary *komek_vocabulary_new (void);
void komek_vocabulary_free (KomekVocabulary *self);
gboolean komek_vocabulary_refresh (KomekVocabulary *self, KomekDatabase *database, GError **error);
GArray *komek_vocabulary_find (const KomekVocabulary *self, const char *part, gboolean inside,
                               guint most);
GArray *komek_vocabulary_list_starts (const KomekVocabulary *self, const char *letter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekVocabulary, komek_vocabulary_free)
