/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-json.h"

JsonObject *komek_wire_find_discovery (JsonNode *root, GError **error);
