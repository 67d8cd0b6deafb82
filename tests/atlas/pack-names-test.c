/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "await.h"
#include "komek-error.h"
#include "komek-pack-names.h"
#include "komek-pack-square.h"
#include "komek-pack.h"
#include "komek-vector-names.h"
#include "tile-writer.h"
#include "town-pack.h"

typedef struct
{
  char        *folder;
  char        *path;
  KomekBounds *bounds;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("komek-names-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "town.mbtiles", NULL);
  fixture->bounds = komek_bounds_new (51.05, 71.35, 51.2, 71.5, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  komek_bounds_unref (fixture->bounds);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static const KomekGazetteerPlace *
find (const KomekPackNames *names, const char *text, KomekLanguage language)
{
  const KomekGazetteerPlaces *places = komek_pack_names_get_places (names);
  const KomekGazetteerPlace *found = NULL;

  for (guint i = 0; i < komek_gazetteer_places_get_n (places); i++)
    {
      const KomekGazetteerPlace *place = komek_gazetteer_places_get (places, i);

      if (!place || g_strcmp0 (komek_label_get_exact (place->label, language), text) != 0)
        continue;
      g_assert_null (found);
      found = place;
    }
  return found;
}

static guint
count (const KomekPackNames *names)
{
  const KomekGazetteerPlaces *places = komek_pack_names_get_places (names);
  guint n = 0;

  for (guint i = 0; i < komek_gazetteer_places_get_n (places); i++)
    n += komek_gazetteer_places_get (places, i) != NULL;
  return n;
}

static void
assert_at (const KomekGazetteerPlace *place, double latitude, double longitude)
{
  double north, east;

  komek_mercator_unproject (place->x, place->y, &north, &east);
  g_assert_cmpfloat_with_epsilon (north, latitude, 1e-4);
  g_assert_cmpfloat_with_epsilon (east, longitude, 1e-4);
}

static void
assert_is_the_town (const KomekPackNames *names, gboolean russian)
{
  const KomekGazetteerPlace *street = find (names, "Сығанақ көшесі", KOMEK_LANGUAGE_KAZAKH);
  const KomekGazetteerPlace *quarter = find (names, "Чубары", KOMEK_LANGUAGE_KAZAKH);
  const KomekGazetteerPlace *landmark = find (names, "Хан Шатыр", KOMEK_LANGUAGE_KAZAKH);

  g_assert_cmpuint (count (names), ==, TOWN_PLACES);
  g_assert_cmpuint (komek_pack_names_get_n_damaged (names), ==, 0);
  g_assert_cmpint (street->kind, ==, KOMEK_ADDRESS_STREET);
  g_assert_cmpstr (komek_label_get_exact (street->label, KOMEK_LANGUAGE_RUSSIAN), ==,
                   russian ? "улица Сыганак" : NULL);
  assert_at (street, 51.125, 71.42);
  g_assert_cmpint (quarter->kind, ==, KOMEK_ADDRESS_MICRODISTRICT);
  assert_at (quarter, 51.13, 71.425);
  assert_at (landmark, 51.132, 71.404);
}

/* What tells a language by nothing is Kazakh, and a copy of it is no English. */
static void
test_reads_openmaptiles (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackNames) names = NULL;
  const KomekGazetteerPlace *street;

  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  names = komek_pack_names_read (fixture->path, fixture->bounds, NULL);
  assert_is_the_town (names, TRUE);
  street = find (names, "улица Кенесары", KOMEK_LANGUAGE_KAZAKH);
  g_assert_null (komek_label_get_exact (street->label, KOMEK_LANGUAGE_ENGLISH));
}

static void
test_reads_shortbread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackNames) names = NULL;

  town_pack_write (fixture->path, TOWN_SHORTBREAD);
  names = komek_pack_names_read (fixture->path, fixture->bounds, NULL);
  assert_is_the_town (names, FALSE);
}

static const char *
name_street (const KomekPackNames *names, const KomekPackHouse *house)
{
  const KomekGazetteerPlaces *places = komek_pack_names_get_places (names);

  return komek_label_get (komek_gazetteer_places_get (places, house->street)->label,
                          KOMEK_LANGUAGE_KAZAKH);
}

