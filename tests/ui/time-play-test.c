/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "komek-play.h"

#define N_DAYS 365
#define DURATION 300 /* milliseconds for the whole way */

typedef struct
{
  KomekPlay *play;
  GArray    *begins; /* of the steps so far */
  guint      length; /* of the last of them */
  guint      hold_at;
} Fixture;

static void
on_moved (KomekPlay *play, guint begin, guint end, Fixture *fixture)
{
  g_array_append_val (fixture->begins, begin);
  fixture->length = end - begin;
  if (fixture->begins->len == fixture->hold_at)
    komek_play_hold (play, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->play = komek_play_new (&(KomekPlayFields) { .duration = DURATION, .interval = 5 });
  fixture->begins = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect (fixture->play, "moved", G_CALLBACK (on_moved), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->play);
  g_array_unref (fixture->begins);
}

static void
run_to_the_end (Fixture *fixture)
{
  while (komek_play_is_running (fixture->play))
    g_main_context_iteration (NULL, TRUE);
}

static KomekTimeBrush
make_brush (guint begin, guint end)
{
  return (KomekTimeBrush) { begin, end, N_DAYS };
}

static guint
get_last (Fixture *fixture)
{
  return g_array_index (fixture->begins, guint, fixture->begins->len - 1);
}

static void
test_runs_from_the_first_to_the_last_day (Fixture *fixture, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();

  komek_play_start (fixture->play, make_brush (0, 30));
  g_assert_true (komek_play_is_running (fixture->play));
  run_to_the_end (fixture);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, (DURATION - 5) * 1000);
  g_assert_cmpuint (fixture->begins->len, >, 3);
  for (guint i = 1; i < fixture->begins->len; i++)
    g_assert_cmpuint (g_array_index (fixture->begins, guint, i - 1), <,
                      g_array_index (fixture->begins, guint, i));
  g_assert_cmpuint (g_array_index (fixture->begins, guint, 0), ==, 0);
  g_assert_cmpuint (get_last (fixture), ==, N_DAYS - 30);
  g_assert_cmpuint (fixture->length, ==, 30);
}

static void
on_moved_in_time (KomekPlay *play, guint begin, guint end, gint64 *started)
{
  guint passed = (guint) ((g_get_monotonic_time () - *started) / 1000);

  g_assert_cmpuint (begin, <=, passed);
  g_assert_cmpuint (begin + 200, >, passed);
  if (passed > 600)
    komek_play_stop (play);
}

/* What is shipped takes twenty seconds: of as many days as that has milliseconds one passes in
 * each. */
static void
test_takes_twenty_seconds (void)
{
  g_autoptr (KomekPlay) play = komek_play_new (&(KomekPlayFields) { 0 });
  gint64 started = g_get_monotonic_time ();

  g_signal_connect (play, "moved", G_CALLBACK (on_moved_in_time), &started);
  komek_play_start (play, (KomekTimeBrush) { 0, 1, 20001 });
  while (komek_play_is_running (play))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_takes_less_time_from_the_middle (Fixture *fixture, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();

  komek_play_start (fixture->play, make_brush (N_DAYS - 60, N_DAYS - 30));
  run_to_the_end (fixture);
  g_assert_cmpuint (g_array_index (fixture->begins, guint, 0), ==, N_DAYS - 60);
  g_assert_cmpuint (get_last (fixture), ==, N_DAYS - 30);
  g_assert_cmpint (g_get_monotonic_time () - began, >=,
                   DURATION * 1000 * 30 / (N_DAYS - 30) - 5000);
}

static void
test_begins_anew_at_the_end (Fixture *fixture, gconstpointer data)
{
  komek_play_start (fixture->play, make_brush (N_DAYS - 30, N_DAYS));
  g_assert_cmpuint (get_last (fixture), ==, 0);
  run_to_the_end (fixture);
  g_assert_cmpuint (get_last (fixture), ==, N_DAYS - 30);
}

static void
test_the_whole_year_does_not_run_for_ever (Fixture *fixture, gconstpointer data)
{
  komek_play_start (fixture->play, make_brush (0, N_DAYS));
  run_to_the_end (fixture);
  g_assert_cmpuint (fixture->begins->len, ==, 1);
}

/* The survey of a step may take longer than until the next one. */
static void
test_what_is_held_leaves_steps_out (Fixture *fixture, gconstpointer data)
{
  guint before;

  fixture->hold_at = 3;
  komek_play_start (fixture->play, make_brush (0, 30));
  while (fixture->begins->len < 3)
    g_main_context_iteration (NULL, TRUE);
  before = get_last (fixture);
  let_pass (DURATION / 2);
  g_assert_cmpuint (fixture->begins->len, ==, 3);

  komek_play_hold (fixture->play, FALSE);
  while (fixture->begins->len < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (get_last (fixture), >=, before + (N_DAYS - 30) / 2 - 10);
  run_to_the_end (fixture);
  g_assert_cmpuint (get_last (fixture), ==, N_DAYS - 30);
}

static void
test_stops_where_it_is (Fixture *fixture, gconstpointer data)
{
  guint n;

  komek_play_start (fixture->play, make_brush (0, 30));
  let_pass (DURATION / 4);
  komek_play_stop (fixture->play);
  g_assert_false (komek_play_is_running (fixture->play));
  n = fixture->begins->len;
  let_pass (DURATION / 4);
  g_assert_cmpuint (fixture->begins->len, ==, n);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/play/runs-from-the-first-to-the-last-day", test_runs_from_the_first_to_the_last_day);
  ADD ("/play/takes-less-time-from-the-middle", test_takes_less_time_from_the_middle);
  ADD ("/play/begins-anew-at-the-end", test_begins_anew_at_the_end);
  ADD ("/play/the-whole-year-does-not-run-for-ever", test_the_whole_year_does_not_run_for_ever);
  ADD ("/play/what-is-held-leaves-steps-out", test_what_is_held_leaves_steps_out);
  ADD ("/play/stops-where-it-is", test_stops_where_it_is);
  g_test_add_func ("/play/takes-twenty-seconds", test_takes_twenty_seconds);
  return g_test_run ();
}
