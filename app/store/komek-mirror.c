/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-mirror.h"

#include "komek-city-table.h"
#include "komek-history-table.h"
#include "komek-number.h"
#include "komek-request-table.h"
#include "komek-search-table.h"
#include "komek-store-thread.h"

/* While pages pour in, whoever shows all of it shall not begin anew with each. */
#define QUIET_MILLISECONDS 200

/**
 * KomekMirror:
 *
 * What this device knows of the city, in a file: what the screen reads and synchronisation writes.
 *
 * One thread writes and another reads, so that a long fill never delays what
 * the screen asks; both see only finished writes. Everything in the file can
 * be had from the city again. Its signals are emitted in the thread that made
 * it, and only when something is other than it was.
 */
struct _KomekMirror
{
  GObject           parent;
  KomekStoreFile   *file;
  KomekStoreThread *writer;
  KomekStoreThread *reader;
  guint             generation;       /* the file that the screen has heard of */
  guint             quiet;            /* source: no signal of requests before it */
  gboolean          requests_changed; /* while it was quiet */
};

/* What a write does: its arguments, and whether anything is other than before. */
typedef struct
{
  GPtrArray    *requests;
  KomekProgress progress;
  gboolean      has_progress;
  char         *number;
  GPtrArray    *updates;
  KomekCity    *city;
  GPtrArray    *services;
  gboolean      requests_changed;
  gboolean      city_changed;
} Write;

typedef gboolean (*Writing) (KomekDatabase *database, Write *write, GError **error);

static void komek_mirror_feed_init (KomekFeedInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekMirror, komek_mirror, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_FEED, komek_mirror_feed_init))

static void
write_free (Write *self)
{
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->updates, g_ptr_array_unref);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_object (&self->city);
  g_free (self->number);
  g_free (self);
}

static gboolean
on_quiet_over (gpointer data)
{
  KomekMirror *self = data;

  if (!self->requests_changed)
    {
      self->quiet = 0;
      return G_SOURCE_REMOVE;
    }
  self->requests_changed = FALSE;
  komek_feed_emit_requests_changed (KOMEK_FEED (self));
  return G_SOURCE_CONTINUE;
}

static void
announce_requests (KomekMirror *self)
{
  if (self->quiet)
    {
      self->requests_changed = TRUE;
      return;
    }
  self->quiet = g_timeout_add (QUIET_MILLISECONDS, on_quiet_over, self);
  komek_feed_emit_requests_changed (KOMEK_FEED (self));
}

/* A file that had to be begun anew has changed in all respects. */
static void
announce (KomekMirror *self, gboolean requests, gboolean city)
{
  guint generation = komek_store_file_get_generation (self->file);
  gboolean anew = generation > self->generation;

  self->generation = MAX (self->generation, generation);
  if (city || anew)
    komek_feed_emit_city_changed (KOMEK_FEED (self));
  if (requests || anew)
    announce_requests (self);
}

static gpointer
do_nothing (KomekDatabase *database, gpointer data, GError **error)
{
  return database;
}

static void
on_renewed (GObject *source, GAsyncResult *result, gpointer data)
{
  announce (KOMEK_MIRROR (source), FALSE, FALSE);
}

/* Has a file that was found broken begun anew now, not when the city has news again. */
static void
renew (KomekMirror *self)
{
  GTask *task;

  if (!komek_store_file_is_condemned (self->file))
    return;
  task = g_task_new (self, NULL, on_renewed, NULL);
  komek_store_thread_run (self->writer, task, do_nothing, NULL);
}

static gboolean
write_requests (KomekDatabase *database, Write *write, GError **error)
{
  GPtrArray *requests = write->requests;

  for (guint i = 0; i < requests->len; i++)
    if (!komek_request_table_put (database, requests->pdata[i], &write->requests_changed, error))
      return FALSE;
  return !write->has_progress || komek_city_table_put_progress (database, &write->progress, error);
}

static gboolean
write_history (KomekDatabase *database, Write *write, GError **error)
{
  return komek_history_table_put (database, write->number, write->updates, &write->requests_changed,
                                  error);
}

static gboolean
write_city (KomekDatabase *database, Write *write, GError **error)
{
  gboolean *changed = &write->city_changed;

  return komek_city_table_put (database, write->city, changed, error)
         && (!write->services
             || komek_city_table_put_services (database, write->services, changed, error));
}

static gboolean
clear_all (KomekDatabase *database, Write *write, GError **error)
{
  return komek_request_table_clear (database, &write->requests_changed, error)
         && komek_history_table_clear (database, error)
         && komek_city_table_clear (database, &write->city_changed, error);
}

