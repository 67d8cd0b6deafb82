/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "safe-city.h"

#include <string.h>

#include "await.h"

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

/* @certificate: the name of a file among those of the client's tests. */
SafeCity *
safe_city_new (const char *certificate)
{
  SafeCity *self = g_new0 (SafeCity, 1);
  g_autoptr (GTlsCertificate) own = read_certificate (certificate);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = soup_server_new ("tls-certificate", own, NULL);
  soup_server_add_handler (self->server, NULL, on_asked, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY | SOUP_SERVER_LISTEN_HTTPS, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->url = g_strdup_printf ("https://127.0.0.1:%u/open311/v2/", self->port);
  return self;
}

/* Libsoup 3.6 forgets with its server who is still shaking hands, and not that it is to be told of the
 * end of that: whoever was just refused gets the time to leave. */
void
safe_city_free (SafeCity *self)
{
  let_pass (50);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->url);
  g_free (self);
}

/* From now on, for who comes anew. */
void
safe_city_change (SafeCity *self, const char *certificate)
{
  g_autoptr (GTlsCertificate) other = read_certificate (certificate);

  soup_server_set_tls_certificate (self->server, other);
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
