/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-finder-private.h"

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

/* The plan is believed first, and of the packs the one that lies lowest. */
static void
make (KomekPlaceLore *self)
{
  g_autoptr (KomekGazetteerPlaces) places = komek_gazetteer_places_new_from_plan (self->plan);
  g_autoptr (GPtrArray) maps = g_ptr_array_new_with_free_func (g_free);
  g_autofree guint *in_names = NULL;

  for (guint i = 0; i < self->packs->len; i++)
    g_ptr_array_add (maps, komek_gazetteer_places_join (
                             places, komek_pack_names_get_places (self->packs->pdata[i])));
  self->gazetteer =
    komek_gazetteer_new_from_places (places, self->plan, self->city, &in_names);
  self->houses = komek_houses_new (self->gazetteer);
  for (guint i = 0; i < self->packs->len; i++)
    add_houses (self, self->packs->pdata[i], maps->pdata[i], in_names);
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
