/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "komek-answer.h"
#include "komek-clock.h"

/**
 * KomekExchangeLimits:
 * @idle: seconds without a single byte, for a session that the client makes itself
 * @connect: milliseconds until a connection stands
 * @total: milliseconds for the whole answer
 * @upload: milliseconds for a photo and the whole answer to it
 * @most_bytes: the longest answer that is taken
 * @token_first: milliseconds until a city is asked again for a number that was not ready; the
 *   time doubles from then on
 * @token_total: milliseconds for which it is asked at all
 *
 * What a city may take of our time and memory; 0 for the usual.
 */
typedef struct
{
  guint idle;
  guint connect;
  guint total;
  guint upload;
  gsize most_bytes;
  guint token_first;
  guint token_total;
} KomekExchangeLimits;

/**
 * KomekExchangePlan:
 * @total: milliseconds for the whole answer
 * @connect: milliseconds until a connection stands
 * @most_bytes: the longest answer that is taken
 *
 * What one exchange may take.
 */
typedef struct
{
  guint total;
  guint connect;
  gsize most_bytes;
} KomekExchangePlan;

void komek_exchange_async (SoupSession *session, SoupMessage *message,
                           const KomekExchangePlan *plan, KomekClock *clock,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
KomekAnswer *komek_exchange_finish (GAsyncResult *result, GError **error);
