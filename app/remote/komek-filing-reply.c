/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filing-reply.h"

#include <libsoup/soup.h>
#include <string.h>

#include "komek-error.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"

/* What is to be done after an answer to something that was written:
 *
 *     line                        status            body           what
 *     ──────────────────────────  ────────────────  ─────────────  ─────────────────────
 *     whole                       200 201           number, key ¹  done
 *                                 200 201           token, key ¹   token
 *                                 200 201           anything else  retry, perhaps filed
 *                                 other 1xx 2xx     any            retry, perhaps filed
 *                                 3xx               any            retry
 *                                 409               any            wait, 1 to 5 s ²
 *                                 408 421 425 429   any            retry
 *                                 401 402 403 404   any            pause
 *                                 405 407 410 426
 *                                 451
 *                                 other 4xx         any            park
 *                                 503 507 511       any            retry
 *                                 other             any            retry, perhaps filed
 *     longer than it may be       as above          none           as above
 *     nobody there, no trust      -                 -              indeterminate
 *     broken, out of time, cut,   whatever          -              indeterminate, perhaps filed
 *     no HTTP
 *     expired, somebody else's    -                 -              pause
 *
 * ¹ Where the city announced that it knows keys, ours must be in the answer;
 *   where it did not, no other may be. The type must not be that of a picture or the like;
 *   text/html is let pass, for there are cities that call their JSON so, and no web page reads as
 *   an answer.
 * ² As long as Retry-After says, within that.
 *
 * Of the statuses that the standard does not name, 421 says that the line led
 * to the wrong server and 511 that a gate stands before the network; 402, 407
 * and 451 stand before everything we send, and the rest count as the first of
 * their class, as HTTP has it. "Perhaps filed" is not in doubt of what to do,
 * but of what to do first: a city without keys is asked for the request before
 * it is sent again, for a gateway may have given up on a server that had not. */

#define LEAST_DELAY 1000
#define MOST_DELAY (60 * 60 * 1000)
#define MOST_WAIT 5000

void
komek_filing_reply_free (KomekFilingReply *self)
{
  g_free (self->number);
  g_free (self->token);
  g_free (self->notice);
  g_clear_error (&self->reason);
  g_free (self);
}

static GDateTime *
read_date (const char *date)
{
  return date ? soup_date_time_new_from_http_string (date) : NULL;
}

/* Seconds, or a time that is counted from the answer's own: our clock may be years off. */
static gint64
read_seconds (const char *retry_after, const char *date)
{
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (strspn (retry_after, "0123456789") == strlen (retry_after))
    return MIN (g_ascii_strtoull (retry_after, NULL, 10), G_MAXINT);
  then = read_date (retry_after);
  now = read_date (date);
  return then && now ? MAX (g_date_time_to_unix (then) - g_date_time_to_unix (now), 0) : -1;
}

/**
 * komek_filing_reply_read_delay:
 * @retry_after: (nullable): the header of that name
 * @date: (nullable): the header Date of the same answer
 *
 * Returns: milliseconds, from a second to an hour; 0 where nothing can be read
 */
guint
komek_filing_reply_read_delay (const char *retry_after, const char *date)
{
  g_autofree char *stripped = g_strstrip (g_strdup (retry_after ? retry_after : ""));
  gint64 seconds = *stripped ? read_seconds (stripped, date) : -1;

  return seconds < 0 ? 0 : CLAMP (MIN (seconds, MOST_DELAY) * 1000, LEAST_DELAY, MOST_DELAY);
}

static guint
count (const char *text, gsize length, const char *word)
{
  const char *end = text + length;
  guint n = 0;

  for (; (text = memmem (text, end - text, word, strlen (word))); text += strlen (word))
    n++;
  return n;
}

/* One filing has one number. Of two in the same answer nobody knows which one is ours. */
static gboolean
is_ambiguous (GBytes *body)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  return count (text, length, "\"service_request_id\"") > 1
         || count (text, length, "<service_request_id>") > 1;
}

static gboolean
is_readable_type (const char *type)
{
  return !type || g_ascii_strncasecmp (type, "text/", 5) == 0
         || g_ascii_strncasecmp (type, "application/", 12) == 0;
}

static gboolean
is_ours (const KomekRawReply *raw, const char *key)
{
  return key ? g_strcmp0 (key, raw->key) == 0 : !raw->echoes;
}

/**
 * komek_filing_reply_read:
 *
 * A #KomekReplyReader of the answer to POST requests.
 */
gboolean
komek_filing_reply_read (KomekFilingReply *self, const KomekRawReply *raw, GError **error)
{
  g_autoptr (KomekWireFiling) filing = komek_wire_read_filing (raw->body, error);

  if (!filing)
    return FALSE;
  if (is_ambiguous (raw->body))
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The city gave several numbers");
  else if (!is_ours (raw, filing->key))
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is to another filing");
  else
    {
      self->number = g_steal_pointer (&filing->number);
      self->token = g_steal_pointer (&filing->token);
      self->notice = g_steal_pointer (&filing->notice);
      return TRUE;
    }
  return FALSE;
}

/* Says why not, so that no answer is passed over in silence. */
static gboolean
read_success (KomekFilingReply *self, const KomekRawReply *raw, KomekReplyReader reader)
{
  if (raw->body && is_readable_type (raw->type))
    return reader (self, raw, &self->reason);
  self->reason = g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The city answered %u with %s",
                              raw->status, raw->body ? raw->type : "nothing that could be taken");
  return FALSE;
}

