/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"
#include "komek-outbox-copy.h"

typedef struct _KomekOutboxFile KomekOutboxFile;

KomekOutboxFile *komek_outbox_file_new (const char *path, const char *machine);
void komek_outbox_file_set_small (KomekOutboxFile *self, guint64 small);
void komek_outbox_file_free (KomekOutboxFile *self);
KomekDatabase *komek_outbox_file_open (KomekOutboxFile *self, GError **error);
gboolean komek_outbox_file_reconcile (KomekOutboxFile *self, GError **error);
const char *komek_outbox_file_get_path (KomekOutboxFile *self);
const char *komek_outbox_file_get_copies (KomekOutboxFile *self);
const char *komek_outbox_file_get_votes (KomekOutboxFile *self);
gboolean komek_outbox_file_is_broken (KomekOutboxFile *self);
gboolean komek_outbox_file_lead (KomekOutboxFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOutboxFile, komek_outbox_file_free)
