/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-hall.h"

#include "komek-config.h"
#include "komek-guard.h"
#include "komek-job.h"
#include "komek-pool.h"
#include "komek-refusal.h"
#include "komek-watch.h"

/* Two halls and their pools leave the storage's readers one for each hall, so
 * that whoever looks at one request never waits for a long search. */
#define N_READERS 1

/* Filings that wait for the same commit each hold a thread. */
#define N_WRITERS 8

/**
 * KomekHall:
 *
 * A thread with an HTTP server of libsoup's that serves some of the connections.
 *
 * Reading the calls and sending the answers is the thread's. What an answer
 * says is worked out in others, so that a slow one holds up nobody: filings
 * wait for the disk in one pool, searches keep to another. Answered on the spot
 * is what the server knows by itself, also while its storage hangs, and a look
 * at one request by its number where the storage is a file: among a million
 * requests a call by way of a pool costs 25 µs of a processor more (eight
 * connections; tests/bench/serve.py). It may wait for a page of the file, never
 * for a lock or a network.
 */
struct _KomekHall
{
  KomekHallOptions options;
  GThread         *thread;
  GMainContext    *context;
  GMainLoop       *loop;
  SoupServer      *soup;
  KomekGuard      *guard;
  KomekPool       *readers;
  KomekPool       *writers;
  char            *edition;
  GQuark           quark;
  guint            running; /* atomic */
  guint            ending;  /* atomic */
};

/* Belongs to the message: whatever becomes of a call, its message is freed. */
static void
on_message_gone (gpointer data)
{
  KomekHall *self = data;

  g_atomic_int_dec_and_test (&self->running);
}

static void
begin_call (KomekHall *self, SoupServerMessage *message)
{
  g_atomic_int_inc (&self->running);
  g_object_set_qdata_full (G_OBJECT (message), self->quark, self, on_message_gone);
}

static void
fill_metrics (KomekHall *self, KomekJob *job)
{
  GBytes *counted = job->reply->body;

  if (!job->route || job->route->answer != komek_watch_metrics || job->reply->status != 200)
    return;
  job->reply->body = komek_watch_write (counted, self->options.metrics, self->options.crowd,
                                        self->options.gate);
  g_bytes_unref (counted);
}

