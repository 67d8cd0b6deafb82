/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-view-private.h"

#include "komek-plan-painter.h"

#include <math.h>

#define PADDING 48      /* pixels free all round what is to be seen */
#define CITY_SHARE 0.75 /* of the built-up part that a view of the city must hold: its heart */

/* Where the map is, and how it gets elsewhere. */

/* Whole zooms are far apart: rather than show the city at half the size that
 * there is room for, its edge may be cut off. */
double
komek_map_view_find_zoom (KomekMapView *self, KomekBounds *bounds, int width, int height)
{
  if (bounds == komek_plan_get_built_up (komek_plan_map_get_plan (self->plan_map)))
    return komek_plan_map_find_zoom (self->plan_map, bounds, (int) (width / CITY_SHARE),
                                     (int) (height / CITY_SHARE));

  return komek_plan_map_find_zoom (self->plan_map, bounds, width - 2 * PADDING,
                                   height - 2 * PADDING);
}

/* Before it has a size of its own, one must be given. */
void
komek_map_view_show_now (KomekMapView *self, KomekBounds *bounds, int width, int height,
                         gboolean fly)
{
  double zoom = komek_map_view_find_zoom (self, bounds, width, height);
  double latitude = (komek_bounds_get_south (bounds) + komek_bounds_get_north (bounds)) / 2;
  double longitude = (komek_bounds_get_west (bounds) + komek_bounds_get_east (bounds)) / 2;

  if (fly)
    komek_plan_map_fly_to (self->plan_map, latitude, longitude, zoom);
  else
    komek_plan_map_jump_to (self->plan_map, latitude, longitude, zoom);
}

/* Moves there where the request is out of view or too near to its edge. */
void
komek_map_view_reveal (KomekMapView *self, guint32 key)
{
  KomekAtlas *atlas;
  const KomekPoint *point;
  double latitude, longitude, zoom, x, y, px, py, world;

  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  atlas = komek_request_layer_get_atlas (self->layer);
  point = atlas ? komek_atlas_look_up (atlas, key) : NULL;
  if (!point || point->latitude == KOMEK_POINT_NOWHERE)
    return;

  komek_plan_map_get_goal (self->plan_map, &latitude, &longitude, &zoom);
  world = KOMEK_PLAN_TILE_SIZE * exp2 (zoom);
  komek_mercator_project (latitude, longitude, &x, &y);
  komek_mercator_project (point->latitude / 1e7, point->longitude / 1e7, &px, &py);
  if (fabs (px - x) * world > gtk_widget_get_width (GTK_WIDGET (self)) / 2.0 - PADDING
      || fabs (py - y) * world > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 - PADDING)
    komek_plan_map_fly_to (self->plan_map, point->latitude / 1e7, point->longitude / 1e7, zoom);
}

void
komek_map_view_fly_to (KomekMapView *self, double latitude, double longitude, double zoom)
{
  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  g_clear_pointer (&self->pending, komek_bounds_unref);
  komek_plan_map_fly_to (self->plan_map, latitude, longitude, zoom);
}

void
komek_map_view_jump_to (KomekMapView *self, double latitude, double longitude, double zoom)
{
  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  g_clear_pointer (&self->pending, komek_bounds_unref);
  komek_plan_map_jump_to (self->plan_map, latitude, longitude, zoom);
}

/* Shows a part of the city; before it has a size, as soon as it has. */
void
komek_map_view_show_bounds (KomekMapView *self, KomekBounds *bounds)
{
  int width, height;

  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  width = gtk_widget_get_width (GTK_WIDGET (self));
  height = gtk_widget_get_height (GTK_WIDGET (self));
  g_clear_pointer (&self->pending, komek_bounds_unref);
  if (width > 0 && height > 0)
    komek_map_view_show_now (self, bounds, width, height, TRUE);
  else
    self->pending = komek_bounds_ref (bounds);
}

/* Shows all of the city that is built up. */
void
komek_map_view_show_city (KomekMapView *self)
{
  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  komek_map_view_show_bounds (
    self, komek_plan_get_built_up (komek_plan_map_get_plan (self->plan_map)));
}

/**
 * komek_map_view_get_centre:
 *
 * Where the map is, or will be in a moment.
 */
void
komek_map_view_get_centre (KomekMapView *self, double *latitude, double *longitude, double *zoom)
{
  g_return_if_fail (KOMEK_IS_MAP_VIEW (self));

  komek_plan_map_get_goal (self->plan_map, latitude, longitude, zoom);
}

/**
 * komek_map_view_get_bounds:
 *
 * Returns: (nullable) (transfer full): the part of the city that shows, %NULL before it has a size
 */
KomekBounds *
komek_map_view_get_bounds (KomekMapView *self)
{
  g_return_val_if_fail (KOMEK_IS_MAP_VIEW (self), NULL);

  return self->pending ? NULL : komek_plan_map_get_bounds (self->plan_map);
}
