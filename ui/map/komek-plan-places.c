/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-places.h"

#include "komek-plan-painter.h"

#include <math.h>

#define REPEAT 700.0      /* pixels between the middles of one name and the same again */
#define BEND 3.0          /* pixels by which a street may leave the straight below its name */
#define OVERHANG 0.8      /* a run must hold this share of the name */
#define LONGEST_RUN 128   /* vertices: a look at each pair of more would take too long */
#define LAST_DISTRICTS 13 /* zoom; closer in, a district fills the view */
#define STEP 12.0         /* pixels by which a name gives way */
#define AREA_SHARE 0.3    /* of the side of an area, by which its name may leave the middle */
#define SPOT_SLACK 24.0   /* pixels by which the name of a landmark may leave its place */
#define N_WAYS 8          /* in which the name of an area gives way */

/* The first zoom at which each kind has names; streets from 13.9 on, and tiles are whole zooms. */
static const guint first_zoom[KOMEK_N_PLAN_KINDS] = {
  [KOMEK_PLAN_PARK] = 14,     [KOMEK_PLAN_WATER] = 14,  [KOMEK_PLAN_RIVER] = 12,
  [KOMEK_PLAN_BUILDING] = 17, [KOMEK_PLAN_RAIL] = 99,
  [KOMEK_PLAN_DISTRICT] = 10, [KOMEK_PLAN_LANE] = 16,
  [KOMEK_PLAN_STREET] = 14,   [KOMEK_PLAN_AVENUE] = 12,
};

typedef struct
{
  KomekPlan              *plan;
  KomekPlanLettering     *lettering;
  double                  world, emphasis;
  const KomekMercatorBox *region; /* NULL for everywhere */
  GArray                 *places; /* of KomekPlanPlace */
} Survey;

static gboolean
is_in_reach (const Survey *survey, double x, double y, double slack)
{
  const KomekMercatorBox *region = survey->region;

  return !region
         || (x + slack >= region->x0 && x - slack <= region->x1 && y + slack >= region->y0
             && y - slack <= region->y1);
}

static void
add_place (Survey *survey, const KomekPlanFeature *feature, guint index, double x, double y,
           const KomekPlanPlace *form)
{
  KomekPlanPlace place = *form;

  if (!is_in_reach (survey, x, y, place.slack))
    return;
  place.name.word = komek_plan_lettering_get (survey->lettering, index);
  place.name.kind = feature->kind;
  place.name.feature = index;
  place.name.x = x;
  place.name.y = y;
  g_array_append_val (survey->places, place);
}

/* Puts the name on a straight run, as often as its length allows, upright and in its middle. */
static void
take_run (Survey *survey, const KomekPlanFeature *feature, guint index, const KomekPlanVertex *a,
          const KomekPlanVertex *b)
{
  double dx = (b->x - a->x) * survey->world, dy = (b->y - a->y) * survey->world;
  double length = hypot (dx, dy);
  const KomekPlanWord *word = komek_plan_lettering_get (survey->lettering, index);
  guint n = (guint) CLAMP (length / (REPEAT * survey->emphasis), 1, 1000);
  KomekPlanPlace form = { .run = length };

  if (!word || length < word->width * OVERHANG)
    return;

  form.name.angle = dx < 0 ? atan2 (-dy, -dx) : atan2 (dy, dx);
  for (guint i = 0; i < n; i++)
    {
      double share = (i + 0.5) / n;
      double ends = MIN (share, 1 - share) * length - word->width * OVERHANG / 2;

      form.slack = CLAMP (ends, 0, length / n / 2);
      add_place (survey, feature, index, a->x * survey->world + dx * share,
                 a->y * survey->world + dy * share, &form);
    }
}

static double
distance_from_chord (const KomekPlanVertex *a, const KomekPlanVertex *b, const KomekPlanVertex *p)
{
  double dx = b->x - a->x, dy = b->y - a->y, length = hypot (dx, dy);

  if (length == 0)
    return hypot (p->x - a->x, p->y - a->y);
  return fabs ((p->x - a->x) * dy - (p->y - a->y) * dx) / length;
}

static gboolean
is_straight (const KomekPlanVertex *first, const KomekPlanVertex *last, double bend)
{
  for (const KomekPlanVertex *v = first + 1; v < last; v++)
    if (distance_from_chord (first, last, v) > bend)
      return FALSE;

  return TRUE;
}

static void
list_runs (Survey *survey, const KomekPlanFeature *feature, guint index, const KomekPlanLine *line)
{
  const KomekPlanVertex *v = line->vertices;
  double bend = BEND * survey->emphasis / survey->world;
  guint first = 0;

  while (first + 1 < line->n_vertices)
    {
      guint last = first + 1;

      while (last + 1 < line->n_vertices && last - first < LONGEST_RUN
             && is_straight (&v[first], &v[last + 1], bend))
        last++;
      take_run (survey, feature, index, &v[first], &v[last]);
      first = last;
    }
}

/* A landmark is a point and has no size, but somewhere near it its name is understood. */
static void
take_spot (Survey *survey, const KomekPlanFeature *feature, guint index)
{
  KomekPlanPlace form = { .slack = SPOT_SLACK * survey->emphasis, .area = TRUE };

  add_place (survey, feature, index, feature->box.x0 * survey->world,
             feature->box.y0 * survey->world, &form);
}

