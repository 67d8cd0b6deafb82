/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "finder-fixture.h"
#include "komek-pack.h"
#include "town-pack.h"

static void
on_changed (KomekPlaceFinder *finder, guint *n)
{
  ++*n;
}

/* Lays a pack of the town on the plan, and waits until its names count. */
static void
add_pack (FinderFixture *fixture)
{
  g_autofree char *folder = g_dir_make_tmp ("komek-finder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "town.mbtiles", NULL);
  g_autoptr (GListStore) maps = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (KomekPack) pack = NULL;
  guint n = 0;
  gulong id = g_signal_connect (fixture->finder, "changed", G_CALLBACK (on_changed), &n);

  town_pack_write (path, TOWN_OPENMAPTILES);
  pack = komek_pack_new (path);
  g_list_store_append (maps, pack);
  komek_place_finder_set_maps (fixture->finder, G_LIST_MODEL (maps),
                               komek_plan_get_bounds (fixture->plan));
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (fixture->finder, id);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_finds_what_a_pack_knows (FinderFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *name;
    double      latitude, longitude;
  } rows[] = {
    { "ул. Сыганак", "Сығанақ көшесі", 51.125, 71.42 },
    { "сығанақ", "Сығанақ көшесі", 51.125, 71.42 },
    { "Чубары", "Чубары", 51.13, 71.425 },
    { "хан шат", "Хан Шатыр", 51.132, 71.404 },
  };

  add_pack (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const KomekPlaceFind *find = finder_search (fixture, rows[i].text);

      g_assert_cmpstr (finder_name (find), ==, rows[i].name);
      g_assert_cmpuint (fixture->finds->len, ==, 1);
      g_assert_cmpstr (find->district, ==, "esil");
      g_assert_cmpfloat_with_epsilon (find->latitude, rows[i].latitude, 1e-4);
      g_assert_cmpfloat_with_epsilon (find->longitude, rows[i].longitude, 1e-4);
    }
}

/* The pack calls it "улица Кенесары", with no word in Kazakh. */
static void
test_what_the_plan_knows_is_not_doubled (FinderFixture *fixture, gconstpointer data)
{
  add_pack (fixture);
  g_assert_cmpstr (finder_name (finder_search (fixture, "кенесары")), ==, "Кенесары көшесі");
  g_assert_cmpuint (fixture->finds->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (finder_search (fixture, "кенесары")->longitude, 71.42, 1e-6);
}

static void
test_finds_a_house_that_a_pack_knows (FinderFixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_pack (fixture);
  find = finder_search (fixture, "Сыганак 15а");
  g_assert_cmpstr (find->house, ==, "15А");
  g_assert_true (find->house_is_known);
  g_assert_cmpfloat_with_epsilon (find->latitude, 51.1253, 1e-4);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.41, 1e-4);
  g_assert_true (finder_search (fixture, "сығанақ 24/1")->house_is_known);
  g_assert_false (finder_search (fixture, "сығанақ 7")->house_is_known);
  /* Where people say something else, they stand before the door. */
  finder_add_request (fixture, 51.1256, 71.4105, "Сығанақ көшесі, 15А");
  g_assert_cmpfloat_with_epsilon (finder_search (fixture, "сығанақ 15а")->latitude, 51.1256, 1e-6);
}

/* It may be on the street that is not the nearest; but of a point only the nearest is said. */
static void
test_finds_a_house_on_another_street (FinderFixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_pack (fixture);
  find = finder_search (fixture, "Тұран 15а");
  g_assert_cmpstr (finder_name (find), ==, "Тұран көшесі");
  g_assert_true (find->house_is_known);
  g_assert_cmpfloat_with_epsilon (find->latitude, 51.1253, 1e-4);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.41, 1e-4);
  g_assert_cmpstr (finder_name (finder_describe (fixture, 51.1254, 71.41)), ==, "Сығанақ көшесі");
}

