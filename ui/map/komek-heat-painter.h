/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-atlas.h"
#include "komek-map-scale.h"
#include "komek-overlay-painter.h"
#include "komek-palette.h"
#include "komek-plan-painter.h"

#define KOMEK_TYPE_HEAT_PAINTER (komek_heat_painter_get_type ())
G_DECLARE_FINAL_TYPE (KomekHeatPainter, komek_heat_painter, KOMEK, HEAT_PAINTER,
                      KomekOverlayPainter)

KomekHeatPainter *komek_heat_painter_new (KomekAtlas *atlas, const KomekPalette *palette);
KomekAtlas *komek_heat_painter_get_atlas (KomekHeatPainter *self);
double komek_heat_painter_get_reach (guint zoom);
KomekMapScale komek_heat_painter_choose_scale (const KomekAtlas *atlas, guint zoom);
