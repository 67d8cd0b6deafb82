/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-layer.h"

#include "komek-map-sprites.h"
#include "komek-plan-painter.h"

#include <math.h>

#define GAP 78.0    /* pixels between the centres of two clusters */
#define BLOCK 512.0 /* pixels; clusters are looked up for whole blocks and one more all round */
#define SENSING 32.0 /* pixels round a point that answer to a finger */
#define PIN_SIZE 40
#define NUMBERED_SIZE 50
#define SELECTED_RADIUS 46.0

/**
 * KomekRequestLayer:
 *
 * The requests on the map: clusters, pins, and the selected one above all.
 *
 * Every frame puts up to some two hundred little pictures in their places and
 * draws nothing; what it shows changes only when the map crosses the edge of a
 * block, so that clusters do not dance under a finger.
 */
struct _KomekRequestLayer
{
  ShumateLayer     parent;
  KomekTheme      *theme;
  KomekAtlas      *atlas;
  guint32          selected;
  GArray          *numbers;  /* of guint32: keys in the order of the list */
  KomekMapSprites *sprites;  /* NULL while colours or scale have changed */
  KomekClusters   *clusters; /* NULL while the atlas has changed */
  KomekMercatorBox box;      /* of the clusters */
  int              zoom;     /* likewise */
};

G_DEFINE_FINAL_TYPE (KomekRequestLayer, komek_request_layer, SHUMATE_TYPE_LAYER)

/* Something that is drawn, and where. */
typedef struct
{
  double            x, y; /* of its middle, in the widget */
  double            radius;
  guint             cluster;
  const KomekPoint *point; /* NULL for a cluster of several */
  guint             number;
  gboolean          selected;
} Mark;

/* Where the widget lies on the Mercator square. */
typedef struct
{
  double           world;
  KomekMercatorBox box;
} Frame;

static Frame
measure_frame (KomekRequestLayer *self)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (SHUMATE_LAYER (self));
  double world = KOMEK_PLAN_TILE_SIZE * exp2 (shumate_viewport_get_zoom_level (viewport));
  double wide = gtk_widget_get_width (GTK_WIDGET (self)) / world / 2;
  double high = gtk_widget_get_height (GTK_WIDGET (self)) / world / 2;
  double x, y;

  komek_mercator_project (shumate_location_get_latitude (SHUMATE_LOCATION (viewport)),
                          shumate_location_get_longitude (SHUMATE_LOCATION (viewport)), &x, &y);
  return (Frame) { world, { x - wide, y - high, x + wide, y + high } };
}

/* Looks the clusters up anew where the map has left the blocks that they are of. */
static void
update_clusters (KomekRequestLayer *self, const Frame *frame)
{
  int zoom = (int) lround (log2 (frame->world / KOMEK_PLAN_TILE_SIZE));
  double world = ldexp (KOMEK_PLAN_TILE_SIZE, zoom), block = BLOCK / world;
  KomekMercatorBox box = {
    (floor (frame->box.x0 / block) - 1) * block,
    (floor (frame->box.y0 / block) - 1) * block,
    (ceil (frame->box.x1 / block) + 1) * block,
    (ceil (frame->box.y1 / block) + 1) * block,
  };

  if (self->clusters && self->zoom == zoom && box.x0 == self->box.x0 && box.y0 == self->box.y0
      && box.x1 == self->box.x1 && box.y1 == self->box.y1)
    return;

  g_clear_pointer (&self->clusters, komek_clusters_unref);
  self->clusters = komek_clusters_new (self->atlas, &box, world, GAP);
  self->zoom = zoom;
  self->box = box;
}

static guint
find_number (KomekRequestLayer *self, guint32 key)
{
  for (guint i = 0; i < self->numbers->len; i++)
    if (g_array_index (self->numbers, guint32, i) == key)
      return i + 1;

  return 0;
}

