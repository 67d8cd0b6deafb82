/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-mirror-private.h"
#include "komek-mirror-work.h"

/* The writing side of KomekMirror: each write is a job of one thread. */

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekMirror *self = KOMEK_MIRROR (source);
  g_autoptr (GTask) task = data;
  KomekMirrorWork *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  komek_mirror_announce (self, work->requests_changed, work->city_changed);
  komek_mirror_renew (self);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* The screen hears of a write even where whoever asked for it has gone: so it has a task of its
 * own, which nobody cancels. */
static void
run (GTask *task, KomekMirrorWork *work, KomekStoreJob job, gpointer tag)
{
  KomekMirror *self = g_task_get_source_object (task);
  GTask *inner = g_task_new (self, NULL, on_written, task);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (inner, work, (GDestroyNotify) komek_mirror_work_free);
  komek_store_thread_run (self->writer, inner, job, NULL);
}

static KomekMirrorWork *
work_new (const KomekProgress *progress)
{
  KomekMirrorWork *self = g_new0 (KomekMirrorWork, 1);

  self->has_progress = progress != NULL;
  if (progress)
    self->progress = *progress;
  return self;
}

/**
 * komek_mirror_put_requests_async:
 * @requests: (element-type KomekRequest): nobody adds to it any more
 * @progress: (nullable): kept together with the requests
 *
 * Writes requests over those of the same numbers and beside all others; those that the city took
 * back are forgotten.
 *
 * Requests of a walk that goes on are in lists and on the map at once; they are
 * found by their words soon after, and all of them once the last page is put:
 * the one whose progress has no next page. Like every write it is done even
 * where @cancellable has the caller not hear of it.
 */
void
komek_mirror_put_requests_async (KomekMirror *self, GPtrArray *requests,
                                 const KomekProgress *progress, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  KomekMirrorWork *work = work_new (progress);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  work->requests = g_ptr_array_ref (requests);
  run (g_task_new (self, cancellable, callback, data), work, komek_mirror_work_put_requests,
       komek_mirror_put_requests_async);
}

/**
 * komek_mirror_put_stream_async:
 * @source: called once, in a thread of the mirror
 * @source_data: (transfer full): for it, freed by @destroy
 * @progress: (nullable): kept once the whole stream is written
 *
 * Writes requests as they are decoded, however many there are, without ever holding them all.
 *
 * Where the stream breaks off, what came before stays and the progress is as it was.
 */
void
komek_mirror_put_stream_async (KomekMirror *self, KomekRequestSource source, gpointer source_data,
                               GDestroyNotify destroy, const KomekProgress *progress,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data)
{
  KomekMirrorWork *work = work_new (progress);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  work->requests = g_ptr_array_new_full (KOMEK_MIRROR_STREAMED, g_object_unref);
  work->source = source;
  work->source_data = source_data;
  work->destroy_source = destroy;
  run (g_task_new (self, cancellable, callback, data), work, komek_mirror_work_put_stream,
       komek_mirror_put_stream_async);
}

/**
 * komek_mirror_put_progress_async:
 *
 * Writes how far the mirror follows the city, where no page came with it.
 */
void
komek_mirror_put_progress_async (KomekMirror *self, const KomekProgress *progress,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_return_if_fail (KOMEK_IS_MIRROR (self));

  run (g_task_new (self, cancellable, callback, data), work_new (progress),
       komek_mirror_work_put_progress, komek_mirror_put_progress_async);
}

/**
 * komek_mirror_forget_requests_async:
 * @numbers: (array zero-terminated=1): requests that the city took back
 *
 * Forgets requests and their histories.
 */
void
komek_mirror_forget_requests_async (KomekMirror *self, const char *const *numbers,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data)
{
  KomekMirrorWork *work = work_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  work->numbers = g_strdupv ((char **) numbers);
  run (g_task_new (self, cancellable, callback, data), work, komek_mirror_work_forget_requests,
       komek_mirror_forget_requests_async);
}

/**
 * komek_mirror_put_local_number_async:
 * @local: a number that this device gave while it had no line
 * @number: the one that the city gave later
 *
 * Has a request be found by the number on its slip too, for as long as the city is the same.
 */
void
komek_mirror_put_local_number_async (KomekMirror *self, const char *local, const char *number,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data)
{
  KomekMirrorWork *work = work_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  work->local = g_strdup (local);
  work->name = g_strdup (number);
  run (g_task_new (self, cancellable, callback, data), work, komek_mirror_work_put_local,
       komek_mirror_put_local_number_async);
}

/**
 * komek_mirror_put_definition_async:
 * @attributes: (element-type KomekAttribute): all that is asked for @service; nobody adds to it
 *   any more
 *
 * Writes what the city wants to know with a request, in the place of what it wanted before.
 */
void
komek_mirror_put_definition_async (KomekMirror *self, const char *service, GPtrArray *attributes,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  KomekMirrorWork *work = work_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  work->name = g_strdup (service);
  work->attributes = g_ptr_array_ref (attributes);
  run (g_task_new (self, cancellable, callback, data), work, komek_mirror_work_put_definition,
       komek_mirror_put_definition_async);
}

/**
 * komek_mirror_put_history_async:
 * @updates: (element-type KomekUpdate): all steps in the life of the request @number, in either
 *   direction of time; nobody adds to it any more
 *
 * Writes a history in the place of the former one.
 */
void
komek_mirror_put_history_async (KomekMirror *self, const char *number, GPtrArray *updates,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  KomekMirrorWork *work = work_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  work->name = g_strdup (number);
  work->updates = g_ptr_array_ref (updates);
  run (g_task_new (self, cancellable, callback, data), work, komek_mirror_work_put_history,
       komek_mirror_put_history_async);
}

/**
 * komek_mirror_put_city_async:
 * @services: (nullable) (element-type KomekService): all of them; %NULL leaves them as they are
 *
 * Writes the city's card and its services in the place of the former ones.
 */
void
komek_mirror_put_city_async (KomekMirror *self, KomekCity *city, GPtrArray *services,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  KomekMirrorWork *work = work_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  work->city = g_object_ref (city);
  work->services = services ? g_ptr_array_ref (services) : NULL;
  run (g_task_new (self, cancellable, callback, data), work, komek_mirror_work_put_city,
       komek_mirror_put_city_async);
}

/**
 * komek_mirror_forget_all_async:
 *
 * Empties the mirror: another city has taken the place of the one that it showed.
 */
void
komek_mirror_forget_all_async (KomekMirror *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_MIRROR (self));

  run (g_task_new (self, cancellable, callback, data), work_new (NULL),
       komek_mirror_work_forget_all, komek_mirror_forget_all_async);
}

/* Ends any of the writes. */
gboolean
komek_mirror_write_finish (KomekMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
