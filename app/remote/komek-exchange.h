/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

/**
 * KomekExchangeLimits:
 * @idle: seconds without a single byte, for a session that the client makes itself
 * @total: milliseconds for the whole answer
 * @most_bytes: the longest answer that is taken
 *
 * What a city may take of our time and memory; 0 for the usual.
 */
typedef struct
{
  guint idle;
  guint total;
  gsize most_bytes;
} KomekExchangeLimits;

void komek_exchange_async (SoupSession *session, SoupMessage *message,
                           const KomekExchangeLimits *limits, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
GBytes *komek_exchange_finish (GAsyncResult *result, GError **error);