static gpointer
do_write (KomekDatabase *database, Write *write, Writing writing, GError **error)
{
  if (komek_database_begin (database, error)
      && komek_database_end (database, writing (database, write, error), error))
    return write;

  write->requests_changed = FALSE;
  write->city_changed = FALSE;
  return NULL;
}

static gpointer
put_requests (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_requests, error);
}

static gpointer
put_history (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_history, error);
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
  announce (self, write->requests_changed, write->city_changed);
  renew (self);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* The screen hears of a write even where whoever asked for it has gone: so it has a task of its
 * own, which nobody cancels. */
static void
run_write (KomekMirror *self, Write *write, KomekStoreJob job, GTask *task)
{
  GTask *inner = g_task_new (self, NULL, on_written, task);

  g_task_set_task_data (inner, write, (GDestroyNotify) write_free);
  komek_store_thread_run (self->writer, inner, job, NULL);
}

static gpointer
read_progress (KomekDatabase *database, gpointer data, GError **error)
{
  KomekProgress *progress = g_new0 (KomekProgress, 1);

  if (komek_city_table_read_progress (database, progress, error))
    return progress;
  g_free (progress);
  return NULL;
}

static gpointer
read_city (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_city_table_read (database, error);
}

static gpointer
read_services (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_city_table_read_services (database, error);
}

static gpointer
read_points (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_request_table_read_points (database, error);
}

static gpointer
match (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_search_table_match (database, data, error);
}

static void
unref_if_any (gpointer object)
{
  if (object)
    g_object_unref (object);
}

static gpointer
load (KomekDatabase *database, gpointer data, GError **error)
{
  GArray *keys = data;
  g_autoptr (GPtrArray) requests = g_ptr_array_new_full (keys->len, unref_if_any);

  for (guint i = 0; i < keys->len && !*error; i++)
    {
      guint32 key = g_array_index (keys, guint32, i);

      g_ptr_array_add (requests, komek_request_table_load (database, key, error));
    }
  return *error ? NULL : g_steal_pointer (&requests);
}

/* A number of ours is found however it is typed. */
static gpointer
find (KomekDatabase *database, gpointer data, GError **error)
{
  KomekRequest *request = komek_request_table_find (database, data, error);
  g_autofree char *written = request || *error ? NULL : komek_number_normalise (data);

  return written ? komek_request_table_find (database, written, error) : request;
}

static gpointer
read_history (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_history_table_read (database, data, error);
}

static void
run_read (KomekMirror *self, GTask *task, KomekStoreJob job, GDestroyNotify destroy)
{
  komek_store_thread_run (self->reader, task, job, destroy);
}

static gpointer
finish_read (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, feed), NULL);

  renew (KOMEK_MIRROR (feed));
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
komek_mirror_city_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_city_async);
  run_read (KOMEK_MIRROR (feed), task, read_city, g_object_unref);
}

static KomekCity *
komek_mirror_city_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_services_async (KomekFeed *feed, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_services_async);
  run_read (KOMEK_MIRROR (feed), task, read_services, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
komek_mirror_services_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_points_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_points_async);
  run_read (KOMEK_MIRROR (feed), task, read_points, (GDestroyNotify) komek_points_unref);
}

static KomekPoints *
komek_mirror_points_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_match_async (KomekFeed *feed, const char *text, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_match_async);
  g_task_set_task_data (task, g_strdup (text), g_free);
  run_read (KOMEK_MIRROR (feed), task, match, (GDestroyNotify) g_array_unref);
}

static GArray *
komek_mirror_match_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_load_async (KomekFeed *feed, GArray *keys, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_load_async);
  g_task_set_task_data (task, g_array_copy (keys), (GDestroyNotify) g_array_unref);
  run_read (KOMEK_MIRROR (feed), task, load, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
komek_mirror_load_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_find_async (KomekFeed *feed, const char *number, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_find_async);
  g_task_set_task_data (task, g_strdup (number), g_free);
  run_read (KOMEK_MIRROR (feed), task, find, g_object_unref);
}