static gboolean
is_on_screen (const Frame *frame, double x, double y)
{
  double margin = 2 * SELECTED_RADIUS / frame->world;

  return x > frame->box.x0 - margin && x < frame->box.x1 + margin && y > frame->box.y0 - margin
         && y < frame->box.y1 + margin;
}

static void
list_clusters (KomekRequestLayer *self, const Frame *frame, GArray *marks)
{
  guint n;
  const KomekCluster *cluster = komek_clusters_peek (self->clusters, &n);

  for (guint i = 0; i < n; i++, cluster++)
    {
      Mark mark = { .x = (cluster->x - frame->box.x0) * frame->world,
                    .y = (cluster->y - frame->box.y0) * frame->world,
                    .radius = cluster->point ? PIN_SIZE / 2.0
                                             : komek_map_sprites_get_radius (cluster->count),
                    .cluster = i,
                    .point = cluster->point };

      if (!is_on_screen (frame, cluster->x, cluster->y)
          || (cluster->point && cluster->point->key == self->selected))
        continue;
      if (cluster->point)
        mark.number = find_number (self, cluster->point->key);
      g_array_append_val (marks, mark);
    }
}

/* The selected request stands above everything, even where it is one of a cluster. */
static void
list_selected (KomekRequestLayer *self, const Frame *frame, GArray *marks)
{
  const KomekPoint *point =
    self->selected ? komek_atlas_look_up (self->atlas, self->selected) : NULL;
  Mark mark = { .radius = SELECTED_RADIUS, .point = point, .selected = TRUE };
  double x, y;

  if (!point || point->latitude == KOMEK_POINT_NOWHERE)
    return;

  komek_mercator_project (point->latitude / 1e7, point->longitude / 1e7, &x, &y);
  mark.x = (x - frame->box.x0) * frame->world;
  mark.y = (y - frame->box.y0) * frame->world;
  mark.number = find_number (self, point->key);
  if (is_on_screen (frame, x, y))
    g_array_append_val (marks, mark);
}

/* Everything that shows, from below. */
static GArray *
list_marks (KomekRequestLayer *self)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  Frame frame = measure_frame (self);

  if (!self->atlas || frame.box.x0 >= frame.box.x1)
    return marks;

  update_clusters (self, &frame);
  list_clusters (self, &frame, marks);
  list_selected (self, &frame, marks);
  return marks;
}

static const KomekMapSprite *
get_sprite (KomekRequestLayer *self, const Mark *mark)
{
  KomekStateMark state;
  guint n;

  if (!mark->point)
    return komek_map_sprites_get_cluster (self->sprites,
                                          &komek_clusters_peek (self->clusters, &n)[mark->cluster]);

  state =
    (KomekStateMark){ komek_filter_group_of (komek_atlas_get_filter (self->atlas), mark->point),
                      mark->point->status, mark->number };
  if (mark->selected)
    return komek_map_sprites_get_selected (self->sprites, &state);
  return komek_map_sprites_get_pin (self->sprites, &state, mark->number ? NUMBERED_SIZE : PIN_SIZE);
}

static void
komek_request_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekRequestLayer *self = KOMEK_REQUEST_LAYER (widget);
  g_autoptr (GArray) marks = list_marks (self);

  if (!self->sprites)
    self->sprites = komek_map_sprites_new (komek_theme_get_palette (self->theme),
                                           gtk_widget_get_scale_factor (widget));

  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);

      komek_map_sprite_show (get_sprite (self, mark), snapshot, mark->x, mark->y);
    }
}

