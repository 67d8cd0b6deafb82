/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekLexiconFit:
 *
 * How a word that was typed fits one of the lexicon.
 */
typedef enum
{
  KOMEK_LEXICON_EXACT,
  KOMEK_LEXICON_PREFIX,
  KOMEK_LEXICON_INSIDE,
  KOMEK_LEXICON_SLIP,
} KomekLexiconFit;

/**
 * KomekLexiconVisitor:
 * @value: one that the word was added with
 */
typedef void (*KomekLexiconVisitor) (guint32 value, gpointer data);

typedef struct _KomekLexicon KomekLexicon;

KomekLexicon *komek_lexicon_new (void);
void komek_lexicon_free (KomekLexicon *self);
void komek_lexicon_add (KomekLexicon *self, const char *word, guint32 value);
void komek_lexicon_seal (KomekLexicon *self);
guint komek_lexicon_visit (const KomekLexicon *self, const char *word, KomekLexiconFit fit,
                           KomekLexiconVisitor visitor, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekLexicon, komek_lexicon_free)
