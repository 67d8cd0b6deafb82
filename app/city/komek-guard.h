/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "komek-proxies.h"
#include "komek-settings.h"

/**
 * KomekGuardReason:
 * @KOMEK_GUARD_SILENT: nothing came for too long, or the headers came too slowly
 * @KOMEK_GUARD_SLOW: the body came too slowly
 * @KOMEK_GUARD_UNTAKEN: the answer was not fetched in time
 * @KOMEK_GUARD_CROWD: there are too many connections
 * @KOMEK_GUARD_ADDRESS: there are too many from one address
 * @KOMEK_GUARD_BODY: the body is too long for the call
 * @KOMEK_GUARD_HELD: too much is held in memory already
 * @KOMEK_GUARD_HOST: it has no host, or two
 * @KOMEK_GUARD_LENGTH: the length of the body is said twice
 * @KOMEK_GUARD_METHOD: HTTP has no such method
 * @KOMEK_GUARD_URI: the address is too long
 * @KOMEK_GUARD_HEADERS: the headers are too long
 * @KOMEK_GUARD_END: the server ends
 *
 * Why the guard turned somebody away.
 */
typedef enum
{
  KOMEK_GUARD_SILENT,
  KOMEK_GUARD_SLOW,
  KOMEK_GUARD_UNTAKEN,
  KOMEK_GUARD_CROWD,
  KOMEK_GUARD_ADDRESS,
  KOMEK_GUARD_BODY,
  KOMEK_GUARD_HELD,
  KOMEK_GUARD_HOST,
  KOMEK_GUARD_LENGTH,
  KOMEK_GUARD_METHOD,
  KOMEK_GUARD_URI,
  KOMEK_GUARD_HEADERS,
  KOMEK_GUARD_END,
} KomekGuardReason;

#define KOMEK_N_GUARD_REASONS 13

const char *komek_guard_reason_get_code (KomekGuardReason reason);

#define KOMEK_TYPE_GUARD (komek_guard_get_type ())
G_DECLARE_FINAL_TYPE (KomekGuard, komek_guard, KOMEK, GUARD, GObject)

KomekGuard *komek_guard_new (SoupServer *soup, const KomekSettings *settings,
                             const KomekProxies *proxies);
gboolean komek_guard_listen (KomekGuard *self, GSocketAddress *address, GError **error);
GSocketAddress *komek_guard_dup_address (KomekGuard *self, GError **error);
void komek_guard_stop_listening (KomekGuard *self);
void komek_guard_close (KomekGuard *self);

gboolean komek_guard_refused (KomekGuard *self, SoupServerMessage *message);
gboolean komek_guard_begin_answer (KomekGuard *self, SoupServerMessage *message, gsize size);

guint komek_guard_get_connections (KomekGuard *self);
gsize komek_guard_get_held (KomekGuard *self);
guint64 komek_guard_get_count (KomekGuard *self, KomekGuardReason reason);
