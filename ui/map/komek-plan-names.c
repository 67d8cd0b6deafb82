/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-names.h"

#include "komek-plan-places.h"

#include <math.h>

#define APART 150.0  /* pixels between the middles of any two names */
#define REPEAT 630.0 /* pixels between the middles of one name and the same again */
#define MARGIN 5.0   /* pixels round a name that nothing else may touch */

/* A turned rectangle: its middle, and half of its sides. */
typedef struct
{
  double x, y, wide, high, angle;
} Slab;

/* The squares of the map in which names already stand: only neighbours can be in the way. */
typedef struct
{
  const KomekPlanRoom *room;
  GArray              *chosen;  /* of KomekPlanName */
  GHashTable          *squares; /* → GArray of guint, places in chosen */
  double               side;
  double               emphasis;
} Board;

static Slab
measure_name (const KomekPlanName *name)
{
  return (Slab) { name->x, name->y, name->word->width / 2, name->word->height, name->angle };
}

static Slab
measure_mark (const KomekPlanMark *mark)
{
  const KomekMercatorBox *box = &mark->box;

  return (Slab) { (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2, (box->x1 - box->x0) / 2,
                  (box->y1 - box->y0) / 2, 0 };
}

/* How far it reaches along an axis. */
static double
reach (const Slab *slab, double margin, double ux, double uy)
{
  double along = fabs (cos (slab->angle) * ux + sin (slab->angle) * uy);
  double across = fabs (-sin (slab->angle) * ux + cos (slab->angle) * uy);

  return (slab->wide + margin) * along + (slab->high + margin) * across;
}

/* Two turned rectangles are apart where one of their four sides tells them apart. */
static gboolean
slabs_touch (const Slab *a, const Slab *b, double margin)
{
  double angles[] = { a->angle, a->angle + G_PI_2, b->angle, b->angle + G_PI_2 };
  double farthest = a->wide + a->high + b->wide + b->high + 4 * margin;

  if (fabs (b->x - a->x) > farthest || fabs (b->y - a->y) > farthest)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (angles); i++)
    {
      double ux = cos (angles[i]), uy = sin (angles[i]);
      double between = fabs ((b->x - a->x) * ux + (b->y - a->y) * uy);

      if (between > reach (a, margin, ux, uy) + reach (b, margin, ux, uy))
        return FALSE;
    }
  return TRUE;
}

/* A circle is as far from a turned rectangle as its middle is. */
static gboolean
is_under (const Slab *name, const KomekPlanMark *mark, double margin)
{
  Slab slab = measure_mark (mark);
  double dx = slab.x - name->x, dy = slab.y - name->y;
  double along = fabs (dx * cos (name->angle) + dy * sin (name->angle)) - name->wide;
  double across = fabs (dy * cos (name->angle) - dx * sin (name->angle)) - name->high;

  if (mark->round)
    return hypot (MAX (0, along), MAX (0, across)) < slab.wide + margin;
  return slabs_touch (name, &slab, margin);
}

static gpointer
square_at (const Board *board, double x, double y, int dx, int dy)
{
  guint64 column = (guint64) ((gint64) floor (x / board->side) + dx);
  guint64 row = (guint64) ((gint64) floor (y / board->side) + dy);

  return GSIZE_TO_POINTER (column << 32 | (row & G_MAXUINT32));
}

static gboolean
is_in_the_way (const Board *board, const KomekPlanName *name, const KomekPlanName *other)
{
  double distance = hypot (name->x - other->x, name->y - other->y);
  Slab a = measure_name (name), b = measure_name (other);

  /* There are but a few districts, and each wants to be named. */
  gboolean districts = name->kind == KOMEK_PLAN_DISTRICT && other->kind == name->kind;

  if (name->feature == other->feature)
    return distance < REPEAT * board->emphasis;
  return (distance < APART * board->emphasis && !districts)
         || slabs_touch (&a, &b, MARGIN * board->emphasis);
}

