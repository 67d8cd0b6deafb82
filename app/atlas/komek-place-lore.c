/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-finder-private.h"
#include "komek-plan-streets.h"

#define LANDMARKS 6 /* the rank from which on a place is one, see komek_vector_names_visit() */

KomekPlaceLore *
komek_place_lore_new (KomekPlan *plan, KomekLabel *city)
{
  KomekPlaceLore *self = g_atomic_rc_box_new0 (KomekPlaceLore);

  self->plan = komek_plan_ref (plan);
  self->city = city ? komek_label_ref (city) : NULL;
  self->packs = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_pack_names_unref);
  g_mutex_init (&self->lock);
  return self;
}

static void
lore_clear (KomekPlaceLore *self)
{
  komek_plan_unref (self->plan);
  g_clear_pointer (&self->city, komek_label_unref);
  g_ptr_array_unref (self->packs);
  g_clear_pointer (&self->houses, komek_houses_free);
  g_clear_pointer (&self->streets, komek_plan_unref);
  g_clear_pointer (&self->gazetteer, komek_gazetteer_unref);
  g_mutex_clear (&self->lock);
}

void
komek_place_lore_unref (KomekPlaceLore *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) lore_clear);
}

/* @in_places: (array): for each place of the pack which of all places it is
 * @in_names: (array): for each of all places which name of the gazetteer it is */
static void
add_houses (KomekPlaceLore *self, const KomekPackNames *pack, const guint *in_places,
            const guint *in_names)
{
  guint n_houses, n_names;
  const KomekPackHouse *house = komek_pack_names_peek_houses (pack, &n_houses);
  const KomekGazetteerName *names = komek_gazetteer_peek (self->gazetteer, &n_names);

  for (guint i = 0; i < n_houses; i++, house++)
    komek_houses_add_known (self->houses, &names[in_names[in_places[house->street]]],
                            house);
}

static KomekPlanKind
get_kind (const KomekGazetteerPlace *place)
{
  return place->rank == 0   ? KOMEK_PLAN_AVENUE
         : place->rank == 1 ? KOMEK_PLAN_STREET
                            : KOMEK_PLAN_LANE;
}

static void
list_streets (const KomekGazetteerPlaces *places, const KomekPackLines *lines,
              const guint *in_places, GArray *streets)
{
  for (guint i = 0; i < komek_pack_lines_get_n (lines); i++)
    {
      guint position, n_corners;
      const KomekMercatorPoint *corners = komek_pack_lines_get (lines, i, &position, &n_corners);
      const KomekGazetteerPlace *place =
        komek_gazetteer_places_get (places, in_places[position]);
      KomekPlanStreet street = { place->label, get_kind (place), corners, n_corners };

      g_array_append_val (streets, street);
    }
}

/* FALSE for what is no landmark: streets have lines, quarters are far larger than their name, and
 * rivers are longer. */
static gboolean
find_spot (const KomekGazetteerPlace *place, KomekPlanSpot *spot)
{
  *spot = (KomekPlanSpot) { place->label, KOMEK_PLAN_BUILDING, { place->x, place->y } };
  if (place->kind == KOMEK_ADDRESS_PARK)
    spot->kind = KOMEK_PLAN_PARK;
  else if (place->kind == KOMEK_ADDRESS_LAKE)
    spot->kind = KOMEK_PLAN_WATER;
  return spot->kind != KOMEK_PLAN_BUILDING || place->rank >= LANDMARKS;
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const KomekGazetteerPlace *pa = *(gpointer const *) a, *pb = *(gpointer const *) b;

  return pa->rank < pb->rank ? -1 : pa->rank > pb->rank;
}

/* What the packs know besides the plan. */
static GArray *
list_spots (const KomekGazetteerPlaces *places, guint n_planned)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GArray *spots = g_array_new (FALSE, FALSE, sizeof (KomekPlanSpot));
  KomekPlanSpot spot;

  for (guint i = n_planned; i < komek_gazetteer_places_get_n (places); i++)
    {
      const KomekGazetteerPlace *place = komek_gazetteer_places_get (places, i);

      if (place && find_spot (place, &spot))
        g_ptr_array_add (found, (gpointer) place);
    }
  g_ptr_array_sort (found, compare_ranks);
  for (guint i = 0; i < found->len; i++)
    if (find_spot (found->pdata[i], &spot))
      g_array_append_val (spots, spot);
  return spots;
}

static KomekPlan *
join_streets (KomekPlaceLore *self, const KomekGazetteerPlaces *places, GPtrArray *maps,
              guint n_planned)
{
  g_autoptr (GArray) streets = g_array_new (FALSE, FALSE, sizeof (KomekPlanStreet));
  g_autoptr (GArray) spots = list_spots (places, n_planned);

  for (guint i = 0; i < self->packs->len; i++)
    list_streets (places, komek_pack_names_get_lines (self->packs->pdata[i]), maps->pdata[i],
                  streets);
  if (streets->len == 0 && spots->len == 0)
    return komek_plan_ref (self->plan);
  return komek_plan_new_with_streets (self->plan, (const KomekPlanStreet *) streets->data,
                                      streets->len, (const KomekPlanSpot *) spots->data,
                                      spots->len);
}

/* The plan is believed first, and of the packs the one that lies lowest. */
static void
make (KomekPlaceLore *self)
{
  g_autoptr (KomekGazetteerPlaces) places = komek_gazetteer_places_new_from_plan (self->plan);
  g_autoptr (GPtrArray) maps = g_ptr_array_new_with_free_func (g_free);
  guint n_planned = komek_gazetteer_places_get_n (places);
  g_autofree guint *in_names = NULL;

  for (guint i = 0; i < self->packs->len; i++)
    g_ptr_array_add (maps, komek_gazetteer_places_join (
                             places, komek_pack_names_get_places (self->packs->pdata[i])));
  self->gazetteer =
    komek_gazetteer_new_from_places (places, self->plan, self->city, &in_names);
  self->houses = komek_houses_new (self->gazetteer);
  for (guint i = 0; i < self->packs->len; i++)
    add_houses (self, self->packs->pdata[i], maps->pdata[i], in_names);
  self->streets = join_streets (self, places, maps, n_planned);
}

/* May be called in any thread. */
KomekGazetteer *
komek_place_lore_get_gazetteer (KomekPlaceLore *self)
{
  g_mutex_lock (&self->lock);
  if (!self->gazetteer)
    make (self);
  g_mutex_unlock (&self->lock);
  return self->gazetteer;
}

/* Likewise: the houses that the packs know. */
const KomekHouses *
komek_place_lore_get_houses (KomekPlaceLore *self)
{
  komek_place_lore_get_gazetteer (self);
  return self->houses;
}

/* Likewise: the plan with the streets of the packs. */
KomekPlan *
komek_place_lore_get_streets (KomekPlaceLore *self)
{
  komek_place_lore_get_gazetteer (self);
  return self->streets;
}
