/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-around.h"

#include <math.h>

#include "komek-free-room.h"
#include "komek-plan-painter.h"

#define AIR 10.0 /* pixels between the circle and what is beside it */
#define METRES_PER_DEGREE 111320.0 /* of latitude */

static KomekBounds *
make_bounds (double latitude, double longitude, double metres)
{
  double high = metres / METRES_PER_DEGREE;
  double wide = high / cos (latitude * G_PI / 180);

  return komek_bounds_new (latitude - high, longitude - wide, latitude + high, longitude + wide,
                           NULL);
}

static KomekMercatorBox
find_room (KomekMapView *map)
{
  KomekNameLayer *names = komek_plan_map_get_names (komek_map_view_get_plan_map (map));
  g_autoptr (GArray) marks = komek_name_layer_list_controls (names);
  KomekMercatorBox room = komek_free_room_find (gtk_widget_get_width (GTK_WIDGET (map)),
                                                gtk_widget_get_height (GTK_WIDGET (map)), marks);

  return (KomekMercatorBox) { room.x0 + AIR, room.y0 + AIR, room.x1 - AIR, room.y1 - AIR };
}

/* As near to @middle as all of it is between the two ends; in their middle where it has no room. */
static double
find_place (double middle, double half, double first, double last)
{
  if (last - first < 2 * half)
    return (first + last) / 2;

  return CLAMP (middle, first + half, last - half);
}

/* Puts the middle of the circle there from where it moves the least. */
static void
fly (KomekMapView *map, KomekBounds *bounds, double latitude, double longitude,
     KomekMercatorBox room)
{
  double width = gtk_widget_get_width (GTK_WIDGET (map));
  double height = gtk_widget_get_height (GTK_WIDGET (map));
  double zoom = komek_plan_map_find_zoom (komek_map_view_get_plan_map (map), bounds,
                                          (int) (room.x1 - room.x0), (int) (room.y1 - room.y0));
  double world = KOMEK_PLAN_TILE_SIZE * exp2 (zoom), x, y, north, west, half;

  komek_mercator_project (latitude, longitude, &x, &y);
  komek_mercator_project (komek_bounds_get_north (bounds), komek_bounds_get_west (bounds), &west,
                          &north);
  half = (x - west) * world;
  x -= (find_place (width / 2, half, room.x0, room.x1) - width / 2) / world;
  y -= (find_place (height / 2, half, room.y0, room.y1) - height / 2) / world;
  komek_mercator_unproject (x, y, &latitude, &longitude);
  komek_map_view_fly_to (map, latitude, longitude, zoom);
}

/**
 * komek_explore_around_show:
 * @latitude: the middle of a circle
 * @longitude: likewise
 * @metres: its radius
 *
 * Moves the map so that all of the circle shows, beside the buttons and cards that lie on the map;
 * it stays in the middle where these leave it room.
 */
void
komek_explore_around_show (KomekMapView *map, double latitude, double longitude, double metres)
{
  g_autoptr (KomekBounds) bounds = make_bounds (latitude, longitude, metres);
  KomekMercatorBox room;

  if (!bounds)
    return;
  room = find_room (map);
  if (room.x0 < room.x1 && room.y0 < room.y1)
    fly (map, bounds, latitude, longitude, room);
  else
    komek_map_view_show_bounds (map, bounds);
}
