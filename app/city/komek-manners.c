/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-manners.h"

#include <string.h>

/* What HTTP forbids and libsoup takes; a proxy in front may read such a call
 * in another way than we do, and a stranger could hide one call in another. */

/* CONNECT and TRACE are of HTTP, but nothing that a server of ours would ever do. */
static gboolean
is_method (const char *method)
{
  static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE",
                                         "OPTIONS" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (method, methods[i]) == 0)
      return TRUE;
  return FALSE;
}

typedef struct
{
  guint hosts, lengths, encodings;
  gsize bytes;
} Headers;

static Headers
measure_headers (SoupServerMessage *message)
{
  Headers found = { 0 };
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      /* Each has a colon, a space and the end of the line besides. */
      found.bytes += strlen (name) + strlen (value) + 4;
      found.hosts += g_ascii_strcasecmp (name, "Host") == 0;
      found.lengths += g_ascii_strcasecmp (name, "Content-Length") == 0;
      found.encodings += g_ascii_strcasecmp (name, "Transfer-Encoding") == 0;
    }
  return found;
}

static gsize
measure_uri (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);

  return strlen (g_uri_get_path (uri)) + (query ? strlen (query) + 1 : 0);
}

/**
 * komek_manners_check:
 * @message: whose headers have come
 * @reason: (out): why it is turned away
 *
 * Returns: whether it is a call that may be read on
 */
gboolean
komek_manners_check (SoupServerMessage *message, const KomekSettings *settings,
                     KomekCrowdReason *reason)
{
  Headers found = measure_headers (message);
  guint least_hosts = soup_server_message_get_http_version (message) == SOUP_HTTP_1_0 ? 0 : 1;

  if (found.bytes > settings->header_bytes)
    *reason = KOMEK_CROWD_HEADERS;
  else if (found.hosts < least_hosts || found.hosts > 1)
    *reason = KOMEK_CROWD_HOST;
  else if (found.lengths + found.encodings > 1)
    *reason = KOMEK_CROWD_LENGTH;
  /* Libsoup takes a chunked body that ends between two chunks for a whole one:
   * half of what somebody filed would be registered. */
  else if (found.encodings > 0)
    *reason = KOMEK_CROWD_CHUNKED;
  else if (!is_method (soup_server_message_get_method (message)))
    *reason = KOMEK_CROWD_METHOD;
  else if (measure_uri (message) > settings->uri_bytes)
    *reason = KOMEK_CROWD_URI;
  else
    return TRUE;
  return FALSE;
}