static void
forget_sprites (KomekRequestLayer *self)
{
  g_clear_pointer (&self->sprites, komek_map_sprites_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
komek_request_layer_dispose (GObject *object)
{
  KomekRequestLayer *self = KOMEK_REQUEST_LAYER (object);

  g_clear_pointer (&self->sprites, komek_map_sprites_free);
  g_clear_pointer (&self->clusters, komek_clusters_unref);
  g_clear_pointer (&self->atlas, komek_atlas_unref);
  g_clear_object (&self->theme);
  G_OBJECT_CLASS (komek_request_layer_parent_class)->dispose (object);
}

static void
komek_request_layer_finalize (GObject *object)
{
  g_array_unref (KOMEK_REQUEST_LAYER (object)->numbers);
  G_OBJECT_CLASS (komek_request_layer_parent_class)->finalize (object);
}

static void
komek_request_layer_class_init (KomekRequestLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_request_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_request_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = komek_request_layer_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "request-layer");
}

static void
komek_request_layer_init (KomekRequestLayer *self)
{
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

KomekRequestLayer *
komek_request_layer_new (ShumateViewport *viewport, KomekTheme *theme)
{
  KomekRequestLayer *self = g_object_new (KOMEK_TYPE_REQUEST_LAYER, "viewport", viewport, NULL);

  self->theme = g_object_ref (theme);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (theme, "notify::palette", G_CALLBACK (forget_sprites), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_sprites), NULL);
  return self;
}

/**
 * komek_request_layer_set_atlas:
 * @atlas: (nullable): the requests to show
 */
void
komek_request_layer_set_atlas (KomekRequestLayer *self, KomekAtlas *atlas)
{
  g_return_if_fail (KOMEK_IS_REQUEST_LAYER (self));

  if (self->atlas == atlas)
    return;
  g_clear_pointer (&self->clusters, komek_clusters_unref);
  g_clear_pointer (&self->atlas, komek_atlas_unref);
  self->atlas = atlas ? komek_atlas_ref (atlas) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

KomekAtlas *
komek_request_layer_get_atlas (KomekRequestLayer *self)
{
  g_return_val_if_fail (KOMEK_IS_REQUEST_LAYER (self), NULL);

  return self->atlas;
}

/**
 * komek_request_layer_set_selected:
 * @key: 0 for none
 */
void
komek_request_layer_set_selected (KomekRequestLayer *self, guint32 key)
{
  g_return_if_fail (KOMEK_IS_REQUEST_LAYER (self));

  self->selected = key;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint32
komek_request_layer_get_selected (KomekRequestLayer *self)
{
  g_return_val_if_fail (KOMEK_IS_REQUEST_LAYER (self), 0);

  return self->selected;
}

/**
 * komek_request_layer_set_numbers:
 * @keys: (array length=n_keys): the requests of the list, whose pins bear the numbers of their rows
 */
void
komek_request_layer_set_numbers (KomekRequestLayer *self, const guint32 *keys, guint n_keys)
{
  g_return_if_fail (KOMEK_IS_REQUEST_LAYER (self));

  g_array_set_size (self->numbers, 0);
  g_array_append_vals (self->numbers, keys, n_keys);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * komek_request_layer_pick:
 * @pick: (out caller-allocates): valid until the atlas changes
 *
 * Finds what lies nearest to a point of the widget, within reach of a finger.
 *
 * Returns: %FALSE where there is nothing
 */
gboolean
komek_request_layer_pick (KomekRequestLayer *self, double x, double y, KomekRequestPick *pick)
{
  g_autoptr (GArray) marks = NULL;
  const Mark *best = NULL;
  double nearest = G_MAXDOUBLE;

  g_return_val_if_fail (KOMEK_IS_REQUEST_LAYER (self), FALSE);

  marks = list_marks (self);
  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);
      double distance = hypot (mark->x - x, mark->y - y);

      if (distance <= MAX (SENSING, mark->radius) && distance <= nearest)
        {
          nearest = distance;
          best = mark;
        }
    }
  if (!best)
    return FALSE;

  *pick = (KomekRequestPick) { .key = best->point ? best->point->key : 0,
                               .clusters = best->point ? NULL : self->clusters,
                               .cluster = best->cluster };
  return TRUE;
}