/* The centre of gravity of the largest ring. */
static void
take_area (Survey *survey, const KomekPlanFeature *feature, guint index)
{
  double best = 0, best_x = 0, best_y = 0;

  for (guint i = 0; i < feature->n_lines; i++)
    {
      const KomekPlanVertex *v = feature->lines[i].vertices;
      double area = 0, x = 0, y = 0;

      /* Counted from its first corner, or the differences would drown in the digits. */
      for (guint j = 1; j < feature->lines[i].n_vertices; j++)
        {
          double ax = v[j - 1].x - v->x, ay = v[j - 1].y - v->y;
          double bx = v[j].x - v->x, by = v[j].y - v->y;
          double cross = ax * by - bx * ay;

          area += cross;
          x += (ax + bx) * cross;
          y += (ay + by) * cross;
        }
      if (fabs (area) > best)
        {
          best = fabs (area);
          best_x = v->x + x / (3 * area);
          best_y = v->y + y / (3 * area);
        }
    }
  if (best > 0)
    {
      KomekPlanPlace form = { .run = sqrt (best) * survey->world, .area = TRUE };

      form.slack = form.run * AREA_SHARE;
      add_place (survey, feature, index, best_x * survey->world, best_y * survey->world, &form);
    }
}

static gboolean
has_name (const Survey *survey, const KomekPlanFeature *feature, guint index, guint zoom)
{
  return zoom >= first_zoom[feature->kind]
         && (feature->kind != KOMEK_PLAN_DISTRICT || zoom <= LAST_DISTRICTS)
         && komek_plan_lettering_get (survey->lettering, index);
}

static gboolean
shows (const Survey *survey, const KomekMercatorBox *box)
{
  const KomekMercatorBox *region = survey->region;

  return !region
         || (box->x0 * survey->world <= region->x1 && box->x1 * survey->world >= region->x0
             && box->y0 * survey->world <= region->y1 && box->y1 * survey->world >= region->y0);
}

static void
list_places (Survey *survey, guint zoom)
{
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (survey->plan, &n);

  for (guint i = 0; i < n; i++)
    {
      const KomekPlanFeature *feature = &features[i];

      if (!shows (survey, &feature->box) || !has_name (survey, feature, i, zoom))
        continue;
      if (feature->area && feature->n_lines > 0)
        take_area (survey, feature, i);
      else if (feature->area)
        take_spot (survey, feature, i);
      for (guint j = 0; !feature->area && j < feature->n_lines; j++)
        if (shows (survey, &feature->lines[j].box))
          list_runs (survey, feature, i, &feature->lines[j]);
    }
}

static guint
rank (KomekPlanKind kind)
{
  static const guint ranks[KOMEK_N_PLAN_KINDS] = {
    [KOMEK_PLAN_DISTRICT] = 0, [KOMEK_PLAN_AVENUE] = 1, [KOMEK_PLAN_RIVER] = 2,
    [KOMEK_PLAN_STREET] = 3,   [KOMEK_PLAN_WATER] = 4,  [KOMEK_PLAN_PARK] = 5,
    [KOMEK_PLAN_LANE] = 6,     [KOMEK_PLAN_RAIL] = 7,   [KOMEK_PLAN_BUILDING] = 8,
  };

  return ranks[kind];
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const KomekPlanPlace *pa = a, *pb = b;

  if (pa->name.kind != pb->name.kind)
    return rank (pa->name.kind) < rank (pb->name.kind) ? -1 : 1;
  if (pa->run != pb->run)
    return pa->run > pb->run ? -1 : 1;
  if (pa->name.feature != pb->name.feature)
    return pa->name.feature < pb->name.feature ? -1 : 1;
  return (pa->name.x > pb->name.x) - (pa->name.x < pb->name.x);
}

/**
 * komek_plan_places_list:
 * @region: (nullable): where a place, or one that it may give way to, must lie, in pixels of the
 *   whole world; %NULL for everywhere
 * @emphasis: how much larger than usual everything is
 *
 * Returns: (transfer full) (element-type KomekPlanPlace): the places, the most important first;
 *   their words live as long as @lettering
 */
GArray *
komek_plan_places_list (KomekPlan *plan, KomekPlanLettering *lettering, guint zoom,
                        const KomekMercatorBox *region, double emphasis)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (KomekPlanPlace));
  Survey survey = { plan, lettering, ldexp (KOMEK_PLAN_TILE_SIZE, (int) zoom), emphasis, region,
                    places };

  list_places (&survey, zoom);
  g_array_sort (places, compare_places);
  return places;
}

/**
 * komek_plan_places_find:
 * @feature: an area: its place on the plan
 * @name: (out): its name, where it stands best
 *
 * Returns: whether it has one at this zoom
 */
gboolean
komek_plan_places_find (KomekPlan *plan, KomekPlanLettering *lettering, guint feature, guint zoom,
                        double emphasis, KomekPlanName *name)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (KomekPlanPlace));
  Survey survey = { plan, lettering, ldexp (KOMEK_PLAN_TILE_SIZE, (int) zoom), emphasis, NULL,
                    places };
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n);

  if (has_name (&survey, &features[feature], feature, zoom))
    take_area (&survey, &features[feature], feature);
  if (places->len == 0)
    return FALSE;
  *name = g_array_index (places, KomekPlanPlace, 0).name;
  return TRUE;
}

/**
 * komek_plan_place_slide:
 * @step: 0 for where it stands best; then to and fro along its line or all round, farther and
 *   farther away
 * @name: (out): where it stands then
 *
 * Returns: whether it may go as far
 */
gboolean
komek_plan_place_slide (const KomekPlanPlace *self, guint step, double emphasis,
                        KomekPlanName *name)
{
  guint ways = self->area ? N_WAYS : 2, way = step > 0 ? (step - 1) % ways : 0;
  double distance = step > 0 ? ((step - 1) / ways + 1) * STEP * emphasis : 0;
  double angle = self->name.angle + 2 * G_PI * way / ways;

  *name = self->name;
  name->x += distance * cos (angle);
  name->y += distance * sin (angle);
  return distance == 0 || distance <= self->slack;
}