/* From the table; 200 and 201 were read before. */
static KomekFilingKind
judge_status (guint status, gboolean *perhaps_filed)
{
  switch (status)
    {
    case 409:
      *perhaps_filed = TRUE;
      return KOMEK_FILING_WAIT_SAME_KEY;
    case 401:
    case 402:
    case 403:
    case 404:
    case 405:
    case 407:
    case 410:
    case 426:
    case 451:
      return KOMEK_FILING_PAUSE;
    case 408:
    case 421:
    case 425:
    case 429:
    case 503:
    case 507:
    case 511:
      return KOMEK_FILING_RETRY;
    default:
      if (status >= 400 && status < 500)
        return KOMEK_FILING_PARK;
      *perhaps_filed = status < 300 || status >= 400;
      return KOMEK_FILING_RETRY;
    }
}

static KomekFilingKind
judge_line (KomekTransport transport, gboolean *perhaps_filed)
{
  *perhaps_filed =
    transport == KOMEK_TRANSPORT_BROKEN || transport == KOMEK_TRANSPORT_NONSENSE;
  return transport == KOMEK_TRANSPORT_EXPIRED || transport == KOMEK_TRANSPORT_STRANGER
           ? KOMEK_FILING_PAUSE
           : KOMEK_FILING_INDETERMINATE;
}

/* Two kiosks that hear the same shall not come back together; chance has no place in here. */
static guint
find_wait (const KomekRawReply *raw, guint delay)
{
  guint spread = g_str_hash (raw->key ? raw->key : "") % (MOST_WAIT - LEAST_DELAY + 1);

  return delay ? MIN (delay, MOST_WAIT) : LEAST_DELAY + spread;
}

static GError *
explain (const KomekRawReply *raw, KomekFilingKind kind)
{
  g_autofree char *words = raw->body ? komek_wire_read_errors (raw->body, NULL) : NULL;
  gboolean refused = kind == KOMEK_FILING_PAUSE || kind == KOMEK_FILING_PARK;

  if (refused && words)
    return g_error_new_literal (KOMEK_ERROR, KOMEK_ERROR_REFUSED, words);
  return g_error_new (KOMEK_ERROR,
                      refused             ? KOMEK_ERROR_REFUSED
                      : raw->status < 400 ? KOMEK_ERROR_UNREADABLE
                                          : KOMEK_ERROR_UNREACHABLE,
                      "The city answered %u", raw->status);
}

static void
decide_by_line (KomekFilingReply *self, const KomekRawReply *raw)
{
  gboolean clock = raw->cause == KOMEK_CAUSE_CLOCK;

  self->kind = judge_line (raw->transport, &self->perhaps_filed);
  self->reason = g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "%s%s",
                              clock ? "The clock of this device is wrong, or: " : "",
                              raw->what ? raw->what : "There was no whole answer");
}

static void
decide_by_body (KomekFilingReply *self, const KomekRawReply *raw, KomekReplyReader reader)
{
  if (!read_success (self, raw, reader))
    {
      self->kind = KOMEK_FILING_RETRY;
      self->perhaps_filed = TRUE;
    }
  else
    self->kind = self->number ? KOMEK_FILING_DONE : KOMEK_FILING_TOKEN;
}

static void
decide_by_status (KomekFilingReply *self, const KomekRawReply *raw)
{
  self->kind = judge_status (raw->status, &self->perhaps_filed);
  if (self->kind == KOMEK_FILING_WAIT_SAME_KEY)
    self->retry_after_ms = find_wait (raw, self->retry_after_ms);
  self->reason = explain (raw, self->kind);
}

static void
decide_by_answer (KomekFilingReply *self, const KomekRawReply *raw, KomekReplyReader reader)
{
  g_autoptr (GDateTime) time = read_date (raw->date);

  self->time = time ? g_date_time_to_unix (time) : 0;
  self->status = raw->status;
  self->retry_after_ms = komek_filing_reply_read_delay (raw->retry_after, raw->date);
  if (raw->status == SOUP_STATUS_OK || raw->status == SOUP_STATUS_CREATED)
    decide_by_body (self, raw, reader);
  else
    decide_by_status (self, raw);
}

/**
 * komek_filing_reply_decide:
 *
 * Decides what became of a filing, by the table at the head of the source. Of
 * nothing but its argument: the same answer is always the same decision.
 *
 * Returns: (transfer full): what to do
 */
KomekFilingReply *
komek_filing_reply_decide (const KomekRawReply *raw)
{
  return komek_filing_reply_decide_by (raw, komek_filing_reply_read);
}

/**
 * komek_filing_reply_decide_by:
 * @reader: reads a success
 *
 * The same for something else that was written.
 *
 * Returns: (transfer full): what to do
 */
KomekFilingReply *
komek_filing_reply_decide_by (const KomekRawReply *raw, KomekReplyReader reader)
{
  KomekFilingReply *self = g_new0 (KomekFilingReply, 1);

  if (raw->transport != KOMEK_TRANSPORT_WHOLE && raw->transport != KOMEK_TRANSPORT_EXCESS)
    decide_by_line (self, raw);
  else
    decide_by_answer (self, raw, reader);
  if (self->reason && self->reason->domain == KOMEK_ERROR)
    komek_error_set_cause (self->reason, raw->cause);
  return self;
}
