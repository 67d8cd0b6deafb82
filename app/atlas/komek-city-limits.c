/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-city-limits.h"

#include <math.h>

#define DIRECTIONS 16 /* in which the inside is looked for from the border */
#define DOUBLINGS 6   /* of the distance to it, behind a narrow corner */

/* A point of the Mercator square. */
typedef struct
{
  double x, y;
} Spot;

static Spot
project (double latitude, double longitude)
{
  Spot spot;

  komek_mercator_project (latitude, longitude, &spot.x, &spot.y);
  return spot;
}

static gboolean
has_districts (const KomekPlan *plan)
{
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n);

  for (guint i = 0; i < n; i++)
    if (features[i].kind == KOMEK_PLAN_DISTRICT && features[i].area)
      return TRUE;
  return FALSE;
}

/**
 * komek_city_limits_hold:
 * @bounds: (nullable): where the city takes requests, %NULL where it says nothing
 *
 * Returns: whether a point is in the city: within @bounds and in one of the plan's districts; of
 *   a plan that has none, within the plan
 */
gboolean
komek_city_limits_hold (const KomekPlan *plan, const KomekBounds *bounds, double latitude,
                        double longitude)
{
  if (bounds && !komek_bounds_contains (bounds, latitude, longitude))
    return FALSE;
  if (!has_districts (plan))
    return komek_bounds_contains (komek_plan_get_bounds (plan), latitude, longitude);
  return komek_plan_find_district (plan, latitude, longitude) != NULL;
}

/* The point of a line between two vertices that is nearest. */
static Spot
find_on_segment (const KomekPlanVertex *a, const KomekPlanVertex *b, Spot from)
{
  double dx = b->x - a->x, dy = b->y - a->y;
  double along = ((from.x - a->x) * dx + (from.y - a->y) * dy) / (dx * dx + dy * dy);

  along = CLAMP (along, 0, 1);
  return (Spot) { a->x + along * dx, a->y + along * dy };
}

/* The nearest point of all borders of districts. */
static Spot
find_on_border (const KomekPlan *plan, Spot from)
{
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n);
  Spot nearest = from;
  double least = INFINITY;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; features[i].kind == KOMEK_PLAN_DISTRICT && j < features[i].n_lines; j++)
      for (guint k = 1; k < features[i].lines[j].n_vertices; k++)
        {
          const KomekPlanVertex *v = &features[i].lines[j].vertices[k];
          Spot spot = find_on_segment (v - 1, v, from);
          double away = hypot (spot.x - from.x, spot.y - from.y);

          if (away < least)
            {
              least = away;
              nearest = spot;
            }
        }
  return nearest;
}

/* Goes round the point on the border, farther and farther from it, until it is inside: first the
 * way that led to the border. */
static gboolean
step_inside (const KomekPlan *plan, const KomekBounds *bounds, Spot from, Spot border,
             double metres, double *latitude, double *longitude)
{
  double reach = metres / komek_mercator_metres (border.y, 1);
  double first = atan2 (border.y - from.y, border.x - from.x);

  for (guint i = 0; i < DOUBLINGS; i++, reach *= 2)
    for (guint j = 0; j < DIRECTIONS; j++)
      {
        double angle = first + (j % 2 ? 1.0 : -1.0) * ((j + 1) / 2) * 2 * G_PI / DIRECTIONS;

        komek_mercator_unproject (border.x + reach * cos (angle), border.y + reach * sin (angle),
                                  latitude, longitude);
        if (komek_city_limits_hold (plan, bounds, *latitude, *longitude))
          return TRUE;
      }
  return FALSE;
}

/* Into a rectangle, and @metres away from its edges where it is wide enough. */
static void
clamp_to (const KomekBounds *bounds, double metres, double *latitude, double *longitude)
{
  double high = metres / 111195.0;
  double wide = high / MAX (0.01, cos (*latitude * G_PI / 180));
  double south = komek_bounds_get_south (bounds), north = komek_bounds_get_north (bounds);
  double west = komek_bounds_get_west (bounds), east = komek_bounds_get_east (bounds);

  high = MIN (high, (north - south) / 2);
  wide = MIN (wide, (east - west) / 2);
  *latitude = CLAMP (*latitude, south + high, north - high);
  *longitude = CLAMP (*longitude, west + wide, east - wide);
}

static void
take_middle (const KomekBounds *bounds, double *latitude, double *longitude)
{
  *latitude = (komek_bounds_get_south (bounds) + komek_bounds_get_north (bounds)) / 2;
  *longitude = (komek_bounds_get_west (bounds) + komek_bounds_get_east (bounds)) / 2;
}

/**
 * komek_city_limits_pull_in:
 * @bounds: (nullable): where the city takes requests
 * @metres: how far inside the border the point shall be at least, where the city is wide enough
 * @latitude: (inout): of a point
 * @longitude: (inout): likewise
 *
 * Moves a point that is outside the city to the nearest place inside its border.
 *
 * Returns: whether it was outside
 */
gboolean
komek_city_limits_pull_in (const KomekPlan *plan, const KomekBounds *bounds, double metres,
                           double *latitude, double *longitude)
{
  Spot from;

  if (komek_city_limits_hold (plan, bounds, *latitude, *longitude))
    return FALSE;
  if (!isfinite (*latitude) || !isfinite (*longitude))
    take_middle (komek_plan_get_built_up (plan), latitude, longitude);

  clamp_to (komek_plan_get_bounds (plan), metres, latitude, longitude);
  if (bounds)
    clamp_to (bounds, metres, latitude, longitude);
  if (komek_city_limits_hold (plan, bounds, *latitude, *longitude))
    return TRUE;
  from = project (*latitude, *longitude);
  if (!step_inside (plan, bounds, from, find_on_border (plan, from), metres, latitude, longitude))
    take_middle (bounds ? bounds : komek_plan_get_built_up (plan), latitude, longitude);
  return TRUE;
}
