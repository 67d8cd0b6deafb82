/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-answer.h"

#include <string.h>

#include "komek-error.h"
#include "komek-wire-error.h"

void
komek_answer_free (KomekAnswer *self)
{
  g_free (self->what);
  g_free (self->reason);
  g_free (self->type);
  g_free (self->retry_after);
  g_free (self->date);
  g_free (self->etag);
  g_free (self->link);
  g_free (self->allow);
  g_free (self->url);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/* Whether there is something to read. */
gboolean
komek_answer_is_success (const KomekAnswer *self)
{
  return self->transport == KOMEK_TRANSPORT_WHOLE && (self->status == 200 || self->status == 201);
}

/* Whoever waits for a city's JSON or XML gets the pages of people from somebody else. */
static gboolean
is_page (GBytes *body)
{
  static const char *const beginnings[] = { "<!doctype html", "<html" };
  gsize length;
  const char *text = body ? g_bytes_get_data (body, &length) : NULL;
  gsize i = text && length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (text && i < length && g_ascii_isspace (text[i]))
    i++;
  for (guint n = 0; text && n < G_N_ELEMENTS (beginnings); n++)
    if (length - i >= strlen (beginnings[n])
        && g_ascii_strncasecmp (text + i, beginnings[n], strlen (beginnings[n])) == 0)
      return TRUE;
  return FALSE;
}

/**
 * komek_answer_find_cause:
 *
 * Returns: what stands between us and the city, where this was no answer of one
 */
KomekCause
komek_answer_find_cause (const KomekAnswer *self)
{
  if (self->transport != KOMEK_TRANSPORT_WHOLE && self->transport != KOMEK_TRANSPORT_EXCESS)
    return self->cause;
  if (self->status == 401 || self->status == 403)
    return KOMEK_CAUSE_KEY;
  if (self->status == 407 || self->status == 511 || (self->status < 400 && is_page (self->body)))
    return KOMEK_CAUSE_GATE;
  return self->status >= 500 ? KOMEK_CAUSE_BREAKDOWN : KOMEK_CAUSE_UNKNOWN;
}

static GError *
explain_line (const KomekAnswer *self)
{
  KomekError code = self->transport == KOMEK_TRANSPORT_NONSENSE
                        || self->transport == KOMEK_TRANSPORT_EXCESS
                      ? KOMEK_ERROR_UNREADABLE
                      : KOMEK_ERROR_UNREACHABLE;
  gboolean clock = self->cause == KOMEK_CAUSE_CLOCK;

  return g_error_new (KOMEK_ERROR, code, "%s%s",
                      clock ? "The clock of this device is wrong, or: " : "",
                      self->what ? self->what : "There was no whole answer");
}

/* Statuses that say nothing of what was asked, only that it is not the moment. */
static gboolean
is_passing (guint status)
{
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

static GError *
explain_status (const KomekAnswer *self)
{
  g_autofree char *words = komek_wire_read_errors (self->body, NULL);
  KomekError code;

  code = is_passing (self->status)           ? KOMEK_ERROR_UNREACHABLE
         : words && self->status >= 400      ? KOMEK_ERROR_REFUSED
                                             : KOMEK_ERROR_UNREADABLE;
  if (code == KOMEK_ERROR_REFUSED)
    return g_error_new_literal (KOMEK_ERROR, code, words);
  return g_error_new (KOMEK_ERROR, code, "The city answered %u %s%s%s", self->status,
                      self->reason ? self->reason : "", words ? ": " : "", words ? words : "");
}

/**
 * komek_answer_explain:
 *
 * A refusal is told in the city's words; one without words is no answer of a city.
 *
 * Returns: (transfer full): why an answer that is no success is none
 */
GError *
komek_answer_explain (const KomekAnswer *self)
{
  GError *error = self->transport == KOMEK_TRANSPORT_WHOLE ? explain_status (self)
                                                           : explain_line (self);

  komek_error_set_cause (error, komek_answer_find_cause (self));
  return error;
}
