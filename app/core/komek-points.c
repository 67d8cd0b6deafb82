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
  gatomicrefcount   refs;
  const KomekPoint *points;
  guint             n;
  GArray           *array; /* what they lie in, or */
  GBytes           *bytes; /* this */
  char            **services;
  char            **districts;
  char             *stamp;
};

G_DEFINE_BOXED_TYPE (KomekPoints, komek_points, komek_points_ref, komek_points_unref)

static KomekPoints *
create (const KomekPoint *points, guint n, const char *const *services,
        const char *const *districts)
{
  KomekPoints *self = g_new0 (KomekPoints, 1);

  g_atomic_ref_count_init (&self->refs);
  self->points = points;
  self->n = n;
  self->services = g_strdupv ((char **) services);
  self->districts = g_strdupv ((char **) districts);
  return self;
}

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
  KomekPoints *self;

  g_return_val_if_fail (g_array_get_element_size (points) == sizeof (KomekPoint), NULL);

  self = create ((const KomekPoint *) points->data, points->len, services, districts);
  self->array = points;
  return self;
}

/**
 * komek_points_new_from_bytes:
 * @bytes: what @points lie in, such as a file in memory; it is held on to
 * @points: (array length=n): newest first
 *
 * Returns: (transfer full): the points, which are not copied
 */
KomekPoints *
komek_points_new_from_bytes (GBytes *bytes, const KomekPoint *points, guint n,
                             const char *const *services, const char *const *districts)
{
  KomekPoints *self = create (points, n, services, districts);

  self->bytes = g_bytes_ref (bytes);
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

  g_clear_pointer (&self->array, g_array_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_strfreev (self->services);
  g_strfreev (self->districts);
  g_free (self->stamp);
  g_free (self);
}

/**
 * komek_points_set_stamp:
 *
 * Says which state of the mirror they are; for whoever has just made them, before anybody else
 * holds them.
 */
void
komek_points_set_stamp (KomekPoints *self, const char *stamp)
{
  g_free (self->stamp);
  self->stamp = g_strdup (stamp);
}

/**
 * komek_points_get_stamp:
 *
 * Returns: (nullable): what komek_feed_points_stamp_async() answers for as long as the feed has
 *   these points; %NULL where nobody has said
 */
const char *
komek_points_get_stamp (const KomekPoints *self)
{
  return self->stamp;
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
  *n_points = self->n;
  return self->points;
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
