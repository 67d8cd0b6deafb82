/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-stream.h"

#include "komek-ear.h"
#include "komek-mouth.h"

/**
 * KomekStream:
 *
 * A connection as libsoup is given it: what comes in goes through a #KomekEar,
 * what goes out through a #KomekMouth.
 */
struct _KomekStream
{
  GIOStream          parent;
  GSocketConnection *connection;
  KomekEar          *ear;
  KomekMouth        *mouth;
};

G_DEFINE_FINAL_TYPE (KomekStream, komek_stream, G_TYPE_IO_STREAM)

static GInputStream *
get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (KOMEK_STREAM (stream)->ear);
}

static GOutputStream *
get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (KOMEK_STREAM (stream)->mouth);
}

static gboolean
close_stream (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (G_IO_STREAM (KOMEK_STREAM (stream)->connection), cancellable, error);
}

static void
komek_stream_finalize (GObject *object)
{
  KomekStream *self = KOMEK_STREAM (object);

  g_clear_object (&self->ear);
  g_clear_object (&self->mouth);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (komek_stream_parent_class)->finalize (object);
}

static void
komek_stream_class_init (KomekStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = komek_stream_finalize;
  stream_class->get_input_stream = get_input_stream;
  stream_class->get_output_stream = get_output_stream;
  stream_class->close_fn = close_stream;
}

static void
komek_stream_init (KomekStream *self)
{
}

/**
 * komek_stream_new:
 *
 * Returns: (transfer full): the stream
 */
KomekStream *
komek_stream_new (GSocketConnection *connection)
{
  KomekStream *self = g_object_new (KOMEK_TYPE_STREAM, NULL);
  GSocket *socket = g_socket_connection_get_socket (connection);

  self->connection = g_object_ref (connection);
  self->ear = komek_ear_new (socket);
  self->mouth = komek_mouth_new (socket);
  return self;
}

/**
 * komek_stream_rest:
 *
 * Tells the stream that a call is over and another may come.
 */
void
komek_stream_rest (KomekStream *self)
{
  g_return_if_fail (KOMEK_IS_STREAM (self));

  komek_ear_rest (self->ear);
}

/**
 * komek_stream_hold:
 *
 * Tells the stream that the next thing written is the head of an answer that has a body.
 */
void
komek_stream_hold (KomekStream *self)
{
  g_return_if_fail (KOMEK_IS_STREAM (self));

  komek_mouth_hold (self->mouth);
}
