/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-settler.h"

/* So many in one go hold up no filing for long. */
#define MOST_AT_ONCE 500

/**
 * KomekSettler:
 *
 * Gives numbers to the requests that got only a token, every few seconds for as long as it lives.
 */
struct _KomekSettler
{
  GObject      parent;
  KomekOffice *office;
  guint        timer;
  gboolean     working;
};

G_DEFINE_FINAL_TYPE (KomekSettler, komek_settler, G_TYPE_OBJECT)

static void
settle (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KomekOffice *office = data;
  GError *error = NULL;
  guint n_settled = MOST_AT_ONCE;

  while (n_settled == MOST_AT_ONCE && !error)
    if (!komek_storage_settle (office->storage, komek_city_get_zone (office->city), MOST_AT_ONCE,
                               &n_settled, &error))
      break;
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_settle_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  KOMEK_SETTLER (source)->working = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("Numbers could not be given: %s", error->message);
}

static gboolean
on_time (gpointer data)
{
  KomekSettler *self = data;
  g_autoptr (GTask) task = NULL;

  if (self->working)
    return G_SOURCE_CONTINUE;
  self->working = TRUE;
  task = g_task_new (self, NULL, on_settle_ready, NULL);
  g_task_set_source_tag (task, on_time);
  g_task_set_task_data (task, self->office, NULL);
  g_task_run_in_thread (task, settle);
  return G_SOURCE_CONTINUE;
}

static void
komek_settler_dispose (GObject *object)
{
  KomekSettler *self = KOMEK_SETTLER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (komek_settler_parent_class)->dispose (object);
}

static void
komek_settler_class_init (KomekSettlerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_settler_dispose;
}

static void
komek_settler_init (KomekSettler *self)
{
}

static void
wait_for_round (KomekSettler *self)
{
  while (self->working)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * komek_settler_new:
 * @office: must outlive the settler; its batch says how many seconds lie between two rounds
 *
 * Gives numbers to what an earlier start has left, and returns when that is
 * done: what is filed later waits for its own round.
 *
 * Returns: (transfer full): a settler at work; one that has nothing more to do where
 *   numbers are given at once
 */
KomekSettler *
komek_settler_new (KomekOffice *office)
{
  KomekSettler *self = g_object_new (KOMEK_TYPE_SETTLER, NULL);

  self->office = office;
  on_time (self);
  wait_for_round (self);
  if (office->batch > 0)
    self->timer = g_timeout_add_seconds (office->batch, on_time, self);
  return self;
}

/**
 * komek_settler_stop:
 *
 * Begins no further round and waits for the one at work, whose office must still be there.
 */
void
komek_settler_stop (KomekSettler *self)
{
  g_return_if_fail (KOMEK_IS_SETTLER (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  wait_for_round (self);
}
