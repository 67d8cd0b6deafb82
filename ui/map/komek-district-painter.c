/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-district-painter.h"

#include "komek-heat-colors.h"

#include <math.h>

#define COVER 0.6 /* of what lies below */
#define BORDER_WIDTH 2.0

/**
 * KomekDistrictPainter:
 *
 * Paints each district in the colour of its figure. One that has none keeps the colours of the
 * plan.
 */
struct _KomekDistrictPainter
{
  KomekOverlayPainter   parent;
  KomekDistrictFigures *figures;
  GdkRGBA               colors[KOMEK_MAP_STEPS + 1];
  GdkRGBA               border;
  guint                *steps; /* of each district */
};

G_DEFINE_FINAL_TYPE (KomekDistrictPainter, komek_district_painter, KOMEK_TYPE_OVERLAY_PAINTER)

/* A tile on the easel. */
typedef struct
{
  cairo_t         *cr;
  double           world; /* pixels */
  KomekMercatorBox box;
} Sheet;

static Sheet
lay_sheet (cairo_surface_t *surface, guint zoom, guint column, guint row, guint scale)
{
  double tile = ldexp (1, -(int) zoom);
  Sheet sheet = { cairo_create (surface), ldexp (KOMEK_PLAN_TILE_SIZE, (int) zoom),
                  { column * tile, row * tile, (column + 1) * tile, (row + 1) * tile } };

  cairo_scale (sheet.cr, scale, scale);
  return sheet;
}

static gboolean
boxes_meet (const KomekMercatorBox *a, const KomekMercatorBox *b)
{
  return a->x0 <= b->x1 && a->x1 >= b->x0 && a->y0 <= b->y1 && a->y1 >= b->y0;
}

static void
trace (const Sheet *sheet, const KomekPlanFeature *feature)
{
  cairo_new_path (sheet->cr);
  for (guint i = 0; i < feature->n_lines; i++)
    {
      const KomekPlanLine *ring = &feature->lines[i];

      cairo_new_sub_path (sheet->cr);
      for (guint j = 0; j < ring->n_vertices; j++)
        cairo_line_to (sheet->cr, (ring->vertices[j].x - sheet->box.x0) * sheet->world,
                       (ring->vertices[j].y - sheet->box.y0) * sheet->world);
      cairo_close_path (sheet->cr);
    }
}

static void
paint_district (KomekDistrictPainter *self, const Sheet *sheet, const KomekPlanFeature *feature,
                guint step)
{
  trace (sheet, feature);
  cairo_set_fill_rule (sheet->cr, CAIRO_FILL_RULE_EVEN_ODD);
  gdk_cairo_set_source_rgba (sheet->cr, &self->colors[step]);
  cairo_fill_preserve (sheet->cr);
  gdk_cairo_set_source_rgba (sheet->cr, &self->border);
  cairo_set_line_width (sheet->cr, BORDER_WIDTH);
  cairo_stroke (sheet->cr);
}

static gboolean
meets_any (KomekDistrictPainter *self, const KomekMercatorBox *box)
{
  guint n;
  const KomekDistrictFigure *figure = komek_district_figures_peek (self->figures, &n);

  for (guint i = 0; i < n; i++)
    if (boxes_meet (&figure[i].feature->box, box))
      return TRUE;
  return FALSE;
}

static cairo_surface_t *
komek_district_painter_paint (KomekOverlayPainter *painter, guint zoom, guint column, guint row,
                              guint scale)
{
  KomekDistrictPainter *self = KOMEK_DISTRICT_PAINTER (painter);
  guint n, size = KOMEK_PLAN_TILE_SIZE * scale;
  const KomekDistrictFigure *figure = komek_district_figures_peek (self->figures, &n);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  Sheet sheet = lay_sheet (surface, zoom, column, row, scale);

  if (!meets_any (self, &sheet.box))
    g_clear_pointer (&surface, cairo_surface_destroy);
  for (guint i = 0; surface && i < n; i++)
    if (boxes_meet (&figure[i].feature->box, &sheet.box))
      paint_district (self, &sheet, figure[i].feature, self->steps[i]);
  cairo_destroy (sheet.cr);
  return surface;
}

static void
komek_district_painter_finalize (GObject *object)
{
  KomekDistrictPainter *self = KOMEK_DISTRICT_PAINTER (object);

  komek_district_figures_unref (self->figures);
  g_free (self->steps);
  G_OBJECT_CLASS (komek_district_painter_parent_class)->finalize (object);
}

static void
komek_district_painter_class_init (KomekDistrictPainterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_district_painter_finalize;
  KOMEK_OVERLAY_PAINTER_CLASS (klass)->paint = komek_district_painter_paint;
}

static void
komek_district_painter_init (KomekDistrictPainter *self)
{
}

KomekDistrictPainter *
komek_district_painter_new (KomekDistrictFigures *figures, KomekDistrictMeasure measure,
                            const KomekPalette *palette)
{
  KomekDistrictPainter *self = g_object_new (KOMEK_TYPE_DISTRICT_PAINTER, NULL);
  KomekMapScale scale = komek_district_measure_choose_scale (measure, figures);
  guint n;
  const KomekDistrictFigure *figure = komek_district_figures_peek (figures, &n);

  self->figures = komek_district_figures_ref (figures);
  self->border = komek_palette_look_up (palette, "dist");
  self->steps = g_new0 (guint, n + 1);
  komek_heat_colors_look_up (palette, COVER, self->colors);
  for (guint i = 0; i < n; i++)
    self->steps[i] =
      komek_map_scale_find_step (&scale, komek_district_measure_take (measure, &figure[i]));
  return self;
}
