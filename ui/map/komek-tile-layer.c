/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-tile-layer.h"

#include "komek-plan-painter.h"
#include "komek-plan-tile.h"
#include "komek-tile-range.h"

#define MOST_TILES 160 /* some four screens */

/**
 * KomekTileLayer:
 *
 * The tiles of a map source, each on whole pixels.
 *
 * Libshumate's own layer lays them between pixels while the map moves, so that
 * each pixel is computed from four: without a graphics card that is most of
 * what a frame costs. Until the tiles of a zoom are there, those of the zoom
 * before are shown larger or smaller; what has left the screen before its
 * turn came is called off.
 */
struct _KomekTileLayer
{
  ShumateLayer      parent;
  ShumateMapSource *source;
  GHashTable       *tiles; /* of Entry, each its own key */
  guint             frames; /* how many were drawn */
  guint             zoom;   /* that was shown last, 0 before */
};

G_DEFINE_FINAL_TYPE (KomekTileLayer, komek_tile_layer, SHUMATE_TYPE_LAYER)

typedef struct
{
  guint         zoom, column, row;
  guint         frame;       /* in which it was wanted last */
  ShumateTile  *tile;
  GCancellable *cancellable; /* NULL once it is filled */
} Entry;

static guint
hash_entry (gconstpointer data)
{
  const Entry *entry = data;

  return (entry->zoom * 31 + entry->column) * 65599 + entry->row;
}

static gboolean
are_same (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  return x->zoom == y->zoom && x->column == y->column && x->row == y->row;
}

static void
entry_free (Entry *entry)
{
  if (entry->cancellable)
    g_cancellable_cancel (entry->cancellable);
  g_clear_object (&entry->cancellable);
  g_object_unref (entry->tile);
  g_free (entry);
}

static Entry *
find_entry (KomekTileLayer *self, guint zoom, guint column, guint row)
{
  return g_hash_table_lookup (self->tiles, &(Entry) { zoom, column, row });
}

static void
on_filled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekTileLayer) self = data;
  g_autoptr (GError) error = NULL;

  /* A tile that does not come is not there: the source has said why to whom it concerns. */
  if (!shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), result, &error))
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static Entry *
ask_for (KomekTileLayer *self, guint zoom, guint column, guint row)
{
  Entry *entry = g_new0 (Entry, 1);

  /* A tile is no widget: nothing floats, and the one reference is ours. */
  *entry = (Entry) { zoom, column, row, 0,
                     shumate_tile_new_full ((int) column, (int) row, KOMEK_PLAN_TILE_SIZE,
                                            (int) zoom),
                     g_cancellable_new () };
  g_hash_table_add (self->tiles, entry);
  /* It may have something to show long before it is filled: the plan, while a server is slow. */
  g_signal_connect_object (entry->tile, "notify::paintable", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  shumate_map_source_fill_tile_async (self->source, entry->tile, entry->cancellable, on_filled,
                                      g_object_ref (self));
  return entry;
}

/* What came with an error is asked for once more when it comes into view again. */
static gboolean
want (KomekTileLayer *self, guint zoom, guint column, guint row)
{
  Entry *entry = find_entry (self, zoom, column, row);

  if (!entry)
    entry = ask_for (self, zoom, column, row);
  entry->frame = self->frames;
  return shumate_tile_get_paintable (entry->tile) != NULL;
}

/* Answers whether all of them are there. */
static gboolean
want_all (KomekTileLayer *self, const KomekTileRange *range)
{
  gboolean all = TRUE;

  for (guint row = range->row; row < range->end_row; row++)
    for (guint column = range->column; column < range->end_column; column++)
      all &= want (self, range->zoom, column, row);
  return all;
}

static void
show_all (KomekTileLayer *self, GtkSnapshot *snapshot, const KomekMapFrame *frame,
          const KomekTileRange *range)
{
  KomekCanvas canvas = komek_canvas_find (GTK_WIDGET (self));

  for (guint row = range->row; row < range->end_row; row++)
    for (guint column = range->column; column < range->end_column; column++)
      {
        Entry *entry = find_entry (self, range->zoom, column, row);
        GdkPaintable *paintable = entry ? shumate_tile_get_paintable (entry->tile) : NULL;

        if (!paintable)
          continue;
        entry->frame = self->frames;
        komek_tile_range_begin (range, frame, snapshot, column, row);
        if (KOMEK_IS_PLAN_TILE (paintable))
          komek_plan_tile_show (KOMEK_PLAN_TILE (paintable), snapshot, canvas);
        else
          gdk_paintable_snapshot (paintable, snapshot, KOMEK_PLAN_TILE_SIZE, KOMEK_PLAN_TILE_SIZE);
        gtk_snapshot_restore (snapshot);
      }
}

/* What is not wanted any more is called off, and the oldest go when there are too many. */
static void
tidy (KomekTileLayer *self)
{
  gboolean many = g_hash_table_size (self->tiles) > MOST_TILES;
  GHashTableIter iter;
  Entry *entry;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, (gpointer *) &entry, NULL))
    if (entry->frame != self->frames
        && (many || !shumate_tile_get_paintable (entry->tile)))
      g_hash_table_iter_remove (&iter);
}

