/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clock.h"
#include "komek-geo-report.h"
#include "komek-mirror.h"
#include "komek-outbox-store.h"
#include "komek-outbox.h"

/**
 * KomekDeliveryTimes:
 * @backoff_base: within which the first new try comes after a failure
 * @backoff_cap: within which every later one comes
 * @heartbeat: from one try to the next while the city takes nothing from us
 * @guard: from an answer that was lost to the look whether the city has it, where it knows no keys
 * @outstanding: how long to wait for a filing that the city is still working on; up to five times
 * that
 * @look: from one look at the queue to the next
 * @tidy: from one removal of what is over to the next
 * @overdue: after how many seconds waiting is an alarm; the one figure here in seconds
 * @window: how many are on their way at once; the one figure here that is no time
 *
 * How the queue is sent, in milliseconds; 0 for the usual.
 */
typedef struct
{
  guint backoff_base;
  guint backoff_cap;
  guint heartbeat;
  guint guard;
  guint outstanding;
  guint look;
  guint tidy;
  guint overdue;
  guint window;
} KomekDeliveryTimes;

#define KOMEK_TYPE_DELIVERY (komek_delivery_get_type ())
G_DECLARE_FINAL_TYPE (KomekDelivery, komek_delivery, KOMEK, DELIVERY, GObject)

KomekDelivery *komek_delivery_new (KomekOutboxStore *store, KomekVault *vault, KomekMirror *mirror,
                                   KomekClock *clock, const KomekDeliveryTimes *times);
void komek_delivery_connect (KomekDelivery *self, KomekGeoReport *client);
void komek_delivery_nudge (KomekDelivery *self);
