/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-word-counts.h"

/**
 * KomekSearchText:
 * @service: the row of the service's code
 *
 * What a request is found by. Of a text that is no UTF-8 nothing is taken.
 */
typedef struct
{
  const char *number;
  const char *text;
  const char *address;
  gint64      service;
} KomekSearchText;

/**
 * KomekSearchChange:
 * @row: of the text indexes
 * @removes: whether the request is taken out of them
 * @words: what the index of words has of it; lives as long as nothing is gathered
 * @grams: what the index of numbers has
 *
 * A change of the text indexes.
 */
typedef struct
{
  gint64      row;
  gboolean    removes;
  const char *words;
  int         words_length;
  const char *grams;
  int         grams_length;
} KomekSearchChange;

/* A letter for private use, U+E000, which folding lets nobody type; see komek_search_piece_fold() */
#define KOMEK_SEARCH_SERVICE "\xee\x80\x80"

typedef struct _KomekSearchPiece KomekSearchPiece;

KomekSearchPiece *komek_search_piece_new (void);
void komek_search_piece_free (KomekSearchPiece *self);
void komek_search_piece_clear (KomekSearchPiece *self);
void komek_search_piece_gather (KomekSearchPiece *self, gint64 row, gboolean removes,
                                const KomekSearchText *text);
void komek_search_piece_fold (KomekSearchPiece *self, KomekWordCounts *counts);
guint komek_search_piece_get_length (const KomekSearchPiece *self);
KomekSearchChange komek_search_piece_get (const KomekSearchPiece *self, guint i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSearchPiece, komek_search_piece_free)
