/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-houses.h"

#include <string.h>

#define LANDMARK " · " /* stands between the address of a filing and its landmark */

/* A house, and where those who have named it say that it is.
 * @guess: 0, or how many metres away the street is where nobody says that it is this one */
typedef struct
{
  const KomekGazetteerName *street;
  char                     *number;
  double                    latitude, longitude;
  double                    guess;
} House;

/**
 * KomekHouses:
 *
 * The houses that the addresses of requests tell of, or a map pack. No plan has their numbers, but
 * people write them down by the thousand.
 */
struct _KomekHouses
{
  KomekGazetteer *gazetteer;
  GArray         *houses;
};

static void
clear_house (House *house)
{
  g_free (house->number);
}

KomekHouses *
komek_houses_new (KomekGazetteer *gazetteer)
{
  KomekHouses *self = g_new (KomekHouses, 1);

  self->gazetteer = komek_gazetteer_ref (gazetteer);
  self->houses = g_array_new (FALSE, FALSE, sizeof (House));
  g_array_set_clear_func (self->houses, (GDestroyNotify) clear_house);
  return self;
}

void
komek_houses_free (KomekHouses *self)
{
  g_array_unref (self->houses);
  komek_gazetteer_unref (self->gazetteer);
  g_free (self);
}

/**
 * komek_houses_add:
 * @place: of a request
 *
 * Learns of a house, where the place has a point and an address on a street that the gazetteer
 * knows.
 */
void
komek_houses_add (KomekHouses *self, KomekPlace *place)
{
  g_auto (GStrv) parts = g_strsplit (komek_place_get_address (place), LANDMARK, 2);
  g_autoptr (KomekAddress) address = komek_address_parse (parts[0] ? parts[0] : "");
  House house = { .latitude = komek_place_get_latitude (place),
                  .longitude = komek_place_get_longitude (place) };

  if (!address->house || !komek_place_has_point (place))
    return;
  house.street = komek_gazetteer_look_up (self->gazetteer, address);
  if (!house.street)
    return;
  house.number = g_strdup (address->house);
  g_array_append_val (self->houses, house);
}

/**
 * komek_houses_add_known:
 * @street: one of the gazetteer's
 * @house: as a map knows it, and that the street is near it
 *
 * Learns of a house that a map knows.
 */
void
komek_houses_add_known (KomekHouses *self, const KomekGazetteerName *street,
                        const KomekPackHouse *known)
{
  House house = { street, komek_address_dup_house (known->number), known->latitude,
                  known->longitude, known->likely ? 0 : known->metres };

  if (house.number)
    g_array_append_val (self->houses, house);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double da = *(const double *) a, db = *(const double *) b;

  return (da > db) - (da < db);
}

static double
find_median (GArray *values)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, values->len / 2);
}

static gboolean
is_asked_for (const House *house, const KomekGazetteerName *street, const char *number)
{
  return house->street == street && strcmp (house->number, number) == 0;
}

/* Of those that may as well stand on another street the one that is nearest to this. */
static const House *
guess (const KomekHouses *self, const KomekGazetteerName *street, const char *number)
{
  const House *likeliest = NULL;

  for (guint i = 0; i < self->houses->len; i++)
    {
      const House *house = &g_array_index (self->houses, House, i);

      if (is_asked_for (house, street, number) && (!likeliest || house->guess < likeliest->guess))
        likeliest = house;
    }
  return likeliest;
}

/**
 * komek_houses_find:
 * @street: one of the gazetteer's
 * @number: of the house
 * @latitude: (out): where most of those who named it say it is
 * @longitude: (out): likewise
 *
 * Returns: whether anybody has named it
 */
gboolean
komek_houses_find (const KomekHouses *self, const KomekGazetteerName *street, const char *number,
                   double *latitude, double *longitude)
{
  g_autoptr (GArray) latitudes = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) longitudes = g_array_new (FALSE, FALSE, sizeof (double));
  const House *likeliest = guess (self, street, number);

  if (!likeliest)
    return FALSE;
  *latitude = likeliest->latitude;
  *longitude = likeliest->longitude;
  if (likeliest->guess > 0)
    return TRUE;
  for (guint i = 0; i < self->houses->len; i++)
    {
      const House *house = &g_array_index (self->houses, House, i);

      if (house->guess > 0 || !is_asked_for (house, street, number))
        continue;
      g_array_append_val (latitudes, house->latitude);
      g_array_append_val (longitudes, house->longitude);
    }
  *latitude = find_median (latitudes);
  *longitude = find_median (longitudes);
  return TRUE;
}

/**
 * komek_houses_find_nearest:
 * @metres: (inout): how far away it may be; how far it is
 * @house: (out) (transfer none): its number
 *
 * Returns: (nullable): the street of the house that is nearest
 */
const KomekGazetteerName *
komek_houses_find_nearest (const KomekHouses *self, double latitude, double longitude,
                           double *metres, const char **house)
{
  const House *nearest = NULL;

  for (guint i = 0; i < self->houses->len; i++)
    {
      const House *known = &g_array_index (self->houses, House, i);
      double away =
        komek_place_metres_between (latitude, longitude, known->latitude, known->longitude);

      if (away > *metres || known->guess > 0)
        continue;
      nearest = known;
      *metres = away;
    }
  if (!nearest)
    return NULL;
  *house = nearest->number;
  return nearest->street;
}
