/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-thread.h"

#include "komek-error.h"
#include "komek-fault.h"
#include "komek-outbox-reserve.h"

/**
 * KomekOutboxThread:
 *
 * The thread in which everything happens to an outbox, one thing after the other.
 *
 * What is asked of it is done even where the program goes on or ends: freeing it waits.
 */
struct _KomekOutboxThread
{
  KomekOutboxKit kit; /* of the thread alone */
  GThread       *thread;
  GAsyncQueue   *jobs;
};

/* The last job. */
static KomekOutboxJob farewell;

/**
 * komek_outbox_job_new:
 * @task: (transfer full): returns what the work gives
 */
KomekOutboxJob *
komek_outbox_job_new (GTask *task, KomekOutboxWork work, GDestroyNotify destroy)
{
  KomekOutboxJob *self = g_new0 (KomekOutboxJob, 1);

  self->task = task;
  self->work = work;
  self->destroy = destroy;
  return self;
}

static void
job_free (KomekOutboxJob *job)
{
  if (job->result && job->destroy)
    job->destroy (job->result);
  g_clear_error (&job->error);
  g_clear_pointer (&job->filing, komek_filing_unref);
  g_clear_pointer (&job->photos, g_ptr_array_unref);
  g_strfreev (job->watched);
  g_free (job->key);
  g_free ((char *) job->change.number);
  g_free ((char *) job->change.token);
  g_clear_pointer (&job->reason, g_bytes_unref);
  g_object_unref (job->task);
  g_free (job);
}

static gboolean
deliver (gpointer data)
{
  KomekOutboxJob *job = data;

  if (job->error)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->destroy);
  return G_SOURCE_REMOVE;
}

/* The task goes home with the job: were its last reference dropped here, the
 * store would be finalized in its own thread and wait for itself. */
static void
send_home (KomekOutboxJob *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, job, (GDestroyNotify) job_free);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
do_job (KomekOutboxThread *self, KomekOutboxJob *job)
{
  KomekDatabase *database = komek_outbox_file_open (self->kit.file, &job->error);

  if (database)
    job->result = job->work (&self->kit, job, database, &job->error);
}

/* A file that turned out to be broken on the way is set aside when it is opened again; and what is
 * kept already is looked after even where the disk is full. */
static gboolean
may_try_again (KomekOutboxThread *self, KomekOutboxJob *job)
{
  KomekOutboxFile *file = self->kit.file;

  if (!g_error_matches (job->error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED))
    return FALSE;
  return komek_outbox_file_is_broken (file)
         || (!job->adds && komek_outbox_reserve_make_room (komek_outbox_file_get_path (file)));
}

static gpointer
run (gpointer data)
{
  KomekOutboxThread *self = data;
  KomekOutboxJob *job;

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
  komek_outbox_file_free (self->kit.file);
  komek_outbox_former_free (self->kit.former);
  return NULL;
}

/**
 * komek_outbox_thread_new:
 * @kit: copied; its file and the former ones are freed by the thread when it ends
 *
 * Returns: (transfer full): the thread; the file is opened in it when it is first needed
 */
KomekOutboxThread *
komek_outbox_thread_new (const KomekOutboxKit *kit)
{
  KomekOutboxThread *self = g_new0 (KomekOutboxThread, 1);

  self->kit = *kit;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("komek-outbox", run, self);
  return self;
}

void
komek_outbox_thread_free (KomekOutboxThread *self)
{
  komek_fault_point ("outbox.farewell");
  g_async_queue_push (self->jobs, &farewell);
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_free (self);
}

/* Takes the job. */
void
komek_outbox_thread_push (KomekOutboxThread *self, KomekOutboxJob *job)
{
  g_async_queue_push (self->jobs, job);
}
