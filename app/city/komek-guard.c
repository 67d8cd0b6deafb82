/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-guard.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "komek-manners.h"
#include "komek-routes.h"
#include "komek-stream.h"

/**
 * KomekGuard:
 *
 * Stands between strangers and the HTTP server of libsoup, which is not made
 * for them: it waits for ever, keeps any body in memory and takes what HTTP
 * forbids.
 *
 * Deadlines belong to connections and are looked at by one clock, so none can
 * outlive what it is for. A connection that libsoup has not finished with is
 * known by the address at its other end: a message carries the very object
 * that the connection was handed over with.
 */
struct _KomekGuard
{
  SoupServer          *soup; /* not owned: it owns the handlers that use us */
  const KomekSettings *settings;
  KomekCrowd          *crowd;
  GSource             *clock;
  int                  silence; /* the end of a pair of sockets that libsoup listens to in vain */
  GQueue               visits;
};

/* A connection, from when it is accepted until libsoup has let go of it. */
typedef struct
{
  guint            refs;
  KomekGuard      *guard; /* NULL once it is gone */
  KomekStream     *stream; /* not owned: its end is ours; NULL once it is gone */
  GSocket         *socket;
  char            *address; /* NULL where connections from there are not counted */
  GList            link;
  KomekCrowdReason reason; /* to close it for at the deadline */
  gint64           deadline;
  gsize            most_body;
  gsize            body;
  gsize            held;
  gboolean         refused;
} Visit;

static GQuark
visit_quark (void)
{
  return g_quark_from_static_string ("komek-visit");
}

static void
visit_unref (gpointer data)
{
  Visit *self = data;

  if (--self->refs > 0)
    return;
  g_object_unref (self->socket);
  g_free (self->address);
  g_free (self);
}

static void
visit_release (Visit *self)
{
  if (self->guard)
    komek_crowd_release (self->guard->crowd, self->held);
  self->held = 0;
}

static void
visit_expect (Visit *self, KomekCrowdReason reason, guint ms)
{
  self->reason = reason;
  self->deadline = ms > 0 ? g_get_monotonic_time () + ms * (G_USEC_PER_SEC / 1000) : G_MAXINT64;
}

/* While libsoup reads: it notices that the socket is closed under its hands,
 * where a socket that is only shut down would go on giving what still comes in. */
static void
visit_refuse (Visit *self, KomekCrowdReason reason)
{
  if (self->refused || !self->guard)
    return;
  self->refused = TRUE;
  self->deadline = G_MAXINT64;
  komek_crowd_turn_away (self->guard->crowd, self->socket, reason);
  g_socket_close (self->socket, NULL);
}

/* While libsoup waits: it would not notice that the descriptor is gone, and the
 * next connection would get the same one. The end of the stream wakes it. */
static void
visit_expire (Visit *self)
{
  if (self->refused || !self->guard)
    return;
  self->refused = TRUE;
  self->deadline = G_MAXINT64;
  komek_crowd_turn_away (self->guard->crowd, self->socket, self->reason);
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

/* The connection is gone: its stream was the last that knew of it. */
static void
on_stream_gone (gpointer data)
{
  Visit *visit = data;
  KomekGuard *self = visit->guard;

  visit->stream = NULL;
  if (self)
    {
      visit_release (visit);
      g_queue_unlink (&self->visits, &visit->link);
      komek_crowd_leave (self->crowd, visit->address);
      visit->guard = NULL;
    }
  visit_unref (visit);
}

static Visit *
find_visit (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return address ? g_object_get_qdata (G_OBJECT (address), visit_quark ()) : NULL;
}

static gboolean
hold (Visit *visit, gsize size)
{
  KomekGuard *self = visit->guard;

  if (!self || !komek_crowd_hold (self->crowd, size))
    return FALSE;
  visit->held += size;
  return TRUE;
}

static const KomekRoute *
find_route (SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  g_autofree char *decoded = g_uri_unescape_string (path, NULL);
  gboolean known;

  return komek_routes_find (soup_server_message_get_method (message), decoded ? decoded : path,
                            &known);
}

static gboolean
has_body (SoupMessageHeaders *headers)
{
  return soup_message_headers_get_content_length (headers) > 0;
}

/* What has come is held in memory from now on. */
static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  Visit *visit = find_visit (message);
  gsize size = g_bytes_get_size (chunk);

  if (!visit || visit->refused)
    return;
  visit->body += size;
  if (visit->body > visit->most_body)
    visit_refuse (visit, KOMEK_CROWD_BODY);
  else if (!hold (visit, size))
    visit_refuse (visit, KOMEK_CROWD_HELD);
}

