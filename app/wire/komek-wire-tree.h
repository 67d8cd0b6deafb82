/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-node.h"

/**
 * KomekWireTree:
 * @root: the answer; of XML its root element
 *
 * A whole answer that is no list, or only a short one.
 */
typedef struct
{
  KomekWireNode  *root;
  KomekWireArena *arena;
} KomekWireTree;

KomekWireTree *komek_wire_tree_new (GBytes *body, GError **error);
void komek_wire_tree_free (KomekWireTree *self);
const KomekWireNode *komek_wire_tree_find (const KomekWireTree *self, const char *name,
                                           const char *const *marks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireTree, komek_wire_tree_free)
