/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-points.h"

/**
 * KomekPoints:
 *
 * All requests of the mirror as the map needs them, newest first, in one piece of memory.
 *
 * Immutable and counted, so that filters and indexes may read it in any thread.
 */
struct _KomekPoints
{
  gatomicrefcount refs;
  GArray         *points;
  char          **services;
  char          **districts;
};

G_DEFINE_BOXED_TYPE (KomekPoints, komek_points, komek_points_ref, komek_points_unref)

/**
 * komek_points_new:
 * @points: (transfer full) (element-type KomekPoint): newest first; nobody writes to it any more
 * @services: the codes that #KomekPoint.service counts through
 * @districts: the codes that #KomekPoint.district counts through
 *
 * Returns: (transfer full): the points
 */
KomekPoints *
komek_points_new (GArray *points, const char *const *services, const char *const *districts)
{
  KomekPoints *self = g_new (KomekPoints, 1);

  g_return_val_if_fail (g_array_get_element_size (points) == sizeof (KomekPoint), NULL);

  g_atomic_ref_count_init (&self->refs);
  self->points = points;
  self->services = g_strdupv ((char **) services);
  self->districts = g_strdupv ((char **) districts);
  return self;
}

KomekPoints *
komek_points_ref (KomekPoints *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_points_unref (KomekPoints *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->points);
  g_strfreev (self->services);
  g_strfreev (self->districts);
  g_free (self);
}

/**
 * komek_points_peek:
 * @n_points: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_points): the points, newest first
 */
const KomekPoint *
komek_points_peek (const KomekPoints *self, guint *n_points)
{
  *n_points = self->points->len;
  return (const KomekPoint *) self->points->data;
}

const char *const *
komek_points_get_services (const KomekPoints *self)
{
  return (const char *const *) self->services;
}

const char *const *
komek_points_get_districts (const KomekPoints *self)
{
  return (const char *const *) self->districts;
}
