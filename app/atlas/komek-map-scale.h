/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define KOMEK_MAP_STEPS 6

/**
 * KomekMapScale:
 * @bounds: where each step begins, rising, round numbers; the last one has no end
 *
 * The steps in which a map shows a quantity.
 */
typedef struct
{
  double bounds[KOMEK_MAP_STEPS];
} KomekMapScale;

KomekMapScale komek_map_scale_by_factors (double low, double high);
KomekMapScale komek_map_scale_by_steps (double low, double high);
guint komek_map_scale_find_step (const KomekMapScale *self, double value);
