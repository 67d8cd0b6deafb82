/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-door.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/* Accepted in one go before anybody else gets a turn. */
#define MOST_AT_ONCE 64

/* Left alone, the kernel takes megabytes of an answer that nobody fetches, and
 * counts them as ours. */
#define SEND_BYTES (128 * 1024)

/* When the process has no descriptor left, one comes free soon. */
#define PAUSE_MS 50

/**
 * KomekDoor:
 *
 * A listening socket that hands over each connection as it comes.
 *
 * The listener of libsoup stops for ever at the first connection that cannot
 * be accepted, and it cannot be closed without closing all connections too.
 */
struct _KomekDoor
{
  GSocket         *socket;
  GSource         *source;
  GSource         *pause;
  KomekDoorVisitor visit;
  gpointer         data;
};

static void watch (KomekDoor *self);

static void
drop_source (GSource **source)
{
  if (*source)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
on_pause_over (gpointer data)
{
  KomekDoor *self = data;

  drop_source (&self->pause);
  watch (self);
  return G_SOURCE_REMOVE;
}

/* Trying again at once would take the whole processor. */
static void
pause_a_while (KomekDoor *self)
{
  drop_source (&self->source);
  self->pause = g_timeout_source_new (PAUSE_MS);
  g_source_set_callback (self->pause, on_pause_over, self, NULL);
  g_source_attach (self->pause, g_main_context_get_thread_default ());
}

static void
let_in (KomekDoor *self, GSocket *socket)
{
  g_autoptr (GSocketConnection) stream = g_socket_connection_factory_create_connection (socket);

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  self->visit (self, stream, self->data);
}

static gboolean
on_incoming (GSocket *listener, GIOCondition condition, gpointer data)
{
  KomekDoor *self = data;

  for (guint i = 0; i < MOST_AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (self->socket, NULL, &error);

      if (socket)
        let_in (self, socket);
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        {
          g_message ("No connection can be accepted: %s", error->message);
          pause_a_while (self);
          break;
        }
    }
  return G_SOURCE_CONTINUE;
}

static void
watch (KomekDoor *self)
{
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_incoming), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static gboolean
listen_at (KomekDoor *self, GSocketAddress *address, GError **error)
{
  GSocketFamily family = g_socket_address_get_family (address);

  self->socket =
    g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (!self->socket)
    return FALSE;
  /* What listens to the sixth version listens to it alone. */
  if (family == G_SOCKET_FAMILY_IPV6
      && !g_socket_set_option (self->socket, IPPROTO_IPV6, IPV6_V6ONLY, TRUE, error))
    return FALSE;
  /* What is accepted inherits it. */
  g_socket_set_option (self->socket, SOL_SOCKET, SO_SNDBUF, SEND_BYTES, NULL);
  g_socket_set_blocking (self->socket, FALSE);
  g_socket_set_listen_backlog (self->socket, 512);
  return g_socket_bind (self->socket, address, TRUE, error)
         && g_socket_listen (self->socket, error);
}

/**
 * komek_door_new:
 * @visit: called for each connection, in the thread's main context
 *
 * Returns: (transfer full): a door that is open
 */
KomekDoor *
komek_door_new (GSocketAddress *address, KomekDoorVisitor visit, gpointer data, GError **error)
{
  KomekDoor *self = g_new0 (KomekDoor, 1);

  self->visit = visit;
  self->data = data;
  if (!listen_at (self, address, error))
    {
      komek_door_free (self);
      return NULL;
    }
  watch (self);
  return self;
}

/**
 * komek_door_free:
 *
 * Closes the door; whoever came in stays.
 */
void
komek_door_free (KomekDoor *self)
{
  drop_source (&self->source);
  drop_source (&self->pause);
  if (self->socket)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
  g_free (self);
}

/**
 * komek_door_dup_address:
 *
 * Returns: (transfer full): where the door is, with the port that it got
 */
GSocketAddress *
komek_door_dup_address (KomekDoor *self, GError **error)
{
  return g_socket_get_local_address (self->socket, error);
}
