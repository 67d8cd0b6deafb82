/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-map-private.h"

#include "komek-trace.h"

#include <math.h>

/* More degrees than a pixel is at the farthest zoom: at its limits the map still
 * rests on whole pixels, and the two must not push it to and fro for ever. */
#define SLACK 0.002

/**
 * KomekPlanMap:
 *
 * The plan of the city on a libshumate map, what pictures of it there are on top, who made it, and
 * what of it does not show; no requests, no buttons.
 *
 * Tiles are painted anew when the theme, the language or the scale of the
 * display changes. The middle of the map never leaves the city.
 */
G_DEFINE_FINAL_TYPE (KomekPlanMap, komek_plan_map, GTK_TYPE_WIDGET)

static void
on_painted (KomekPlanMap *self)
{
  komek_trace_drawn (GTK_WIDGET (self), "plan");
}

static void
close_source (KomekPlanMap *self)
{
  if (self->source)
    komek_plan_source_close (self->source);
  g_clear_object (&self->source);
}

static void
lay_names (KomekPlanMap *self)
{
  g_autoptr (KomekPlanWriter) writer = komek_plan_writer_new (
    self->streets, komek_theme_get_palette (self->theme), self->language, self->emphasis);

  komek_name_layer_set_writer (self->names, writer, self->plan_layer);
}

/* Puts new tiles of the plan below everything, in the place of the old ones. */
static void
lay_plan (KomekPlanMap *self)
{
  ShumateViewport *viewport = komek_plan_map_get_viewport (self);
  g_autoptr (KomekPlanPainter) painter = komek_plan_painter_new (
    self->plan, komek_theme_get_palette (self->theme), self->emphasis);
  KomekPlanSource *source = komek_plan_source_new (
    painter, self->tiles, (guint) gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  KomekTileLayer *layer = komek_tile_layer_new (SHUMATE_MAP_SOURCE (source), viewport);

  close_source (self);
  self->source = source;
  g_signal_connect_object (source, "painted", G_CALLBACK (on_painted), self, G_CONNECT_SWAPPED);
  shumate_viewport_set_reference_map_source (viewport, SHUMATE_MAP_SOURCE (source));
  shumate_viewport_set_max_zoom_level (viewport, KOMEK_MAP_LAST_ZOOM);
  if (self->plan_layer)
    {
      shumate_map_insert_layer_above (self->map, SHUMATE_LAYER (layer),
                                      SHUMATE_LAYER (self->plan_layer));
      shumate_map_remove_layer (self->map, SHUMATE_LAYER (self->plan_layer));
    }
  else
    shumate_map_insert_layer_behind (self->map, SHUMATE_LAYER (layer), SHUMATE_LAYER (self->names));
  self->plan_layer = layer;
  lay_names (self);
}

static void
on_location_changed (ShumateViewport *viewport, GParamSpec *pspec, KomekPlanMap *self)
{
  KomekBounds *limits = komek_plan_get_bounds (self->plan);
  double latitude = shumate_location_get_latitude (SHUMATE_LOCATION (viewport));
  double longitude = shumate_location_get_longitude (SHUMATE_LOCATION (viewport));
  double north = CLAMP (latitude, komek_bounds_get_south (limits), komek_bounds_get_north (limits));
  double east = CLAMP (longitude, komek_bounds_get_west (limits), komek_bounds_get_east (limits));

  if (fabs (latitude - north) > SLACK || fabs (longitude - east) > SLACK)
    shumate_location_set_location (SHUMATE_LOCATION (viewport), north, east);
}

static void
komek_plan_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  /* A map is as large as there is room. */
  *minimum = *natural = 0;
}

static void
komek_plan_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KomekPlanMap *self = KOMEK_PLAN_MAP (widget);

  if (g_get_monotonic_time () >= self->flight_ends)
    komek_plan_map_align (self, width, height);
  gtk_widget_allocate (GTK_WIDGET (self->map), width, height, -1, NULL);
  komek_plan_map_allocate_words (self, width, height);
}

/* A gesture of GTK 4.8 somewhere above keeps a finger of each pinch, long after it has left the
 * screen, and with it the map that it touched. What lies on the map need not stay with it. */
static void
remove_layers (ShumateMap *map)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (map)); child; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (SHUMATE_IS_LAYER (child))
        shumate_map_remove_layer (map, SHUMATE_LAYER (child));
    }
}

