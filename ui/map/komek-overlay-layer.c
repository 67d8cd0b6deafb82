/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-overlay-layer.h"

#include "komek-overlay-tiles.h"
#include "komek-tile-range.h"

/**
 * KomekOverlayLayer:
 *
 * What lies between the streets and the names of the map: densities, or the figures of districts.
 *
 * Between two zooms, and until the tiles of a new one are there, those of the
 * zoom before are shown larger or smaller.
 */
struct _KomekOverlayLayer
{
  ShumateLayer       parent;
  KomekOverlayTiles *tiles;
  guint              zoom; /* that was shown last */
};

G_DEFINE_FINAL_TYPE (KomekOverlayLayer, komek_overlay_layer, SHUMATE_TYPE_LAYER)

/* Answers whether all of them are there. */
static gboolean
want_all (KomekOverlayLayer *self, const KomekTileRange *range)
{
  gboolean all = TRUE;

  for (guint row = range->row; row < range->end_row; row++)
    for (guint column = range->column; column < range->end_column; column++)
      all &= komek_overlay_tiles_want (self->tiles, range->zoom, column, row);
  return all;
}

static void
show_all (KomekOverlayLayer *self, GtkSnapshot *snapshot, const KomekMapFrame *frame,
          const KomekTileRange *range)
{
  KomekCanvas canvas = komek_canvas_find (GTK_WIDGET (self));

  for (guint row = range->row; row < range->end_row; row++)
    for (guint column = range->column; column < range->end_column; column++)
      {
        KomekPicture *picture =
          komek_overlay_tiles_peek (self->tiles, range->zoom, column, row);

        if (!picture)
          continue;
        komek_tile_range_begin (range, frame, snapshot, column, row);
        gtk_snapshot_append_node (snapshot, komek_picture_get_node (picture, canvas));
        gtk_snapshot_restore (snapshot);
      }
}

static void
komek_overlay_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekOverlayLayer *self = KOMEK_OVERLAY_LAYER (widget);
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (self));
  guint zoom = (guint) MAX (0, komek_map_frame_get_zoom (&frame));
  KomekTileRange range;

  if (!komek_overlay_tiles_get_painter (self->tiles) || !(frame.box.x0 < frame.box.x1))
    return;
  range = komek_tile_range_find (&frame, zoom);
  if (want_all (self, &range) || self->zoom == 0 || ABS ((int) zoom - (int) self->zoom) > 2)
    self->zoom = zoom;
  range = komek_tile_range_find (&frame, self->zoom);
  show_all (self, snapshot, &frame, &range);
}

static void
on_scale_changed (KomekOverlayLayer *self)
{
  komek_overlay_tiles_set_scale (self->tiles, gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
komek_overlay_layer_dispose (GObject *object)
{
  KomekOverlayLayer *self = KOMEK_OVERLAY_LAYER (object);

  if (self->tiles)
    komek_overlay_tiles_close (self->tiles);
  g_clear_object (&self->tiles);
  G_OBJECT_CLASS (komek_overlay_layer_parent_class)->dispose (object);
}

static void
komek_overlay_layer_class_init (KomekOverlayLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_overlay_layer_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = komek_overlay_layer_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "overlay-layer");
}

static void
komek_overlay_layer_init (KomekOverlayLayer *self)
{
  self->tiles = komek_overlay_tiles_new ();
  g_signal_connect_object (self->tiles, "painted", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_changed), NULL);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

KomekOverlayLayer *
komek_overlay_layer_new (ShumateViewport *viewport)
{
  KomekOverlayLayer *self = g_object_new (KOMEK_TYPE_OVERLAY_LAYER, "viewport", viewport, NULL);

  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * komek_overlay_layer_set_painter:
 * @painter: (nullable): %NULL to show nothing
 */
void
komek_overlay_layer_set_painter (KomekOverlayLayer *self, KomekOverlayPainter *painter)
{
  g_return_if_fail (KOMEK_IS_OVERLAY_LAYER (self));

  komek_overlay_tiles_set_painter (self->tiles, painter);
  gtk_widget_set_visible (GTK_WIDGET (self), painter != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

KomekOverlayPainter *
komek_overlay_layer_get_painter (KomekOverlayLayer *self)
{
  g_return_val_if_fail (KOMEK_IS_OVERLAY_LAYER (self), NULL);

  return komek_overlay_tiles_get_painter (self->tiles);
}

/* Whether what it shows is not all there yet. */
gboolean
komek_overlay_layer_is_busy (KomekOverlayLayer *self)
{
  g_return_val_if_fail (KOMEK_IS_OVERLAY_LAYER (self), FALSE);

  return komek_overlay_tiles_is_busy (self->tiles);
}
