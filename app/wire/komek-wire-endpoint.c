/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-endpoint.h"

#include <string.h>

#include "komek-error.h"
#include "komek-wire-discovery.h"

void
komek_wire_endpoint_free (KomekWireEndpoint *self)
{
  g_free (self->url);
  g_free (self->changeset);
  g_free (self);
}

/* Without a specification it is taken for what was asked for. */
static gboolean
is_geo_report (const KomekWireNode *object)
{
  const char *specification = komek_wire_get_id (object, "specification");
  g_autofree char *folded = g_ascii_strdown (specification ? specification : "", -1);

  return *folded == '\0' || strstr (folded, "georeport_v2");
}

/* Some end in a question that was asked of them once, most without a slash. */
static char *
dup_url (const KomekWireNode *object)
{
  const char *given = komek_wire_get_id (object, "url");
  g_autofree char *url = given ? g_strndup (given, strcspn (given, "?#")) : NULL;

  if (!url)
    return NULL;
  return g_str_has_suffix (url, "/") ? g_steal_pointer (&url) : g_strconcat (url, "/", NULL);
}

static KomekWireEndpoint *
read_endpoint (const KomekWireNode *object)
{
  g_autofree char *url = is_geo_report (object) ? dup_url (object) : NULL;
  const char *type = komek_wire_get_id (object, "type");
  const char *formats = komek_wire_get_text (object, "formats");
  KomekWireEndpoint *self;

  if (!url)
    return NULL;
  self = g_new0 (KomekWireEndpoint, 1);
  self->url = g_steal_pointer (&url);
  self->changeset = g_strdup (komek_wire_get_id (object, "changeset"));
  self->test = type && g_ascii_strcasecmp (type, "test") == 0;
  self->json = !formats || strstr (formats, "json");
  self->xml = !formats || strstr (formats, "xml");
  return self;
}

/* Where a filing reaches somebody comes first, then what is shorter to read. */
static guint
rate (const KomekWireEndpoint *self)
{
  return (self->test ? 0 : 2) + (self->json ? 1 : 0);
}

/* Among equals the city's own order stays. */
static void
insert (GPtrArray *endpoints, KomekWireEndpoint *endpoint)
{
  guint position = endpoints->len;

  while (position > 0 && rate (endpoints->pdata[position - 1]) < rate (endpoint))
    position--;
  g_ptr_array_insert (endpoints, position, endpoint);
}

/**
 * komek_wire_read_endpoints:
 * @body: the answer to GET discovery
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where there is none of GeoReport v2.
 *
 * Returns: (transfer full) (element-type KomekWireEndpoint): the addresses under
 *   which the city speaks GeoReport v2, the one to use first
 */
GPtrArray *
komek_wire_read_endpoints (GBytes *body, GError **error)
{
  g_autoptr (KomekWireTree) tree = komek_wire_tree_new (body, error);
  const KomekWireNode *object = tree ? komek_wire_find_discovery (tree, error) : NULL;
  const KomekWireNode *list;
  g_autoptr (GPtrArray) endpoints = NULL;

  if (!object)
    return NULL;
  list = komek_wire_get_list (object, "endpoints");
  endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_wire_endpoint_free);
  for (const KomekWireNode *node = list->first; node; node = node->next)
    {
      KomekWireEndpoint *endpoint = read_endpoint (node);

      if (endpoint)
        insert (endpoints, endpoint);
    }
  if (endpoints->len == 0)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                   "The discovery has no endpoint of GeoReport v2");
      return NULL;
    }
  return g_steal_pointer (&endpoints);
}
