/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-finder-private.h"

/**
 * KomekPlaceFinder:
 *
 * Finds places by what is typed, and says where a point is: from the plan, which knows streets and
 * districts, and from the addresses of the requests on this device, which know the houses.
 *
 * Both answers take some milliseconds of other threads, none of the caller's.
 */
G_DEFINE_FINAL_TYPE (KomekPlaceFinder, komek_place_finder, G_TYPE_OBJECT)

static KomekPlaceLore *
lore_new (KomekPlan *plan, KomekLabel *city)
{
  KomekPlaceLore *self = g_atomic_rc_box_new0 (KomekPlaceLore);

  self->plan = komek_plan_ref (plan);
  self->city = city ? komek_label_ref (city) : NULL;
  g_mutex_init (&self->lock);
  return self;
}

static void
lore_clear (KomekPlaceLore *self)
{
  komek_plan_unref (self->plan);
  g_clear_pointer (&self->city, komek_label_unref);
  g_clear_pointer (&self->gazetteer, komek_gazetteer_unref);
  g_mutex_clear (&self->lock);
}

void
komek_place_lore_unref (KomekPlaceLore *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) lore_clear);
}

/* May be called in any thread. */
KomekGazetteer *
komek_place_lore_get_gazetteer (KomekPlaceLore *self)
{
  KomekGazetteer *gazetteer;

  g_mutex_lock (&self->lock);
  if (!self->gazetteer)
    self->gazetteer = komek_gazetteer_new_from_plan (self->plan, self->city);
  gazetteer = self->gazetteer;
  g_mutex_unlock (&self->lock);
  return gazetteer;
}

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
  g_clear_pointer (&self->points, komek_points_unref);
  G_OBJECT_CLASS (komek_place_finder_parent_class)->finalize (object);
}

static void
komek_place_finder_class_init (KomekPlaceFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_place_finder_finalize;
}

static void
komek_place_finder_init (KomekPlaceFinder *self)
{
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
  self->lore = lore_new (plan, city);
  return self;
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
