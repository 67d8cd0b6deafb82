/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-gazetteer-places.h"

#define LATITUDE 51.1

/* A part of a place, from one longitude to another. */
static KomekGazetteerPlace
make (KomekLabel *label, KomekAddressKind kind, double west, double east)
{
  KomekGazetteerPlace place = { .label = label, .kind = kind, .rank = 1, .reach = 1000 };

  komek_mercator_project (LATITUDE, west, &place.box.x0, &place.box.y0);
  komek_mercator_project (LATITUDE, east, &place.box.x1, &place.box.y1);
  place.x = (place.box.x0 + place.box.x1) / 2;
  place.y = place.box.y0;
  place.weight = place.box.x1 - place.box.x0;
  return place;
}

static guint
count (const KomekGazetteerPlaces *places)
{
  guint n = 0;

  for (guint i = 0; i < komek_gazetteer_places_get_n (places); i++)
    n += komek_gazetteer_places_get (places, i) != NULL;
  return n;
}

/* The last part joins two that were too far from each other: all that is known of each is known of
 * the one place, whichever came first. */
static void
test_a_part_between_two_joins_them (void)
{
  g_autoptr (KomekGazetteerPlaces) places = komek_gazetteer_places_new ();
  g_autoptr (KomekLabel) label = komek_label_new ("Абай көшесі", NULL, NULL);
  KomekGazetteerPlace west = make (label, KOMEK_ADDRESS_STREET, 71.40, 71.41);
  KomekGazetteerPlace east = make (label, KOMEK_ADDRESS_STREET, 71.46, 71.49);
  KomekGazetteerPlace between = make (label, KOMEK_ADDRESS_STREET, 71.42, 71.45);
  const KomekGazetteerPlace *one;

  east.rank = 0;
  komek_gazetteer_places_add (places, &west);
  komek_gazetteer_places_add (places, &east);
  g_assert_cmpuint (count (places), ==, 2);
  komek_gazetteer_places_add (places, &between);
  g_assert_cmpuint (count (places), ==, 1);
  one = komek_gazetteer_places_get (places, 0);
  g_assert_cmpfloat (one->box.x0, ==, west.box.x0);
  g_assert_cmpfloat (one->box.x1, ==, east.box.x1);
  g_assert_cmpuint (one->rank, ==, 0);
  /* The point of the longest part, of which the first of two that are equal counts. */
  g_assert_true (one->x == between.x || one->x == east.x);
  g_assert_cmpfloat (one->weight, >, west.weight);
}

/* A shop that is called as its street is, is none. */
static void
test_namesakes_of_other_kinds_are_others (void)
{
  g_autoptr (KomekGazetteerPlaces) places = komek_gazetteer_places_new ();
  g_autoptr (KomekGazetteerPlaces) others = komek_gazetteer_places_new ();
  g_autoptr (KomekLabel) label = komek_label_new ("Керуен", NULL, NULL);
  KomekGazetteerPlace street = make (label, KOMEK_ADDRESS_STREET, 71.40, 71.41);
  KomekGazetteerPlace shop = make (label, KOMEK_ADDRESS_ANY, 71.40, 71.40);
  KomekGazetteerPlace lake = make (label, KOMEK_ADDRESS_LAKE, 71.40, 71.40);
  KomekGazetteerPlace quarter = make (label, KOMEK_ADDRESS_VILLAGE, 71.40, 71.40);
  g_autofree guint *positions = NULL;

  komek_gazetteer_places_add (places, &street);
  komek_gazetteer_places_add (others, &shop);
  komek_gazetteer_places_add (others, &lake);
  komek_gazetteer_places_add (others, &quarter);
  positions = komek_gazetteer_places_join (places, others);
  g_assert_cmpuint (count (places), ==, 4);
}

