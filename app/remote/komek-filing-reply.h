/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-cause.h"

/**
 * KomekFilingKind:
 * @KOMEK_FILING_DONE: the city has it and gave a number
 * @KOMEK_FILING_TOKEN: the city has it and gives the number later
 * @KOMEK_FILING_RETRY: not filed as far as the answer tells: try again after a while
 * @KOMEK_FILING_INDETERMINATE: nobody knows whether it was filed: try again with the same key
 * @KOMEK_FILING_WAIT_SAME_KEY: the same filing is still being worked on: ask again in seconds
 * @KOMEK_FILING_PAUSE: the city takes nothing at all from us as things are: hold the whole queue
 * @KOMEK_FILING_PARK: the city will never take this one as it is: put it aside for staff
 *
 * What to do after an answer to something that was written to a city.
 */
typedef enum
{
  KOMEK_FILING_DONE,
  KOMEK_FILING_TOKEN,
  KOMEK_FILING_RETRY,
  KOMEK_FILING_INDETERMINATE,
  KOMEK_FILING_WAIT_SAME_KEY,
  KOMEK_FILING_PAUSE,
  KOMEK_FILING_PARK,
} KomekFilingKind;

/**
 * KomekTransport:
 * @KOMEK_TRANSPORT_WHOLE: an answer came, and all of it
 * @KOMEK_TRANSPORT_NOBODY: there was no connection: nothing can have arrived
 * @KOMEK_TRANSPORT_BROKEN: the line broke or ran out of time; it may have arrived
 * @KOMEK_TRANSPORT_NONSENSE: what came was no HTTP; it may have arrived
 * @KOMEK_TRANSPORT_EXCESS: an answer came that is longer than anything a city says
 * @KOMEK_TRANSPORT_UNTRUSTED: no certificate that we trust: nothing was sent
 * @KOMEK_TRANSPORT_EXPIRED: the certificate is out of its time, or our clock is
 * @KOMEK_TRANSPORT_STRANGER: the certificate is somebody else's
 *
 * What became of the line while something was asked.
 */
typedef enum
{
  KOMEK_TRANSPORT_WHOLE,
  KOMEK_TRANSPORT_NOBODY,
  KOMEK_TRANSPORT_BROKEN,
  KOMEK_TRANSPORT_NONSENSE,
  KOMEK_TRANSPORT_EXCESS,
  KOMEK_TRANSPORT_UNTRUSTED,
  KOMEK_TRANSPORT_EXPIRED,
  KOMEK_TRANSPORT_STRANGER,
} KomekTransport;

/**
 * KomekRawReply:
 * @transport: what became of the line; where it is not whole, an answer that began counts for
 *   nothing
 * @status: the status of HTTP
 * @type: (nullable): Content-Type
 * @retry_after: (nullable): Retry-After
 * @date: (nullable): Date
 * @body: (nullable): the whole body, decoded
 * @key: (nullable): the key that was sent
 * @echoes: whether the city announced that it knows keys, and so gives ours back
 * @cause: what stands in the way of the line
 * @what: (nullable): what went wrong with the line, for the log
 *
 * All that is known when it is to be decided what became of a filing.
 */
typedef struct
{
  KomekTransport transport;
  guint          status;
  const char    *type;
  const char    *retry_after;
  const char    *date;
  GBytes        *body;
  const char    *key;
  gboolean       echoes;
  KomekCause     cause;
  const char    *what;
} KomekRawReply;

/**
 * KomekFilingReply:
 * @kind: what to do
 * @number: (nullable): the city's number, for %KOMEK_FILING_DONE
 * @token: (nullable): what to ask for the number, for %KOMEK_FILING_TOKEN
 * @notice: (nullable): what the city says to whoever filed it
 * @retry_after_ms: how long to wait at least, 0 where the city did not say
 * @perhaps_filed: the city may have it although it did not say so: where it knows no keys, look for
 *   it before sending it again
 * @status: the status of HTTP, 0 where there was none
 * @time: the city's clock, seconds since 1970; 0 where it did not say
 * @reason: (nullable): why it is not done, for staff; a city's words may repeat what was sent, so
 *   where its code is %KOMEK_ERROR_REFUSED a log gets @status instead
 *
 * What became of something that was written to a city.
 */
typedef struct
{
  KomekFilingKind kind;
  char           *number;
  char           *token;
  char           *notice;
  guint           retry_after_ms;
  gboolean        perhaps_filed;
  guint           status;
  gint64          time;
  GError         *reason;
} KomekFilingReply;

/**
 * KomekReplyReader:
 * @self: gets the number, or else a token
 * @raw: an answer with a body
 *
 * Reads what a city answers to something that it has taken.
 *
 * Returns: whether it is such an answer
 */
typedef gboolean (*KomekReplyReader) (KomekFilingReply *self, const KomekRawReply *raw,
                                      GError **error);

gboolean komek_filing_reply_read (KomekFilingReply *self, const KomekRawReply *raw, GError **error);
KomekFilingReply *komek_filing_reply_decide (const KomekRawReply *raw);
KomekFilingReply *komek_filing_reply_decide_by (const KomekRawReply *raw, KomekReplyReader reader);
void komek_filing_reply_free (KomekFilingReply *self);
guint komek_filing_reply_read_delay (const char *retry_after, const char *date);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekFilingReply, komek_filing_reply_free)
