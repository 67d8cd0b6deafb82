/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "komek-palette.h"
#include "komek-plan.h"
#include "komek-vector-tile.h"

#define KOMEK_PLAN_LAST_ZOOM 19
#define KOMEK_PLAN_TILE_SIZE 256 /* pixels */

#define KOMEK_TYPE_PLAN_PAINTER (komek_plan_painter_get_type ())
typedef struct _KomekPlanPainter KomekPlanPainter;
GType komek_plan_painter_get_type (void) G_GNUC_CONST;

KomekPlanPainter *komek_plan_painter_new (KomekPlan *plan, const KomekPalette *palette,
                                          double emphasis);
KomekPlanPainter *komek_plan_painter_ref (KomekPlanPainter *self);
void komek_plan_painter_unref (KomekPlanPainter *self);
cairo_surface_t *komek_plan_painter_paint (KomekPlanPainter *self, guint zoom, guint column,
                                           guint row, guint scale);
cairo_surface_t *komek_plan_painter_paint_vector (KomekPlanPainter *self,
                                                  const KomekVectorTile *vector,
                                                  guint vector_zoom, guint zoom, guint column,
                                                  guint row, guint scale);
void komek_plan_painter_paint_over (KomekPlanPainter *self, guint zoom, guint column, guint row,
                                    cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPlanPainter, komek_plan_painter_unref)
