/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter.h"
#include "komek-place.h"

#define NOW 1700000000

static const guint16 services[] = { 3, 65535 };
static const guint32 keys[] = { 5, 7, 4000000000 };
static const guint8 districts[] = { 2, 255 };
static const KomekPoint open_request = {
  .key = 7, .requested = NOW - 100, .due = NOW + 100, .service = 3, .status = KOMEK_STATUS_IN_WORK,
  .district = 2,
};

static const struct
{
  const char       *name;
  KomekFilterFields fields;
  guint             missed;
} rows[] = {
  { "nothing-asked", { .now = NOW }, 0 },
  { "its-service", { .now = NOW, .services = services, .n_services = 2 }, 0 },
  { "another-service", { .now = NOW, .services = services + 1, .n_services = 1 }, KOMEK_FILTER_SERVICES },
  { "no-service", { .now = NOW, .services = services }, KOMEK_FILTER_SERVICES },
  { "its-group", { .now = NOW, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_WORK) }, 0 },
  { "late-before-its-deadline", { .now = NOW, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_LATE) }, KOMEK_FILTER_GROUPS },
  { "late-after-its-deadline", { .now = NOW + 200, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_LATE) }, 0 },
  { "from-its-second", { .now = NOW, .from = NOW - 100 }, 0 },
  { "from-later", { .now = NOW, .from = NOW - 99 }, KOMEK_FILTER_PERIOD },
  { "to-its-second", { .now = NOW, .to = NOW - 100 }, KOMEK_FILTER_PERIOD },
  { "to-later", { .now = NOW, .to = NOW - 99 }, 0 },
  { "its-key", { .now = NOW, .keys = keys, .n_keys = 3 }, 0 },
  { "another-key", { .now = NOW, .keys = keys + 2, .n_keys = 1 }, KOMEK_FILTER_KEYS },
  { "a-text-found-nowhere", { .now = NOW, .keys = keys, .n_keys = 0 }, KOMEK_FILTER_KEYS },
  { "a-key-among-far-ones", { .now = NOW, .keys = keys + 1, .n_keys = 2 }, 0 },
  { "a-key-among-near-ones", { .now = NOW, .keys = keys, .n_keys = 2 }, 0 },
  { "its-district", { .now = NOW, .districts = districts, .n_districts = 2 }, 0 },
  { "another-district", { .now = NOW, .districts = districts + 1, .n_districts = 1 }, KOMEK_FILTER_DISTRICTS },
  { "no-district", { .now = NOW, .districts = districts }, KOMEK_FILTER_DISTRICTS },
  { "without-an-answer", { .now = NOW, .answered = TRUE }, KOMEK_FILTER_ANSWERED },
  { "two-parts",
    { .now = NOW, .to = NOW - 200, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_SHUT) },
    KOMEK_FILTER_PERIOD | KOMEK_FILTER_GROUPS },
};

static void
test_tells_what_holds_back (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (KomekFilter) filter = komek_filter_new (&rows[i].fields);

  g_assert_cmpuint (komek_filter_test (filter, &open_request), ==, rows[i].missed);
}

static const KomekPoint odd_points[] = {
  { .key = 1, .latitude = KOMEK_POINT_NOWHERE, .longitude = KOMEK_POINT_NOWHERE },
  { .key = 2, .latitude = 0, .longitude = 0 },
  { .key = 3, .latitude = 900000000, .longitude = 0 },
  { .key = 4, .latitude = -900000000, .longitude = 1800000000 },
  { .key = 5, .latitude = 510000000, .longitude = 1799999990 },
  { .key = 6, .latitude = 510000000, .longitude = -1799999990 },
  { .key = 7, .latitude = 899999999, .longitude = -900000000 },
};

static gboolean
lies_within (const KomekPoint *point, double latitude, double longitude, double metres)
{
  return point->latitude != KOMEK_POINT_NOWHERE
         && komek_place_metres_between (latitude, longitude, point->latitude / 1e7,
                                        point->longitude / 1e7)
              <= metres;
}

/* By the box and by the formula alone, in the city, at its end of the world and at the poles. */
static void
test_a_circle_is_round_everywhere (void)
{
  static const double middles[][2] = {
    { 51.14, 71.43 }, { 0, 0 }, { 90, 0 }, { -89.99, 12 }, { 51, 180 }, { 51, -179.999 }, { 89.9, 90 },
  };
  static const double radii[] = { 1, 500, 3000, 250000, 9e6, 2e7 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (gsize i = 0; i < G_N_ELEMENTS (middles) * G_N_ELEMENTS (radii); i++)
    {
      const double *middle = middles[i / G_N_ELEMENTS (radii)];
      double metres = radii[i % G_N_ELEMENTS (radii)];
      g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) {
        .now = NOW, .latitude = middle[0], .longitude = middle[1], .metres = metres });

      g_assert_false (komek_filter_is_empty (filter));
      for (guint j = 0; j < 3000; j++)
        {
          double degrees = metres / 80000;
          double latitude = middle[0] + g_rand_double_range (rand, -degrees, degrees);
          double longitude = middle[1] + g_rand_double_range (rand, -2 * degrees, 2 * degrees);
          KomekPoint point = { .latitude = CLAMP (latitude, -90, 90) * 1e7,
                               .longitude = CLAMP (longitude, -180, 180) * 1e7 };

          if (j < G_N_ELEMENTS (odd_points))
            point = odd_points[j];

          g_assert_cmpuint (komek_filter_test (filter, &point), ==,
                            lies_within (&point, middle[0], middle[1], metres) ? 0
                            : KOMEK_FILTER_AROUND);
        }
    }
}