/* Sends the reply, in the hall's thread. */
static void
send_reply (KomekHall *self, KomekJob *job)
{
  GBytes *body;

  fill_metrics (self, job);
  body = job->reply->body;
  if (!komek_guard_begin_answer (self->guard, job->message, body ? g_bytes_get_size (body) : 0))
    komek_job_refuse (job, KOMEK_REFUSAL_BUSY);
  if (job->failed)
    komek_metrics_count_failure (self->options.metrics);
  komek_metrics_count (self->options.metrics, job->route, job->reply->status,
                       g_get_monotonic_time () - job->begun);
  if (g_atomic_int_get (&self->ending))
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
work (gpointer data, gpointer hall)
{
  KomekJob *job = data;

  /* Nobody waits for it any more. */
  if (!g_atomic_int_get (&job->answered))
    komek_job_work (job);
}

static void
on_worked (gpointer data, gpointer hall)
{
  KomekJob *job = data;
  g_autoptr (SoupServerMessage) message = g_object_ref (job->message);
  gboolean answered = g_atomic_int_get (&job->answered);

  drop_late (job);
  if (!answered)
    send_reply (hall, job);
  komek_job_free (job);
  if (!answered)
    soup_server_message_unpause (message);
}

/* The job comes back some time, and finds that it was answered. The reply is
 * still the thread's: the message is answered past it. */
static void
say_late (KomekHall *self, KomekJob *job)
{
  g_autoptr (KomekReply) reply = komek_watch_new_late ();

  komek_guard_begin_answer (self->guard, job->message, g_bytes_get_size (reply->body));
  komek_job_send_instead (job, reply);
  komek_metrics_count (self->options.metrics, job->route, reply->status,
                       g_get_monotonic_time () - job->begun);
}

/* The thread that asks who calls still has the call: it is read once more. */
static void
tell_known (KomekHall *self, KomekJob *job)
{
  KomekJob *spare = g_steal_pointer (&job->spare);

  spare->arrival.hurried = TRUE;
  komek_job_work (spare);
  send_reply (self, spare);
  komek_job_free (spare);
}

static gboolean
on_late (gpointer data)
{
  KomekJob *job = data;
  KomekHall *self = job->hall;

  drop_late (job);
  if (job->spare && !komek_gate_recalls (self->options.gate, &job->arrival))
    return G_SOURCE_REMOVE;
  g_atomic_int_set (&job->answered, TRUE);
  if (job->spare)
    tell_known (self, job);
  else
    say_late (self, job);
  soup_server_message_unpause (job->message);
  return G_SOURCE_REMOVE;
}

static char *
describe_caller (KomekHall *self, SoupServerMessage *message, gboolean *near)
{
  GInetSocketAddress *remote =
    G_INET_SOCKET_ADDRESS (soup_server_message_get_remote_address (message));
  GInetAddress *address = g_inet_socket_address_get_address (remote);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  *near = !self->options.server.behind_proxy && g_inet_address_get_is_loopback (address);
  return komek_proxies_find_caller (self->options.server.proxies, address,
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
make_job (KomekHall *self, SoupServerMessage *message, const char *path, GHashTable *arguments)
{
  KomekJob *job = g_new0 (KomekJob, 1);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));

  job->gate = self->options.gate;
  if (!self->edition)
    self->edition = name_edition (self->options.server.office);
  job->edition = self->edition;
  job->hall = self;
  job->message = g_object_ref (message);
  job->begun = g_get_monotonic_time ();
  job->call =
    komek_call_new (self->options.server.office, soup_server_message_get_method (message), path,
                    arguments, headers, body);
  job->route = komek_routes_open (job->call, NULL);
  job->arrival.address = describe_caller (self, message, &job->arrival.near);
  job->arrival.api_key = komek_call_dup_api_key (job->call, headers);
  job->arrival.answered = &job->answered;
  return job;
}

/* A disk or a network that hangs shows in what waits for it. */
static gboolean
is_storage_late (KomekHall *self)
{
  const KomekOffice *office = self->options.server.office;

  return komek_storage_get_delay (office->storage, TRUE) > office->late_us;
}

/* Whoever was known may be told what everybody may know. */
static gboolean
tells_at_once (KomekHall *self, KomekJob *job)
{
  return komek_gate_knows (self->options.gate, &job->arrival)
         || (is_storage_late (self) && komek_gate_recalls (self->options.gate, &job->arrival));
}

static gboolean
peeks_at_once (KomekHall *self, KomekJob *job)
{
  return self->options.server.peeks_at_once
         && komek_gate_knows (self->options.gate, &job->arrival) && !is_storage_late (self);
}

/* What says no before it asks anybody may be said on the spot too. The hall
 * never asks the storage who calls, not even where what was known of them
 * becomes too old between this and the answer. */
static gboolean
is_quick (KomekHall *self, KomekJob *job)
{
  if (!job->route)
    return TRUE;
  job->arrival.hurried =
    (job->route->kind == KOMEK_ROUTE_TELL && tells_at_once (self, job))
    || (job->route->kind == KOMEK_ROUTE_PEEK && peeks_at_once (self, job));
  return job->arrival.hurried;
}

static void
watch (KomekHall *self, KomekJob *job)
{
  job->late = g_timeout_source_new (self->options.server.settings->health_ms);
  g_source_set_callback (job->late, on_late, job, NULL);
  g_source_attach (job->late, g_main_context_get_thread_default ());
}

static gboolean
is_reading (const KomekRoute *route)
{
  return route->kind == KOMEK_ROUTE_READ || route->kind == KOMEK_ROUTE_TELL
         || route->kind == KOMEK_ROUTE_PEEK;
}

static void
answer_at_once (KomekHall *self, KomekJob *job)
{
  komek_job_work (job);
  send_reply (self, job);
  komek_job_free (job);
}

static void
hand_over (KomekHall *self, KomekJob *job)
{
  soup_server_message_pause (job->message);
  if (job->spare || job->route->answer == komek_watch_health)
    watch (self, job);
  komek_pool_push (is_reading (job->route) ? self->readers : self->writers, job);
}

static void
on_call (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *arguments,
         gpointer data)
{
  KomekHall *self = data;
  KomekJob *job;

  if (komek_guard_refused (self->guard, message))
    {
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      return;
    }
  begin_call (self, message);
  job = make_job (self, message, path, arguments);
  if (is_quick (self, job))
    {
      answer_at_once (self, job);
      return;
    }
  if (job->route->kind == KOMEK_ROUTE_TELL)
    job->spare = make_job (self, message, path, arguments);
  hand_over (self, job);
}

static void
open_hall (KomekHall *self)
{
  g_autoptr (GError) error = NULL;

  self->soup = soup_server_new ("server-header", "komek-city", NULL);
  self->readers = komek_pool_new (N_READERS, work, on_worked, self);
  self->writers = komek_pool_new (N_WRITERS, work, on_worked, self);
  self->guard =
    komek_guard_new (self->soup, self->options.server.settings, self->options.crowd, &error);
  if (!self->guard)
    g_error ("%s", error->message);
  soup_server_add_handler (self->soup, NULL, on_call, self, NULL);
}

/* Running calls come back before what they are answered with goes. */
static void
close_hall (KomekHall *self)
{
  soup_server_disconnect (self->soup);
  komek_pool_free (self->readers);
  komek_pool_free (self->writers);
  komek_guard_free (self->guard);
  g_object_unref (self->soup);
  /* What libsoup left for later. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

static gpointer
serve (gpointer data)
{
  KomekHall *self = data;

  g_main_context_push_thread_default (self->context);
  open_hall (self);
  g_main_loop_run (self->loop);
  close_hall (self);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/**
 * komek_hall_new:
 *
 * Returns: (transfer full): a hall with nobody in it
 */
KomekHall *
komek_hall_new (const KomekHallOptions *options)
{
  KomekHall *self = g_new0 (KomekHall, 1);

  self->options = *options;
  self->quark = g_quark_from_static_string ("komek-running");
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("hall", serve, self);
  return self;
}

static gboolean
on_quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* Never at once, which g_main_context_invoke() might. */
static void
run_in_hall (KomekHall *self, GSourceFunc function, gpointer data, GDestroyNotify destroy)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, function, data, destroy);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/**
 * komek_hall_free:
 *
 * Closes all connections and waits for the thread.
 */
void
komek_hall_free (KomekHall *self)
{
  run_in_hall (self, on_quit, self->loop, NULL);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->edition);
  g_free (self);
}

