/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-layers.h"

#include "komek-district-painter.h"
#include "komek-heat-painter.h"
#include "komek-here-layer.h"

/**
 * KomekMapLayers:
 *
 * Shows on a map what the exploration has chosen: the requests, how thick they lie, or a figure of
 * each district; and where this device stands.
 *
 * Between the streets and the names lie the densities or the districts, then
 * come the plates of these, the pin of this device and the requests; the names
 * keep clear of the last three.
 */
struct _KomekMapLayers
{
  GObject             parent;
  KomekContext       *context;
  KomekExploration   *exploration;
  KomekPlanMap       *plan_map;
  KomekRequestLayer  *requests;
  KomekOverlayLayer  *overlay;
  KomekDistrictLayer *plates;
  KomekHereLayer     *here; /* NULL where nobody knows where that is */
  KomekDistrictModel *districts;
  KomekPlanWriter    *names; /* NULL while colours or language have changed */
};

G_DEFINE_FINAL_TYPE (KomekMapLayers, komek_map_layers, G_TYPE_OBJECT)

static KomekPalette *
get_palette (KomekMapLayers *self)
{
  return komek_theme_get_palette (komek_context_get_theme (self->context));
}

/* Who knows where the plan names its districts; that of the plan is busy in a thread. */
static KomekPlanWriter *
get_names (KomekMapLayers *self)
{
  if (!self->names)
    self->names = komek_plan_writer_new (komek_plan_map_get_plan (self->plan_map),
                                         get_palette (self),
                                         komek_plan_map_get_language (self->plan_map), 1);
  return self->names;
}

static void
show_heat (KomekMapLayers *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  g_autoptr (KomekHeatPainter) painter = NULL;

  if (survey)
    painter = komek_heat_painter_new (komek_survey_get_atlas (survey), get_palette (self));
  komek_overlay_layer_set_painter (self->overlay, (KomekOverlayPainter *) painter);
}

static void
show_districts (KomekMapLayers *self)
{
  KomekDistrictFigures *figures = komek_district_model_get_figures (self->districts);
  KomekDistrictMeasure measure = komek_exploration_get_measure (self->exploration);
  g_autoptr (KomekDistrictPainter) painter = NULL;

  if (figures)
    painter = komek_district_painter_new (figures, measure, get_palette (self));
  komek_overlay_layer_set_painter (self->overlay, (KomekOverlayPainter *) painter);
  komek_district_layer_set_figures (self->plates, figures, measure, figures ? get_names (self)
                                                                            : NULL);
}

static void
show (KomekMapLayers *self)
{
  KomekMapLayer layer = komek_exploration_get_layer (self->exploration);

  komek_request_layer_set_sparse (self->requests, layer != KOMEK_MAP_PINS);
  /* The plates bear the names of the districts. */
  komek_name_layer_set_districts (komek_plan_map_get_names (self->plan_map),
                                  layer != KOMEK_MAP_DISTRICTS);
  if (layer != KOMEK_MAP_DISTRICTS)
    komek_district_layer_set_figures (self->plates, NULL, 0, NULL);
  switch (layer)
    {
    case KOMEK_MAP_HEAT:
      show_heat (self);
      break;
    case KOMEK_MAP_DISTRICTS:
      show_districts (self);
      break;
    case KOMEK_MAP_PINS:
    default:
      komek_overlay_layer_set_painter (self->overlay, NULL);
    }
  komek_name_layer_wait (komek_plan_map_get_names (self->plan_map));
}

static void
on_survey_changed (KomekMapLayers *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);

  if (komek_exploration_get_layer (self->exploration) != KOMEK_MAP_HEAT)
    return;
  /* The same requests, of another view: their tiles stay. */
  if (survey && komek_overlay_layer_get_painter (self->overlay)
      && komek_heat_painter_get_atlas (
           KOMEK_HEAT_PAINTER (komek_overlay_layer_get_painter (self->overlay)))
           == komek_survey_get_atlas (survey))
    return;
  show (self);
}

static void
on_figures_changed (KomekMapLayers *self)
{
  if (komek_exploration_get_layer (self->exploration) == KOMEK_MAP_DISTRICTS)
    show (self);
}

static void
on_around_changed (KomekMapLayers *self)
{
  if (self->here)
    komek_here_layer_set_around (self->here, komek_exploration_get_around (self->exploration));
}

static void
komek_map_layers_dispose (GObject *object)
{
  KomekMapLayers *self = KOMEK_MAP_LAYERS (object);

  if (self->overlay)
    komek_overlay_layer_set_painter (self->overlay, NULL);
  g_clear_pointer (&self->names, komek_plan_writer_unref);
  g_clear_object (&self->districts);
  g_clear_object (&self->overlay);
  g_clear_object (&self->plates);
  g_clear_object (&self->here);
  g_clear_object (&self->requests);
  g_clear_object (&self->plan_map);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_map_layers_parent_class)->dispose (object);
}

