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
 * @hidden: whether nobody has passed it yet: it is kept, but it changes nothing and is shown only
 * to whoever asks for such steps
 * @client: (nullable): who sent it: the id of an api key or of a device; only on the way in
 * @key: (nullable): the sender's own key, unique among those of @client; only on the way in
 * @fingerprint: (nullable): of what was sent with @key; only on the way in
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
  gboolean      hidden;
  const char   *client;
  const char   *key;
  const char   *fingerprint;
} KomekStep;

/**
 * KomekRecord:
 * @id: the storage's own; with a time it is a place in a list, see #KomekPosition
 * @number: (nullable): %NULL where the storage shall give one
 * @client: (nullable): who filed it: the id of an api key or of a device; only on the way in
 * @key: (nullable): the sender's own key, unique among those of @client; only on the way in
 * @fingerprint: (nullable): SHA-256 of what was sent with @key, in hexadecimal; without one the
 *   service, the text and the address are compared; only on the way in
 * @local_number: (nullable): the number that the sender gave before the city could; only on the
 *   way in
 * @device: (nullable): that it was filed at; only on the way in
 * @contact: (nullable): of the citizen, sealed; only on the way in
 * @latitude: NaN, as the longitude, where only the address is known
 * @photos: how many photos it has; only on the way out
 * @attributes: (nullable): codes and values by turns, ended by %NULL; on the way out only where
 *   they were asked for
 * @search: (nullable): the folded text to find it by, where it was made already
 * @steps: (nullable) (array length=n_steps): its history, oldest first; only on the way in
 *
 * A request as the storage keeps it: codes and no names. Times are seconds since 1970.
 */
typedef struct
{
  gint64             id;
  const char        *number;
  const char        *client;
  const char        *key;
  const char        *fingerprint;
  const char        *local_number;
  const char        *device;
  const char        *contact;
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
  guint              photos;
  const char *const *attributes;
  const char        *search;
  const KomekStep   *steps;
  guint              n_steps;
} KomekRecord;

/**
 * KomekPhoto:
 * @number: of the request that it belongs to
 * @place: among the photos of the request, from 0; the storage gives it
 * @digest: SHA-256 of what was sent, in hexadecimal: the same one is kept once
 * @type: the media type of @bytes
 * @bytes: (nullable): %NULL where photos are only listed
 *
 * A photo of a request as the storage keeps it.
 */
typedef struct
{
  const char *number;
  guint       place;
  const char *digest;
  const char *type;
  gint64      time;
  GBytes     *bytes;
} KomekPhoto;

/**
 * KomekClient:
 * @id: the scope of its keys of filings
 * @name: what people call it
 * @role: what it may do
 * @key_hash: SHA-256 of its api key, in hexadecimal: the key itself is nowhere
 *
 * Somebody who has an api key, as the storage keeps them.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *role;
  const char *key_hash;
} KomekClient;
