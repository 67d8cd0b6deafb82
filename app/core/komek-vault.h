/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define KOMEK_TYPE_VAULT (komek_vault_get_type ())
G_DECLARE_INTERFACE (KomekVault, komek_vault, KOMEK, VAULT, GObject)

/**
 * KomekVault:
 *
 * Locks bytes so that what lies on the disk tells nobody anything, and seals them for a city. A
 * port.
 *
 * Its functions may be called in any thread. All fail with %KOMEK_ERROR_UNSAVED,
 * and no message of theirs holds anything of what was locked.
 */
struct _KomekVaultInterface
{
  GTypeInterface parent;

  GBytes *(*lock) (KomekVault *self, GBytes *clear, const char *label, GError **error);
  GBytes *(*open) (KomekVault *self, GBytes *locked, const char *label, GError **error);
  char *(*seal) (KomekVault *self, const char *text, const char *recipient, GError **error);
};

GBytes *komek_vault_lock (KomekVault *self, GBytes *clear, const char *label, GError **error);
GBytes *komek_vault_open (KomekVault *self, GBytes *locked, const char *label, GError **error);
char *komek_vault_seal (KomekVault *self, const char *text, const char *recipient, GError **error);
