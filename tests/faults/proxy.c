/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proxy.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Stands between a client and a server and breaks the line as it is told. It
 * knows nothing of HTTP: it counts bytes. A fault strikes once, on the next
 * bytes of a client; everything before and after goes through. */

#define ROOM 65536
#define POLL_MS 20

struct _FaultProxy
{
  GSocket *listener;
  guint    port;
  guint    upstream;
  GThread *thread;
  GMutex   lock;      /* of all that follows */
  gboolean over;
  guint    talking;   /* threads */
  gboolean armed;
  gboolean struck;
  FaultKind kind;
  guint    amount;
  guint    n_request; /* bytes since it was armed */
  guint    n_reply;
};

/* One connection, in a thread of its own. */
typedef struct
{
  FaultProxy *proxy;
  GSocket    *client;
  GSocket    *server;
  FaultKind   kind;
  guint       amount;
  guint       n_request;
  guint       n_reply;
  gboolean    client_ended;
  gboolean    over;
} Talk;

static const char redirect[] =
  "HTTP/1.1 302 Found\r\nLocation: http://portal.invalid/login\r\nContent-Length: 0\r\n"
  "Connection: close\r\n\r\n";

static const char page[] =
  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 48\r\nConnection: close\r\n\r\n"
  "<!DOCTYPE html><title>Wi-Fi</title><p>Sign in. \n";

static void
write_all (GSocket *socket, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = g_socket_send (socket, bytes, length, NULL, NULL);

      if (n <= 0)
        return;
      bytes += n;
      length -= n;
    }
}

