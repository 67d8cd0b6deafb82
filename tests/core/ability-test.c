/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-ability.h"
#include "komek-city.h"

/* As they stand in a city's discovery: a change of one is a change of the profile. */
static const struct
{
  KomekAbility ability;
  const char  *code;
} codes[] = {
  { KOMEK_ABILITY_EXTENSIONS, "extensions" },
  { KOMEK_ABILITY_HISTORY, "history" },
  { KOMEK_ABILITY_COMMENT, "comment" },
  { KOMEK_ABILITY_CHANGES, "changes" },
  { KOMEK_ABILITY_PAGES, "pages" },
  { KOMEK_ABILITY_BBOX, "bbox" },
  { KOMEK_ABILITY_SEARCH, "search" },
  { KOMEK_ABILITY_LANGUAGES, "languages" },
  { KOMEK_ABILITY_MEDIA, "media" },
  { KOMEK_ABILITY_VOTES, "votes" },
  { KOMEK_ABILITY_IDEMPOTENCY, "idempotency" },
  { KOMEK_ABILITY_LOCAL_NUMBERS, "local-numbers" },
  { KOMEK_ABILITY_SEALING, "sealing" },
  { KOMEK_ABILITY_REQUEST_KEY, "request-key" },
};

static void
test_each_has_a_code (void)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (codes) == KOMEK_N_ABILITIES);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_cmpint (codes[i].ability, ==, 1 << i);
      g_assert_cmpstr (komek_ability_get_code (codes[i].ability), ==, codes[i].code);
      g_assert_cmpint (komek_ability_find (codes[i].code), ==, codes[i].ability);
    }
}

static void
test_an_unknown_code_is_none (void)
{
  g_assert_cmpint (komek_ability_find ("telepathy"), ==, 0);
  g_assert_cmpint (komek_ability_find (""), ==, 0);
}

static void
test_a_card_holds_them (void)
{
  g_autofree char *key = g_strdup ("3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=");
  g_autoptr (KomekCity) plain = komek_city_new (&(KomekCityFields) { .id = "x" });
  g_autoptr (KomekCity) able = komek_city_new (&(KomekCityFields) {
    .id = "x",
    .abilities = KOMEK_ABILITY_HISTORY | KOMEK_ABILITY_SEALING,
    .seal_key = key,
    .api_key_needed = TRUE,
  });

  key[0] = '?';
  g_assert_cmpint (komek_city_peek (plain)->abilities, ==, 0);
  g_assert_null (komek_city_peek (plain)->seal_key);
  g_assert_false (komek_city_peek (plain)->api_key_needed);
  g_assert_false (komek_city_can (plain, KOMEK_ABILITY_HISTORY));
  g_assert_true (komek_city_can (able, KOMEK_ABILITY_HISTORY));
  g_assert_true (komek_city_can (able, KOMEK_ABILITY_HISTORY | KOMEK_ABILITY_SEALING));
  g_assert_false (komek_city_can (able, KOMEK_ABILITY_HISTORY | KOMEK_ABILITY_MEDIA));
  g_assert_cmpstr (komek_city_peek (able)->seal_key, ==,
                   "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=");
  g_assert_true (komek_city_peek (able)->api_key_needed);
}

static void
test_a_copy_keeps_the_lists (void)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Жаңа", "Новый", "New");
  g_autoptr (KomekCity) first = komek_city_new (&(KomekCityFields) { .id = "x" });
  g_autoptr (KomekCity) second = NULL;
  g_autoptr (GList) listed = NULL;
  KomekCityFields fields;

  komek_city_add (first, KOMEK_CITY_STATUSES, "new", name);
  komek_city_add (first, KOMEK_CITY_STATUSES, "done", name);
  fields = *komek_city_peek (first);
  fields.abilities = KOMEK_ABILITY_PAGES;
  second = komek_city_copy (first, &fields);
  g_assert_cmpstr (komek_city_peek (second)->id, ==, "x");
  g_assert_true (komek_city_can (second, KOMEK_ABILITY_PAGES));
  listed = komek_city_list_codes (second, KOMEK_CITY_STATUSES);
  g_assert_cmpuint (g_list_length (listed), ==, 2);
  g_assert_cmpstr (listed->data, ==, "new");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ability/each-has-a-code", test_each_has_a_code);
  g_test_add_func ("/ability/an-unknown-code-is-none", test_an_unknown_code_is_none);
  g_test_add_func ("/ability/a-card-holds-them", test_a_card_holds_them);
  g_test_add_func ("/ability/a-copy-keeps-the-lists", test_a_copy_keeps_the_lists);
  return g_test_run ();
}
