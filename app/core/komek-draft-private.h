/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-draft-answers.h"
#include "komek-draft.h"

/**
 * KomekDraft:
 *
 * What a citizen has answered so far: the request before it is sent.
 *
 * It outlives the pages that ask, so that going back, switching the language
 * or a failed sending loses nothing. Its key is made anew whenever an answer
 * changes and travels with the request, so that the same answers sent twice
 * are one request at the city.
 */
struct _KomekDraft
{
  GObject            parent;
  KomekService      *service;
  KomekPlace        *place;
  char              *landmark;
  char              *text;
  KomekDraftAnswers *answers;
  GPtrArray         *photos; /* GBytes */
  KomekContact      *contact;
  char              *key;
};
