/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-outbox-item.h"

/**
 * KomekOutboxCopy:
 * @item: the row, without what the city said
 * @payload: locked
 * @photos: (element-type GBytes): locked
 *
 * A request of the outbox in a file of its own.
 */
typedef struct
{
  KomekOutboxItem *item;
  GBytes          *payload;
  GPtrArray       *photos;
} KomekOutboxCopy;

void komek_outbox_copy_free (KomekOutboxCopy *self);
gboolean komek_outbox_copy_write (const char *folder, const KomekOutboxCopy *copy, GError **error);
KomekOutboxCopy *komek_outbox_copy_read (const char *folder, const char *key, GError **error);
void komek_outbox_copy_remove (const char *folder, const char *key);
GPtrArray *komek_outbox_copy_list (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOutboxCopy, komek_outbox_copy_free)
