/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-backoff.h"
#include "komek-outbox-item.h"

/**
 * KomekEffort:
 * @item: as it stands in the store
 * @backoff: of this item alone
 * @due: the monotonic time before which it is left alone
 * @quiet: the monotonic time until which the city does not want to hear of it
 * @first_seen: the monotonic time when it was first met in this run
 * @busy: whether a step of it is on its way
 * @alarmed: whether somebody was told that it has waited for too long
 *
 * An item of the queue and how it fares.
 */
typedef struct
{
  KomekOutboxItem *item;
  KomekBackoff     backoff;
  gint64           due;
  gint64           quiet;
  gint64           first_seen;
  gboolean         busy;
  gboolean         alarmed;
} KomekEffort;

typedef struct _KomekQueue KomekQueue;

KomekQueue *komek_queue_new (const KomekBackoff *backoff);
void komek_queue_free (KomekQueue *self);
void komek_queue_update (KomekQueue *self, GPtrArray *items);
KomekEffort *komek_queue_find (KomekQueue *self, gint64 sequence);
KomekEffort *komek_queue_next (KomekQueue *self, gint64 now, gint64 *due);
void komek_queue_remove (KomekQueue *self, gint64 sequence);
void komek_queue_hurry (KomekQueue *self);
guint komek_queue_count_busy (KomekQueue *self);
KomekEffort *komek_queue_peek (KomekQueue *self, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekQueue, komek_queue_free)