/* One far from all streets is no use: nobody says on which it stands. */
static void
test_houses_stand_on_the_nearest_street (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackNames) names = NULL;
  const KomekPackHouse *house;
  guint n, n_likely = 0;

  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  names = komek_pack_names_read (fixture->path, fixture->bounds, NULL);
  house = komek_pack_names_peek_houses (names, &n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat_with_epsilon (house[i].latitude, 51.125, 4e-4);
      if (!house[i].likely)
        continue;
      g_assert_cmpstr (name_street (names, &house[i]), ==, "Сығанақ көшесі");
      g_assert_cmpfloat_with_epsilon (house[i].metres, 33, 2);
      n_likely++;
    }
  g_assert_cmpuint (n_likely, ==, 2);
}

/* Tiles do not say on which street a house is; on a corner it may be the other one. */
static void
test_houses_may_stand_on_another_street (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackNames) names = NULL;
  const KomekPackHouse *house;
  guint n, n_others = 0;

  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  names = komek_pack_names_read (fixture->path, fixture->bounds, NULL);
  house = komek_pack_names_peek_houses (names, &n);
  for (guint i = 0; i < n; i++)
    if (!house[i].likely)
      {
        g_assert_cmpstr (house[i].number, ==, "15а");
        g_assert_cmpstr (name_street (names, &house[i]), ==, "Тұран көшесі");
        g_assert_cmpfloat_with_epsilon (house[i].metres, 100, 2);
        n_others++;
      }
  g_assert_cmpuint (n_others, ==, 1);
}

#define COLUMN 11441
#define ROW 5470
#define UNITS_A_KM 2665 /* of 4096 in a square of zoom 14, at 51 degrees */

static void
add_street (TileLayer *layer, const char *name, int x, int y, int width)
{
  const int steps[] = { x, y, width / 4, 0, width / 4, 0, width / 4, 0, width / 4, 0 };

  tile_layer_add (layer, 2, steps, 5, "class", "minor", "name", name, NULL);
}

/* Four pieces of one street are one street; and a hundred metres from all streets is on none of
 * them surely. */
static void
test_a_house_has_each_street_once (void)
{
  g_autoptr (KomekGazetteerPlaces) places = komek_gazetteer_places_new ();
  g_autoptr (KomekPackLines) lines = komek_pack_lines_new ();
  g_autoptr (GArray) houses = g_array_new (FALSE, FALSE, sizeof (KomekPackHouse));
  GByteArray *tile = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  TileLayer *streets = tile_layer_new ("transportation_name", 4096);
  TileLayer *numbers = tile_layer_new ("housenumber", 4096);
  static const int near[] = { 2000, 2000 + UNITS_A_KM / 50 }, far[] = { 2000, 2000 - UNITS_A_KM / 10 };
  const KomekPackHouse *house;

  add_street (streets, "Арай көшесі", 1900, 2000, 200);
  add_street (streets, "Сана көшесі", 1900, 2000 + UNITS_A_KM / 8, 200);
  tile_layer_add (numbers, 1, near, 1, "housenumber", "1", NULL);
  tile_layer_add (numbers, 1, far, 1, "housenumber", "2", NULL);
  tile_layer_end (streets, tile);
  tile_layer_end (numbers, tile);
  bytes = g_byte_array_free_to_bytes (tile);
  g_assert_true (komek_pack_square_read (bytes, 14, COLUMN, ROW, places, houses, lines, NULL));
  house = (const KomekPackHouse *) houses->data;

  g_assert_cmpuint (houses->len, ==, 3);
  g_assert_cmpstr (house[0].number, ==, "1");
  g_assert_true (house[0].likely);
  g_assert_cmpfloat_with_epsilon (house[0].metres, 20, 3);
  g_assert_cmpstr (house[1].number, ==, "1");
  g_assert_cmpuint (house[1].street, !=, house[0].street);
  g_assert_cmpfloat_with_epsilon (house[1].metres, 105, 5);
  g_assert_false (house[1].likely);
  g_assert_cmpstr (house[2].number, ==, "2");
  g_assert_cmpuint (house[2].street, ==, house[0].street);
  g_assert_false (house[2].likely);
  for (guint i = 0; i < houses->len; i++)
    g_free (house[i].number);
}

