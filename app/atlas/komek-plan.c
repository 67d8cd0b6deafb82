/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan.h"

#include <math.h>

#include "komek-plan-private.h"

#define FARTHEST_STREET 250.0 /* metres; farther away it says nothing about a place */
#define OUTSKIRTS 0.05 /* the share of all streets that the built-up part leaves out, a side */

/**
 * KomekPlan:
 *
 * The plan of a city: its streets, waters and districts, as a GeoJSON file gives them.
 *
 * Immutable and counted, so that any thread may draw it. Besides being drawn
 * it answers in which district and on which street a point lies; where a street
 * is, #KomekGazetteer knows.
 */
G_DEFINE_BOXED_TYPE (KomekPlan, komek_plan, komek_plan_ref, komek_plan_unref)

static KomekBounds *
bounds_of_box (const KomekMercatorBox *box)
{
  double south, west, north, east;

  komek_mercator_unproject (box->x0, box->y1, &south, &west);
  komek_mercator_unproject (box->x1, box->y0, &north, &east);
  return komek_bounds_new (south, west, north, east, NULL);
}

static KomekBounds *
measure_bounds (const KomekPlan *self)
{
  KomekMercatorBox whole = { 1, 1, 0, 0 };

  for (guint i = 0; i < self->features->len; i++)
    {
      const KomekMercatorBox *box = &g_array_index (self->features, KomekPlanFeature, i).box;

      whole = (KomekMercatorBox) { MIN (whole.x0, box->x0), MIN (whole.y0, box->y0),
                               MAX (whole.x1, box->x1), MAX (whole.y1, box->y1) };
    }
  return bounds_of_box (&whole);
}

/* A piece of a street: where its middle lies along one axis, and how long it is. */
typedef struct
{
  double at, length;
} Piece;

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  double at_a = ((const Piece *) a)->at, at_b = ((const Piece *) b)->at;

  return (at_a > at_b) - (at_a < at_b);
}

static void
list_pieces (const KomekPlan *self, gboolean vertical, GArray *pieces)
{
  for (guint i = 0; i < self->features->len; i++)
    {
      const KomekPlanFeature *feature = &g_array_index (self->features, KomekPlanFeature, i);

      for (guint j = 0; komek_plan_is_street (feature) && j < feature->n_lines; j++)
        for (guint k = 1; k < feature->lines[j].n_vertices; k++)
          {
            const KomekPlanVertex *v = &feature->lines[j].vertices[k];
            Piece piece = { vertical ? (v[-1].y + v->y) / 2 : (v[-1].x + v->x) / 2,
                            hypot (v->x - v[-1].x, v->y - v[-1].y) };

            g_array_append_val (pieces, piece);
          }
    }
}

/* Where the outskirts end on either side, along one axis. */
static gboolean
find_core (const KomekPlan *self, gboolean vertical, double *from, double *to)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  double whole = 0, passed = 0;

  list_pieces (self, vertical, pieces);
  if (pieces->len == 0)
    return FALSE;

  g_array_sort (pieces, compare_pieces);
  for (guint i = 0; i < pieces->len; i++)
    whole += g_array_index (pieces, Piece, i).length;
  *from = *to = g_array_index (pieces, Piece, 0).at;
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      if (passed <= whole * OUTSKIRTS)
        *from = piece->at;
      if (passed <= whole * (1 - OUTSKIRTS))
        *to = piece->at;
      passed += piece->length;
    }
  return TRUE;
}

static KomekBounds *
measure_built_up (const KomekPlan *self)
{
  KomekMercatorBox box;

  if (find_core (self, FALSE, &box.x0, &box.x1) && find_core (self, TRUE, &box.y0, &box.y1))
    return bounds_of_box (&box);

  return komek_bounds_ref (self->bounds);
}

/**
 * komek_plan_new:
 * @geojson: a FeatureCollection whose features have the properties kind, kk, ru, en and code
 *
 * Reads a plan. What makes no sense in it is left out and counted, see
 * komek_plan_get_n_skipped().
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where that leaves nothing to draw.
 *
 * Returns: (transfer full): the plan
 */
KomekPlan *
komek_plan_new (GBytes *geojson, GError **error)
{
  KomekPlanReading reading;

  return komek_plan_read (geojson, &reading, error) ? komek_plan_new_from_reading (&reading) : NULL;
}

/* Takes what was read. */
KomekPlan *
komek_plan_new_from_reading (KomekPlanReading *reading)
{
  KomekPlan *self = g_new0 (KomekPlan, 1);

  g_atomic_ref_count_init (&self->refs);
  self->features = g_steal_pointer (&reading->features);
  self->n_skipped = reading->n_skipped;
  self->attribution = g_steal_pointer (&reading->attribution);
  self->trouble = reading->trouble;
  self->bounds = measure_bounds (self);
  self->built_up = measure_built_up (self);
  return self;
}

KomekPlan *
komek_plan_ref (KomekPlan *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_plan_unref (KomekPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->features);
  komek_bounds_unref (self->bounds);
  komek_bounds_unref (self->built_up);
  g_free (self->attribution);
  g_free (self->name);
  g_free (self);
}

/**
 * komek_plan_peek_features:
 * @n_features: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_features): everything on the plan
 */
const KomekPlanFeature *
komek_plan_peek_features (const KomekPlan *self, guint *n_features)
{
  *n_features = self->features->len;
  return (const KomekPlanFeature *) self->features->data;
}

