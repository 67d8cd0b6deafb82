/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-density.h"
#include "komek-map-scale.h"

float *komek_density_field_new (const KomekDensity *density, double reach);
KomekMapScale komek_density_field_choose_scale (const KomekAtlas *atlas, double reach);
