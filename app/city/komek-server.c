/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-server.h"

#include "komek-door.h"
#include "komek-hall.h"

/* More would wait for each other inside GLib, where all signals share one lock, and for the
 * storage's readers. Two already do, four times for each answer to eight connections, and
 * still answer a third more than one. */
#define MOST_HALLS 2

/* How often it is looked whether the last call is answered. */
#define END_MS 10

/**
 * KomekServer:
 *
 * Answers over HTTP: the GeoReport interface below /open311/v2/ and the public web pages.
 *
 * The main loop opens the door and sends whoever comes into one of a few
 * halls, by turns; each hall is a thread that serves its connections alone.
 */
struct _KomekServer
{
  GObject            parent;
  KomekServerOptions options;
  KomekCrowd        *crowd;
  KomekGate         *gate;
  KomekMetrics      *metrics;
  GPtrArray         *halls;
  guint              next_hall;
  KomekDoor         *door;
  GTask             *end;
  GSource           *watch;
  gint64             patience;
};

G_DEFINE_FINAL_TYPE (KomekServer, komek_server, G_TYPE_OBJECT)

static guint
count_running (KomekServer *self)
{
  guint n = 0;

  for (guint i = 0; i < self->halls->len; i++)
    n += komek_hall_get_running (self->halls->pdata[i]);
  return n;
}

static gboolean
on_end_watched (gpointer data)
{
  KomekServer *self = data;
  guint running = count_running (self);
  g_autoptr (GTask) task = NULL;

  if (running > 0 && g_get_monotonic_time () < self->patience)
    return G_SOURCE_CONTINUE;
  if (running > 0)
    g_message ("%u calls were not answered before the end", running);
  task = g_steal_pointer (&self->end);
  g_clear_pointer (&self->watch, g_source_unref);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* NULL for a proxy of ours: how many it brings is its own business. */
static char *
describe_address (KomekServer *self, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  GInetAddress *address;

  if (!remote)
    return NULL;
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  return komek_proxies_trust (self->options.proxies, address) ? NULL
                                                              : g_inet_address_to_string (address);
}

static void
on_connection (KomekDoor *door, GSocketConnection *connection, gpointer data)
{
  KomekServer *self = data;
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autofree char *address = describe_address (self, connection);
  KomekCrowdReason reason;

  if (!komek_crowd_enter (self->crowd, address, &reason))
    {
      komek_crowd_turn_away (self->crowd, socket, reason);
      g_socket_close (socket, NULL);
      return;
    }
  komek_hall_take (self->halls->pdata[self->next_hall], connection, address);
  self->next_hall = (self->next_hall + 1) % self->halls->len;
}

static void
komek_server_dispose (GObject *object)
{
  KomekServer *self = KOMEK_SERVER (object);

  komek_server_close (self);
  if (self->watch)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
  G_OBJECT_CLASS (komek_server_parent_class)->dispose (object);
}

static void
komek_server_finalize (GObject *object)
{
  KomekServer *self = KOMEK_SERVER (object);

  g_ptr_array_unref (self->halls);
  g_clear_pointer (&self->gate, komek_gate_free);
  g_clear_pointer (&self->crowd, komek_crowd_free);
  g_clear_pointer (&self->metrics, komek_metrics_free);
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
  self->metrics = komek_metrics_new ();
  self->halls = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_hall_free);
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
  self->gate = komek_gate_new (options->office->storage, options->settings, options->local_key);
  self->crowd = komek_crowd_new (options->settings);
  return self;
}

static void
open_halls (KomekServer *self)
{
  const KomekHallOptions options = { self->options, self->crowd, self->gate, self->metrics };

  for (guint i = 0; i < MIN (g_get_num_processors (), MOST_HALLS); i++)
    g_ptr_array_add (self->halls, komek_hall_new (&options));
}

/**
 * komek_server_listen:
 *
 * Accepts calls at @address, which may leave the port open, as soon as the main loop runs.
 */
gboolean
komek_server_listen (KomekServer *self, GSocketAddress *address, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_SERVER (self) && !self->door, FALSE);

  self->door = komek_door_new (address, on_connection, self, error);
  if (!self->door)
    return FALSE;
  open_halls (self);
  return TRUE;
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

  address = komek_door_dup_address (self->door, NULL);
  inet = G_INET_SOCKET_ADDRESS (address);
  host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  sixth = g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  return g_strdup_printf ("http://%s%s%s:%u" KOMEK_SERVER_BASE, sixth ? "[" : "", host,
                          sixth ? "]" : "", g_inet_socket_address_get_port (inet));
}

/**
 * komek_server_end_async:
 *
 * Lets nobody in any more, answers whoever has called already, and calls
 * @callback when that is done or has taken too long. From now on a connection
 * is refused by the machine, so that a proxy tries another server at once.
 */
void
komek_server_end_async (KomekServer *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_SERVER (self) && !self->end);

  self->end = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (self->end, komek_server_end_async);
  g_clear_pointer (&self->door, komek_door_free);
  for (guint i = 0; i < self->halls->len; i++)
    komek_hall_end (self->halls->pdata[i]);
  self->patience =
    g_get_monotonic_time () + self->options.settings->farewell_ms * (gint64) 1000;
  self->watch = g_timeout_source_new (END_MS);
  g_source_set_callback (self->watch, on_end_watched, self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
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

  g_clear_pointer (&self->door, komek_door_free);
  g_ptr_array_set_size (self->halls, 0);
}
