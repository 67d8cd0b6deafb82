/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-arena.h"

char *komek_wire_json_unescape (KomekWireArena *arena, const char *text, gsize length,
                                gsize *copied);
