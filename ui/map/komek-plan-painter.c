/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-painter.h"

#include "komek-plan-borders.h"
#include "komek-plan-sheet.h"

#include <math.h>

#define WIDTHS_ZOOM 12.6 /* the zoom that the widths below are for */
#define GROWTH 0.55      /* they grow by 2 to the power of this a zoom */
#define WIDEST_CASING 1.7
#define RIVER_METRES 170.0
#define RIVER_PIXELS 9.0
#define BROOK_PIXELS 1.6
#define BUILDING_ALPHA 0.6
#define BORDER_WIDTH 1.8
#define RAIL_WIDTH 1.6
#define FIRST_LANE_CASING 13
#define MARGIN 64.0 /* pixels round a tile within which a line may still reach into it */

typedef enum
{
  LAND,
  WATER,
  PARK,
  AVENUE,
  AVENUE_CASING,
  STREET,
  LANE,
  STREET_CASING,
  RAIL,
  BORDER,
  N_COLORS
} Color;

static const char *const tokens[N_COLORS] = {
  [LAND] = "land",         [WATER] = "water",       [PARK] = "park",
  [AVENUE] = "mn",         [AVENUE_CASING] = "mnc", [STREET] = "st", [LANE] = "ln",
  [STREET_CASING] = "stc", [RAIL] = "rail",         [BORDER] = "dist",
};

/* How each kind of street is drawn, from below. */
static const struct
{
  KomekPlanKind kind;
  Color         fill, casing;
  double        width, edge;
} streets[] = {
  { KOMEK_PLAN_LANE, LANE, STREET_CASING, 1.4, 0.7 },
  { KOMEK_PLAN_STREET, STREET, STREET_CASING, 2.3, 0.8 },
  { KOMEK_PLAN_AVENUE, AVENUE, AVENUE_CASING, 4.6, 0.9 },
};

/**
 * KomekPlanPainter:
 *
 * Draws tiles of a plan in one theme, without the names.
 *
 * Counted; any thread may paint. The names keep clear of what lies on the map,
 * so they are no part of it, see #KomekNameLayer.
 */
struct _KomekPlanPainter
{
  gatomicrefcount  refs;
  KomekPlan       *plan;
  double           emphasis;
  GdkRGBA          colors[N_COLORS];
  GPtrArray       *borders;
};

G_DEFINE_BOXED_TYPE (KomekPlanPainter, komek_plan_painter, komek_plan_painter_ref,
                     komek_plan_painter_unref)

/* A tile that is being painted. */
typedef struct
{
  KomekPlanSheet          plan;
  const KomekPlanPainter *painter;
  const KomekVectorTile  *vector; /* nullable: to be drawn in the place of the plan's own lines */
  double                  side;   /* pixels that it is wide */
  double                  x, y;   /* where the sheet lies on it, in pixels */
} Sheet;

/**
 * komek_plan_painter_new:
 * @emphasis: how much larger than usual streets are
 *
 * Returns: (transfer full): a painter
 */
KomekPlanPainter *
komek_plan_painter_new (KomekPlan *plan, const KomekPalette *palette, double emphasis)
{
  KomekPlanPainter *self = g_new0 (KomekPlanPainter, 1);

  g_atomic_ref_count_init (&self->refs);
  self->plan = komek_plan_ref (plan);
  self->emphasis = emphasis;
  self->borders = komek_plan_borders_list (plan);
  for (guint i = 0; i < N_COLORS; i++)
    self->colors[i] = komek_palette_look_up (palette, tokens[i]);
  return self;
}

