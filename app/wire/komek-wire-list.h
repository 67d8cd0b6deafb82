/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-node.h"

/**
 * KomekWireShape:
 * @lists: what the list is called, where it has a name
 * @items: what its elements are called in XML
 * @marks: fields of which an element has at least one; the
 *   first is the one that it should have
 * @texts: whether an element may be a bare text, if it or its list goes by its name
 *
 * How to tell a list of some kind of things from anything else that a server may answer.
 * Each ends with %NULL.
 */
typedef struct
{
  const char *lists[4];
  const char *items[4];
  const char *marks[8];
  gboolean    texts;
} KomekWireShape;

/**
 * KomekWireVisitor:
 * @element: an object of the list; gone when the visitor returns
 *
 * Returns: whether to go on
 */
typedef gboolean (*KomekWireVisitor) (const KomekWireNode *element, gpointer data);

gboolean komek_wire_visit (GBytes *body, const KomekWireShape *shape, KomekWireVisitor visitor,
                           gpointer data, GError **error);
