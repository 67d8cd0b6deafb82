/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef void (*KomekWireQueryVisitor) (const char *name, const char *value, gpointer data);

gboolean komek_wire_query_visit (GBytes *body, KomekWireQueryVisitor visitor, gpointer data,
                                 GError **error);
void komek_wire_query_append (GString *query, const char *name, const char *value);
void komek_wire_query_append_degrees (GString *query, const char *name, double degrees);
