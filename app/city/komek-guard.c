/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-guard.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "komek-door.h"
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
  GObject              parent;
  SoupServer          *soup; /* not owned: it owns the handlers that use us */
  const KomekSettings *settings;
  const KomekProxies  *proxies;
  KomekDoor           *door;
  int                  silence; /* the end of a pair of sockets that libsoup listens to in vain */
  GSource             *clock;
  GQueue               visits;
  GHashTable          *addresses; /* the text of an address to how many connections it has */
  gsize                held;
  guint64              counts[KOMEK_N_GUARD_REASONS];
};

G_DEFINE_FINAL_TYPE (KomekGuard, komek_guard, G_TYPE_OBJECT)

static const struct
{
  const char *code;
  const char *status; /* NULL where nothing is said */
} reasons[] = {
  [KOMEK_GUARD_SILENT] = { "silent", NULL },
  [KOMEK_GUARD_SLOW] = { "slow", "408 Request Timeout" },
  [KOMEK_GUARD_UNTAKEN] = { "untaken", NULL },
  [KOMEK_GUARD_CROWD] = { "crowd", "503 Service Unavailable" },
  [KOMEK_GUARD_ADDRESS] = { "address", "503 Service Unavailable" },
  [KOMEK_GUARD_BODY] = { "body", "413 Content Too Large" },
  [KOMEK_GUARD_HELD] = { "held", "503 Service Unavailable" },
  [KOMEK_GUARD_HOST] = { "host", "400 Bad Request" },
  [KOMEK_GUARD_LENGTH] = { "length", "400 Bad Request" },
  [KOMEK_GUARD_METHOD] = { "method", "501 Not Implemented" },
  [KOMEK_GUARD_URI] = { "uri", "414 URI Too Long" },
  [KOMEK_GUARD_HEADERS] = { "headers", "431 Request Header Fields Too Large" },
  [KOMEK_GUARD_END] = { "end", NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (reasons) == KOMEK_N_GUARD_REASONS);

/* A connection, from when it is accepted until libsoup has let go of it. */
typedef struct
{
  guint            refs;
  KomekGuard      *guard; /* NULL once it is gone */
  KomekStream     *stream; /* not owned: its end is ours; NULL once it is gone */
  GSocket         *socket;
  char            *address; /* NULL where connections from there are not counted */
  GList            link;
  KomekGuardReason reason; /* to close it for at the deadline */
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
    self->guard->held -= self->held;
  self->held = 0;
}

static void
visit_expect (Visit *self, KomekGuardReason reason, guint ms)
{
  self->reason = reason;
  self->deadline = ms > 0 ? g_get_monotonic_time () + ms * (G_USEC_PER_SEC / 1000) : G_MAXINT64;
}

/* Libsoup says nothing on the socket before it has read a whole call, so it
 * can be answered behind its back. What came already is read: closing a socket
 * with something unread would tear away the answer too. */
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

static void
turn_away (KomekGuard *self, GSocket *socket, KomekGuardReason reason)
{
  self->counts[reason]++;
  if (reasons[reason].status)
    say (socket, reasons[reason].status);
}

/* While libsoup reads: it notices that the socket is closed under its hands,
 * where a socket that is only shut down would go on giving what still comes in. */
static void
visit_refuse (Visit *self, KomekGuardReason reason)
{
  if (self->refused || !self->guard)
    return;
  self->refused = TRUE;
  self->deadline = G_MAXINT64;
  turn_away (self->guard, self->socket, reason);
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
  turn_away (self->guard, self->socket, self->reason);
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

static void
forget_address (KomekGuard *self, const char *address)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->addresses, address));

  if (n > 1)
    g_hash_table_insert (self->addresses, g_strdup (address), GUINT_TO_POINTER (n - 1));
  else
    g_hash_table_remove (self->addresses, address);
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
      if (visit->address)
        forget_address (self, visit->address);
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

  if (!self || self->held + size > self->settings->held_bytes)
    return FALSE;
  self->held += size;
  visit->held += size;
  return TRUE;
}

/* CONNECT and TRACE are of HTTP, but nothing that a server of ours would ever do. */
static gboolean
is_method (const char *method)
{
  static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE",
                                         "OPTIONS" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (method, methods[i]) == 0)
      return TRUE;
  return FALSE;
}

typedef struct
{
  guint hosts, lengths, encodings;
  gsize bytes;
} Headers;

