/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include "komek-error.h"
#include "komek-wire-definition.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-update.h"

static gpointer
read_services (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  return komek_wire_read_services (answer->body, error);
}

static gpointer
read_definition (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  return komek_wire_read_definition (answer->body, error);
}

/* Some cities answer an unknown number with an empty list, others with 404. */
static gpointer
read_request (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) requests = komek_wire_read_requests (answer->body, zone, error);

  if (!requests)
    return NULL;
  if (requests->len > 0)
    return g_object_ref (requests->pdata[0]);
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED, "The city knows no request of this number");
  return NULL;
}

static gpointer
read_updates (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  return komek_wire_read_updates (answer->body, zone, error);
}

static void
ask_services (KomekGeoReport *self, const char *query, GTask *task)
{
  komek_geo_report_ask (self, task, &(KomekQuestion) {
    .call = KOMEK_CALL_SERVICES,
    .path = "services",
    .query = query,
    .reader = read_services,
    .destroy = (GDestroyNotify) g_ptr_array_unref,
    .remember = TRUE,
  });
}

/**
 * komek_geo_report_services_async:
 *
 * Asks for all services; a city that can tell is asked whether any have changed.
 */
void
komek_geo_report_services_async (KomekGeoReport *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  gboolean extended;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_services_async);
  extended = komek_geo_report_can (self, KOMEK_ABILITY_EXTENSIONS);
  ask_services (self, extended ? "extensions=true" : NULL, task);
}

/**
 * komek_geo_report_services_in_async:
 * @language: what they shall be named in, by a city that has %KOMEK_ABILITY_LANGUAGES
 *
 * Asks for all services, to be ended like komek_geo_report_services_async().
 */
void
komek_geo_report_services_in_async (KomekGeoReport *self, KomekLanguage language,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autofree char *query = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_services_in_async);
  query = g_strconcat ("locale=", komek_language_get_code (language), NULL);
  ask_services (self, query, task);
}

/**
 * komek_geo_report_services_finish:
 *
 * Returns: (transfer full) (element-type KomekService) (nullable): in the city's order
 */
GPtrArray *
komek_geo_report_services_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * komek_geo_report_definition_async:
 * @service: the code of a service that has metadata
 *
 * Asks what a service wants to know beside the usual.
 */
void
komek_geo_report_definition_async (KomekGeoReport *self, const char *service,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_definition_async);
  escaped = g_uri_escape_string (service, NULL, FALSE);
  path = g_strconcat ("services/", escaped, NULL);
  komek_geo_report_ask (self, task, &(KomekQuestion) {
    .call = KOMEK_CALL_DEFINITION,
    .path = path,
    .query = komek_geo_report_can (self, KOMEK_ABILITY_EXTENSIONS) ? "extensions=true" : NULL,
    .reader = read_definition,
    .destroy = (GDestroyNotify) g_ptr_array_unref,
    .remember = TRUE,
  });
}

/**
 * komek_geo_report_definition_finish:
 *
 * Returns: (transfer full) (element-type KomekAttribute) (nullable): in the city's order
 */
GPtrArray *
komek_geo_report_definition_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * komek_geo_report_request_async:
 *
 * Asks for one request.
 */
void
komek_geo_report_request_async (KomekGeoReport *self, const char *number, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_request_async);
  escaped = g_uri_escape_string (number, NULL, FALSE);
  path = g_strconcat ("requests/", escaped, NULL);
  komek_geo_report_ask (self, task, &(KomekQuestion) {
    .call = KOMEK_CALL_REQUEST,
    .path = path,
    .query = komek_geo_report_can (self, KOMEK_ABILITY_EXTENSIONS) ? "extensions=true" : NULL,
    .reader = read_request,
    .destroy = g_object_unref,
  });
}

/**
 * komek_geo_report_request_finish:
 *
 * Fails with %KOMEK_ERROR_REFUSED where the city knows no such request.
 *
 * Returns: (transfer full) (nullable): the request
 */
KomekRequest *
komek_geo_report_request_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A city may know the call and not the argument: then it gives the updates of all. */
static void
keep_those_of (GPtrArray *updates, const char *number)
{
  for (guint i = updates->len; i > 0; i--)
    {
      const char *about = komek_update_get_number (updates->pdata[i - 1]);

      if (about && *about && !g_str_equal (about, number))
        g_ptr_array_remove_index (updates, i - 1);
    }
}

static void
on_updates_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *updates = g_task_propagate_pointer (G_TASK (result), &error);

  if (!updates)
    {
      g_task_return_error (task, error);
      return;
    }
  keep_those_of (updates, g_task_get_task_data (task));
  g_task_return_pointer (task, updates, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * komek_geo_report_updates_async:
 *
 * Asks for the history of a request; a city that knows languages names its
 * steps in @language, what somebody wrote it leaves as it is.
 */
void
komek_geo_report_updates_async (KomekGeoReport *self, const char *number, KomekLanguage language,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GString) query = g_string_new (NULL);
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_updates_async);
  g_task_set_task_data (task, g_strdup (number), g_free);
  komek_geo_report_append (query, "service_request_id", number);
  if (komek_geo_report_can (self, KOMEK_ABILITY_EXTENSIONS))
    komek_geo_report_append (query, "extensions", "true");
  if (komek_geo_report_can (self, KOMEK_ABILITY_LANGUAGES))
    komek_geo_report_append (query, "locale", komek_language_get_code (language));
  komek_geo_report_ask (self, g_task_new (self, cancellable, on_updates_listed, task),
                        &(KomekQuestion) {
    .call = KOMEK_CALL_UPDATES,
    .path = "servicerequestupdates",
    .query = query->str,
    .reader = read_updates,
    .destroy = (GDestroyNotify) g_ptr_array_unref,
  });
}

/**
 * komek_geo_report_updates_finish:
 *
 * Returns: (transfer full) (element-type KomekUpdate) (nullable): the steps, in the city's order
 */
GPtrArray *
komek_geo_report_updates_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
