/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "await.h"
#include "explore-stage.h"
#include "komek-explore-page.h"
#include "komek-time-bar.h"

/* bench-film N lets the year pass over the map of N made-up requests, and prints how many seconds
 * that takes, how many steps of it were seen, and the longest wait from one to the next, in
 * milliseconds. A step is seen when a frame is painted after its requests have been counted. */

typedef struct
{
  TestStage stage;
  gboolean  surveyed;
  guint     n_steps;
  gint64    last;
  double    wait;
} Bench;

static void
on_surveyed (Bench *self)
{
  self->surveyed = TRUE;
  gtk_widget_queue_draw (self->stage.window);
}

static void
on_painted (Bench *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->surveyed)
    return;
  self->surveyed = FALSE;
  self->n_steps++;
  self->wait = MAX (self->wait, (double) (now - self->last) / 1e3);
  self->last = now;
}

static gboolean
is_playing (Bench *self)
{
  GtkWidget *label = test_stage_find_named (&self->stage, "play_label");

  return g_str_equal (gtk_label_get_label (GTK_LABEL (label)), "Pause");
}

static void
play (Bench *self)
{
  GtkWidget *bar = test_stage_find (&self->stage, KOMEK_TYPE_TIME_BAR);
  gint64 start = g_get_monotonic_time ();

  self->last = start;
  if (!gtk_widget_activate_action (bar, "time.play", NULL) || !is_playing (self))
    g_error ("The year does not pass");
  while (is_playing (self))
    g_main_context_iteration (NULL, TRUE);
  printf ("seconds\t%.2f\n", (double) (g_get_monotonic_time () - start) / 1e6);
  printf ("steps\t%u\n", self->n_steps);
  printf ("wait\t%.1f\n", self->wait);
}

int
main (int argc, char **argv)
{
  Bench self = { 0 };

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  test_stage_set_up (&self.stage, GUINT_TO_POINTER (g_ascii_strtoull (argv[1], NULL, 10)));
  test_stage_show (&self.stage,
                   komek_explore_page_new (self.stage.context, self.stage.exploration));
  g_signal_connect_swapped (self.stage.exploration, "notify::survey", G_CALLBACK (on_surveyed),
                            &self);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (self.stage.window), "after-paint",
                            G_CALLBACK (on_painted), &self);
  play (&self);
  return 0;
}
