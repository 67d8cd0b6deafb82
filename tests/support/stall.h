/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <time.h>

/* Watches the main loop: how long it was at work between two waits for something to happen. What
 * takes longer than a frame is seen as a window that hangs.
 *
 * Two clocks, for on a machine with other work a thread may rest in the middle of nothing: the
 * processor's time is the loop's own fault, the wall's may not be. */
typedef struct
{
  gint64 worst;      /* microseconds of the wall */
  gint64 worst_busy; /* microseconds of the processor */
  gint64 woken;      /* when its wait was last over; 0 for not yet */
  gint64 woken_busy;
} Stall;

static Stall stall;

static inline gint64
read_thread_clock (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static inline gint
watched_poll (GPollFD *fds, guint n_fds, gint timeout)
{
  gint n_ready;

  if (stall.woken)
    {
      stall.worst = MAX (stall.worst, g_get_monotonic_time () - stall.woken);
      stall.worst_busy = MAX (stall.worst_busy, read_thread_clock () - stall.woken_busy);
    }
  n_ready = g_poll (fds, n_fds, timeout);
  stall.woken = g_get_monotonic_time ();
  stall.woken_busy = read_thread_clock ();
  return n_ready;
}

/* Forgets what was measured so far. */
static inline void
watch_for_stalls (void)
{
  stall = (Stall) { 0 };
  g_main_context_set_poll_func (NULL, watched_poll);
}
