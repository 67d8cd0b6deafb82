/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place.h"

#include <math.h>

#define EARTH_RADIUS 6371008.8 /* mean, metres */

/**
 * KomekPlace:
 *
 * Where something is wrong: a point on the map, an address in words, or both.
 *
 * Immutable and counted. The address is what the citizen or the city wrote,
 * in their language; the district is the code of the city's own list.
 */
struct _KomekPlace
{
  gatomicrefcount refs;
  double          latitude, longitude;
  char           *address;
  char           *district;
};

G_DEFINE_BOXED_TYPE (KomekPlace, komek_place, komek_place_ref, komek_place_unref)

/**
 * komek_place_new:
 * @latitude: degrees, WGS84; a value off the map makes a place without a point
 * @address: (nullable): the address in words
 * @district: (nullable): the district's code
 *
 * Returns: (transfer full): the place
 */
KomekPlace *
komek_place_new (double latitude, double longitude, const char *address, const char *district)
{
  KomekPlace *self = g_new (KomekPlace, 1);
  gboolean on_map = fabs (latitude) <= 90 && fabs (longitude) <= 180;

  *self = (KomekPlace) {
    .latitude = on_map ? latitude : NAN,
    .longitude = on_map ? longitude : NAN,
    .address = g_strdup (address ? address : ""),
    .district = g_strdup (district ? district : ""),
  };
  g_atomic_ref_count_init (&self->refs);
  return self;
}

/**
 * komek_place_new_address:
 *
 * Returns: (transfer full): a place that is known by its address alone
 */
KomekPlace *
komek_place_new_address (const char *address, const char *district)
{
  return komek_place_new (NAN, NAN, address, district);
}

KomekPlace *
komek_place_ref (KomekPlace *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_place_unref (KomekPlace *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->address);
  g_free (self->district);
  g_free (self);
}

gboolean
komek_place_has_point (const KomekPlace *self)
{
  return !isnan (self->latitude);
}

double
komek_place_get_latitude (const KomekPlace *self)
{
  return self->latitude;
}

double
komek_place_get_longitude (const KomekPlace *self)
{
  return self->longitude;
}

/* Never NULL; "" where there is none. */
const char *
komek_place_get_address (const KomekPlace *self)
{
  return self->address;
}

/* Never NULL; "" where there is none. */
const char *
komek_place_get_district (const KomekPlace *self)
{
  return self->district;
}

/**
 * komek_place_metres_between:
 *
 * The distance along the great circle, by the haversine formula.
 */
double
komek_place_metres_between (double latitude1, double longitude1, double latitude2,
                            double longitude2)
{
  const double to_radians = G_PI / 180;
  double dlat = (latitude2 - latitude1) * to_radians;
  double dlon = (longitude2 - longitude1) * to_radians;
  double h = sin (dlat / 2) * sin (dlat / 2)
             + cos (latitude1 * to_radians) * cos (latitude2 * to_radians) * sin (dlon / 2)
                   * sin (dlon / 2);

  return 2 * EARTH_RADIUS * asin (MIN (1, sqrt (h)));
}
