/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-outbox-file.h"
#include "komek-vault.h"

typedef struct _KomekOutboxFormer KomekOutboxFormer;

char **komek_outbox_former_find (const char *path);

KomekOutboxFormer *komek_outbox_former_new (const char *const *paths, const char *machine,
                                            KomekVault *vault);
void komek_outbox_former_free (KomekOutboxFormer *self);
guint komek_outbox_former_get_strays (const KomekOutboxFormer *self);
void komek_outbox_former_look (KomekOutboxFormer *self, gint64 before);
void komek_outbox_former_list (KomekOutboxFormer *self, GPtrArray *pending);
gboolean komek_outbox_former_adopt (KomekOutboxFormer *self, KomekOutboxFile *into, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOutboxFormer, komek_outbox_former_free)