/* The end that both hear: a close, or a reset where what is in the buffers is dropped. */
static void
hang_up (Talk *self, gboolean reset)
{
  const struct linger at_once = { 1, 0 };

  if (reset)
    {
      setsockopt (g_socket_get_fd (self->client), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      setsockopt (g_socket_get_fd (self->server), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
  self->over = TRUE;
}

static gboolean
is_over (FaultProxy *proxy)
{
  gboolean over;

  g_mutex_lock (&proxy->lock);
  over = proxy->over;
  g_mutex_unlock (&proxy->lock);
  return over;
}

/* Byte by byte, as long as somebody listens. */
static void
drip (Talk *self, GSocket *to, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length && !is_over (self->proxy); i++)
    {
      g_autoptr (GError) error = NULL;

      if (g_socket_send (to, bytes + i, 1, NULL, &error) != 1)
        {
          self->over = TRUE;
          return;
        }
      g_usleep (self->amount * 1000);
      if (g_socket_condition_check (self->client, G_IO_HUP | G_IO_ERR))
        {
          self->over = TRUE;
          return;
        }
    }
}

/* Until the client gives up. */
static void
swallow (Talk *self)
{
  char bytes[ROOM];

  while (!is_over (self->proxy))
    {
      if (g_socket_condition_timed_wait (self->client, G_IO_IN, POLL_MS * 1000, NULL, NULL)
          && g_socket_receive (self->client, bytes, sizeof bytes, NULL, NULL) <= 0)
        break;
    }
  self->over = TRUE;
}

/* What of @length bytes behind @done goes through. */
static gsize
limit (const Talk *self, guint done, gsize length)
{
  return done >= self->amount ? 0 : MIN (length, self->amount - done);
}

static void
pass_request (Talk *self, const char *bytes, gsize length)
{
  gsize allowed = limit (self, self->n_request, length);

  self->n_request += length;
  switch (self->kind)
    {
    case FAULT_CUT_REQUEST:
    case FAULT_RESET_REQUEST:
      write_all (self->server, bytes, allowed);
      if (allowed < length || self->n_request == self->amount)
        hang_up (self, self->kind == FAULT_RESET_REQUEST);
      break;
    case FAULT_HALF_CLOSE_REQUEST:
      write_all (self->server, bytes, allowed);
      if (allowed < length || self->n_request == self->amount)
        g_socket_shutdown (self->server, FALSE, TRUE, NULL);
      break;
    case FAULT_DRIP_REQUEST:
      drip (self, self->server, bytes, length);
      break;
    case FAULT_BLACK_HOLE:
      swallow (self);
      break;
    case FAULT_PORTAL_REDIRECT:
      write_all (self->client, redirect, strlen (redirect));
      hang_up (self, FALSE);
      break;
    case FAULT_PORTAL_PAGE:
      write_all (self->client, page, strlen (page));
      hang_up (self, FALSE);
      break;
    case FAULT_NONE:
    case FAULT_CUT_REPLY:
    case FAULT_RESET_REPLY:
    case FAULT_HALF_CLOSE_REPLY:
    case FAULT_DRIP_REPLY:
    case FAULT_BLACK_HOLE_REPLY:
    default:
      write_all (self->server, bytes, length);
    }
}

static void
pass_reply (Talk *self, const char *bytes, gsize length)
{
  gsize allowed = limit (self, self->n_reply, length);

  self->n_reply += length;
  switch ((guint) self->kind)
    {
    case FAULT_CUT_REPLY:
    case FAULT_RESET_REPLY:
      write_all (self->client, bytes, allowed);
      if (allowed < length || self->n_reply == self->amount)
        hang_up (self, self->kind == FAULT_RESET_REPLY);
      break;
    case FAULT_HALF_CLOSE_REPLY:
      write_all (self->client, bytes, allowed);
      if (allowed < length || self->n_reply == self->amount)
        {
          g_socket_shutdown (self->client, FALSE, TRUE, NULL);
          swallow (self);
        }
      break;
    case FAULT_DRIP_REPLY:
      drip (self, self->client, bytes, length);
      break;
    case FAULT_BLACK_HOLE_REPLY:
      swallow (self);
      break;
    default:
      write_all (self->client, bytes, length);
    }
}

/* A new question begins: it may be the one that is struck. */
static void
look_at_plan (Talk *self)
{
  FaultProxy *proxy = self->proxy;

  g_mutex_lock (&proxy->lock);
  if (proxy->armed)
    {
      self->kind = proxy->kind;
      self->amount = proxy->amount;
      self->n_request = self->n_reply = 0;
      proxy->armed = FALSE;
      proxy->struck = TRUE;
    }
  g_mutex_unlock (&proxy->lock);
}

static void
note_counts (Talk *self)
{
  g_mutex_lock (&self->proxy->lock);
  self->proxy->n_request = self->n_request;
  self->proxy->n_reply = self->n_reply;
  g_mutex_unlock (&self->proxy->lock);
}

/* Takes what is there from one end; an end of it is passed on. */
static void
pump (Talk *self, GSocket *from)
{
  char bytes[ROOM];
  gssize n = g_socket_receive (from, bytes, sizeof bytes, NULL, NULL);

  if (n <= 0 && from == self->client && n == 0)
    {
      self->client_ended = TRUE;
      g_socket_shutdown (self->server, FALSE, TRUE, NULL);
    }
  else if (n <= 0)
    self->over = TRUE;
  else if (from == self->client)
    {
      look_at_plan (self);
      pass_request (self, bytes, n);
    }
  else
    pass_reply (self, bytes, n);
  note_counts (self);
}

static void
talk_on (Talk *self)
{
  while (!self->over && !is_over (self->proxy))
    {
      GPollFD ends[] = {
        { .fd = self->client_ended ? -1 : g_socket_get_fd (self->client), .events = G_IO_IN },
        { .fd = g_socket_get_fd (self->server), .events = G_IO_IN },
      };

      if (g_poll (ends, G_N_ELEMENTS (ends), POLL_MS) <= 0)
        continue;
      if (ends[0].revents)
        pump (self, self->client);
      if (ends[1].revents && !self->over)
        pump (self, self->server);
    }
}

static GSocket *
make_socket (void)
{
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP, NULL);

  g_assert_nonnull (socket);
  return socket;
}

static GSocketAddress *
make_address (guint port)
{
  return g_inet_socket_address_new_from_string ("127.0.0.1", port);
}

static gpointer
talk (gpointer data)
{
  Talk *self = data;
  FaultProxy *proxy = self->proxy;
  g_autoptr (GSocketAddress) address = make_address (proxy->upstream);

  self->server = make_socket ();
  if (g_socket_connect (self->server, address, NULL, NULL))
    talk_on (self);
  g_socket_close (self->client, NULL);
  g_socket_close (self->server, NULL);
  g_object_unref (self->client);
  g_object_unref (self->server);
  g_free (self);
  g_mutex_lock (&proxy->lock);
  proxy->talking--;
  g_mutex_unlock (&proxy->lock);
  return NULL;
}

static gpointer
listen_on (gpointer data)
{
  FaultProxy *self = data;

  while (!is_over (self))
    {
      Talk *one;
      GSocket *client;

      if (!g_socket_condition_timed_wait (self->listener, G_IO_IN, POLL_MS * 1000, NULL, NULL))
        continue;
      client = g_socket_accept (self->listener, NULL, NULL);
      if (!client)
        continue;
      one = g_new0 (Talk, 1);
      one->proxy = self;
      one->client = client;
      g_mutex_lock (&self->lock);
      self->talking++;
      g_mutex_unlock (&self->lock);
      g_thread_unref (g_thread_new ("talk", talk, one));
    }
  return NULL;
}

/**
 * fault_proxy_new:
 * @upstream: the port of the server on this machine
 *
 * Returns: (transfer full): a line to it, whole for now
 */
FaultProxy *
fault_proxy_new (guint upstream)
{
  FaultProxy *self = g_new0 (FaultProxy, 1);
  g_autoptr (GSocketAddress) any = make_address (0);
  g_autoptr (GSocketAddress) own = NULL;

  g_mutex_init (&self->lock);
  self->upstream = upstream;
  self->listener = make_socket ();
  g_assert_true (g_socket_bind (self->listener, any, TRUE, NULL));
  g_assert_true (g_socket_listen (self->listener, NULL));
  own = g_socket_get_local_address (self->listener, NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own));
  self->thread = g_thread_new ("proxy", listen_on, self);
  return self;
}

