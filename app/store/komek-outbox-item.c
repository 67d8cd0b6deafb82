/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-item.h"

KomekOutboxItem *
komek_outbox_item_copy (const KomekOutboxItem *self)
{
  KomekOutboxItem *copy = g_new (KomekOutboxItem, 1);

  *copy = *self;
  copy->key = g_strdup (self->key);
  copy->local = g_strdup (self->local);
  copy->number = g_strdup (self->number);
  copy->token = g_strdup (self->token);
  return copy;
}

void
komek_outbox_item_free (KomekOutboxItem *self)
{
  g_free (self->key);
  g_free (self->local);
  g_free (self->number);
  g_free (self->token);
  g_free (self);
}
