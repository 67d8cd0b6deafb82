/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-mouth.h"

/**
 * KomekMouth:
 *
 * What goes out on a connection.
 *
 * Libsoup sends the head of an answer by itself and its body after it: two
 * packets, and a caller that wakes up twice. A mouth that holds keeps the next
 * thing that it is given and says it in one breath with the one after it.
 */
struct _KomekMouth
{
  GOutputStream parent;
  GSocket      *socket;
  GByteArray   *held; /* said before anything else */
  gboolean      holds;
};

static void pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekMouth, komek_mouth, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      pollable_init))

/* -1, with an error that says to come again, where not all that is held could be said. */
static gssize
forget_said (KomekMouth *self, gsize said, GError **error)
{
  gsize held = self->held->len;

  g_byte_array_remove_range (self->held, 0, MIN (said, held));
  if (said > held)
    return said - held;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "The head of an answer waits");
  return -1;
}

static gssize
say_with_held (KomekMouth *self, const void *buffer, gsize count, gboolean blocking,
               GCancellable *cancellable, GError **error)
{
  GOutputVector parts[] = { { self->held->data, self->held->len }, { buffer, count } };
  gsize said = 0;

  switch (g_socket_send_message_with_timeout (self->socket, NULL, parts, G_N_ELEMENTS (parts),
                                              NULL, 0, 0, blocking ? -1 : 0, &said, cancellable,
                                              error))
    {
    case G_POLLABLE_RETURN_OK:
      return forget_said (self, said, error);
    case G_POLLABLE_RETURN_WOULD_BLOCK:
      return forget_said (self, 0, error);
    case G_POLLABLE_RETURN_FAILED:
    default:
      return -1;
    }
}

static gssize
say (KomekMouth *self, const void *buffer, gsize count, gboolean blocking,
     GCancellable *cancellable, GError **error)
{
  if (self->holds)
    {
      self->holds = FALSE;
      g_byte_array_append (self->held, buffer, count);
      return count;
    }
  if (self->held->len > 0)
    return say_with_held (self, buffer, count, blocking, cancellable, error);
  return g_socket_send_with_blocking (self->socket, buffer, count, blocking, cancellable, error);
}

static gssize
write_stream (GOutputStream *stream, const void *buffer, gsize count, GCancellable *cancellable,
              GError **error)
{
  return say (KOMEK_MOUTH (stream), buffer, count, TRUE, cancellable, error);
}

static gssize
write_nonblocking (GPollableOutputStream *stream, const void *buffer, gsize count, GError **error)
{
  return say (KOMEK_MOUTH (stream), buffer, count, FALSE, NULL, error);
}

static gboolean
is_writable (GPollableOutputStream *stream)
{
  return g_socket_condition_check (KOMEK_MOUTH (stream)->socket, G_IO_OUT) != 0;
}

static GSource *
create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) source =
    g_socket_create_source (KOMEK_MOUTH (stream)->socket, G_IO_OUT, cancellable);

  return g_pollable_source_new_full (stream, source, NULL);
}

static void
pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = is_writable;
  iface->create_source = create_source;
  iface->write_nonblocking = write_nonblocking;
}

static void
komek_mouth_finalize (GObject *object)
{
  KomekMouth *self = KOMEK_MOUTH (object);

  g_clear_object (&self->socket);
  g_byte_array_unref (self->held);
  G_OBJECT_CLASS (komek_mouth_parent_class)->finalize (object);
}

static void
komek_mouth_class_init (KomekMouthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_mouth_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = write_stream;
}

static void
komek_mouth_init (KomekMouth *self)
{
  self->held = g_byte_array_new ();
}

/**
 * komek_mouth_new:
 *
 * Returns: (transfer full): a mouth that holds nothing
 */
KomekMouth *
komek_mouth_new (GSocket *socket)
{
  KomekMouth *self = g_object_new (KOMEK_TYPE_MOUTH, NULL);

  self->socket = g_object_ref (socket);
  return self;
}

/**
 * komek_mouth_hold:
 *
 * Tells the mouth that what comes next is the beginning of something that goes on.
 */
void
komek_mouth_hold (KomekMouth *self)
{
  g_return_if_fail (KOMEK_IS_MOUTH (self));

  self->holds = TRUE;
}
