/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-caller.h"

#include <string.h>

static const char *const codes[] = {
  [KOMEK_ROLE_ANONYMOUS] = "anonymous", [KOMEK_ROLE_PHONE] = "phone",
  [KOMEK_ROLE_KIOSK] = "kiosk",         [KOMEK_ROLE_MIRROR] = "mirror",
  [KOMEK_ROLE_STAFF] = "staff",         [KOMEK_ROLE_LOCAL] = "local",
};

G_STATIC_ASSERT (G_N_ELEMENTS (codes) == KOMEK_N_ROLES);

const char *
komek_role_get_code (KomekRole role)
{
  g_return_val_if_fail (role < KOMEK_N_ROLES, NULL);

  return codes[role];
}

/**
 * komek_role_from_code:
 * @role: (out): left alone where there is no such role
 */
gboolean
komek_role_from_code (const char *code, KomekRole *role)
{
  for (guint i = 0; i < KOMEK_N_ROLES; i++)
    if (g_strcmp0 (code, codes[i]) == 0)
      {
        *role = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * komek_caller_new:
 *
 * Returns: (transfer full): the caller
 */
KomekCaller *
komek_caller_new (const char *id, KomekRole role, const char *name)
{
  KomekCaller *self = g_new0 (KomekCaller, 1);

  g_atomic_ref_count_init (&self->refs);
  self->id = g_strdup (id);
  self->role = role;
  self->name = g_strdup (name);
  return self;
}

KomekCaller *
komek_caller_ref (KomekCaller *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_caller_unref (KomekCaller *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * komek_caller_hash_key:
 * @key: as it was given out
 *
 * A key is 256 random bits, so a plain hash of it can be kept: there is
 * nothing to guess that a slow hash would have to protect.
 *
 * Returns: (transfer full): what is kept of the key, SHA-256 in hexadecimal digits
 */
char *
komek_caller_hash_key (const char *key)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
}