static void
expect_body (KomekGuard *self, Visit *visit, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const KomekRoute *route = find_route (message);
  goffset length = soup_message_headers_get_content_length (headers);
  gboolean photo = route && route->kind == KOMEK_ROUTE_PHOTO;

  visit->body = 0;
  visit->most_body = komek_route_get_max_body (route);
  visit_expect (visit, KOMEK_CROWD_SLOW,
                photo ? self->settings->photo_ms : self->settings->request_ms);
  if (length > 0 && (guint64) length > visit->most_body)
    visit_refuse (visit, KOMEK_CROWD_BODY);
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
}

static void
on_got_headers (SoupServerMessage *message, KomekGuard *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Visit *visit = find_visit (message);
  KomekCrowdReason reason;

  if (!visit || visit->refused)
    return;
  if (!komek_manners_check (message, self->settings, &reason))
    visit_refuse (visit, reason);
  else if (has_body (headers))
    expect_body (self, visit, message);
  /* Libsoup would build an answer of as many parts as somebody asks for. */
  soup_message_headers_remove (headers, "Range");
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, KomekGuard *self)
{
  Visit *visit = find_visit (message);

  if (!visit)
    return;
  visit_release (visit);
  visit_expect (visit, KOMEK_CROWD_SILENT, self->settings->request_ms);
  /* What libsoup reads it reads before the server is gone, and we with it. */
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), self);
}

/* From now on it is us who take time. */
static void
on_request_read (SoupServer *soup, SoupServerMessage *message, KomekGuard *self)
{
  Visit *visit = find_visit (message);

  if (visit && !visit->refused)
    visit->deadline = G_MAXINT64;
}

static void
on_request_finished (SoupServer *soup, SoupServerMessage *message, KomekGuard *self)
{
  Visit *visit = find_visit (message);

  if (!visit)
    return;
  visit_release (visit);
  visit_expect (visit, KOMEK_CROWD_SILENT, self->settings->request_ms);
  if (visit->stream)
    komek_stream_rest (visit->stream);
}

/* Closing may end a visit, and with it its place in the queue. */
static gboolean
on_tick (gpointer data)
{
  KomekGuard *self = data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GPtrArray) late = g_ptr_array_new_with_free_func (visit_unref);

  for (GList *link = self->visits.head; link; link = link->next)
    {
      Visit *visit = link->data;

      if (visit->deadline > now)
        continue;
      visit->refs++;
      g_ptr_array_add (late, visit);
    }
  for (guint i = 0; i < late->len; i++)
    visit_expire (late->pdata[i]);
  return G_SOURCE_CONTINUE;
}

static void
begin_visit (KomekGuard *self, KomekStream *stream, GSocket *socket, GSocketAddress *remote,
             const char *address)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->refs = 2;
  visit->guard = self;
  visit->stream = stream;
  visit->socket = g_object_ref (socket);
  visit->address = g_strdup (address);
  visit->link.data = visit;
  g_queue_push_tail_link (&self->visits, &visit->link);
  visit_expect (visit, KOMEK_CROWD_SILENT, self->settings->request_ms);
  g_object_set_qdata_full (G_OBJECT (stream), visit_quark (), visit, on_stream_gone);
  g_object_set_qdata_full (G_OBJECT (remote), visit_quark (), visit, visit_unref);
}

/* Ten times in the shortest time that anybody has. */
static void
start_clock (KomekGuard *self)
{
  guint shortest = MIN (self->settings->request_ms, self->settings->answer_ms);

  self->clock = g_timeout_source_new (CLAMP (shortest / 10, 5, 500));
  g_source_set_callback (self->clock, on_tick, self, NULL);
  g_source_attach (self->clock, g_main_context_get_thread_default ());
}

