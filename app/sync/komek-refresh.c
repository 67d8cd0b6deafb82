/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-refresh.h"

#include "komek-error.h"
#include "komek-number.h"

/* Brings one request and its history into the mirror, both at once over a slow line:
 *
 *     request ─► put, or forget ─┐
 *                                ├─► done
 *     history ─► put ────────────┘
 */
typedef struct
{
  KomekMirror    *mirror;
  KomekGeoReport *client;
  char           *number;
  guint           branches; /* on their way */
  GError         *refusal;  /* of the request */
  GError         *error;    /* the first that matters */
} Refresh;

static void
refresh_free (Refresh *self)
{
  g_clear_object (&self->mirror);
  g_clear_object (&self->client);
  g_clear_error (&self->refusal);
  g_clear_error (&self->error);
  g_free (self->number);
  g_free (self);
}

/* Takes the task and the error. */
static void
end_branch (GTask *task, GError *error)
{
  Refresh *self = g_task_get_task_data (task);

  if (error && !self->error)
    self->error = error;
  else
    g_clear_error (&error);
  if (--self->branches == 0)
    {
      if (self->error)
        g_task_return_error (task, g_steal_pointer (&self->error));
      else
        g_task_return_boolean (task, TRUE);
    }
  g_object_unref (task);
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error);
  end_branch (data, error);
}

/* The error of the branch is the city's refusal, whatever becomes of the mirror. */
static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Refresh *self = g_task_get_task_data (task);

  end_branch (task, g_steal_pointer (&self->refusal));
}

/* A city of our profile means it when it says that it knows no such number, or no longer. Of others
 * each has its own way to say so: for them a whole round decides. */
static gboolean
is_gone (Refresh *self, const GError *error)
{
  return komek_geo_report_is_extended (self->client)
         && g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED);
}

/* Takes the task and the error. */
static void
forget (GTask *task, GError *refusal)
{
  Refresh *self = g_task_get_task_data (task);
  const char *const numbers[] = { self->number, NULL };

  self->refusal = refusal;
  komek_mirror_forget_requests_async (self->mirror, numbers, NULL, on_forgotten, task);
}

static void
on_request_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Refresh *self = g_task_get_task_data (task);
  GError *error = NULL;
  KomekRequest *request =
    komek_geo_report_request_finish (KOMEK_GEO_REPORT (source), result, &error);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  if (!request)
    {
      if (is_gone (self, error))
        forget (task, error);
      else
        end_branch (task, error);
      return;
    }
  g_ptr_array_add (requests, request);
  /* The number of a slip led to it. */
  if (komek_number_is_local (self->number))
    komek_mirror_put_local_number_async (self->mirror, self->number,
                                         komek_request_get_number (request), NULL, NULL, NULL);
  komek_mirror_put_requests_async (self->mirror, requests, NULL, g_task_get_cancellable (task),
                                   on_put, task);
}

/* Histories are no part of the standard: a plain city need not have any. */
static void
on_updates_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Refresh *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) updates =
    komek_geo_report_updates_finish (KOMEK_GEO_REPORT (source), result, &error);

  if (!updates)
    {
      if (!komek_geo_report_is_extended (self->client))
        g_clear_error (&error);
      end_branch (task, error);
      return;
    }
  komek_mirror_put_history_async (self->mirror, self->number, updates,
                                  g_task_get_cancellable (task), on_put, task);
}

/**
 * komek_refresh_run:
 * @task: (transfer full): returns a boolean
 *
 * Fetches a request and its history from the city into the mirror.
 */
void
komek_refresh_run (GTask *task, KomekMirror *mirror, KomekGeoReport *client, const char *number,
                   KomekLanguage language)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Refresh *self = g_new0 (Refresh, 1);

  self->mirror = g_object_ref (mirror);
  self->client = g_object_ref (client);
  self->number = g_strdup (number);
  self->branches = 2;
  g_task_set_task_data (task, self, (GDestroyNotify) refresh_free);
  komek_geo_report_request_async (client, number, cancellable, on_request_fetched,
                                  g_object_ref (task));
  komek_geo_report_updates_async (client, number, language, cancellable, on_updates_fetched, task);
}
