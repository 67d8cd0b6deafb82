/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Libsoup's server and nothing else: gives everybody one answer, which it
 * reads on standard input with its headers, and prints its port. What
 * komek-city adds to it is the rest of what that costs. */

static SoupMessageHeaders *headers;
static GBytes *body;

static void
on_call (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *arguments,
         gpointer data)
{
  SoupMessageHeaders *answer = soup_server_message_get_response_headers (message);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    soup_message_headers_append (answer, name, value);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

/* Libsoup writes the length and the date itself. */
static gboolean
read_answer (void)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 buffer[65536];
  size_t n;
  char *end;

  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_byte_array_append (all, buffer, n);
  g_byte_array_append (all, (const guint8 *) "", 1);
  end = strstr ((char *) all->data, "\r\n\r\n");
  if (!end)
    return FALSE;
  headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  if (!soup_headers_parse ((char *) all->data, end + 2 - (char *) all->data, headers))
    return FALSE;
  soup_message_headers_remove (headers, "Content-Length");
  soup_message_headers_remove (headers, "Date");
  end += 4;
  body = g_bytes_new (end, all->len - 1 - (end - (char *) all->data));
  return TRUE;
}

int
main (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GSList *uris;

  if (!read_answer ()
      || !soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL))
    return EXIT_FAILURE;
  soup_server_add_handler (server, NULL, on_call, NULL, NULL);
  uris = soup_server_get_uris (server);
  printf ("%d\n", g_uri_get_port (uris->data));
  fflush (stdout);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
