/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-name-layer.h"

#include "komek-map-frame.h"
#include "komek-name-sprites.h"
#include "komek-plan-painter.h"

#include <math.h>

#define STILL 150     /* milliseconds without a change until names are placed anew */
#define AROUND 384.0  /* pixels all round the view that have names too, for who drags the map */
#define SMALLEST 0.75 /* of its own zoom, at which names would stand too near to each other */
#define LARGEST 2.9

/**
 * KomekNameLayer:
 *
 * The names of the plan, clear of what lies on the map.
 *
 * They are placed in a thread once the map and the marks on it have come to
 * rest; until then those of before move with the map, in their own size. Each
 * is a little picture, so that a frame only copies it, and a mark that comes or
 * goes costs no tile. Names stay where they stand unless something is in their
 * way.
 */
struct _KomekNameLayer
{
  ShumateLayer     parent;
  KomekPlanWriter *writer;
  KomekTileLayer  *ground;
  gboolean         districts;
  GArray          *sprites; /* of KomekNameSprite */
  guint            zoom;    /* theirs */
  gboolean         keeps;   /* whether they are of this writer */
  gboolean         shown;   /* there were names once */
  gboolean         running;
  gboolean         again;   /* something has changed since that began */
  guint            still_id;
};

enum
{
  CONTROLS,
  GATHER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekNameLayer, komek_name_layer, SHUMATE_TYPE_LAYER)

static void place (KomekNameLayer *self);

static void
scale_box (KomekMercatorBox *box, const KomekMapFrame *frame, double world)
{
  double scale = world / frame->world, left = frame->box.x0 * world, top = frame->box.y0 * world;

  *box = (KomekMercatorBox) { left + box->x0 * scale, top + box->y0 * scale,
                              left + box->x1 * scale, top + box->y1 * scale };
}

/* What lies on the map, in pixels of the whole world. */
static GArray *
gather (KomekNameLayer *self, const KomekMapFrame *frame, double world)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (KomekPlanMark));

  g_signal_emit (self, signals[CONTROLS], 0, marks);
  g_signal_emit (self, signals[GATHER], 0, marks);
  for (guint i = 0; i < marks->len; i++)
    scale_box (&g_array_index (marks, KomekPlanMark, i).box, frame, world);
  return marks;
}

static KomekPlanRoom
measure_room (KomekNameLayer *self, const KomekMapFrame *frame)
{
  guint zoom = (guint) CLAMP (komek_map_frame_get_zoom (frame), 0, KOMEK_PLAN_LAST_ZOOM);
  double world = ldexp (KOMEK_PLAN_TILE_SIZE, (int) zoom);
  KomekMercatorBox view = { frame->box.x0 * world, frame->box.y0 * world, frame->box.x1 * world,
                            frame->box.y1 * world };

  return (KomekPlanRoom) {
    .zoom = zoom,
    .region = { view.x0 - AROUND, view.y0 - AROUND, view.x1 + AROUND, view.y1 + AROUND },
    .view = view,
    .marks = gather (self, frame, world),
    .keep = self->keeps && self->zoom == zoom ? komek_name_layer_list (self) : NULL,
  };
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekNameLayer) self = data;
  g_autoptr (KomekPlanWriter) writer = NULL;
  guint zoom;
  GArray *sprites = komek_name_sprites_finish (result, &writer, &zoom);

  self->running = FALSE;
  if (sprites && writer == self->writer)
    {
      g_array_unref (self->sprites);
      self->sprites = g_array_ref (sprites);
      self->zoom = zoom;
      self->keeps = self->shown = TRUE;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  g_clear_pointer (&sprites, g_array_unref);
  if (self->again)
    place (self);
}

