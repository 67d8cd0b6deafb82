/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-bounds.h"
#include "komek-filter.h"
#include "komek-points.h"

GArray *komek_first_finds_new (GArray *keys, KomekPoints *points, const KomekFilter *filter,
                               const KomekBounds *view);
