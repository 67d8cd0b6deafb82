/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-answer.h"

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

static GError *
explain_line (const KomekAnswer *self)
{
  KomekError code = self->transport == KOMEK_TRANSPORT_NONSENSE
                        || self->transport == KOMEK_TRANSPORT_EXCESS
                      ? KOMEK_ERROR_UNREADABLE
                      : KOMEK_ERROR_UNREACHABLE;

  return g_error_new (KOMEK_ERROR, code, "%s%s",
                      self->clock_suspect ? "The clock of this device is wrong, or: " : "",
                      self->what ? self->what : "There was no whole answer");
}

/* Statuses that say nothing of what was asked, only that it is not the moment. */
static gboolean
is_passing (guint status)
{
  return status == 408 || status == 425 || status == 429 || status >= 500;
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
  g_autofree char *words = NULL;
  KomekError code;

  if (self->transport != KOMEK_TRANSPORT_WHOLE)
    return explain_line (self);
  words = komek_wire_read_errors (self->body, NULL);
  code = is_passing (self->status)           ? KOMEK_ERROR_UNREACHABLE
         : words && self->status >= 400      ? KOMEK_ERROR_REFUSED
                                             : KOMEK_ERROR_UNREADABLE;
  if (code == KOMEK_ERROR_REFUSED)
    return g_error_new_literal (KOMEK_ERROR, code, words);
  return g_error_new (KOMEK_ERROR, code, "The city answered %u %s%s%s", self->status,
                      self->reason ? self->reason : "", words ? ": " : "", words ? words : "");
}
