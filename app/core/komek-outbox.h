/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-draft.h"
#include "komek-request.h"

#define KOMEK_TYPE_OUTBOX (komek_outbox_get_type ())
G_DECLARE_INTERFACE (KomekOutbox, komek_outbox, KOMEK, OUTBOX, GObject)

/**
 * KomekOutbox:
 *
 * Takes what a citizen has written and brings it to the city. A port.
 */
struct _KomekOutboxInterface
{
  GTypeInterface parent;

  void (*submit_async) (KomekOutbox *self, KomekDraft *draft, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data);
  KomekRequest *(*submit_finish) (KomekOutbox *self, GAsyncResult *result, GError **error);
};

void komek_outbox_submit_async (KomekOutbox *self, KomekDraft *draft, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
KomekRequest *komek_outbox_submit_finish (KomekOutbox *self, GAsyncResult *result, GError **error);
