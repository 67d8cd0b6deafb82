/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pack.h"
#include "komek-place-finder-private.h"

/**
 * KomekPlaceFinder:
 *
 * Finds places by what is typed, and says where a point is: from the plan, which knows streets and
 * districts, from vector packs, which know every street and many houses, and from the addresses of
 * the requests on this device, which know houses and landmarks.
 *
 * Both answers take some milliseconds of other threads, none of the caller's.
 *
 * Signal `changed`: a pack has told more; who has searched may find more now.
 */
G_DEFINE_FINAL_TYPE (KomekPlaceFinder, komek_place_finder, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Has a part of the task done in a thread, with its data; the task waits for @callback. */
void
komek_place_finder_run (GTask *task, GTaskThreadFunc work, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) part = g_task_new (NULL, NULL, callback, g_object_ref (task));

  g_task_set_source_tag (part, komek_place_finder_run);
  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, work);
}

static void
komek_place_finder_finalize (GObject *object)
{
  KomekPlaceFinder *self = KOMEK_PLACE_FINDER (object);

  g_clear_object (&self->feed);
  g_clear_pointer (&self->lore, komek_place_lore_unref);
  g_clear_pointer (&self->coming, komek_place_lore_unref);
  g_clear_pointer (&self->points, komek_points_unref);
  g_ptr_array_unref (self->packs);
  G_OBJECT_CLASS (komek_place_finder_parent_class)->finalize (object);
}

static void
komek_place_finder_class_init (KomekPlaceFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_place_finder_finalize;

  signals[CHANGED] = g_signal_new ("changed", KOMEK_TYPE_PLACE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
komek_place_finder_init (KomekPlaceFinder *self)
{
  self->packs = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * komek_place_finder_new:
 * @city: (nullable): the city's own name, which people write behind an address
 *
 * Returns: (transfer full): the finder
 */
KomekPlaceFinder *
komek_place_finder_new (KomekFeed *feed, KomekPlan *plan, KomekLabel *city)
{
  KomekPlaceFinder *self = g_object_new (KOMEK_TYPE_PLACE_FINDER, NULL);

  self->feed = g_object_ref (feed);
  self->lore = komek_place_lore_new (plan, city);
  return self;
}

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  komek_place_lore_get_gazetteer (data);
  g_task_return_boolean (task, TRUE);
}

/* A search that is on its way keeps the lore that it has begun with. */
static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekPlaceFinder *self = KOMEK_PLACE_FINDER (source);
  KomekPlaceLore *lore = g_task_get_task_data (G_TASK (result));

  /* Another pack may have told its names since. */
  if (lore != self->coming)
    return;
  komek_place_lore_unref (self->lore);
  self->lore = g_steal_pointer (&self->coming);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Putting tens of thousands of names in order takes a second: nobody's search waits for it. */
static void
on_named (KomekPlaceFinder *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_made, NULL);

  g_clear_pointer (&self->coming, komek_place_lore_unref);
  self->coming = komek_place_lore_new (self->lore->plan, self->lore->city);
  for (guint i = 0; i < self->packs->len; i++)
    {
      KomekPackNames *names = komek_pack_get_names (self->packs->pdata[i]);

      if (names)
        g_ptr_array_add (self->coming->packs, komek_pack_names_ref (names));
    }
  g_task_set_source_tag (task, on_named);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self->coming),
                        (GDestroyNotify) komek_place_lore_unref);
  g_task_run_in_thread (task, make_in_thread);
}

/**
 * komek_place_finder_set_maps:
 * @maps: (element-type KomekTiles): what lies on the plan; packs may know names
 * @bounds: where places are looked for
 *
 * Has the names of packs read, where that has not been done; they count as soon as they are there.
 * May be called once.
 */
void
komek_place_finder_set_maps (KomekPlaceFinder *self, GListModel *maps, KomekBounds *bounds)
{
  g_return_if_fail (KOMEK_IS_PLACE_FINDER (self));
  g_return_if_fail (self->packs->len == 0);

  for (guint i = 0; i < g_list_model_get_n_items (maps); i++)
    {
      g_autoptr (GObject) map = g_list_model_get_item (maps, i);

      if (!KOMEK_IS_PACK (map))
        continue;
      g_ptr_array_add (self->packs, g_object_ref (map));
      g_signal_connect_object (map, "named", G_CALLBACK (on_named), self, G_CONNECT_SWAPPED);
      komek_pack_ask_names (KOMEK_PACK (map), bounds);
    }
  for (guint i = 0; i < self->packs->len; i++)
    if (komek_pack_get_names (self->packs->pdata[i]))
      {
        on_named (self);
        return;
      }
}

/**
 * komek_place_finder_set_points:
 * @points: (nullable): where the requests on this device are; without them no house is known
 */
void
komek_place_finder_set_points (KomekPlaceFinder *self, KomekPoints *points)
{
  g_return_if_fail (KOMEK_IS_PLACE_FINDER (self));

  if (points)
    komek_points_ref (points);
  g_clear_pointer (&self->points, komek_points_unref);
  self->points = points;
}

/**
 * komek_place_finder_get_streets:
 *
 * Returns: (transfer none): the plan, and where the streets lead that packs have told of; another
 *   one after #KomekPlaceFinder::changed
 */
KomekPlan *
komek_place_finder_get_streets (KomekPlaceFinder *self)
{
  g_return_val_if_fail (KOMEK_IS_PLACE_FINDER (self), NULL);

  /* Without packs nobody need put anything in order for that. */
  return self->lore->packs->len > 0 ? komek_place_lore_get_streets (self->lore) : self->lore->plan;
}