static gboolean
is_talking (FaultProxy *self)
{
  gboolean talking;

  g_mutex_lock (&self->lock);
  talking = self->talking > 0;
  g_mutex_unlock (&self->lock);
  return talking;
}

void
fault_proxy_free (FaultProxy *self)
{
  g_mutex_lock (&self->lock);
  self->over = TRUE;
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  while (is_talking (self))
    g_usleep (1000);
  g_socket_close (self->listener, NULL);
  g_object_unref (self->listener);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint
fault_proxy_get_port (FaultProxy *self)
{
  return self->port;
}

/* The next bytes of a client are struck. */
void
fault_proxy_arm (FaultProxy *self, FaultKind kind, guint amount)
{
  g_mutex_lock (&self->lock);
  self->armed = TRUE;
  self->struck = FALSE;
  self->kind = kind;
  self->amount = amount;
  g_mutex_unlock (&self->lock);
}

/* Whether anything has come since it was armed. */
gboolean
fault_proxy_has_struck (FaultProxy *self)
{
  gboolean struck;

  g_mutex_lock (&self->lock);
  struck = self->struck;
  g_mutex_unlock (&self->lock);
  return struck;
}

/* How long the question was that came last. */
guint
fault_proxy_get_n_request (FaultProxy *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_request;
  g_mutex_unlock (&self->lock);
  return n;
}

guint
fault_proxy_get_n_reply (FaultProxy *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_reply;
  g_mutex_unlock (&self->lock);
  return n;
}