static guint
choose_zoom (KomekTileLayer *self, const KomekMapFrame *frame)
{
  return (guint) CLAMP (komek_map_frame_get_zoom (frame),
                        (int) shumate_map_source_get_min_zoom_level (self->source),
                        (int) shumate_map_source_get_max_zoom_level (self->source));
}

static void
komek_tile_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekTileLayer *self = KOMEK_TILE_LAYER (widget);
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (self));
  KomekTileRange now, before;

  if (!(frame.box.x0 < frame.box.x1))
    return;
  self->frames++;
  now = komek_tile_range_find (&frame, choose_zoom (self, &frame));
  before = komek_tile_range_find (&frame, self->zoom);
  if (want_all (self, &now))
    self->zoom = now.zoom;
  /* One may have zoomed out by more than there are tiles for. */
  else if (self->zoom > 0 && self->zoom != now.zoom && self->zoom < now.zoom + 3)
    show_all (self, snapshot, &frame, &before);
  show_all (self, snapshot, &frame, &now);
  tidy (self);
}

static void
komek_tile_layer_dispose (GObject *object)
{
  KomekTileLayer *self = KOMEK_TILE_LAYER (object);

  g_hash_table_remove_all (self->tiles);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (komek_tile_layer_parent_class)->dispose (object);
}

static void
komek_tile_layer_finalize (GObject *object)
{
  g_hash_table_unref (KOMEK_TILE_LAYER (object)->tiles);
  G_OBJECT_CLASS (komek_tile_layer_parent_class)->finalize (object);
}

static void
komek_tile_layer_class_init (KomekTileLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_tile_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_tile_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = komek_tile_layer_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "tile-layer");
}

static void
komek_tile_layer_init (KomekTileLayer *self)
{
  self->tiles = g_hash_table_new_full (hash_entry, are_same, (GDestroyNotify) entry_free, NULL);
}

/**
 * komek_tile_layer_new:
 * @source: of tiles of 256 pixels a side
 */
KomekTileLayer *
komek_tile_layer_new (ShumateMapSource *source, ShumateViewport *viewport)
{
  KomekTileLayer *self = g_object_new (KOMEK_TYPE_TILE_LAYER, "viewport", viewport, NULL);

  self->source = g_object_ref (source);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* Whether a tile is there that brings its own names. */
gboolean
komek_tile_layer_is_lettered (KomekTileLayer *self, guint zoom, guint column, guint row)
{
  Entry *entry;
  GdkPaintable *paintable;

  g_return_val_if_fail (KOMEK_IS_TILE_LAYER (self), FALSE);

  entry = find_entry (self, zoom, column, row);
  paintable = entry ? shumate_tile_get_paintable (entry->tile) : NULL;
  return KOMEK_IS_PLAN_TILE (paintable)
         && komek_plan_tile_is_lettered (KOMEK_PLAN_TILE (paintable));
}