/* What a status says of an answer, in words rather than bits. */
static gboolean
is_answered (KomekStatus status)
{
  return (!komek_status_is_open (status) && status != KOMEK_STATUS_CLOSED_BY_APPLICANT)
         || status == KOMEK_STATUS_REWORK || status == KOMEK_STATUS_REOPENED;
}

static void
test_an_answer_goes_by_the_status (void)
{
  g_autoptr (KomekFilter) filter =
    komek_filter_new (&(KomekFilterFields) { .now = NOW, .answered = TRUE });

  for (guint i = 0; i < KOMEK_N_STATUSES; i++)
    {
      KomekPoint point = { .key = 1, .status = i };

      g_assert_cmpint (komek_filter_test (filter, &point) == 0, ==, is_answered (i));
    }
}

static gboolean
has_16 (const guint16 *list, guint n, guint16 wanted)
{
  for (guint i = 0; list && i < n; i++)
    if (list[i] == wanted)
      return TRUE;
  return !list;
}

static gboolean
has_8 (const guint8 *list, guint n, guint8 wanted)
{
  for (guint i = 0; list && i < n; i++)
    if (list[i] == wanted)
      return TRUE;
  return !list;
}

static gboolean
has_32 (const guint32 *list, guint n, guint32 wanted)
{
  for (guint i = 0; list && i < n; i++)
    if (list[i] == wanted)
      return TRUE;
  return !list;
}

/* One by one, as the words of the fields say. */
static guint
miss (const KomekFilterFields *fields, const KomekPoint *point)
{
  guint group = KOMEK_GROUP_BIT (komek_status_get_group (point->status, point->due, fields->now));
  guint missed = 0;

  if (!has_16 (fields->services, fields->n_services, point->service))
    missed |= KOMEK_FILTER_SERVICES;
  if (!has_8 (fields->districts, fields->n_districts, point->district))
    missed |= KOMEK_FILTER_DISTRICTS;
  if (!has_32 (fields->keys, fields->n_keys, point->key))
    missed |= KOMEK_FILTER_KEYS;
  if (fields->groups != 0 && (fields->groups & group) == 0)
    missed |= KOMEK_FILTER_GROUPS;
  if (fields->answered && !is_answered (point->status))
    missed |= KOMEK_FILTER_ANSWERED;
  if (point->requested < fields->from || (fields->to != 0 && point->requested >= fields->to))
    missed |= KOMEK_FILTER_PERIOD;
  return missed;
}

static KomekPoint
random_point (GRand *rand)
{
  return (KomekPoint) {
    .key = g_rand_int_range (rand, 1, 40),
    .requested = NOW + g_rand_int_range (rand, -50, 50),
    .due = g_rand_boolean (rand) ? 0 : NOW + g_rand_int_range (rand, -50, 50),
    .service = g_rand_int_range (rand, 0, 12),
    .status = g_rand_int_range (rand, 0, KOMEK_N_STATUSES),
    .district = g_rand_int_range (rand, 0, 6),
  };
}

static void
test_any_parts_together (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (41);
  guint passed = 0;

  for (guint round = 0; round < 3000; round++)
    {
      guint16 some_services[6];
      guint8 some_districts[4];
      guint32 some_keys[20], key = 0;
      KomekFilterFields fields = { .now = NOW };
      g_autoptr (KomekFilter) filter = NULL;

      for (guint i = 0; i < 6; i++)
        some_services[i] = g_rand_int_range (rand, 0, 12);
      for (guint i = 0; i < 4; i++)
        some_districts[i] = g_rand_int_range (rand, 0, 6);
      for (guint i = 0; i < 20; i++)
        some_keys[i] = key += g_rand_int_range (rand, 1, round % 2 ? 4 : 1 << 24);
      fields.services = g_rand_boolean (rand) ? some_services : NULL;
      fields.n_services = g_rand_int_range (rand, 0, 7);
      fields.districts = g_rand_boolean (rand) ? some_districts : NULL;
      fields.n_districts = g_rand_int_range (rand, 0, 5);
      fields.keys = g_rand_int_range (rand, 0, 4) == 0 ? some_keys : NULL;
      fields.n_keys = g_rand_int_range (rand, 0, 21);
      fields.groups = g_rand_int_range (rand, 0, 32);
      fields.answered = g_rand_int_range (rand, 0, 4) == 0;
      fields.from = g_rand_boolean (rand) ? 0 : NOW - 30;
      fields.to = g_rand_boolean (rand) ? 0 : NOW + 30;
      filter = komek_filter_new (&fields);
      for (guint i = 0; i < 20; i++)
        {
          KomekPoint point = random_point (rand);

          g_assert_cmpuint (komek_filter_test (filter, &point), ==, miss (&fields, &point));
          g_assert_true (!komek_filter_is_empty (filter) || miss (&fields, &point) == 0);
          passed += miss (&fields, &point) == 0;
        }
    }
  g_assert_cmpuint (passed, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/filter/%s", rows[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_tells_what_holds_back);
    }
  g_test_add_func ("/filter/an-answer-goes-by-the-status", test_an_answer_goes_by_the_status);
  g_test_add_func ("/filter/any-parts-together", test_any_parts_together);
  g_test_add_func ("/filter/a-circle-is-round-everywhere", test_a_circle_is_round_everywhere);
  return g_test_run ();
}
