/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-watch.h"

#include <string.h>

#include "komek-refusal.h"

/* How the server is, for those who look after it: whether it is well, and how
 * much it does. */

static KomekReply *
new_health (guint status, const char *word)
{
  char *text = g_strdup_printf ("{\"status\":\"%s\"}\n", word);
  KomekReply *reply = komek_reply_new (status, "application/json; charset=utf-8",
                                       g_bytes_new_take (text, strlen (text)));

  reply->cache = "no-store";
  reply->retry_after = status == 503 ? KOMEK_REFUSAL_SECONDS : 0;
  return reply;
}

/**
 * komek_watch_health:
 *
 * Asks the storage something small, and whether what is being written gets
 * there. Whoever calls waits only so long for it, see komek_watch_new_late().
 *
 * Returns: (transfer full): 200 where it answers, 503 where it does not
 */
KomekReply *
komek_watch_health (const KomekCall *call, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *note = komek_storage_dup_note (call->office->storage, "city_id", &reason);

  if (note && komek_storage_get_delay (call->office->storage, FALSE) > call->office->late_us)
    return komek_watch_new_late ();
  if (note)
    return new_health (200, "ok");
  g_message ("The storage is not well: %s", reason->message);
  return new_health (503, "storage");
}

/**
 * komek_watch_new_late:
 *
 * Returns: (transfer full): what to say where the storage takes too long to say anything
 */
KomekReply *
komek_watch_new_late (void)
{
  return new_health (503, "late");
}

/**
 * komek_watch_metrics:
 *
 * Returns: (transfer full): what the storage counts; the hall adds what it counts itself, see
 *   komek_watch_write()
 */
KomekReply *
komek_watch_metrics (const KomekCall *call, GError **error)
{
  GString *text = g_string_new (NULL);
  KomekReply *reply;
  guint n_pending;

  if (komek_storage_count_pending (call->office->storage, &n_pending, NULL))
    {
      komek_metrics_describe (text, "komek_city_pending_tokens", "gauge",
                              "Filed requests that have a token and no number yet.");
      komek_metrics_add (text, "komek_city_pending_tokens", NULL, NULL, n_pending);
    }
  reply = komek_reply_new (200, "text/plain; version=0.0.4; charset=utf-8",
                           g_string_free_to_bytes (text));
  reply->cache = "no-store";
  return reply;
}

static void
write_gate (KomekGate *gate, GString *text)
{
  komek_metrics_describe (text, "komek_city_limited_total", "counter",
                          "Calls that came too often, by role.");
  for (guint i = 0; i < KOMEK_N_ROLES; i++)
    komek_metrics_add (text, "komek_city_limited_total", "role", komek_role_get_code (i),
                       komek_gate_get_limited (gate, i));
  komek_metrics_describe (text, "komek_city_busy_networks_total", "counter",
                          "Filings of phones from networks that file a lot.");
  komek_metrics_add (text, "komek_city_busy_networks_total", NULL, NULL,
                     komek_gate_get_noted (gate));
}

/**
 * komek_watch_write:
 * @counted: what the storage counts
 *
 * Returns: (transfer full): all that is counted
 */
GBytes *
komek_watch_write (GBytes *counted, KomekMetrics *metrics, KomekCrowd *crowd, KomekGate *gate)
{
  GString *text = g_string_new_len (g_bytes_get_data (counted, NULL), g_bytes_get_size (counted));

  komek_metrics_write (metrics, text);
  komek_crowd_write (crowd, text);
  write_gate (gate, text);
  return g_string_free_to_bytes (text);
}
