/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-time-brush.h"
#include "komek-time-scale.h"

#define DAY 86400
#define FIRST 1763751600 /* 22 November 2025, midnight at UTC+5; a Saturday */
#define N_DAYS 365

static KomekTimeScale *
make_scale (const char *zone_name, gint64 first, guint n_days)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autofree gint64 *starts = g_new (gint64, n_days + 1);

  for (guint i = 0; i <= n_days; i++)
    starts[i] = first + (gint64) i * DAY;
  return komek_time_scale_new (zone, starts, n_days);
}

static KomekTimeScale *
make_year (void)
{
  return make_scale ("+05:00", FIRST, N_DAYS);
}

static void
test_finds_the_day_of_a_moment (void)
{
  g_autoptr (KomekTimeScale) scale = make_year ();

  for (guint day = 0; day < N_DAYS; day++)
    {
      gint64 start = komek_time_scale_get_time (scale, day);

      g_assert_cmpuint (komek_time_scale_find_day (scale, start), ==, day);
      g_assert_cmpuint (komek_time_scale_find_day (scale, start + DAY - 1), ==, day);
    }
  g_assert_cmpuint (komek_time_scale_find_day (scale, FIRST - 1), ==, 0);
  g_assert_cmpuint (komek_time_scale_find_day (scale, G_MININT64), ==, 0);
  g_assert_cmpuint (komek_time_scale_find_day (scale, FIRST + N_DAYS * DAY), ==, N_DAYS);
  g_assert_cmpuint (komek_time_scale_find_day (scale, G_MAXINT64), ==, N_DAYS);
}

/* A day of 25 hours: those of New York in November 2025. */
static void
test_days_may_be_longer_than_others (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  const gint64 starts[] = { 1761969600, 1762056000, 1762146000, 1762232400 };
  g_autoptr (KomekTimeScale) scale = komek_time_scale_new (zone, starts, 3);

  g_assert_cmpuint (komek_time_scale_find_day (scale, 1762146000 - 1), ==, 1);
  g_assert_cmpuint (komek_time_scale_find_day (scale, 1762146000), ==, 2);
  g_assert_cmpuint (komek_time_scale_get_month (scale, 0), ==, 11);
}

static void
assert_bars_cover_all (GArray *bars)
{
  g_assert_cmpuint (g_array_index (bars, guint, 0), ==, 0);
  g_assert_cmpuint (g_array_index (bars, guint, bars->len - 1), ==, N_DAYS);
  for (guint i = 1; i < bars->len; i++)
    g_assert_cmpuint (g_array_index (bars, guint, i - 1), <, g_array_index (bars, guint, i));
}

static void
test_weeks_begin_on_monday_and_months_on_their_first (void)
{
  g_autoptr (KomekTimeScale) scale = make_year ();
  g_autoptr (GArray) days = komek_time_scale_list_bars (scale, KOMEK_TIME_DAY);
  g_autoptr (GArray) weeks = komek_time_scale_list_bars (scale, KOMEK_TIME_WEEK);
  g_autoptr (GArray) months = komek_time_scale_list_bars (scale, KOMEK_TIME_MONTH);

  assert_bars_cover_all (days);
  assert_bars_cover_all (weeks);
  assert_bars_cover_all (months);
  g_assert_cmpuint (days->len, ==, N_DAYS + 1);
  g_assert_cmpuint (weeks->len, ==, 54); /* a weekend, 51 weeks, six days, and the end */
  g_assert_cmpuint (months->len, ==, 14);
  g_assert_cmpuint (g_array_index (weeks, guint, 1), ==, 2);
  g_assert_cmpuint (g_array_index (months, guint, 1), ==, 9);
  g_assert_cmpuint (komek_time_scale_get_month (scale, 8), ==, 11);
  g_assert_cmpuint (komek_time_scale_get_month (scale, 9), ==, 12);
}

static void
test_the_unit_depends_on_the_room (void)
{
  g_autoptr (KomekTimeScale) year = make_year ();
  g_autoptr (KomekTimeScale) month = make_scale ("+05:00", FIRST, 30);

  g_assert_cmpint (komek_time_scale_choose_unit (year, 365 * 10, 10), ==, KOMEK_TIME_DAY);
  g_assert_cmpint (komek_time_scale_choose_unit (year, 365 * 10 - 1, 10), ==, KOMEK_TIME_WEEK);
  g_assert_cmpint (komek_time_scale_choose_unit (year, 530, 10), ==, KOMEK_TIME_WEEK);
  g_assert_cmpint (komek_time_scale_choose_unit (year, 520, 10), ==, KOMEK_TIME_MONTH);
  g_assert_cmpint (komek_time_scale_choose_unit (year, 0, 0), ==, KOMEK_TIME_MONTH);
  g_assert_cmpint (komek_time_scale_choose_unit (month, 520, 10), ==, KOMEK_TIME_DAY);
}

