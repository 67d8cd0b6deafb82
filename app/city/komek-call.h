/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-office.h"

/**
 * KomekCall:
 * @method: of HTTP
 * @path: decoded
 * @rest: what of the path the route leaves open: the code of a service, the number of a request
 * @arguments: (nullable) (element-type utf8 utf8): of the query, valid UTF-8
 * @body: what was posted
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
  GHashTable        *arguments;
  GBytes            *body;
  KomekLanguage      language;
  gboolean           extensions;
} KomekCall;

KomekCall *komek_call_new (const KomekOffice *office, const char *method, const char *path,
                           GHashTable *arguments, const char *accept_language, GBytes *body);
void komek_call_free (KomekCall *self);
const char *komek_call_get (const KomekCall *self, const char *argument);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekCall, komek_call_free)
