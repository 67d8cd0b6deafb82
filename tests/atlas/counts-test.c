/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-counts.h"

#define NOW 1700000000
#define DAY 86400

static const char *const services[] = { "road", "light", NULL };
static const char *const districts[] = { "esil", "nura", NULL };

static KomekPoints *
make_points (void)
{
  static const KomekPoint points[] = {
    { .key = 1, .latitude = KOMEK_POINT_NOWHERE, .longitude = KOMEK_POINT_NOWHERE,
      .requested = NOW - DAY, .service = 0, .status = KOMEK_STATUS_NEW },
    { .key = 2, .requested = NOW - DAY - 1, .due = NOW - 1, .service = 0, .status = KOMEK_STATUS_NEW },
    { .key = 3, .requested = NOW - 2 * DAY, .service = 1, .district = 1,
      .status = KOMEK_STATUS_NEW },
    { .key = 4, .requested = NOW - 9 * DAY, .service = 1, .status = KOMEK_STATUS_DONE },
    { .key = 5, .requested = NOW + DAY, .service = 9, .status = KOMEK_STATUS_DONE },
  };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));

  g_array_append_vals (array, points, G_N_ELEMENTS (points));
  return komek_points_new (array, services, districts);
}

static void
test_counts_everything_without_a_filter (void)
{
  g_autoptr (KomekPoints) points = make_points ();
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });
  const gint64 starts[] = { NOW - 3 * DAY, NOW - 2 * DAY, NOW - DAY, NOW };
  g_autoptr (KomekSieve) sieve = komek_sieve_new (points, filter);
  g_autoptr (KomekCounts) shown = NULL;
  g_autoptr (KomekCounts) counts = komek_counts_new (sieve, starts, 3, &shown);
  guint n;
  const KomekCountsBucket *bucket = komek_counts_peek_buckets (counts, &n);

  g_assert_cmpuint (komek_counts_get_total (counts), ==, 5);
  g_assert_cmpuint (komek_counts_get_group (counts, KOMEK_GROUP_NEW), ==, 2);
  g_assert_cmpuint (komek_counts_get_group (counts, KOMEK_GROUP_LATE), ==, 1);
  g_assert_cmpuint (komek_counts_get_all_groups (counts), ==, 5);
  g_assert_cmpuint (komek_counts_get_service (counts, 0), ==, 2);
  g_assert_cmpuint (komek_counts_get_total (shown), ==, 5);
  g_assert_cmpuint (komek_counts_get_group (shown, KOMEK_GROUP_LATE), ==, 1);
  /* A service that is not in the list is nobody's. */
  g_assert_cmpuint (komek_counts_get_service (counts, 9), ==, 0);
  g_assert_cmpuint (komek_counts_get_all_services (counts), ==, 4);
  g_assert_cmpuint (komek_counts_get_district (counts, 0), ==, 4);
  g_assert_cmpuint (komek_counts_get_district (counts, 1), ==, 1);
  g_assert_cmpuint (komek_counts_get_answered (counts), ==, 2);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (bucket[0].all, ==, 0);
  g_assert_cmpuint (bucket[1].all, ==, 2);
  g_assert_cmpuint (bucket[1].late, ==, 1);
  g_assert_cmpuint (bucket[2].all, ==, 1);
}

static void
test_each_row_ignores_its_own_choice (void)
{
  static const guint16 chosen[] = { 0 };
  g_autoptr (KomekPoints) points = make_points ();
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) {
    .now = NOW,
    .services = chosen,
    .n_services = 1,
    .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_NEW),
    .from = NOW - DAY,
  });
  const gint64 starts[] = { NOW - 2 * DAY, NOW - DAY, NOW };
  g_autoptr (KomekSieve) sieve = komek_sieve_new (points, filter);
  g_autoptr (KomekCounts) shown = NULL;
  g_autoptr (KomekCounts) counts = komek_counts_new (sieve, starts, 2, &shown);
  guint n;
  const KomekCountsBucket *bucket = komek_counts_peek_buckets (counts, &n);

  g_assert_cmpuint (komek_counts_get_total (counts), ==, 1);
  g_assert_cmpuint (komek_counts_get_group (counts, KOMEK_GROUP_NEW), ==, 1);
  g_assert_cmpuint (komek_counts_get_group (counts, KOMEK_GROUP_LATE), ==, 0);
  g_assert_cmpuint (komek_counts_get_service (counts, 0), ==, 1);
  g_assert_cmpuint (komek_counts_get_service (counts, 1), ==, 0);
  g_assert_cmpuint (bucket[0].all, ==, 0);
  g_assert_cmpuint (bucket[1].all, ==, 1);
  g_assert_cmpuint (komek_counts_get_total (shown), ==, 1);
  g_assert_cmpuint (komek_counts_get_all_groups (shown), ==, 1);
  g_assert_cmpuint (komek_counts_get_service (shown, 0), ==, 1);
}

