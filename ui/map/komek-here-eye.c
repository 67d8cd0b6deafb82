/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-here-eye.h"

#include <math.h>

/* (nullable) @here: there is no eye where nobody knows where this device stands. */
KomekHereEye
komek_here_eye_find (KomekPlace *here, const KomekMapSprites *sprites, const KomekMapFrame *frame)
{
  KomekHereEye eye = { 0 };
  double rise;

  if (!here)
    return eye;
  komek_map_frame_place (frame, komek_place_get_latitude (here), komek_place_get_longitude (here),
                         &eye.x, &eye.y);
  eye.radius = komek_map_sprites_measure_here (sprites, &rise);
  eye.y -= rise;
  return eye;
}

/**
 * komek_here_eye_keep_off:
 * @radius: of a cluster
 * @x: (inout): its middle
 * @y: (inout): likewise
 *
 * Moves a cluster that would hide the eye away from it, by no more than it has to. Its requests lie
 * all round the place where it stands, and a few pixels beside that is as true.
 */
void
komek_here_eye_keep_off (const KomekHereEye *self, double radius, double *x, double *y)
{
  double right = *x - self->x, down = *y - self->y, distance = hypot (right, down);
  double least = radius + self->radius;

  if (self->radius == 0 || distance >= least)
    return;
  if (distance == 0)
    down = distance = 1;
  *x = self->x + right * least / distance;
  *y = self->y + down * least / distance;
}
