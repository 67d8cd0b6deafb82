/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-crowd.h"

#include <math.h>

#include "komek-categories.h"
#include "komek-place.h"
#include "komek-survey.h"

#define N 20000
#define RANKED (N - 60) /* keys up to here have a street */
#define GROUP_OF(point) komek_status_get_group ((point)->status, (point)->due, TEST_NOW)

/* What the survey finds by index and bits is found here by looking at every request. */

typedef struct
{
  const char    *name;
  guint          groups;
  KomekPeriod    period;
  const char    *category;
  guint          every; /* only keys that this divides, as if a text had been found in them */
  KomekListOrder order;
  double         south, west, north, east;
  double         around; /* metres about the middle */
  guint8         district; /* 0 for all */
  gboolean       answered;
  gint64         from, to;
} Row;

#define NEWEST KOMEK_LIST_NEWEST
#define NEAREST KOMEK_LIST_NEAREST
#define CITY 50, 70, 52, 73
#define PART 51.13, 71.41, 51.15, 71.45
#define DAY 86400

static const Row rows[] = {
  { "everything", 0, KOMEK_PERIOD_ALL, NULL, 0, NEWEST, CITY },
  { "everything-nearest", 0, KOMEK_PERIOD_ALL, NULL, 0, NEAREST, CITY },
  { "everything-by-street", 0, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_STREET, CITY },
  { "everything-by-deadline", 0, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_DEADLINE, CITY },
  { "a-part-of-the-city", 0, KOMEK_PERIOD_ALL, NULL, 0, NEWEST, PART },
  { "nearest-in-a-part", 0, KOMEK_PERIOD_ALL, NULL, 0, NEAREST, PART },
  { "a-part-by-street", 0, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_STREET, PART },
  { "a-part-by-deadline", 0, KOMEK_PERIOD_QUARTER, NULL, 0, KOMEK_LIST_DEADLINE, PART },
  { "overdue", 1 << KOMEK_GROUP_LATE, KOMEK_PERIOD_ALL, NULL, 0, NEWEST, PART },
  { "two-states", 1 << KOMEK_GROUP_DONE | 1 << KOMEK_GROUP_SHUT, KOMEK_PERIOD_MONTH, NULL, 0,
    NEAREST, 51.1, 71.4, 51.2, 71.5 },
  { "a-category", 0, KOMEK_PERIOD_QUARTER, "ROA", 0, NEWEST, 51.1, 71.4, 51.2, 71.5 },
  { "a-service-without-category", 0, KOMEK_PERIOD_YEAR, "dogs", 0, NEWEST, 51.1, 71.4, 51.2, 71.5 },
  { "services-that-are-no-more", 0, KOMEK_PERIOD_ALL, "", 0, NEWEST, CITY },
  { "a-text", 0, KOMEK_PERIOD_ALL, NULL, 7, NEWEST, 51.1, 71.4, 51.2, 71.5 },
  { "all-at-once", 1 << KOMEK_GROUP_LATE, KOMEK_PERIOD_WEEK, "LIG", 2, NEAREST, CITY },
  { "an-empty-part", 0, KOMEK_PERIOD_ALL, NULL, 0, NEWEST, 40, 40, 41, 41 },
  { "half-a-kilometre-around", 0, KOMEK_PERIOD_ALL, NULL, 0, NEAREST, CITY, .around = 500 },
  { "three-kilometres-around", 0, KOMEK_PERIOD_MONTH, "ROA", 0, NEWEST, PART, .around = 3000 },
  { "a-district", 0, KOMEK_PERIOD_ALL, NULL, 0, NEWEST, CITY, .district = 2 },
  { "answered", 0, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_DEADLINE, PART, .answered = TRUE },
  { "a-span", 0, KOMEK_PERIOD_ALL, NULL, 0, NEWEST, CITY, .from = TEST_NOW - 50 * DAY,
    .to = TEST_NOW - 20 * DAY },
  { "a-span-without-end", 1 << KOMEK_GROUP_LATE, KOMEK_PERIOD_ALL, NULL, 3, NEAREST, PART,
    .from = TEST_NOW - 50 * DAY },
};

/* Which category the crowd's services are in; see its list. */
static const char *const homes[] = { "ROA", "ROA", "LIG", "WAT", "dogs", "" };

enum
{
  GROUPS = 1,
  PERIOD = 2,
  CATEGORY = 4,
  TEXT = 8,
  OTHERS = 16,
};

