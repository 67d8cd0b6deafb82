/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-free-room.h"

#include "komek-plan-names.h"

/* What of a map shows beside the buttons and cards that lie on it. */

/* The shorter side: the circle that has room. */
static double
measure (const KomekMercatorBox *box)
{
  return MIN (box->x1 - box->x0, box->y1 - box->y0);
}

static gboolean
is_better (const KomekMercatorBox *box, const KomekMercatorBox *best)
{
  double side = measure (box), least = measure (best);

  return side > least || (side == least && (box->x1 - box->x0) * (box->y1 - box->y0)
                                             > (best->x1 - best->x0) * (best->y1 - best->y0));
}

static gboolean
is_free (const KomekMercatorBox *box, const GArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const KomekMercatorBox *mark = &g_array_index (marks, KomekPlanMark, i).box;

      if (mark->x0 < box->x1 && mark->x1 > box->x0 && mark->y0 < box->y1 && mark->y1 > box->y0)
        return FALSE;
    }
  return TRUE;
}

/* The largest room has a mark or the edge of the map on each of its sides. */
static GArray *
list_edges (const GArray *marks, double length, gboolean upward)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (double));
  double zero = 0;

  g_array_append_val (edges, zero);
  g_array_append_val (edges, length);
  for (guint i = 0; i < marks->len; i++)
    {
      const KomekMercatorBox *mark = &g_array_index (marks, KomekPlanMark, i).box;
      double first = CLAMP (upward ? mark->y0 : mark->x0, 0, length);
      double last = CLAMP (upward ? mark->y1 : mark->x1, 0, length);

      g_array_append_val (edges, first);
      g_array_append_val (edges, last);
    }
  return edges;
}

/* Between two edges of the one kind, the best of all pairs of the other. */
static void
try_rows (KomekMercatorBox box, const GArray *marks, const GArray *rows, KomekMercatorBox *best)
{
  for (guint i = 0; i < rows->len; i++)
    for (guint j = 0; j < rows->len; j++)
      {
        box.y0 = g_array_index (rows, double, i);
        box.y1 = g_array_index (rows, double, j);
        if (box.y0 < box.y1 && is_better (&box, best) && is_free (&box, marks))
          *best = box;
      }
}

/**
 * komek_free_room_find:
 * @width: of the map, in pixels
 * @height: likewise
 * @marks: (element-type KomekPlanMark): what lies on it, a handful of boxes
 *
 * Returns: the box of the map in which the largest circle has room beside all of them, the larger
 *   one of two that are as good; empty where nothing is free
 */
KomekMercatorBox
komek_free_room_find (double width, double height, const GArray *marks)
{
  g_autoptr (GArray) columns = list_edges (marks, width, FALSE);
  g_autoptr (GArray) rows = list_edges (marks, height, TRUE);
  KomekMercatorBox best = { 0 };

  for (guint i = 0; i < columns->len; i++)
    for (guint j = 0; j < columns->len; j++)
      {
        KomekMercatorBox box = { .x0 = g_array_index (columns, double, i),
                                 .x1 = g_array_index (columns, double, j) };

        if (box.x0 < box.x1)
          try_rows (box, marks, rows, &best);
      }
  return best;
}
