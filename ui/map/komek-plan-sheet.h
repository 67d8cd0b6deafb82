/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "komek-plan.h"

/**
 * KomekPlanSheet:
 * @cr: what it is drawn with
 * @world: how many pixels wide the whole world is
 * @left: where its left edge lies in the world, in pixels
 * @top: likewise, its upper edge
 * @box: what may show on it
 *
 * A tile that parts of a plan are drawn on.
 */
typedef struct
{
  cairo_t          *cr;
  guint             zoom;
  double            world;
  double            left, top;
  KomekMercatorBox  box;
} KomekPlanSheet;

void komek_plan_sheet_init (KomekPlanSheet *self, guint zoom, guint column, guint row,
                            double margin, cairo_t *cr);
gboolean komek_plan_sheet_meets (const KomekPlanSheet *self, const KomekMercatorBox *box);
void komek_plan_sheet_trace_line (const KomekPlanSheet *self, const KomekPlanLine *line);
void komek_plan_sheet_trace_river (const KomekPlanSheet *self, const KomekPlanLine *line);
void komek_plan_sheet_trace_ring (const KomekPlanSheet *self, const KomekPlanLine *ring);
void komek_plan_sheet_draw_border (const KomekPlanSheet *self, const GArray *border);
