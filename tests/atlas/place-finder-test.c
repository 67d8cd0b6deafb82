/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "finder-fixture.h"
#include "komek-place.h"

static void
test_finds_a_street_on_itself (FinderFixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find = finder_search (fixture, "ул. Кенесары");

  g_assert_cmpstr (finder_name (find), ==, "Кенесары көшесі");
  g_assert_cmpstr (find->district, ==, "esil");
  g_assert_null (find->house);
  g_assert_cmpfloat_with_epsilon (find->latitude, 51.160, 1e-6);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.42, 1e-6);
}

/* Whoever filed wrote the address in whatever language; one of them put the pin elsewhere. */
static void
test_finds_a_house_that_requests_name (FinderFixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  finder_add_request (fixture, 51.1602, 71.4101, "Кенесары көшесі, 40");
  finder_add_request (fixture, 51.1602, 71.4103, "улица Кенесары, 40 · подъезд со двора");
  finder_add_request (fixture, 51.1700, 71.4300, "улица Кенесары, д. 40");
  finder_add_request (fixture, 51.1599, 71.4200, "Кенесары көшесі, 42");
  finder_add_request (fixture, 51.1602, 71.4250, "Кенесары көшесі, 401");
  find = finder_search (fixture, "кенесары 40");
  g_assert_cmpstr (find->house, ==, "40");
  g_assert_true (find->house_is_known);
  g_assert_cmpfloat_with_epsilon (find->latitude, 51.1602, 1e-6);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.4103, 1e-6);
}

static void
test_a_strange_house_is_on_its_street (FinderFixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  finder_add_request (fixture, 51.1602, 71.4101, "Кенесары көшесі, 40");
  find = finder_search (fixture, "кенесары 4");
  g_assert_cmpstr (find->house, ==, "4");
  g_assert_false (find->house_is_known);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.42, 1e-6);
}

/* No plan has it, but people name it. */
static void
test_finds_a_landmark_that_requests_name (FinderFixture *fixture, gconstpointer data)
{
  finder_add_request (fixture, 51.1300, 71.4030, "Тұран даңғылы, 37 · «Хан Шатыр» жанында");
  finder_add_request (fixture, 51.1301, 71.4031, "Тұран даңғылы, 37 · «Хан Шатыр» жанында");
  finder_add_request (fixture, NAN, NAN, "Хан Шатыр");
  g_assert_cmpstr (finder_name (finder_search (fixture, "хан шат")), ==,
                   "Тұран даңғылы, 37 · «Хан Шатыр» жанында");
  g_assert_cmpuint (fixture->finds->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (finder_search (fixture, "Хан Шатыр")->latitude, 51.1300, 1e-9);
  /* What only resembles it comes behind. */
  finder_add_request (fixture, 51.1600, 71.4101, "Кенесары көшесі, 1 · Кенесары ескерткіші");
  g_assert_cmpstr (finder_name (finder_search (fixture, "Кенесары ескерткіші")), ==,
                   "Кенесары көшесі, 1 · Кенесары ескерткіші");
  g_assert_cmpuint (fixture->finds->len, ==, 2);
}

static void
test_a_broken_mirror_costs_only_the_house (FinderFixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  finder_add_request (fixture, 51.1602, 71.4101, "Кенесары көшесі, 40");
  fixture->feed->broken = TRUE;
  g_test_expect_message ("komek-atlas", G_LOG_LEVEL_MESSAGE, "A house cannot be looked for*");
  g_test_expect_message ("komek-atlas", G_LOG_LEVEL_MESSAGE, "A house cannot be looked for*");
  find = finder_search (fixture, "кенесары 40");
  g_test_assert_expected_messages ();
  g_assert_cmpstr (finder_name (find), ==, "Кенесары көшесі");
  g_assert_false (find->house_is_known);
}

static void
test_says_the_nearest_house (FinderFixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  finder_add_request (fixture, 51.16020, 71.41000, "Кенесары көшесі, 40");
  finder_add_request (fixture, 51.16020, 71.41020, "Кенесары көшесі, 42");
  finder_add_request (fixture, 51.16020, 71.41019, "бір жерде");
  finder_survey (fixture);
  find = finder_describe (fixture, 51.16020, 71.41012);
  g_assert_cmpstr (finder_name (find), ==, "Кенесары көшесі");
  g_assert_cmpstr (find->house, ==, "42");
  g_assert_cmpstr (find->district, ==, "esil");
}

/* Thirty metres: 0.00027 degrees to the north. */
static void
test_a_house_is_said_within_thirty_metres (FinderFixture *fixture, gconstpointer data)
{
  finder_add_request (fixture, 51.16020, 71.41000, "Кенесары көшесі, 40");
  finder_survey (fixture);
  g_assert_cmpstr (finder_describe (fixture, 51.16046, 71.41000)->house, ==, "40");
  g_assert_null (finder_describe (fixture, 51.16048, 71.41000)->house);
  g_assert_cmpstr (finder_name (fixture->find), ==, "Кенесары көшесі");
}

static void
test_without_requests_it_says_the_street (FinderFixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (finder_name (finder_describe (fixture, 51.1655, 71.4201)), ==,
                   "Республика даңғылы");
  g_assert_null (fixture->find->house);
  g_assert_cmpstr (fixture->find->district, ==, "esil");
}

static void
test_far_from_all_it_says_nothing (FinderFixture *fixture, gconstpointer data)
{
  static const double nowhere[][2] = {
    { 51.25, 71.55 }, { 0, 0 }, { 90, 0 }, { -90, 180 }, { NAN, NAN }, { INFINITY, 71.4 },
  };

  finder_add_request (fixture, 51.16020, 71.41000, "Кенесары көшесі, 40");
  finder_survey (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      const KomekPlaceFind *find = finder_describe (fixture, nowhere[i][0], nowhere[i][1]);

      g_assert_null (find->name);
      g_assert_null (find->house);
      g_assert_cmpstr (find->district, ==, i == 0 ? "esil" : "");
    }
}

static void
test_stops_when_nobody_waits (FinderFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  komek_place_finder_search_async (fixture->finder, "кенесары 40", 5, cancellable,
                                   finder_on_searched, fixture);
  g_cancellable_cancel (cancellable);
  finder_wait (fixture);
  g_assert_null (fixture->finds);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function) \
  g_test_add (path, FinderFixture, NULL, finder_set_up, function, finder_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/place-finder/finds-a-street-on-itself", test_finds_a_street_on_itself);
  ADD ("/place-finder/finds-a-house-that-requests-name", test_finds_a_house_that_requests_name);
  ADD ("/place-finder/a-strange-house-is-on-its-street", test_a_strange_house_is_on_its_street);
  ADD ("/place-finder/finds-a-landmark-that-requests-name",
       test_finds_a_landmark_that_requests_name);
  ADD ("/place-finder/a-broken-mirror-costs-only-the-house",
       test_a_broken_mirror_costs_only_the_house);
  ADD ("/place-finder/says-the-nearest-house", test_says_the_nearest_house);
  ADD ("/place-finder/a-house-is-said-within-thirty-metres",
       test_a_house_is_said_within_thirty_metres);
  ADD ("/place-finder/without-requests-it-says-the-street",
       test_without_requests_it_says_the_street);
  ADD ("/place-finder/far-from-all-it-says-nothing", test_far_from_all_it_says_nothing);
  ADD ("/place-finder/stops-when-nobody-waits", test_stops_when_nobody_waits);
  return g_test_run ();
}
