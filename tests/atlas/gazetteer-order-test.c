/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-gazetteer.h"

#define MOST 24

/* Names in the order in which the gazetteer has them; what decides nothing else, that does. */
typedef struct
{
  const char       *text;
  KomekAddressKind  kind;
  guint             rank;
  const char       *district;
} Name;

static KomekGazetteer *
make (const Name *rows, guint n, KomekLabel *city)
{
  KomekGazetteerName names[MOST] = { 0 };
  KomekGazetteer *gazetteer;

  g_assert_cmpuint (n, <=, MOST);
  for (guint i = 0; i < n; i++)
    {
      names[i].label = komek_label_new (rows[i].text, NULL, NULL);
      names[i].kind = rows[i].kind;
      names[i].rank = rows[i].rank;
      names[i].district = rows[i].district;
    }
  gazetteer = komek_gazetteer_new (names, n, city);
  for (guint i = 0; i < n; i++)
    komek_label_unref (names[i].label);
  return gazetteer;
}

static GArray *
search (KomekGazetteer *gazetteer, const char *text, guint limit)
{
  g_autoptr (KomekAddress) address = komek_address_parse (text);

  return komek_gazetteer_search (gazetteer, address, limit);
}

static const char *
name_of (GArray *finds, guint position)
{
  g_assert_cmpuint (position, <, finds->len);
  return komek_label_get (g_array_index (finds, KomekGazetteerFind, position).name->label,
                          KOMEK_LANGUAGE_KAZAKH);
}

#define assert_first(rows, typed, expected) \
  G_STMT_START \
  { \
    g_autoptr (KomekGazetteer) all = make (rows, G_N_ELEMENTS (rows), NULL); \
    g_autoptr (GArray) found = search (all, typed, 10); \
    g_assert_cmpstr (name_of (found, 0), ==, expected); \
  } \
  G_STMT_END

static void
test_what_begins_with_the_first_word_comes_first (void)
{
  static const Name behind[] = { { "Ақ Бота" }, { "Бота Сал" } };
  static const Name turned[] = { { "Бота Сал" }, { "Сал Бота" } };

  assert_first (behind, "бота", "Бота Сал");
  assert_first (turned, "сал бота", "Сал Бота");
  assert_first (turned, "бота сал", "Бота Сал");
}

/* Whoever has typed a whole name means it; of what is only begun a short one is likelier. */
static void
test_what_has_no_more_words_comes_first (void)
{
  static const Name whole[] = { { "Арай Ақ", .rank = 0 }, { "Арай", .rank = 5 } };
  static const Name begun[] = { { "Араб Ескі" }, { "Арай" } };
  static const Name wider[] = { { "Арай", .rank = 5 }, { "Араб Ескі", .rank = 0 } };

  assert_first (whole, "арай", "Арай");
  assert_first (begun, "ара", "Арай");
  assert_first (wider, "ара", "Араб Ескі");
}

static void
test_a_house_wants_a_street (void)
{
  static const Name rows[] = {
    { "Наурыз", KOMEK_ADDRESS_PARK, 1 }, { "Наурыз", KOMEK_ADDRESS_STREET, 3 },
  };
  g_autoptr (KomekGazetteer) gazetteer = make (rows, G_N_ELEMENTS (rows), NULL);
  g_autoptr (GArray) place = search (gazetteer, "наурыз", 10);
  g_autoptr (GArray) house = search (gazetteer, "наурыз 5", 10);

  g_assert_cmpint (g_array_index (place, KomekGazetteerFind, 0).name->kind, ==, KOMEK_ADDRESS_PARK);
  g_assert_cmpint (g_array_index (house, KomekGazetteerFind, 0).name->kind, ==, KOMEK_ADDRESS_STREET);
  g_assert_true (g_array_index (house, KomekGazetteerFind, 0).house);
  g_assert_true (g_array_index (house, KomekGazetteerFind, 1).partial);
}

