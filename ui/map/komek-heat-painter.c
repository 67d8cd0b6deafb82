/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-heat-painter.h"

#include "komek-density-field.h"
#include "komek-heat-colors.h"

#include <math.h>

#define COVER 0.75       /* of what lies below */
#define REACH 10.0       /* pixels that a request spreads at the zoom below */
#define REACH_ZOOM 12
#define REACH_GROWTH 0.5 /* the reach grows by 2 to the power of this a zoom */
#define LEAST_REACH 8.0
#define MOST_REACH 48.0
#define FINE_CELL 2u     /* pixels */
#define COARSE_CELL 4u   /* likewise, once a request reaches farther than the next */
#define COARSE_REACH 16.0
#define MARGIN 3.2       /* times the reach; beyond it a request does not show */

/**
 * KomekHeatPainter:
 *
 * Paints how thick requests lie, in six steps.
 *
 * Between the cells of its grid it goes on evenly, so that the steps have round edges.
 */
struct _KomekHeatPainter
{
  KomekOverlayPainter parent;
  KomekAtlas         *atlas;
  guint32             pixels[KOMEK_MAP_STEPS + 1];
  GMutex              lock; /* of the two below */
  KomekMapScale       scales[KOMEK_PLAN_LAST_ZOOM + 1];
  gboolean            chosen[KOMEK_PLAN_LAST_ZOOM + 1];
};

G_DEFINE_FINAL_TYPE (KomekHeatPainter, komek_heat_painter, KOMEK_TYPE_OVERLAY_PAINTER)

/* A tile on its way: the densities with a margin all round. */
typedef struct
{
  guint  cell;   /* pixels */
  guint  margin; /* cells */
  guint  side;   /* cells, with both margins */
  float *field;
} Grid;

/* In pixels. On the ground it shrinks as one comes closer, but slower than the ground grows. */
static double
get_reach (guint zoom)
{
  return CLAMP (REACH * exp2 (REACH_GROWTH * ((int) zoom - REACH_ZOOM)), LEAST_REACH, MOST_REACH);
}

static KomekMapScale
get_scale (KomekHeatPainter *self, guint zoom)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (!self->chosen[zoom])
    self->scales[zoom] = komek_heat_painter_choose_scale (self->atlas, zoom);
  self->chosen[zoom] = TRUE;
  return self->scales[zoom];
}

/* Answers with FALSE where there is no request near the tile. */
static gboolean
measure (KomekHeatPainter *self, guint zoom, guint column, guint row, Grid *grid)
{
  double tile = ldexp (1, -(int) zoom), reach = get_reach (zoom), over;
  g_autoptr (KomekDensity) density = NULL;

  grid->cell = reach >= COARSE_REACH ? COARSE_CELL : FINE_CELL;
  grid->margin = (guint) ceil (MARGIN * reach / grid->cell);
  grid->side = KOMEK_PLAN_TILE_SIZE / grid->cell + 2 * grid->margin;
  over = tile * grid->margin * grid->cell / KOMEK_PLAN_TILE_SIZE;
  density = komek_density_new (self->atlas,
                               &(KomekMercatorBox) { column * tile - over, row * tile - over,
                                                     (column + 1) * tile + over,
                                                     (row + 1) * tile + over },
                               grid->side, grid->side);
  if (komek_density_get_total (density) == 0)
    return FALSE;
  grid->field = komek_density_field_new (density, reach / grid->cell);
  return TRUE;
}

/* The densities along one row of pixels, each between the cells that it lies between. */
static void
read_row (const Grid *grid, double y, guint n_pixels, double pixel, float *densities)
{
  double from = grid->margin + y / grid->cell - 0.5;
  guint upper = (guint) from;
  float down = (float) (from - upper);
  const float *a = grid->field + upper * grid->side, *b = a + grid->side;

  for (guint i = 0; i < n_pixels; i++)
    {
      float at = (float) (grid->margin + (i + 0.5) * pixel / grid->cell - 0.5);
      guint left = (guint) at;
      float right = at - left;
      float top = a[left] + (a[left + 1] - a[left]) * right;
      float bottom = b[left] + (b[left + 1] - b[left]) * right;

      densities[i] = top + (bottom - top) * down;
    }
}

