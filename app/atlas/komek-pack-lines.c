/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pack-lines.h"

#define MOST_CORNERS 500000 /* 8 MB; Astana's streets have 50,000 */

typedef struct
{
  guint street, first, n;
} Line;

/**
 * KomekPackLines:
 *
 * Where the streets of a pack lead, in the pieces that its tiles cut them into.
 */
struct _KomekPackLines
{
  GArray *lines;   /* of Line */
  GArray *corners; /* of KomekMercatorPoint */
};

KomekPackLines *
komek_pack_lines_new (void)
{
  KomekPackLines *self = g_new (KomekPackLines, 1);

  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->corners = g_array_new (FALSE, FALSE, sizeof (KomekMercatorPoint));
  return self;
}

void
komek_pack_lines_free (KomekPackLines *self)
{
  g_array_unref (self->lines);
  g_array_unref (self->corners);
  g_free (self);
}

/**
 * komek_pack_lines_add:
 * @street: the position of its street in the places
 *
 * Adds a piece of a street, of two corners at least, while there is room.
 */
void
komek_pack_lines_add (KomekPackLines *self, guint street, const KomekMercatorPoint *corners,
                      guint n_corners)
{
  Line line = { street, self->corners->len, n_corners };

  if (n_corners < 2 || n_corners > MOST_CORNERS - self->corners->len)
    return;
  g_array_append_vals (self->corners, corners, n_corners);
  g_array_append_val (self->lines, line);
}

guint
komek_pack_lines_get_n (const KomekPackLines *self)
{
  return self->lines->len;
}

/**
 * komek_pack_lines_get:
 * @street: (out): the position of its street in the places
 * @n_corners: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_corners): the corners of a piece
 */
const KomekMercatorPoint *
komek_pack_lines_get (const KomekPackLines *self, guint position, guint *street, guint *n_corners)
{
  const Line *line = &g_array_index (self->lines, Line, position);

  *street = line->street;
  *n_corners = line->n;
  return &g_array_index (self->corners, KomekMercatorPoint, line->first);
}
