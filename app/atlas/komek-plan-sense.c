/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-plan-private.h"

/* What is farther than this from the middle of all is not of this city: some 220 km each way. */
#define FARTHEST_LATITUDE 2.0
#define FARTHEST_LONGITUDE 3.5

/* Kazakhstan: of two orders in which coordinates may stand the one that leads there is meant. No
 * place of it is in it the other way round but those at about 50° N, 50° E. */
#define COUNTRY_SOUTH 40.5
#define COUNTRY_NORTH 55.5
#define COUNTRY_WEST 46.4
#define COUNTRY_EAST 87.4

/* How many vertices are where, as they are given and the other way round. */
typedef struct
{
  guint n, n_on_earth, n_at_home, n_at_home_turned;
} Census;

static gboolean
is_in_country (double latitude, double longitude)
{
  return latitude >= COUNTRY_SOUTH && latitude <= COUNTRY_NORTH && longitude >= COUNTRY_WEST
         && longitude <= COUNTRY_EAST;
}

/* Many programs write 0, 0 for what they do not know. */
static gboolean
is_on_earth (const KomekPlanVertex *vertex)
{
  return fabs (vertex->longitude) <= 180 && fabs (vertex->latitude) <= KOMEK_MERCATOR_EDGE
         && (vertex->latitude != 0 || vertex->longitude != 0);
}

static KomekPlanVertex *
get_vertices (const KomekPlanLine *line)
{
  return (KomekPlanVertex *) line->vertices;
}

typedef void (*Visitor) (KomekPlanVertex *vertex, gpointer data);

static void
visit (GArray *features, Visitor visitor, gpointer data)
{
  for (guint i = 0; i < features->len; i++)
    {
      const KomekPlanFeature *feature = &g_array_index (features, KomekPlanFeature, i);

      for (guint j = 0; j < feature->n_lines; j++)
        for (guint k = 0; k < feature->lines[j].n_vertices; k++)
          visitor (&get_vertices (&feature->lines[j])[k], data);
    }
}

static void
count (KomekPlanVertex *vertex, gpointer data)
{
  Census *census = data;

  census->n++;
  census->n_on_earth += is_on_earth (vertex);
  census->n_at_home += is_in_country (vertex->latitude, vertex->longitude);
  census->n_at_home_turned += is_in_country (vertex->longitude, vertex->latitude);
}

static void
turn (KomekPlanVertex *vertex, gpointer data)
{
  double latitude = vertex->latitude;

  vertex->latitude = vertex->longitude;
  vertex->longitude = latitude;
}

/* A file that says itself where it is, and lies there, is right. */
static gboolean
is_turned (const Census *census, GArray *features, KomekBounds *said)
{
  const KomekPlanFeature *first;

  if (census->n_at_home > 0 || census->n_at_home_turned * 2 <= census->n)
    return FALSE;
  first = &g_array_index (features, KomekPlanFeature, 0);
  return !said
         || !komek_bounds_contains (said, first->lines->vertices->latitude,
                                    first->lines->vertices->longitude);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double da = *(const double *) a, db = *(const double *) b;

  return (da > db) - (da < db);
}

static double
find_median (GArray *values)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

/* The middle of what a file holds, which a few strays do not move. */
static void
find_middle (GArray *features, double *latitude, double *longitude)
{
  g_autoptr (GArray) latitudes = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) longitudes = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < features->len; i++)
    {
      const KomekPlanFeature *feature = &g_array_index (features, KomekPlanFeature, i);

      for (guint j = 0; j < feature->n_lines; j++)
        {
          const KomekPlanVertex *middle =
            &feature->lines[j].vertices[feature->lines[j].n_vertices / 2];

          if (!is_on_earth (middle))
            continue;
          g_array_append_val (latitudes, middle->latitude);
          g_array_append_val (longitudes, middle->longitude);
        }
    }
  *latitude = find_median (latitudes);
  *longitude = find_median (longitudes);
}

static gboolean
is_same_place (const KomekPlanVertex *a, const KomekPlanVertex *b)
{
  return a->x == b->x && a->y == b->y;
}

