/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-server.h"

#include <string.h>

#include "komek-config.h"
#include "komek-gate.h"
#include "komek-guard.h"
#include "komek-job.h"
#include "komek-metrics.h"
#include "komek-pool.h"
#include "komek-refusal.h"
#include "komek-watch.h"

/* One less than the storage has connections to read with, so that whoever
 * looks at one request in the main loop never waits for a long search. */
#define N_READERS 3

/* Filings that wait for the same commit each hold a thread. */
#define N_WRITERS 16

/**
 * KomekServer:
 *
 * Answers over HTTP: the GeoReport interface below /open311/v2/ and the public web pages.
 *
 * Reading the calls and sending the answers is the main loop's. What an answer
 * says is worked out in threads, so that a slow one holds up nobody: filings
 * wait for the disk in one pool, searches keep to another. Only a look at one
 * request by its number is answered on the spot where the storage is a file:
 * it takes some twenty microseconds, and the way to a thread and back would
 * cost more than that (see tests/bench).
 */
struct _KomekServer
{
  GObject            parent;
  KomekServerOptions options;
  SoupServer        *soup;
  KomekGuard        *guard;
  KomekGate         *gate;
  KomekMetrics      *metrics;
  KomekPool         *readers;
  KomekPool         *writers;
  char              *edition;
  GQuark             running_quark;
  guint              running;
  GTask             *end;
  GSource           *patience;
};

G_DEFINE_FINAL_TYPE (KomekServer, komek_server, G_TYPE_OBJECT)

static void
finish_end (KomekServer *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->end);

  g_source_destroy (self->patience);
  g_clear_pointer (&self->patience, g_source_unref);
  g_task_return_boolean (task, TRUE);
}

/* Belongs to the message: whatever becomes of a call, its message is freed. */
static void
on_message_gone (gpointer data)
{
  g_autoptr (KomekServer) self = data;

  self->running--;
  if (self->end && self->running == 0)
    finish_end (self);
}

static void
begin_call (KomekServer *self, SoupServerMessage *message)
{
  self->running++;
  g_object_set_qdata_full (G_OBJECT (message), self->running_quark, g_object_ref (self),
                           on_message_gone);
}

/* Only this thread may read what was counted. */
static void
fill_metrics (KomekServer *self, KomekJob *job)
{
  if (job->route && job->route->answer == komek_watch_metrics && job->reply->status == 200)
    job->reply->body = komek_watch_write (self->metrics, self->guard, self->gate);
}

/* Sends the reply, in the main loop. */
static void
send_reply (KomekServer *self, KomekJob *job)
{
  GBytes *body;

  fill_metrics (self, job);
  body = job->reply->body;
  if (!komek_guard_begin_answer (self->guard, job->message, body ? g_bytes_get_size (body) : 0))
    komek_job_refuse (job, KOMEK_REFUSAL_BUSY);
  if (job->failed)
    komek_metrics_count_failure (self->metrics);
  komek_metrics_count (self->metrics, job->route, job->reply->status,
                       g_get_monotonic_time () - job->begun);
  if (self->end)
    soup_message_headers_replace (soup_server_message_get_response_headers (job->message),
                                  "Connection", "close");
  komek_job_send (job);
}

static void
drop_late (KomekJob *job)
{
  if (job->late)
    g_source_destroy (job->late);
  g_clear_pointer (&job->late, g_source_unref);
}

static void
work (gpointer data, gpointer server)
{
  komek_job_work (data);
}

static void
on_worked (gpointer data, gpointer server)
{
  KomekJob *job = data;
  g_autoptr (SoupServerMessage) message = g_object_ref (job->message);
  gboolean answered = job->answered;

  drop_late (job);
  if (!answered)
    send_reply (server, job);
  komek_job_free (job);
  if (!answered)
    soup_server_message_unpause (message);
}

/* The job comes back some time, and finds that it was answered. The reply is
 * still the thread's: the message is answered past it. */
static gboolean
on_late (gpointer data)
{
  KomekJob *job = data;
  KomekServer *self = job->server;
  g_autoptr (KomekReply) reply = komek_watch_new_late ();

  job->answered = TRUE;
  komek_guard_begin_answer (self->guard, job->message, g_bytes_get_size (reply->body));
  soup_server_message_set_status (job->message, reply->status, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (job->message),
                                         reply->type, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (job->message),
                                  reply->body);
  komek_metrics_count (self->metrics, job->route, reply->status,
                       g_get_monotonic_time () - job->begun);
  soup_server_message_unpause (job->message);
  drop_late (job);
  return G_SOURCE_REMOVE;
}

static char *
describe_caller (KomekServer *self, SoupServerMessage *message, gboolean *near)
{
  GInetSocketAddress *remote =
    G_INET_SOCKET_ADDRESS (soup_server_message_get_remote_address (message));
  GInetAddress *address = g_inet_socket_address_get_address (remote);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  *near = !self->options.behind_proxy && g_inet_address_get_is_loopback (address);
  return komek_proxies_find_caller (self->options.proxies, address,
                                    soup_message_headers_get_list (headers, "X-Forwarded-For"));
}

/* Another version of the program or of the names writes other answers, and so does another database
 * though it may have seen as many changes; the address is known once the server listens. */
static char *
name_edition (const KomekOffice *office)
{
  const KomekCityFields *city = komek_city_peek (office->city);
  g_autofree char *all =
    g_strconcat (KOMEK_VERSION, city->id, city->changeset, office->base_url, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);

  return g_strndup (sum, 8);
}

