/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-city-table.h"
#include "komek-definition-table.h"
#include "komek-history-table.h"
#include "komek-local-table.h"
#include "komek-mirror-private.h"
#include "komek-number.h"
#include "komek-point-reader.h"
#include "komek-request-table.h"
#include "komek-search.h"
#include "komek-service-table.h"
#include "komek-street-ranks.h"

/* The reading side of KomekMirror: each question is a job of a thread. */

typedef struct
{
  KomekVocabulary *vocabulary;
  char            *text;
  KomekSearchOrder order;
  guint            limit;
} Search;

static void
search_free (Search *self)
{
  g_free (self->text);
  g_free (self);
}

static gpointer
read_city (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_city_table_read (database, error);
}

static gpointer
read_services (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_service_table_read (database, error);
}

static gpointer
read_points (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_point_reader_read (database, data, error);
}

static gpointer
read_street_ranks (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_street_ranks_read (database, error);
}

static gpointer
read_stamp (KomekDatabase *database, gpointer data, GError **error)
{
  g_auto (KomekChangeMarks) marks = { NULL };

  return komek_change_table_read (database, &marks, error) ? komek_change_marks_dup_stamp (&marks)
                                                           : NULL;
}

static gpointer
match (KomekDatabase *database, gpointer data, GError **error)
{
  Search *search = data;

  return komek_search_match (search->vocabulary, database, search->text, error);
}

static gpointer
search (KomekDatabase *database, gpointer data, GError **error)
{
  Search *search = data;

  return komek_search_run (search->vocabulary, database, search->text, search->order,
                           search->limit, error);
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

/* A number of ours is found however it is typed, and a local one by what became of it. */
static gpointer
find (KomekDatabase *database, gpointer data, GError **error)
{
  KomekRequest *request = komek_request_table_find (database, data, error);
  g_autofree char *written = request || *error ? NULL : komek_number_normalise (data);
  g_autofree char *number = NULL;

  if (request || *error)
    return request;
  if (written && !komek_number_is_local (written))
    return komek_request_table_find (database, written, error);
  number = komek_local_table_find (database, data, error);
  return number ? komek_request_table_find (database, number, error) : NULL;
}

static gpointer
read_history (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_history_table_read (database, data, error);
}

static gpointer
read_definition (KomekDatabase *database, gpointer data, GError **error)
{
  return komek_definition_table_read (database, data, error);
}

static gpointer
finish_read (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, feed), NULL);

  komek_mirror_renew (KOMEK_MIRROR (feed));
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
komek_mirror_city_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_city_async);
  komek_store_thread_run (KOMEK_MIRROR (feed)->reader, task, read_city, g_object_unref);
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
  komek_store_thread_run (KOMEK_MIRROR (feed)->reader, task, read_services,
                          (GDestroyNotify) g_ptr_array_unref);
}

static void
komek_mirror_points_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_points_async);
  komek_store_thread_run (KOMEK_MIRROR (feed)->surveyor, task, read_points,
                          (GDestroyNotify) komek_points_unref);
}

static KomekPoints *
komek_mirror_points_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_points_since_async (KomekFeed *feed, KomekPoints *known, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_points_since_async);
  g_task_set_task_data (task, komek_points_ref (known), (GDestroyNotify) komek_points_unref);
  komek_store_thread_run (KOMEK_MIRROR (feed)->surveyor, task, read_points,
                          (GDestroyNotify) komek_points_unref);
}

/* Whoever asks is not to wait for points that are being read. */
static void
komek_mirror_points_stamp_async (KomekFeed *feed, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_points_stamp_async);
  komek_store_thread_run (KOMEK_MIRROR (feed)->reader, task, read_stamp, g_free);
}

static char *
komek_mirror_points_stamp_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_street_ranks_async (KomekFeed *feed, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_street_ranks_async);
  komek_store_thread_run (KOMEK_MIRROR (feed)->surveyor, task, read_street_ranks,
                          (GDestroyNotify) g_array_unref);
}

static GArray *
komek_mirror_street_ranks_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
run_search (GTask *task, const char *text, KomekSearchOrder order, guint limit, KomekStoreJob job,
            gpointer destroy)
{
  KomekMirror *self = g_task_get_source_object (task);
  Search *search = g_new (Search, 1);

  *search = (Search) { self->vocabulary, g_strdup (text), order, limit };
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  komek_store_thread_run (self->reader, task, job, destroy);
}

static void
komek_mirror_match_async (KomekFeed *feed, const char *text, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_match_async);
  run_search (task, text, KOMEK_SEARCH_NEWEST, KOMEK_HITS_COUNTED, match, g_array_unref);
}

static GArray *
komek_mirror_match_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

static void
komek_mirror_search_async (KomekFeed *feed, const char *text, KomekSearchOrder order, guint limit,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_search_async);
  run_search (task, text, order, limit, search, komek_hits_unref);
}

static KomekHits *
komek_mirror_search_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
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
  komek_store_thread_run (KOMEK_MIRROR (feed)->reader, task, load,
                          (GDestroyNotify) g_ptr_array_unref);
}

static void
run_by_text (GTask *task, const char *text, KomekStoreJob job, GDestroyNotify destroy)
{
  KomekMirror *self = g_task_get_source_object (task);

  g_task_set_task_data (task, g_strdup (text), g_free);
  komek_store_thread_run (self->reader, task, job, destroy);
}

static void
komek_mirror_find_async (KomekFeed *feed, const char *number, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_find_async);
  run_by_text (task, number, find, g_object_unref);
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
  run_by_text (task, number, read_history, (GDestroyNotify) g_ptr_array_unref);
}

static void
komek_mirror_definition_async (KomekFeed *feed, const char *service, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (feed, cancellable, callback, data);

  g_task_set_source_tag (task, komek_mirror_definition_async);
  run_by_text (task, service, read_definition, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
finish_list (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return finish_read (feed, result, error);
}

void
komek_mirror_feed_init (KomekFeedInterface *iface)
{
  iface->city_async = komek_mirror_city_async;
  iface->city_finish = komek_mirror_city_finish;
  iface->services_async = komek_mirror_services_async;
  iface->services_finish = finish_list;
  iface->points_async = komek_mirror_points_async;
  iface->points_finish = komek_mirror_points_finish;
  iface->street_ranks_async = komek_mirror_street_ranks_async;
  iface->street_ranks_finish = komek_mirror_street_ranks_finish;
  iface->points_since_async = komek_mirror_points_since_async;
  iface->points_since_finish = komek_mirror_points_finish;
  iface->points_stamp_async = komek_mirror_points_stamp_async;
  iface->points_stamp_finish = komek_mirror_points_stamp_finish;
  iface->match_async = komek_mirror_match_async;
  iface->match_finish = komek_mirror_match_finish;
  iface->search_async = komek_mirror_search_async;
  iface->search_finish = komek_mirror_search_finish;
  iface->load_async = komek_mirror_load_async;
  iface->load_finish = finish_list;
  iface->find_async = komek_mirror_find_async;
  iface->find_finish = komek_mirror_find_finish;
  iface->history_async = komek_mirror_history_async;
  iface->history_finish = finish_list;
  iface->definition_async = komek_mirror_definition_async;
  iface->definition_finish = finish_list;
}
