/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-gazetteer.h"
#include "komek-lexicon.h"

/* What the lexicon keeps of a word: in which name it stands, and how. */
#define KOMEK_GAZETTEER_VALUE(name, first, context) \
  ((guint32) (name) << 2 | ((first) ? 2 : 0) | ((context) ? 1 : 0))
#define KOMEK_GAZETTEER_NAME(value) ((value) >> 2)
#define KOMEK_GAZETTEER_IS_FIRST(value) (((value) & 2) != 0)
#define KOMEK_GAZETTEER_IS_CONTEXT(value) (((value) & 1) != 0)

/* Shared by what makes a gazetteer and what searches it. */
struct _KomekGazetteer
{
  gatomicrefcount refs;
  GArray         *names; /* of KomekGazetteerName */
  GArray         *sizes; /* of guint8: words of the name there, in the shortest language */
  GHashTable     *city;  /* the words of the city's own name */
  KomekLexicon   *lexicon;
  KomekLexicon   *joined; /* neighbouring words without the space between them */
};
