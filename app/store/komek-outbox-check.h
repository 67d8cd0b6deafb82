/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _KomekOutboxCheck KomekOutboxCheck;

KomekOutboxCheck *komek_outbox_check_new (const char *path, guint64 inode);
void komek_outbox_check_free (KomekOutboxCheck *self);
gboolean komek_outbox_check_is_over (KomekOutboxCheck *self, gboolean *broken);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOutboxCheck, komek_outbox_check_free)