/* However many fit, the best of them are given, and each once. */
static void
test_the_best_of_many_are_given (void)
{
  Name rows[MOST];

  for (guint i = 0; i < MOST; i++)
    rows[i] = (Name) { "Самал", .rank = MOST - i };
  {
    g_autoptr (KomekGazetteer) gazetteer = make (rows, MOST, NULL);
    g_autoptr (GArray) finds = search (gazetteer, "самал", 10);

    g_assert_cmpuint (finds->len, ==, 10);
    for (guint i = 0; i < 10; i++)
      g_assert_cmpuint (g_array_index (finds, KomekGazetteerFind, i).name->rank, ==, i + 1);
  }
}

/* A number that fits the name and none that is a house: the same place is found twice. */
static void
test_each_is_given_once (void)
{
  static const Name rows[] = { { "Самал 5 көшесі", KOMEK_ADDRESS_STREET } };
  g_autoptr (KomekGazetteer) gazetteer = make (rows, G_N_ELEMENTS (rows), NULL);
  g_autoptr (GArray) finds = search (gazetteer, "самал 5", 10);

  g_assert_cmpuint (finds->len, ==, 1);
  g_assert_false (g_array_index (finds, KomekGazetteerFind, 0).house);
}

static const Name districts[] = {
  { "Есіл", KOMEK_ADDRESS_DISTRICT, 3, "esil" },
  { "Нұра", KOMEK_ADDRESS_DISTRICT, 3, "nura" },
  { "Арай", KOMEK_ADDRESS_STREET, 1, "esil" },
  { "Арай", KOMEK_ADDRESS_STREET, 1, "nura" },
  { "Сана", KOMEK_ADDRESS_STREET, 1, "esil" },
};

/* Its name says which of its streets is meant, and never stands for all of them. */
static void
test_a_district_is_not_its_streets (void)
{
  g_autoptr (KomekGazetteer) gazetteer = make (districts, G_N_ELEMENTS (districts), NULL);
  g_autoptr (GArray) district = search (gazetteer, "есіл", 10);
  g_autoptr (GArray) street = search (gazetteer, "арай нұра", 10);
  g_autoptr (GArray) begun = search (gazetteer, "арай нұ", 10);

  g_assert_cmpuint (district->len, ==, 1);
  g_assert_cmpint (g_array_index (district, KomekGazetteerFind, 0).name->kind, ==,
                   KOMEK_ADDRESS_DISTRICT);
  g_assert_cmpuint (street->len, ==, 1);
  g_assert_cmpstr (g_array_index (street, KomekGazetteerFind, 0).name->district, ==, "nura");
  g_assert_cmpint (g_array_index (street, KomekGazetteerFind, 0).fit, ==, KOMEK_GAZETTEER_CONTEXT);
  g_assert_cmpuint (begun->len, ==, 1);
}

/* One letter is no name of a district: "арай е" may go on in any way. */
static void
test_one_letter_says_no_district (void)
{
  g_autoptr (KomekGazetteer) gazetteer = make (districts, G_N_ELEMENTS (districts), NULL);
  g_autoptr (GArray) finds = search (gazetteer, "арай е", 10);

  g_assert_cmpuint (finds->len, ==, 2);
  g_assert_true (g_array_index (finds, KomekGazetteerFind, 0).partial);
}

/* "қ." is short for the word behind the city's name there, and else a letter of a name. */
static void
test_the_city_is_left_out_with_its_mark (void)
{
  static const Name rows[] = {
    { "Абай", KOMEK_ADDRESS_STREET }, { "Қайрат Абай", KOMEK_ADDRESS_STREET },
  };
  g_autoptr (KomekLabel) city = komek_label_new ("Астана", "Астана", "Astana");
  g_autoptr (KomekGazetteer) gazetteer = make (rows, G_N_ELEMENTS (rows), city);
  g_autoptr (GArray) marked = search (gazetteer, "Астана қ., Абай", 10);
  g_autoptr (GArray) behind = search (gazetteer, "Абай, Астана", 10);
  g_autoptr (GArray) initial = search (gazetteer, "Қ. Абай", 10);

  g_assert_cmpstr (name_of (marked, 0), ==, "Абай");
  g_assert_false (g_array_index (marked, KomekGazetteerFind, 0).partial);
  g_assert_cmpstr (name_of (behind, 0), ==, "Абай");
  g_assert_cmpstr (name_of (initial, 0), ==, "Қайрат Абай");
}

