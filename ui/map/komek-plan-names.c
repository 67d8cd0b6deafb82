/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-names.h"

#include <math.h>

#define APART 150.0       /* pixels between the middles of any two names */
#define REPEAT 700.0      /* pixels between the middles of one name and the same again */
#define MARGIN 5.0        /* pixels round a name that no other may touch */
#define BEND 3.0          /* pixels by which a street may leave the straight below its name */
#define OVERHANG 0.8      /* a run must hold this share of the name */
#define LONGEST_RUN 128   /* vertices: a look at each pair of more would take too long */
#define LAST_DISTRICTS 13 /* zoom; closer in, a district fills the view */

/* The first zoom at which each kind has names; streets from 13.9 on, and tiles are whole zooms. */
static const guint first_zoom[KOMEK_N_PLAN_KINDS] = {
  [KOMEK_PLAN_PARK] = 14,     [KOMEK_PLAN_WATER] = 14,  [KOMEK_PLAN_RIVER] = 12,
  [KOMEK_PLAN_BUILDING] = 99, [KOMEK_PLAN_RAIL] = 99,
  [KOMEK_PLAN_DISTRICT] = 10, [KOMEK_PLAN_LANE] = 16,
  [KOMEK_PLAN_STREET] = 14,   [KOMEK_PLAN_AVENUE] = 12,
};

/* Somewhere a name could stand; the longer the run, the sooner it is chosen. */
typedef struct
{
  KomekPlanName name;
  guint         feature;
  double        run;
} Place;

typedef struct
{
  KomekPlan          *plan;
  KomekPlanLettering *lettering;
  double              world, emphasis;
  GArray             *places; /* of Place */
} Survey;

static void
add_place (Survey *survey, const KomekPlanFeature *feature, guint index, double x, double y,
           double angle, double run)
{
  Place place = { .name = { .word = komek_plan_lettering_get (survey->lettering, index),
                            .kind = feature->kind,
                            .x = x,
                            .y = y,
                            .angle = angle },
                  .feature = index,
                  .run = run };

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
  double angle = dx < 0 ? atan2 (-dy, -dx) : atan2 (dy, dx);

  if (!word || length < word->width * OVERHANG)
    return;

  for (guint i = 0; i < n; i++)
    add_place (survey, feature, index, a->x * survey->world + dx * (i + 0.5) / n,
               a->y * survey->world + dy * (i + 0.5) / n, angle, length);
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
    add_place (survey, feature, index, best_x * survey->world, best_y * survey->world, 0,
               sqrt (best) * survey->world);
}

static void
list_places (Survey *survey, guint zoom)
{
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (survey->plan, &n);

  for (guint i = 0; i < n; i++)
    {
      const KomekPlanFeature *feature = &features[i];

      if (zoom < first_zoom[feature->kind] || !komek_plan_lettering_get (survey->lettering, i)
          || (feature->kind == KOMEK_PLAN_DISTRICT && zoom > LAST_DISTRICTS))
        continue;
      if (feature->area)
        take_area (survey, feature, i);
      for (guint j = 0; !feature->area && j < feature->n_lines; j++)
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
  const Place *pa = a, *pb = b;

  if (pa->name.kind != pb->name.kind)
    return rank (pa->name.kind) < rank (pb->name.kind) ? -1 : 1;
  if (pa->run != pb->run)
    return pa->run > pb->run ? -1 : 1;
  if (pa->feature != pb->feature)
    return pa->feature < pb->feature ? -1 : 1;
  return (pa->name.x > pb->name.x) - (pa->name.x < pb->name.x);
}

/* Half of how far a turned rectangle reaches along an axis. */
static double
reach (const KomekPlanName *name, double margin, double ux, double uy)
{
  double along = fabs (cos (name->angle) * ux + sin (name->angle) * uy);
  double across = fabs (-sin (name->angle) * ux + cos (name->angle) * uy);

  return (name->word->width / 2 + margin) * along + (name->word->height + margin) * across;
}

/* Two turned rectangles are apart where one of their four sides tells them apart. */
static gboolean
names_touch (const KomekPlanName *a, const KomekPlanName *b, double margin)
{
  double angles[] = { a->angle, a->angle + G_PI_2, b->angle, b->angle + G_PI_2 };

  for (guint i = 0; i < G_N_ELEMENTS (angles); i++)
    {
      double ux = cos (angles[i]), uy = sin (angles[i]);
      double between = fabs ((b->x - a->x) * ux + (b->y - a->y) * uy);

      if (between > reach (a, margin, ux, uy) + reach (b, margin, ux, uy))
        return FALSE;
    }
  return TRUE;
}

/* The squares of the map in which names already stand: only neighbours can be in the way. */
typedef struct
{
  GArray     *chosen;  /* of Place */
  GHashTable *squares; /* → GArray of guint, places in chosen */
  double      side;
  double      emphasis;
} Board;

static gpointer
square_at (const Board *board, double x, double y, int dx, int dy)
{
  guint64 column = (guint64) ((gint64) floor (x / board->side) + dx);
  guint64 row = (guint64) ((gint64) floor (y / board->side) + dy);

  return GSIZE_TO_POINTER (column << 32 | (row & G_MAXUINT32));
}

static gboolean
is_in_the_way (const Board *board, const Place *place, const Place *other)
{
  double distance = hypot (place->name.x - other->name.x, place->name.y - other->name.y);

  /* There are but a few districts, and each wants to be named. */
  gboolean districts =
    place->name.kind == KOMEK_PLAN_DISTRICT && other->name.kind == place->name.kind;

  if (place->feature == other->feature)
    return distance < REPEAT * board->emphasis * 0.9;
  return (distance < APART * board->emphasis && !districts)
         || names_touch (&place->name, &other->name, MARGIN * board->emphasis);
}

static gboolean
is_free (const Board *board, const Place *place)
{
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      {
        GArray *square = g_hash_table_lookup (board->squares, square_at (board, place->name.x,
                                                                         place->name.y, dx, dy));

        for (guint i = 0; square && i < square->len; i++)
          if (is_in_the_way (board, place,
                             &g_array_index (board->chosen, Place,
                                             g_array_index (square, guint, i))))
            return FALSE;
      }

  return TRUE;
}

static void
put (Board *board, const Place *place)
{
  gpointer key = square_at (board, place->name.x, place->name.y, 0, 0);
  GArray *square = g_hash_table_lookup (board->squares, key);
  guint index = board->chosen->len;

  if (!square)
    {
      square = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (board->squares, key, square);
    }
  g_array_append_val (square, index);
  g_array_append_vals (board->chosen, place, 1);
}

/**
 * komek_plan_names_place:
 * @world: how many pixels wide the whole world is
 * @emphasis: how much larger than usual everything is
 *
 * Finds a place for as many names as can be read calmly. The whole city is
 * decided upon at once, so that two tiles never disagree about a name that
 * lies on both.
 *
 * Returns: (transfer full) (element-type KomekPlanName): the names; their words live as long as
 *   @lettering
 */
GArray *
komek_plan_names_place (KomekPlan *plan, KomekPlanLettering *lettering, guint zoom, double world,
                        double emphasis)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (KomekPlanName));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GHashTable) squares =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  Survey survey = { plan, lettering, world, emphasis, places };
  Board board = { chosen, squares, REPEAT * emphasis, emphasis };

  list_places (&survey, zoom);
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    if (is_free (&board, &g_array_index (places, Place, i)))
      put (&board, &g_array_index (places, Place, i));

  for (guint i = 0; i < chosen->len; i++)
    g_array_append_val (names, g_array_index (chosen, Place, i).name);
  return names;
}
