/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-district-layer.h"

#include "komek-map-frame.h"
#include "komek-map-sprites.h"
#include "komek-plan-painter.h"
#include "komek-state-art.h"

#include <math.h>

#define MARGIN 8.0 /* pixels between a plate and the edge */

/**
 * KomekDistrictLayer:
 *
 * The figures of the districts, each on a plate in its district, where the plan writes the name.
 *
 * The plate of the district in the middle of the view stays in view, however
 * close one comes.
 */
struct _KomekDistrictLayer
{
  ShumateLayer          parent;
  KomekTheme           *theme;
  KomekLocale          *locale;
  KomekDistrictFigures *figures; /* NULL where none are to be shown */
  KomekDistrictMeasure  measure;
  KomekPlanWriter      *names;   /* NULL likewise */
  double                unit;
  KomekMapSprites      *sprites; /* NULL while colours or scale have changed */
};

G_DEFINE_FINAL_TYPE (KomekDistrictLayer, komek_district_layer, SHUMATE_TYPE_LAYER)

/* What an odd number of rings round a point holds. */
static gboolean
holds (const KomekPlanFeature *feature, double x, double y)
{
  gboolean inside = FALSE;

  for (guint i = 0; i < feature->n_lines; i++)
    for (guint j = 1; j < feature->lines[i].n_vertices; j++)
      {
        const KomekPlanVertex *v = &feature->lines[i].vertices[j];

        if ((v[0].y > y) != (v[-1].y > y)
            && x < v[0].x + (y - v[0].y) / (v[-1].y - v[0].y) * (v[-1].x - v[0].x))
          inside = !inside;
      }
  return inside;
}

/* Where the plan is too small to write a name: the middle of the widest run inside, half way up. */
static void
find_inside (const KomekPlanFeature *feature, double *x, double *y)
{
  double step = (feature->box.x1 - feature->box.x0) / 64, run = 0, best = 0;

  *x = (feature->box.x0 + feature->box.x1) / 2;
  *y = (feature->box.y0 + feature->box.y1) / 2;
  for (double at = feature->box.x0 + step / 2; at < feature->box.x1; at += step)
    {
      run = holds (feature, at, *y) ? run + step : 0;
      if (run <= best)
        continue;
      best = run;
      *x = at - run / 2;
    }
}

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
    find_inside (figure->feature, x, y);
  *x = (*x - frame->box.x0) * frame->world;
  *y = (*y - frame->box.y0) * frame->world;
}

static gboolean
is_off (KomekDistrictLayer *self, double x, double y)
{
  return x < 0 || y < 0 || x > gtk_widget_get_width (GTK_WIDGET (self))
         || y > gtk_widget_get_height (GTK_WIDGET (self));
}

/* Back into view, where the district is in its middle. */
static void
keep_in_view (KomekDistrictLayer *self, const KomekMapFrame *frame,
              const KomekDistrictFigure *figure, const KomekMapSprite *plate, double *x, double *y)
{
  double wide = plate->size / 2.0 + MARGIN, high = plate->height / 2.0 + MARGIN;

  if (!is_off (self, *x, *y)
      || !holds (figure->feature, (frame->box.x0 + frame->box.x1) / 2,
                 (frame->box.y0 + frame->box.y1) / 2))
    return;
  *x = CLAMP (*x, wide, MAX (wide, gtk_widget_get_width (GTK_WIDGET (self)) - wide));
  *y = CLAMP (*y, high, MAX (high, gtk_widget_get_height (GTK_WIDGET (self)) - high));
}

/* The plate of a district, and where its middle is. */
static const KomekMapSprite *
find_plate (KomekDistrictLayer *self, const KomekMapFrame *frame,
            const KomekDistrictFigure *figure, double *x, double *y)
{
  double value = komek_district_measure_take (self->measure, figure), width;
  g_autofree char *text = komek_district_measure_format (self->measure, self->locale, value);
  const char *name = komek_locale_label (self->locale, figure->feature->label);
  const KomekMapSprite *plate;

  place_plate (self, frame, figure, x, y, &width);
  plate = komek_map_sprites_get_plate (self->sprites, name, text, (int) width);
  keep_in_view (self, frame, figure, plate, x, y);
  return plate;
}

static void
komek_district_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekDistrictLayer *self = KOMEK_DISTRICT_LAYER (widget);
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (self));
  const KomekDistrictFigure *figure;
  double x, y;
  guint n;

  if (!self->figures || !(frame.box.x0 < frame.box.x1))
    return;
  if (!self->sprites)
    self->sprites = komek_map_sprites_new (komek_theme_get_palette (self->theme),
                                           gtk_widget_get_scale_factor (widget), self->unit);
  figure = komek_district_figures_peek (self->figures, &n);
  for (guint i = 0; i < n; i++)
    {
      const KomekMapSprite *plate = find_plate (self, &frame, &figure[i], &x, &y);

      komek_map_sprite_show (plate, snapshot, x, y);
    }
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
komek_district_layer_class_init (KomekDistrictLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_district_layer_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = komek_district_layer_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "district-layer");
}

static void
komek_district_layer_init (KomekDistrictLayer *self)
{
  self->unit = 1;
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
    if (holds (figure[i].feature, frame.box.x0 + x / frame.world, frame.box.y0 + y / frame.world))
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
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (self));
  const KomekDistrictFigure *figure;
  double x, y;
  guint n;

  if (!self->figures || !self->sprites)
    return;
  figure = komek_district_figures_peek (self->figures, &n);
  for (guint i = 0; i < n; i++)
    {
      const KomekMapSprite *plate = find_plate (self, &frame, &figure[i], &x, &y);
      KomekPlanMark mark = { { x - plate->size / 2.0, y - plate->height / 2.0,
                               x + plate->size / 2.0, y + plate->height / 2.0 } };

      g_array_append_val (marks, mark);
    }
}
