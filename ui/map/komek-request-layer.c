/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-layer.h"

#include "komek-here-eye.h"
#include "komek-plan-painter.h"

#include <math.h>

#define GAP 78.0    /* usually, see komek_request_layer_set_gap() */
#define BLOCK 512.0 /* pixels; clusters are looked up for whole blocks and one more all round */
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
  const KomekPoint *point;   /* the selected one, NULL where the atlas has none */
  gboolean         sparse;   /* whether the selected one shows alone */
  double           unit;     /* how much larger than usual all is */
  double           gap;      /* pixels between the centres of two clusters, of the usual size */
  GArray          *numbers;  /* of guint32: keys in the order of the list */
  KomekMapSprites *sprites;  /* NULL while colours or scale have changed */
  KomekClusters   *clusters; /* NULL while the atlas has changed */
  KomekMercatorBox box;      /* of the clusters */
  int              zoom;     /* likewise */
  KomekNameLayer  *names;    /* weak; NULL where none give way */
  KomekPlace      *here;     /* or NULL: its pin stands below all this */
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

/* Looks the clusters up anew where the map has left the blocks that they are of. */
static void
update_clusters (KomekRequestLayer *self, const KomekMapFrame *frame)
{
  int zoom = komek_map_frame_get_zoom (frame);
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
  self->clusters = komek_clusters_new (self->atlas, &box, world, self->gap * self->unit);
  self->zoom = zoom;
  self->box = box;
}

/* Draws anew; names wait until it stays like that. */
static void
change (KomekRequestLayer *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->names)
    komek_name_layer_wait (self->names);
}

static gboolean
is_on_screen (const KomekMapFrame *frame, double x, double y)
{
  double margin = 2 * SELECTED_RADIUS / frame->world;

  return x > frame->box.x0 - margin && x < frame->box.x1 + margin && y > frame->box.y0 - margin
         && y < frame->box.y1 + margin;
}

static void
list_clusters (KomekRequestLayer *self, const KomekMapFrame *frame, gboolean all, GArray *marks)
{
  guint n;
  const KomekCluster *cluster = komek_clusters_peek (self->clusters, &n);
  KomekHereEye eye = komek_here_eye_find (self->here, self->sprites, frame);

  for (guint i = 0; i < n; i++, cluster++)
    {
      Mark mark = { .x = (cluster->x - frame->box.x0) * frame->world,
                    .y = (cluster->y - frame->box.y0) * frame->world,
                    .radius = cluster->point
                                ? PIN_SIZE / 2.0 * self->unit
                                : komek_map_sprites_get_radius (self->sprites, cluster->count),
                    .cluster = i,
                    .point = cluster->point };

      if ((!all && !is_on_screen (frame, cluster->x, cluster->y))
          || (cluster->point && cluster->point->key == self->selected))
        continue;
      if (!cluster->point)
        komek_here_eye_keep_off (&eye, mark.radius, &mark.x, &mark.y);
      else
        mark.number = komek_request_layer_get_number (self, cluster->point->key);
      g_array_append_val (marks, mark);
    }
}

/* The selected request stands above everything, even where it is one of a cluster. */
static void
list_selected (KomekRequestLayer *self, const KomekMapFrame *frame, GArray *marks)
{
  const KomekPoint *point = self->point;
  Mark mark = { .radius = SELECTED_RADIUS * self->unit, .point = point, .selected = TRUE };

  if (!point || point->latitude == KOMEK_POINT_NOWHERE)
    return;

  komek_map_frame_place (frame, point->latitude / 1e7, point->longitude / 1e7, &mark.x, &mark.y);
  mark.number = komek_request_layer_get_number (self, point->key);
  if (is_on_screen (frame, frame->box.x0 + mark.x / frame->world,
                    frame->box.y0 + mark.y / frame->world))
    g_array_append_val (marks, mark);
}

/* Everything that shows, from below; @all says whether what is near its edges, too. */
static GArray *
list_marks (KomekRequestLayer *self, gboolean all)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (self));

  if (!self->atlas || !(frame.box.x0 < frame.box.x1))
    return marks;
  if (!self->sprites)
    self->sprites =
      komek_map_sprites_new (komek_theme_get_palette (self->theme),
                             gtk_widget_get_scale_factor (GTK_WIDGET (self)), self->unit);
  if (!self->sparse)
    {
      update_clusters (self, &frame);
      list_clusters (self, &frame, all, marks);
    }
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
  KomekCanvas canvas = komek_canvas_find (widget);
  g_autoptr (GArray) marks = list_marks (self, FALSE);

  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);

      komek_map_sprite_show (get_sprite (self, mark), snapshot, canvas, mark->x, mark->y);
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

  g_clear_weak_pointer (&self->names);
  g_clear_pointer (&self->sprites, komek_map_sprites_free);
  g_clear_pointer (&self->clusters, komek_clusters_unref);
  g_clear_pointer (&self->atlas, komek_atlas_unref);
  g_clear_pointer (&self->here, komek_place_unref);
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
  self->unit = 1;
  self->gap = GAP;
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

