/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-exchange.h"

#define CHUNK (64 * 1024)

/* No authority that browsers believe gives a certificate for longer: one that is out of its time by
 * more was hardly forgotten by the city. */
#define LONGEST_CERTIFICATE (398 * 86400)

/* One question and its answer, within a time and a length. The session's own
 * timeout counts from byte to byte: a server that sends one a second would hold
 * us for ever. */
typedef struct
{
  SoupSession      *session;
  SoupMessage      *message;
  KomekClock       *clock;
  KomekExchangePlan plan;
  GInputStream     *stream;
  GByteArray       *bytes;
  KomekAnswer      *answer;
  guint             deadline;    /* source */
  guint             connecting;  /* source */
  gboolean          connected;
  const char       *expired;     /* what took too long */
  guint             delivery;    /* source, while the head is on its way to us */
  gboolean          given_up;    /* meanwhile */
  GCancellable     *inner;       /* ends the exchange, whoever wants that */
  GCancellable     *outer;
  gulong            cancelled;   /* handler on @outer */
} Exchange;

static void
exchange_free (Exchange *self)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
  g_clear_handle_id (&self->connecting, g_source_remove);
  g_clear_handle_id (&self->delivery, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_cancellable_disconnect (self->outer, self->cancelled);
  g_clear_object (&self->outer);
  g_clear_object (&self->inner);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->answer, komek_answer_free);
  g_free (self);
}

/* Libsoup 3.4 to 3.6 takes an exchange off its list twice, and its memory from under itself, when
 * it is cancelled between the arrival of the head and its delivery. That is one turn of the main
 * loop. */
static void
give_up (Exchange *self)
{
  if (self->delivery)
    self->given_up = TRUE;
  else
    g_cancellable_cancel (self->inner);
}

static void
end_delivery (Exchange *self)
{
  g_clear_handle_id (&self->delivery, g_source_remove);
  if (self->given_up)
    g_cancellable_cancel (self->inner);
}

/* A redirection is delivered to libsoup alone. */
static gboolean
on_delivered (gpointer data)
{
  Exchange *self = data;

  self->delivery = 0;
  end_delivery (self);
  return G_SOURCE_REMOVE;
}

/* Of a lower priority than what libsoup delivers with. */
static void
on_headers_read (SoupMessage *message, gpointer data)
{
  Exchange *self = data;

  g_clear_handle_id (&self->delivery, g_source_remove);
  self->delivery = g_idle_add_full (G_PRIORITY_DEFAULT + 1, on_delivered, self, NULL);
}

static void
expire (Exchange *self, const char *what)
{
  self->expired = what;
  give_up (self);
}

static gboolean
on_deadline (gpointer data)
{
  Exchange *self = data;

  self->deadline = 0;
  expire (self, "No whole answer in time");
  return G_SOURCE_REMOVE;
}

static gboolean
on_connecting_too_long (gpointer data)
{
  Exchange *self = data;

  self->connecting = 0;
  expire (self, "No connection in time");
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer data)
{
  give_up (data);
}

/* From the moment on that it is tried, not while it waits for its turn. */
static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *stream, gpointer data)
{
  Exchange *self = data;

  if (event == G_SOCKET_CLIENT_COMPLETE)
    g_clear_handle_id (&self->connecting, g_source_remove);
  else if (!self->connecting && !self->expired)
    self->connecting = g_timeout_add (self->plan.connect, on_connecting_too_long, self);
}

static void
on_headers_written (SoupMessage *message, gpointer data)
{
  ((Exchange *) data)->connected = TRUE;
}

static gboolean
is_far_off (Exchange *self, GTlsCertificate *certificate)
{
  gint64 now = komek_clock_now (self->clock);
  g_autoptr (GDateTime) begin = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);

  return (begin && now < g_date_time_to_unix (begin))
         || (end && now > g_date_time_to_unix (end) + LONGEST_CERTIFICATE);
}

static void
note_mistrust (KomekAnswer *answer, KomekTransport transport, KomekCause cause)
{
  answer->transport = transport;
  answer->cause = cause;
}

/* Only looks on: what is wrong with it stays wrong. */
static gboolean
on_certificate_refused (SoupMessage *message, GTlsCertificate *certificate,
                        GTlsCertificateFlags problems, gpointer data)
{
  Exchange *self = data;

  if (problems & G_TLS_CERTIFICATE_BAD_IDENTITY)
    note_mistrust (self->answer, KOMEK_TRANSPORT_STRANGER, KOMEK_CAUSE_STRANGER);
  else if (problems & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    note_mistrust (self->answer, KOMEK_TRANSPORT_EXPIRED,
                   is_far_off (self, certificate) ? KOMEK_CAUSE_CLOCK : KOMEK_CAUSE_EXPIRED);
  else
    note_mistrust (self->answer, KOMEK_TRANSPORT_UNTRUSTED, KOMEK_CAUSE_UNTRUSTED);
  return FALSE;
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

static gboolean
is_packed (Exchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  return soup_message_headers_get_one (headers, "Content-Encoding") != NULL;
}

static gboolean
is_bad_packing (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)
         || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING);
}

/* Who could not connect has sent nothing. */
static KomekTransport
judge (Exchange *self, const GError *error)
{
  if (self->expired || !is_nonsense (error))
    return self->connected ? KOMEK_TRANSPORT_BROKEN : KOMEK_TRANSPORT_NOBODY;
  return KOMEK_TRANSPORT_NONSENSE;
}

