/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

/**
 * KomekReply:
 * @status: of HTTP
 * @type: (nullable): of the body
 * @body: (nullable): what to send
 * @location: (nullable): where else to look
 * @link: (nullable): the header of that name, RFC 8288
 * @etag: (nullable): names this state of the answer, with its quotation marks; %NULL
 *   where the server shall take the state of the whole city
 * @cache: (nullable): the header Cache-Control, where it is not the usual one
 * @disposition: (nullable): the header Content-Disposition
 * @retry_after: seconds after which to come again, 0 where that is not said
 *
 * What the server answers.
 */
typedef struct
{
  guint       status;
  const char *type;
  GBytes     *body;
  char       *location;
  char       *link;
  char       *etag;
  const char *cache;
  char       *disposition;
  guint       retry_after;
} KomekReply;

KomekReply *komek_reply_new (guint status, const char *type, GBytes *body);
KomekReply *komek_reply_new_wire (guint status, KomekWireFormat format, GBytes *body);
KomekReply *komek_reply_new_page (guint status, char *html);
KomekReply *komek_reply_new_elsewhere (char *location);
void komek_reply_free (KomekReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekReply, komek_reply_free)
