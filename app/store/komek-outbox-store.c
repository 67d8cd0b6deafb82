/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-store.h"


#include "komek-error.h"
#include "komek-fault.h"
#include "komek-outbox-work.h"

#include <string.h>

#define USUAL_LEAST_FREE (200 * 1024 * 1024)
#define USUAL_KEEP (24 * 60 * 60)
#define USUAL_MACHINE "/etc/machine-id"

/* How much of a long queue is looked at at once. */
#define MOST_ITEMS 1000

/**
 * KomekOutboxStore:
 *
 * What waits for the city, in a file of this device: durable before anybody hears of it, locked, in
 * order.
 *
 * Everything happens in a thread of its own, one thing after the other. What is
 * asked of it is done even where the program goes on or ends; finalizing waits.
 */
struct _KomekOutboxStore
{
  GObject        parent;
  KomekOutboxKit kit;        /* of the thread alone */
  guint64        least_free;
  gint64         keep;
  GThread       *thread;
  GAsyncQueue   *jobs;
};

G_DEFINE_FINAL_TYPE (KomekOutboxStore, komek_outbox_store, G_TYPE_OBJECT)

typedef struct _Job Job;
typedef gpointer (*Work) (KomekOutboxStore *self, Job *job, KomekDatabase *database,
                          GError **error);

/* What is to be done and with what; each work uses what it needs of it. */
struct _Job
{
  GTask            *task;
  Work              work;
  GDestroyNotify    destroy; /* of the result */
  gpointer          result;
  GError           *error;

  gint64            sequence;
  gint64            time;
  guint             position;
  gboolean          sent;
  gboolean          must_note;
  gboolean          adds; /* something new, to which no reserve is given */
  KomekFiling      *filing;
  GPtrArray        *photos;
  char            **watched;
  KomekOutboxChange change;
  GBytes           *reason; /* in the clear */
};

/* The last job. */
static Job farewell;

/* What a work without a result gives. */
static char done[] = "done";

void
komek_outbox_survey_free (KomekOutboxSurvey *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_free (self);
}

static void
job_free (Job *job)
{
  if (job->result && job->destroy)
    job->destroy (job->result);
  g_clear_error (&job->error);
  g_clear_pointer (&job->filing, komek_filing_unref);
  g_clear_pointer (&job->photos, g_ptr_array_unref);
  g_strfreev (job->watched);
  g_free ((char *) job->change.number);
  g_free ((char *) job->change.token);
  g_clear_pointer (&job->reason, g_bytes_unref);
  g_object_unref (job->task);
  g_free (job);
}

static gboolean
deliver (gpointer data)
{
  Job *job = data;

  if (job->error)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->destroy);
  return G_SOURCE_REMOVE;
}

/* The task goes home with the job: were its last reference dropped here, the
 * store would be finalized in its own thread and wait for itself. */
static void
send_home (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, job, (GDestroyNotify) job_free);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
do_job (KomekOutboxStore *self, Job *job)
{
  KomekDatabase *database = komek_outbox_file_open (self->kit.file, &job->error);

  if (database)
    job->result = job->work (self, job, database, &job->error);
}

/* A file that turned out to be broken on the way is set aside when it is opened again; and what is
 * kept already is looked after even where the disk is full. */
static gboolean
may_try_again (KomekOutboxStore *self, Job *job)
{
  if (!g_error_matches (job->error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED))
    return FALSE;
  return komek_outbox_file_is_broken (self->kit.file)
         || (!job->adds && komek_outbox_file_make_room (self->kit.file));
}

static gpointer
run (gpointer data)
{
  KomekOutboxStore *self = data;
  Job *job;

  while ((job = g_async_queue_pop (self->jobs)) != &farewell)
    {
      do_job (self, job);
      if (may_try_again (self, job))
        {
          g_clear_error (&job->error);
          do_job (self, job);
        }
      send_home (job);
    }
  g_clear_pointer (&self->kit.file, komek_outbox_file_free);
  return NULL;
}

static void
komek_outbox_store_finalize (GObject *object)
{
  KomekOutboxStore *self = KOMEK_OUTBOX_STORE (object);

  komek_fault_point ("outbox.farewell");
  g_async_queue_push (self->jobs, &farewell);
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_object_unref (self->kit.vault);
  G_OBJECT_CLASS (komek_outbox_store_parent_class)->finalize (object);
}

static void
komek_outbox_store_class_init (KomekOutboxStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_outbox_store_finalize;
}

static void
komek_outbox_store_init (KomekOutboxStore *self)
{
  self->jobs = g_async_queue_new ();
}