static void
komek_plan_map_dispose (GObject *object)
{
  KomekPlanMap *self = KOMEK_PLAN_MAP (object);

  close_source (self);
  komek_plan_map_set_above (self, NULL);
  g_clear_pointer (&self->attribution, gtk_widget_unparent);
  g_clear_pointer (&self->trouble, gtk_widget_unparent);
  g_clear_object (&self->names);
  g_clear_object (&self->imprint);
  g_clear_object (&self->tiles);
  if (self->map)
    {
      g_signal_handlers_disconnect_by_data (komek_plan_map_get_viewport (self), self);
      remove_layers (self->map);
      gtk_widget_unparent (GTK_WIDGET (self->map));
      self->map = NULL;
    }
  g_clear_object (&self->theme);
  g_clear_object (&self->finder);
  g_clear_pointer (&self->plan, komek_plan_unref);
  g_clear_pointer (&self->streets, komek_plan_unref);
  G_OBJECT_CLASS (komek_plan_map_parent_class)->dispose (object);
}

static void
komek_plan_map_class_init (KomekPlanMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_plan_map_dispose;
  widget_class->measure = komek_plan_map_measure;
  widget_class->size_allocate = komek_plan_map_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "plan-map");
}

static void
watch_tiles (KomekPlanMap *self)
{
  for (guint i = 0; self->tiles && i < g_list_model_get_n_items (self->tiles); i++)
    {
      g_autoptr (KomekTiles) tiles = g_list_model_get_item (self->tiles, i);

      g_signal_connect_object (tiles, "changed", G_CALLBACK (lay_plan), self, G_CONNECT_SWAPPED);
    }
}

static void
komek_plan_map_init (KomekPlanMap *self)
{
  self->map = g_object_ref_sink (shumate_map_new ());
  gtk_widget_set_focusable (GTK_WIDGET (self->map), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->map), GTK_WIDGET (self));
  g_object_unref (self->map);

  komek_plan_map_add_words (self);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * komek_plan_map_new:
 * @tiles: (nullable) (element-type KomekTiles): what lies on the plan, from below; the list stays
 *   as it is
 * @emphasis: how much larger than usual names and streets are drawn
 */
GtkWidget *
komek_plan_map_new (KomekTheme *theme, KomekPlan *plan, KomekLanguage language, GListModel *tiles,
                    double emphasis)
{
  KomekPlanMap *self = g_object_new (KOMEK_TYPE_PLAN_MAP, NULL);
  ShumateViewport *viewport = komek_plan_map_get_viewport (self);
  KomekBounds *built_up = komek_plan_get_built_up (plan);

  self->theme = g_object_ref (theme);
  self->plan = komek_plan_ref (plan);
  self->streets = komek_plan_ref (plan);
  self->language = language;
  self->emphasis = emphasis;
  self->tiles = tiles ? g_object_ref (tiles) : NULL;
  self->imprint = komek_map_imprint_new (plan, tiles);
  g_signal_connect_object (self->imprint, "notify", G_CALLBACK (komek_plan_map_show_imprint), self,
                           G_CONNECT_SWAPPED);
  komek_plan_map_show_imprint (self);
  watch_tiles (self);
  self->names = g_object_ref_sink (komek_name_layer_new (viewport));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->names));
  g_signal_connect_object (self->names, "controls", G_CALLBACK (komek_plan_map_gather_words), self,
                           G_CONNECT_SWAPPED);
  lay_plan (self);

  komek_plan_map_jump_to (
    self, (komek_bounds_get_south (built_up) + komek_bounds_get_north (built_up)) / 2,
    (komek_bounds_get_west (built_up) + komek_bounds_get_east (built_up)) / 2,
    KOMEK_PLAN_FIRST_ZOOM);
  g_signal_connect (viewport, "notify::latitude", G_CALLBACK (on_location_changed), self);
  g_signal_connect (viewport, "notify::longitude", G_CALLBACK (on_location_changed), self);
  g_signal_connect_object (theme, "notify::palette", G_CALLBACK (lay_plan), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (lay_plan), NULL);
  return GTK_WIDGET (self);
}

ShumateMap *
komek_plan_map_get_map (KomekPlanMap *self)
{
  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), NULL);

  return self->map;
}

ShumateViewport *
komek_plan_map_get_viewport (KomekPlanMap *self)
{
  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), NULL);

  return shumate_map_get_viewport (self->map);
}

/**
 * komek_plan_map_get_names:
 *
 * Returns: (transfer none): the names of the plan, which give way to what lies on the map
 */
KomekNameLayer *
komek_plan_map_get_names (KomekPlanMap *self)
{
  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), NULL);

  return self->names;
}

