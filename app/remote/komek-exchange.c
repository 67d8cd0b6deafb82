/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-exchange.h"

#include "komek-error.h"

#define CHUNK (64 * 1024)

/* One question and its answer, within a time and a length. The session's own
 * timeout counts from byte to byte: a server that sends one a second would hold
 * us for ever. */
typedef struct
{
  SoupSession  *session;
  SoupMessage  *message;
  GInputStream *stream;
  GByteArray   *body;
  gsize         most_bytes;
  guint         deadline;  /* source */
  gboolean      expired;
  GCancellable *inner;     /* ends the exchange, whoever wants that */
  GCancellable *outer;
  gulong        cancelled; /* handler on @outer */
} Exchange;

static void
exchange_free (Exchange *self)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
  g_cancellable_disconnect (self->outer, self->cancelled);
  g_clear_object (&self->outer);
  g_clear_object (&self->inner);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self);
}

static gboolean
on_deadline (gpointer data)
{
  Exchange *self = data;

  self->deadline = 0;
  self->expired = TRUE;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

/* An answer came, but not in HTTP as anybody writes it. */
static gboolean
is_nonsense (const GError *error)
{
  return g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING)
         || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING)
         || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_TOO_MANY_REDIRECTS)
         || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_REDIRECT_NO_LOCATION)
         || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_REDIRECT_BAD_URI);
}

static void
fail (GTask *task, const GError *error)
{
  Exchange *self = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->expired)
    g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "No whole answer in time");
  else
    g_task_return_new_error (task, KOMEK_ERROR,
                             is_nonsense (error) ? KOMEK_ERROR_UNREADABLE : KOMEK_ERROR_UNREACHABLE,
                             "%s", error->message);
}

static void read_on (GTask *task);

static void
on_bytes_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length = bytes ? g_bytes_get_size (bytes) : 0;

  if (!bytes)
    fail (task, error);
  else if (length == 0)
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&self->body)),
                           (GDestroyNotify) g_bytes_unref);
  else if (self->body->len + length > self->most_bytes)
    g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                             "The answer is longer than %" G_GSIZE_FORMAT " bytes",
                             self->most_bytes);
  else
    {
      g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL), length);
      read_on (g_steal_pointer (&task));
    }
}

static void
read_on (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, self->inner,
                                   on_bytes_read, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream)
    read_on (g_steal_pointer (&task));
  else
    fail (task, error);
}

/**
 * komek_exchange_async:
 * @message: the question; its status tells the answer's
 *
 * Asks, and takes the whole answer, whatever its status.
 *
 * Fails with %KOMEK_ERROR_UNREACHABLE where nothing whole came in time and with
 * %KOMEK_ERROR_UNREADABLE where what came was no HTTP or too long.
 */
void
komek_exchange_async (SoupSession *session, SoupMessage *message,
                      const KomekExchangeLimits *limits, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (message, cancellable, callback, data);
  Exchange *self = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, komek_exchange_async);
  g_task_set_task_data (task, self, (GDestroyNotify) exchange_free);
  self->session = g_object_ref (session);
  self->message = g_object_ref (message);
  self->body = g_byte_array_new ();
  self->most_bytes = limits->most_bytes;
  self->inner = g_cancellable_new ();
  if (cancellable)
    {
      self->outer = g_object_ref (cancellable);
      self->cancelled =
        g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), self->inner, NULL);
    }
  self->deadline = g_timeout_add (limits->total, on_deadline, self);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, self->inner, on_sent, task);
}

/**
 * komek_exchange_finish:
 *
 * Returns: (transfer full) (nullable): the body of the answer
 */
GBytes *
komek_exchange_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
