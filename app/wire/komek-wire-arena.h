/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _KomekWireArena KomekWireArena;

KomekWireArena *komek_wire_arena_new (void);
void komek_wire_arena_free (KomekWireArena *self);
void komek_wire_arena_reset (KomekWireArena *self);
gpointer komek_wire_arena_take (KomekWireArena *self, gsize size);
gboolean komek_wire_arena_is_full (const KomekWireArena *self);
char *komek_wire_arena_copy (KomekWireArena *self, const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireArena, komek_wire_arena_free)
