/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sweep-private.h"

#include "komek-naming.h"

/* Who the city is:
 *
 *     known ─► card ─► (forget) ─► (services) ─► put card ─► legs
 */

/* As long as definitions are missing the changeset is kept back. */
void
komek_sweep_put_card (KomekSweep *self, GPtrArray *services, GAsyncReadyCallback callback)
{
  KomekCityFields fields = *komek_city_peek (self->card);
  g_autoptr (KomekCity) card = NULL;

  if (self->services)
    fields.changeset = NULL;
  card = komek_city_copy (self->card, &fields);
  komek_mirror_put_city_async (self->mirror, card, services, self->cancellable, callback,
                               g_object_ref (self));
}

void
komek_sweep_take_abilities (KomekSweep *self, KomekAbility abilities)
{
  KomekCityFields fields = *komek_city_peek (self->card);
  g_autoptr (KomekCity) former = g_steal_pointer (&self->card);

  fields.abilities = abilities;
  self->card = komek_city_copy (former, &fields);
}

static void
on_card_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    komek_sweep_begin_itinerary (self);
  else
    komek_sweep_end (self, error);
}

static void
on_services_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  self->services = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->services)
    komek_sweep_put_card (self, self->services, on_card_put);
  else
    komek_sweep_end (self, error);
}

static gboolean
has_new_names (KomekSweep *self)
{
  const char *changeset = komek_city_peek (self->card)->changeset;

  return !self->known || *changeset == '\0'
         || !g_str_equal (changeset, komek_city_peek (self->known)->changeset);
}

static void
name_things (KomekSweep *self)
{
  if (komek_itinerary_is_filling (&self->progress))
    komek_sweep_say_behind (self);
  if (has_new_names (self))
    komek_naming_run (g_task_new (self->client, self->cancellable, on_services_fetched,
                                  g_object_ref (self)),
                      self->client);
  else
    komek_sweep_put_card (self, NULL, on_card_put);
}

static void
on_all_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (!komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    {
      komek_sweep_end (self, error);
      return;
    }
  g_clear_object (&self->known);
  self->progress = (KomekProgress) { 0 };
  *self->habits = (KomekHabits) { 0 };
  name_things (self);
}

static gboolean
is_another_city (KomekSweep *self)
{
  return self->known
         && !g_str_equal (komek_city_peek (self->known)->id, komek_city_peek (self->card)->id);
}

/* What was found out of a foreign city before its first walk stands in the mirror's card. */
static void
recall_abilities (KomekSweep *self)
{
  if (komek_geo_report_is_extended (self->client) || !self->known
      || (komek_itinerary_is_filling (&self->progress) && self->progress.window_end == 0))
    return;
  komek_geo_report_believe (self->client, self->known);
  komek_sweep_take_abilities (self, komek_geo_report_get_abilities (self->client));
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  self->card = komek_geo_report_discover_finish (KOMEK_GEO_REPORT (source), result, &error);
  if (!self->card)
    komek_sweep_end (self, error);
  else if (is_another_city (self))
    komek_mirror_forget_all_async (self->mirror, self->cancellable, on_all_forgotten,
                                   g_object_ref (self));
  else
    {
      recall_abilities (self);
      name_things (self);
    }
}

static void
on_city_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  self->known = komek_feed_city_finish (KOMEK_FEED (source), result, &error);
  if (error)
    komek_sweep_end (self, error);
  else
    komek_geo_report_discover_async (self->client, self->cancellable, on_discovered,
                                     g_object_ref (self));
}

/* From what the mirror has of the city to a card that it can be walked by. */
void
komek_sweep_look_up_card (KomekSweep *self)
{
  komek_feed_city_async (KOMEK_FEED (self->mirror), self->cancellable, on_city_known,
                         g_object_ref (self));
}
