/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-caller.h"
#include "komek-storage.h"

typedef struct _KomekKeyring KomekKeyring;

KomekKeyring *komek_keyring_new (KomekStorage *storage, gint64 memory_us);
void komek_keyring_free (KomekKeyring *self);
gboolean komek_keyring_remembers (KomekKeyring *self, const char *key);
gboolean komek_keyring_find (KomekKeyring *self, const char *key, KomekCaller **caller,
                             GError **error);
gboolean komek_keyring_recall (KomekKeyring *self, const char *key, KomekCaller **caller);
gboolean komek_keyring_recall_any (KomekKeyring *self, gboolean *any);
gboolean komek_keyring_remembers_any (KomekKeyring *self);
gboolean komek_keyring_has_any (KomekKeyring *self, gboolean *any, GError **error);

char *komek_keyring_add (KomekStorage *storage, KomekRole role, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekKeyring, komek_keyring_free)