static KomekRequest *
komek_mirror_find_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_history_async (KomekFeed *feed, const char *number, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_history_async);
  g_task_set_task_data (task, g_strdup (number), g_free);
  run_read (KOMEK_MIRROR (feed), task, read_history, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
komek_mirror_history_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_finalize (GObject *object)
{
  KomekMirror *self = KOMEK_MIRROR (object);

  g_clear_handle_id (&self->quiet, g_source_remove);
  g_clear_pointer (&self->reader, komek_store_thread_free);
  g_clear_pointer (&self->writer, komek_store_thread_free);
  g_clear_pointer (&self->file, komek_store_file_unref);
  G_OBJECT_CLASS (komek_mirror_parent_class)->finalize (object);
}

static void
komek_mirror_feed_init (KomekFeedInterface *iface)
{
  iface->city_async = komek_mirror_city_async;
  iface->city_finish = komek_mirror_city_finish;
  iface->services_async = komek_mirror_services_async;
  iface->services_finish = komek_mirror_services_finish;
  iface->points_async = komek_mirror_points_async;
  iface->points_finish = komek_mirror_points_finish;
  iface->match_async = komek_mirror_match_async;
  iface->match_finish = komek_mirror_match_finish;
  iface->load_async = komek_mirror_load_async;
  iface->load_finish = komek_mirror_load_finish;
  iface->find_async = komek_mirror_find_async;
  iface->find_finish = komek_mirror_find_finish;
  iface->history_async = komek_mirror_history_async;
  iface->history_finish = komek_mirror_history_finish;
}

static void
komek_mirror_class_init (KomekMirrorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_mirror_finalize;
}

static void
komek_mirror_init (KomekMirror *self)
{
}

/**
 * komek_mirror_new:
 * @path: the file; it and its folder are made where they are missing
 *
 * Makes a mirror at once: the file is opened in a thread, and calls wait their turn behind that.
 *
 * A file that is broken or not a mirror is renamed to PATH.bad-N and a new one
 * begun. Where no file can be had, every call fails with %KOMEK_ERROR_UNSAVED.
 *
 * Returns: (transfer full): the mirror
 */
KomekMirror *
komek_mirror_new (const char *path)
{
  KomekMirror *self = g_object_new (KOMEK_TYPE_MIRROR, NULL);

  self->generation = 1;
  self->file = komek_store_file_new (path);
  self->writer = komek_store_thread_new (self->file, TRUE);
  self->reader = komek_store_thread_new (self->file, FALSE);
  return self;
}

/**
 * komek_mirror_open_async:
 *
 * Waits until the file is open, or says why it cannot be.
 */
void
komek_mirror_open_async (KomekMirror *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data)
{
  GTask *task;

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_mirror_open_async);
  komek_store_thread_run (self->writer, task, do_nothing, NULL);
}

gboolean
komek_mirror_open_finish (KomekMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * komek_mirror_read_progress_async:
 *
 * Asks how far the mirror follows the city, all writes asked for so far included.
 */
void
komek_mirror_read_progress_async (KomekMirror *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  GTask *task;

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_mirror_read_progress_async);
  komek_store_thread_run (self->writer, task, read_progress, g_free);
}

gboolean
komek_mirror_read_progress_finish (KomekMirror *self, GAsyncResult *result, KomekProgress *progress,
                                   GError **error)
{
  g_autofree KomekProgress *read = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  read = g_task_propagate_pointer (G_TASK (result), error);
  if (read)
    *progress = *read;
  return read != NULL;
}

/**
 * komek_mirror_put_requests_async:
 * @requests: (element-type KomekRequest): nobody adds to it any more
 * @progress: (nullable): kept together with the requests
 *
 * Writes requests over those of the same numbers and beside all others.
 *
 * Like every write it is done even where @cancellable has the caller not hear of it.
 */
void
komek_mirror_put_requests_async (KomekMirror *self, GPtrArray *requests,
                                 const KomekProgress *progress, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  GTask *task;
  Write *write;

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_mirror_put_requests_async);
  write = g_new0 (Write, 1);
  write->requests = g_ptr_array_ref (requests);
  write->has_progress = progress != NULL;
  if (progress)
    write->progress = *progress;
  run_write (self, write, put_requests, task);
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
  GTask *task;
  Write *write;

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_mirror_put_history_async);
  write = g_new0 (Write, 1);
  write->number = g_strdup (number);
  write->updates = g_ptr_array_ref (updates);
  run_write (self, write, put_history, task);
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
  GTask *task;
  Write *write;

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_mirror_put_city_async);
  write = g_new0 (Write, 1);
  write->city = g_object_ref (city);
  write->services = services ? g_ptr_array_ref (services) : NULL;
  run_write (self, write, put_city, task);
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
  GTask *task;

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_mirror_forget_all_async);
  run_write (self, g_new0 (Write, 1), forget_all, task);
}

/* Ends any of the writes. */
gboolean
komek_mirror_write_finish (KomekMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
