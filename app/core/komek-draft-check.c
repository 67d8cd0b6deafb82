/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-draft-private.h"

#include "komek-error.h"

/* Whether the city could do something with a draft, and what of it travels. */

/**
 * komek_draft_dup_address:
 *
 * Returns: (transfer full): the address with the landmark behind it, as it is sent
 */
char *
komek_draft_dup_address (KomekDraft *self)
{
  const char *address = self->place ? komek_place_get_address (self->place) : "";

  if (*self->landmark == '\0' || *address == '\0')
    return g_strdup (*address ? address : self->landmark);
  return g_strdup_printf ("%s · %s", address, self->landmark);
}

gboolean
komek_draft_is_empty (KomekDraft *self)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), TRUE);

  return !self->service && !self->place && *self->landmark == '\0' && *self->text == '\0'
         && self->photos->len == 0 && !self->contact;
}

/**
 * komek_draft_check_answer:
 *
 * Fails with %KOMEK_ERROR_INCOMPLETE where the answer to an attribute is missing though
 * required, is of another kind, or is one too many.
 */
gboolean
komek_draft_check_answer (KomekDraft *self, KomekAttribute *attribute, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_DRAFT (self), FALSE);

  return komek_draft_answers_check_one (self->answers, attribute, error);
}

/**
 * komek_draft_check:
 *
 * Fails with %KOMEK_ERROR_INCOMPLETE where the city could do nothing with it yet.
 */
gboolean
komek_draft_check (KomekDraft *self, GError **error)
{
  g_autofree char *address = NULL;
  glong length = g_utf8_strlen (self->text, -1);

  g_return_val_if_fail (KOMEK_IS_DRAFT (self), FALSE);

  address = komek_draft_dup_address (self);
  if (!self->service)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE, "The draft has no service");
  else if (komek_service_needs_place (self->service) && *address == '\0'
           && !(self->place && komek_place_has_point (self->place)))
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE, "The draft has no place");
  else if (length == 0 || length > KOMEK_DRAFT_MAX_TEXT)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE, "The draft's text has %ld letters",
                 length);
  else
    return komek_draft_answers_check (self->answers, error);
  return FALSE;
}
