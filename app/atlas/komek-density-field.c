/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-density-field.h"

#include <math.h>

#include "komek-atlas-private.h"

#define N_SAMPLES 1000
#define CROWDED 0.95     /* the share of the requests that lie less thick than the last step */
#define MOST_FACTOR 250  /* from the first step to the last */
#define LONE_SHARE 0.5   /* of the middle of a lone request: where it begins to show */
#define N_BLURS 3        /* three boxes are a bell for the eye */

/*
 * Densities between counts: how many requests there are for a square kilometre, each one spread
 * out like a bell (a kernel density). They are plain arrays, since they live as long as a tile is
 * painted.
 */

/* The widths of boxes that together spread as a bell does (Kovesi, Fast Almost-Gaussian
 * Filtering, 2010): some of them two cells wider than the others. */
static void
choose_boxes (double reach, guint radii[N_BLURS])
{
  guint narrow = (guint) sqrt (12 * reach * reach / N_BLURS + 1), n_narrow;

  narrow -= narrow % 2 == 0;
  n_narrow = (guint) MAX (0, lround ((12 * reach * reach - N_BLURS * narrow * narrow
                                      - 4.0 * N_BLURS * narrow - 3.0 * N_BLURS)
                                     / (-4.0 * narrow - 4)));
  for (guint i = 0; i < N_BLURS; i++)
    radii[i] = (i < n_narrow ? narrow : narrow + 2) / 2;
}

/* The mean over a box round each cell of a line; beyond its ends there is nothing. */
static void
blur_line (const float *from, float *to, guint n, guint stride, guint radius)
{
  float share = 1.0f / (2 * radius + 1);
  double sum = 0;

  for (guint i = 0; i < MIN (radius, n); i++)
    sum += from[i * stride];
  for (guint i = 0; i < n; i++)
    {
      if (i + radius < n)
        sum += from[(i + radius) * stride];
      if (i > radius)
        sum -= from[(i - radius - 1) * stride];
      to[i * stride] = MAX (0, (float) sum) * share;
    }
}

static void
blur (float **field, float **other, guint columns, guint rows, guint radius)
{
  for (guint row = 0; row < rows; row++)
    blur_line (*field + row * columns, *other + row * columns, columns, 1, radius);
  for (guint column = 0; column < columns; column++)
    blur_line (*other + column, *field + column, rows, columns, radius);
}

/**
 * komek_density_field_new:
 * @density: the counts, with a margin of three times @reach all round what is to be shown
 * @reach: the standard deviation of the bell, in cells, at least 1
 *
 * Spreads counts out.
 *
 * Returns: (transfer full): requests per square kilometre in each cell, row by row
 */
float *
komek_density_field_new (const KomekDensity *density, double reach)
{
  guint columns, rows, radii[N_BLURS];
  const guint32 *cells = komek_density_peek (density, &columns, &rows);
  float per_km2 = (float) (1e6 / komek_density_get_cell_metres (density));
  float *field = g_new (float, (gsize) columns * rows);
  g_autofree float *other = g_new (float, (gsize) columns * rows);

  for (guint i = 0; i < columns * rows; i++)
    field[i] = cells[i] * per_km2;
  choose_boxes (MAX (1, reach), radii);
  for (guint i = 0; i < N_BLURS; i++)
    blur (&field, &other, columns, rows, radii[i]);
  return field;
}

/* How many requests lie in the square of the Morton grid that a request lies in. */
static guint
count_neighbours (const KomekAtlas *atlas, guint index, guint depth)
{
  guint64 from = atlas->codes[index] >> (64 - 2 * depth) << (64 - 2 * depth);
  guint64 last = from | (G_MAXUINT64 >> 2 * depth);
  guint low = 0, high = index, end = atlas->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (atlas->codes[middle] < from)
        low = middle + 1;
      else
        high = middle;
    }
  for (high = index; high < end;)
    {
      guint middle = high + (end - high) / 2;

      if (atlas->codes[middle] <= last)
        high = middle + 1;
      else
        end = middle;
    }
  return end - low;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* How thick requests lie where it is thicker for only a twentieth of them. */
static double
find_crowded (const KomekAtlas *atlas, double metres, double reach)
{
  guint depth = CLAMP ((int) -log2 (2 * reach), 1, 31);
  double side = ldexp (metres, -(int) depth);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  guint n = MIN (N_SAMPLES, atlas->n);

  for (guint i = 0; i < n; i++)
    {
      guint index = (guint) ((guint64) atlas->n * i / n);
      double density = count_neighbours (atlas, index, depth) / (side * side) * 1e6;

      g_array_append_val (samples, density);
    }
  g_array_sort (samples, compare_doubles);
  return g_array_index (samples, double, (guint) (CROWDED * (n - 1)));
}

/* How wide the world would be on the ground where the requests lie, in metres. */
static double
measure_world (const KomekAtlas *atlas)
{
  guint64 code = atlas->n > 0 ? atlas->codes[atlas->n / 2] : G_MAXUINT64 >> 2;

  return komek_mercator_metres (komek_morton_gather (code >> 1) / 4294967296.0, 1);
}

/**
 * komek_density_field_choose_scale:
 * @reach: the standard deviation of the bell, in the unit of the Mercator square
 *
 * Chooses the steps for densities of all requests of an atlas, whatever part of it is in view, so
 * that a colour means the same while the map is moved.
 *
 * A lone request shows, unless the thickest are more than 250 times as thick.
 */
KomekMapScale
komek_density_field_choose_scale (const KomekAtlas *atlas, double reach)
{
  double metres = measure_world (atlas);
  double lone = 1e6 / (2 * G_PI * reach * reach * metres * metres);
  double crowded = atlas->n > 0 ? find_crowded (atlas, metres, reach) : lone;

  return komek_map_scale_by_factors (MAX (lone * LONE_SHARE, crowded / MOST_FACTOR), crowded);
}