static void
komek_map_layers_class_init (KomekMapLayersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_map_layers_dispose;
}

static void
komek_map_layers_init (KomekMapLayers *self)
{
}

static void
add_layers (KomekMapLayers *self)
{
  ShumateMap *map = komek_plan_map_get_map (self->plan_map);
  ShumateViewport *viewport = komek_plan_map_get_viewport (self->plan_map);
  KomekTheme *theme = komek_context_get_theme (self->context);
  KomekPlace *here = komek_exploration_get_here (self->exploration);
  KomekNameLayer *names = komek_plan_map_get_names (self->plan_map);

  self->overlay = g_object_ref_sink (komek_overlay_layer_new (viewport));
  self->plates = g_object_ref_sink (
    komek_district_layer_new (viewport, theme, komek_context_get_locale (self->context)));
  shumate_map_insert_layer_behind (map, SHUMATE_LAYER (self->overlay), SHUMATE_LAYER (names));
  shumate_map_insert_layer_behind (map, SHUMATE_LAYER (self->plates),
                                   SHUMATE_LAYER (self->requests));
  g_signal_connect_object (names, "controls", G_CALLBACK (komek_district_layer_keep_clear),
                           self->plates, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (names, "gather", G_CALLBACK (komek_district_layer_add_marks),
                           self->plates, G_CONNECT_SWAPPED);
  if (!here)
    return;
  self->here = g_object_ref_sink (komek_here_layer_new (viewport, theme, here));
  shumate_map_insert_layer_behind (map, SHUMATE_LAYER (self->here), SHUMATE_LAYER (self->requests));
  komek_request_layer_set_here (self->requests, here);
  g_signal_connect_object (names, "gather", G_CALLBACK (komek_here_layer_add_marks), self->here,
                           G_CONNECT_SWAPPED);
  on_around_changed (self);
}

/**
 * komek_map_layers_new:
 * @requests: the layer of the requests, which is on the map already
 */
KomekMapLayers *
komek_map_layers_new (KomekPlanMap *plan_map, KomekRequestLayer *requests, KomekContext *context,
                      KomekExploration *exploration)
{
  KomekMapLayers *self = g_object_new (KOMEK_TYPE_MAP_LAYERS, NULL);

  self->plan_map = g_object_ref (plan_map);
  self->requests = g_object_ref (requests);
  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  self->districts = komek_district_model_new (komek_plan_map_get_plan (plan_map), exploration);
  add_layers (self);
  g_signal_connect_object (exploration, "notify::survey", G_CALLBACK (on_survey_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (exploration, "notify::layer", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (exploration, "notify::measure", G_CALLBACK (on_figures_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (exploration, "notify::around", G_CALLBACK (on_around_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->districts, "notify::figures", G_CALLBACK (on_figures_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_theme (context), "notify::palette",
                           G_CALLBACK (komek_map_layers_refresh), self, G_CONNECT_SWAPPED);
  show (self);
  return self;
}

/* The figures of the districts, for the legend too. */
KomekDistrictModel *
komek_map_layers_get_districts (KomekMapLayers *self)
{
  g_return_val_if_fail (KOMEK_IS_MAP_LAYERS (self), NULL);

  return self->districts;
}

/**
 * komek_map_layers_pick_district:
 *
 * Returns: (nullable) (transfer none): the district below a point of the map, where districts show
 */
const KomekDistrictFigure *
komek_map_layers_pick_district (KomekMapLayers *self, double x, double y)
{
  g_return_val_if_fail (KOMEK_IS_MAP_LAYERS (self), NULL);

  return komek_district_layer_pick (self->plates, x, y);
}

/* How much larger than usual all that is for fingers is drawn. */
void
komek_map_layers_set_unit (KomekMapLayers *self, double unit)
{
  g_return_if_fail (KOMEK_IS_MAP_LAYERS (self));

  komek_request_layer_set_unit (self->requests, unit);
  komek_district_layer_set_unit (self->plates, unit);
  if (self->here)
    komek_here_layer_set_unit (self->here, unit);
}

/* Draws all anew, in other colours or another language. */
void
komek_map_layers_refresh (KomekMapLayers *self)
{
  g_return_if_fail (KOMEK_IS_MAP_LAYERS (self));

  g_clear_pointer (&self->names, komek_plan_writer_unref);
  show (self);
}

/* Whether what is to be seen is not all there yet. */
gboolean
komek_map_layers_is_busy (KomekMapLayers *self)
{
  g_return_val_if_fail (KOMEK_IS_MAP_LAYERS (self), FALSE);

  return komek_overlay_layer_is_busy (self->overlay)
         || (komek_exploration_get_layer (self->exploration) == KOMEK_MAP_DISTRICTS
             && !komek_district_model_get_figures (self->districts));
}
