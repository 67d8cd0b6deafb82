/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-map-private.h"

#include <math.h>

#define FLIGHT 300 /* milliseconds */

/* Tiles that lie between two pixels show their seams, so the middle of the map
 * is where the edges of the widget fall on whole ones. */
static void
align (KomekPlanMap *self, int width, int height, double *latitude, double *longitude, double zoom)
{
  double world = KOMEK_PLAN_TILE_SIZE * exp2 (zoom), x, y;

  komek_mercator_project (*latitude, *longitude, &x, &y);
  x = (round (x * world - width / 2.0) + width / 2.0) / world;
  y = (round (y * world - height / 2.0) + height / 2.0) / world;
  komek_mercator_unproject (x, y, latitude, longitude);
}

/* Puts it on whole pixels; answers whether it had to be moved, by less than one. */
gboolean
komek_plan_map_align (KomekPlanMap *self, int width, int height)
{
  ShumateLocation *location = SHUMATE_LOCATION (komek_plan_map_get_viewport (self));
  double latitude = shumate_location_get_latitude (location);
  double longitude = shumate_location_get_longitude (location);
  double zoom = komek_plan_map_get_zoom (self);
  double to_latitude = latitude, to_longitude = longitude;
  double degree = KOMEK_PLAN_TILE_SIZE * exp2 (zoom) / 360;

  align (self, width, height, &to_latitude, &to_longitude, zoom);
  if (fabs (to_latitude - latitude) * degree < 0.05
      && fabs (to_longitude - longitude) * degree < 0.05)
    return FALSE;

  shumate_location_set_location (location, to_latitude, to_longitude);
  return TRUE;
}

/**
 * komek_plan_map_jump_to:
 * @zoom: tiles are sharp at whole zooms only
 */
void
komek_plan_map_jump_to (KomekPlanMap *self, double latitude, double longitude, double zoom)
{
  ShumateViewport *viewport;

  g_return_if_fail (KOMEK_IS_PLAN_MAP (self));

  viewport = komek_plan_map_get_viewport (self);
  align (self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)),
         &latitude, &longitude, zoom);
  shumate_map_stop_go_to (self->map);
  self->flight_ends = 0;
  shumate_viewport_set_zoom_level (viewport, zoom);
  shumate_location_set_location (SHUMATE_LOCATION (viewport), latitude, longitude);
}

static gboolean
wants_motion (KomekPlanMap *self)
{
  gboolean animations;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations,
                NULL);
  return animations && gtk_widget_get_mapped (GTK_WIDGET (self));
}

/* Moves there in a moment, or at once where less motion is wanted. */
void
komek_plan_map_fly_to (KomekPlanMap *self, double latitude, double longitude, double zoom)
{
  g_return_if_fail (KOMEK_IS_PLAN_MAP (self));

  zoom = CLAMP (zoom, KOMEK_PLAN_FIRST_ZOOM, KOMEK_MAP_LAST_ZOOM);
  align (self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)),
         &latitude, &longitude, zoom);
  if (!wants_motion (self))
    {
      komek_plan_map_jump_to (self, latitude, longitude, zoom);
      return;
    }

  self->flight_ends = g_get_monotonic_time () + FLIGHT * 1000;
  self->goal_latitude = latitude;
  self->goal_longitude = longitude;
  self->goal_zoom = zoom;
  shumate_map_go_to_full_with_duration (self->map, latitude, longitude, zoom, FLIGHT);
}

/**
 * komek_plan_map_zoom_at:
 * @step: 1 to go one whole zoom closer, -1 to go farther away
 * @x: the point of the widget that stays where it is
 * @y: likewise
 */
void
komek_plan_map_zoom_at (KomekPlanMap *self, int step, double x, double y)
{
  double latitude, longitude, zoom, to, shrink, cx, cy, px, py, world;

  g_return_if_fail (KOMEK_IS_PLAN_MAP (self));

  komek_plan_map_get_middle (self, &px, &py, &world);
  px += (x - gtk_widget_get_width (GTK_WIDGET (self)) / 2.0) / world;
  py += (y - gtk_widget_get_height (GTK_WIDGET (self)) / 2.0) / world;

  komek_plan_map_get_goal (self, &latitude, &longitude, &zoom);
  to = CLAMP (step > 0 ? floor (zoom + 0.01) + step : ceil (zoom - 0.01) + step,
              KOMEK_PLAN_FIRST_ZOOM, KOMEK_MAP_LAST_ZOOM);
  shrink = exp2 (zoom - to);
  komek_mercator_project (latitude, longitude, &cx, &cy);
  komek_mercator_unproject (px + (cx - px) * shrink, py + (cy - py) * shrink, &latitude,
                            &longitude);
  komek_plan_map_fly_to (self, latitude, longitude, to);
}

/* Moves the middle of the map by some pixels. */
void
komek_plan_map_pan (KomekPlanMap *self, double right, double down)
{
  double latitude, longitude, zoom, x, y, world;

  g_return_if_fail (KOMEK_IS_PLAN_MAP (self));

  komek_plan_map_get_goal (self, &latitude, &longitude, &zoom);
  world = KOMEK_PLAN_TILE_SIZE * exp2 (zoom);
  komek_mercator_project (latitude, longitude, &x, &y);
  komek_mercator_unproject (x + right / world, y + down / world, &latitude, &longitude);
  komek_plan_map_fly_to (self, latitude, longitude, zoom);
}

/**
 * komek_plan_map_settle:
 *
 * Puts the tiles on whole pixels after fingers have left them between two.
 *
 * Returns: whether that moved the map
 */
gboolean
komek_plan_map_settle (KomekPlanMap *self)
{
  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), FALSE);

  return komek_plan_map_align (self, gtk_widget_get_width (GTK_WIDGET (self)),
                               gtk_widget_get_height (GTK_WIDGET (self)));
}

/* Where it is, or will be once it has landed: a second step must not start from mid-air. */
void
komek_plan_map_get_goal (KomekPlanMap *self, double *latitude, double *longitude, double *zoom)
{
  ShumateLocation *location;
  gboolean flying;

  g_return_if_fail (KOMEK_IS_PLAN_MAP (self));

  location = SHUMATE_LOCATION (komek_plan_map_get_viewport (self));
  flying = g_get_monotonic_time () < self->flight_ends;
  *latitude = flying ? self->goal_latitude : shumate_location_get_latitude (location);
  *longitude = flying ? self->goal_longitude : shumate_location_get_longitude (location);
  *zoom = flying ? self->goal_zoom : komek_plan_map_get_zoom (self);
}