static void
test_streets_have_an_end (void)
{
  g_autoptr (KomekPackLines) lines = komek_pack_lines_new ();
  g_autofree KomekMercatorPoint *corners = g_new0 (KomekMercatorPoint, 500000);
  guint street, n;

  komek_pack_lines_add (lines, 3, corners, 499997);
  komek_pack_lines_add (lines, 4, corners, 4);
  komek_pack_lines_add (lines, 5, corners, 1);
  komek_pack_lines_add (lines, 6, corners, 3);
  g_assert_cmpuint (komek_pack_lines_get_n (lines), ==, 2);
  komek_pack_lines_get (lines, 1, &street, &n);
  g_assert_cmpuint (street, ==, 6);
  g_assert_cmpuint (n, ==, 3);
}

/* A city reads its own part of the pack of a country. */
static void
test_reads_only_the_city (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekBounds) elsewhere = komek_bounds_new (43.1, 76.7, 43.4, 77.1, NULL);
  g_autoptr (KomekPackNames) names = NULL;

  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  names = komek_pack_names_read (fixture->path, elsewhere, NULL);
  g_assert_cmpuint (count (names), ==, 0);
}

static void
test_a_damaged_tile_is_stepped_over (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackNames) names = NULL;

  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  town_pack_run (fixture->path,
                 "UPDATE tiles SET tile_data = x'1f8b080000000000' WHERE tile_row = "
                 "(SELECT min (tile_row) FROM tiles) AND tile_column = "
                 "(SELECT min (tile_column) FROM tiles);"
                 "UPDATE tiles SET tile_data = x'1a7f78020a0177' WHERE tile_row = "
                 "(SELECT max (tile_row) FROM tiles) AND tile_column = "
                 "(SELECT min (tile_column) FROM tiles);");
  g_test_expect_message ("komek-atlas", G_LOG_LEVEL_MESSAGE, "2 tiles of the map pack*");
  names = komek_pack_names_read (fixture->path, fixture->bounds, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (komek_pack_names_get_n_damaged (names), ==, 2);
  g_assert_nonnull (find (names, "Сығанақ көшесі", KOMEK_LANGUAGE_KAZAKH));
  g_assert_nonnull (find (names, "улица Кенесары", KOMEK_LANGUAGE_KAZAKH));
}

static void
assert_has_none (Fixture *fixture)
{
  g_autoptr (KomekPackNames) names = komek_pack_names_read (fixture->path, fixture->bounds, NULL);

  g_assert_cmpuint (count (names), ==, 0);
}

static void
test_what_cannot_be_used_has_no_names (Fixture *fixture, gconstpointer data)
{
  assert_has_none (fixture);
  g_assert_true (g_file_set_contents (fixture->path, "A letter", -1, NULL));
  assert_has_none (fixture);
  g_unlink (fixture->path);
  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  town_pack_run (fixture->path, "UPDATE tiles SET tile_data = x'89504e470d0a1a0a00'");
  assert_has_none (fixture);
}

/* Each of the limits ends it, and what was read before that is there. */
static void
test_ends_at_its_limits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPackNames) few = NULL;
  g_autoptr (KomekPackNames) small = NULL;
  g_autoptr (KomekPackNames) without_houses = NULL;
  guint n;

  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  few = komek_pack_names_read (fixture->path, fixture->bounds,
                               &(KomekPackNamesLimits) { .names = 1 });
  g_assert_cmpuint (count (few), >, 0);
  g_assert_cmpuint (count (few), <, TOWN_PLACES);
  without_houses = komek_pack_names_read (fixture->path, fixture->bounds,
                                          &(KomekPackNamesLimits) { .houses = 1 });
  g_assert_cmpuint (count (without_houses), ==, TOWN_PLACES);
  komek_pack_names_peek_houses (without_houses, &n);
  g_assert_cmpuint (n, ==, 1);
  /* At the zoom at which that is few squares the pack has nothing. */
  small = komek_pack_names_read (fixture->path, fixture->bounds,
                                 &(KomekPackNamesLimits) { .tiles = 4 });
  g_assert_cmpuint (count (small), ==, 0);
}

