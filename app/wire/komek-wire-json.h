/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-node.h"

/**
 * KomekWireJson:
 * @next: where it reads
 * @end: behind the last sign
 * @depth: how many brackets are open
 * @error: (nullable): why it reads no further
 *
 * Reads JSON from valid UTF-8, piece by piece.
 */
typedef struct
{
  const char *next;
  const char *end;
  guint       depth;
  const char *error;
} KomekWireJson;

char komek_wire_json_peek (KomekWireJson *self);
KomekWireNode *komek_wire_json_read (KomekWireJson *self, KomekWireArena *arena);
gboolean komek_wire_json_skip (KomekWireJson *self);
gboolean komek_wire_json_enter (KomekWireJson *self, char bracket);
gboolean komek_wire_json_go_on (KomekWireJson *self, char bracket);
const char *komek_wire_json_read_name (KomekWireJson *self, KomekWireArena *arena, guint *length);
gboolean komek_wire_json_finish (KomekWireJson *self);
