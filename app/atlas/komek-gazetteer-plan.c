/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-gazetteer.h"
#include "komek-mercator.h"

#define ONE_STREET 2000.0 /* metres between parts of one street; farther apart they are namesakes */
#define SCANS 15          /* lines across an area on which a point inside it is looked for */

/* A place while it is put together of features that have one name. */
typedef struct
{
  const KomekPlanFeature *feature;
  const KomekPlanLine    *longest;
  KomekMercatorBox        box;
} Place;

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

static const KomekPlanLine *
find_longest (const KomekPlanFeature *feature)
{
  const KomekPlanLine *longest = feature->lines;

  for (guint i = 1; i < feature->n_lines; i++)
    if (feature->lines[i].length > longest->length)
      longest = &feature->lines[i];
  return longest;
}

static char *
make_name_key (const KomekPlanFeature *feature)
{
  return g_strdup_printf ("%u\n%s\n%s\n%s", feature->area,
                          komek_label_get (feature->label, KOMEK_LANGUAGE_KAZAKH),
                          komek_label_get (feature->label, KOMEK_LANGUAGE_RUSSIAN),
                          komek_label_get (feature->label, KOMEK_LANGUAGE_ENGLISH));
}

static gboolean
is_near (const KomekMercatorBox *a, const KomekMercatorBox *b)
{
  double reach = ONE_STREET / komek_mercator_metres ((a->y0 + a->y1) / 2, 1);

  return a->x0 - reach <= b->x1 && b->x0 - reach <= a->x1 && a->y0 - reach <= b->y1
         && b->y0 - reach <= a->y1;
}

static void
add_part (Place *place, const KomekPlanFeature *feature)
{
  const KomekPlanLine *longest = find_longest (feature);
  const KomekMercatorBox *box = &feature->box;

  if (longest->length > place->longest->length)
    {
      place->feature = feature;
      place->longest = longest;
    }
  place->box = (KomekMercatorBox) { MIN (place->box.x0, box->x0), MIN (place->box.y0, box->y0),
                                    MAX (place->box.x1, box->x1), MAX (place->box.y1, box->y1) };
}

/* Puts a feature to those that have its name and are near; a plan cuts long streets into pieces. */
static void
add_feature (GArray *places, GHashTable *by_name, const KomekPlanFeature *feature)
{
  g_autofree char *key = make_name_key (feature);
  GArray *namesakes = g_hash_table_lookup (by_name, key);
  Place place = { feature, find_longest (feature), feature->box };

  if (!namesakes)
    {
      namesakes = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (by_name, g_steal_pointer (&key), namesakes);
    }
  for (guint i = 0; i < namesakes->len; i++)
    {
      Place *other = &g_array_index (places, Place, g_array_index (namesakes, guint, i));

      if (is_near (&other->box, &feature->box))
        {
          add_part (other, feature);
          return;
        }
    }
  g_array_append_val (namesakes, places->len);
  g_array_append_val (places, place);
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

static KomekGazetteerName
make_name (const KomekPlan *plan, const Place *place)
{
  const KomekPlanFeature *feature = place->feature;
  KomekGazetteerName name = {
    .label = feature->label,
    .kind = read_kind (feature),
    .rank = kinds[feature->kind].rank,
    .district = feature->code,
  };
  double x, y;

  if (feature->area)
    find_inside (feature, &x, &y);
  else
    find_middle (place->longest, &x, &y);
  komek_mercator_unproject (x, y, &name.latitude, &name.longitude);
  if (feature->kind != KOMEK_PLAN_DISTRICT)
    name.district = komek_plan_find_district (plan, name.latitude, name.longitude);
  return name;
}

/* Of two that fit equally well the alphabet decides; collated once here, not with each search. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const KomekGazetteerName *na = a, *nb = b;

  return g_utf8_collate (komek_label_get (na->label, KOMEK_LANGUAGE_KAZAKH),
                         komek_label_get (nb->label, KOMEK_LANGUAGE_KAZAKH));
}

/**
 * komek_gazetteer_new_from_plan:
 * @city: (nullable): the city's own name
 *
 * Collects the names of the streets, districts, parks and waters of a plan.
 *
 * Returns: (transfer full): the gazetteer
 */
KomekGazetteer *
komek_gazetteer_new_from_plan (const KomekPlan *plan, KomekLabel *city)
{
  guint n_features;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n_features);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (KomekGazetteerName));
  g_autoptr (GHashTable) by_name =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < n_features; i++)
    if (is_named (&features[i]))
      add_feature (places, by_name, &features[i]);
  for (guint i = 0; i < places->len; i++)
    {
      KomekGazetteerName name = make_name (plan, &g_array_index (places, Place, i));

      g_array_append_val (names, name);
    }
  g_array_sort (names, compare_names);
  return komek_gazetteer_new ((const KomekGazetteerName *) names->data, names->len, city);
}
