/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-place-finder-private.h"

#define NEAR_HOUSE 30.0 /* metres from where somebody said that a house is */
#define MOST_NEAR 32    /* requests whose addresses are read */
#define UNITS 1e7       /* of a point, a degree */
#define METRES_A_DEGREE 111195.0

/* Where is this? First what is near, then what that is called. */
typedef struct
{
  KomekPlaceLore *lore;
  double          latitude, longitude;
  KomekPoints    *points; /* or NULL */
  GPtrArray      *requests;
} Description;

/* A request near the point. */
typedef struct
{
  double  metres;
  guint32 key;
} Neighbour;

static void
description_free (Description *self)
{
  komek_place_lore_unref (self->lore);
  g_clear_pointer (&self->points, komek_points_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_free (self);
}

static int
compare_neighbours (gconstpointer a, gconstpointer b)
{
  const Neighbour *na = a, *nb = b;

  return (na->metres > nb->metres) - (na->metres < nb->metres);
}

/* A million points are looked through in three milliseconds; an index of them would take more to
 * make. */
static GArray *
list_neighbours (const Description *self)
{
  GArray *neighbours = g_array_new (FALSE, FALSE, sizeof (Neighbour));
  double high = NEAR_HOUSE / METRES_A_DEGREE * UNITS;
  double wide = high / MAX (0.01, cos (self->latitude * G_PI / 180));
  double latitude = self->latitude * UNITS, longitude = self->longitude * UNITS;
  guint n = 0;
  const KomekPoint *point = self->points ? komek_points_peek (self->points, &n) : NULL;

  for (guint i = 0; i < n; i++, point++)
    if (fabs (point->latitude - latitude) <= high && fabs (point->longitude - longitude) <= wide)
      {
        Neighbour neighbour = {
          komek_place_metres_between (self->latitude, self->longitude, point->latitude / UNITS,
                                      point->longitude / UNITS),
          point->key,
        };

        if (neighbour.metres <= NEAR_HOUSE)
          g_array_append_val (neighbours, neighbour);
      }
  g_array_sort (neighbours, compare_neighbours);
  return neighbours;
}

static void
look_around (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GArray) neighbours = list_neighbours (data);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < MIN (MOST_NEAR, neighbours->len); i++)
    g_array_append_val (keys, g_array_index (neighbours, Neighbour, i).key);
  g_task_return_pointer (task, keys, (GDestroyNotify) g_array_unref);
}

static KomekPlaceFind *
describe_by_street (const Description *self)
{
  const KomekPlan *plan = komek_place_lore_get_streets (self->lore);
  const KomekPlanFeature *street =
    komek_plan_find_street (plan, self->latitude, self->longitude, NULL);
  const char *district = komek_plan_find_district (plan, self->latitude, self->longitude);

  return komek_place_find_new (street ? street->label : NULL, KOMEK_ADDRESS_STREET, district,
                               self->latitude, self->longitude);
}

/* A house says more than a street, even on a corner where the other street is nearer. */
static void
describe_by_house (const KomekHouses *houses, double *metres, KomekPlaceFind *find)
{
  const char *house;
  const KomekGazetteerName *street =
    komek_houses_find_nearest (houses, find->latitude, find->longitude, metres, &house);

  if (!street)
    return;
  g_clear_pointer (&find->name, komek_label_unref);
  find->name = komek_label_ref (street->label);
  find->kind = street->kind;
  g_free (find->house);
  find->house = g_strdup (house);
  find->house_is_known = TRUE;
}

/* Of what people write and what a pack knows the nearer house counts. */
static void
describe_by_houses (const Description *self, KomekPlaceFind *find)
{
  g_autoptr (KomekHouses) houses = komek_houses_new (komek_place_lore_get_gazetteer (self->lore));
  double metres = NEAR_HOUSE;

  for (guint i = 0; self->requests && i < self->requests->len; i++)
    if (self->requests->pdata[i])
      komek_houses_add (houses, komek_request_get_place (self->requests->pdata[i]));
  describe_by_house (houses, &metres, find);
  describe_by_house (komek_place_lore_get_houses (self->lore), &metres, find);
}

static void
put_into_words (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Description *self = data;
  KomekPlaceFind *find = describe_by_street (self);

  describe_by_houses (self, find);
  g_task_return_pointer (task, find, (GDestroyNotify) komek_place_find_free);
}

static void
on_put_into_words (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_pointer (task, g_task_propagate_pointer (G_TASK (result), NULL),
                         (GDestroyNotify) komek_place_find_free);
}

/* A mirror that cannot be read costs the house, not the street. */
static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Description *self = g_task_get_task_data (task);

  self->requests = komek_feed_load_finish (KOMEK_FEED (source), result, &error);
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The houses near the place are not known: %s", error->message);
  komek_place_finder_run (task, put_into_words, on_put_into_words);
}

static void
on_looked_around (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KomekPlaceFinder *finder = g_task_get_source_object (task);
  g_autoptr (GArray) keys = g_task_propagate_pointer (G_TASK (result), NULL);

  if (keys->len > 0)
    komek_feed_load_async (finder->feed, keys, g_task_get_cancellable (task), on_loaded,
                           g_object_ref (task));
  else
    komek_place_finder_run (task, put_into_words, on_put_into_words);
}

/**
 * komek_place_finder_describe_async:
 *
 * Asks where a point is: the nearest street within 250 metres, the house where a pack or the
 * address of a request knows one within 30 metres, and the district.
 */
void
komek_place_finder_describe_async (KomekPlaceFinder *self, double latitude, double longitude,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Description *description;

  g_return_if_fail (KOMEK_IS_PLACE_FINDER (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_place_finder_describe_async);
  description = g_new0 (Description, 1);
  *description = (Description) { g_atomic_rc_box_acquire (self->lore), latitude, longitude,
                                 self->points ? komek_points_ref (self->points) : NULL, NULL };
  g_task_set_task_data (task, description, (GDestroyNotify) description_free);
  komek_place_finder_run (task, look_around, on_looked_around);
}

/**
 * komek_place_finder_describe_finish:
 *
 * Returns: (transfer full): the place; far from all streets it has no name
 */
KomekPlaceFind *
komek_place_finder_describe_finish (KomekPlaceFinder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