/* The plan does not know it, and its own are far away. */
static void
test_says_the_street_of_a_pack (FinderFixture *fixture, gconstpointer data)
{
  g_assert_null (finder_describe (fixture, 51.127, 71.412)->name);
  add_pack (fixture);
  g_assert_cmpstr (finder_name (finder_describe (fixture, 51.127, 71.412)), ==, "Тұран көшесі");
  g_assert_null (fixture->find->house);
  g_assert_cmpstr (finder_name (finder_describe (fixture, 51.1601, 71.41)), ==, "Кенесары көшесі");
}

/* A school's number is a part of its name, and it has no houses. */
static void
test_a_landmark_has_its_own_number (FinderFixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_pack (fixture);
  for (guint i = 0; i < 2; i++)
    {
      find = finder_search (fixture, i ? "школа 45" : "Школа №45");
      g_assert_cmpstr (finder_name (find), ==, "№45 мектеп");
      g_assert_null (find->house);
      g_assert_false (find->alike);
    }
  find = finder_search (fixture, "Школа №46");
  g_assert_cmpstr (finder_name (find), ==, "№45 мектеп");
  g_assert_null (find->house);
  g_assert_true (find->alike);
}

static void
test_tells_what_is_only_alike (FinderFixture *fixture, gconstpointer data)
{
  g_assert_false (finder_search (fixture, "кенесары")->alike);
  g_assert_false (finder_search (fixture, "кенес")->alike);
  g_assert_true (finder_search (fixture, "кенисары")->alike);
  g_assert_true (finder_search (fixture, "кенесары пиццерия")->alike);
}

static void
test_says_the_house_of_a_pack (FinderFixture *fixture, gconstpointer data)
{
  add_pack (fixture);
  g_assert_cmpstr (finder_name (finder_describe (fixture, 51.1254, 71.41)), ==, "Сығанақ көшесі");
  g_assert_cmpstr (fixture->find->house, ==, "15А");
  finder_add_request (fixture, 51.1254, 71.41, "Кенесары көшесі, 40");
  finder_survey (fixture);
  g_assert_cmpstr (finder_describe (fixture, 51.1254, 71.41)->house, ==, "40");
}

/* Borders are the plan's: a district of the pack's is a place like others. */
static void
test_a_pack_adds_no_districts (FinderFixture *fixture, gconstpointer data)
{
  add_pack (fixture);
  g_assert_cmpint (finder_search (fixture, "Қосшы ауданы")->kind, !=, KOMEK_ADDRESS_DISTRICT);
  g_clear_pointer (&fixture->finds, g_ptr_array_unref);
  komek_place_finder_list_districts_async (fixture->finder, NULL, finder_on_searched, fixture);
  finder_wait (fixture);
  g_assert_cmpuint (fixture->finds->len, ==, 1);
  g_assert_cmpstr (finder_name (fixture->finds->pdata[0]), ==, "Есіл");
}

#define ADD(path, function) \
  g_test_add (path, FinderFixture, NULL, finder_set_up, function, finder_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/place-packs/finds-what-a-pack-knows", test_finds_what_a_pack_knows);
  ADD ("/place-packs/what-the-plan-knows-is-not-doubled",
       test_what_the_plan_knows_is_not_doubled);
  ADD ("/place-packs/finds-a-house-that-a-pack-knows", test_finds_a_house_that_a_pack_knows);
  ADD ("/place-packs/finds-a-house-on-another-street", test_finds_a_house_on_another_street);
  ADD ("/place-packs/says-the-street-of-a-pack", test_says_the_street_of_a_pack);
  ADD ("/place-packs/a-landmark-has-its-own-number", test_a_landmark_has_its_own_number);
  ADD ("/place-packs/tells-what-is-only-alike", test_tells_what_is_only_alike);
  ADD ("/place-packs/a-pack-adds-no-districts", test_a_pack_adds_no_districts);
  ADD ("/place-packs/says-the-house-of-a-pack", test_says_the_house_of_a_pack);
  return g_test_run ();
}
