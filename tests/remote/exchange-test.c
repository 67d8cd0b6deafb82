/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "await.h"
#include "komek-exchange.h"

/* An exchange that is given up while its answer is on its way from one part of libsoup to another. */

static const KomekExchangePlan plan = { .total = 5000, .connect = 1000, .most_bytes = 1000 };

/* Serves one caller, in a thread of its own: libsoup shall find the answer without waiting. */
static gpointer
serve (gpointer listener)
{
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell";
  char call[4096];
  g_autoptr (GSocketConnection) connection =
    g_socket_listener_accept (listener, NULL, NULL, NULL);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  gssize n = g_input_stream_read (input, call, sizeof call, NULL, NULL);

  g_assert_cmpint (n, >, 0);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer,
                             strlen (answer), NULL, NULL, NULL);
  return NULL;
}

/* Long enough for the answer to be there when libsoup looks for it the first time. */
static void
wait_for_the_answer (SoupMessage *message, gpointer unused)
{
  g_usleep (100000);
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancel_now (SoupMessage *message, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* Before anything else that waits for its turn. */
static void
cancel_next (SoupMessage *message, gpointer cancellable)
{
  g_idle_add_full (G_PRIORITY_HIGH, cancel, cancellable, NULL);
}

static void
cancel_later (SoupMessage *message, gpointer cancellable)
{
  g_idle_add_full (G_PRIORITY_LOW, cancel, cancellable, NULL);
}

static const struct
{
  const char *name;
  void (*on_headers) (SoupMessage *message, gpointer cancellable);
} cases[] = {
  { "when-its-head-comes", cancel_now },
  { "before-its-head-is-delivered", cancel_next },
  { "after-its-head-is-delivered", cancel_later },
};

static void
test_given_up (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", port);
  GThread *server = g_thread_new ("server", serve, listener);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (KomekClock) clock = komek_clock_new_fixed (0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (message, "wrote-body", G_CALLBACK (wait_for_the_answer), NULL);
  g_signal_connect (message, "got-headers", G_CALLBACK (cases[i].on_headers), cancellable);
  komek_exchange_async (session, message, &plan, clock, cancellable, on_awaited, &result);
  answer = komek_exchange_finish (await (&result), &error);
  if (answer)
    g_assert_cmpint (answer->transport, ==, KOMEK_TRANSPORT_WHOLE);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  let_pass (50);
  soup_session_abort (session);
  g_thread_join (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/remote/exchange/given-up/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_given_up);
    }
  return g_test_run ();
}