/* One at a time: what changes meanwhile is seen to afterwards. */
static void
place (KomekNameLayer *self)
{
  KomekMapFrame frame;
  KomekPlanRoom room;

  self->again = self->running && self->writer;
  if (self->running || !self->writer)
    return;
  frame = komek_map_frame_measure (SHUMATE_LAYER (self));
  if (!(frame.box.x0 < frame.box.x1))
    return;

  room = measure_room (self, &frame);
  self->running = TRUE;
  komek_name_sprites_write_async (self->writer, &room,
                                  (guint) gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                  on_written, g_object_ref (self));
  g_array_unref (room.marks);
  g_clear_pointer (&room.keep, g_array_unref);
}

static gboolean
on_still (gpointer data)
{
  KomekNameLayer *self = KOMEK_NAME_LAYER (data);

  self->still_id = 0;
  place (self);
  return G_SOURCE_REMOVE;
}

/* Where a map of pictures lies on the plan, it has its own names; but it has no districts. */
static gboolean
is_wanted (KomekNameLayer *self, const KomekPlanName *name)
{
  if (name->kind == KOMEK_PLAN_DISTRICT)
    return self->districts;

  return !komek_tile_layer_is_lettered (self->ground, self->zoom,
                                        (guint) (name->x / KOMEK_PLAN_TILE_SIZE),
                                        (guint) (name->y / KOMEK_PLAN_TILE_SIZE));
}

static void
komek_name_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekNameLayer *self = KOMEK_NAME_LAYER (widget);
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (self));
  double left = frame.box.x0 * frame.world, top = frame.box.y0 * frame.world;
  double wide = gtk_widget_get_width (widget), high = gtk_widget_get_height (widget);
  double scale = frame.world / ldexp (KOMEK_PLAN_TILE_SIZE, (int) self->zoom);
  KomekCanvas canvas = komek_canvas_find (widget);

  if (scale < SMALLEST || scale > LARGEST)
    return;
  for (guint i = 0; i < self->sprites->len; i++)
    {
      const KomekNameSprite *sprite = &g_array_index (self->sprites, KomekNameSprite, i);
      double x = round (sprite->name.x * scale - left) - sprite->width / 2;
      double y = round (sprite->name.y * scale - top) - sprite->height / 2;

      if (x + sprite->width < 0 || y + sprite->height < 0 || x > wide || y > high
          || !is_wanted (self, &sprite->name))
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
      gtk_snapshot_append_node (snapshot, komek_picture_get_node (sprite->picture, canvas));
      gtk_snapshot_restore (snapshot);
    }
}

static void
komek_name_layer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  komek_name_layer_wait (KOMEK_NAME_LAYER (widget));
}

static void
komek_name_layer_dispose (GObject *object)
{
  KomekNameLayer *self = KOMEK_NAME_LAYER (object);

  g_clear_handle_id (&self->still_id, g_source_remove);
  if (self->writer)
    komek_plan_writer_close (self->writer);
  g_clear_pointer (&self->writer, komek_plan_writer_unref);
  g_clear_object (&self->ground);
  G_OBJECT_CLASS (komek_name_layer_parent_class)->dispose (object);
}

static void
komek_name_layer_finalize (GObject *object)
{
  g_array_unref (KOMEK_NAME_LAYER (object)->sprites);
  G_OBJECT_CLASS (komek_name_layer_parent_class)->finalize (object);
}

static void
komek_name_layer_class_init (KomekNameLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_name_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_name_layer_finalize;
  widget_class->snapshot = komek_name_layer_snapshot;
  widget_class->size_allocate = komek_name_layer_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "name-layer");

  /**
   * KomekNameLayer::controls:
   * @marks: (element-type KomekPlanMark): in pixels of the layer
   *
   * Names are about to be placed: whoever has laid buttons or words on the map adds where they lie.
   */
  signals[CONTROLS] = g_signal_new ("controls", KOMEK_TYPE_NAME_LAYER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);

  /**
   * KomekNameLayer::gather:
   * @marks: (element-type KomekPlanMark): in pixels of the layer
   *
   * The same, of what is drawn on the map.
   */
  signals[GATHER] = g_signal_new ("gather", KOMEK_TYPE_NAME_LAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
komek_name_layer_init (KomekNameLayer *self)
{
  self->districts = TRUE;
  self->sprites = komek_name_sprites_make ();
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (komek_name_layer_wait), NULL);
}