static gboolean
is_answered (KomekStatus status)
{
  return (!komek_status_is_open (status) && status != KOMEK_STATUS_CLOSED_BY_APPLICANT)
         || status == KOMEK_STATUS_REWORK || status == KOMEK_STATUS_REOPENED;
}

/* By hand: five hours before Greenwich, and today is one of the days. */
static gint64
find_start (KomekPeriod period)
{
  static const int n_days[KOMEK_N_PERIODS] = {
    [KOMEK_PERIOD_WEEK] = 7, [KOMEK_PERIOD_MONTH] = 30, [KOMEK_PERIOD_QUARTER] = 90,
    [KOMEK_PERIOD_YEAR] = 365,
  };
  gint64 today = (TEST_NOW + 5 * 3600) / DAY;

  return n_days[period] == 0 ? 0 : (today - n_days[period] + 1) * DAY - 5 * 3600;
}

static double
measure (const KomekPoint *point)
{
  return komek_place_metres_between (51.14, 71.43, point->latitude / 1e7, point->longitude / 1e7);
}

static guint
find_misses (const Row *row, const KomekPoint *point)
{
  guint misses = 0;

  if (row->groups && !(row->groups & 1u << GROUP_OF (point)))
    misses |= GROUPS;
  if (point->requested < find_start (row->period))
    misses |= PERIOD;
  if (row->category && !g_str_equal (row->category, homes[point->service]))
    misses |= CATEGORY;
  if (row->every && point->key % row->every != 0)
    misses |= TEXT;
  if (point->requested < row->from || (row->to && point->requested >= row->to))
    misses |= PERIOD;
  if ((row->district && point->district != row->district)
      || (row->answered && !is_answered (point->status))
      || (row->around > 0
          && (point->latitude == KOMEK_POINT_NOWHERE || measure (point) > row->around)))
    misses |= OTHERS;
  return misses;
}

static gboolean
is_in_view (const Row *row, const KomekPoint *point)
{
  return point->latitude != KOMEK_POINT_NOWHERE && point->latitude >= row->south * 1e7
         && point->latitude <= row->north * 1e7 && point->longitude >= row->west * 1e7
         && point->longitude <= row->east * 1e7;
}

static KomekFilter *
make_filter (const Row *row, KomekCategories *categories)
{
  g_autoptr (KomekFilterChoice) choice = komek_filter_choice_new ();
  g_autoptr (GArray) services = NULL;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  KomekFilterFields fields = { .now = TEST_NOW, .groups = row->groups,
                               .from = find_start (row->period),
                               .to = row->to, .answered = row->answered,
                               .latitude = 51.14, .longitude = 71.43, .metres = row->around };

  fields.from = MAX (fields.from, row->from);
  if (row->district)
    {
      fields.districts = &row->district;
      fields.n_districts = 1;
    }

  if (row->category)
    {
      komek_filter_choice_toggle_category (choice, row->category);
      services = komek_categories_list_services (categories, choice);
      fields.services = (const guint16 *) services->data;
      fields.n_services = services->len;
    }
  for (guint32 key = row->every; row->every && key <= N; key += row->every)
    g_array_append_val (keys, key);
  if (row->every)
    {
      fields.keys = (const guint32 *) keys->data;
      fields.n_keys = keys->len;
    }
  return komek_filter_new (&fields);
}

/* What there is without a place shows where nothing that has one is left out. */
static gboolean
is_whole (const Row *row, const KomekPoint *points)
{
  for (guint i = 0; i < N; i++)
    if (points[i].latitude != KOMEK_POINT_NOWHERE && find_misses (row, &points[i]) == 0
        && !is_in_view (row, &points[i]))
      return FALSE;
  return TRUE;
}

static void
check_counts (const Row *row, const KomekSurvey *survey, const KomekCategories *categories,
              const KomekPoint *points)
{
  KomekCounts *counts = komek_survey_get_counts (survey);
  guint groups[KOMEK_N_GROUPS] = { 0 }, periods[KOMEK_N_PERIODS] = { 0 }, total = 0, roads = 0;

  for (guint i = 0; i < N; i++)
    {
      guint misses = find_misses (row, &points[i]);

      total += misses == 0;
      groups[GROUP_OF (&points[i])] += (misses & ~GROUPS) == 0;
      roads += (misses & ~CATEGORY) == 0 && g_str_equal (homes[points[i].service], "ROA");
      for (guint j = 0; j < KOMEK_N_PERIODS; j++)
        periods[j] += (misses & ~PERIOD) == 0
                      && points[i].requested >= find_start (j);
    }

  g_assert_cmpuint (komek_counts_get_total (counts), ==, total);
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    g_assert_cmpuint (komek_counts_get_group (counts, i), ==, groups[i]);
  for (guint i = 0; i < KOMEK_N_PERIODS; i++)
    g_assert_cmpuint (komek_survey_get_period_count (survey, i), ==, periods[i]);
  g_assert_cmpstr (komek_categories_get_code (categories, 1), ==, "ROA");
  g_assert_cmpuint (komek_categories_count (categories, 1, counts), ==, roads);
}