static KomekJob *
make_job (KomekServer *self, SoupServerMessage *message, const char *path, GHashTable *arguments)
{
  KomekJob *job = g_new0 (KomekJob, 1);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));

  job->gate = self->gate;
  if (!self->edition)
    self->edition = name_edition (self->options.office);
  job->edition = self->edition;
  job->server = self;
  job->message = g_object_ref (message);
  job->begun = g_get_monotonic_time ();
  job->call = komek_call_new (self->options.office, soup_server_message_get_method (message), path,
                              arguments, headers, body);
  job->route = komek_routes_open (job->call, NULL);
  job->arrival.address = describe_caller (self, message, &job->arrival.near);
  job->arrival.api_key = komek_call_dup_api_key (job->call, headers);
  return job;
}

/* What says no before it asks anybody may be said on the spot too. */
static gboolean
is_quick (KomekServer *self, const KomekJob *job)
{
  return !job->route
         || (job->route->kind == KOMEK_ROUTE_PEEK && self->options.peeks_at_once
             && komek_gate_knows (self->gate, &job->arrival));
}

static void
watch_health (KomekServer *self, KomekJob *job)
{
  job->late = g_timeout_source_new (self->options.settings->health_ms);
  g_source_set_callback (job->late, on_late, job, NULL);
  g_source_attach (job->late, g_main_context_get_thread_default ());
}

static void
answer (KomekServer *self, KomekJob *job)
{
  if (is_quick (self, job))
    {
      komek_job_work (job);
      send_reply (self, job);
      komek_job_free (job);
      return;
    }
  soup_server_message_pause (job->message);
  if (job->route->answer == komek_watch_health)
    watch_health (self, job);
  komek_pool_push (strcmp (job->call->method, "GET") == 0 ? self->readers : self->writers, job);
}

static void
on_call (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *arguments,
         gpointer data)
{
  KomekServer *self = data;

  if (komek_guard_refused (self->guard, message))
    {
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      return;
    }
  begin_call (self, message);
  answer (self, make_job (self, message, path, arguments));
}

static void
komek_server_dispose (GObject *object)
{
  KomekServer *self = KOMEK_SERVER (object);

  komek_server_close (self);
  g_clear_object (&self->guard);
  g_clear_object (&self->soup);
  G_OBJECT_CLASS (komek_server_parent_class)->dispose (object);
}

static void
komek_server_finalize (GObject *object)
{
  KomekServer *self = KOMEK_SERVER (object);

  g_clear_pointer (&self->gate, komek_gate_free);
  g_clear_pointer (&self->metrics, komek_metrics_free);
  g_free (self->edition);
  G_OBJECT_CLASS (komek_server_parent_class)->finalize (object);
}

static void
komek_server_class_init (KomekServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_server_finalize;
}

static void
komek_server_init (KomekServer *self)
{
  self->running_quark = g_quark_from_static_string ("komek-running");
  self->soup = soup_server_new ("server-header", "komek-city", NULL);
  self->metrics = komek_metrics_new ();
  self->readers = komek_pool_new (N_READERS, work, on_worked, self);
  self->writers = komek_pool_new (N_WRITERS, work, on_worked, self);
  soup_server_add_handler (self->soup, NULL, on_call, self, NULL);
}

/**
 * komek_server_new:
 *
 * Returns: (transfer full): a server that does not listen yet
 */
KomekServer *
komek_server_new (const KomekServerOptions *options)
{
  KomekServer *self = g_object_new (KOMEK_TYPE_SERVER, NULL);

  self->options = *options;
  self->gate =
    komek_gate_new (options->office->storage, options->settings, options->local_key);
  self->guard = komek_guard_new (self->soup, options->settings, options->proxies);
  return self;
}

/**
 * komek_server_listen:
 *
 * Accepts calls at @address, which may leave the port open, from now on.
 */
gboolean
komek_server_listen (KomekServer *self, GSocketAddress *address, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_SERVER (self), FALSE);

  return komek_guard_listen (self->guard, address, error);
}

/**
 * komek_server_dup_address:
 *
 * Returns: (transfer full): where the interface answers, with a slash at the end
 */
char *
komek_server_dup_address (KomekServer *self)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *host = NULL;
  GInetSocketAddress *inet;
  gboolean sixth;

  g_return_val_if_fail (KOMEK_IS_SERVER (self), NULL);

  address = komek_guard_dup_address (self->guard, NULL);
  inet = G_INET_SOCKET_ADDRESS (address);
  host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  sixth = g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  return g_strdup_printf ("http://%s%s%s:%u" KOMEK_SERVER_BASE, sixth ? "[" : "", host,
                          sixth ? "]" : "", g_inet_socket_address_get_port (inet));
}

static gboolean
on_patience_over (gpointer data)
{
  KomekServer *self = data;

  g_message ("%u calls were not answered before the end", self->running);
  finish_end (self);
  return G_SOURCE_REMOVE;
}

/**
 * komek_server_end_async:
 *
 * Lets nobody in any more, answers whoever has called already, and calls
 * @callback when that is done or has taken too long.
 */
void
komek_server_end_async (KomekServer *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_SERVER (self) && !self->end);

  self->end = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (self->end, komek_server_end_async);
  komek_guard_stop_listening (self->guard);
  self->patience = g_timeout_source_new (self->options.settings->farewell_ms);
  g_source_set_callback (self->patience, on_patience_over, self, NULL);
  g_source_attach (self->patience, g_main_context_get_thread_default ());
  if (self->running == 0)
    finish_end (self);
}

gboolean
komek_server_end_finish (KomekServer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * komek_server_close:
 *
 * Closes all connections.
 */
void
komek_server_close (KomekServer *self)
{
  g_return_if_fail (KOMEK_IS_SERVER (self));

  if (self->guard)
    komek_guard_close (self->guard);
  if (self->soup)
    soup_server_disconnect (self->soup);
  g_clear_pointer (&self->readers, komek_pool_free);
  g_clear_pointer (&self->writers, komek_pool_free);
}
