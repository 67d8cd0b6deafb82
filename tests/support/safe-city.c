/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "safe-city.h"

#include <string.h>

/* The leak checker of GCC dies of the thread storage that the TLS library leaves behind. What leaks
 * in the client leaks in its other tests as well: so this belongs to no test that needs no such city. */
#ifdef __SANITIZE_ADDRESS__
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

static char *
find_file (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "remote", "tls", name, NULL);
}

static GTlsCertificate *
read_certificate (const char *name)
{
  g_autofree char *path = find_file (name);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  static const char services[] = "[{\"service_code\":\"a\",\"service_name\":\"A\"}]";
  SafeCity *self = data;
  gboolean post = g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_POST);
  g_autofree char *filed = NULL;
  const char *body = services;

  if (post)
    body = filed = g_strdup_printf ("[{\"service_request_id\":\"S-%u\"}]", ++self->filed);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Connection",
                               "close");
  soup_server_message_set_status (message, strstr (path, "discovery") ? 404 : 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

/* Whoever is gone already has no address any more. */
static void
take_in (SafeCity *self, GTlsConnection *connection)
{
  g_autoptr (GSocketConnection) socket = NULL;
  g_autoptr (GSocketAddress) here = NULL;
  g_autoptr (GSocketAddress) there = NULL;
  g_autoptr (GError) error = NULL;

  g_object_get (connection, "base-io-stream", &socket, NULL);
  here = g_socket_connection_get_local_address (socket, NULL);
  there = g_socket_connection_get_remote_address (socket, NULL);
  if (!here || !there)
    return;
  soup_server_accept_iostream (self->server, G_IO_STREAM (connection), here, there, &error);
  g_assert_no_error (error);
}

static void
on_greeted (GObject *source, GAsyncResult *result, gpointer data)
{
  SafeCity *self = data;
  g_autoptr (GTlsConnection) connection = G_TLS_CONNECTION (source);

  self->n_greeting--;
  if (g_tls_connection_handshake_finish (connection, result, NULL))
    take_in (self, connection);
}

/* Libsoup 3.2 closes who still shakes hands while it waits for the end of that, which never comes
 * where the other side lives in the same thread; 3.6 forgets him, and dies when he has ended. So the
 * hands are shaken here. */
static gboolean
on_incoming (GSocketService *service, GSocketConnection *socket, GObject *source, gpointer data)
{
  SafeCity *self = data;
  g_autoptr (GError) error = NULL;
  GIOStream *connection =
    g_tls_server_connection_new (G_IO_STREAM (socket), self->certificate, &error);

  g_assert_no_error (error);
  self->n_greeting++;
  g_tls_connection_handshake_async (G_TLS_CONNECTION (connection), G_PRIORITY_DEFAULT,
                                    self->leaving, on_greeted, self);
  return TRUE;
}

static void
listen_safely (SafeCity *self)
{
  g_autoptr (GInetAddress) here = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (here, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;

  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
}

/* @certificate: the name of a file among those of the client's tests. */
SafeCity *
safe_city_new (const char *certificate)
{
  SafeCity *self = g_new0 (SafeCity, 1);

  self->certificate = read_certificate (certificate);
  self->leaving = g_cancellable_new ();
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_asked, self, NULL);
  listen_safely (self);
  self->url = g_strdup_printf ("https://127.0.0.1:%u/open311/v2/", self->port);
  return self;
}

void
safe_city_free (SafeCity *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->leaving);
  while (self->n_greeting > 0)
    g_main_context_iteration (NULL, TRUE);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_object_unref (self->service);
  g_object_unref (self->leaving);
  g_object_unref (self->certificate);
  g_free (self->url);
  g_free (self);
}

/* From now on, for who comes anew. */
void
safe_city_change (SafeCity *self, const char *certificate)
{
  g_object_unref (self->certificate);
  self->certificate = read_certificate (certificate);
}

/* @trusting: whether it knows the authority of the certificates. */
SoupSession *
safe_city_make_session (gboolean trusting)
{
  g_autofree char *path = find_file ("authority.pem");
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) authorities = g_tls_file_database_new (path, &error);
  SoupSession *session = soup_session_new ();

  g_assert_no_error (error);
  if (trusting)
    soup_session_set_tls_database (session, authorities);
  return session;
}