/* Some streets have many requests, and some requests no street, or have come since. */
static guint32
rank_of (guint32 key)
{
  if (key > RANKED)
    return G_MAXUINT32;
  return key * 2654435761u % 977;
}

static gint64
deadline_of (const KomekPoint *point)
{
  if (!komek_status_is_open (point->status))
    return G_MAXINT64;
  return point->due > 0 ? point->due : G_MAXINT64 - 1;
}

/* Below 0 where @a comes first in the order of the row, above 0 where @b does. */
static double
compare (const Row *row, const KomekPoint *a, const KomekPoint *b)
{
  gboolean nowhere_a = a->latitude == KOMEK_POINT_NOWHERE;
  gboolean nowhere_b = b->latitude == KOMEK_POINT_NOWHERE;

  switch (row->order)
    {
    case KOMEK_LIST_NEAREST:
      if (nowhere_a || nowhere_b)
        return nowhere_a - nowhere_b;
      /* The order is by millimetres. */
      return floor (1000 * measure (a)) - floor (1000 * measure (b));
    case KOMEK_LIST_STREET:
      return (double) rank_of (a->key) - rank_of (b->key);
    case KOMEK_LIST_DEADLINE:
      return (deadline_of (a) > deadline_of (b)) - (deadline_of (a) < deadline_of (b));
    case KOMEK_LIST_NEWEST:
    default:
      return 0;
    }
}

static void
check_order (const Row *row, GArray *keys, const KomekPoint *points)
{
  for (guint i = 1; i < keys->len; i++)
    {
      const KomekPoint *before = &points[N - g_array_index (keys, guint32, i - 1)];
      const KomekPoint *after = &points[N - g_array_index (keys, guint32, i)];
      double order = compare (row, before, after);

      g_assert_cmpfloat (order, <=, 0);
      if (order == 0)
        g_assert_cmpuint (before->key, >, after->key);
    }
}

/* The days as a calendar counts them, five hours before Greenwich. */
static void
check_histogram (const Row *row, const KomekSurvey *survey, const KomekPoint *points)
{
  const gint64 *starts;
  guint n_days, all[400] = { 0 }, late[400] = { 0 };
  const KomekCountsBucket *days = komek_survey_peek_histogram (survey, &starts, &n_days);
  gint64 today = (TEST_NOW + 5 * 3600) / DAY;

  g_assert_cmpuint (n_days, ==, 366);
  for (guint i = 0; i < N; i++)
    {
      gint64 day = (points[i].requested + 5 * 3600) / DAY - today + n_days - 1;

      if (day < 0 || day >= n_days || (find_misses (row, &points[i]) & ~PERIOD) != 0)
        continue;
      all[day]++;
      late[day] += GROUP_OF (&points[i]) == KOMEK_GROUP_LATE;
    }
  for (guint i = 0; i < n_days; i++)
    {
      g_assert_cmpint (starts[i], ==, (today - n_days + 1 + i) * DAY - 5 * 3600);
      g_assert_cmpuint (days[i].all, ==, all[i]);
      g_assert_cmpuint (days[i].late, ==, late[i]);
    }
  g_assert_cmpint (starts[n_days], >, TEST_NOW);
}

static void
check_view (const Row *row, const KomekSurvey *survey, const KomekPoint *points)
{
  KomekCounts *counts = komek_survey_get_view_counts (survey);
  GArray *keys = komek_survey_get_keys (survey);
  g_autoptr (GHashTable) listed = g_hash_table_new (NULL, NULL);
  gboolean whole = is_whole (row, points);
  guint total = 0, late = 0;

  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (listed, GUINT_TO_POINTER (g_array_index (keys, guint32, i)));
  for (guint i = 0; i < N; i++)
    {
      gboolean shows = find_misses (row, &points[i]) == 0
                       && (is_in_view (row, &points[i])
                           || (whole && points[i].latitude == KOMEK_POINT_NOWHERE));

      total += shows;
      late += shows && GROUP_OF (&points[i]) == KOMEK_GROUP_LATE;
      g_assert_cmpint (shows, ==, g_hash_table_contains (listed, GUINT_TO_POINTER (points[i].key)));
    }
  g_assert_cmpuint (keys->len, ==, total);
  g_assert_cmpuint (komek_counts_get_total (counts), ==, total);
  g_assert_cmpuint (komek_counts_get_group (counts, KOMEK_GROUP_LATE), ==, late);
  check_order (row, keys, points);
}

