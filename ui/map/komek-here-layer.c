/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-here-layer.h"

#include "komek-map-frame.h"
#include "komek-map-sprites.h"
#include "komek-plan-names.h"

#define LINE 3.0
#define FILL_ALPHA 0.08f
#define REACH 34.0 /* pixels from its point to the ends of the pin and of its disc */

/**
 * KomekHereLayer:
 *
 * Where this device stands, and the circle that is looked at all round it.
 */
struct _KomekHereLayer
{
  ShumateLayer     parent;
  KomekTheme      *theme;
  KomekPlace      *here;
  guint            around;  /* metres, 0 for no circle */
  double           unit;
  KomekMapSprites *sprites; /* NULL while colours or scale have changed */
};

G_DEFINE_FINAL_TYPE (KomekHereLayer, komek_here_layer, SHUMATE_TYPE_LAYER)

static void
show_circle (KomekHereLayer *self, GtkSnapshot *snapshot, double x, double y, double radius)
{
  GdkRGBA line = komek_palette_look_up (komek_theme_get_palette (self->theme), "sky");
  GdkRGBA fill = line;
  GskRoundedRect circle;
  graphene_rect_t box = GRAPHENE_RECT_INIT ((float) (x - radius), (float) (y - radius),
                                            (float) (2 * radius), (float) (2 * radius));

  fill.alpha *= FILL_ALPHA;
  gsk_rounded_rect_init_from_rect (&circle, &box, (float) radius);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, &fill, &box);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &circle, (float[]) { LINE, LINE, LINE, LINE },
                              (GdkRGBA[]) { line, line, line, line });
}

static void
komek_here_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekHereLayer *self = KOMEK_HERE_LAYER (widget);
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (self));
  double x, y, metres;

  komek_map_frame_place (&frame, komek_place_get_latitude (self->here),
                         komek_place_get_longitude (self->here), &x, &y);
  metres = komek_mercator_metres (frame.box.y0 + y / frame.world, 1 / frame.world);
  if (self->around > 0)
    show_circle (self, snapshot, x, y, self->around / metres);
  if (!self->sprites)
    self->sprites = komek_map_sprites_new (komek_theme_get_palette (self->theme),
                                           gtk_widget_get_scale_factor (widget), self->unit);
  komek_map_sprite_show (komek_map_sprites_get_here (self->sprites), snapshot,
                         komek_canvas_find (widget), x, y);
}

static void
forget_sprites (KomekHereLayer *self)
{
  g_clear_pointer (&self->sprites, komek_map_sprites_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
komek_here_layer_dispose (GObject *object)
{
  KomekHereLayer *self = KOMEK_HERE_LAYER (object);

  g_clear_pointer (&self->sprites, komek_map_sprites_free);
  g_clear_pointer (&self->here, komek_place_unref);
  g_clear_object (&self->theme);
  G_OBJECT_CLASS (komek_here_layer_parent_class)->dispose (object);
}

static void
komek_here_layer_class_init (KomekHereLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_here_layer_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = komek_here_layer_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "here-layer");
}

static void
komek_here_layer_init (KomekHereLayer *self)
{
  self->unit = 1;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * komek_here_layer_new:
 * @here: a place with a point
 */
KomekHereLayer *
komek_here_layer_new (ShumateViewport *viewport, KomekTheme *theme, KomekPlace *here)
{
  KomekHereLayer *self = g_object_new (KOMEK_TYPE_HERE_LAYER, "viewport", viewport, NULL);

  self->theme = g_object_ref (theme);
  self->here = komek_place_ref (here);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (theme, "notify::palette", G_CALLBACK (forget_sprites), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_sprites), NULL);
  return self;
}

/* How far all round it is looked, 0 for no circle. */
void
komek_here_layer_set_around (KomekHereLayer *self, guint metres)
{
  g_return_if_fail (KOMEK_IS_HERE_LAYER (self));

  self->around = metres;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* How much larger than usual the pin is. */
void
komek_here_layer_set_unit (KomekHereLayer *self, double unit)
{
  g_return_if_fail (KOMEK_IS_HERE_LAYER (self));

  self->unit = unit;
  forget_sprites (self);
}

/**
 * komek_here_layer_add_marks:
 * @marks: (element-type KomekPlanMark): in pixels of the layer
 *
 * Adds where the pin stands, with its disc.
 */
void
komek_here_layer_add_marks (KomekHereLayer *self, GArray *marks)
{
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (self));
  double radius = REACH * self->unit, x, y;
  KomekPlanMark mark = { 0 };

  komek_map_frame_place (&frame, komek_place_get_latitude (self->here),
                         komek_place_get_longitude (self->here), &x, &y);
  mark.box = (KomekMercatorBox) { x - radius, y - 1.3 * radius, x + radius, y + radius };
  g_array_append_val (marks, mark);
}
