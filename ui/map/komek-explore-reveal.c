/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-reveal.h"

#include <math.h>

#include "komek-plan-painter.h"

#define MARGIN 56 /* pixels round the place: the circle of a chosen request, and some air */

/* How far a coordinate is outside of what is left of a length when both its ends lose a margin. */
static double
find_excess (double at, double length)
{
  if (at < MARGIN)
    return at - MARGIN;
  return at > length - MARGIN ? at - (length - MARGIN) : 0;
}

/* What lies under the cover comes out at its upper edge. */
static double
find_covered (KomekMapView *map, GtkWidget *cover, double x, double y)
{
  graphene_rect_t box;

  if (!gtk_widget_compute_bounds (cover, GTK_WIDGET (map), &box))
    return 0;
  graphene_rect_inset (&box, -MARGIN, -MARGIN);
  if (!graphene_rect_contains_point (&box, &GRAPHENE_POINT_INIT (x, y)) || box.origin.y < MARGIN)
    return 0;
  return y - box.origin.y;
}

/**
 * komek_explore_reveal:
 * @cover: what lies on the map and hides a part of it
 * @point: a request
 *
 * Moves the map by just so much that the request can be seen. The list shows
 * what the map shows, and whoever goes through it row by row must not lose the
 * rest of it at every step. A request that is far away comes into the middle.
 */
void
komek_explore_reveal (KomekMapView *map, GtkWidget *cover, const KomekPoint *point)
{
  double width = gtk_widget_get_width (GTK_WIDGET (map));
  double height = gtk_widget_get_height (GTK_WIDGET (map));
  double latitude, longitude, zoom, world, cx, cy, px, py, x, y, right, down;

  if (point->latitude == KOMEK_POINT_NOWHERE || width < 4 * MARGIN || height < 4 * MARGIN)
    return;

  komek_map_view_get_centre (map, &latitude, &longitude, &zoom);
  world = KOMEK_PLAN_TILE_SIZE * exp2 (zoom);
  komek_mercator_project (latitude, longitude, &cx, &cy);
  komek_mercator_project (point->latitude / 1e7, point->longitude / 1e7, &px, &py);
  x = (px - cx) * world + width / 2;
  y = (py - cy) * world + height / 2;
  if (x < -width || x > 2 * width || y < -height || y > 2 * height)
    {
      komek_map_view_fly_to (map, point->latitude / 1e7, point->longitude / 1e7, zoom);
      return;
    }

  right = find_excess (x, width);
  down = find_excess (y, height);
  down += find_covered (map, cover, x - right, y - down);
  if (right == 0 && down == 0)
    return;
  komek_mercator_unproject (cx + right / world, cy + down / world, &latitude, &longitude);
  komek_map_view_fly_to (map, latitude, longitude, zoom);
}
