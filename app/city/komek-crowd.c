/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-crowd.h"

#include <string.h>

#include "komek-metrics.h"

/**
 * KomekCrowd:
 *
 * How many are in and how much they hold, in all threads together, and why
 * others were turned away. Any thread may use it.
 */
struct _KomekCrowd
{
  const KomekSettings *settings;
  GMutex               lock;
  guint                connections;
  GHashTable          *addresses; /* the text of an address to how many connections it has */
  gsize                held;
  guint64              counts[KOMEK_N_CROWD_REASONS];
};

static const struct
{
  const char *code;
  const char *status; /* NULL where nothing is said */
} reasons[] = {
  [KOMEK_CROWD_SILENT] = { "silent", NULL },
  [KOMEK_CROWD_SLOW] = { "slow", "408 Request Timeout" },
  [KOMEK_CROWD_UNTAKEN] = { "untaken", NULL },
  [KOMEK_CROWD_FULL] = { "full", "503 Service Unavailable" },
  [KOMEK_CROWD_ADDRESS] = { "address", "503 Service Unavailable" },
  [KOMEK_CROWD_BODY] = { "body", "413 Content Too Large" },
  [KOMEK_CROWD_HELD] = { "held", "503 Service Unavailable" },
  [KOMEK_CROWD_HOST] = { "host", "400 Bad Request" },
  [KOMEK_CROWD_LENGTH] = { "length", "400 Bad Request" },
  [KOMEK_CROWD_CHUNKED] = { "chunked", "411 Length Required" },
  [KOMEK_CROWD_METHOD] = { "method", "501 Not Implemented" },
  [KOMEK_CROWD_URI] = { "uri", "414 URI Too Long" },
  [KOMEK_CROWD_HEADERS] = { "headers", "431 Request Header Fields Too Large" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (reasons) == KOMEK_N_CROWD_REASONS);

/**
 * komek_crowd_new:
 * @settings: must live as long as the crowd
 *
 * Returns: (transfer full): a crowd of nobody
 */
KomekCrowd *
komek_crowd_new (const KomekSettings *settings)
{
  KomekCrowd *self = g_new0 (KomekCrowd, 1);

  self->settings = settings;
  g_mutex_init (&self->lock);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
komek_crowd_free (KomekCrowd *self)
{
  g_mutex_clear (&self->lock);
  g_hash_table_unref (self->addresses);
  g_free (self);
}

static void
set_count (KomekCrowd *self, const char *address, guint n)
{
  if (n > 0)
    g_hash_table_insert (self->addresses, g_strdup (address), GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->addresses, address);
}

/**
 * komek_crowd_enter:
 * @address: (nullable): where they come from; %NULL where that is not counted
 * @reason: (out): why not
 *
 * Returns: whether there is room for one more, who then leaves with komek_crowd_leave()
 */
gboolean
komek_crowd_enter (KomekCrowd *self, const char *address, KomekCrowdReason *reason)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint n = address ? GPOINTER_TO_UINT (g_hash_table_lookup (self->addresses, address)) : 0;

  *reason = KOMEK_CROWD_FULL;
  if (self->connections >= self->settings->connections)
    return FALSE;
  *reason = KOMEK_CROWD_ADDRESS;
  if (n >= self->settings->connections_per_address)
    return FALSE;
  self->connections++;
  if (address)
    set_count (self, address, n + 1);
  return TRUE;
}

void
komek_crowd_leave (KomekCrowd *self, const char *address)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->connections--;
  if (address)
    set_count (self, address,
               GPOINTER_TO_UINT (g_hash_table_lookup (self->addresses, address)) - 1);
}

/**
 * komek_crowd_hold:
 *
 * Returns: whether @size bytes more may be held, until komek_crowd_release()
 */
gboolean
komek_crowd_hold (KomekCrowd *self, gsize size)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->held + size > self->settings->held_bytes)
    return FALSE;
  self->held += size;
  return TRUE;
}

void
komek_crowd_release (KomekCrowd *self, gsize size)
{
  g_autoptr (GMutexLocker) locker = NULL;

  if (size == 0)
    return;
  locker = g_mutex_locker_new (&self->lock);
  self->held -= size;
}

void
komek_crowd_count (KomekCrowd *self, KomekCrowdReason reason)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->counts[reason]++;
}

/* What came already is read: closing a socket with something unread would tear
 * away the answer too. */
static void
say (GSocket *socket, const char *status)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\nConnection: close\r\n"
                                           "Content-Type: text/plain; charset=utf-8\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n%s\n",
                                           status, strlen (status) + 1,
                                           g_str_has_prefix (status, "503") ? "Retry-After: 5\r\n"
                                                                            : "",
                                           status);
  char ignored[4096];

  g_socket_send_with_blocking (socket, text, strlen (text), FALSE, NULL, NULL);
  for (guint i = 0; i < 64; i++)
    if (g_socket_receive_with_blocking (socket, ignored, sizeof ignored, FALSE, NULL, NULL) <= 0)
      break;
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
}

/**
 * komek_crowd_turn_away:
 *
 * Says why, where that is any use, and counts it; closing is the caller's.
 * Libsoup says nothing on a socket before it has read a whole call, so it can
 * be answered behind its back.
 */
void
komek_crowd_turn_away (KomekCrowd *self, GSocket *socket, KomekCrowdReason reason)
{
  komek_crowd_count (self, reason);
  if (reasons[reason].status)
    say (socket, reasons[reason].status);
}

/**
 * komek_crowd_write:
 *
 * Adds what is counted to @text, for Prometheus.
 */
void
komek_crowd_write (KomekCrowd *self, GString *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  komek_metrics_describe (text, "komek_city_connections", "gauge", "Open connections.");
  komek_metrics_add (text, "komek_city_connections", NULL, NULL, self->connections);
  komek_metrics_describe (text, "komek_city_held_bytes", "gauge",
                          "Bytes of bodies and answers held in memory.");
  komek_metrics_add (text, "komek_city_held_bytes", NULL, NULL, self->held);
  komek_metrics_describe (text, "komek_city_turned_away_total", "counter",
                          "Connections that were closed, by reason.");
  for (guint i = 0; i < KOMEK_N_CROWD_REASONS; i++)
    komek_metrics_add (text, "komek_city_turned_away_total", "reason", reasons[i].code,
                       self->counts[i]);
}
