/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pool.h"

/**
 * KomekPool:
 *
 * Threads that work on jobs and hand them back to the thread that gave them.
 *
 * All jobs that are done by the time that thread wakes up are handed back in
 * one go; a GTask each would wake it up for each and share its ten threads
 * with name look-ups and files.
 */
struct _KomekPool
{
  GThreadPool *threads;
  GAsyncQueue *finished;
  GSource     *source;
  GFunc        work, done;
  gpointer     data;
};

typedef struct
{
  GSource    parent;
  KomekPool *pool;
} Source;

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  KomekPool *self = ((Source *) source)->pool;
  gpointer job;

  /* Before the queue is looked at: what comes in later wakes us again. */
  g_source_set_ready_time (source, -1);
  while ((job = g_async_queue_try_pop (self->finished)))
    self->done (job, self->data);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs functions = { .dispatch = dispatch };

static void
run (gpointer job, gpointer data)
{
  KomekPool *self = data;

  self->work (job, self->data);
  g_async_queue_push (self->finished, job);
  g_source_set_ready_time (self->source, 0);
}

/**
 * komek_pool_new:
 * @work: called in a thread for each job
 * @done: called in the main context of this thread for each job that was worked on
 *
 * Returns: (transfer full): a pool of @n_threads
 */
KomekPool *
komek_pool_new (guint n_threads, GFunc work, GFunc done, gpointer data)
{
  KomekPool *self = g_new0 (KomekPool, 1);

  self->work = work;
  self->done = done;
  self->data = data;
  self->finished = g_async_queue_new ();
  self->source = g_source_new (&functions, sizeof (Source));
  ((Source *) self->source)->pool = self;
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->threads = g_thread_pool_new (run, self, n_threads, FALSE, NULL);
  return self;
}

/**
 * komek_pool_free:
 *
 * Waits for all jobs; whatever is not handed back yet is handed back now.
 */
void
komek_pool_free (KomekPool *self)
{
  gpointer job;

  g_thread_pool_free (self->threads, FALSE, TRUE);
  while ((job = g_async_queue_try_pop (self->finished)))
    self->done (job, self->data);
  g_async_queue_unref (self->finished);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}

void
komek_pool_push (KomekPool *self, gpointer job)
{
  g_thread_pool_push (self->threads, job, NULL);
}
