/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox.h"

G_DEFINE_INTERFACE (KomekOutbox, komek_outbox, G_TYPE_OBJECT)

static void
komek_outbox_default_init (KomekOutboxInterface *iface)
{
}

/**
 * komek_outbox_submit_async:
 * @draft: read at once; changes made later do not travel
 *
 * Sends a draft to the city. The same draft sent again after a failure makes no
 * second request there: its key tells.
 */
void
komek_outbox_submit_async (KomekOutbox *self, KomekDraft *draft, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX (self));
  g_return_if_fail (KOMEK_IS_DRAFT (draft));

  KOMEK_OUTBOX_GET_IFACE (self)->submit_async (self, draft, cancellable, callback, data);
}

/**
 * komek_outbox_submit_finish:
 *
 * Returns: (transfer full) (nullable): the request as the city registered it;
 *   %NULL where it may not have arrived: the draft is to be kept
 */
KomekRequest *
komek_outbox_submit_finish (KomekOutbox *self, GAsyncResult *result, GError **error)
{
  return KOMEK_OUTBOX_GET_IFACE (self)->submit_finish (self, result, error);
}
