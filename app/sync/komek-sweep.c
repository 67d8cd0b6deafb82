/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sweep-private.h"

#include "komek-definitions.h"

enum
{
  BEHIND,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekSweep, komek_sweep, G_TYPE_OBJECT)

static void
on_progress_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (!komek_mirror_read_progress_finish (KOMEK_MIRROR (source), result, &self->progress, &error))
    komek_sweep_end (self, error);
  else if (self->discover || komek_itinerary_is_filling (&self->progress))
    komek_sweep_look_up_card (self);
  else
    komek_sweep_begin_itinerary (self);
}

static void
komek_sweep_finalize (GObject *object)
{
  KomekSweep *self = KOMEK_SWEEP (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->habits, g_rc_box_release);
  g_clear_object (&self->known);
  g_clear_object (&self->card);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_pointer (&self->walk, komek_walk_free);
  g_clear_pointer (&self->arrived, g_ptr_array_unref);
  g_clear_error (&self->failure);
  G_OBJECT_CLASS (komek_sweep_parent_class)->finalize (object);
}

static void
komek_sweep_class_init (KomekSweepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_sweep_finalize;

  /**
   * KomekSweep::behind:
   *
   * The city answers, and it will take more than one page to follow it.
   */
  signals[BEHIND] = g_signal_new ("behind", KOMEK_TYPE_SWEEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  /**
   * KomekSweep::ended:
   * @error: (nullable): why it could not go on; %NULL where all is here
   *
   * It is over; never emitted once it was stopped.
   */
  signals[ENDED] = g_signal_new ("ended", KOMEK_TYPE_SWEEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
komek_sweep_init (KomekSweep *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * komek_sweep_new:
 * @habits: an rc box: of the city, and learned more of
 */
KomekSweep *
komek_sweep_new (KomekMirror *mirror, KomekGeoReport *client, KomekClock *clock,
                 const KomekSweepLimits *limits, KomekHabits *habits)
{
  KomekSweep *self = g_object_new (KOMEK_TYPE_SWEEP, NULL);

  self->mirror = g_object_ref (mirror);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->limits = *limits;
  self->habits = g_rc_box_acquire (habits);
  return self;
}

/**
 * komek_sweep_start:
 * @discover: ask first who the city is; a client that never asked must
 *
 * Begins, once; it keeps itself alive until it has ended.
 */
void
komek_sweep_start (KomekSweep *self, gboolean discover)
{
  g_return_if_fail (KOMEK_IS_SWEEP (self));

  self->discover = discover;
  komek_mirror_read_progress_async (self->mirror, self->cancellable, on_progress_known,
                                    g_object_ref (self));
}

/* Whether some of the city has never been here. */
gboolean
komek_sweep_is_filling (KomekSweep *self)
{
  g_return_val_if_fail (KOMEK_IS_SWEEP (self), FALSE);

  return komek_itinerary_is_filling (&self->progress);
}

void
komek_sweep_stop (KomekSweep *self)
{
  g_return_if_fail (KOMEK_IS_SWEEP (self));

  g_cancellable_cancel (self->cancellable);
}

/* Whoever has stopped it wants to hear no more. A failure ends what else is on its way. */
void
komek_sweep_end (KomekSweep *self, const GError *error)
{
  if (self->over || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->over = TRUE;
  g_signal_emit (self, signals[ENDED], 0, error);
  g_cancellable_cancel (self->cancellable);
}

void
komek_sweep_say_behind (KomekSweep *self)
{
  g_signal_emit (self, signals[BEHIND], 0);
}

static void
on_defined (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  komek_sweep_end (self, error);
}

static void
on_progress_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error);

  if (done && self->services)
    komek_definitions_run (g_task_new (self, self->cancellable, on_defined, g_object_ref (self)),
                           self->mirror, self->client, self->card, self->services);
  else
    komek_sweep_end (self, error);
}

void
komek_sweep_finish (KomekSweep *self)
{
  self->habits->looks++;
  self->habits->page_size = MIN (self->habits->page_size * 2, self->limits.page_size);
  self->progress.as_of = komek_clock_now (self->clock);
  komek_mirror_put_progress_async (self->mirror, &self->progress, self->cancellable,
                                   on_progress_put, g_object_ref (self));
}
