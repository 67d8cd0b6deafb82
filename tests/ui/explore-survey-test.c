/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-crowd.h"

#include "komek-categories.h"
#include "komek-place.h"
#include "komek-survey.h"

#define N 20000
#define GROUP_OF(point) komek_status_get_group ((point)->status, (point)->due, TEST_NOW)

/* What the survey finds by index and bits is found here by looking at every request. */

typedef struct
{
  const char *name;
  guint       groups;
  KomekPeriod period;
  const char *category;
  guint       every; /* only keys that this divides, as if a text had been found in them */
  KomekListOrder order;
  double      south, west, north, east;
} Row;

static const Row rows[] = {
  { "everything", 0, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_NEWEST, 50, 70, 52, 73 },
  { "everything-nearest", 0, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_NEAREST, 50, 70, 52, 73 },
  { "a-part-of-the-city", 0, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_NEWEST, 51.13, 71.41, 51.15, 71.45 },
  { "nearest-in-a-part", 0, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_NEAREST, 51.13, 71.41, 51.15, 71.45 },
  { "overdue", 1 << KOMEK_GROUP_LATE, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_NEWEST, 51.13, 71.41, 51.15,
    71.45 },
  { "two-states", 1 << KOMEK_GROUP_DONE | 1 << KOMEK_GROUP_SHUT, KOMEK_PERIOD_MONTH, NULL, 0, KOMEK_LIST_NEAREST,
    51.1, 71.4, 51.2, 71.5 },
  { "a-category", 0, KOMEK_PERIOD_QUARTER, "ROA", 0, KOMEK_LIST_NEWEST, 51.1, 71.4, 51.2, 71.5 },
  { "a-service-without-category", 0, KOMEK_PERIOD_YEAR, "dogs", 0, KOMEK_LIST_NEWEST, 51.1, 71.4, 51.2, 71.5 },
  { "services-that-are-no-more", 0, KOMEK_PERIOD_ALL, "", 0, KOMEK_LIST_NEWEST, 50, 70, 52, 73 },
  { "a-text", 0, KOMEK_PERIOD_ALL, NULL, 7, KOMEK_LIST_NEWEST, 51.1, 71.4, 51.2, 71.5 },
  { "all-at-once", 1 << KOMEK_GROUP_LATE, KOMEK_PERIOD_WEEK, "LIG", 2, KOMEK_LIST_NEAREST, 50, 70, 52, 73 },
  { "an-empty-part", 0, KOMEK_PERIOD_ALL, NULL, 0, KOMEK_LIST_NEWEST, 40, 40, 41, 41 },
};

/* Which category the crowd's services are in; see its list. */
static const char *const homes[] = { "ROA", "ROA", "LIG", "WAT", "dogs", "" };

enum
{
  GROUPS = 1,
  PERIOD = 2,
  CATEGORY = 4,
  TEXT = 8,
};

static guint
find_misses (const Row *row, const KomekPoint *point)
{
  guint misses = 0;

  if (row->groups && !(row->groups & 1u << GROUP_OF (point)))
    misses |= GROUPS;
  if (point->requested < komek_period_get_start (row->period, TEST_NOW))
    misses |= PERIOD;
  if (row->category && !g_str_equal (row->category, homes[point->service]))
    misses |= CATEGORY;
  if (row->every && point->key % row->every != 0)
    misses |= TEXT;
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
                               .from = komek_period_get_start (row->period, TEST_NOW) };

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
                      && points[i].requested >= komek_period_get_start (j, TEST_NOW);
    }

  g_assert_cmpuint (komek_counts_get_total (counts), ==, total);
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    g_assert_cmpuint (komek_counts_get_group (counts, i), ==, groups[i]);
  for (guint i = 0; i < KOMEK_N_PERIODS; i++)
    g_assert_cmpuint (komek_survey_get_period_count (survey, i), ==, periods[i]);
  g_assert_cmpstr (komek_categories_get_code (categories, 1), ==, "ROA");
  g_assert_cmpuint (komek_categories_count (categories, 1, counts), ==, roads);
}

static double
measure (const KomekPoint *point)
{
  return komek_place_metres_between (51.14, 71.43, point->latitude / 1e7, point->longitude / 1e7);
}

static void
check_order (const Row *row, GArray *keys, const KomekPoint *points)
{
  for (guint i = 1; i < keys->len; i++)
    {
      const KomekPoint *before = &points[N - g_array_index (keys, guint32, i - 1)];
      const KomekPoint *after = &points[N - g_array_index (keys, guint32, i)];

      if (row->order != KOMEK_LIST_NEAREST || before->latitude == KOMEK_POINT_NOWHERE)
        g_assert_cmpuint (before->requested, >=, after->requested);
      else if (after->latitude != KOMEK_POINT_NOWHERE)
        g_assert_cmpfloat (measure (before), <=, measure (after) + 0.001);
    }
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
  KomekSurveyFields fields = { .points = test_crowd_get_points (crowd), .filter = filter,
                               .view = view,
                               .order = row->order, .latitude = 51.14, .longitude = 71.43 };
  g_autoptr (KomekSurvey) survey = komek_survey_new (&fields);
  guint n;
  const KomekPoint *points = komek_points_peek (fields.points, &n);

  check_counts (row, survey, categories, points);
  check_view (row, survey, points);
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
  g_autoptr (KomekCounts) counts = komek_counts_new (points, filter, NULL, 0, NULL);

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
  g_test_add_func ("/survey/finds-the-busiest-category", test_finds_the_busiest_category);
  return g_test_run ();
}
