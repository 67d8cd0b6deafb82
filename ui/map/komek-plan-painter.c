/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-painter.h"

#include "komek-plan-borders.h"
#include "komek-plan-lettering.h"
#include "komek-plan-names.h"
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
#define HALO 4.0
#define DISTRICT_ALPHA 0.72
#define FIRST_LANE_CASING 13
#define MARGIN 64.0 /* pixels round a tile within which a line may still reach into it */

typedef enum
{
  LAND,
  WATER,
  WATER_INK,
  PARK,
  AVENUE,
  AVENUE_CASING,
  STREET,
  LANE,
  STREET_CASING,
  RAIL,
  LABEL,
  BORDER,
  N_COLORS
} Color;

static const char *const tokens[N_COLORS] = {
  [LAND] = "land",     [WATER] = "water",   [WATER_INK] = "waterink", [PARK] = "park",
  [AVENUE] = "mn",     [AVENUE_CASING] = "mnc", [STREET] = "st",      [LANE] = "ln",
  [STREET_CASING] = "stc", [RAIL] = "rail", [LABEL] = "label",        [BORDER] = "dist",
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
 * Draws tiles of a plan in one theme and one language.
 *
 * Counted; any thread may paint. Only the names are shared between tiles that
 * are painted at once: where they stand is decided for a whole zoom when its
 * first tile is painted.
 */
struct _KomekPlanPainter
{
  gatomicrefcount     refs;
  KomekPlan          *plan;
  double              emphasis;
  GdkRGBA             colors[N_COLORS];
  GPtrArray          *borders;
  GMutex              lock;      /* of the two below */
  KomekPlanLettering *lettering;
  GArray             *names[KOMEK_PLAN_LAST_ZOOM + 1];
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
 * @emphasis: how much larger than usual names and streets are
 *
 * Returns: (transfer full): a painter
 */
KomekPlanPainter *
komek_plan_painter_new (KomekPlan *plan, const KomekPalette *palette, KomekLanguage language,
                        double emphasis)
{
  KomekPlanPainter *self = g_new0 (KomekPlanPainter, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->plan = komek_plan_ref (plan);
  self->emphasis = emphasis;
  self->borders = komek_plan_borders_list (plan);
  self->lettering = komek_plan_lettering_new (plan, language, emphasis);
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

  for (guint i = 0; i <= KOMEK_PLAN_LAST_ZOOM; i++)
    g_clear_pointer (&self->names[i], g_array_unref);
  komek_plan_lettering_free (self->lettering);
  g_ptr_array_unref (self->borders);
  komek_plan_unref (self->plan);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* The names of a zoom, which never change once they are placed. */
static const GArray *
get_names (KomekPlanPainter *self, guint zoom, double world)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (!self->names[zoom])
    self->names[zoom] =
      komek_plan_names_place (self->plan, self->lettering, zoom, world, self->emphasis);
  return self->names[zoom];
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
draw_name (const Sheet *sheet, const KomekPlanName *name)
{
  double x = name->x - sheet->plan.left, y = name->y - sheet->plan.top;
  double reach = name->word->width / 2 + name->word->height;
  gboolean water = name->kind == KOMEK_PLAN_RIVER || name->kind == KOMEK_PLAN_WATER;

  if (x < -reach || y < -reach || x > KOMEK_PLAN_TILE_SIZE + reach
      || y > KOMEK_PLAN_TILE_SIZE + reach)
    return;

  cairo_save (sheet->plan.cr);
  cairo_translate (sheet->plan.cr, x, y);
  cairo_rotate (sheet->plan.cr, name->angle);
  cairo_new_path (sheet->plan.cr);
  cairo_append_path (sheet->plan.cr, name->word->outline);
  /* On water the name stands on its own ground. */
  set_color (sheet, water ? WATER : LAND, name->kind == KOMEK_PLAN_DISTRICT ? DISTRICT_ALPHA : 1);
  cairo_set_line_width (sheet->plan.cr, HALO * sheet->painter->emphasis);
  cairo_stroke_preserve (sheet->plan.cr);
  set_color (sheet, water ? WATER_INK : LABEL,
             name->kind == KOMEK_PLAN_DISTRICT ? DISTRICT_ALPHA : 1);
  cairo_fill (sheet->plan.cr);
  cairo_restore (sheet->plan.cr);
}

static void
draw (const Sheet *sheet, const GArray *names)
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
  cairo_set_fill_rule (sheet->plan.cr, CAIRO_FILL_RULE_WINDING);
  for (guint i = 0; i < names->len; i++)
    draw_name (sheet, &g_array_index (names, KomekPlanName, i));
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
 * Paints a tile from the lines of another map: in the same colours, and with the districts and
 * the names of the plan.
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
  draw (&sheet, get_names (self, zoom, sheet.plan.world));
  cairo_destroy (cr);

  cairo_surface_flush (surface);
  return surface;
}

KomekPlan *
komek_plan_painter_get_plan (KomekPlanPainter *self)
{
  return self->plan;
}

/**
 * komek_plan_painter_draw_names:
 * @cr: with its origin in the corner of the tile
 *
 * Draws the names of a tile once more, where something has been laid on the plan below them.
 */
void
komek_plan_painter_draw_names (KomekPlanPainter *self, cairo_t *cr, guint zoom, guint column,
                               guint row)
{
  const GArray *names;
  Sheet sheet;

  lay_sheet (self, zoom, column, row, cr, &sheet);
  names = get_names (self, zoom, sheet.plan.world);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  for (guint i = 0; i < names->len; i++)
    draw_name (&sheet, &g_array_index (names, KomekPlanName, i));
}

/**
 * komek_plan_painter_find_name:
 * @feature: its place on the plan
 * @box: (out): round the name, in pixels of the whole world
 *
 * Returns: whether the feature bears its name at this zoom
 */
gboolean
komek_plan_painter_find_name (KomekPlanPainter *self, guint feature, guint zoom,
                              KomekMercatorBox *box)
{
  const GArray *names = get_names (self, zoom, ldexp (KOMEK_PLAN_TILE_SIZE, zoom));
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const KomekPlanWord *word = komek_plan_lettering_get (self->lettering, feature);

  for (guint i = 0; word && i < names->len; i++)
    {
      const KomekPlanName *name = &g_array_index (names, KomekPlanName, i);

      if (name->word != word)
        continue;
      *box = (KomekMercatorBox) { name->x - word->width / 2, name->y - word->height / 2,
                                  name->x + word->width / 2, name->y + word->height / 2 };
      return TRUE;
    }
  return FALSE;
}

/**
 * komek_plan_painter_paint_over:
 * @cr: on a tile of 256 pixels a side that is already painted
 *
 * Paints what no other map has: the borders of the districts, and their names.
 */
void
komek_plan_painter_paint_over (KomekPlanPainter *self, guint zoom, guint column, guint row,
                               cairo_t *cr)
{
  const GArray *names;
  Sheet sheet;

  g_return_if_fail (zoom <= KOMEK_PLAN_LAST_ZOOM);

  lay_sheet (self, zoom, column, row, cr, &sheet);
  draw_borders (&sheet);
  names = get_names (self, zoom, sheet.plan.world);
  for (guint i = 0; i < names->len; i++)
    if (g_array_index (names, KomekPlanName, i).kind == KOMEK_PLAN_DISTRICT)
      draw_name (&sheet, &g_array_index (names, KomekPlanName, i));
}
