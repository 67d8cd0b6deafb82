/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-tree.h"

#include "komek-error.h"
#include "komek-wire-json.h"
#include "komek-wire-text.h"
#include "komek-wire-xml.h"

static KomekWireNode *
read_json (const KomekWireText *text, KomekWireArena *arena, GError **error)
{
  KomekWireJson json = { text->start, text->end, 0, NULL };
  KomekWireNode *root = komek_wire_json_read (&json, arena);

  if (komek_wire_json_finish (&json))
    return root;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is not JSON: %s",
               json.error);
  return NULL;
}

/**
 * komek_wire_tree_new:
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where @body is neither JSON nor XML.
 *
 * Returns: (transfer full): all of it
 */
KomekWireTree *
komek_wire_tree_new (GBytes *body, GError **error)
{
  g_auto (KomekWireText) text = { 0 };
  g_autoptr (KomekWireTree) self = NULL;

  if (!komek_wire_text_init (&text, body, error))
    return NULL;
  self = g_new0 (KomekWireTree, 1);
  self->arena = komek_wire_arena_new ();
  self->root = text.format == KOMEK_WIRE_XML ? komek_wire_xml_read (&text, self->arena, error)
                                             : read_json (&text, self->arena, error);
  return self->root ? g_steal_pointer (&self) : NULL;
}

void
komek_wire_tree_free (KomekWireTree *self)
{
  komek_wire_arena_free (self->arena);
  g_free (self);
}

/**
 * komek_wire_tree_find:
 * @name: under which the object may stand
 * @marks: (array zero-terminated=1): members of which it has at least one
 *
 * Returns: (transfer none) (nullable): the object that the answer is, bare,
 *   under its own name, or in a list of one
 */
const KomekWireNode *
komek_wire_tree_find (const KomekWireTree *self, const char *name, const char *const *marks)
{
  const KomekWireNode *object = self->root;
  const KomekWireNode *inner;

  if (object->kind == KOMEK_WIRE_LIST)
    object = object->first;
  inner = object ? komek_wire_get_object (object, name) : NULL;
  if (inner)
    object = inner;
  for (; object && *marks; marks++)
    if (komek_wire_has (object, *marks))
      return object;
  return NULL;
}