KomekNameLayer *
komek_name_layer_new (ShumateViewport *viewport)
{
  KomekNameLayer *self = g_object_new (KOMEK_TYPE_NAME_LAYER, "viewport", viewport, NULL);

  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (komek_name_layer_wait), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * komek_name_layer_set_writer:
 * @ground: what the names lie on
 *
 * Has all names written anew, in other colours or another language; those of before stay until
 * they are.
 */
void
komek_name_layer_set_writer (KomekNameLayer *self, KomekPlanWriter *writer, KomekTileLayer *ground)
{
  g_return_if_fail (KOMEK_IS_NAME_LAYER (self));

  if (self->writer)
    komek_plan_writer_close (self->writer);
  g_clear_pointer (&self->writer, komek_plan_writer_unref);
  self->writer = komek_plan_writer_ref (writer);
  self->keeps = FALSE;
  g_set_object (&self->ground, ground);
  place (self);
}

/* Whether the districts are named; not where something else says how they are called. */
void
komek_name_layer_set_districts (KomekNameLayer *self, gboolean shown)
{
  g_return_if_fail (KOMEK_IS_NAME_LAYER (self));

  if (self->districts == shown)
    return;
  self->districts = shown;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Says that the map or what lies on it has changed; the first time, names come at once. */
void
komek_name_layer_wait (KomekNameLayer *self)
{
  g_return_if_fail (KOMEK_IS_NAME_LAYER (self));

  g_clear_handle_id (&self->still_id, g_source_remove);
  self->still_id =
    self->shown ? g_timeout_add (STILL, on_still, self) : g_idle_add (on_still, self);
}

/* Whether names are about to change. */
gboolean
komek_name_layer_is_busy (KomekNameLayer *self)
{
  g_return_val_if_fail (KOMEK_IS_NAME_LAYER (self), FALSE);

  return self->running || self->still_id != 0;
}

/**
 * komek_name_layer_list_controls:
 *
 * Returns: (transfer full) (element-type KomekPlanMark): the buttons, cards and words that lie on
 *   the map, in pixels of the layer
 */
GArray *
komek_name_layer_list_controls (KomekNameLayer *self)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (KomekPlanMark));

  g_return_val_if_fail (KOMEK_IS_NAME_LAYER (self), marks);

  g_signal_emit (self, signals[CONTROLS], 0, marks);
  return marks;
}

/**
 * komek_name_layer_list:
 *
 * Returns: (transfer full) (element-type KomekPlanName): the names in and round the view, in pixels
 *   of the whole world at the zoom that they were placed for
 */
GArray *
komek_name_layer_list (KomekNameLayer *self)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (KomekPlanName));

  g_return_val_if_fail (KOMEK_IS_NAME_LAYER (self), names);

  for (guint i = 0; i < self->sprites->len; i++)
    g_array_append_val (names, g_array_index (self->sprites, KomekNameSprite, i).name);
  return names;
}

/**
 * komek_name_layer_add_widget:
 * @marks: as #KomekNameLayer::gather has them
 * @map: a widget that the layer fills
 *
 * Adds a widget that lies on the map, where it shows.
 */
void
komek_name_layer_add_widget (GArray *marks, GtkWidget *widget, GtkWidget *map)
{
  graphene_rect_t box;
  KomekPlanMark mark = { 0 };

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, map, &box))
    return;
  mark.box = (KomekMercatorBox) { box.origin.x, box.origin.y, box.origin.x + box.size.width,
                                  box.origin.y + box.size.height };
  g_array_append_val (marks, mark);
}

/* Adds all that lies over the child of an overlay, which holds the map. */
void
komek_name_layer_add_overlays (GArray *marks, GtkOverlay *overlay, GtkWidget *map)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay));

  for (; child; child = gtk_widget_get_next_sibling (child))
    if (child != gtk_overlay_get_child (overlay))
      komek_name_layer_add_widget (marks, child, map);
}
