/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-endpoint.h"

#include <string.h>

/* Where a city is to be asked, from what somebody typed and what the city announces. */

/* As it was written, but a port that is the scheme's own counts as none. */
#define FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE)

static gboolean
is_discovery (const char *path)
{
  return g_str_has_suffix (path, "/discovery.json") || g_str_has_suffix (path, "/discovery.xml");
}

/* Without query and fragment. */
static char *
dup_path (const char *url)
{
  return g_strndup (url, strcspn (url, "?#"));
}

/**
 * komek_endpoint_dup_base:
 * @url: the address of a GeoReport service or of its discovery document
 *
 * Returns: (transfer full): the folder of the address, with a slash at the end
 */
char *
komek_endpoint_dup_base (const char *url)
{
  g_autofree char *path = dup_path (url);

  if (is_discovery (path))
    return g_strndup (path, strrchr (path, '/') + 1 - path);
  return g_str_has_suffix (path, "/") ? g_steal_pointer (&path) : g_strconcat (path, "/", NULL);
}

static gboolean
is_secure (GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (uri), "https");
}

/* The usual ports of http and https count as the same. */
static int
get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  return port == (is_secure (uri) ? 443 : 80) ? -1 : port;
}

static gboolean
is_same_host (GUri *a, GUri *b)
{
  return g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && get_port (a) == get_port (b);
}

static gboolean
is_web (GUri *uri)
{
  return g_uri_get_host (uri) && (is_secure (uri) || g_str_equal (g_uri_get_scheme (uri), "http"));
}

/* The path that is announced, at the host that was typed. */
static char *
move (GUri *announced, GUri *typed)
{
  g_autoptr (GUri) moved =
    g_uri_build (FLAGS, g_uri_get_scheme (typed), NULL, g_uri_get_host (typed),
                 g_uri_get_port (typed), g_uri_get_path (announced), NULL, NULL);

  return g_uri_to_string (moved);
}

/**
 * komek_endpoint_choose:
 * @url: what somebody typed
 * @announced: the endpoint that the discovery found there announces
 *
 * A server behind a proxy often announces the name that it knows itself by,
 * and a copied discovery that of another city. So the host that was typed is
 * kept; so is the whole address where it is no discovery document. Nobody is
 * led away from https.
 *
 * Returns: (transfer full): the address to ask, with a slash at the end
 */
char *
komek_endpoint_choose (const char *url, const char *announced)
{
  g_autofree char *path = dup_path (url);
  g_autofree char *base = komek_endpoint_dup_base (url);
  g_autoptr (GUri) typed = g_uri_parse (base, FLAGS, NULL);
  g_autoptr (GUri) resolved = typed ? g_uri_parse_relative (typed, announced, FLAGS, NULL) : NULL;

  if (!resolved || !is_web (resolved))
    return g_steal_pointer (&base);
  if (is_same_host (typed, resolved) && (is_secure (resolved) || !is_secure (typed)))
    return g_uri_to_string (resolved);
  if (is_same_host (typed, resolved) || is_discovery (path))
    return move (resolved, typed);
  return g_steal_pointer (&base);
}

/**
 * komek_endpoint_follow:
 * @url: an address of a city
 * @asked: what was asked
 * @answered: the address that gave the answer in the end
 *
 * Tells where a server that sends everybody from http on to https has moved
 * another of its addresses. Only to the same host and the same path: nobody
 * is led anywhere else.
 *
 * Returns: (transfer full) (nullable): @url there, or %NULL where it has not moved
 */
char *
komek_endpoint_follow (const char *url, const char *asked, const char *answered)
{
  g_autoptr (GUri) old = g_uri_parse (url, FLAGS, NULL);
  g_autoptr (GUri) from = g_uri_parse (asked, FLAGS, NULL);
  g_autoptr (GUri) to = answered ? g_uri_parse (answered, FLAGS, NULL) : NULL;
  g_autoptr (GUri) moved = NULL;

  if (!old || !from || !to || is_secure (from) || !is_secure (to) || !is_same_host (old, from)
      || is_secure (old) || g_ascii_strcasecmp (g_uri_get_host (from), g_uri_get_host (to)) != 0
      || !g_str_equal (g_uri_get_path (from), g_uri_get_path (to)))
    return NULL;
  moved = g_uri_build (FLAGS, "https", NULL, g_uri_get_host (old), g_uri_get_port (to),
                       g_uri_get_path (old), g_uri_get_query (old), NULL);
  return g_uri_to_string (moved);
}
