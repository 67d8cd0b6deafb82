/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-district-shape.h"

/* Where on the Mercator square a district lies. */

/**
 * komek_district_shape_holds:
 * @x: as @y on the Mercator square
 *
 * Returns: whether an odd number of the rings of a district lies round a point
 */
gboolean
komek_district_shape_holds (const KomekPlanFeature *feature, double x, double y)
{
  gboolean inside = FALSE;

  for (guint i = 0; i < feature->n_lines; i++)
    for (guint j = 1; j < feature->lines[i].n_vertices; j++)
      {
        const KomekPlanVertex *v = &feature->lines[i].vertices[j];

        if ((v[0].y > y) != (v[-1].y > y)
            && x < v[0].x + (y - v[0].y) / (v[-1].y - v[0].y) * (v[-1].x - v[0].x))
          inside = !inside;
      }
  return inside;
}

/**
 * komek_district_shape_find_inside:
 * @x: (out): as @y on the Mercator square
 *
 * Finds a point for what is written of a district: the middle of the widest run inside, half way up.
 */
void
komek_district_shape_find_inside (const KomekPlanFeature *feature, double *x, double *y)
{
  double step = (feature->box.x1 - feature->box.x0) / 64, run = 0, best = 0;

  *x = (feature->box.x0 + feature->box.x1) / 2;
  *y = (feature->box.y0 + feature->box.y1) / 2;
  for (double at = feature->box.x0 + step / 2; at < feature->box.x1; at += step)
    {
      run = komek_district_shape_holds (feature, at, *y) ? run + step : 0;
      if (run <= best)
        continue;
      best = run;
      *x = at - run / 2;
    }
}
