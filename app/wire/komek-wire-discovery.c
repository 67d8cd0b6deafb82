/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-discovery.h"

#include "komek-error.h"

/**
 * komek_wire_find_discovery:
 * @root: an answer to GET discovery: bare, under its own name, or in an array of one
 *
 * Returns: (transfer none): the object that holds its fields
 */
JsonObject *
komek_wire_find_discovery (JsonNode *root, GError **error)
{
  JsonObject *object, *inner;

  object = JSON_NODE_HOLDS_ARRAY (root) ? komek_wire_get_element (json_node_get_array (root), 0)
                                        : json_node_get_object (root);
  inner = komek_wire_get_object (object, "discovery");
  if (inner)
    object = inner;
  if (!object
      || !(json_object_has_member (object, "endpoints")
           || json_object_has_member (object, "changeset")))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                   "The answer is JSON, but no GeoReport discovery");
      return NULL;
    }
  return object;
}
