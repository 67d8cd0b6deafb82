/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-district-layer.h"

#include "komek-district-shape.h"
#include "komek-map-frame.h"
#include "komek-map-sprites.h"
#include "komek-plan-painter.h"
#include "komek-plate-room.h"
#include "komek-state-art.h"

#include <math.h>

/**
 * KomekDistrictLayer:
 *
 * The figures of the districts, each on a plate in its district, where the plan writes the name.
 *
 * A plate moves inside its district to be seen whole, clear of the buttons on
 * the map and of the other plates; where there is no room it is left out.
 */
struct _KomekDistrictLayer
{
  ShumateLayer          parent;
  KomekTheme           *theme;
  KomekLocale          *locale;
  KomekDistrictFigures *figures; /* NULL where none are to be shown */
  KomekDistrictMeasure  measure;
  KomekPlanWriter      *names;   /* NULL likewise */
  GArray               *controls; /* of KomekPlanMark, in pixels of the layer */
  double                unit;
  KomekMapSprites      *sprites; /* NULL while colours or scale have changed */
};

G_DEFINE_FINAL_TYPE (KomekDistrictLayer, komek_district_layer, SHUMATE_TYPE_LAYER)

/* The middle of a plate and the least that it must cover, in pixels of the widget. */
static void
place_plate (KomekDistrictLayer *self, const KomekMapFrame *frame,
             const KomekDistrictFigure *figure, double *x, double *y, double *width)
{
  guint zoom = (guint) MAX (0, komek_map_frame_get_zoom (frame)), n, at;
  double world = ldexp (KOMEK_PLAN_TILE_SIZE, (int) zoom);
  KomekMercatorBox name;

  at = (guint) (figure->feature
                - komek_plan_peek_features (komek_plan_writer_get_plan (self->names), &n));
  *width = 0;
  if (komek_plan_writer_find (self->names, at, zoom, &name))
    {
      *x = (name.x0 + name.x1) / 2 / world;
      *y = (name.y0 + name.y1) / 2 / world;
      *width = name.x1 - name.x0;
    }
  else
    komek_district_shape_find_inside (figure->feature, x, y);
  *x = (*x - frame->box.x0) * frame->world;
  *y = (*y - frame->box.y0) * frame->world;
}

static const KomekMapSprite *
draw_plate (KomekDistrictLayer *self, const KomekDistrictFigure *figure, double width)
{
  double value = komek_district_measure_take (self->measure, figure);
  g_autofree char *text = komek_district_measure_format (self->measure, self->locale, value);

  return komek_map_sprites_get_plate (
    self->sprites, komek_locale_label (self->locale, figure->feature->label), text, (int) width);
}

static KomekPlateRoom
measure_room (KomekDistrictLayer *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  KomekPlateRoom room = { komek_map_frame_measure (SHUMATE_LAYER (self)),
                          gtk_widget_get_width (widget), gtk_widget_get_height (widget), NULL,
                          g_array_copy (self->controls) };

  return room;
}

static void
add_mark (GArray *marks, const KomekMapSprite *plate, double x, double y)
{
  KomekPlanMark mark = { { x - plate->size / 2.0, y - plate->height / 2.0, x + plate->size / 2.0,
                           y + plate->height / 2.0 } };

  g_array_append_val (marks, mark);
}

/* Draws the plates or notes where they stand, or both. */
static void
place_plates (KomekDistrictLayer *self, GtkSnapshot *snapshot, GArray *marks)
{
  KomekPlateRoom room = measure_room (self);
  KomekCanvas canvas = komek_canvas_find (GTK_WIDGET (self));
  const KomekDistrictFigure *figure;
  guint n;

  figure = komek_district_figures_peek (self->figures, &n);
  for (guint i = 0; i < n && room.frame.box.x0 < room.frame.box.x1; i++)
    {
      const KomekMapSprite *plate;
      double x, y, width;

      place_plate (self, &room.frame, &figure[i], &x, &y, &width);
      plate = draw_plate (self, &figure[i], width);
      room.district = figure[i].feature;
      if (!komek_plate_room_find (&room, plate->size, plate->height, &x, &y))
        continue;
      add_mark (room.marks, plate, x, y);
      if (snapshot)
        komek_map_sprite_show (plate, snapshot, canvas, x, y);
      if (marks)
        add_mark (marks, plate, x, y);
    }
  g_array_unref (room.marks);
}

static void
komek_district_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekDistrictLayer *self = KOMEK_DISTRICT_LAYER (widget);

  if (!self->figures)
    return;
  if (!self->sprites)
    self->sprites = komek_map_sprites_new (komek_theme_get_palette (self->theme),
                                           gtk_widget_get_scale_factor (widget), self->unit);
  place_plates (self, snapshot, NULL);
}

