/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-language.h"
#include "komek-status.h"

/**
 * KomekStep:
 * @id: the storage's own
 * @number: the number of the request
 * @agency: the code of the organisation that acted
 * @event: (nullable): the event whose usual words are said where there is no text
 * @text: (nullable): what was written, as it was written
 * @language: of the request's text, for whoever asks in a language that the event has no words in
 * @answer: whether @text is the official answer
 *
 * One step in the history of a request as the storage keeps it.
 */
typedef struct
{
  gint64        id;
  const char   *number;
  KomekStatus   status;
  gint64        time;
  const char   *agency;
  const char   *event;
  const char   *text;
  KomekLanguage language;
  gboolean      answer;
} KomekStep;

/**
 * KomekRecord:
 * @number: (nullable): %NULL where the storage shall give one
 * @key: (nullable): the sender's own key
 * @latitude: NaN, as the longitude, where only the address is known
 * @attributes: (nullable): codes and values by turns, ended by %NULL
 * @search: (nullable): the folded text to find it by, where it was made already
 * @steps: (nullable) (array length=n_steps): its history, oldest first; only on the way in
 *
 * A request as the storage keeps it: codes and no names. Times are seconds since 1970.
 */
typedef struct
{
  const char        *number;
  const char        *key;
  const char        *service;
  KomekStatus        status;
  const char        *text;
  KomekLanguage      language;
  double             latitude, longitude;
  const char        *address;
  const char        *district;
  const char        *agency;
  gint64             requested, updated, due;
  guint              supporters;
  const char *const *attributes;
  const char        *search;
  const KomekStep   *steps;
  guint              n_steps;
} KomekRecord;
