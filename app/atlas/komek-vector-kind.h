/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-vector-tile.h"

gboolean komek_vector_kind_is_layer (const char *layer);
gboolean komek_vector_kind_find (const char *layer, const char *value, KomekPlanKind *kind);
