/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plate-room.h"

#include "komek-district-shape.h"
#include "komek-plan-names.h"

#include <math.h>

#define GAP 8.0   /* pixels between a plate and the edge, or what it keeps clear of */
#define N_LINES 16 /* over the view, on which a place is looked for where none is near */

/* Whatever moves a plate least puts it beside the edge of something, or leaves it in its line: so
 * those lines are tried first. Where the district is narrow, none of them may meet it. */

static gboolean
is_clear (const KomekPlateRoom *self, double wide, double high, double x, double y)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      const KomekMercatorBox *box = &g_array_index (self->marks, KomekPlanMark, i).box;

      if (x + wide > box->x0 && x - wide < box->x1 && y + high > box->y0 && y - high < box->y1)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_in_view (const KomekPlateRoom *self, double wide, double high, double x, double y)
{
  return x >= wide && y >= high && x <= self->wide - wide && y <= self->high - high;
}

static gboolean
is_in_district (const KomekPlateRoom *self, double x, double y)
{
  return komek_district_shape_holds (self->district, self->frame.box.x0 + x / self->frame.world,
                                     self->frame.box.y0 + y / self->frame.world);
}

/* Where the middle of a plate may be on one axis; @half is of the plate with its gap, @n_more how
 * many lines over the view there are beside those at the edges. */
static GArray *
list_lines (const KomekPlateRoom *self, gboolean upward, double half, double wanted, guint n_more)
{
  double length = upward ? self->high : self->wide;
  double lines[] = { CLAMP (wanted, half, MAX (half, length - half)), length / 2, half,
                     length - half };
  GArray *list = g_array_new (FALSE, FALSE, sizeof (double));

  g_array_append_vals (list, lines, G_N_ELEMENTS (lines));
  for (guint i = 0; i < self->marks->len; i++)
    {
      const KomekMercatorBox *box = &g_array_index (self->marks, KomekPlanMark, i).box;
      double beside[] = { (upward ? box->y0 : box->x0) - half,
                          (upward ? box->y1 : box->x1) + half };

      g_array_append_vals (list, beside, G_N_ELEMENTS (beside));
    }
  for (guint i = 0; i < n_more; i++)
    {
      double line = half + (length - 2 * half) * (i + 0.5) / n_more;

      g_array_append_val (list, line);
    }
  return list;
}

static gboolean
find_nearest (const KomekPlateRoom *self, double wide, double high, guint n_more, double *x,
              double *y)
{
  g_autoptr (GArray) columns = list_lines (self, FALSE, wide, *x, n_more);
  g_autoptr (GArray) rows = list_lines (self, TRUE, high, *y, n_more);
  double from_x = *x, from_y = *y, least = INFINITY;

  for (guint i = 0; i < columns->len; i++)
    for (guint j = 0; j < rows->len; j++)
      {
        double at_x = g_array_index (columns, double, i), at_y = g_array_index (rows, double, j);
        double way = hypot (at_x - from_x, at_y - from_y);

        if (way >= least || !is_in_view (self, wide, high, at_x, at_y)
            || !is_clear (self, wide, high, at_x, at_y) || !is_in_district (self, at_x, at_y))
          continue;
        least = way;
        *x = at_x;
        *y = at_y;
      }
  return isfinite (least);
}

static gboolean
meets_view (const KomekPlateRoom *self)
{
  const KomekMercatorBox *a = &self->district->box, *b = &self->frame.box;

  return a->x0 <= b->x1 && a->x1 >= b->x0 && a->y0 <= b->y1 && a->y1 >= b->y0;
}

/**
 * komek_plate_room_find:
 * @width: as @height of the plate
 * @x: (inout): as @y the middle of the plate, in pixels of the view: where it belongs, then the
 *   nearest place to that at which it lies whole in view, in its district and under nothing
 *
 * Where there is no such place a plate may be cut by the edge of the view, but lies under nothing.
 *
 * Returns: whether the plate has a place
 */
gboolean
komek_plate_room_find (const KomekPlateRoom *self, double width, double height, double *x,
                       double *y)
{
  double wide = width / 2 + GAP, high = height / 2 + GAP;
  gboolean clear = is_clear (self, wide, high, *x, *y);

  return (clear && is_in_view (self, wide, high, *x, *y))
         || (meets_view (self)
             && (find_nearest (self, wide, high, 0, x, y)
                 || find_nearest (self, wide, high, N_LINES, x, y)))
         || clear;
}
