/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-district-figures.h"

#include <math.h>
#include <string.h>

#define HOURS_A_DAY 24.0
#define ELSEWHERE G_MAXUINT8 /* the place of a district that the plan does not have */

/**
 * KomekDistrictFigures:
 *
 * What the filter lets through in each district of the plan, and what that comes to.
 *
 * A request belongs to the district that the city gives it, or, where the city
 * gives none that the plan knows, to the one that its place lies in. Immutable
 * and counted.
 */
struct _KomekDistrictFigures
{
  gatomicrefcount refs;
  KomekPlan      *plan;
  GArray         *figures; /* of KomekDistrictFigure */
};

G_DEFINE_BOXED_TYPE (KomekDistrictFigures, komek_district_figures, komek_district_figures_ref,
                     komek_district_figures_unref)

/* Twice the area between a ring and the equator of the Mercator square, by the shoelace formula;
 * rings that run the other way come out negative. */
static double
measure_ring (const KomekPlanLine *ring)
{
  const KomekPlanVertex *v = ring->vertices;
  double sum = 0;

  for (guint i = 1; i < ring->n_vertices; i++)
    sum += (v[i - 1].x - v[0].x) * (v[i].y - v[0].y) - (v[i].x - v[0].x) * (v[i - 1].y - v[0].y);
  return sum / 2;
}

static gboolean
ring_contains (const KomekPlanLine *ring, const KomekPlanVertex *point)
{
  const KomekPlanVertex *v = ring->vertices;
  gboolean inside = FALSE;

  for (guint i = 1; i < ring->n_vertices; i++)
    if ((v[i].y > point->y) != (v[i - 1].y > point->y)
        && point->x < v[i].x + (point->y - v[i].y) / (v[i - 1].y - v[i].y) * (v[i - 1].x - v[i].x))
      inside = !inside;
  return inside;
}

/* A ring within an odd number of others is a hole, whichever way it runs. */
static gboolean
is_hole (const KomekPlanFeature *feature, guint ring)
{
  gboolean hole = FALSE;

  for (guint i = 0; i < feature->n_lines; i++)
    if (i != ring)
      hole ^= ring_contains (&feature->lines[i], &feature->lines[ring].vertices[0]);
  return hole;
}

static double
measure_km2 (const KomekPlanFeature *feature)
{
  double area = 0;

  for (guint i = 0; i < feature->n_lines; i++)
    {
      const KomekPlanLine *ring = &feature->lines[i];
      double metre = komek_mercator_metres ((ring->box.y0 + ring->box.y1) / 2, 1);

      area += fabs (measure_ring (ring)) * metre * metre * (is_hole (feature, i) ? -1 : 1);
    }
  return MAX (0, area) / 1e6;
}

static void
list_districts (KomekDistrictFigures *self)
{
  guint n;
  const KomekPlanFeature *feature = komek_plan_peek_features (self->plan, &n);

  for (guint i = 0; i < n && self->figures->len < ELSEWHERE; i++, feature++)
    if (feature->kind == KOMEK_PLAN_DISTRICT && feature->area)
      {
        KomekDistrictFigure figure = {
          .feature = feature,
          .median_days = NAN,
          .km2 = measure_km2 (feature),
          .population = feature->population,
        };

        g_array_append_val (self->figures, figure);
      }
}

static guint
find_district (const KomekDistrictFigures *self, const char *code)
{
  for (guint i = 0; code && *code && i < self->figures->len; i++)
    if (strcmp (g_array_index (self->figures, KomekDistrictFigure, i).feature->code, code) == 0)
      return i;
  return ELSEWHERE;
}

/* For each district of the points the one of the plan. */
static void
match_districts (const KomekDistrictFigures *self, KomekPoints *points,
                 guint8 districts[G_MAXUINT8 + 1])
{
  const char *const *codes = komek_points_get_districts (points);
  guint i = 0;

  for (; i <= G_MAXUINT8 && codes[i]; i++)
    districts[i] = find_district (self, codes[i]);
  for (; i <= G_MAXUINT8; i++)
    districts[i] = ELSEWHERE;
}