static GPtrArray *
list_services (void)
{
  GPtrArray *services = g_ptr_array_new_with_free_func (g_object_unref);
  const char *const listed[][2] = { { "LIG.dark", "LIG" }, { "ROA.hole", "ROA" },
                                    { "ROA.slab", "ROA" }, { "WAT.leak", "WAT" }, { "dogs", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    {
      g_autoptr (KomekLabel) name = komek_label_new (listed[i][0], listed[i][0], listed[i][0]);
      KomekServiceFields fields = { .code = listed[i][0], .name = name, .group = listed[i][1],
                                    .group_name = name };

      g_ptr_array_add (services, komek_service_new (&fields));
    }
  return services;
}

static GArray *
make_ranks (void)
{
  GArray *ranks = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 key = 0; key <= RANKED; key++)
    {
      guint32 rank = rank_of (key);

      g_array_append_val (ranks, rank);
    }
  return ranks;
}

/* The first and the last second of 22 November 2026 here lie on two days of Greenwich. */
static void
test_periods_are_days_of_the_city (void)
{
  static const struct
  {
    KomekPeriod period;
    gint64      now, start;
  } periods[] = {
    { KOMEK_PERIOD_WEEK, 1795287600, 1794769200 },         /* 22 November, 0:00:00: from the 16th */
    { KOMEK_PERIOD_WEEK, 1795287600 + 86399, 1794769200 }, /* 23:59:59 */
    { KOMEK_PERIOD_WEEK, 1795287600 - 1, 1794682800 },     /* the evening before: from the 15th */
    { KOMEK_PERIOD_MONTH, TEST_NOW, 1795287600 - 30 * DAY },
    { KOMEK_PERIOD_YEAR, TEST_NOW, 1795287600 - 365 * DAY },
    { KOMEK_PERIOD_ALL, TEST_NOW, 0 },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05");
  g_autoptr (GTimeZone) almaty = g_time_zone_new_identifier ("Asia/Almaty");

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    g_assert_cmpint (komek_period_get_start (periods[i].period, periods[i].now, zone), ==, periods[i].start);
  g_assert_cmpint (komek_period_get_start (KOMEK_PERIOD_WEEK, 1795287600, NULL), ==,
                   1795287600 + 5 * 3600 - 7 * DAY);
  /* On 1 March 2024 the clocks went back by an hour; on the 3rd the week began the day before. */
  g_assert_nonnull (almaty);
  g_assert_cmpint (komek_period_get_start (KOMEK_PERIOD_WEEK, 1709460000, almaty), ==,
                   1708884000);
}

static void
test_agrees_with_brute_force (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (TestCrowd) crowd = test_crowd_new (N);
  g_autoptr (GPtrArray) services = list_services ();
  g_autoptr (KomekCategories) categories = komek_categories_new (services,
                                                                 test_crowd_get_points (crowd));
  g_autoptr (KomekFilter) filter = make_filter (row, categories);
  g_autoptr (KomekBounds) view = komek_bounds_new (row->south, row->west, row->north, row->east,
                                                   NULL);
  g_autoptr (GArray) ranks = make_ranks ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05");
  KomekSurveyFields fields = { .points = test_crowd_get_points (crowd), .filter = filter,
                               .view = view, .order = row->order, .ranks = ranks, .zone = zone,
                               .latitude = 51.14, .longitude = 71.43 };
  g_autoptr (KomekSurvey) survey = komek_survey_new (&fields);
  g_autoptr (KomekSurvey) again = NULL;
  guint n;
  const KomekPoint *points = komek_points_peek (fields.points, &n);

  check_counts (row, survey, categories, points);
  check_view (row, survey, points);
  check_histogram (row, survey, points);

  /* As after a move of the map, when the city is taken over. */
  fields.former = survey;
  again = komek_survey_new (&fields);
  g_assert_true (komek_survey_get_atlas (again) == komek_survey_get_atlas (survey));
  g_assert_null (komek_survey_peek (again)->former);
  check_counts (row, again, categories, points);
  check_view (row, again, points);
  check_histogram (row, again, points);
}

static void
test_lists_members_alone_in_the_order_of_the_list (void)
{
  g_autoptr (TestCrowd) crowd = test_crowd_new (N);
  KomekFilterFields nothing = { .now = TEST_NOW };
  g_autoptr (KomekFilter) filter = komek_filter_new (&nothing);
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint32));
  KomekSurveyFields fields = { .points = test_crowd_get_points (crowd), .filter = filter,
                               .members = members };
  g_autoptr (KomekSurvey) survey = NULL;
  const guint32 some[] = { 3, 19999, 12, N + 5 };

  g_array_append_vals (members, some, G_N_ELEMENTS (some));
  survey = komek_survey_new (&fields);
  g_assert_cmpuint (komek_survey_get_keys (survey)->len, ==, 3);
  g_assert_cmpuint (g_array_index (komek_survey_get_keys (survey), guint32, 0), ==, 19999);
  g_assert_cmpuint (g_array_index (komek_survey_get_keys (survey), guint32, 2), ==, 3);
  g_assert_cmpuint (komek_counts_get_total (komek_survey_get_view_counts (survey)), ==, N);
}

