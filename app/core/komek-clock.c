/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-clock.h"

/**
 * KomekClock:
 *
 * Tells the time to whoever compares it with a deadline, so that tests can say what time it is.
 */
struct _KomekClock
{
  GObject  parent;
  gboolean fixed;
  gint64   now;
  gint64   uptime;
};

G_DEFINE_FINAL_TYPE (KomekClock, komek_clock, G_TYPE_OBJECT)

static void
komek_clock_class_init (KomekClockClass *klass)
{
}

static void
komek_clock_init (KomekClock *self)
{
}

/**
 * komek_clock_new:
 *
 * Returns: (transfer full): the clock of the system
 */
KomekClock *
komek_clock_new (void)
{
  return g_object_new (KOMEK_TYPE_CLOCK, NULL);
}

/**
 * komek_clock_new_fixed:
 * @now: seconds since 1970, UTC
 *
 * Returns: (transfer full): a clock that stands until it is advanced
 */
KomekClock *
komek_clock_new_fixed (gint64 now)
{
  KomekClock *self = komek_clock_new ();

  self->fixed = TRUE;
  self->now = now;
  return self;
}

/**
 * komek_clock_now:
 *
 * Returns: seconds since 1970, UTC
 */
gint64
komek_clock_now (KomekClock *self)
{
  g_return_val_if_fail (KOMEK_IS_CLOCK (self), 0);

  return self->fixed ? self->now : g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * komek_clock_get_uptime:
 *
 * Returns: seconds since some moment, which nobody sets: what passed between two calls has passed,
 *   whatever happened to the time of day in between
 */
gint64
komek_clock_get_uptime (KomekClock *self)
{
  g_return_val_if_fail (KOMEK_IS_CLOCK (self), 0);

  return self->fixed ? self->uptime : g_get_monotonic_time () / G_USEC_PER_SEC;
}

/**
 * komek_clock_advance:
 *
 * Lets time pass on a fixed clock; the clock of the system does not take orders.
 */
void
komek_clock_advance (KomekClock *self, gint64 seconds)
{
  g_return_if_fail (KOMEK_IS_CLOCK (self));
  g_return_if_fail (self->fixed);

  self->now += seconds;
  self->uptime += seconds;
}

/**
 * komek_clock_step:
 * @seconds: forward, or back where negative
 *
 * Sets a fixed clock to another time of day, as somebody does to a clock that was wrong.
 */
void
komek_clock_step (KomekClock *self, gint64 seconds)
{
  g_return_if_fail (KOMEK_IS_CLOCK (self));
  g_return_if_fail (self->fixed);

  self->now += seconds;
}