static Headers
measure_headers (SoupServerMessage *message)
{
  Headers found = { 0 };
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      /* Each has a colon, a space and the end of the line besides. */
      found.bytes += strlen (name) + strlen (value) + 4;
      found.hosts += g_ascii_strcasecmp (name, "Host") == 0;
      found.lengths += g_ascii_strcasecmp (name, "Content-Length") == 0;
      found.encodings += g_ascii_strcasecmp (name, "Transfer-Encoding") == 0;
    }
  return found;
}

static gsize
measure_uri (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);

  return strlen (g_uri_get_path (uri)) + (query ? strlen (query) + 1 : 0);
}

/* What HTTP forbids and libsoup takes; a proxy in front may read such a call
 * in another way than we do, and a stranger could hide one call in another. */
static gboolean
check_headers (KomekGuard *self, SoupServerMessage *message, KomekGuardReason *reason)
{
  Headers found = measure_headers (message);
  guint least_hosts = soup_server_message_get_http_version (message) == SOUP_HTTP_1_0 ? 0 : 1;

  if (found.bytes > self->settings->header_bytes)
    *reason = KOMEK_GUARD_HEADERS;
  else if (found.hosts < least_hosts || found.hosts > 1)
    *reason = KOMEK_GUARD_HOST;
  else if (found.lengths + found.encodings > 1)
    *reason = KOMEK_GUARD_LENGTH;
  else if (!is_method (soup_server_message_get_method (message)))
    *reason = KOMEK_GUARD_METHOD;
  else if (measure_uri (message) > self->settings->uri_bytes)
    *reason = KOMEK_GUARD_URI;
  else
    return TRUE;
  return FALSE;
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
  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED
         || soup_message_headers_get_content_length (headers) > 0;
}

/* A chunked body does not say how long it will be. */
static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  Visit *visit = find_visit (message);
  gsize size = g_bytes_get_size (chunk);

  if (!visit || visit->refused)
    return;
  visit->body += size;
  if (visit->body > visit->most_body)
    visit_refuse (visit, KOMEK_GUARD_BODY);
  else if (!hold (visit, size))
    visit_refuse (visit, KOMEK_GUARD_HELD);
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
  visit_expect (visit, KOMEK_GUARD_SLOW,
                photo ? self->settings->photo_ms : self->settings->request_ms);
  if (length > 0 && (guint64) length > visit->most_body)
    visit_refuse (visit, KOMEK_GUARD_BODY);
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
}

static void
on_got_headers (SoupServerMessage *message, KomekGuard *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Visit *visit = find_visit (message);
  KomekGuardReason reason;

  if (!visit || visit->refused)
    return;
  if (!check_headers (self, message, &reason))
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
  visit_expect (visit, KOMEK_GUARD_SILENT, self->settings->request_ms);
  g_signal_connect_object (message, "got-headers", G_CALLBACK (on_got_headers), self, 0);
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
  visit_expect (visit, KOMEK_GUARD_SILENT, self->settings->request_ms);
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

static char *
describe_address (KomekGuard *self, GSocketAddress *remote)
{
  GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));

  return komek_proxies_trust (self->proxies, address) ? NULL : g_inet_address_to_string (address);
}

static gboolean
is_crowded (KomekGuard *self, const char *address, KomekGuardReason *reason)
{
  guint n = address ? GPOINTER_TO_UINT (g_hash_table_lookup (self->addresses, address)) : 0;

  *reason = self->visits.length >= self->settings->connections ? KOMEK_GUARD_CROWD
                                                               : KOMEK_GUARD_ADDRESS;
  return *reason == KOMEK_GUARD_CROWD || n >= self->settings->connections_per_address;
}

static void
begin_visit (KomekGuard *self, KomekStream *stream, GSocket *socket, GSocketAddress *remote,
             char *address)
{
  Visit *visit = g_new0 (Visit, 1);
  guint n;

  visit->refs = 2;
  visit->guard = self;
  visit->stream = stream;
  visit->socket = g_object_ref (socket);
  visit->address = address;
  visit->link.data = visit;
  g_queue_push_tail_link (&self->visits, &visit->link);
  if (address)
    {
      n = GPOINTER_TO_UINT (g_hash_table_lookup (self->addresses, address));
      g_hash_table_insert (self->addresses, g_strdup (address), GUINT_TO_POINTER (n + 1));
    }
  visit_expect (visit, KOMEK_GUARD_SILENT, self->settings->request_ms);
  g_object_set_qdata_full (G_OBJECT (stream), visit_quark (), visit, on_stream_gone);
  g_object_set_qdata_full (G_OBJECT (remote), visit_quark (), visit, visit_unref);
}