/* Whether no other name is in the way. */
static gboolean
is_free (const Board *board, const KomekPlanName *name)
{
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      {
        GArray *square =
          g_hash_table_lookup (board->squares, square_at (board, name->x, name->y, dx, dy));

        for (guint i = 0; square && i < square->len; i++)
          if (is_in_the_way (board, name,
                             &g_array_index (board->chosen, KomekPlanName,
                                             g_array_index (square, guint, i))))
            return FALSE;
      }

  return TRUE;
}

/* Whether no mark lies on it. */
static gboolean
is_clear (const Board *board, const KomekPlanName *name)
{
  const GArray *marks = board->room->marks;
  Slab slab = measure_name (name);

  for (guint i = 0; marks && i < marks->len; i++)
    if (is_under (&slab, &g_array_index (marks, KomekPlanMark, i), MARGIN / 2 * board->emphasis))
      return FALSE;
  return TRUE;
}

/* Whether all of it is where it may be: within the view, or outside. */
static gboolean
is_on_side (const Board *board, const KomekPlanName *name, gboolean within)
{
  const KomekMercatorBox *view = &board->room->view, *region = &board->room->region;
  Slab slab = measure_name (name);
  double wide = reach (&slab, MARGIN, 1, 0), high = reach (&slab, MARGIN, 0, 1);

  if (name->x < region->x0 || name->x > region->x1 || name->y < region->y0
      || name->y > region->y1)
    return FALSE;
  if (!(view->x0 < view->x1))
    return within;
  if (within)
    return name->x - wide >= view->x0 && name->x + wide <= view->x1 && name->y - high >= view->y0
           && name->y + high <= view->y1;
  return name->x + wide < view->x0 || name->x - wide > view->x1 || name->y + high < view->y0
         || name->y - high > view->y1;
}

static void
put (Board *board, const KomekPlanName *name)
{
  gpointer key = square_at (board, name->x, name->y, 0, 0);
  GArray *square = g_hash_table_lookup (board->squares, key);
  guint index = board->chosen->len;

  if (!square)
    {
      square = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (board->squares, key, square);
    }
  g_array_append_val (square, index);
  g_array_append_vals (board->chosen, name, 1);
}

/* Answers whether it could be put there. */
static gboolean
try (Board *board, const KomekPlanName *name, gboolean within)
{
  if (!is_on_side (board, name, within) || !is_free (board, name) || !is_clear (board, name))
    return FALSE;
  put (board, name);
  return TRUE;
}

/* What stands stays; what else there is takes the room that is left, and gives way where it can. */
static void
choose (Board *board, const GArray *places, gboolean within)
{
  const GArray *keep = board->room->keep;

  for (guint i = 0; keep && i < keep->len; i++)
    try (board, &g_array_index (keep, KomekPlanName, i), within);
  for (guint i = 0; i < places->len; i++)
    {
      const KomekPlanPlace *place = &g_array_index (places, KomekPlanPlace, i);
      KomekPlanName name;

      for (guint step = 0; komek_plan_place_slide (place, step, board->emphasis, &name); step++)
        if (try (board, &name, within))
          break;
    }
}

/**
 * komek_plan_names_place:
 * @emphasis: how much larger than usual everything is
 *
 * Finds a place for as many names as can be read calmly: apart from each other, clear of the marks,
 * and none half in view. Names in view come first.
 *
 * Returns: (transfer full) (element-type KomekPlanName): the names; their words live as long as
 *   @lettering
 */
GArray *
komek_plan_names_place (KomekPlan *plan, KomekPlanLettering *lettering, const KomekPlanRoom *room,
                        double emphasis)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (KomekPlanName));
  g_autoptr (GArray) places =
    komek_plan_places_list (plan, lettering, room->zoom, &room->region, emphasis);
  g_autoptr (GHashTable) squares =
    g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  Board board = { room, names, squares, REPEAT * emphasis, emphasis };

  choose (&board, places, TRUE);
  if (room->view.x0 < room->view.x1)
    choose (&board, places, FALSE);
  return names;
}