/* How many lines and features of the file made no sense. */
guint
komek_plan_get_n_skipped (const KomekPlan *self)
{
  return self->n_skipped;
}

/* The rectangle round everything on the plan. */
KomekBounds *
komek_plan_get_bounds (const KomekPlan *self)
{
  return self->bounds;
}

/* The rectangle round the most of the streets: what to show of a city at first. */
KomekBounds *
komek_plan_get_built_up (const KomekPlan *self)
{
  return self->built_up;
}

static gboolean
ring_is_crossed (const KomekPlanLine *ring, double x, double y)
{
  const KomekPlanVertex *v = ring->vertices;
  gboolean inside = FALSE;

  for (guint i = 1; i < ring->n_vertices; i++)
    if ((v[i].y > y) != (v[i - 1].y > y)
        && x < v[i].x + (y - v[i].y) / (v[i - 1].y - v[i].y) * (v[i - 1].x - v[i].x))
      inside = !inside;

  return inside;
}

static gboolean
area_contains (const KomekPlanFeature *feature, double x, double y)
{
  const KomekMercatorBox *box = &feature->box;
  gboolean inside = FALSE;

  if (!feature->area || !(x >= box->x0 && x <= box->x1 && y >= box->y0 && y <= box->y1))
    return FALSE;

  for (guint i = 0; i < feature->n_lines; i++)
    if (ring_is_crossed (&feature->lines[i], x, y))
      inside = !inside;

  return inside;
}

/**
 * komek_plan_find_district:
 *
 * Returns: (nullable): the code of the district that the point lies in
 */
const char *
komek_plan_find_district (const KomekPlan *self, double latitude, double longitude)
{
  double x, y;

  komek_mercator_project (latitude, longitude, &x, &y);
  for (guint i = 0; i < self->features->len; i++)
    {
      const KomekPlanFeature *feature = &g_array_index (self->features, KomekPlanFeature, i);

      if (feature->kind == KOMEK_PLAN_DISTRICT && area_contains (feature, x, y))
        return feature->code;
    }

  return NULL;
}

/* The distance of a point from the line between two vertices, squared. */
static double
square_to_segment (const KomekPlanVertex *a, const KomekPlanVertex *b, double x, double y)
{
  double dx = b->x - a->x, dy = b->y - a->y;
  double along = ((x - a->x) * dx + (y - a->y) * dy) / (dx * dx + dy * dy);
  double px = a->x + CLAMP (along, 0, 1) * dx - x;
  double py = a->y + CLAMP (along, 0, 1) * dy - y;

  return px * px + py * py;
}

static gboolean
box_is_within (const KomekMercatorBox *box, double x, double y, double reach)
{
  return x >= box->x0 - reach && x <= box->x1 + reach && y >= box->y0 - reach
         && y <= box->y1 + reach;
}

/* How near a street comes; answers with @reach where it does not come nearer than that. */
static double
distance_to_street (const KomekPlanFeature *feature, double x, double y, double reach)
{
  double square = reach * reach;

  for (guint i = 0; i < feature->n_lines; i++)
    {
      const KomekPlanLine *line = &feature->lines[i];

      if (!box_is_within (&line->box, x, y, reach))
        continue;
      for (guint j = 1; j < line->n_vertices; j++)
        square = MIN (square,
                      square_to_segment (&line->vertices[j - 1], &line->vertices[j], x, y));
    }
  return sqrt (square);
}

/**
 * komek_plan_find_street:
 * @metres: (out) (optional): how far away it is
 *
 * Finds the street that passes nearest to a point, at most 250 metres away.
 *
 * Returns: (nullable) (transfer none): a street with a name
 */
const KomekPlanFeature *
komek_plan_find_street (const KomekPlan *self, double latitude, double longitude, double *metres)
{
  const KomekPlanFeature *nearest = NULL;
  double x, y, reach;

  if (!(fabs (latitude) <= KOMEK_MERCATOR_EDGE && fabs (longitude) <= 180))
    return NULL;

  komek_mercator_project (latitude, longitude, &x, &y);
  reach = FARTHEST_STREET / komek_mercator_metres (y, 1);
  for (guint i = 0; i < self->features->len; i++)
    {
      const KomekPlanFeature *feature = &g_array_index (self->features, KomekPlanFeature, i);
      double distance = reach;

      if (komek_plan_is_street (feature) && *komek_label_get (feature->label, KOMEK_LANGUAGE_KAZAKH)
          && box_is_within (&feature->box, x, y, reach))
        distance = distance_to_street (feature, x, y, reach);
      if (distance < reach)
        {
          nearest = feature;
          reach = distance;
        }
    }

  if (nearest && metres)
    *metres = komek_mercator_metres (y, reach);
  return nearest;
}

/**
 * komek_plan_describe:
 * @metres: (out) (optional): how far away it is
 *
 * Says where a point is, as far as the plan knows: by the name of the nearest street.
 *
 * Returns: (nullable): the name in @language, %NULL where no street is near
 */
const char *
komek_plan_describe (const KomekPlan *self, double latitude, double longitude,
                     KomekLanguage language, double *metres)
{
  const KomekPlanFeature *street = komek_plan_find_street (self, latitude, longitude, metres);

  return street ? komek_label_get (street->label, language) : NULL;
}
