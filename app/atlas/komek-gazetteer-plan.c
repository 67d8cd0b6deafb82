/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-gazetteer-places.h"

#include <math.h>

#define ONE_STREET 2000.0 /* metres between parts of one street; farther apart they are namesakes */
#define SCANS 15          /* lines across an area on which a point inside it is looked for */

static const struct
{
  KomekAddressKind kind;
  guint            rank;
} kinds[KOMEK_N_PLAN_KINDS] = {
  [KOMEK_PLAN_AVENUE] = { KOMEK_ADDRESS_AVENUE, 0 },
  [KOMEK_PLAN_STREET] = { KOMEK_ADDRESS_STREET, 1 },
  [KOMEK_PLAN_LANE] = { KOMEK_ADDRESS_LANE, 2 },
  [KOMEK_PLAN_DISTRICT] = { KOMEK_ADDRESS_DISTRICT, 3 },
  [KOMEK_PLAN_PARK] = { KOMEK_ADDRESS_PARK, 4 },
  [KOMEK_PLAN_BUILDING] = { KOMEK_ADDRESS_ANY, 4 },
  [KOMEK_PLAN_WATER] = { KOMEK_ADDRESS_LAKE, 5 },
  [KOMEK_PLAN_RIVER] = { KOMEK_ADDRESS_RIVER, 5 },
  [KOMEK_PLAN_RAIL] = { KOMEK_ADDRESS_ANY, 6 },
};

static gboolean
is_named (const KomekPlanFeature *feature)
{
  return feature->kind != KOMEK_PLAN_RAIL
         && *komek_label_get (feature->label, KOMEK_LANGUAGE_KAZAKH) != '\0';
}

/* The point half-way along a line: it lies on the street, not beside its bend. */
static void
find_middle (const KomekPlanLine *line, double *x, double *y)
{
  const KomekPlanVertex *v = line->vertices;
  double left = line->length / 2, step = 0, part;
  guint i;

  for (i = 1; i < line->n_vertices; i++, left -= step)
    {
      step = hypot (v[i].x - v[i - 1].x, v[i].y - v[i - 1].y);
      if (left <= step || i + 1 == line->n_vertices)
        break;
    }
  part = step > 0 ? CLAMP (left / step, 0, 1) : 0;
  *x = v[i - 1].x + part * (v[i].x - v[i - 1].x);
  *y = v[i - 1].y + part * (v[i].y - v[i - 1].y);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double da = *(const double *) a, db = *(const double *) b;

  return (da > db) - (da < db);
}

/* Where the borders of an area cross a line from west to east, in their order. */
static GArray *
list_crossings (const KomekPlanFeature *area, double y)
{
  GArray *crossings = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < area->n_lines; i++)
    for (guint j = 1; j < area->lines[i].n_vertices; j++)
      {
        const KomekPlanVertex *v = &area->lines[i].vertices[j];
        double x;

        if ((v->y > y) == (v[-1].y > y))
          continue;
        x = v->x + (y - v->y) / (v[-1].y - v->y) * (v[-1].x - v->x);
        g_array_append_val (crossings, x);
      }
  g_array_sort (crossings, compare_doubles);
  return crossings;
}

/* The middle of the widest part of an area: its own middle may lie outside, or in a hole. */
static void
find_inside (const KomekPlanFeature *area, double *x, double *y)
{
  double widest = -1;

  *x = (area->box.x0 + area->box.x1) / 2;
  *y = (area->box.y0 + area->box.y1) / 2;
  for (guint i = 1; i <= SCANS; i++)
    {
      double line = area->box.y0 + (area->box.y1 - area->box.y0) * i / (SCANS + 1);
      g_autoptr (GArray) crossings = list_crossings (area, line);

      for (guint j = 0; j + 1 < crossings->len; j += 2)
        {
          double from = g_array_index (crossings, double, j);
          double to = g_array_index (crossings, double, j + 1);

          if (to - from > widest)
            {
              widest = to - from;
              *x = (from + to) / 2;
              *y = line;
            }
        }
    }
}

/* What its own words say: a road that is drawn as an avenue may be called a street. */
static KomekAddressKind
read_kind (const KomekPlanFeature *feature)
{
  if (feature->kind == KOMEK_PLAN_DISTRICT)
    return KOMEK_ADDRESS_DISTRICT;
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      const char *text = komek_label_get_exact (feature->label, i);
      g_autoptr (KomekAddress) address = text ? komek_address_parse_name (text) : NULL;

      for (guint kind = 1; address && address->kinds >> kind; kind++)
        if (address->kinds & KOMEK_ADDRESS_BIT (kind))
          return kind;
    }
  return kinds[feature->kind].kind;
}

static KomekMercatorBox
measure (const KomekPlanLine *line)
{
  KomekMercatorBox box = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  for (guint i = 0; i < line->n_vertices; i++)
    {
      const KomekPlanVertex *v = &line->vertices[i];

      box = (KomekMercatorBox) { MIN (box.x0, v->x), MIN (box.y0, v->y), MAX (box.x1, v->x),
                                 MAX (box.y1, v->y) };
    }
  return box;
}

static void
add_area (KomekGazetteerPlaces *self, const KomekPlanFeature *area, KomekGazetteerPlace place)
{
  place.box = area->box;
  find_inside (area, &place.x, &place.y);
  komek_gazetteer_places_add (self, &place);
}

/* Line by line: what a plan draws as one street may be two of one name at two ends of the city. */
static void
add_lines (KomekGazetteerPlaces *self, const KomekPlanFeature *feature, KomekGazetteerPlace place)
{
  for (guint i = 0; i < feature->n_lines; i++)
    {
      const KomekPlanLine *line = &feature->lines[i];

      place.weight = line->length;
      place.box = measure (line);
      find_middle (line, &place.x, &place.y);
      komek_gazetteer_places_add (self, &place);
    }
}

static void
add_feature (KomekGazetteerPlaces *self, const KomekPlanFeature *feature)
{
  KomekGazetteerPlace place = {
    .label = feature->label,
    .kind = read_kind (feature),
    .rank = kinds[feature->kind].rank,
    .district = feature->kind == KOMEK_PLAN_DISTRICT ? feature->code : NULL,
    .reach = ONE_STREET,
  };

  if (feature->area)
    add_area (self, feature, place);
  else
    add_lines (self, feature, place);
}

/**
 * komek_gazetteer_places_new_from_plan:
 *
 * Collects the names of the streets, districts, parks and waters of a plan.
 *
 * Returns: (transfer full): its places
 */
KomekGazetteerPlaces *
komek_gazetteer_places_new_from_plan (const KomekPlan *plan)
{
  KomekGazetteerPlaces *self = komek_gazetteer_places_new ();
  guint n_features;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n_features);

  for (guint i = 0; i < n_features; i++)
    if (is_named (&features[i]))
      add_feature (self, &features[i]);
  return self;
}
