/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-registration.h"

/**
 * komek_registration_new:
 *
 * Returns: (transfer full): a registration with copies of its texts
 */
KomekRegistration *
komek_registration_new (const char *number, const char *token, gboolean replayed)
{
  KomekRegistration *self = g_new0 (KomekRegistration, 1);

  self->number = g_strdup (number);
  self->token = g_strdup (token);
  self->replayed = replayed;
  return self;
}

void
komek_registration_free (KomekRegistration *self)
{
  g_free (self->number);
  g_free (self->token);
  g_free (self);
}