static void
on_name (const KomekVectorName *name, gpointer data)
{
  guint *n = data;

  ++*n;
}

/* What comes before the break is sound; nothing that is behind it is made up. */
static void
test_half_a_tile_gives_what_is_whole (void)
{
  guint column, row;
  g_autoptr (GBytes) bytes = NULL;
  guint last = 0;

  town_locate (51.125, 71.41, &column, &row);
  bytes = g_byte_array_free_to_bytes (town_tile_new (TOWN_OPENMAPTILES, column, row));
  for (gsize length = 0; length <= g_bytes_get_size (bytes); length++)
    {
      g_autoptr (GBytes) half = g_bytes_new_from_bytes (bytes, 0, length);
      g_autoptr (GError) error = NULL;
      guint n = 0;

      if (!komek_vector_names_visit (half, on_name, &n, &error))
        g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
      g_assert_cmpuint (n, >=, last);
      last = n;
    }
  g_assert_cmpuint (last, ==, 10);
}

static void
on_named (KomekPack *pack, guint *n)
{
  ++*n;
}

static void
test_a_pack_reads_its_names_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPack) pack = NULL;
  g_autoptr (KomekBounds) same = komek_bounds_new (51.05, 71.35, 51.2, 71.5, NULL);
  KomekPackNames *names;
  guint n = 0;

  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  pack = komek_pack_new (fixture->path);
  g_signal_connect (pack, "named", G_CALLBACK (on_named), &n);
  komek_pack_ask_names (pack, fixture->bounds);
  komek_pack_ask_names (pack, same);
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
  names = komek_pack_get_names (pack);
  g_assert_cmpuint (count (names), ==, TOWN_PLACES);
  komek_pack_ask_names (pack, same);
  let_pass (20);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (komek_pack_get_names (pack) == names);
}

/* What was asked for last is what somebody waits for. */
static void
test_names_of_another_place_are_not_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekPack) pack = NULL;
  g_autoptr (KomekBounds) elsewhere = komek_bounds_new (43.1, 76.7, 43.4, 77.1, NULL);
  guint n = 0;

  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  pack = komek_pack_new (fixture->path);
  g_signal_connect (pack, "named", G_CALLBACK (on_named), &n);
  komek_pack_ask_names (pack, elsewhere);
  komek_pack_ask_names (pack, fixture->bounds);
  while (!komek_pack_get_names (pack))
    g_main_context_iteration (NULL, TRUE);
  let_pass (50);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (count (komek_pack_get_names (pack)), ==, TOWN_PLACES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) \
  g_test_add ("/pack-names/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("reads-openmaptiles", test_reads_openmaptiles);
  ADD ("reads-shortbread", test_reads_shortbread);
  ADD ("houses-stand-on-the-nearest-street", test_houses_stand_on_the_nearest_street);
  ADD ("houses-may-stand-on-another-street", test_houses_may_stand_on_another_street);
  ADD ("reads-only-the-city", test_reads_only_the_city);
  ADD ("a-damaged-tile-is-stepped-over", test_a_damaged_tile_is_stepped_over);
  ADD ("what-cannot-be-used-has-no-names", test_what_cannot_be_used_has_no_names);
  ADD ("ends-at-its-limits", test_ends_at_its_limits);
  ADD ("a-pack-reads-its-names-once", test_a_pack_reads_its_names_once);
  ADD ("names-of-another-place-are-not-taken", test_names_of_another_place_are_not_taken);
#undef ADD
  g_test_add_func ("/pack-names/a-house-has-each-street-once", test_a_house_has_each_street_once);
  g_test_add_func ("/pack-names/streets-have-an-end", test_streets_have_an_end);
  g_test_add_func ("/pack-names/half-a-tile-gives-what-is-whole",
                   test_half_a_tile_gives_what_is_whole);
  return g_test_run ();
}