KomekPlan *
komek_plan_map_get_plan (KomekPlanMap *self)
{
  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), NULL);

  return self->plan;
}

static void
take_streets (KomekPlanMap *self)
{
  KomekPlan *streets = komek_place_finder_get_streets (self->finder);

  if (streets == self->streets)
    return;
  komek_plan_ref (streets);
  komek_plan_unref (self->streets);
  self->streets = streets;
  lay_names (self);
}

/**
 * komek_plan_map_name_streets:
 * @finder: who hears from packs what their streets are called
 *
 * Writes the names of these streets, too, as soon as they are known; else only those of the plan
 * have names.
 */
void
komek_plan_map_name_streets (KomekPlanMap *self, KomekPlaceFinder *finder)
{
  g_return_if_fail (KOMEK_IS_PLAN_MAP (self));

  if (finder == self->finder)
    return;
  if (self->finder)
    g_signal_handlers_disconnect_by_data (self->finder, self);
  g_set_object (&self->finder, finder);
  g_signal_connect_object (finder, "changed", G_CALLBACK (take_streets), self, G_CONNECT_SWAPPED);
  take_streets (self);
}

KomekLanguage
komek_plan_map_get_language (KomekPlanMap *self)
{
  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), KOMEK_LANGUAGE_KAZAKH);

  return self->language;
}

/* Names on the map and the attribution change at once. */
void
komek_plan_map_set_language (KomekPlanMap *self, KomekLanguage language)
{
  g_return_if_fail (KOMEK_IS_PLAN_MAP (self));

  if (self->language == language)
    return;
  self->language = language;
  komek_map_imprint_write (self->imprint);
  lay_names (self);
}

/**
 * komek_plan_map_find_zoom:
 * @width: how many pixels there are
 * @height: likewise
 *
 * Returns: the closest whole zoom at which all of @bounds shows
 */
double
komek_plan_map_find_zoom (KomekPlanMap *self, KomekBounds *bounds, int width, int height)
{
  KomekMercatorBox box;
  double world;

  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), KOMEK_PLAN_FIRST_ZOOM);

  komek_mercator_project (komek_bounds_get_north (bounds), komek_bounds_get_west (bounds), &box.x0,
                          &box.y0);
  komek_mercator_project (komek_bounds_get_south (bounds), komek_bounds_get_east (bounds), &box.x1,
                          &box.y1);
  /* A single point would come out infinitely close. */
  world = MIN (MAX (1, width) / MAX (1e-9, box.x1 - box.x0),
               MAX (1, height) / MAX (1e-9, box.y1 - box.y0));
  return CLAMP (floor (log2 (world / KOMEK_PLAN_TILE_SIZE)), KOMEK_PLAN_FIRST_ZOOM,
                KOMEK_MAP_LAST_ZOOM);
}

double
komek_plan_map_get_zoom (KomekPlanMap *self)
{
  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), KOMEK_PLAN_FIRST_ZOOM);

  return shumate_viewport_get_zoom_level (komek_plan_map_get_viewport (self));
}

/**
 * komek_plan_map_get_middle:
 * @x: (out): on the Mercator square
 * @y: (out): likewise
 * @world: (out): how many pixels wide the whole world is now
 */
void
komek_plan_map_get_middle (KomekPlanMap *self, double *x, double *y, double *world)
{
  ShumateLocation *location;

  g_return_if_fail (KOMEK_IS_PLAN_MAP (self));

  location = SHUMATE_LOCATION (komek_plan_map_get_viewport (self));
  komek_mercator_project (shumate_location_get_latitude (location),
                          shumate_location_get_longitude (location), x, y);
  *world = KOMEK_PLAN_TILE_SIZE * exp2 (komek_plan_map_get_zoom (self));
}

/**
 * komek_plan_map_get_bounds:
 *
 * Returns: (nullable) (transfer full): the part of the city that shows, %NULL before it has a size
 */
KomekBounds *
komek_plan_map_get_bounds (KomekPlanMap *self)
{
  double x, y, world, wide, high, south, west, north, east;

  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), NULL);

  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    return NULL;
  komek_plan_map_get_middle (self, &x, &y, &world);
  wide = gtk_widget_get_width (GTK_WIDGET (self)) / world / 2;
  high = gtk_widget_get_height (GTK_WIDGET (self)) / world / 2;
  komek_mercator_unproject (MAX (0, x - wide), MIN (1, y + high), &south, &west);
  komek_mercator_unproject (MIN (1, x + wide), MAX (0, y - high), &north, &east);
  return komek_bounds_new (south, west, north, east, NULL);
}
