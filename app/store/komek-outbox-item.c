/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-item.h"

void
komek_outbox_item_free (KomekOutboxItem *self)
{
  g_free (self->key);
  g_free (self->local);
  g_free (self->number);
  g_free (self->token);
  g_free (self);
}
