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

typedef struct _KomekVocabulary KomekVocabulary;

KomekVocabulary *komek_vocabulary_new (void);
void komek_vocabulary_free (KomekVocabulary *self);
gboolean komek_vocabulary_refresh (KomekVocabulary *self, KomekDatabase *database, GError **error);
GArray *komek_vocabulary_find (const KomekVocabulary *self, const char *part, gboolean inside);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekVocabulary, komek_vocabulary_free)
