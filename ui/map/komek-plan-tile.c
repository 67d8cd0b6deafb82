/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-tile.h"

/**
 * KomekPlanTile:
 *
 * A painted tile that costs next to nothing to show.
 */
struct _KomekPlanTile
{
  GObject       parent;
  KomekPicture *picture;
  int           size; /* in pixels of the screen, not of the device */
  gboolean      lettered;
};

static void komek_plan_tile_paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekPlanTile, komek_plan_tile, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      komek_plan_tile_paintable_init))

static void
komek_plan_tile_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width,
                          double height)
{
  KomekPlanTile *self = KOMEK_PLAN_TILE (paintable);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_scale (snapshot, (float) (width / self->size), (float) (height / self->size));
  komek_plan_tile_show (self, snapshot, KOMEK_CANVAS_MEMORY);
  gtk_snapshot_restore (snapshot);
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

  komek_picture_free (self->picture);
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

  /* While it is shown larger or smaller it moves: what is quick is better then than smooth. */
  self->picture = komek_picture_new (surface, size, size, CAIRO_FILTER_FAST);
  self->size = size;
  self->lettered = lettered;
  return self;
}

/* Shows it at its own size. */
void
komek_plan_tile_show (KomekPlanTile *self, GtkSnapshot *snapshot, KomekCanvas canvas)
{
  g_return_if_fail (KOMEK_IS_PLAN_TILE (self));

  gtk_snapshot_append_node (snapshot, komek_picture_get_node (self->picture, canvas));
}

/* Whether it brings its own names: that of the plan does not. */
gboolean
komek_plan_tile_is_lettered (KomekPlanTile *self)
{
  g_return_val_if_fail (KOMEK_IS_PLAN_TILE (self), FALSE);

  return self->lettered;
}
