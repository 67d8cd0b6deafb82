/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-city-table.h"
#include "komek-definition-table.h"
#include "komek-history-table.h"
#include "komek-local-table.h"
#include "komek-mirror-private.h"
#include "komek-request-table.h"
#include "komek-search-index.h"
#include "komek-service-table.h"
#include "komek-walk-table.h"

/* The writing side of KomekMirror: each write is a job of one thread, and a
 * transaction or a few of them. */

/* Of a stream, how many requests are held and written together. */
#define STREAMED 1000

/* What a write does: its arguments, and whether anything is other than before. */
typedef struct
{
  GPtrArray         *requests;
  KomekRequestSource source;
  gpointer           source_data;
  GDestroyNotify     destroy_source;
  KomekProgress      progress;
  gboolean           has_progress;
  char             **numbers;
  char              *name; /* a number or a service */
  char              *local;
  GPtrArray         *updates;
  GPtrArray         *attributes;
  KomekCity         *city;
  GPtrArray         *services;
  guint              written; /* requests so far */
  gboolean           requests_changed;
  gboolean           city_changed;
} Write;

typedef gboolean (*Writing) (KomekDatabase *database, Write *write, GError **error);

static void
write_free (Write *self)
{
  if (self->destroy_source)
    self->destroy_source (self->source_data);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->updates, g_ptr_array_unref);
  g_clear_pointer (&self->attributes, g_ptr_array_unref);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_object (&self->city);
  g_strfreev (self->numbers);
  g_free (self->name);
  g_free (self->local);
  g_free (self);
}

static gboolean
end_changes (KomekDatabase *database, KomekRequestChanges *changes, gboolean keep, Write *write,
             GError **error)
{
  write->requests_changed |= changes->changed;
  return komek_request_table_end (database, changes, keep, error);
}

/* A request that was not new when the walk began has now been met by it. */
static gboolean
put_request (KomekDatabase *database, KomekRequest *request, KomekRequestChanges *changes,
             gint64 known, GError **error)
{
  gint64 key;

  if (komek_request_peek (request)->withdrawn)
    return komek_request_table_remove (database, komek_request_get_number (request), changes,
                                       error);
  return komek_request_table_put (database, request, changes, &key, error)
         && (key > known || komek_walk_table_meet (database, key, error));
}

static gboolean
put_all (KomekDatabase *database, Write *write, KomekRequestChanges *changes, GError **error)
{
  gint64 known = 0;

  if (write->has_progress && write->progress.generation != 0
      && !komek_walk_table_begin (database, write->progress.generation, &known, error))
    return FALSE;
  for (guint i = 0; i < write->requests->len; i++)
    if (!put_request (database, write->requests->pdata[i], changes, known, error))
      return FALSE;
  write->written += write->requests->len;
  return TRUE;
}

static gboolean
write_requests (KomekDatabase *database, Write *write, GError **error)
{
  KomekRequestChanges changes;
  gboolean done = komek_request_table_begin (database, &changes, error)
                  && put_all (database, write, &changes, error);

  return end_changes (database, &changes, done, write, error);
}

static gboolean
write_progress (KomekDatabase *database, Write *write, GError **error)
{
  return !write->has_progress || komek_city_table_put_progress (database, &write->progress, error);
}

static gboolean
write_page (KomekDatabase *database, Write *write, GError **error)
{
  return write_requests (database, write, error) && write_progress (database, write, error);
}

static gboolean
remove_all (KomekDatabase *database, Write *write, const char *const *numbers, GError **error)
{
  KomekRequestChanges changes;
  gboolean done = komek_request_table_begin (database, &changes, error);

  for (guint i = 0; done && numbers[i]; i++)
    done = komek_request_table_remove (database, numbers[i], &changes, error);
  return end_changes (database, &changes, done, write, error);
}

static gboolean
remove_numbers (KomekDatabase *database, Write *write, GError **error)
{
  return remove_all (database, write, (const char *const *) write->numbers, error);
}

static gboolean
write_history (KomekDatabase *database, Write *write, GError **error)
{
  return komek_history_table_put (database, write->name, write->updates, &write->requests_changed,
                                  error);
}

static gboolean
write_local (KomekDatabase *database, Write *write, GError **error)
{
  return komek_local_table_put (database, write->local, write->name, &write->requests_changed,
                                error);
}

static gboolean
write_definition (KomekDatabase *database, Write *write, GError **error)
{
  return komek_definition_table_put (database, write->name, write->attributes, error);
}

static gboolean
write_city (KomekDatabase *database, Write *write, GError **error)
{
  gboolean *changed = &write->city_changed;

  return komek_city_table_put (database, write->city, changed, error)
         && (!write->services
             || komek_service_table_put (database, write->services, changed, error));
}

static gboolean
clear_all (KomekDatabase *database, Write *write, GError **error)
{
  return komek_search_index_clear (database, error)
         && komek_request_table_clear (database, &write->requests_changed, error)
         && komek_history_table_clear (database, error)
         && komek_definition_table_clear (database, error)
         && komek_local_table_clear (database, error)
         && komek_city_table_clear (database, &write->city_changed, error);
}

