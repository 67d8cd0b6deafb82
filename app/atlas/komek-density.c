/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-density.h"

#include "komek-atlas-private.h"

#define MOST_CELLS (1u << 22)

/**
 * KomekDensity:
 *
 * How many requests lie in each cell of a grid over a part of the map.
 *
 * The cells are equal on the map and so, within a city, nearly equal on the
 * ground. Immutable and counted.
 */
struct _KomekDensity
{
  gatomicrefcount  refs;
  KomekMercatorBox box;
  guint            columns, rows;
  guint32         *cells; /* row by row, the northern first */
  guint            total, most;
};

G_DEFINE_BOXED_TYPE (KomekDensity, komek_density, komek_density_ref, komek_density_unref)

/* How far a code lies behind the beginning of the grid; all in units of 2^-32 of the world. */
typedef struct
{
  double x0, y0, x1, y1;
  double columns_per_unit, rows_per_unit;
} Scale;

static Scale
make_scale (const KomekDensity *self)
{
  Scale scale = {
    self->box.x0 * 4294967296.0, self->box.y0 * 4294967296.0, self->box.x1 * 4294967296.0,
    self->box.y1 * 4294967296.0,
  };

  scale.columns_per_unit = self->columns / (scale.x1 - scale.x0);
  scale.rows_per_unit = self->rows / (scale.y1 - scale.y0);
  return scale;
}

static void
count (KomekDensity *self, const Scale *scale, guint64 code)
{
  double x = komek_morton_gather (code), y = komek_morton_gather (code >> 1);
  guint column, row;

  if (x < scale->x0 || x > scale->x1 || y < scale->y0 || y > scale->y1)
    return;

  /* The eastern and the southern edge belong to it. */
  column = MIN ((guint) ((x - scale->x0) * scale->columns_per_unit), self->columns - 1);
  row = MIN ((guint) ((y - scale->y0) * scale->rows_per_unit), self->rows - 1);
  self->cells[row * self->columns + column]++;
  self->total++;
}

static void
fill (KomekDensity *self, const KomekAtlas *atlas)
{
  g_autoptr (GArray) ranges = komek_atlas_collect (atlas, &self->box, 0);
  Scale scale = make_scale (self);

  for (guint i = 0; i < ranges->len; i++)
    {
      const KomekAtlasRange *range = &g_array_index (ranges, KomekAtlasRange, i);

      for (guint j = range->first; j < range->end; j++)
        count (self, &scale, atlas->codes[j]);
    }
  for (guint i = 0; i < self->columns * self->rows; i++)
    self->most = MAX (self->most, self->cells[i]);
}

/**
 * komek_density_new:
 * @box: the part of the map, with an area
 * @columns: how many cells it has from west to east, at least 1
 * @rows: how many from north to south; both together at most 4 million cells
 *
 * Returns: (transfer full): the counts
 */
KomekDensity *
komek_density_new (const KomekAtlas *atlas, const KomekMercatorBox *box, guint columns, guint rows)
{
  KomekDensity *self;

  g_return_val_if_fail (box->x0 < box->x1 && box->y0 < box->y1, NULL);
  g_return_val_if_fail (columns > 0 && rows > 0 && (guint64) columns * rows <= MOST_CELLS, NULL);

  self = g_new0 (KomekDensity, 1);
  g_atomic_ref_count_init (&self->refs);
  self->box = *box;
  self->columns = columns;
  self->rows = rows;
  self->cells = g_new0 (guint32, columns * rows);
  fill (self, atlas);
  return self;
}

KomekDensity *
komek_density_ref (KomekDensity *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_density_unref (KomekDensity *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->cells);
  g_free (self);
}

const KomekMercatorBox *
komek_density_get_box (const KomekDensity *self)
{
  return &self->box;
}

/**
 * komek_density_peek:
 * @columns: (out): how many cells a row has
 * @rows: (out): how many rows there are
 *
 * Returns: (transfer none): how many requests lie in each cell, row by row, the northern first
 */
const guint32 *
komek_density_peek (const KomekDensity *self, guint *columns, guint *rows)
{
  *columns = self->columns;
  *rows = self->rows;
  return self->cells;
}

/* How many lie in all cells together. */
guint
komek_density_get_total (const KomekDensity *self)
{
  return self->total;
}

/* How many lie in the fullest cell. */
guint
komek_density_get_most (const KomekDensity *self)
{
  return self->most;
}

/**
 * komek_density_get_cell_metres:
 *
 * Returns: how many square metres of ground a cell in the middle of the grid covers
 */
double
komek_density_get_cell_metres (const KomekDensity *self)
{
  double y = (self->box.y0 + self->box.y1) / 2;

  return komek_mercator_metres (y, (self->box.x1 - self->box.x0) / self->columns)
         * komek_mercator_metres (y, (self->box.y1 - self->box.y0) / self->rows);
}
