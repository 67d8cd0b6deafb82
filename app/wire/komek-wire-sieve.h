/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-list.h"

/**
 * KomekWireSieve:
 * @shape: what is looked for
 * @visitor: who takes it
 * @data: for @visitor
 * @named: whether the list goes by its name
 * @met: how many elements came by
 * @known: how many of them were what is looked for
 * @enough: the visitor wants no more
 * @refusal: (nullable): what the city said instead
 *
 * Lets through the elements of a list that are what was asked for.
 */
typedef struct
{
  const KomekWireShape *shape;
  KomekWireVisitor      visitor;
  gpointer              data;
  gboolean              named;
  guint                 met;
  guint                 known;
  gboolean              enough;
  char                 *refusal;
} KomekWireSieve;

gboolean komek_wire_sieve_take (KomekWireSieve *self, const KomekWireNode *element);
gboolean komek_wire_sieve_finish (KomekWireSieve *self, GError **error);
gboolean komek_wire_shape_is_list (const KomekWireShape *self, const char *name, gsize length);
gboolean komek_wire_shape_is_item (const KomekWireShape *self, const char *name, gsize length);