static gpointer
do_write (KomekDatabase *database, Write *write, Writing writing, GError **error)
{
  gboolean requests_changed = write->requests_changed;

  if (komek_database_begin (database, error)
      && komek_database_end (database, writing (database, write, error), error))
    return write;

  write->requests_changed = requests_changed;
  write->city_changed = FALSE;
  return NULL;
}

/* While a walk is on its way its words follow later, many at a time; whoever put but a few, or
 * the last page, finds them from now on. The requests themselves are safe whatever becomes of
 * their words. */
static gpointer
finish_requests (KomekDatabase *database, Write *write, GError **error)
{
  gboolean walking = write->has_progress && write->progress.page != 0;
  guint written = write->has_progress ? G_MAXUINT : write->written;

  return walking || komek_upkeep_finish_writing (database, written, error) ? write : NULL;
}

static gpointer
put_requests (KomekDatabase *database, gpointer data, GError **error)
{
  if (!do_write (database, data, write_page, error))
    return NULL;
  return finish_requests (database, data, error);
}

/* A stream that is being written. */
typedef struct
{
  KomekDatabase *database;
  Write         *write;
  GError        *error;
} Stream;

static void
write_streamed (Stream *self)
{
  if (!self->error)
    do_write (self->database, self->write, write_requests, &self->error);
  g_ptr_array_set_size (self->write->requests, 0);
}

static void
take (KomekRequest *request, gpointer data)
{
  Stream *self = data;

  g_ptr_array_add (self->write->requests, g_object_ref (request));
  if (self->write->requests->len >= STREAMED)
    write_streamed (self);
}

static gpointer
put_stream (KomekDatabase *database, gpointer data, GError **error)
{
  Write *write = data;
  Stream stream = { database, write, NULL };
  gboolean whole = write->source (write->source_data, take, &stream, error);

  write_streamed (&stream);
  if (stream.error)
    {
      g_clear_error (error);
      g_propagate_error (error, stream.error);
      return NULL;
    }
  if (!whole || !do_write (database, write, write_progress, error))
    return NULL;
  return finish_requests (database, write, error);
}

static gpointer
put_progress (KomekDatabase *database, gpointer data, GError **error)
{
  if (!do_write (database, data, write_progress, error))
    return NULL;
  return finish_requests (database, data, error);
}

static gpointer
forget_requests (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, remove_numbers, error);
}

static gpointer
put_history (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_history, error);
}

static gpointer
put_local (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_local, error);
}

static gpointer
put_definition (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_definition, error);
}

static gpointer
put_city (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_city, error);
}

static gpointer
forget_all (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, clear_all, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekMirror *self = KOMEK_MIRROR (source);
  g_autoptr (GTask) task = data;
  Write *write = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  komek_mirror_announce (self, write->requests_changed, write->city_changed);
  komek_mirror_renew (self);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* The screen hears of a write even where whoever asked for it has gone: so it has a task of its
 * own, which nobody cancels. */
static void
run (GTask *task, Write *write, KomekStoreJob job, gpointer tag)
{
  KomekMirror *self = g_task_get_source_object (task);
  GTask *inner = g_task_new (self, NULL, on_written, task);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (inner, write, (GDestroyNotify) write_free);
  komek_store_thread_run (self->writer, inner, job, NULL);
}

static Write *
write_new (const KomekProgress *progress)
{
  Write *self = g_new0 (Write, 1);

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
  Write *write = write_new (progress);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  write->requests = g_ptr_array_ref (requests);
  run (g_task_new (self, cancellable, callback, data), write, put_requests,
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
  Write *write = write_new (progress);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  write->requests = g_ptr_array_new_full (STREAMED, g_object_unref);
  write->source = source;
  write->source_data = source_data;
  write->destroy_source = destroy;
  run (g_task_new (self, cancellable, callback, data), write, put_stream,
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

  run (g_task_new (self, cancellable, callback, data), write_new (progress), put_progress,
       komek_mirror_put_progress_async);
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
  Write *write = write_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  write->numbers = g_strdupv ((char **) numbers);
  run (g_task_new (self, cancellable, callback, data), write, forget_requests,
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
  Write *write = write_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  write->local = g_strdup (local);
  write->name = g_strdup (number);
  run (g_task_new (self, cancellable, callback, data), write, put_local,
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
  Write *write = write_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  write->name = g_strdup (service);
  write->attributes = g_ptr_array_ref (attributes);
  run (g_task_new (self, cancellable, callback, data), write, put_definition,
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
  Write *write = write_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  write->name = g_strdup (number);
  write->updates = g_ptr_array_ref (updates);
  run (g_task_new (self, cancellable, callback, data), write, put_history,
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
  Write *write = write_new (NULL);

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  write->city = g_object_ref (city);
  write->services = services ? g_ptr_array_ref (services) : NULL;
  run (g_task_new (self, cancellable, callback, data), write, put_city,
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

  run (g_task_new (self, cancellable, callback, data), write_new (NULL), forget_all,
       komek_mirror_forget_all_async);
}

/* Ends any of the writes. */
gboolean
komek_mirror_write_finish (KomekMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