static void
on_connection (KomekDoor *door, GSocketConnection *connection, gpointer data)
{
  KomekGuard *self = data;
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  g_autoptr (KomekStream) stream = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  KomekGuardReason reason;

  /* Whoever is gone already has no address any more. */
  if (!local || !remote)
    return;
  address = describe_address (self, remote);
  if (is_crowded (self, address, &reason))
    {
      turn_away (self, socket, reason);
      g_socket_close (socket, NULL);
      return;
    }
  stream = komek_stream_new (connection);
  begin_visit (self, stream, socket, remote, g_steal_pointer (&address));
  if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (stream), local, remote, &error))
    g_message ("A connection was not taken: %s", error->message);
}

static void
komek_guard_finalize (GObject *object)
{
  KomekGuard *self = KOMEK_GUARD (object);

  komek_guard_close (self);
  if (self->silence >= 0)
    close (self->silence);
  g_clear_pointer (&self->addresses, g_hash_table_unref);
  G_OBJECT_CLASS (komek_guard_parent_class)->finalize (object);
}

static void
komek_guard_class_init (KomekGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_guard_finalize;
}

static void
komek_guard_init (KomekGuard *self)
{
  self->silence = -1;
  g_queue_init (&self->visits);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
 * @proxies: must live as long as the guard
 *
 * Returns: (transfer full): a guard that lets nobody in yet
 */
KomekGuard *
komek_guard_new (SoupServer *soup, const KomekSettings *settings, const KomekProxies *proxies)
{
  KomekGuard *self = g_object_new (KOMEK_TYPE_GUARD, NULL);

  self->soup = soup;
  self->settings = settings;
  self->proxies = proxies;
  g_signal_connect_object (soup, "request-started", G_CALLBACK (on_request_started), self, 0);
  g_signal_connect_object (soup, "request-read", G_CALLBACK (on_request_read), self, 0);
  g_signal_connect_object (soup, "request-finished", G_CALLBACK (on_request_finished), self, 0);
  g_signal_connect_object (soup, "request-aborted", G_CALLBACK (on_request_finished), self, 0);
  return self;
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

/**
 * komek_guard_listen:
 *
 * Lets people in at @address from now on.
 */
gboolean
komek_guard_listen (KomekGuard *self, GSocketAddress *address, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_GUARD (self) && !self->door, FALSE);

  self->door = komek_door_new (address, on_connection, self, error);
  if (!self->door || !pretend_to_listen (self, error))
    return FALSE;
  start_clock (self);
  return TRUE;
}

/**
 * komek_guard_dup_address:
 *
 * Returns: (transfer full): where it listens
 */
GSocketAddress *
komek_guard_dup_address (KomekGuard *self, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_GUARD (self) && self->door, NULL);

  return komek_door_dup_address (self->door, error);
}

/**
 * komek_guard_stop_listening:
 *
 * Lets nobody in any more; whoever is in stays. From now on a connection is
 * refused by the machine, so that a proxy tries another server at once.
 */
void
komek_guard_stop_listening (KomekGuard *self)
{
  g_return_if_fail (KOMEK_IS_GUARD (self));

  g_clear_pointer (&self->door, komek_door_free);
}

/**
 * komek_guard_close:
 *
 * Lets nobody in any more and forgets whoever is in.
 */
void
komek_guard_close (KomekGuard *self)
{
  Visit *visit;

  g_return_if_fail (KOMEK_IS_GUARD (self));

  komek_guard_stop_listening (self);
  if (self->clock)
    g_source_destroy (self->clock);
  g_clear_pointer (&self->clock, g_source_unref);
  while ((visit = g_queue_peek_head (&self->visits)))
    {
      g_queue_unlink (&self->visits, &visit->link);
      visit->guard = NULL;
    }
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
  visit_expect (visit, KOMEK_GUARD_UNTAKEN, self->settings->answer_ms);
  if (hold (visit, size))
    return TRUE;
  self->counts[KOMEK_GUARD_HELD]++;
  return FALSE;
}

guint
komek_guard_get_connections (KomekGuard *self)
{
  return self->visits.length;
}

/**
 * komek_guard_get_held:
 *
 * Returns: how many bytes of bodies and answers are held
 */
gsize
komek_guard_get_held (KomekGuard *self)
{
  return self->held;
}

guint64
komek_guard_get_count (KomekGuard *self, KomekGuardReason reason)
{
  return self->counts[reason];
}

/**
 * komek_guard_reason_get_code:
 *
 * Returns: the reason as a word for machines
 */
const char *
komek_guard_reason_get_code (KomekGuardReason reason)
{
  g_return_val_if_fail (reason < KOMEK_N_GUARD_REASONS, NULL);

  return reasons[reason].code;
}
