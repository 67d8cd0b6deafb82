/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-store-thread.h"

/* After a job, how long the thread waits for the next one before it looks after itself. */
#define QUIET_MICROSECONDS 200000

/**
 * KomekStoreThread:
 *
 * A thread that owns a connection to a store's file and runs jobs on it, one after the other.
 *
 * The file is opened in the thread, so that whoever makes one never waits for
 * a disk. Where that fails, so does each job, and each tries once more.
 */
struct _KomekStoreThread
{
  GThread         *thread;
  GAsyncQueue     *jobs;
  KomekStoreFile  *file;
  gboolean         writes;
  KomekStoreUpkeep upkeep;     /* or NULL */
  gpointer         upkeep_data;
  KomekDatabase   *database;   /* of the thread alone, like the next */
  guint            generation;
};

typedef struct
{
  GTask         *task;
  KomekStoreJob  job;
  gpointer       result;
  GDestroyNotify destroy;
  GError        *error;
} Job;

/* The last job of each thread. */
static Job farewell;

static void
job_free (Job *self)
{
  if (self->result && self->destroy)
    self->destroy (self->result);
  g_clear_error (&self->error);
  g_object_unref (self->task);
  g_free (self);
}

static gboolean
open_database (KomekStoreThread *self, GError **error)
{
  if (self->writes)
    {
      self->database = komek_store_file_open (self->file, error);
      self->generation = komek_store_file_get_generation (self->file);
    }
  else
    self->database = komek_store_file_open_to_read (self->file, &self->generation, error);
  return self->database != NULL;
}

/* Whether the connection leads to a file that is given up, here or in the other thread. */
static gboolean
is_stale (KomekStoreThread *self)
{
  return (self->writes && komek_store_file_is_condemned (self->file))
         || self->generation != komek_store_file_get_generation (self->file);
}

static gboolean
make_ready (KomekStoreThread *self, GError **error)
{
  if (self->database && is_stale (self))
    g_clear_pointer (&self->database, komek_database_close);
  return self->database || open_database (self, error);
}

static void
do_job (KomekStoreThread *self, Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);

  if (g_cancellable_set_error_if_cancelled (cancellable, &job->error)
      || !make_ready (self, &job->error))
    return;

  job->result = job->job (self->database, g_task_get_task_data (job->task), &job->error);
  komek_store_file_doubt (self->file, self->database, self->generation);
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

/* The task goes home with the job: were its last reference dropped here, its
 * source would be finalized in this thread and wait for itself. */
static void
send_home (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, deliver, job, (GDestroyNotify) job_free);
  g_source_attach (source, g_task_get_context (job->task));
}

static gboolean
keep_up (KomekStoreThread *self, gboolean idle)
{
  g_autoptr (GError) error = NULL;
  gboolean more;

  if (!self->upkeep || !self->database || is_stale (self))
    return FALSE;
  more = self->upkeep (self->upkeep_data, self->database, idle, &error);
  if (error)
    g_message ("The file could not be kept in order: %s", error->message);
  komek_store_file_doubt (self->file, self->database, self->generation);
  return more && !error;
}

/* Looks after the file until there is a job. */
static Job *
wait_for_job (KomekStoreThread *self, gboolean busy)
{
  guint64 quiet = QUIET_MICROSECONDS;
  Job *job = NULL;

  while (busy && !(job = g_async_queue_timeout_pop (self->jobs, quiet)))
    {
      busy = keep_up (self, TRUE);
      quiet = 0;
    }
  return job ? job : g_async_queue_pop (self->jobs);
}

static gpointer
run (gpointer data)
{
  KomekStoreThread *self = data;
  Job *job;

  /* Those who read wait for this. */
  if (self->writes)
    open_database (self, NULL);
  while ((job = wait_for_job (self, self->upkeep != NULL)) != &farewell)
    {
      do_job (self, job);
      send_home (job);
      keep_up (self, FALSE);
    }
  g_clear_pointer (&self->database, komek_database_close);
  return NULL;
}

/**
 * komek_store_thread_new:
 * @writes: whether its jobs may write; one thread a file does, any others read
 * @upkeep: (nullable): called in the thread until it is freed
 *
 * Starts a thread.
 */
KomekStoreThread *
komek_store_thread_new (KomekStoreFile *file, gboolean writes, KomekStoreUpkeep upkeep,
                        gpointer data)
{
  KomekStoreThread *self = g_new0 (KomekStoreThread, 1);

  self->file = komek_store_file_ref (file);
  self->jobs = g_async_queue_new ();
  self->writes = writes;
  self->upkeep = upkeep;
  self->upkeep_data = data;
  self->thread = g_thread_new (writes ? "komek-store" : "komek-feed", run, self);
  return self;
}

/* Waits until the jobs given so far are done and the file is closed. */
void
komek_store_thread_free (KomekStoreThread *self)
{
  g_async_queue_push (self->jobs, &farewell);
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  komek_store_file_unref (self->file);
  g_free (self);
}

/**
 * komek_store_thread_run:
 * @task: (transfer full): returns what @job does, in the context that it was made in
 * @destroy: (nullable): frees a result that nobody takes
 *
 * Has a job done after all that were given before. One that is cancelled before
 * its turn is left out.
 */
void
komek_store_thread_run (KomekStoreThread *self, GTask *task, KomekStoreJob job,
                        GDestroyNotify destroy)
{
  Job *entry = g_new0 (Job, 1);

  entry->task = task;
  entry->job = job;
  entry->destroy = destroy;
  g_async_queue_push (self->jobs, entry);
}
