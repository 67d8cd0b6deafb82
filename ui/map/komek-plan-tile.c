/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-tile.h"

#include <math.h>

/**
 * KomekPlanTile:
 *
 * A painted tile that costs next to nothing to show while the map stands or is dragged.
 *
 * The cairo renderer of GTK 4.8 converts every texture in every frame, an
 * opaque one byte by byte. At its own size a tile is therefore a node that is
 * made once and only copied; between two zooms, where it must be computed
 * anyway, it is a texture of three bytes a pixel.
 */
struct _KomekPlanTile
{
  GObject          parent;
  cairo_surface_t *surface;
  int              size; /* in pixels of the screen, not of the device */
  gboolean         lettered;
  GskRenderNode   *node;
  GdkTexture      *texture;
};

static void komek_plan_tile_paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekPlanTile, komek_plan_tile, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      komek_plan_tile_paintable_init))

static GdkTexture *
pack (cairo_surface_t *surface)
{
  const guint8 *from = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int side = cairo_image_surface_get_width (surface);
  guint8 *packed = g_malloc ((gsize) side * side * 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (packed, (gsize) side * side * 3);

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        guint32 pixel = ((const guint32 *) (gconstpointer) (from + y * stride))[x];

        *packed++ = pixel >> 16 & 0xff;
        *packed++ = pixel >> 8 & 0xff;
        *packed++ = pixel & 0xff;
      }
  return gdk_memory_texture_new (side, side, GDK_MEMORY_R8G8B8, bytes, side * 3);
}

static GskRenderNode *
record (KomekPlanTile *self)
{
  GskRenderNode *node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, self->size, self->size));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_set_source_surface (cr, self->surface, 0, 0);
  /* While it is shown larger or smaller it moves: what is quick is better then than smooth. */
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_FAST);
  cairo_paint (cr);
  cairo_destroy (cr);
  return node;
}

static void
komek_plan_tile_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width,
                          double height)
{
  KomekPlanTile *self = KOMEK_PLAN_TILE (paintable);

  if (fabs (width - self->size) < 0.5 && fabs (height - self->size) < 0.5)
    {
      if (!self->node)
        self->node = record (self);
      gtk_snapshot_append_node (snapshot, self->node);
      return;
    }

  if (!self->texture)
    self->texture = pack (self->surface);
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static int
komek_plan_tile_get_intrinsic_size (GdkPaintable *paintable)
{
  return KOMEK_PLAN_TILE (paintable)->size;
}

static GdkPaintableFlags
komek_plan_tile_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static void
komek_plan_tile_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = komek_plan_tile_snapshot;
  iface->get_intrinsic_width = komek_plan_tile_get_intrinsic_size;
  iface->get_intrinsic_height = komek_plan_tile_get_intrinsic_size;
  iface->get_flags = komek_plan_tile_get_flags;
}

static void
komek_plan_tile_finalize (GObject *object)
{
  KomekPlanTile *self = KOMEK_PLAN_TILE (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_object (&self->texture);
  cairo_surface_destroy (self->surface);
  G_OBJECT_CLASS (komek_plan_tile_parent_class)->finalize (object);
}

static void
komek_plan_tile_class_init (KomekPlanTileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_plan_tile_finalize;
}

static void
komek_plan_tile_init (KomekPlanTile *self)
{
}

/**
 * komek_plan_tile_new:
 * @surface: (transfer full): a square image of RGB24, as many pixels of the device wide as it likes
 * @size: how wide it is shown
 * @lettered: whether names stand on it
 */
KomekPlanTile *
komek_plan_tile_new (cairo_surface_t *surface, int size, gboolean lettered)
{
  KomekPlanTile *self = g_object_new (KOMEK_TYPE_PLAN_TILE, NULL);
  double scale = (double) cairo_image_surface_get_width (surface) / size;

  cairo_surface_set_device_scale (surface, scale, scale);
  self->surface = surface;
  self->size = size;
  self->lettered = lettered;
  return self;
}

/* Whether it brings its own names: that of the plan does not. */
gboolean
komek_plan_tile_is_lettered (KomekPlanTile *self)
{
  g_return_val_if_fail (KOMEK_IS_PLAN_TILE (self), FALSE);

  return self->lettered;
}