typedef struct
{
  KomekHall         *hall;
  GSocketConnection *connection;
  char              *address;
} Arrival;

static gboolean
on_arrival (gpointer data)
{
  Arrival *arrival = data;

  komek_guard_take (arrival->hall->guard, arrival->connection, arrival->address);
  return G_SOURCE_REMOVE;
}

static void
arrival_free (gpointer data)
{
  Arrival *self = data;

  g_object_unref (self->connection);
  g_free (self->address);
  g_free (self);
}

/**
 * komek_hall_take:
 * @connection: counted in the crowd
 * @address: (nullable): what it is counted for
 *
 * Lets somebody in; from any thread.
 */
void
komek_hall_take (KomekHall *self, GSocketConnection *connection, const char *address)
{
  Arrival *arrival = g_new (Arrival, 1);

  *arrival = (Arrival) { self, g_object_ref (connection), g_strdup (address) };
  run_in_hall (self, on_arrival, arrival, arrival_free);
}

/**
 * komek_hall_end:
 *
 * Keeps no connection for another call from now on.
 */
void
komek_hall_end (KomekHall *self)
{
  g_atomic_int_set (&self->ending, 1);
}

/**
 * komek_hall_get_running:
 *
 * Returns: how many calls are not answered yet
 */
guint
komek_hall_get_running (KomekHall *self)
{
  return g_atomic_int_get (&self->running);
}
