/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-district-measure.h"
#include "komek-overlay-painter.h"
#include "komek-palette.h"
#include "komek-plan-painter.h"

#define KOMEK_TYPE_DISTRICT_PAINTER (komek_district_painter_get_type ())
G_DECLARE_FINAL_TYPE (KomekDistrictPainter, komek_district_painter, KOMEK, DISTRICT_PAINTER,
                      KomekOverlayPainter)

KomekDistrictPainter *komek_district_painter_new (KomekDistrictFigures *figures,
                                                  KomekDistrictMeasure measure,
                                                  const KomekPalette *palette);
