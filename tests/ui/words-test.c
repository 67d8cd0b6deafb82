/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "komek-words.h"

/* "Almaty" alone would be another city. */
static void
test_a_district_says_that_it_is_one (void)
{
  TestCity *city = test_city_new ("astana", NULL);
  TestStage *stage = test_stage_new (city, FALSE);
  g_autoptr (KomekLabel) almaty = komek_label_new ("Алматы", "Алматы", "Almaty");
  g_autoptr (KomekLabel) esil = komek_label_new ("Есіл ауданы", "район Есиль", "Esil District");
  g_autoptr (KomekPlace) bare = komek_place_new_address (NULL, "almaty");
  g_autoptr (KomekPlace) said = komek_place_new_address (NULL, "esil");
  g_autoptr (KomekPlace) street = komek_place_new_address ("Abay Street, 1", "almaty");
  g_autoptr (KomekPlace) nowhere = komek_place_new_address ("Abay Street, 1", NULL);
  KomekCity *card = komek_context_get_city (stage->context);
  g_autofree char *bare_words = NULL, *said_words = NULL, *street_words = NULL, *none = NULL;

  komek_city_add (card, KOMEK_CITY_DISTRICTS, "almaty", almaty);
  komek_city_add (card, KOMEK_CITY_DISTRICTS, "esil", esil);
  bare_words = komek_words_place (stage->context, bare);
  said_words = komek_words_district (stage->context, said);
  street_words = komek_words_place (stage->context, street);
  none = komek_words_district (stage->context, nowhere);

  g_assert_cmpstr (bare_words, ==, "District: Almaty");
  g_assert_cmpstr (said_words, ==, "Esil District");
  g_assert_cmpstr (street_words, ==, "Abay Street, 1");
  g_assert_cmpstr (none, ==, "");
  test_stage_free (stage);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/words/a-district-says-that-it-is-one", test_a_district_says_that_it_is_one);
  return g_test_run ();
}