static void
test_steps_go_from_bar_to_bar (void)
{
  static const struct
  {
    KomekTimeUnit unit;
    guint         from;
    int           steps;
    guint         to;
  } rows[] = {
    { KOMEK_TIME_DAY, 7, 1, 8 },       { KOMEK_TIME_DAY, 7, -3, 4 },
    { KOMEK_TIME_WEEK, 0, 1, 2 },      { KOMEK_TIME_WEEK, 2, 1, 9 },
    { KOMEK_TIME_WEEK, 5, -1, 2 },     { KOMEK_TIME_WEEK, 2, -1, 0 },
    { KOMEK_TIME_MONTH, 9, 1, 40 },    { KOMEK_TIME_MONTH, 40, -1, 9 },
    { KOMEK_TIME_MONTH, 9, -1, 0 },    { KOMEK_TIME_MONTH, 0, -1, 0 },
    { KOMEK_TIME_MONTH, N_DAYS - 1, 1, N_DAYS },
    { KOMEK_TIME_WEEK, N_DAYS, 1, N_DAYS },
    { KOMEK_TIME_DAY, 100, 1000, N_DAYS }, { KOMEK_TIME_DAY, 100, -1000, 0 },
  };
  g_autoptr (KomekTimeScale) scale = make_year ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (komek_time_scale_step (scale, rows[i].unit, rows[i].from, rows[i].steps), ==,
                      rows[i].to);
}

static void
test_knows_its_days_again (void)
{
  g_autoptr (KomekTimeScale) scale = make_year ();
  gint64 starts[N_DAYS + 1] = { FIRST };

  starts[N_DAYS] = FIRST + N_DAYS * DAY;
  g_assert_true (komek_time_scale_has_same_days (scale, starts, N_DAYS));
  g_assert_false (komek_time_scale_has_same_days (scale, starts, N_DAYS - 1));
  starts[0] += DAY;
  g_assert_false (komek_time_scale_has_same_days (scale, starts, N_DAYS));
}

static void
assert_brush (KomekTimeBrush brush, guint begin, guint end)
{
  g_assert_cmpuint (brush.begin, ==, begin);
  g_assert_cmpuint (brush.end, ==, end);
  g_assert_cmpuint (brush.n_days, ==, 100);
}

static void
test_a_brush_never_leaves_the_days (void)
{
  KomekTimeBrush whole = komek_time_brush_new_whole (100);
  KomekTimeBrush brush = komek_time_brush_span (whole, 40, 20);

  g_assert_true (komek_time_brush_is_whole (whole));
  g_assert_false (komek_time_brush_is_whole (brush));
  assert_brush (brush, 20, 40);
  assert_brush (komek_time_brush_span (whole, 90, 400), 90, 100);
  assert_brush (komek_time_brush_span (whole, 100, 100), 99, 100);
  assert_brush (komek_time_brush_span (whole, 7, 7), 7, 8);
  assert_brush (komek_time_brush_place (brush, KOMEK_TIME_BEGIN, 30), 30, 40);
  assert_brush (komek_time_brush_place (brush, KOMEK_TIME_BEGIN, 70), 39, 40);
  assert_brush (komek_time_brush_place (brush, KOMEK_TIME_BEGIN, -5), 0, 40);
  assert_brush (komek_time_brush_place (brush, KOMEK_TIME_END, 5), 20, 21);
  assert_brush (komek_time_brush_place (brush, KOMEK_TIME_END, 500), 20, 100);
  assert_brush (komek_time_brush_place (brush, KOMEK_TIME_BOTH, 500), 80, 100);
  assert_brush (komek_time_brush_place (brush, KOMEK_TIME_BOTH, -500), 0, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-scale/finds-the-day-of-a-moment", test_finds_the_day_of_a_moment);
  g_test_add_func ("/time-scale/days-may-be-longer-than-others",
                   test_days_may_be_longer_than_others);
  g_test_add_func ("/time-scale/weeks-begin-on-monday-and-months-on-their-first",
                   test_weeks_begin_on_monday_and_months_on_their_first);
  g_test_add_func ("/time-scale/the-unit-depends-on-the-room", test_the_unit_depends_on_the_room);
  g_test_add_func ("/time-scale/steps-go-from-bar-to-bar", test_steps_go_from_bar_to_bar);
  g_test_add_func ("/time-scale/knows-its-days-again", test_knows_its_days_again);
  g_test_add_func ("/time-brush/never-leaves-the-days", test_a_brush_never_leaves_the_days);
  return g_test_run ();
}
