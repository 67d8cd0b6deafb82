/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-missing.h"

#include "komek-error.h"

/* The rest of them is asked for after the next round. */
#define MOST_AT_ONCE 500

/* Asks a city for those requests that a walk through all of it has not met, each by its number:
 *
 *     list ─► fetch ─► put or forget ─► … ─► done
 *
 * A city whose lists leave something out, the closed ones for instance, has it
 * all the same. Only what it says not to know is forgotten. */
typedef struct
{
  KomekMirror    *mirror;
  KomekGeoReport *client;
  GStrv           numbers;
  guint           at;
} Missing;

static void go_on (GTask *task);

static void
missing_free (Missing *self)
{
  g_clear_object (&self->mirror);
  g_clear_object (&self->client);
  g_strfreev (self->numbers);
  g_free (self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    go_on (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/* Takes the task. */
static void
forget (GTask *task, const char *number)
{
  Missing *self = g_task_get_task_data (task);
  const char *const numbers[] = { number, NULL };

  g_message ("The city has %s no more", number);
  komek_mirror_forget_requests_async (self->mirror, numbers, g_task_get_cancellable (task),
                                      on_written, task);
}

/* Takes the task. */
static void
keep (GTask *task, KomekRequest *request)
{
  Missing *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (requests, g_object_ref (request));
  komek_mirror_put_requests_async (self->mirror, requests, NULL, g_task_get_cancellable (task),
                                   on_written, task);
}

/* An answer that makes no sense says nothing of the request: some servers break over a number that
 * they do not know. */
static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Missing *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KomekRequest) request =
    komek_geo_report_request_finish (KOMEK_GEO_REPORT (source), result, &error);
  const char *number = self->numbers[self->at++];

  if (request)
    keep (g_steal_pointer (&task), request);
  else if (g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
    forget (g_steal_pointer (&task), number);
  else if (g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE))
    go_on (g_steal_pointer (&task));
  else
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
}

/* Takes the task. */
static void
go_on (GTask *task)
{
  Missing *self = g_task_get_task_data (task);

  if (self->numbers[self->at] && self->at < MOST_AT_ONCE)
    {
      komek_geo_report_request_async (self->client, self->numbers[self->at],
                                      g_task_get_cancellable (task), on_fetched, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Missing *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->numbers = komek_mirror_list_unseen_finish (KOMEK_MIRROR (source), result, &error);
  if (self->numbers)
    go_on (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/**
 * komek_missing_run:
 * @task: (transfer full): returns a boolean
 * @generation: the walk
 * @start: the first second of the time that it went through wholly
 * @end: the second after its last one
 *
 * Brings the mirror to what the city says of requests that a walk has not met.
 */
void
komek_missing_run (GTask *task, KomekMirror *mirror, KomekGeoReport *client, gint64 generation,
                   gint64 start, gint64 end)
{
  Missing *self = g_new0 (Missing, 1);

  self->mirror = g_object_ref (mirror);
  self->client = g_object_ref (client);
  g_task_set_task_data (task, self, (GDestroyNotify) missing_free);
  komek_mirror_list_unseen_async (mirror, generation, start, end, g_task_get_cancellable (task),
                                  on_listed, task);
}
