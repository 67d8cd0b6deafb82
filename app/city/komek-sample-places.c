/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sample-places.h"

#include <math.h>

/* Where the requests of the sample city are: houses along the streets of the
 * plan, numbered from one end to the other, odd on the left and even on the right. */

#define AVENUE_SHARE 1.6 /* people meet more problems where more of them are */
#define NEAREST 8.0      /* metres from the middle of the street */
#define FARTHEST 40.0
#define HOUSE_WIDTH 45.0
#define MOST_HOUSES 70 /* on a side */
#define TRIES 20       /* until a point lies in a district */

typedef struct
{
  const KomekPlanFeature *feature;
  double                  length; /* of all its lines, in the plan's unit */
  double                  until;  /* the share of this street and all before it */
} Street;

static double
measure (const KomekPlanFeature *feature)
{
  double length = 0;

  for (guint i = 0; i < feature->n_lines; i++)
    length += feature->lines[i].length;
  return length;
}

static GArray *
list_streets (const KomekPlan *plan)
{
  guint n_features;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n_features);
  GArray *streets = g_array_new (FALSE, FALSE, sizeof (Street));
  double sum = 0;

  for (guint i = 0; i < n_features; i++)
    {
      const KomekPlanFeature *feature = &features[i];
      Street street = { feature, measure (feature), 0 };

      if (feature->area || feature->kind < KOMEK_PLAN_LANE
          || *komek_label_get (feature->label, KOMEK_LANGUAGE_KAZAKH) == '\0')
        continue;
      sum += street.length * (feature->kind == KOMEK_PLAN_AVENUE ? AVENUE_SHARE : 1);
      street.until = sum;
      g_array_append_val (streets, street);
    }
  for (guint i = 0; i < streets->len; i++)
    g_array_index (streets, Street, i).until /= sum;
  return streets;
}

static const Street *
draw_street (GArray *streets, KomekRandom *random)
{
  double drawn = komek_random_unit (random);
  guint low = 0, high = streets->len - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (streets, Street, middle).until <= drawn)
        low = middle + 1;
      else
        high = middle;
    }
  return &g_array_index (streets, Street, low);
}

/* The piece of the street that lies @along it, and how far into the piece. */
static const KomekPlanVertex *
find_piece (const Street *street, double along, double *share)
{
  const KomekPlanVertex *last = NULL;

  for (guint i = 0; i < street->feature->n_lines; i++)
    {
      const KomekPlanLine *line = &street->feature->lines[i];

      for (guint j = 1; j < line->n_vertices; j++)
        {
          const KomekPlanVertex *v = &line->vertices[j];
          double length = hypot (v->x - v[-1].x, v->y - v[-1].y);

          last = v - 1;
          *share = length > 0 ? along / length : 0;
          if (along <= length)
            return last;
          along -= length;
        }
    }
  *share = 1;
  return last;
}

static void
number_house (KomekSamplePlace *place, double metres, double length, gboolean right,
              KomekRandom *random)
{
  double width = MAX (HOUSE_WIDTH, length / MOST_HOUSES);
  guint number = 1 + 2 * (guint) (metres / width) + right;
  guint kind = komek_random_below (random, 100);

  if (kind < 6)
    g_snprintf (place->house, sizeof place->house, "%u/%u", number, 1 + kind % 3);
  else if (kind < 9)
    g_snprintf (place->house, sizeof place->house, "%uА", number);
  else
    g_snprintf (place->house, sizeof place->house, "%u", number);
}

static gboolean
draw_place (const KomekPlan *plan, GArray *streets, KomekRandom *random, KomekSamplePlace *place)
{
  const Street *street = draw_street (streets, random);
  double along = komek_random_unit (random) * street->length;
  double share, dx, dy, length, metre;
  const KomekPlanVertex *v = find_piece (street, along, &share);
  gboolean right = komek_random_chance (random, 0.5);
  double aside = komek_random_between (random, NEAREST, FARTHEST) * (right ? 1 : -1);

  metre = 1 / komek_mercator_metres (v->y, 1);
  dx = v[1].x - v->x;
  dy = v[1].y - v->y;
  length = MAX (hypot (dx, dy), metre);
  komek_mercator_unproject (v->x + dx * share - dy / length * aside * metre,
                            v->y + dy * share + dx / length * aside * metre, &place->latitude,
                            &place->longitude);
  place->district = komek_plan_find_district (plan, place->latitude, place->longitude);
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    place->street[i] = komek_label_get (street->feature->label, i);
  number_house (place, along / metre, street->length / metre, right, random);
  return place->district != NULL;
}

/**
 * komek_sample_places_new:
 * @plan: must live as long as the places
 *
 * Returns: (transfer full) (element-type KomekSamplePlace): @n_places places in
 *   the districts of the plan, none where it has no streets
 */
GArray *
komek_sample_places_new (const KomekPlan *plan, guint n_places, KomekRandom *random)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (KomekSamplePlace), n_places);
  g_autoptr (GArray) streets = list_streets (plan);

  for (guint i = 0; streets->len > 0 && i < n_places; i++)
    {
      KomekSamplePlace place;
      guint tries = 0;

      while (!draw_place (plan, streets, random, &place) && tries < TRIES)
        tries++;
      if (tries < TRIES)
        g_array_append_val (places, place);
    }
  return places;
}