/* Libsoup keeps a connection for the next call only while it listens
 * somewhere itself: it gets one end of a pair whose other end says nothing. */
static gboolean
pretend_to_listen (KomekGuard *self, GError **error)
{
  int pair[2];
  g_autoptr (GSocket) socket = NULL;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "No pair of sockets: %s",
                   g_strerror (errno));
      return FALSE;
    }
  self->silence = pair[1];
  socket = g_socket_new_from_fd (pair[0], error);
  if (!socket)
    close (pair[0]);
  return socket && soup_server_listen_socket (self->soup, socket, 0, error);
}

/**
 * komek_guard_new:
 * @soup: must live as long as the guard
 * @settings: must live as long as the guard
 * @crowd: must live as long as the guard
 *
 * Returns: (transfer full): a guard in the thread of @soup
 */
KomekGuard *
komek_guard_new (SoupServer *soup, const KomekSettings *settings, KomekCrowd *crowd,
                 GError **error)
{
  KomekGuard *self = g_new0 (KomekGuard, 1);

  self->soup = soup;
  self->settings = settings;
  self->crowd = crowd;
  self->silence = -1;
  g_queue_init (&self->visits);
  if (!pretend_to_listen (self, error))
    {
      komek_guard_free (self);
      return NULL;
    }
  g_signal_connect (soup, "request-started", G_CALLBACK (on_request_started), self);
  g_signal_connect (soup, "request-read", G_CALLBACK (on_request_read), self);
  g_signal_connect (soup, "request-finished", G_CALLBACK (on_request_finished), self);
  g_signal_connect (soup, "request-aborted", G_CALLBACK (on_request_finished), self);
  start_clock (self);
  return self;
}

/**
 * komek_guard_free:
 *
 * Forgets whoever is in; what was theirs is given back to the crowd.
 */
void
komek_guard_free (KomekGuard *self)
{
  Visit *visit;

  g_signal_handlers_disconnect_by_data (self->soup, self);
  if (self->clock)
    g_source_destroy (self->clock);
  g_clear_pointer (&self->clock, g_source_unref);
  while ((visit = g_queue_peek_head (&self->visits)))
    {
      visit_release (visit);
      g_queue_unlink (&self->visits, &visit->link);
      komek_crowd_leave (self->crowd, visit->address);
      visit->guard = NULL;
    }
  if (self->silence >= 0)
    close (self->silence);
  g_free (self);
}

/**
 * komek_guard_take:
 * @connection: counted in the crowd
 * @address: (nullable): what it is counted for
 *
 * Lets somebody in, who leaves the crowd when the connection ends.
 */
void
komek_guard_take (KomekGuard *self, GSocketConnection *connection, const char *address)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  g_autoptr (KomekStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  /* Whoever is gone already has no address any more. */
  if (!local || !remote)
    {
      komek_crowd_leave (self->crowd, address);
      return;
    }
  stream = komek_stream_new (connection);
  begin_visit (self, stream, socket, remote, address);
  if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (stream), local, remote, &error))
    g_message ("A connection was not taken: %s", error->message);
}

/**
 * komek_guard_refused:
 *
 * Returns: whether the caller was turned away, so that no answer is needed
 */
gboolean
komek_guard_refused (KomekGuard *self, SoupServerMessage *message)
{
  Visit *visit = find_visit (message);

  return visit && visit->refused;
}

/**
 * komek_guard_begin_answer:
 * @size: of the body
 *
 * Tells the guard that it is the caller's turn to take the answer.
 *
 * Returns: %FALSE where too much is held in memory for an answer of this size;
 *   then a short one shall be sent
 */
gboolean
komek_guard_begin_answer (KomekGuard *self, SoupServerMessage *message, gsize size)
{
  Visit *visit = find_visit (message);

  if (!visit || visit->refused)
    return TRUE;
  visit_expect (visit, KOMEK_CROWD_UNTAKEN, self->settings->answer_ms);
  if (visit->stream && size > 0 && soup_server_message_get_method (message) != SOUP_METHOD_HEAD)
    komek_stream_hold (visit->stream);
  if (hold (visit, size))
    return TRUE;
  komek_crowd_count (self->crowd, KOMEK_CROWD_HELD);
  return FALSE;
}
