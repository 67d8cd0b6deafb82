/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "komek-label.h"

JsonNode *komek_wire_parse (GBytes *body, GError **error);
JsonArray *komek_wire_parse_list (GBytes *body, const char *const *names, const char *key,
                                  GError **error);
JsonArray *komek_wire_parse_answer (GBytes *body, const char *key, GError **error);
JsonArray *komek_wire_get_list (JsonObject *object, const char *name);
JsonObject *komek_wire_get_object (JsonObject *object, const char *name);
JsonObject *komek_wire_get_element (JsonArray *list, guint position);
char *komek_wire_dup_text (JsonObject *object, const char *name);
char *komek_wire_dup_id (JsonObject *object, const char *name);
double komek_wire_get_number (JsonObject *object, const char *name);
guint komek_wire_get_count (JsonObject *object, const char *name);
gboolean komek_wire_get_flag (JsonObject *object, const char *name, gboolean otherwise);
gint64 komek_wire_get_time (JsonObject *object, const char *name, GTimeZone *zone);
KomekLabel *komek_wire_dup_label (JsonObject *object, const char *names, const char *name);