/* Answers whether anything of it shows. */
static gboolean
fill (KomekHeatPainter *self, const Grid *grid, const KomekMapScale *scale,
      cairo_surface_t *surface)
{
  guint n = cairo_image_surface_get_width (surface);
  guint8 *data = cairo_image_surface_get_data (surface);
  double pixel = (double) KOMEK_PLAN_TILE_SIZE / n;
  g_autofree float *densities = g_new (float, n);
  gboolean any = FALSE;

  for (guint row = 0; row < n; row++)
    {
      guint32 *to = (guint32 *) (gpointer) (data + row * cairo_image_surface_get_stride (surface));

      read_row (grid, (row + 0.5) * pixel, n, pixel, densities);
      for (guint i = 0; i < n; i++)
        {
          guint step = komek_map_scale_find_step (scale, densities[i]);

          to[i] = self->pixels[step];
          any |= step > 0;
        }
    }
  cairo_surface_mark_dirty (surface);
  return any;
}

static cairo_surface_t *
komek_heat_painter_paint (KomekOverlayPainter *painter, guint zoom, guint column, guint row,
                          guint scale)
{
  KomekHeatPainter *self = KOMEK_HEAT_PAINTER (painter);
  KomekMapScale steps = get_scale (self, zoom);
  guint size = KOMEK_PLAN_TILE_SIZE * scale;
  cairo_surface_t *surface;
  Grid grid = { 0 };

  if (!measure (self, zoom, column, row, &grid))
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  if (!fill (self, &grid, &steps, surface))
    g_clear_pointer (&surface, cairo_surface_destroy);
  g_free (grid.field);
  return surface;
}

static void
komek_heat_painter_finalize (GObject *object)
{
  KomekHeatPainter *self = KOMEK_HEAT_PAINTER (object);

  g_mutex_clear (&self->lock);
  komek_atlas_unref (self->atlas);
  G_OBJECT_CLASS (komek_heat_painter_parent_class)->finalize (object);
}

static void
komek_heat_painter_class_init (KomekHeatPainterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_heat_painter_finalize;
  KOMEK_OVERLAY_PAINTER_CLASS (klass)->paint = komek_heat_painter_paint;
}

static void
komek_heat_painter_init (KomekHeatPainter *self)
{
  g_mutex_init (&self->lock);
}

/* As cairo keeps it: the colour times its alpha. */
static guint32
pack (const GdkRGBA *color)
{
  guint alpha = (guint) lround (color->alpha * 255);

  return alpha << 24 | (guint) lround (color->red * alpha) << 16
         | (guint) lround (color->green * alpha) << 8 | (guint) lround (color->blue * alpha);
}

KomekHeatPainter *
komek_heat_painter_new (KomekAtlas *atlas, const KomekPalette *palette)
{
  KomekHeatPainter *self = g_object_new (KOMEK_TYPE_HEAT_PAINTER, NULL);
  GdkRGBA colors[KOMEK_MAP_STEPS + 1];

  self->atlas = komek_atlas_ref (atlas);
  komek_heat_colors_look_up (palette, COVER, colors);
  for (guint i = 0; i <= KOMEK_MAP_STEPS; i++)
    self->pixels[i] = pack (&colors[i]);
  return self;
}

/* The requests that it paints. */
KomekAtlas *
komek_heat_painter_get_atlas (KomekHeatPainter *self)
{
  g_return_val_if_fail (KOMEK_IS_HEAT_PAINTER (self), NULL);

  return self->atlas;
}

/**
 * komek_heat_painter_get_reach:
 *
 * Returns: how far a request spreads at a zoom, in the unit of the Mercator square
 */
double
komek_heat_painter_get_reach (guint zoom)
{
  return get_reach (zoom) / ldexp (KOMEK_PLAN_TILE_SIZE, (int) zoom);
}

/**
 * komek_heat_painter_choose_scale:
 *
 * Returns: the steps that a painter of the same requests paints at a zoom, in requests per square
 *   kilometre
 */
KomekMapScale
komek_heat_painter_choose_scale (const KomekAtlas *atlas, guint zoom)
{
  return komek_density_field_choose_scale (atlas, komek_heat_painter_get_reach (zoom));
}
