/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-map-scale.h"
#include "komek-palette.h"

const char *komek_heat_colors_get_token (guint step);
void komek_heat_colors_look_up (const KomekPalette *palette, double alpha,
                                GdkRGBA colors[KOMEK_MAP_STEPS + 1]);
