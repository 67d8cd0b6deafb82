/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-mirror-work.h"

#include "komek-city-table.h"
#include "komek-definition-table.h"
#include "komek-fault.h"
#include "komek-history-table.h"
#include "komek-local-table.h"
#include "komek-request-table.h"
#include "komek-search-index.h"
#include "komek-service-table.h"
#include "komek-upkeep.h"
#include "komek-walk-table.h"

/* What KomekMirror writes, in the thread that writes: each is a job, and a transaction or a few of
 * them. */

typedef gboolean (*Writing) (KomekDatabase *database, KomekMirrorWork *work, GError **error);

void
komek_mirror_work_free (KomekMirrorWork *self)
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
end_changes (KomekDatabase *database, KomekRequestChanges *changes, gboolean keep,
             KomekMirrorWork *work, GError **error)
{
  work->requests_changed |= changes->changed;
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
put_all (KomekDatabase *database, KomekMirrorWork *work, KomekRequestChanges *changes,
         GError **error)
{
  gint64 known = 0;

  if (work->has_progress && work->progress.generation != 0
      && !komek_walk_table_begin (database, work->progress.generation, &known, error))
    return FALSE;
  for (guint i = 0; i < work->requests->len; i++)
    if (!put_request (database, work->requests->pdata[i], changes, known, error))
      return FALSE;
  work->written += work->requests->len;
  return TRUE;
}

static gboolean
write_requests (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  KomekRequestChanges changes;
  gboolean done = komek_request_table_begin (database, &changes, error)
                  && put_all (database, work, &changes, error);

  return end_changes (database, &changes, done, work, error);
}

static gboolean
write_progress (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  return !work->has_progress || komek_city_table_put_progress (database, &work->progress, error);
}

static gboolean
write_page (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  return write_requests (database, work, error) && write_progress (database, work, error);
}

static gboolean
remove_all (KomekDatabase *database, KomekMirrorWork *work, const char *const *numbers,
            GError **error)
{
  KomekRequestChanges changes;
  gboolean done = komek_request_table_begin (database, &changes, error);

  for (guint i = 0; done && numbers[i]; i++)
    done = komek_request_table_remove (database, numbers[i], &changes, error);
  return end_changes (database, &changes, done, work, error);
}

static gboolean
remove_numbers (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  return remove_all (database, work, (const char *const *) work->numbers, error);
}

static gboolean
write_history (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  return komek_history_table_put (database, work->name, work->updates, &work->requests_changed,
                                  error);
}

static gboolean
write_local (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  return komek_local_table_put (database, work->local, work->name, &work->requests_changed,
                                error);
}

static gboolean
write_definition (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  return komek_definition_table_put (database, work->name, work->attributes, error);
}

static gboolean
write_city (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  gboolean *changed = &work->city_changed;

  return komek_city_table_put (database, work->city, changed, error)
         && (!work->services
             || komek_service_table_put (database, work->services, changed, error));
}

static gboolean
clear_all (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  return komek_search_index_clear (database, error)
         && komek_request_table_clear (database, &work->requests_changed, error)
         && komek_history_table_clear (database, error)
         && komek_definition_table_clear (database, error)
         && komek_local_table_clear (database, error)
         && komek_city_table_clear (database, &work->city_changed, error);
}

static gpointer
do_write (KomekDatabase *database, KomekMirrorWork *work, Writing writing, GError **error)
{
  gboolean requests_changed = work->requests_changed;
  gboolean done = komek_database_begin (database, error) && writing (database, work, error);

  komek_fault_point ("mirror.write.before_commit");
  if (komek_database_end (database, done, error))
    {
      komek_fault_point ("mirror.write.after_commit");
      return work;
    }

  work->requests_changed = requests_changed;
  work->city_changed = FALSE;
  return NULL;
}

/* While a walk is on its way its words follow later, many at a time; whoever put but a few, or
 * the last page, finds them from now on. The requests themselves are safe whatever becomes of
 * their words. */
static gpointer
finish_requests (KomekDatabase *database, KomekMirrorWork *work, GError **error)
{
  gboolean walking = work->has_progress && work->progress.page != 0;
  guint written = work->has_progress ? G_MAXUINT : work->written;

  return walking || komek_upkeep_finish_writing (database, written, error) ? work : NULL;
}

gpointer
komek_mirror_work_put_requests (KomekDatabase *database, gpointer data, GError **error)
{
  if (!do_write (database, data, write_page, error))
    return NULL;
  return finish_requests (database, data, error);
}

/* A stream that is being written. */
typedef struct
{
  KomekDatabase *database;
  KomekMirrorWork *work;
  GError        *error;
} Stream;

static void
write_streamed (Stream *self)
{
  if (!self->error)
    do_write (self->database, self->work, write_requests, &self->error);
  g_ptr_array_set_size (self->work->requests, 0);
}

static void
take (KomekRequest *request, gpointer data)
{
  Stream *self = data;

  g_ptr_array_add (self->work->requests, g_object_ref (request));
  if (self->work->requests->len >= KOMEK_MIRROR_STREAMED)
    write_streamed (self);
}

gpointer
komek_mirror_work_put_stream (KomekDatabase *database, gpointer data, GError **error)
{
  KomekMirrorWork *work = data;
  Stream stream = { database, work, NULL };
  gboolean whole = work->source (work->source_data, take, &stream, error);

  write_streamed (&stream);
  if (stream.error)
    {
      g_clear_error (error);
      g_propagate_error (error, stream.error);
      return NULL;
    }
  if (!whole || !do_write (database, work, write_progress, error))
    return NULL;
  return finish_requests (database, work, error);
}

gpointer
komek_mirror_work_put_progress (KomekDatabase *database, gpointer data, GError **error)
{
  if (!do_write (database, data, write_progress, error))
    return NULL;
  return finish_requests (database, data, error);
}

gpointer
komek_mirror_work_forget_requests (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, remove_numbers, error);
}

gpointer
komek_mirror_work_put_history (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_history, error);
}

gpointer
komek_mirror_work_put_local (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_local, error);
}

gpointer
komek_mirror_work_put_definition (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_definition, error);
}

gpointer
komek_mirror_work_put_city (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, write_city, error);
}

gpointer
komek_mirror_work_forget_all (KomekDatabase *database, gpointer data, GError **error)
{
  return do_write (database, data, clear_all, error);
}