KomekPlanPainter *
komek_plan_painter_ref (KomekPlanPainter *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_plan_painter_unref (KomekPlanPainter *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_ptr_array_unref (self->borders);
  komek_plan_unref (self->plan);
  g_free (self);
}

static void
set_color (const Sheet *sheet, Color color, double alpha)
{
  const GdkRGBA *c = &sheet->painter->colors[color];

  cairo_set_source_rgba (sheet->plan.cr, c->red, c->green, c->blue, c->alpha * alpha);
}

static double
grow (const Sheet *sheet, double width)
{
  return width * exp2 (GROWTH * (sheet->plan.zoom - WIDTHS_ZOOM)) * sheet->painter->emphasis;
}

static void
trace_points (const Sheet *sheet, const KomekVectorLine *line)
{
  cairo_new_sub_path (sheet->plan.cr);
  for (guint i = 0; i < line->n_points; i++)
    cairo_line_to (sheet->plan.cr, line->points[i].x * sheet->side - sheet->x,
                   line->points[i].y * sheet->side - sheet->y);
  if (line->area)
    cairo_close_path (sheet->plan.cr);
}

static gboolean
trace_vectors (const Sheet *sheet, KomekPlanKind kind, gboolean area)
{
  gboolean any = FALSE;

  cairo_new_path (sheet->plan.cr);
  for (guint i = 0; i < komek_vector_tile_get_n_lines (sheet->vector); i++)
    {
      KomekVectorLine line = komek_vector_tile_get_line (sheet->vector, i);

      if (line.kind != kind || line.area != area)
        continue;
      any = TRUE;
      trace_points (sheet, &line);
    }
  return any;
}

static gboolean
trace_features (const Sheet *sheet, KomekPlanKind kind, gboolean area)
{
  guint n;
  const KomekPlanFeature *feature = komek_plan_peek_features (sheet->painter->plan, &n);
  gboolean any = FALSE;

  cairo_new_path (sheet->plan.cr);
  for (guint i = 0; i < n; i++, feature++)
    {
      if (feature->kind != kind || feature->area != area
          || !komek_plan_sheet_meets (&sheet->plan, &feature->box))
        continue;
      any = TRUE;
      for (guint j = 0; j < feature->n_lines; j++)
        if (area)
          komek_plan_sheet_trace_ring (&sheet->plan, &feature->lines[j]);
        else if (kind == KOMEK_PLAN_RIVER)
          komek_plan_sheet_trace_river (&sheet->plan, &feature->lines[j]);
        else
          komek_plan_sheet_trace_line (&sheet->plan, &feature->lines[j]);
    }
  return any;
}

/* Lays all features of a kind into the path; answers whether there is anything to draw. */
static gboolean
trace_kind (const Sheet *sheet, KomekPlanKind kind, gboolean area)
{
  return sheet->vector ? trace_vectors (sheet, kind, area) : trace_features (sheet, kind, area);
}

static void
fill_areas_alpha (const Sheet *sheet, KomekPlanKind kind, Color color, double alpha)
{
  if (!trace_kind (sheet, kind, TRUE))
    return;

  set_color (sheet, color, alpha);
  cairo_set_fill_rule (sheet->plan.cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill (sheet->plan.cr);
}

static void
fill_areas (const Sheet *sheet, KomekPlanKind kind, Color color)
{
  fill_areas_alpha (sheet, kind, color, 1);
}

static void
stroke_lines (const Sheet *sheet, KomekPlanKind kind, Color color, double width)
{
  if (!trace_kind (sheet, kind, FALSE))
    return;

  set_color (sheet, color, 1);
  cairo_set_line_width (sheet->plan.cr, width);
  cairo_stroke (sheet->plan.cr);
}

static void
draw_water (const Sheet *sheet)
{
  double y = (sheet->plan.box.y0 + sheet->plan.box.y1) / 2;
  double width = RIVER_METRES / komek_mercator_metres (y, 1 / sheet->plan.world);

  /* A vector tile has the banks of a river, and the lines of every brook. */
  width = sheet->vector ? grow (sheet, BROOK_PIXELS) : MAX (RIVER_PIXELS, width);
  cairo_set_line_cap (sheet->plan.cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (sheet->plan.cr, CAIRO_LINE_JOIN_ROUND);
  fill_areas (sheet, KOMEK_PLAN_WATER, WATER);
  fill_areas (sheet, KOMEK_PLAN_RIVER, WATER);
  stroke_lines (sheet, KOMEK_PLAN_WATER, WATER, RIVER_PIXELS / 3);
  stroke_lines (sheet, KOMEK_PLAN_RIVER, WATER, width);
}

static void
draw_rails (const Sheet *sheet)
{
  static const double dashes[] = { 8, 5 };

  cairo_set_line_cap (sheet->plan.cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (sheet->plan.cr, dashes, G_N_ELEMENTS (dashes), 0);
  stroke_lines (sheet, KOMEK_PLAN_RAIL, RAIL, RAIL_WIDTH * sheet->painter->emphasis);
  cairo_set_dash (sheet->plan.cr, NULL, 0, 0);
}

static void
draw_borders (const Sheet *sheet)
{
  const GPtrArray *borders = sheet->painter->borders;

  set_color (sheet, BORDER, 1);
  cairo_new_path (sheet->plan.cr);
  cairo_set_line_cap (sheet->plan.cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (sheet->plan.cr, BORDER_WIDTH * sheet->painter->emphasis);
  for (guint i = 0; i < borders->len; i++)
    komek_plan_sheet_draw_border (&sheet->plan, borders->pdata[i]);
  cairo_set_dash (sheet->plan.cr, NULL, 0, 0);
}

static void
draw_streets (const Sheet *sheet)
{
  cairo_set_line_cap (sheet->plan.cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (sheet->plan.cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < G_N_ELEMENTS (streets); i++)
    {
      double edge = MIN (grow (sheet, streets[i].edge), WIDEST_CASING);

      if (streets[i].kind != KOMEK_PLAN_LANE || sheet->plan.zoom >= FIRST_LANE_CASING)
        stroke_lines (sheet, streets[i].kind, streets[i].casing,
                      grow (sheet, streets[i].width) + 2 * edge);
    }
  for (guint i = 0; i < G_N_ELEMENTS (streets); i++)
    stroke_lines (sheet, streets[i].kind, streets[i].fill, grow (sheet, streets[i].width));
}

static void
draw (const Sheet *sheet)
{
  set_color (sheet, LAND, 1);
  cairo_paint (sheet->plan.cr);
  fill_areas (sheet, KOMEK_PLAN_PARK, PARK);
  /* Where a border follows the river, the river is the border. */
  draw_borders (sheet);
  draw_water (sheet);
  fill_areas_alpha (sheet, KOMEK_PLAN_BUILDING, STREET_CASING, BUILDING_ALPHA);
  draw_rails (sheet);
  draw_streets (sheet);
}

static void
lay_sheet (const KomekPlanPainter *self, guint zoom, guint column, guint row, cairo_t *cr,
           Sheet *sheet)
{
  *sheet = (Sheet) { .painter = self };
  komek_plan_sheet_init (&sheet->plan, zoom, column, row, MARGIN * self->emphasis, cr);
}

/**
 * komek_plan_painter_paint:
 * @zoom: how often the world is halved, at most %KOMEK_PLAN_LAST_ZOOM
 * @column: of the tile, from the west
 * @row: of the tile, from the north
 * @scale: how many pixels of the device a pixel is wide
 *
 * Paints a tile of 256 pixels a side; where the plan ends there is only land.
 *
 * Returns: (transfer full): the tile, an image of RGB24
 */
cairo_surface_t *
komek_plan_painter_paint (KomekPlanPainter *self, guint zoom, guint column, guint row, guint scale)
{
  return komek_plan_painter_paint_vector (self, NULL, zoom, zoom, column, row, scale);
}

/**
 * komek_plan_painter_paint_vector:
 * @vector: (nullable): lines to draw in the place of the plan's own
 * @vector_zoom: the zoom of its square, which has the tile in it
 *
 * Paints a tile from the lines of another map: in the same colours, and with the districts of the
 * plan.
 *
 * Returns: (transfer full): the tile, an image of RGB24
 */
cairo_surface_t *
komek_plan_painter_paint_vector (KomekPlanPainter *self, const KomekVectorTile *vector,
                                 guint vector_zoom, guint zoom, guint column, guint row,
                                 guint scale)
{
  guint size = KOMEK_PLAN_TILE_SIZE * scale, mask;
  cairo_surface_t *surface;
  cairo_t *cr;
  Sheet sheet;

  g_return_val_if_fail (vector_zoom <= zoom && zoom <= KOMEK_PLAN_LAST_ZOOM, NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) size, (int) size);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  lay_sheet (self, zoom, column, row, cr, &sheet);
  mask = (1u << (zoom - vector_zoom)) - 1;
  sheet.vector = vector;
  sheet.side = (double) KOMEK_PLAN_TILE_SIZE * (mask + 1);
  sheet.x = (double) KOMEK_PLAN_TILE_SIZE * (column & mask);
  sheet.y = (double) KOMEK_PLAN_TILE_SIZE * (row & mask);
  draw (&sheet);
  cairo_destroy (cr);

  cairo_surface_flush (surface);
  return surface;
}

/**
 * komek_plan_painter_paint_over:
 * @cr: on a tile of 256 pixels a side that is already painted
 *
 * Paints what no other map has: the borders of the districts.
 */
void
komek_plan_painter_paint_over (KomekPlanPainter *self, guint zoom, guint column, guint row,
                               cairo_t *cr)
{
  Sheet sheet;

  g_return_if_fail (zoom <= KOMEK_PLAN_LAST_ZOOM);

  lay_sheet (self, zoom, column, row, cr, &sheet);
  draw_borders (&sheet);
}
