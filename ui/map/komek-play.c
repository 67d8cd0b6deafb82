/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-play.h"

#define DURATION 20000 /* milliseconds */
#define INTERVAL 50    /* likewise */

/**
 * KomekPlay:
 *
 * Moves a brush from the first day to the last, as fast as the clock says and not as often as
 * there is time for.
 *
 * Whoever shows a step may take longer than until the next one; while it is
 * held, steps are left out, so that nothing piles up and the end comes in time.
 */
struct _KomekPlay
{
  GObject        parent;
  guint          duration, interval;
  KomekTimeBrush brush;
  guint          first;   /* the day that it began at */
  gint64         started; /* monotonic, microseconds */
  gboolean       held;
  guint          source;
};

enum
{
  PROP_RUNNING = 1,
  N_PROPS
};

enum
{
  MOVED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekPlay, komek_play, G_TYPE_OBJECT)

/* Where the brush begins by now. The way from day 0 takes the whole time, from later on less. */
static guint
find_day (KomekPlay *self, guint last)
{
  gint64 passed = (g_get_monotonic_time () - self->started) / 1000;

  return (guint) MIN ((gint64) last, self->first + passed * last / self->duration);
}

static gboolean
on_tick (gpointer data)
{
  KomekPlay *self = data;
  guint last = self->brush.n_days - (self->brush.end - self->brush.begin);
  KomekTimeBrush now = self->brush;

  if (self->held)
    return G_SOURCE_CONTINUE;

  now = komek_time_brush_place (now, KOMEK_TIME_BOTH, (int) find_day (self, last));
  if (!komek_time_brush_equal (now, self->brush))
    {
      self->brush = now;
      g_signal_emit (self, signals[MOVED], 0, now.begin, now.end);
    }
  else if (now.begin == last)
    komek_play_stop (self);
  return self->source == 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
komek_play_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, komek_play_is_running (KOMEK_PLAY (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_play_dispose (GObject *object)
{
  g_clear_handle_id (&KOMEK_PLAY (object)->source, g_source_remove);
  G_OBJECT_CLASS (komek_play_parent_class)->dispose (object);
}

static void
komek_play_class_init (KomekPlayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_play_get_property;
  object_class->dispose = komek_play_dispose;

  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * KomekPlay::moved:
   * @begin: the first day that is to be shown
   * @end: the first one that is not any more
   */
  signals[MOVED] = g_signal_new ("moved", KOMEK_TYPE_PLAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
komek_play_init (KomekPlay *self)
{
}

/**
 * komek_play_new:
 *
 * Returns: (transfer full): one that does not run yet
 */
KomekPlay *
komek_play_new (const KomekPlayFields *fields)
{
  KomekPlay *self = g_object_new (KOMEK_TYPE_PLAY, NULL);

  self->duration = fields->duration > 0 ? fields->duration : DURATION;
  self->interval = fields->interval > 0 ? fields->interval : INTERVAL;
  return self;
}

gboolean
komek_play_is_running (KomekPlay *self)
{
  return self->source != 0;
}

/**
 * komek_play_start:
 * @brush: what moves, from where it is
 *
 * Runs from there to the last day; from the first one, where it is at the last already.
 */
void
komek_play_start (KomekPlay *self, KomekTimeBrush brush)
{
  g_return_if_fail (KOMEK_IS_PLAY (self));
  g_return_if_fail (brush.begin < brush.end && brush.end <= brush.n_days);

  g_clear_handle_id (&self->source, g_source_remove);
  if (brush.end == brush.n_days)
    brush = komek_time_brush_place (brush, KOMEK_TIME_BOTH, 0);
  self->brush = brush;
  self->first = brush.begin;
  self->started = g_get_monotonic_time ();
  self->held = FALSE;
  self->source = g_timeout_add (self->interval, on_tick, self);
  g_signal_emit (self, signals[MOVED], 0, brush.begin, brush.end);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

/* Stays where it is. */
void
komek_play_stop (KomekPlay *self)
{
  g_return_if_fail (KOMEK_IS_PLAY (self));

  if (self->source == 0)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

/* Whether the last step is still being shown: until it is, there is no other. */
void
komek_play_hold (KomekPlay *self, gboolean hold)
{
  g_return_if_fail (KOMEK_IS_PLAY (self));

  self->held = hold;
}
