/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clock.h"
#include "komek-geo-report.h"
#include "komek-mirror.h"

/**
 * KomekSyncTimes:
 * @poll: from the end of one look at the city to the next
 * @discovery: from one time that the city is asked who it is to the next
 * @backoff_base: within which the first new try comes after a failure
 * @backoff_cap: within which every later one comes
 * @page_size: how many requests are asked for at once; the first of those that are no times
 * @glance: how many are asked for first of all, so that something is there soon
 * @window: seconds of the longest span that a city of the standard is asked for
 * @most_empty: so many of them without a request are taken for the beginning of the city
 * @cap: no city gives more requests at once
 *
 * How the mirror follows the city, in milliseconds; 0 for the usual.
 */
typedef struct
{
  guint  poll;
  guint  discovery;
  guint  backoff_base;
  guint  backoff_cap;
  guint  page_size;
  guint  glance;
  gint64 window;
  guint  most_empty;
  guint  cap;
} KomekSyncTimes;

#define KOMEK_TYPE_SYNC (komek_sync_get_type ())
G_DECLARE_FINAL_TYPE (KomekSync, komek_sync, KOMEK, SYNC, GObject)

KomekSync *komek_sync_new (KomekMirror *mirror, KomekClock *clock, const KomekSyncTimes *times);
void komek_sync_connect (KomekSync *self, KomekGeoReport *client);
void komek_sync_give_up (KomekSync *self, const GError *problem);
