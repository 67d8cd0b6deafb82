/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-scribe.h"

#include "komek-error.h"
#include "komek-refusal.h"

/* So many share one transaction at most: nobody waits long for those who came later. */
#define MOST_TOGETHER 256

/**
 * KomekScribe:
 *
 * A thread that writes for all others. Whatever has come together while the
 * last transaction went to the disk shares the next one; everybody is told
 * once theirs is there.
 */
struct _KomekScribe
{
  const KomekScribeBook *methods;
  gpointer               book;
  GThread               *thread;
  GAsyncQueue           *letters;
  gboolean               ended; /* the thread's own */
  _Atomic gint64         since; /* when it began to write, monotonic; 0 while it does not */
};

/* Lives on the stack of whoever waits for it. */
typedef struct
{
  KomekScribeWork work; /* NULL in the last letter */
  gpointer        data;
  gboolean        done; /* by the scribe, well or not */
  GError         *error;
  gboolean        answered;
  GMutex          lock;
  GCond           on;
} Letter;

static void
answer (Letter *letter)
{
  g_mutex_lock (&letter->lock);
  letter->answered = TRUE;
  g_cond_signal (&letter->on);
  g_mutex_unlock (&letter->lock);
}

/* One that was refused is done with: it has written nothing. */
static gboolean
do_work (Letter *letter, GError **error)
{
  g_autoptr (GError) problem = NULL;

  g_clear_error (&letter->error);
  letter->done = letter->work (letter->data, &problem);
  if (letter->done)
    return TRUE;
  if (problem->domain != KOMEK_REFUSAL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  letter->error = g_steal_pointer (&problem);
  return TRUE;
}

/* All of these in one transaction, or none. */
static gboolean
write_together (KomekScribe *self, GPtrArray *letters, guint from, guint to, gboolean again,
                GError **error)
{
  gboolean kept = self->methods->begin (self->book, again, error);

  for (guint i = from; kept && i < to; i++)
    kept = do_work (letters->pdata[i], error);
  kept = kept && self->methods->commit (self->book, error);
  if (!kept)
    self->methods->roll_back (self->book);
  return kept;
}

static void
give_up (Letter *letter, const GError *problem)
{
  letter->done = FALSE;
  g_clear_error (&letter->error);
  letter->error = g_error_copy (problem);
}

/* One that cannot be written must not keep the others from it, so each gets a
 * transaction of its own. Whether the first one was kept nobody may know.
 * Where the book itself is out of reach, that is true for all. */
static void
write_singly (KomekScribe *self, GPtrArray *letters)
{
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < letters->len; i++)
    {
      if (!g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE))
        {
          g_clear_error (&problem);
          write_together (self, letters, i, i + 1, TRUE, &problem);
        }
      if (problem)
        give_up (letters->pdata[i], problem);
    }
}

static void
take_letters (KomekScribe *self, GPtrArray *letters)
{
  Letter *letter = g_async_queue_pop (self->letters);

  while (letter && letter->work)
    {
      g_ptr_array_add (letters, letter);
      letter = letters->len < MOST_TOGETHER ? g_async_queue_try_pop (self->letters) : NULL;
    }
  self->ended = letter != NULL;
}

static gpointer
run (gpointer data)
{
  KomekScribe *self = data;
  g_autoptr (GPtrArray) letters = g_ptr_array_new ();

  while (!self->ended)
    {
      g_ptr_array_set_size (letters, 0);
      take_letters (self, letters);
      self->since = letters->len > 0 ? g_get_monotonic_time () : 0;
      if (letters->len > 0 && !write_together (self, letters, 0, letters->len, FALSE, NULL))
        write_singly (self, letters);
      self->since = 0;
      /* Whoever is answered takes the letter away. */
      for (guint i = 0; i < letters->len; i++)
        answer (letters->pdata[i]);
    }
  return NULL;
}

/**
 * komek_scribe_new:
 * @methods: (transfer none): must live as long as the scribe
 * @book: what they write into; nobody else may while the scribe lives, except where no work waits
 *
 * Returns: (transfer full): the scribe
 */
KomekScribe *
komek_scribe_new (const KomekScribeBook *methods, gpointer book)
{
  KomekScribe *self = g_new0 (KomekScribe, 1);

  self->methods = methods;
  self->book = book;
  self->letters = g_async_queue_new ();
  self->thread = g_thread_new ("scribe", run, self);
  return self;
}

/* Nobody may be waiting any more. */
void
komek_scribe_free (KomekScribe *self)
{
  Letter last = { 0 };

  g_async_queue_push (self->letters, &last);
  g_thread_join (self->thread);
  g_async_queue_unref (self->letters);
  g_free (self);
}

/**
 * komek_scribe_get_delay:
 *
 * Returns: how long it has been writing what it writes now, in µs; 0 for nothing
 */
gint64
komek_scribe_get_delay (KomekScribe *self)
{
  gint64 since = self->since;

  return since ? g_get_monotonic_time () - since : 0;
}

/**
 * komek_scribe_write:
 *
 * Has @work done and waits until it is durable.
 */
gboolean
komek_scribe_write (KomekScribe *self, KomekScribeWork work, gpointer data, GError **error)
{
  Letter letter = { .work = work, .data = data };

  g_mutex_init (&letter.lock);
  g_cond_init (&letter.on);
  g_async_queue_push (self->letters, &letter);
  g_mutex_lock (&letter.lock);
  while (!letter.answered)
    g_cond_wait (&letter.on, &letter.lock);
  g_mutex_unlock (&letter.lock);
  g_mutex_clear (&letter.lock);
  g_cond_clear (&letter.on);
  if (letter.error)
    g_propagate_error (error, letter.error);
  return letter.done;
}