/* Numbers are right or wrong, neither inside another one nor a slip of it. */
static void
test_numbers_are_exact (void)
{
  static const Name rows[] = {
    { "Самал 1234", KOMEK_ADDRESS_MICRODISTRICT }, { "Самал 5678", KOMEK_ADDRESS_MICRODISTRICT },
  };
  g_autoptr (KomekGazetteer) gazetteer = make (rows, G_N_ELEMENTS (rows), NULL);
  g_autoptr (GArray) right = search (gazetteer, "самал 1234, дом 7", 10);
  g_autoptr (GArray) slip = search (gazetteer, "самал 1235, дом 7", 10);
  g_autoptr (GArray) inside = search (gazetteer, "самал 234, дом 7", 10);

  g_assert_cmpstr (name_of (right, 0), ==, "Самал 1234");
  g_assert_false (g_array_index (right, KomekGazetteerFind, 0).partial);
  for (guint i = 0; i < slip->len; i++)
    g_assert_true (g_array_index (slip, KomekGazetteerFind, i).partial);
  for (guint i = 0; i < inside->len; i++)
    g_assert_true (g_array_index (inside, KomekGazetteerFind, i).partial);
}

/* Where the space is forgotten, also while the word is still being typed. */
static void
test_neighbours_are_one_word_too (void)
{
  static const Name rows[] = { { "Абылай хан", KOMEK_ADDRESS_AVENUE } };
  g_autoptr (KomekGazetteer) gazetteer = make (rows, G_N_ELEMENTS (rows), NULL);
  static const char *const typed[] = { "абылайхан", "абылайха", "абылайх" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GArray) finds = search (gazetteer, typed[i], 10);

      g_assert_cmpuint (finds->len, ==, 1);
      g_assert_cmpint (g_array_index (finds, KomekGazetteerFind, 0).fit, <=, KOMEK_GAZETTEER_PREFIX);
    }
}

static void
test_looks_up_whole_names_alone (void)
{
  static const Name rows[] = { { "Абай Құнанбаев", KOMEK_ADDRESS_STREET } };
  g_autoptr (KomekGazetteer) gazetteer = make (rows, G_N_ELEMENTS (rows), NULL);
  g_autoptr (KomekAddress) part = komek_address_parse ("Абай көшесі");
  g_autoptr (KomekAddress) whole = komek_address_parse ("Құнанбаев Абай көшесі");

  g_assert_null (komek_gazetteer_look_up (gazetteer, part));
  g_assert_nonnull (komek_gazetteer_look_up (gazetteer, whole));
}

/* In each language it may have as many words as it likes; the fewest are its size. */
static void
test_a_name_is_whole_in_each_language (void)
{
  g_autoptr (KomekLabel) label = komek_label_new ("Тәуелсіздік", "Тәуелсіздік көше жаңа",
                                                  "Independence New Great");
  KomekGazetteerName name = { .label = label, .kind = KOMEK_ADDRESS_STREET };
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new (&name, 1, NULL);
  g_autoptr (KomekAddress) address = komek_address_parse ("Тәуелсіздік");

  g_assert_nonnull (komek_gazetteer_look_up (gazetteer, address));
}

#define ADD(path, test) g_test_add_func ("/gazetteer-order/" path, test)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-begins-with-the-first-word-comes-first", test_what_begins_with_the_first_word_comes_first);
  ADD ("what-has-no-more-words-comes-first", test_what_has_no_more_words_comes_first);
  ADD ("a-house-wants-a-street", test_a_house_wants_a_street);
  ADD ("the-best-of-many-are-given", test_the_best_of_many_are_given);
  ADD ("each-is-given-once", test_each_is_given_once);
  ADD ("a-district-is-not-its-streets", test_a_district_is_not_its_streets);
  ADD ("one-letter-says-no-district", test_one_letter_says_no_district);
  ADD ("the-city-is-left-out-with-its-mark", test_the_city_is_left_out_with_its_mark);
  ADD ("numbers-are-exact", test_numbers_are_exact);
  ADD ("neighbours-are-one-word-too", test_neighbours_are_one_word_too);
  ADD ("looks-up-whole-names-alone", test_looks_up_whole_names_alone);
  ADD ("a-name-is-whole-in-each-language", test_a_name_is_whole_in_each_language);
  return g_test_run ();
}
