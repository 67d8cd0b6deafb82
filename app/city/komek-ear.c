/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-ear.h"

/**
 * KomekEar:
 *
 * What comes in on a connection.
 *
 * Libsoup 3.2 never lets go of a connection that ends between two calls: it
 * knows of a call only from its first letter on, and an end without one is
 * nobody's. So an ear that rests hears a letter before the end: it begins a
 * call that ends at once, and with that the connection. Only between calls:
 * within one the letter would stand for one that was lost.
 */
struct _KomekEar
{
  GInputStream parent;
  GSocket     *socket;
  gboolean     rests;
};

static void pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekEar, komek_ear, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      pollable_init))

/* A letter that begins no call. */
static gssize
say_a_letter (KomekEar *self, char *buffer)
{
  self->rests = FALSE;
  *buffer = '-';
  return 1;
}

static gssize
hear (KomekEar *self, void *buffer, gsize count, gboolean blocking, GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GError) reason = NULL;
  gssize n =
    g_socket_receive_with_blocking (self->socket, buffer, count, blocking, cancellable, &reason);
  gboolean later = g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);

  if (n <= 0 && !later && self->rests && count > 0)
    return say_a_letter (self, buffer);
  if (n > 0)
    self->rests = FALSE;
  if (reason)
    g_propagate_error (error, g_steal_pointer (&reason));
  return n;
}

static gssize
read_stream (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
             GError **error)
{
  return hear (KOMEK_EAR (stream), buffer, count, TRUE, cancellable, error);
}

static gssize
read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  return hear (KOMEK_EAR (stream), buffer, count, FALSE, NULL, error);
}

static gboolean
is_readable (GPollableInputStream *stream)
{
  return g_socket_condition_check (KOMEK_EAR (stream)->socket, G_IO_IN) != 0;
}

/* GIO would put one source into another for this, and GLib 2.74 writes to the main loop's own
 * descriptor for each of them, before and after it is called. */
typedef struct
{
  GSource   parent;
  KomekEar *ear;
} Source;

static gboolean
dispatch_source (GSource *source, GSourceFunc callback, gpointer data)
{
  return ((GPollableSourceFunc) G_CALLBACK (callback)) (G_OBJECT (((Source *) source)->ear), data);
}

static void
finalize_source (GSource *source)
{
  g_object_unref (((Source *) source)->ear);
}

/* What libsoup sets is a closure that does nothing: the source only wakes another. */
static gboolean
call_closure (GObject *stream, gpointer closure)
{
  g_auto (GValue) argument = G_VALUE_INIT;
  g_auto (GValue) again = G_VALUE_INIT;

  g_value_init (&argument, KOMEK_TYPE_EAR);
  g_value_set_object (&argument, stream);
  g_value_init (&again, G_TYPE_BOOLEAN);
  g_closure_invoke (closure, &again, 1, &argument, NULL);
  return g_value_get_boolean (&again);
}

static GSource *
create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  static GSourceFuncs functions = { .dispatch = dispatch_source,
                                    .finalize = finalize_source,
                                    .closure_callback = G_SOURCE_FUNC (call_closure) };
  KomekEar *self = KOMEK_EAR (stream);
  GSource *source = g_source_new (&functions, sizeof (Source));
  g_autoptr (GSource) end = cancellable ? g_cancellable_source_new (cancellable) : NULL;

  ((Source *) source)->ear = g_object_ref (self);
  if (g_socket_is_closed (self->socket))
    g_source_set_ready_time (source, 0);
  else
    g_source_add_unix_fd (source, g_socket_get_fd (self->socket), G_IO_IN | G_IO_HUP | G_IO_ERR);
  if (end)
    {
      g_source_set_dummy_callback (end);
      g_source_add_child_source (source, end);
    }
  return source;
}

static void
pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = is_readable;
  iface->create_source = create_source;
  iface->read_nonblocking = read_nonblocking;
}

static void
komek_ear_finalize (GObject *object)
{
  g_clear_object (&KOMEK_EAR (object)->socket);
  G_OBJECT_CLASS (komek_ear_parent_class)->finalize (object);
}

static void
komek_ear_class_init (KomekEarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_ear_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = read_stream;
}

static void
komek_ear_init (KomekEar *self)
{
}

/**
 * komek_ear_new:
 *
 * Returns: (transfer full): an ear that does not rest
 */
KomekEar *
komek_ear_new (GSocket *socket)
{
  KomekEar *self = g_object_new (KOMEK_TYPE_EAR, NULL);

  self->socket = g_object_ref (socket);
  return self;
}

/**
 * komek_ear_rest:
 *
 * Tells the ear that a call is over.
 */
void
komek_ear_rest (KomekEar *self)
{
  g_return_if_fail (KOMEK_IS_EAR (self));

  self->rests = TRUE;
}