/* One in Almaty, one on an island that is none, and one nowhere. */
static void
test_the_extent_is_of_the_city (void)
{
  static const KomekPoint crowd[] = {
    { .key = 5, .latitude = 511200000, .longitude = 714000000, .requested = TEST_NOW - 1 },
    { .key = 4, .latitude = 511500000, .longitude = 713500000, .requested = TEST_NOW - 2 },
    { .key = 3, .latitude = 432500000, .longitude = 769000000, .requested = TEST_NOW - 3 },
    { .key = 2, .latitude = 0, .longitude = 0, .requested = TEST_NOW - 4 },
    { .key = 1, .latitude = KOMEK_POINT_NOWHERE, .longitude = KOMEK_POINT_NOWHERE,
      .requested = TEST_NOW - 5 },
  };
  static const char *const codes[] = { "road", NULL };
  g_autoptr (KomekBounds) city = komek_bounds_new (50.8, 70.9, 51.4, 72, NULL);
  g_autoptr (KomekBounds) elsewhere = komek_bounds_new (10, 10, 11, 11, NULL);
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = TEST_NOW });
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekPoints) points = NULL;
  g_autoptr (KomekSurvey) survey = NULL;
  g_autoptr (KomekBounds) extent = NULL;

  g_array_append_vals (array, crowd, G_N_ELEMENTS (crowd));
  points = komek_points_new (array, codes, codes);
  survey = komek_survey_new (&(KomekSurveyFields) { .points = points, .filter = filter });
  extent = komek_survey_dup_extent (survey, city);
  g_assert_cmpfloat (komek_bounds_get_south (extent), ==, 51.12);
  g_assert_cmpfloat (komek_bounds_get_north (extent), ==, 51.15);
  g_assert_cmpfloat (komek_bounds_get_west (extent), ==, 71.35);
  g_assert_cmpfloat (komek_bounds_get_east (extent), ==, 71.4);
  g_assert_null (komek_survey_dup_extent (survey, elsewhere));
}

static void
test_finds_the_busiest_category (void)
{
  g_autoptr (TestCrowd) crowd = test_crowd_new (N);
  KomekPoints *points = test_crowd_get_points (crowd);
  g_autoptr (GPtrArray) services = list_services ();
  g_autoptr (KomekCategories) categories = komek_categories_new (services, points);
  g_autoptr (KomekCounts) nothing = komek_counts_new_empty (points);
  KomekFilterFields fields = { .now = TEST_NOW };
  g_autoptr (KomekFilter) filter = komek_filter_new (&fields);
  g_autoptr (KomekSieve) sieve = komek_sieve_new (points, filter);
  g_autoptr (KomekCounts) counts = komek_counts_new (sieve, NULL, 0, NULL);

  /* Two services of six are roads. */
  g_assert_cmpuint (komek_categories_find_busiest (categories, counts), ==, 1);
  g_assert_cmpuint (komek_categories_find_busiest (categories, nothing), ==,
                    komek_categories_get_n (categories));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/survey/agrees-with-brute-force/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_agrees_with_brute_force);
    }
  g_test_add_func ("/survey/lists-members-alone-in-the-order-of-the-list",
                   test_lists_members_alone_in_the_order_of_the_list);
  g_test_add_func ("/survey/periods-are-days-of-the-city", test_periods_are_days_of_the_city);
  g_test_add_func ("/survey/the-extent-is-of-the-city", test_the_extent_is_of_the_city);
  g_test_add_func ("/survey/finds-the-busiest-category", test_finds_the_busiest_category);
  return g_test_run ();
}