/* Neighbours at one place are one vertex: they have no direction to draw a name along. */
static gboolean
project (KomekPlanLine *line, double latitude, double longitude)
{
  KomekPlanVertex *vertices = get_vertices (line);
  guint n = 0;

  for (guint i = 0; i < line->n_vertices; i++)
    {
      KomekPlanVertex vertex = vertices[i];

      if (!is_on_earth (&vertex) || fabs (vertex.latitude - latitude) > FARTHEST_LATITUDE
          || fabs (vertex.longitude - longitude) > FARTHEST_LONGITUDE)
        return FALSE;
      komek_mercator_project (vertex.latitude, vertex.longitude, &vertex.x, &vertex.y);
      if (n == 0 || !is_same_place (&vertex, &vertices[n - 1]))
        vertices[n++] = vertex;
    }
  line->n_vertices = n;
  return TRUE;
}

static void
close_ring (KomekPlanLine *line)
{
  KomekPlanVertex *vertices = get_vertices (line);

  if (!is_same_place (&vertices[0], &vertices[line->n_vertices - 1]))
    vertices[line->n_vertices++] = vertices[0];
}

static void
widen (KomekMercatorBox *box, const KomekMercatorBox *by)
{
  *box = (KomekMercatorBox) {
    MIN (box->x0, by->x0), MIN (box->y0, by->y0), MAX (box->x1, by->x1), MAX (box->y1, by->y1)
  };
}

static void
measure (KomekPlanLine *line)
{
  const KomekPlanVertex *v = line->vertices;

  line->box = (KomekMercatorBox) { v->x, v->y, v->x, v->y };
  line->length = 0;
  for (guint i = 1; i < line->n_vertices; i++)
    {
      widen (&line->box, &(KomekMercatorBox) { v[i].x, v[i].y, v[i].x, v[i].y });
      line->length += hypot (v[i].x - v[i - 1].x, v[i].y - v[i - 1].y);
    }
}

static gboolean
finish_line (KomekPlanLine *line, gboolean ring, double latitude, double longitude)
{
  if (!project (line, latitude, longitude) || line->n_vertices < (ring ? 3 : 2))
    return FALSE;
  if (ring)
    close_ring (line);
  if (ring && line->n_vertices < 4)
    return FALSE;

  measure (line);
  return TRUE;
}

/* Keeps the lines that make sense; answers whether there are any. */
static gboolean
finish_feature (KomekPlanFeature *feature, double latitude, double longitude, guint *n_skipped)
{
  KomekPlanLine *lines = (KomekPlanLine *) feature->lines;
  guint n = 0;

  for (guint i = 0; i < feature->n_lines; i++)
    if (finish_line (&lines[i], feature->area, latitude, longitude))
      lines[n++] = lines[i];
    else
      {
        g_free (get_vertices (&lines[i]));
        *n_skipped += 1;
      }
  feature->n_lines = n;
  if (n == 0)
    return FALSE;

  feature->box = lines[0].box;
  for (guint i = 1; i < n; i++)
    widen (&feature->box, &lines[i].box);
  return TRUE;
}

/*
 * komek_plan_make_sense:
 * @features: (element-type KomekPlanFeature): whose vertices have but what the file gives for
 *   longitude and latitude
 * @said: (nullable): where the file itself says that it is
 *
 * Brings what was read onto the map: turns what stands the wrong way round, leaves out what is
 * nowhere or far from everything else, and measures the rest.
 *
 * Returns: what there is to say of the file
 */
KomekMapTrouble
komek_plan_make_sense (GArray *features, KomekBounds *said, guint *n_skipped)
{
  Census census = { 0 };
  double latitude, longitude;
  gboolean turned;
  guint n = 0;

  visit (features, count, &census);
  turned = features->len > 0 && is_turned (&census, features, said);
  if (turned)
    visit (features, turn, NULL);
  find_middle (features, &latitude, &longitude);

  for (guint i = 0; i < features->len; i++)
    {
      KomekPlanFeature *feature = &g_array_index (features, KomekPlanFeature, i);
      KomekPlanFeature kept;

      if (!finish_feature (feature, latitude, longitude, n_skipped))
        continue;
      kept = *feature;
      *feature = g_array_index (features, KomekPlanFeature, n);
      g_array_index (features, KomekPlanFeature, n++) = kept;
    }
  g_array_set_size (features, n);

  if (n == 0)
    return census.n > 0 && census.n_on_earth == 0 ? KOMEK_MAP_TROUBLE_PROJECTION
                                                  : KOMEK_MAP_TROUBLE_EMPTY;
  if (turned)
    return KOMEK_MAP_TROUBLE_SWAPPED;
  return *n_skipped > 0 ? KOMEK_MAP_TROUBLE_PARTS : KOMEK_MAP_TROUBLE_NONE;
}