/**
 * komek_outbox_store_new:
 * @path: where its file is, or is to be made
 * @vault: locks all that a citizen wrote
 * @limits: (nullable): what it needs of the device
 *
 * Returns: (transfer full): the store; its file is opened in its thread when it is first needed
 */
KomekOutboxStore *
komek_outbox_store_new (const char *path, KomekVault *vault, const KomekOutboxLimits *limits)
{
  KomekOutboxStore *self = g_object_new (KOMEK_TYPE_OUTBOX_STORE, NULL);
  const char *machine = limits && limits->machine ? limits->machine : USUAL_MACHINE;

  self->kit.vault = g_object_ref (vault);
  self->least_free = limits && limits->least_free ? limits->least_free : USUAL_LEAST_FREE;
  self->keep = limits && limits->keep ? limits->keep : USUAL_KEEP;
  self->kit.file = komek_outbox_file_new (path, machine);
  self->thread = g_thread_new ("komek-outbox", run, self);
  return self;
}

static Job *
make_job (KomekOutboxStore *self, Work work, GDestroyNotify destroy, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (job->task, make_job);
  job->work = work;
  job->destroy = destroy;
  return job;
}

static void
push (KomekOutboxStore *self, Job *job)
{
  g_async_queue_push (self->jobs, job);
}

static gpointer
take_result (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
prepare (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_work_prepare (&self->kit, database, self->least_free, error) ? done : NULL;
}

/**
 * komek_outbox_store_prepare_async:
 *
 * Asks whether an item could be kept; komek_outbox_store_finish() tells.
 */
void
komek_outbox_store_prepare_async (KomekOutboxStore *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, prepare, NULL, cancellable, callback, data);
  job->adds = TRUE;
  push (self, job);
}

static gpointer
add (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_work_add (&self->kit, database, komek_filing_peek (job->filing), job->photos,
                                error);
}

/**
 * komek_outbox_store_add_async:
 * @fields: its local number and device are given here
 * @photos: (element-type GBytes): in the clear
 *
 * Keeps a request. The same key again gives the item that is there.
 */
void
komek_outbox_store_add_async (KomekOutboxStore *self, const KomekFilingFields *fields,
                              GPtrArray *photos, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, add, (GDestroyNotify) komek_outbox_item_free, cancellable, callback, data);
  job->adds = TRUE;
  job->filing = komek_filing_new (fields);
  job->photos = g_ptr_array_copy (photos, (GCopyFunc) (void (*) (void)) g_bytes_ref, NULL);
  g_ptr_array_set_free_func (job->photos, (GDestroyNotify) g_bytes_unref);
  push (self, job);
}

/**
 * komek_outbox_store_add_finish:
 *
 * Returns: (transfer full) (nullable): the item, durable
 */
KomekOutboxItem *
komek_outbox_store_add_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error);
}

static GPtrArray *
find_watched (KomekDatabase *database, char **keys, GError **error)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_outbox_item_free);

  for (guint i = 0; keys && keys[i]; i++)
    {
      KomekOutboxItem *item;

      if (!komek_outbox_table_find (database, keys[i], &item, error))
        return NULL;
      if (item)
        g_ptr_array_add (items, item);
    }
  return g_steal_pointer (&items);
}

static gpointer
survey (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  g_autoptr (KomekOutboxSurvey) answer = g_new0 (KomekOutboxSurvey, 1);

  answer->leads = komek_outbox_file_lead (self->kit.file);
  if (!komek_outbox_table_count (database, &answer->waiting, &answer->parked, &answer->oldest,
                                 error))
    return NULL;
  answer->items = komek_outbox_table_list (database, MOST_ITEMS, error);
  answer->watched = answer->items ? find_watched (database, job->watched, error) : NULL;
  return answer->watched ? g_steal_pointer (&answer) : NULL;
}

/**
 * komek_outbox_store_survey_async:
 * @watched: (nullable) (array zero-terminated=1): keys of items of which to hear in any state
 *
 * Asks how it stands, and to be the process that delivers.
 */
void
komek_outbox_store_survey_async (KomekOutboxStore *self, const char *const *watched,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, survey, (GDestroyNotify) komek_outbox_survey_free, cancellable, callback,
                  data);
  job->watched = g_strdupv ((char **) watched);
  push (self, job);
}

/**
 * komek_outbox_store_survey_finish:
 *
 * Returns: (transfer full) (nullable): how it stands
 */
KomekOutboxSurvey *
komek_outbox_store_survey_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error);
}

static gpointer
begin (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_work_begin (&self->kit, database, job->sequence, job->must_note, error);
}

