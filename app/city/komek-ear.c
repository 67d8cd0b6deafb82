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

static GSource *
create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) source =
    g_socket_create_source (KOMEK_EAR (stream)->socket, G_IO_IN, cancellable);

  return g_pollable_source_new_full (stream, source, NULL);
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
