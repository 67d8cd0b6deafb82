/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-discovery.h"

#include "komek-error.h"

/**
 * komek_wire_find_discovery:
 * @tree: an answer to GET discovery
 *
 * Returns: (transfer none): the object that holds its fields
 */
const KomekWireNode *
komek_wire_find_discovery (const KomekWireTree *tree, GError **error)
{
  static const char *const marks[] = { "endpoints", "changeset", NULL };
  const KomekWireNode *object = komek_wire_tree_find (tree, "discovery", marks);

  if (!object)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                 "The answer is well formed, but no GeoReport discovery");
  return object;
}
