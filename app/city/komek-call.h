/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "komek-caller.h"
#include "komek-office.h"
#include "komek-wire-format.h"

/**
 * KomekCall:
 * @method: of HTTP; GET where HEAD was asked
 * @path: decoded
 * @rest: what of the path the route leaves open: the code of a service, the number of a request
 * @more: what the route leaves open behind that: the place of a photo
 * @arguments: (element-type utf8 utf8): of the query, valid UTF-8
 * @body: what was sent: a form, or the bytes of a photo
 * @type: (nullable): of the body, without parameters, as the caller says
 * @format: the one to answer in, by the end of the path
 * @client: who calls
 * @entered: whether the call counts among those of the caller that run at a time
 * @key: (nullable): the header Idempotency-Key, as it was sent
 * @match: (nullable): the header If-None-Match
 * @gzip: whether the caller takes a compressed answer
 * @problem: whether the caller wants errors as RFC 9457 has them
 * @language: the one to answer in
 * @extensions: whether the caller wants what the standard does not know
 *
 * What somebody asks of the server.
 */
typedef struct
{
  const KomekOffice *office;
  char              *method;
  char              *path;
  char              *rest;
  char              *more;
  GHashTable        *arguments;
  GBytes            *body;
  char              *type;
  KomekWireFormat    format;
  KomekCaller       *client;
  gboolean           entered;
  char              *key;
  char              *match;
  gboolean           gzip;
  gboolean           problem;
  KomekLanguage      language;
  gboolean           extensions;
} KomekCall;

KomekCall *komek_call_new (const KomekOffice *office, const char *method, const char *path,
                           GHashTable *arguments, SoupMessageHeaders *headers, GBytes *body);
void komek_call_free (KomekCall *self);
void komek_call_set_client (KomekCall *self, KomekCaller *client);
const char *komek_call_get (const KomekCall *self, const char *argument);
char *komek_call_dup_field (const KomekCall *self, const char *name);
char *komek_call_dup_api_key (const KomekCall *self, SoupMessageHeaders *headers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekCall, komek_call_free)
