/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-vault.h"

G_DEFINE_INTERFACE (KomekVault, komek_vault, G_TYPE_OBJECT)

static void
komek_vault_default_init (KomekVaultInterface *iface)
{
}

/**
 * komek_vault_lock:
 * @label: what it is and whose; the same has to be said to open it, so that
 *   nothing locked can be put in the place of another
 *
 * Encrypts bytes with this device's own key.
 *
 * Returns: (transfer full) (nullable): what may lie on a disk
 */
GBytes *
komek_vault_lock (KomekVault *self, GBytes *clear, const char *label, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_VAULT (self), NULL);

  return KOMEK_VAULT_GET_IFACE (self)->lock (self, clear, label, error);
}

/**
 * komek_vault_open:
 *
 * Fails where @locked was changed, has another label or was locked with another key.
 *
 * Returns: (transfer full) (nullable): what was locked
 */
GBytes *
komek_vault_open (KomekVault *self, GBytes *locked, const char *label, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_VAULT (self), NULL);

  return KOMEK_VAULT_GET_IFACE (self)->open (self, locked, label, error);
}

/**
 * komek_vault_seal:
 * @recipient: the public X25519 key of a city, base64
 *
 * Seals a text so that only the city can read it, not even this device.
 *
 * Returns: (transfer full) (nullable): the sealed box, base64
 */
char *
komek_vault_seal (KomekVault *self, const char *text, const char *recipient, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_VAULT (self), NULL);

  return KOMEK_VAULT_GET_IFACE (self)->seal (self, text, recipient, error);
}
