/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-definitions.h"

#include "komek-error.h"

/* Brings what a city asks for with each service into the mirror, one after the other:
 *
 *     fetch ─► put ─► … ─► put card ─► done
 *
 * The card comes last: its changeset says that all of it is here. Until then
 * the next look at the city begins with the services again. */
typedef struct
{
  KomekMirror    *mirror;
  KomekGeoReport *client;
  KomekCity      *card;
  GPtrArray      *services;
  guint           at;
} Definitions;

static void go_on (GTask *task);

static void
definitions_free (Definitions *self)
{
  g_clear_object (&self->mirror);
  g_clear_object (&self->client);
  g_clear_object (&self->card);
  g_ptr_array_unref (self->services);
  g_free (self);
}

static const char *
get_code (Definitions *self)
{
  return komek_service_get_code (self->services->pdata[self->at]);
}

static void
on_definition_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Definitions *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->at++;
  go_on (g_steal_pointer (&task));
}

/* A service that promises a definition and has none keeps the others from nobody. */
static void
on_definition_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Definitions *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) attributes =
    komek_geo_report_definition_finish (KOMEK_GEO_REPORT (source), result, &error);

  if (attributes)
    {
      komek_mirror_put_definition_async (self->mirror, get_code (self), attributes, cancellable,
                                         on_definition_put, g_steal_pointer (&task));
      return;
    }
  if (!g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED)
      && !g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE))
    {
      g_task_return_error (task, error);
      return;
    }
  g_message ("The service %s has no definition: %s", get_code (self), error->message);
  g_error_free (error);
  self->at++;
  go_on (g_steal_pointer (&task));
}

static void
on_card_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes the task. */
static void
go_on (GTask *task)
{
  Definitions *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  while (self->at < self->services->len
         && !komek_service_has_metadata (self->services->pdata[self->at]))
    self->at++;
  if (self->at < self->services->len)
    komek_geo_report_definition_async (self->client, get_code (self), cancellable,
                                       on_definition_fetched, task);
  else
    komek_mirror_put_city_async (self->mirror, self->card, NULL, cancellable, on_card_put, task);
}

/**
 * komek_definitions_run:
 * @task: (transfer full): returns a boolean
 * @card: the city's, put into the mirror after all definitions
 * @services: (element-type KomekService): those that have metadata are asked for
 *
 * Fetches the definitions of a city's services into the mirror.
 */
void
komek_definitions_run (GTask *task, KomekMirror *mirror, KomekGeoReport *client, KomekCity *card,
                       GPtrArray *services)
{
  Definitions *self = g_new0 (Definitions, 1);

  self->mirror = g_object_ref (mirror);
  self->client = g_object_ref (client);
  self->card = g_object_ref (card);
  self->services = g_ptr_array_ref (services);
  g_task_set_task_data (task, self, (GDestroyNotify) definitions_free);
  go_on (task);
}