static void
find_selected (KomekRequestLayer *self)
{
  self->point = self->atlas && self->selected ? komek_atlas_look_up (self->atlas, self->selected)
                                              : NULL;
  change (self);
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
  find_selected (self);
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

  if (self->selected == key)
    return;
  self->selected = key;
  find_selected (self);
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
  change (self);
}

/* The number that the pin of a request bears, 0 for none. */
guint
komek_request_layer_get_number (KomekRequestLayer *self, guint32 key)
{
  g_return_val_if_fail (KOMEK_IS_REQUEST_LAYER (self), 0);

  for (guint i = 0; i < self->numbers->len; i++)
    if (g_array_index (self->numbers, guint32, i) == key)
      return i + 1;

  return 0;
}

/* Whether the selected request shows alone, since something else shows all of them. */
void
komek_request_layer_set_sparse (KomekRequestLayer *self, gboolean sparse)
{
  g_return_if_fail (KOMEK_IS_REQUEST_LAYER (self));

  self->sparse = sparse;
  change (self);
}

/* How much larger than usual all is, for fingers on a screen of fine pixels. */
void
komek_request_layer_set_unit (KomekRequestLayer *self, double unit)
{
  g_return_if_fail (KOMEK_IS_REQUEST_LAYER (self));

  if (self->unit == unit)
    return;
  self->unit = unit;
  g_clear_pointer (&self->clusters, komek_clusters_unref);
  forget_sprites (self);
}

/**
 * komek_request_layer_set_here:
 * @here: where this device stands; once
 *
 * Clusters leave room for the eye of the pin that is there.
 */
void
komek_request_layer_set_here (KomekRequestLayer *self, KomekPlace *here)
{
  g_return_if_fail (KOMEK_IS_REQUEST_LAYER (self) && !self->here);

  self->here = komek_place_ref (here);
  change (self);
}

/* How many pixels lie at least between the centres of two clusters, at most 128. */
void
komek_request_layer_set_gap (KomekRequestLayer *self, double gap)
{
  g_return_if_fail (KOMEK_IS_REQUEST_LAYER (self));

  if (self->gap == gap)
    return;
  self->gap = gap;
  g_clear_pointer (&self->clusters, komek_clusters_unref);
  change (self);
}

/* Where the marks lie; they bear numbers soon, if not yet. */
static void
on_gather (KomekRequestLayer *self, GArray *covers)
{
  g_autoptr (GArray) marks = list_marks (self, TRUE);
  double least = NUMBERED_SIZE / 2.0 * self->unit;

  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);
      double radius = MAX (least, mark->radius);
      KomekPlanMark cover = { { mark->x - radius, mark->y - radius, mark->x + radius,
                                mark->y + radius }, TRUE };

      g_array_append_val (covers, cover);
    }
}

/* Names the layer whose names give way; once. */
void
komek_request_layer_set_names (KomekRequestLayer *self, KomekNameLayer *names)
{
  g_return_if_fail (KOMEK_IS_REQUEST_LAYER (self) && !self->names);

  g_set_weak_pointer (&self->names, names);
  g_signal_connect_object (names, "gather", G_CALLBACK (on_gather), self, G_CONNECT_SWAPPED);
}

static int
compare_picks (gconstpointer a, gconstpointer b)
{
  double x = ((const KomekRequestPick *) a)->distance, y = ((const KomekRequestPick *) b)->distance;

  return (x > y) - (x < y);
}

/**
 * komek_request_layer_pick:
 * @reach: how far from the point something may be, in pixels; what is larger is hit all over
 *
 * Returns: (transfer full) (element-type KomekRequestPick): what lies at a point of the widget,
 *   the nearest first
 */
GArray *
komek_request_layer_pick (KomekRequestLayer *self, double x, double y, double reach)
{
  GArray *picks = g_array_new (FALSE, FALSE, sizeof (KomekRequestPick));
  g_autoptr (GArray) marks = NULL;

  g_return_val_if_fail (KOMEK_IS_REQUEST_LAYER (self), picks);

  marks = list_marks (self, FALSE);
  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);
      KomekRequestPick pick = { hypot (mark->x - x, mark->y - y), mark->point, self->clusters,
                                mark->cluster };

      if (pick.distance <= MAX (reach, mark->radius))
        g_array_append_val (picks, pick);
    }
  g_array_sort (picks, compare_picks);
  return picks;
}
