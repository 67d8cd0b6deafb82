/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include <string.h>

#include "komek-error.h"
#include "komek-wire-definition.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-time.h"
#include "komek-wire-update.h"

/* The standard's own cap; a city without pages may give as many at once. */
#define LONG_LIST 500

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

static gpointer
read_requests (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  return komek_wire_read_requests (answer->body, zone, error);
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

/**
 * komek_geo_report_services_async:
 *
 * Asks for all services; a city that can tell is asked whether any have changed.
 */
void
komek_geo_report_services_async (KomekGeoReport *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_services_async);
  komek_geo_report_ask (self, task, &(KomekQuestion) {
    .call = KOMEK_CALL_SERVICES,
    .path = "services",
    .query = komek_geo_report_can (self, KOMEK_ABILITY_EXTENSIONS) ? "extensions=true" : NULL,
    .reader = read_services,
    .destroy = (GDestroyNotify) g_ptr_array_unref,
    .remember = TRUE,
  });
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

static void
append_time (KomekGeoReport *self, GString *query, const char *name, gint64 time)
{
  g_autofree char *text = time ? komek_wire_write_time (time, self->zone) : NULL;

  komek_geo_report_append (query, name, text);
}

/* The commas stay as they are: there are servers that take an escaped one for part of a word. */
static void
append_list (GString *query, const char *name, const char *const *words)
{
  for (guint i = 0; words && words[i]; i++)
    {
      g_autofree char *escaped = g_uri_escape_string (words[i], NULL, FALSE);

      if (i > 0)
        g_string_append_printf (query, ",%s", escaped);
      else
        g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", name, escaped);
    }
}

static void
append_bounds (GString *query, const KomekBounds *bounds)
{
  const double edges[] = {
    komek_bounds_get_south (bounds),
    komek_bounds_get_west (bounds),
    komek_bounds_get_north (bounds),
    komek_bounds_get_east (bounds),
  };

  g_string_append_printf (query, "%sbbox=", query->len > 0 ? "&" : "");
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      char digits[32];

      g_ascii_formatd (digits, sizeof digits, "%.6f", edges[i]);
      g_string_append_printf (query, "%s%s", i > 0 ? "," : "", digits);
    }
}

static void
append_pages (GString *query, const KomekPage *page)
{
  g_autofree char *number = g_strdup_printf ("%u", page->page);
  g_autofree char *size = g_strdup_printf ("%u", page->size);

  komek_geo_report_append (query, "page", number);
  komek_geo_report_append (query, "page_size", page->size ? size : NULL);
}

static char *
dup_query (KomekGeoReport *self, const KomekPage *page)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_auto (GStrv) statuses = g_strsplit (page->status ? page->status : "", ",", 0);

  if (page->next)
    return g_strdup (page->next);
  if (komek_geo_report_can (self, KOMEK_ABILITY_EXTENSIONS))
    komek_geo_report_append (query, "extensions", "true");
  if (komek_geo_report_can (self, KOMEK_ABILITY_PAGES))
    append_pages (query, page);
  if (komek_geo_report_can (self, KOMEK_ABILITY_CHANGES))
    append_time (self, query, "updated_after", page->updated_after);
  append_time (self, query, "start_date", page->start);
  append_time (self, query, "end_date", page->end);
  append_list (query, "service_request_id", page->numbers);
  append_list (query, "service_code", page->services);
  append_list (query, "status", (const char *const *) statuses);
  if (page->bounds && komek_geo_report_can (self, KOMEK_ABILITY_BBOX))
    append_bounds (query, page->bounds);
  if (komek_geo_report_can (self, KOMEK_ABILITY_SEARCH))
    komek_geo_report_append (query, "q", page->text);
  return g_string_free (g_steal_pointer (&query), FALSE);
}

/**
 * komek_geo_report_requests_async:
 * @page: what its city cannot do is left out of the question, so that the answer may hold more than
 *   was asked for: a city without pages gives what it gives, and always the same
 *
 * Asks for requests.
 */
void
komek_geo_report_requests_async (KomekGeoReport *self, const KomekPage *page,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autofree char *query = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_requests_async);
  query = dup_query (self, page);
  komek_geo_report_ask (self, task, &(KomekQuestion) {
    .call = KOMEK_CALL_REQUESTS,
    .path = "requests",
    .query = query,
    .reader = read_requests,
    .destroy = (GDestroyNotify) g_ptr_array_unref,
    .long_list = page->size > LONG_LIST || !komek_geo_report_can (self, KOMEK_ABILITY_PAGES),
  });
}

/**
 * komek_geo_report_requests_finish:
 *
 * Returns: (transfer full) (element-type KomekRequest) (nullable): the requests
 */
GPtrArray *
komek_geo_report_requests_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Only the arguments are taken over: the next page is at the same place as this one, whatever an
 * answer says. */
static char *
read_next (const char *link)
{
  g_auto (GStrv) parts = g_regex_split_simple (",\\s*(?=<)", link, 0, 0);

  for (guint i = 0; parts[i]; i++)
    {
      const char *end = strchr (parts[i], '>');
      const char *question = strchr (parts[i], '?');

      if (end && question && question < end
          && g_regex_match_simple (";\\s*rel=\"?next\"?\\s*(;|$)", end, G_REGEX_CASELESS, 0))
        return g_strndup (question + 1, end - question - 1);
    }
  return NULL;
}

/**
 * komek_geo_report_dup_next:
 * @result: of komek_geo_report_requests_async(), before or after it was finished
 *
 * Returns: (transfer full) (nullable): where the city says that the next page is, for
 *   #KomekPage.next; %NULL where it does not say, or this was the last
 */
char *
komek_geo_report_dup_next (GAsyncResult *result)
{
  const KomekAnswer *answer = komek_geo_report_peek_answer (G_TASK (result));

  return answer && answer->link ? read_next (answer->link) : NULL;
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
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
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
