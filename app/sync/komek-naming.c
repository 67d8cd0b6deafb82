/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-naming.h"

/* Fetches a city's services with their names in all our languages:
 *
 *     profile, or one language:  fetch ─► done
 *     several languages:         fetch ─► fetch ─► fetch ─► merge ─► done
 *
 * A city of our profile gives all names at once. */
typedef struct
{
  guint      language; /* that was asked for */
  GPtrArray *services[KOMEK_N_LANGUAGES];
} Naming;

static void ask (GTask *task);

static void
naming_free (Naming *self)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    g_clear_pointer (&self->services[i], g_ptr_array_unref);
  g_free (self);
}

static KomekService *
find_service (GPtrArray *services, const char *code)
{
  for (guint i = 0; i < services->len; i++)
    if (g_str_equal (komek_service_get_code (services->pdata[i]), code))
      return services->pdata[i];
  return NULL;
}

typedef KomekLabel *(*GetLabel) (KomekService *self);

/* A city that has no name in a language gives the one of another. */
static KomekLabel *
merge_labels (Naming *self, const char *code, GetLabel get)
{
  const char *names[KOMEK_N_LANGUAGES] = { NULL };

  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      KomekService *service = find_service (self->services[i], code);

      names[i] = service ? komek_label_get (get (service), i) : NULL;
    }
  return komek_label_new (names[KOMEK_LANGUAGE_KAZAKH], names[KOMEK_LANGUAGE_RUSSIAN],
                          names[KOMEK_LANGUAGE_ENGLISH]);
}

static KomekService *
merge_service (Naming *self, KomekService *service)
{
  const char *code = komek_service_get_code (service);
  g_autoptr (KomekLabel) name = merge_labels (self, code, komek_service_get_name);
  g_autoptr (KomekLabel) group_name = merge_labels (self, code, komek_service_get_group_name);

  return komek_service_new (&(KomekServiceFields) {
    .code = code,
    .name = name,
    .group = komek_service_get_group (service),
    .group_name = group_name,
    .keywords = komek_service_get_keywords (service),
    .danger = komek_service_is_danger (service),
    .needs_place = komek_service_needs_place (service),
    .metadata = komek_service_has_metadata (service),
    .days = komek_service_get_days (service),
  });
}

static GPtrArray *
merge (Naming *self)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *first = self->services[0];

  for (guint i = 0; i < first->len; i++)
    g_ptr_array_add (merged, merge_service (self, first->pdata[i]));
  return merged;
}

static void
on_services_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Naming *self = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *services =
    komek_geo_report_services_finish (KOMEK_GEO_REPORT (source), result, &error);

  if (!services)
    g_task_return_error (task, error);
  else if (self->language == KOMEK_N_LANGUAGES)
    g_task_return_pointer (task, services, (GDestroyNotify) g_ptr_array_unref);
  else
    {
      self->services[self->language++] = services;
      if (self->language < KOMEK_N_LANGUAGES)
        ask (g_steal_pointer (&task));
      else
        g_task_return_pointer (task, merge (self), (GDestroyNotify) g_ptr_array_unref);
    }
}

/* Takes the task. */
static void
ask (GTask *task)
{
  Naming *self = g_task_get_task_data (task);
  KomekGeoReport *client = g_task_get_source_object (task);

  komek_geo_report_services_in_async (client, self->language, g_task_get_cancellable (task),
                                      on_services_fetched, task);
}

/**
 * komek_naming_run:
 * @task: (transfer full): of @client; returns a #GPtrArray of #KomekService in the city's order
 *
 * Fetches the services of a city.
 */
void
komek_naming_run (GTask *task, KomekGeoReport *client)
{
  Naming *self = g_new0 (Naming, 1);

  g_task_set_task_data (task, self, (GDestroyNotify) naming_free);
  if (komek_geo_report_can (client, KOMEK_ABILITY_LANGUAGES)
      && !komek_geo_report_is_extended (client))
    {
      ask (task);
      return;
    }
  self->language = KOMEK_N_LANGUAGES;
  komek_geo_report_services_async (client, g_task_get_cancellable (task), on_services_fetched,
                                   task);
}