static KomekCause
find_cause_in_io (const GError *error)
{
  switch (error->code)
    {
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return KOMEK_CAUSE_NO_NETWORK;
    case G_IO_ERROR_HOST_NOT_FOUND:
      return KOMEK_CAUSE_NO_NAME;
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
      return KOMEK_CAUSE_NOBODY;
    case G_IO_ERROR_TIMED_OUT:
      return KOMEK_CAUSE_SILENCE;
    default:
      return KOMEK_CAUSE_UNKNOWN;
    }
}

/* A device without a network cannot ask for names either. */
static KomekCause
find_cause (Exchange *self, const GError *error)
{
  if (self->expired)
    return KOMEK_CAUSE_SILENCE;
  if (error->domain == G_RESOLVER_ERROR)
    return error->code == G_RESOLVER_ERROR_TEMPORARY_FAILURE ? KOMEK_CAUSE_NO_NETWORK
                                                             : KOMEK_CAUSE_NO_NAME;
  if (error->domain == G_TLS_ERROR && !self->connected)
    return KOMEK_CAUSE_NO_TLS;
  return error->domain == G_IO_ERROR ? find_cause_in_io (error) : KOMEK_CAUSE_UNKNOWN;
}

/* Gives the answer away. Nothing of the line shall hold the exchange any longer. */
static void
return_answer (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  g_clear_handle_id (&self->deadline, g_source_remove);
  g_clear_handle_id (&self->connecting, g_source_remove);
  g_task_return_pointer (task, g_steal_pointer (&self->answer), (GDestroyNotify) komek_answer_free);
}

static void
fail (GTask *task, const GError *error)
{
  Exchange *self = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->answer->transport == KOMEK_TRANSPORT_WHOLE)
    {
      self->answer->transport = judge (self, error);
      self->answer->cause = find_cause (self, error);
    }
  self->answer->undecodable = self->stream && is_packed (self) && is_bad_packing (error);
  self->answer->what = g_strdup (self->expired ? self->expired : error->message);
  return_answer (task);
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
    {
      self->answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
      return_answer (task);
    }
  else if (self->bytes->len + length > self->plan.most_bytes)
    {
      self->answer->transport = KOMEK_TRANSPORT_EXCESS;
      self->answer->what = g_strdup_printf ("The answer is longer than %" G_GSIZE_FORMAT " bytes",
                                            self->plan.most_bytes);
      g_cancellable_cancel (self->inner);
      return_answer (task);
    }
  else
    {
      g_byte_array_append (self->bytes, g_bytes_get_data (bytes, NULL), length);
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

static char *
dup_header (SoupMessageHeaders *headers, const char *name)
{
  return g_strdup (soup_message_headers_get_one (headers, name));
}

static void
note_head (KomekAnswer *answer, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  answer->status = soup_message_get_status (message);
  answer->reason = g_strdup (soup_message_get_reason_phrase (message));
  answer->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  answer->retry_after = dup_header (headers, "Retry-After");
  answer->date = dup_header (headers, "Date");
  answer->etag = dup_header (headers, "ETag");
  answer->link = g_strdup (soup_message_headers_get_list (headers, "Link"));
  answer->allow = g_strdup (soup_message_headers_get_list (headers, "Allow"));
  answer->url = g_uri_to_string (soup_message_get_uri (message));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  end_delivery (self);
  if (!self->stream)
    {
      fail (task, error);
      return;
    }
  note_head (self->answer, self->message);
  read_on (g_steal_pointer (&task));
}

static void
watch (Exchange *self)
{
  g_signal_connect (self->message, "network-event", G_CALLBACK (on_network_event), self);
  g_signal_connect (self->message, "wrote-headers", G_CALLBACK (on_headers_written), self);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (on_headers_read), self);
  g_signal_connect (self->message, "accept-certificate", G_CALLBACK (on_certificate_refused), self);
}

/**
 * komek_exchange_async:
 * @message: the question
 * @plan: what it may take, without zeros
 *
 * Asks, and takes the whole answer, whatever its status.
 */
void
komek_exchange_async (SoupSession *session, SoupMessage *message, const KomekExchangePlan *plan,
                      KomekClock *clock, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer data)
{
  GTask *task = g_task_new (message, cancellable, callback, data);
  Exchange *self = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, komek_exchange_async);
  g_task_set_task_data (task, self, (GDestroyNotify) exchange_free);
  self->session = g_object_ref (session);
  self->message = g_object_ref (message);
  self->clock = g_object_ref (clock);
  self->plan = *plan;
  self->bytes = g_byte_array_new ();
  self->answer = g_new0 (KomekAnswer, 1);
  self->inner = g_cancellable_new ();
  watch (self);
  if (cancellable)
    {
      self->outer = g_object_ref (cancellable);
      self->cancelled =
        g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), self, NULL);
    }
  self->deadline = g_timeout_add (plan->total, on_deadline, self);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, self->inner, on_sent, task);
}

/**
 * komek_exchange_finish:
 *
 * Fails with %G_IO_ERROR_CANCELLED and nothing else: what goes wrong on the line is told in the
 * answer.
 *
 * Returns: (transfer full) (nullable): what came back
 */
KomekAnswer *
komek_exchange_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
