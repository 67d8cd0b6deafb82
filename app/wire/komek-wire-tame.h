/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define KOMEK_WIRE_MAX_DEPTH 32

char *komek_wire_tame (GBytes *body, gsize *length, GError **error);