static void
forget_sprites (KomekDistrictLayer *self)
{
  g_clear_pointer (&self->sprites, komek_map_sprites_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget_figures (KomekDistrictLayer *self)
{
  g_clear_pointer (&self->figures, komek_district_figures_unref);
  g_clear_pointer (&self->names, komek_plan_writer_unref);
}

static void
komek_district_layer_dispose (GObject *object)
{
  KomekDistrictLayer *self = KOMEK_DISTRICT_LAYER (object);

  g_clear_pointer (&self->sprites, komek_map_sprites_free);
  forget_figures (self);
  g_clear_object (&self->theme);
  g_clear_object (&self->locale);
  G_OBJECT_CLASS (komek_district_layer_parent_class)->dispose (object);
}

static void
komek_district_layer_finalize (GObject *object)
{
  g_array_unref (KOMEK_DISTRICT_LAYER (object)->controls);
  G_OBJECT_CLASS (komek_district_layer_parent_class)->finalize (object);
}

static void
komek_district_layer_class_init (KomekDistrictLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_district_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_district_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = komek_district_layer_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "district-layer");
}

static void
komek_district_layer_init (KomekDistrictLayer *self)
{
  self->unit = 1;
  self->controls = g_array_new (FALSE, FALSE, sizeof (KomekPlanMark));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

KomekDistrictLayer *
komek_district_layer_new (ShumateViewport *viewport, KomekTheme *theme, KomekLocale *locale)
{
  KomekDistrictLayer *self = g_object_new (KOMEK_TYPE_DISTRICT_LAYER, "viewport", viewport, NULL);

  self->theme = g_object_ref (theme);
  self->locale = g_object_ref (locale);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (theme, "notify::palette", G_CALLBACK (forget_sprites), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_sprites), NULL);
  return self;
}

/**
 * komek_district_layer_set_figures:
 * @figures: (nullable): %NULL to show none
 * @names: (nullable): who knows where the plan writes its names, for figures only
 */
void
komek_district_layer_set_figures (KomekDistrictLayer *self, KomekDistrictFigures *figures,
                                  KomekDistrictMeasure measure, KomekPlanWriter *names)
{
  g_return_if_fail (KOMEK_IS_DISTRICT_LAYER (self));

  forget_figures (self);
  if (figures)
    {
      self->figures = komek_district_figures_ref (figures);
      self->names = komek_plan_writer_ref (names);
    }
  self->measure = measure;
  gtk_widget_set_visible (GTK_WIDGET (self), figures != NULL);
  forget_sprites (self);
}

/* How much larger than usual the plates are. */
void
komek_district_layer_set_unit (KomekDistrictLayer *self, double unit)
{
  g_return_if_fail (KOMEK_IS_DISTRICT_LAYER (self));

  self->unit = unit;
  forget_sprites (self);
}

/**
 * komek_district_layer_pick:
 *
 * Returns: (nullable) (transfer none): the district below a point of the widget
 */
const KomekDistrictFigure *
komek_district_layer_pick (KomekDistrictLayer *self, double x, double y)
{
  KomekMapFrame frame;
  const KomekDistrictFigure *figure;
  guint n;

  g_return_val_if_fail (KOMEK_IS_DISTRICT_LAYER (self), NULL);

  if (!self->figures)
    return NULL;
  frame = komek_map_frame_measure (SHUMATE_LAYER (self));
  figure = komek_district_figures_peek (self->figures, &n);
  for (guint i = 0; i < n; i++)
    if (komek_district_shape_holds (figure[i].feature, frame.box.x0 + x / frame.world,
                                    frame.box.y0 + y / frame.world))
      return &figure[i];
  return NULL;
}

/**
 * komek_district_layer_add_marks:
 * @marks: (element-type KomekPlanMark): in pixels of the layer
 *
 * Adds where the plates stand.
 */
void
komek_district_layer_add_marks (KomekDistrictLayer *self, GArray *marks)
{
  g_return_if_fail (KOMEK_IS_DISTRICT_LAYER (self));

  if (self->figures && self->sprites)
    place_plates (self, NULL, marks);
}

/**
 * komek_district_layer_keep_clear:
 * @controls: (element-type KomekPlanMark): in pixels of the layer
 *
 * Says what lies on the map and must not hide a plate.
 */
void
komek_district_layer_keep_clear (KomekDistrictLayer *self, GArray *controls)
{
  g_return_if_fail (KOMEK_IS_DISTRICT_LAYER (self));

  g_array_unref (self->controls);
  self->controls = g_array_copy (controls);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
