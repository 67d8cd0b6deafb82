/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-gazetteer.h"

/* Of two that fit equally well the alphabet decides; collated once here, not with each search. */
static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const KomekGazetteerPlace *pa = komek_gazetteer_places_get (data, *(const guint *) a);
  const KomekGazetteerPlace *pb = komek_gazetteer_places_get (data, *(const guint *) b);

  return g_utf8_collate (komek_label_get (pa->label, KOMEK_LANGUAGE_KAZAKH),
                         komek_label_get (pb->label, KOMEK_LANGUAGE_KAZAKH));
}

static GArray *
sort (const KomekGazetteerPlaces *places)
{
  guint n = komek_gazetteer_places_get_n (places);
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);

  for (guint i = 0; i < n; i++)
    if (komek_gazetteer_places_get (places, i))
      g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_places, (gpointer) places);
  return order;
}

static KomekGazetteerName
make_name (const KomekGazetteerPlace *place, const KomekPlan *plan)
{
  KomekGazetteerName name = { place->label, place->kind, place->rank, place->district, 0, 0 };

  komek_mercator_unproject (place->x, place->y, &name.latitude, &name.longitude);
  if (!name.district)
    name.district = komek_plan_find_district (plan, name.latitude, name.longitude);
  return name;
}

/**
 * komek_gazetteer_new_from_places:
 * @plan: where the districts are
 * @city: (nullable): the city's own name
 * @positions: (out) (optional) (transfer full): for each of the places which of the names it is
 *
 * Returns: (transfer full): the gazetteer
 */
KomekGazetteer *
komek_gazetteer_new_from_places (const KomekGazetteerPlaces *places, const KomekPlan *plan,
                                 KomekLabel *city, guint **positions)
{
  g_autoptr (GArray) order = sort (places);
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (KomekGazetteerName));
  g_autofree guint *map = g_new0 (guint, komek_gazetteer_places_get_n (places) + 1);

  for (guint i = 0; i < order->len; i++)
    {
      guint position = g_array_index (order, guint, i);
      KomekGazetteerName name = make_name (komek_gazetteer_places_get (places, position), plan);

      map[position] = i;
      g_array_append_val (names, name);
    }
  if (positions)
    *positions = g_steal_pointer (&map);
  return komek_gazetteer_new ((const KomekGazetteerName *) names->data, names->len, city);
}

/**
 * komek_gazetteer_new_from_plan:
 * @city: (nullable): the city's own name
 *
 * Collects the names of the streets, districts, parks and waters of a plan.
 *
 * Returns: (transfer full): the gazetteer
 */
KomekGazetteer *
komek_gazetteer_new_from_plan (const KomekPlan *plan, KomekLabel *city)
{
  g_autoptr (KomekGazetteerPlaces) places = komek_gazetteer_places_new_from_plan (plan);

  return komek_gazetteer_new_from_places (places, plan, city, NULL);
}
