/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-outbox-store.h"
#include "komek-outbox-thread.h"

/**
 * KomekOutboxStore:
 *
 * What waits for the city, in a file of this device: durable before anybody hears of it, locked, in
 * order.
 *
 * Everything happens in a thread of its own, one thing after the other. What is
 * asked of it is done even where the program goes on or ends; finalizing waits.
 */
struct _KomekOutboxStore
{
  GObject            parent;
  KomekVault        *vault;
  char              *address;
  KomekOutboxThread *thread;
};

/* What a work without a result gives. */
extern char komek_outbox_done[];

KomekOutboxJob *komek_outbox_make_job (KomekOutboxStore *self, KomekOutboxWork work,
                                             GDestroyNotify destroy, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer data);
gpointer komek_outbox_take_result (KomekOutboxStore *self, GAsyncResult *result,
                                         GError **error);