/**
 * komek_outbox_store_begin_async:
 * @must_note: whether it may go only if that is durable: a city that knows keys tells a second time
 * by itself
 *
 * Opens an item to be sent, and remembers first that it may have been sent from now on.
 */
void
komek_outbox_store_begin_async (KomekOutboxStore *self, gint64 sequence, gboolean must_note,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, begin, (GDestroyNotify) komek_filing_unref, cancellable, callback, data);
  job->sequence = sequence;
  job->must_note = must_note;
  push (self, job);
}

/**
 * komek_outbox_store_begin_finish:
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where what was kept cannot be opened any more.
 *
 * Returns: (transfer full) (nullable): what is to be sent
 */
KomekFiling *
komek_outbox_store_begin_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error);
}

static gpointer
change (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  gboolean changed = komek_outbox_work_change (&self->kit, database, job->sequence, &job->change,
                                               job->reason, error);

  return changed ? done : NULL;
}

/**
 * komek_outbox_store_change_async:
 * @what: copied; its reason does not count
 * @reason: (nullable): why it is parked; it may hold what was sent
 *
 * Remembers what became of an item; komek_outbox_store_finish() tells when it is durable.
 */
void
komek_outbox_store_change_async (KomekOutboxStore *self, gint64 sequence,
                                 const KomekOutboxChange *what, const char *reason,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, change, NULL, cancellable, callback, data);
  job->sequence = sequence;
  job->change = *what;
  job->change.number = g_strdup (what->number);
  job->change.token = g_strdup (what->token);
  job->reason = reason ? g_bytes_new (reason, strlen (reason)) : NULL;
  push (self, job);
}

static gpointer
next_photo (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_work_next_photo (&self->kit, database, job->sequence, error);
}

/**
 * komek_outbox_store_photo_async:
 *
 * Opens the next photo of an item that is still to be sent.
 */
void
komek_outbox_store_photo_async (KomekOutboxStore *self, gint64 sequence, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, next_photo, (GDestroyNotify) komek_outbox_photo_free, cancellable, callback,
                  data);
  job->sequence = sequence;
  push (self, job);
}

/**
 * komek_outbox_store_photo_finish:
 *
 * Returns: (transfer full) (nullable): the photo, in the clear; %NULL without an
 *   error where none is left
 */
KomekOutboxPhoto *
komek_outbox_store_photo_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error);
}

static gpointer
end_photo (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  gboolean ended = komek_outbox_work_end_photo (database, job->sequence, job->position, job->sent,
                                                error);

  return ended ? done : NULL;
}

/**
 * komek_outbox_store_end_photo_async:
 * @sent: whether the city has it; %FALSE where it would never take it
 *
 * Remembers what became of a photo.
 */
void
komek_outbox_store_end_photo_async (KomekOutboxStore *self, gint64 sequence, guint position,
                                    gboolean sent, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, end_photo, NULL, cancellable, callback, data);
  job->sequence = sequence;
  job->position = position;
  job->sent = sent;
  push (self, job);
}

static gpointer
list_numbers (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_table_list_numbers (database, job->time, error);
}

/**
 * komek_outbox_store_numbers_async:
 * @since: seconds since 1970
 *
 * Asks for the city's numbers of what was handed in since then.
 */
void
komek_outbox_store_numbers_async (KomekOutboxStore *self, gint64 since, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, list_numbers, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                  data);
  job->time = since;
  push (self, job);
}

/**
 * komek_outbox_store_numbers_finish:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the numbers
 */
GPtrArray *
komek_outbox_store_numbers_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error);
}

static gpointer
release (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  gboolean released = komek_database_begin (database, error)
                      && komek_database_end (database, komek_outbox_table_release (database, error),
                                             error);

  return released ? done : NULL;
}

/**
 * komek_outbox_store_release_async:
 *
 * Puts all that is parked back into the queue.
 */
void
komek_outbox_store_release_async (KomekOutboxStore *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  push (self, make_job (self, release, NULL, cancellable, callback, data));
}

static gpointer
tidy (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_work_tidy (&self->kit, database, job->time - self->keep, error) ? done : NULL;
}

/**
 * komek_outbox_store_tidy_async:
 * @now: seconds since 1970
 *
 * Removes what citizens wrote in requests that were delivered long enough ago,
 * and looks after the copies.
 */
void
komek_outbox_store_tidy_async (KomekOutboxStore *self, gint64 now, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, tidy, NULL, cancellable, callback, data);
  job->time = now;
  push (self, job);
}

/**
 * komek_outbox_store_finish:
 *
 * Ends each call that has nothing to give. Fails with %KOMEK_ERROR_UNSAVED where
 * it is not durable.
 */
gboolean
komek_outbox_store_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error) != NULL;
}