static guint
locate (const KomekDistrictFigures *self, const KomekPoint *point)
{
  if (point->latitude == KOMEK_POINT_NOWHERE)
    return ELSEWHERE;
  return find_district (self, komek_plan_find_district (self->plan, point->latitude / 1e7,
                                                        point->longitude / 1e7));
}

static void
count (KomekDistrictFigure *figure, GArray *hours, const KomekPoint *point, KomekGroup group)
{
  figure->total++;
  figure->open += komek_status_is_open (point->status);
  figure->overdue += group == KOMEK_GROUP_LATE;
  if (point->answered == 0)
    return;
  figure->answered++;
  g_array_append_val (hours, point->answered);
}

/* The answer that came after @n quicker ones. */
static guint
find_ranked (const guint32 *counts, guint n)
{
  guint hours = 0;

  for (guint passed = counts[0]; passed <= n; passed += counts[hours])
    hours++;
  return hours;
}

/* An hour was begun, so in the mean it is half over. */
static double
find_median (GArray *hours)
{
  g_autofree guint32 *counts = NULL;

  if (hours->len == 0)
    return NAN;
  counts = g_new0 (guint32, G_MAXUINT16 + 1);
  for (guint i = 0; i < hours->len; i++)
    counts[g_array_index (hours, guint16, i)]++;
  return ((find_ranked (counts, (hours->len - 1) / 2) + find_ranked (counts, hours->len / 2)) / 2.0
          - 0.5) / HOURS_A_DAY;
}

static void
count_all (KomekDistrictFigures *self, KomekAtlas *atlas)
{
  KomekPoints *points = komek_atlas_get_points (atlas);
  KomekFilter *filter = komek_atlas_get_filter (atlas);
  KomekDistrictFigure *figures = (KomekDistrictFigure *) self->figures->data;
  g_autoptr (GPtrArray) hours = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  guint8 districts[G_MAXUINT8 + 1];
  guint n;
  const KomekPoint *point = komek_points_peek (points, &n);

  match_districts (self, points, districts);
  for (guint i = 0; i < self->figures->len; i++)
    g_ptr_array_add (hours, g_array_new (FALSE, FALSE, sizeof (guint16)));
  for (guint i = 0; i < n; i++, point++)
    {
      guint district = districts[point->district];

      if (komek_filter_test (filter, point) != 0)
        continue;
      if (district == ELSEWHERE)
        district = locate (self, point);
      if (district != ELSEWHERE)
        count (&figures[district], hours->pdata[district], point,
               komek_filter_group_of (filter, point));
    }
  for (guint i = 0; i < self->figures->len; i++)
    figures[i].median_days = find_median (hours->pdata[i]);
}

/**
 * komek_district_figures_new:
 *
 * Counts what the filter of @atlas lets through; a million requests take some hundredths of a
 * second.
 *
 * Returns: (transfer full): the figures, none where the plan has no districts
 */
KomekDistrictFigures *
komek_district_figures_new (KomekPlan *plan, KomekAtlas *atlas)
{
  KomekDistrictFigures *self = g_new0 (KomekDistrictFigures, 1);

  g_atomic_ref_count_init (&self->refs);
  self->plan = komek_plan_ref (plan);
  self->figures = g_array_new (FALSE, TRUE, sizeof (KomekDistrictFigure));
  list_districts (self);
  if (self->figures->len > 0)
    count_all (self, atlas);
  return self;
}

KomekDistrictFigures *
komek_district_figures_ref (KomekDistrictFigures *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_district_figures_unref (KomekDistrictFigures *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->figures);
  komek_plan_unref (self->plan);
  g_free (self);
}

/**
 * komek_district_figures_peek:
 *
 * Returns: (transfer none) (array length=n_districts): a figure for each district, in the order
 *   of the plan
 */
const KomekDistrictFigure *
komek_district_figures_peek (const KomekDistrictFigures *self, guint *n_districts)
{
  *n_districts = self->figures->len;
  return (const KomekDistrictFigure *) self->figures->data;
}
