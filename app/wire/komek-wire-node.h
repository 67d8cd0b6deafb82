/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-label.h"
#include "komek-wire-arena.h"

/**
 * KomekWireKind:
 * @KOMEK_WIRE_NULL: nothing
 * @KOMEK_WIRE_TEXT: a string, true or false
 * @KOMEK_WIRE_NUMBER: a number, as it was written: 006 and 14e2 stay what they are
 * @KOMEK_WIRE_LIST: any things by turns
 * @KOMEK_WIRE_OBJECT: named things
 */
typedef enum
{
  KOMEK_WIRE_NULL,
  KOMEK_WIRE_TEXT,
  KOMEK_WIRE_NUMBER,
  KOMEK_WIRE_LIST,
  KOMEK_WIRE_OBJECT,
} KomekWireKind;

typedef struct _KomekWireNode KomekWireNode;

/**
 * KomekWireNode:
 * @kind: what it is
 * @name_length: of @name
 * @name: its name in an object, not ended by a zero
 * @next: the one after it in the same list or object
 * @text: of a text or a number: valid UTF-8, ended by a zero
 * @first: the first thing in a list or an object
 * @last: the last one
 * @arena: where it lives
 *
 * A piece of an answer, the same whether it came as JSON or as XML.
 */
struct _KomekWireNode
{
  KomekWireKind   kind;
  guint           name_length;
  const char     *name;
  KomekWireNode  *next;
  const char     *text;
  KomekWireNode  *first;
  KomekWireNode  *last;
  KomekWireArena *arena;
};

KomekWireNode *komek_wire_node_new (KomekWireArena *arena, KomekWireKind kind);
void komek_wire_node_add (KomekWireNode *self, KomekWireNode *child);

gboolean komek_wire_has (const KomekWireNode *object, const char *name);
const KomekWireNode *komek_wire_list_of (const KomekWireNode *node);
const KomekWireNode *komek_wire_get_list (const KomekWireNode *object, const char *name);
const KomekWireNode *komek_wire_get_object (const KomekWireNode *object, const char *name);
const char *komek_wire_get_text (const KomekWireNode *object, const char *name);
const char *komek_wire_get_id (const KomekWireNode *object, const char *name);
GPtrArray *komek_wire_get_texts (const KomekWireNode *object, const char *name);
double komek_wire_get_number (const KomekWireNode *object, const char *name);
guint komek_wire_get_count (const KomekWireNode *object, const char *name);
gboolean komek_wire_get_flag (const KomekWireNode *object, const char *name, gboolean otherwise);
gint64 komek_wire_get_time (const KomekWireNode *object, const char *name, GTimeZone *zone);
KomekLabel *komek_wire_get_label (const KomekWireNode *object, const char *names, const char *name);
