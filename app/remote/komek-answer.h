/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-filing-reply.h"

/**
 * KomekAnswer:
 * @transport: what became of the line; the rest counts only where it is whole
 * @undecodable: it was packed in a way that nobody can unpack
 * @cause: what stands in the way of the line
 * @what: (nullable): what went wrong, for the log
 * @status: the status of HTTP
 * @reason: (nullable): the status in the server's words
 * @type: (nullable): Content-Type
 * @retry_after: (nullable): Retry-After
 * @date: (nullable): Date
 * @etag: (nullable): ETag
 * @link: (nullable): all of Link
 * @allow: (nullable): Allow
 * @url: (nullable): the address that gave the answer, after all redirections
 * @body: (nullable): the whole body, unpacked
 *
 * What came back when something was asked, for any thread to read.
 */
typedef struct
{
  KomekTransport transport;
  gboolean       undecodable;
  KomekCause     cause;
  char          *what;
  guint          status;
  char          *reason;
  char          *type;
  char          *retry_after;
  char          *date;
  char          *etag;
  char          *link;
  char          *allow;
  char          *url;
  GBytes        *body;
} KomekAnswer;

void komek_answer_free (KomekAnswer *self);
gboolean komek_answer_is_success (const KomekAnswer *self);
GError *komek_answer_explain (const KomekAnswer *self);
KomekCause komek_answer_find_cause (const KomekAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekAnswer, komek_answer_free)
