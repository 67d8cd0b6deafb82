/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-scale.h"

#include <math.h>

#define LEAST_FACTOR 1.5 /* from one bound to the next; nearer ones cannot both be round */

static const double digits[] = { 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 };

/* The greatest round number that is not above @value, or the smallest that is not below it. */
static double
round_to (double value, gboolean up)
{
  double power = pow (10, floor (log10 (value))), least = 1e-9 * value, best = digits[0];

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      if (up && digits[i] * power >= value - least)
        return digits[i] * power;
      if (digits[i] * power <= value + least)
        best = digits[i];
    }
  return best * power;
}

/**
 * komek_map_scale_by_factors:
 * @low: what is just worth showing, above 0
 * @high: what shall show as the most
 *
 * Chooses steps of which each is so many times the one before it.
 *
 * Quantities that crowd, as requests in a city do, differ by factors.
 */
KomekMapScale
komek_map_scale_by_factors (double low, double high)
{
  KomekMapScale self = { { 0 } };
  double factor, bound = round_to (low, FALSE);

  g_return_val_if_fail (low > 0, self);

  factor = MAX (LEAST_FACTOR, pow (high / bound, 1.0 / (KOMEK_MAP_STEPS - 1)));
  for (guint i = 0; i < KOMEK_MAP_STEPS; i++, bound *= factor)
    {
      self.bounds[i] = round_to (bound, FALSE);
      if (i > 0 && self.bounds[i] <= self.bounds[i - 1])
        self.bounds[i] = round_to (self.bounds[i - 1] * 1.01, TRUE);
    }
  return self;
}

/**
 * komek_map_scale_by_steps:
 * @low: the least that occurs
 * @high: the most that occurs
 *
 * Chooses steps that are equally far from each other, the first at or below @low.
 */
KomekMapScale
komek_map_scale_by_steps (double low, double high)
{
  KomekMapScale self;
  double step = round_to (MAX (high - low, MAX (high / 10, 1e-3)) / KOMEK_MAP_STEPS, TRUE);
  double bound = floor (low / step + 1e-9) * step;

  for (guint i = 0; i < KOMEK_MAP_STEPS; i++)
    self.bounds[i] = bound + i * step;
  return self;
}

/**
 * komek_map_scale_find_step:
 *
 * Returns: in which step @value lies, from 1; 0 below the first and where it is no number
 */
guint
komek_map_scale_find_step (const KomekMapScale *self, double value)
{
  guint step = 0;

  while (step < KOMEK_MAP_STEPS && value >= self->bounds[step])
    step++;
  return step;
}
