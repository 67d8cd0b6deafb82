/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "town.h"

/* What a wrong clock does to the line: it may make it ask more, never miss anything. */

#define HOUR 3600
#define YEAR (365 * (gint64) DAY)
#define CROWD 100

/* Longer than a look at the city whose every window is walked. */
static const KomekSyncTimes brisk = {
  .poll = 1, .discovery = 1, .backoff_base = 5, .backoff_cap = 10, .page_size = 20, .most_empty = 4
};

static const struct
{
  const char *name;
  gint64      wrong; /* seconds, of the device's clock */
} clocks[] = {
  { "right", 0 },
  { "ten-years-ago", -10 * YEAR },
  { "in-five-years", 5 * YEAR },
  { "an-hour-ago", -HOUR },
  { "in-an-hour", HOUR },
  { "long-before-it-was-made", -(gint64) NOW + 10 },
};

static const struct
{
  const char  *name;
  KomekAbility abilities;
  gboolean     profile;
} cities[] = {
  { "profile", 0, TRUE },
  { "pages", KOMEK_ABILITY_PAGES },
  { "changes", KOMEK_ABILITY_PAGES | KOMEK_ABILITY_CHANGES },
  { "standard", 0 },
};

#define N_CASES (G_N_ELEMENTS (clocks) * G_N_ELEMENTS (cities))

static gint64
get_wrong (gconstpointer data)
{
  return clocks[GPOINTER_TO_SIZE (data) / G_N_ELEMENTS (cities)].wrong;
}

static void
settle (Town *town, gconstpointer data)
{
  guint i = GPOINTER_TO_SIZE (data) % G_N_ELEMENTS (cities);

  close_line (town);
  open_line (town, &brisk);
  fake_city_add_many (town->city, CROWD, NOW - CROWD * 60);
  town->city->now = NOW;
  if (cities[i].profile)
    return;
  town->city->plain = TRUE;
  town->city->strict = TRUE;
  town->city->abilities = cities[i].abilities;
  fake_city_rename (town->city, NULL, "1");
}

static void
let_looks_pass (Town *town)
{
  for (guint i = 0; i < 10; i++)
    wait_for_look (town);
}

/* Something new at the city, and something else there. */
static void
assert_follows (Town *town, gint64 time)
{
  g_autofree char *number = g_strdup_printf ("at-%" G_GINT64_FORMAT, time);

  fake_city_add (town->city, number, "Жаңа", time, time, KOMEK_STATUS_NEW);
  fake_city_add (town->city, "7", "Шұңқыр", NOW - (CROWD - 6) * 60, time, KOMEK_STATUS_DONE);
  let_looks_pass (town);
  g_assert_true (komek_status_is_open (find_status (town, number)));
  g_assert_false (komek_status_is_open (find_status (town, "7")));
}

static void
test_fills_and_follows (Town *town, gconstpointer data)
{
  komek_clock_step (town->clock, get_wrong (data));
  settle (town, data);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_assert_cmpuint (count (town), ==, CROWD);
  assert_follows (town, NOW + 60);
  g_assert_cmpuint (count (town), ==, CROWD + 1);
}

/* It was right, is set while the line stands, and set right again. */
static void
test_follows_through_a_step (Town *town, gconstpointer data)
{
  settle (town, data);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  komek_clock_step (town->clock, get_wrong (data));
  let_looks_pass (town);
  assert_follows (town, NOW + 60);
  komek_clock_step (town->clock, -get_wrong (data));
  assert_follows (town, NOW + 120);
  g_assert_cmpuint (count (town), ==, CROWD + 2);
}

/* Its battery is empty, so that the next start takes place at another time. */
static void
test_follows_after_a_restart (Town *town, gconstpointer data)
{
  settle (town, data);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  close_line (town);
  komek_clock_step (town->clock, get_wrong (data));
  open_line (town, &brisk);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  assert_follows (town, NOW + 60);
  g_assert_cmpuint (count (town), ==, CROWD + 1);
}

/* The city was away for longer than any window is long. */
static void
test_follows_after_months (Town *town, gconstpointer data)
{
  settle (town, data);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_close (town->city);
  wait_for (town, KOMEK_LINE_BROKEN);
  komek_clock_advance (town->clock, 200 * DAY + get_wrong (data));
  fake_city_add (town->city, "while-away", "Жаңа", NOW + 150 * DAY, NOW + 150 * DAY,
                 KOMEK_STATUS_NEW);
  fake_city_open (town->city);
  wait_for (town, KOMEK_LINE_CURRENT);
  assert_follows (town, NOW + 200 * DAY);
  g_assert_true (komek_status_is_open (find_status (town, "while-away")));
  g_assert_cmpuint (count (town), ==, CROWD + 2);
}

static gint64
get_age (Town *town)
{
  return komek_clock_now (town->clock) - komek_line_get_as_of (town->line);
}

/* The data are as old as they are, whatever the clock was set to while nobody answered. */
static void
test_the_age_of_the_data_is_true (Town *town, gconstpointer data)
{
  gint64 passed = 0;

  settle (town, data);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_close (town->city);
  wait_for (town, KOMEK_LINE_BROKEN);
  for (guint i = 0; i < 3; i++)
    {
      komek_clock_advance (town->clock, DAY);
      passed += DAY;
      komek_clock_step (town->clock, i % 2 ? -get_wrong (data) : get_wrong (data));
      komek_line_retry (town->line);
      /* At the next failure it notices. */
      while (get_age (town) != passed)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* Waiting goes by a clock that nobody sets. */
static void
test_tries_again_in_time (Town *town, gconstpointer data)
{
  gint64 begin = g_get_monotonic_time ();

  settle (town, data);
  fake_city_close (town->city);
  connect_city (town);
  wait_for (town, KOMEK_LINE_BROKEN);
  komek_clock_step (town->clock, get_wrong (data));
  fake_city_open (town->city);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10 * G_USEC_PER_SEC);
}

/* After a restart nobody knows how long it was off but by the clock. */
static void
test_the_age_outlives_a_restart (Town *town, gconstpointer unused)
{
  settle (town, NULL);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  close_line (town);
  komek_clock_advance (town->clock, 3 * DAY);
  open_line (town, &brisk);
  while (komek_line_get_as_of (town->line) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_age (town), ==, 3 * DAY);
}

static void
add_for_each (guint number, const char *path, void (*test) (Town *town, gconstpointer data))
{
  for (gsize i = 0; i < N_CASES; i++)
    {
      g_autofree char *name =
        g_strdup_printf ("/clock/%s/%s/%s", path, cities[i % G_N_ELEMENTS (cities)].name,
                         clocks[i / G_N_ELEMENTS (cities)].name);

      if (!is_spared (i % G_N_ELEMENTS (cities) + i / G_N_ELEMENTS (cities), number))
        g_test_add (name, Town, GSIZE_TO_POINTER (i), set_up, test, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_for_each (0, "fills-and-follows", test_fills_and_follows);
  add_for_each (1, "follows-through-a-step", test_follows_through_a_step);
  add_for_each (2, "follows-after-a-restart", test_follows_after_a_restart);
  add_for_each (3, "follows-after-months", test_follows_after_months);
  add_for_each (4, "the-age-of-the-data-is-true", test_the_age_of_the_data_is_true);
  add_for_each (5, "tries-again-in-time", test_tries_again_in_time);
  g_test_add ("/clock/the-age-outlives-a-restart", Town, NULL, set_up,
              test_the_age_outlives_a_restart, tear_down);
  return g_test_run ();
}
