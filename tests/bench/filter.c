/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <sys/resource.h>

#include "await.h"
#include "explore-stage.h"
#include "komek-explore-page.h"

/* bench-filter N changes filters of the map page over N made-up requests, and prints how long
 * each takes until a frame is painted that shows what is left: "shown", and the processor's own
 * time, "shown-own", both in milliseconds. */

#define ROUNDS 4

typedef struct
{
  TestStage stage;
  gboolean  surveyed, painted;
} Bench;

static double
read_own_time (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3
         + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static void
on_painted (Bench *self)
{
  self->painted = self->surveyed;
}

static void
on_surveyed (Bench *self)
{
  self->surveyed = TRUE;
  gtk_widget_queue_draw (self->stage.window);
}

typedef void (*Change) (KomekFilterChoice *choice);

static void
toggle_overdue (KomekFilterChoice *choice)
{
  komek_filter_choice_toggle_group (choice, KOMEK_GROUP_LATE);
}

static void
toggle_roads (KomekFilterChoice *choice)
{
  komek_filter_choice_toggle_category (choice, "ROA");
}

static void
toggle_half (KomekFilterChoice *choice)
{
  gboolean half = komek_filter_choice_has_span (choice);

  komek_filter_choice_set_span (choice, 0, half ? 0 : TEST_NOW - 86400);
}

static void
toggle_answered (KomekFilterChoice *choice)
{
  komek_filter_choice_set_answered (choice, !komek_filter_choice_get_answered (choice));
}

static void
measure (Bench *self, Change change)
{
  double own = read_own_time ();
  gint64 start = g_get_monotonic_time ();

  self->surveyed = self->painted = FALSE;
  change (komek_exploration_get_choice (self->stage.exploration));
  while (!self->painted)
    g_main_context_iteration (NULL, TRUE);
  printf ("shown\t%.2f\n", (g_get_monotonic_time () - start) / 1e3);
  printf ("shown-own\t%.2f\n", read_own_time () - own);
  let_pass (400);
}

int
main (int argc, char **argv)
{
  static const Change changes[] = { toggle_overdue, toggle_roads, toggle_half, toggle_answered };
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
  for (guint i = 0; i < ROUNDS; i++)
    for (guint j = 0; j < 2 * G_N_ELEMENTS (changes); j++)
      measure (&self, changes[j % G_N_ELEMENTS (changes)]);
  return 0;
}
