/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-sheet.h"

#include "komek-plan-names.h"
#include "komek-plan-painter.h"

#include <math.h>

/**
 * komek_plan_sheet_init:
 * @margin: pixels round a tile within which a line may still reach into it
 * @cr: on a tile of 256 pixels a side
 */
void
komek_plan_sheet_init (KomekPlanSheet *self, guint zoom, guint column, guint row, double margin,
                       cairo_t *cr)
{
  double world = ldexp (KOMEK_PLAN_TILE_SIZE, (int) zoom), side = KOMEK_PLAN_TILE_SIZE / world;

  margin /= world;
  *self = (KomekPlanSheet) {
    .cr = cr,
    .zoom = zoom,
    .world = world,
    .left = (double) column * KOMEK_PLAN_TILE_SIZE,
    .top = (double) row * KOMEK_PLAN_TILE_SIZE,
    .box = { column * side - margin, row * side - margin, (column + 1) * side + margin,
             (row + 1) * side + margin },
  };
}

/* Whether anything in a box may show. */
gboolean
komek_plan_sheet_meets (const KomekPlanSheet *self, const KomekMercatorBox *box)
{
  return box->x0 <= self->box.x1 && box->x1 >= self->box.x0 && box->y0 <= self->box.y1
         && box->y1 >= self->box.y0;
}

static gboolean
segment_meets (const KomekPlanSheet *self, const KomekPlanVertex *a, const KomekPlanVertex *b)
{
  return MIN (a->x, b->x) <= self->box.x1 && MAX (a->x, b->x) >= self->box.x0
         && MIN (a->y, b->y) <= self->box.y1 && MAX (a->y, b->y) >= self->box.y0;
}

static double
to_x (const KomekPlanSheet *self, const KomekPlanVertex *v)
{
  return v->x * self->world - self->left;
}

static double
to_y (const KomekPlanSheet *self, const KomekPlanVertex *v)
{
  return v->y * self->world - self->top;
}

/* Lays the parts of a line that come near the tile into the path. */
void
komek_plan_sheet_trace_line (const KomekPlanSheet *self, const KomekPlanLine *line)
{
  const KomekPlanVertex *v = line->vertices;
  gboolean down = FALSE;

  if (!komek_plan_sheet_meets (self, &line->box))
    return;

  for (guint i = 1; i < line->n_vertices; i++)
    {
      gboolean meets = segment_meets (self, &v[i - 1], &v[i]);

      if (meets && !down)
        cairo_move_to (self->cr, to_x (self, &v[i - 1]), to_y (self, &v[i - 1]));
      if (meets)
        cairo_line_to (self->cr, to_x (self, &v[i]), to_y (self, &v[i]));
      down = meets;
    }
}

/* A river is drawn by curves through its vertices, of which the plan has but a few. */
void
komek_plan_sheet_trace_river (const KomekPlanSheet *self, const KomekPlanLine *line)
{
  const KomekPlanVertex *v = line->vertices;
  guint last = line->n_vertices - 1;

  cairo_move_to (self->cr, to_x (self, v), to_y (self, v));
  for (guint i = 0; i < last; i++)
    {
      const KomekPlanVertex *before = &v[MAX (i, 1) - 1], *after = &v[MIN (i + 2, last)];
      double ax = to_x (self, &v[i]), ay = to_y (self, &v[i]);
      double bx = to_x (self, &v[i + 1]), by = to_y (self, &v[i + 1]);

      cairo_curve_to (self->cr, ax + (bx - to_x (self, before)) / 6,
                      ay + (by - to_y (self, before)) / 6, bx - (to_x (self, after) - ax) / 6,
                      by - (to_y (self, after) - ay) / 6, bx, by);
    }
}

void
komek_plan_sheet_trace_ring (const KomekPlanSheet *self, const KomekPlanLine *ring)
{
  cairo_new_sub_path (self->cr);
  for (guint i = 0; i < ring->n_vertices; i++)
    cairo_line_to (self->cr, to_x (self, &ring->vertices[i]), to_y (self, &ring->vertices[i]));
  cairo_close_path (self->cr);
}

/* Only what is near the tile is drawn, and its dashes go on from where they would have been. */
void
komek_plan_sheet_draw_border (const KomekPlanSheet *self, const GArray *border)
{
  static const double dashes[] = { 10, 6, 2, 6 };
  const KomekPlanVertex *v = (const KomekPlanVertex *) border->data;
  double walked = 0;
  gboolean down = FALSE;

  for (guint i = 1; i < border->len; i++)
    {
      gboolean meets = segment_meets (self, &v[i - 1], &v[i]);

      if (meets && !down)
        {
          cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), walked);
          cairo_move_to (self->cr, to_x (self, &v[i - 1]), to_y (self, &v[i - 1]));
        }
      if (meets)
        cairo_line_to (self->cr, to_x (self, &v[i]), to_y (self, &v[i]));
      if (down && !meets)
        cairo_stroke (self->cr);
      walked += hypot (v[i].x - v[i - 1].x, v[i].y - v[i - 1].y) * self->world;
      down = meets;
    }
  cairo_stroke (self->cr);
}
