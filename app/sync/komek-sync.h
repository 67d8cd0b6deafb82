/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clock.h"
#include "komek-geo-report.h"
#include "komek-mirror.h"

/**
 * KomekSyncTimes:
 * @poll: from the end of one look at the city to the next
 * @backoff_base: within which the first new try comes after a failure
 * @backoff_cap: within which every later one comes
 * @page_size: how many requests are asked for at once; the one figure here that is no time
 *
 * How the mirror follows the city, in milliseconds; 0 for the usual.
 */
typedef struct
{
  guint poll;
  guint backoff_base;
  guint backoff_cap;
  guint page_size;
} KomekSyncTimes;

#define KOMEK_TYPE_SYNC (komek_sync_get_type ())
G_DECLARE_FINAL_TYPE (KomekSync, komek_sync, KOMEK, SYNC, GObject)

KomekSync *komek_sync_new (KomekMirror *mirror, KomekClock *clock, const KomekSyncTimes *times);
void komek_sync_connect (KomekSync *self, KomekGeoReport *client);
void komek_sync_give_up (KomekSync *self, const GError *problem);