/* Of two maps: what each calls the street need not be the same word, but must not be another. */
static void
test_two_maps_know_one_street (void)
{
  g_autoptr (KomekGazetteerPlaces) places = komek_gazetteer_places_new ();
  g_autoptr (KomekGazetteerPlaces) others = komek_gazetteer_places_new ();
  g_autoptr (KomekLabel) kazakh = komek_label_new ("Арай көшесі", NULL, NULL);
  g_autoptr (KomekLabel) russian = komek_label_new ("Арай", "улица Арай", NULL);
  g_autoptr (KomekLabel) avenue = komek_label_new ("Арай даңғылы", NULL, NULL);
  KomekGazetteerPlace mine = make (kazakh, KOMEK_ADDRESS_STREET, 71.40, 71.41);
  KomekGazetteerPlace same = make (russian, KOMEK_ADDRESS_STREET, 71.41, 71.42);
  KomekGazetteerPlace other = make (avenue, KOMEK_ADDRESS_AVENUE, 71.40, 71.41);
  KomekGazetteerPlace far = make (russian, KOMEK_ADDRESS_STREET, 71.60, 71.61);
  g_autofree guint *positions = NULL;
  guint mine_at = komek_gazetteer_places_add (places, &mine);
  guint same_at = komek_gazetteer_places_add (others, &same);
  guint other_at = komek_gazetteer_places_add (others, &other);
  guint far_at = komek_gazetteer_places_add (others, &far);

  positions = komek_gazetteer_places_join (places, others);
  g_assert_cmpuint (positions[same_at], ==, mine_at);
  g_assert_cmpuint (positions[other_at], !=, mine_at);
  g_assert_cmpuint (positions[far_at], !=, mine_at);
  g_assert_cmpuint (count (places), ==, 3);
  /* What it had no name for it has learnt, and keeps its own. */
  g_assert_cmpstr (komek_label_get_exact (komek_gazetteer_places_get (places, mine_at)->label,
                                          KOMEK_LANGUAGE_RUSSIAN), ==, "улица Арай");
  g_assert_cmpstr (komek_label_get_exact (komek_gazetteer_places_get (places, mine_at)->label,
                                          KOMEK_LANGUAGE_KAZAKH), ==, "Арай көшесі");
}

/* Of the other map a part that has gone into another has a place, too: houses stand on it. */
static void
test_parts_of_another_map_are_found_again (void)
{
  /* The fourth takes the third into the second, and the fifth all of them into the first. */
  static const double starts[] = { 71.40, 71.44, 71.48, 71.46, 71.42 };
  g_autoptr (KomekGazetteerPlaces) places = komek_gazetteer_places_new ();
  g_autoptr (KomekGazetteerPlaces) others = komek_gazetteer_places_new ();
  g_autoptr (KomekLabel) label = komek_label_new ("Абай көшесі", NULL, NULL);
  g_autoptr (KomekLabel) first = komek_label_new ("Сана көшесі", NULL, NULL);
  KomekGazetteerPlace stranger = make (first, KOMEK_ADDRESS_STREET, 71.40, 71.41);
  guint at[G_N_ELEMENTS (starts)];
  g_autofree guint *positions = NULL;

  komek_gazetteer_places_add (places, &stranger);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      KomekGazetteerPlace part = make (label, KOMEK_ADDRESS_STREET, starts[i], starts[i] + 0.008);

      at[i] = komek_gazetteer_places_add (others, &part);
    }
  g_assert_cmpuint (count (others), ==, 1);
  positions = komek_gazetteer_places_join (places, others);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    g_assert_cmpuint (positions[at[i]], ==, 1);
  g_assert_cmpuint (count (places), ==, 2);
}

#define ADD(path, test) g_test_add_func ("/gazetteer-places/" path, test)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-part-between-two-joins-them", test_a_part_between_two_joins_them);
  ADD ("namesakes-of-other-kinds-are-others", test_namesakes_of_other_kinds_are_others);
  ADD ("two-maps-know-one-street", test_two_maps_know_one_street);
  ADD ("parts-of-another-map-are-found-again", test_parts_of_another_map_are_found_again);
  return g_test_run ();
}