/* And under each of the others. */
static void
test_districts_and_answers_ignore_their_own_choice (void)
{
  static const guint8 chosen[] = { 1 };
  static const guint16 lights[] = { 1 };
  g_autoptr (KomekPoints) points = make_points ();
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) {
    .now = NOW,
    .districts = chosen,
    .n_districts = 1,
    .answered = TRUE,
  });
  g_autoptr (KomekFilter) narrow = komek_filter_new (&(KomekFilterFields) {
    .now = NOW,
    .services = lights,
    .n_services = 1,
    .answered = TRUE,
  });
  g_autoptr (KomekSieve) sieve = komek_sieve_new (points, filter);
  g_autoptr (KomekSieve) narrow_sieve = komek_sieve_new (points, narrow);
  g_autoptr (KomekCounts) counts = komek_counts_new (sieve, NULL, 0, NULL);
  g_autoptr (KomekCounts) narrowed = komek_counts_new (narrow_sieve, NULL, 0, NULL);

  g_assert_cmpuint (komek_counts_get_total (counts), ==, 0);
  g_assert_cmpuint (komek_counts_get_district (counts, 0), ==, 2);
  g_assert_cmpuint (komek_counts_get_district (counts, 1), ==, 0);
  g_assert_cmpuint (komek_counts_get_answered (counts), ==, 0);
  g_assert_cmpuint (komek_counts_get_district (narrowed, 0), ==, 1);
  g_assert_cmpuint (komek_counts_get_answered (narrowed), ==, 1);
  g_assert_cmpuint (komek_counts_get_district (narrowed, 1000), ==, 0);
}

/* The clocks of a city may be put back, and then a day has 25 hours, or another 23. */
static void
test_bars_may_be_of_any_length (void)
{
  static const guint hours[] = { 24, 25, 24, 23, 1, 24, 240, 24, 24, 25 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (24);
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  gint64 starts[G_N_ELEMENTS (hours) + 1] = { NOW - 30 * DAY };
  guint expected[G_N_ELEMENTS (hours)] = { 0 }, n;
  g_autoptr (KomekPoints) points = NULL;
  g_autoptr (KomekSieve) sieve = NULL;
  g_autoptr (KomekCounts) counts = NULL;
  const KomekCountsBucket *bucket;

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    starts[i + 1] = starts[i] + hours[i] * 3600;
  for (guint i = 0; i < 5000; i++)
    {
      gint64 time = g_rand_int_range (rand, starts[0] - DAY, starts[G_N_ELEMENTS (hours)] + DAY);
      KomekPoint point = { .key = i + 1 };

      /* A bar has its first second, and the next one its last moment. */
      if (i < 2 * G_N_ELEMENTS (hours))
        time = starts[i / 2 + 1] - i % 2;
      point.requested = time;
      g_array_append_val (array, point);
      for (guint j = 0; j < G_N_ELEMENTS (hours); j++)
        expected[j] += time >= starts[j] && time < starts[j + 1];
    }
  points = komek_points_new (array, services, districts);
  sieve = komek_sieve_new (points, filter);
  counts = komek_counts_new (sieve, starts, G_N_ELEMENTS (hours), NULL);
  bucket = komek_counts_peek_buckets (counts, &n);
  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    g_assert_cmpuint (bucket[i].all, ==, expected[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counts/everything-without-a-filter", test_counts_everything_without_a_filter);
  g_test_add_func ("/counts/each-row-ignores-its-own-choice", test_each_row_ignores_its_own_choice);
  g_test_add_func ("/counts/districts-and-answers-ignore-their-own-choice",
                   test_districts_and_answers_ignore_their_own_choice);
  g_test_add_func ("/counts/bars-may-be-of-any-length", test_bars_may_be_of_any_length);
  return g_test_run ();
}
