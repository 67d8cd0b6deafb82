/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekRegistration:
 * @number: (nullable): %NULL while only a token was given
 * @token: (nullable): %NULL where a number was given at once
 * @replayed: whether the request had been registered before
 *
 * What the storage answers to a request that was filed.
 */
typedef struct
{
  char    *number;
  char    *token;
  gboolean replayed;
} KomekRegistration;

KomekRegistration *komek_registration_new (const char *number, const char *token,
                                           gboolean replayed);
void komek_registration_free (KomekRegistration *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekRegistration, komek_registration_free)
