/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-gazetteer.h"
#include "komek-place.h"
#include "shipped-plan.h"

static KomekGazetteer *
read_shipped (void)
{
  g_autoptr (KomekPlan) plan = read_shipped_plan ();
  g_autoptr (KomekLabel) city = komek_label_new ("Астана", "Астана", "Astana");

  return komek_gazetteer_new_from_plan (plan, city);
}

static KomekGazetteer *
get_shipped (void)
{
  static KomekGazetteer *shipped = NULL;

  if (!shipped)
    shipped = read_shipped ();
  return shipped;
}

static const char *
name_of (GArray *finds, guint position)
{
  if (position >= finds->len)
    return NULL;
  return komek_label_get (g_array_index (finds, KomekGazetteerFind, position).name->label,
                          KOMEK_LANGUAGE_KAZAKH);
}

#define STREET(kind, kk, line) \
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"" kind "\",\"kk\":\"" kk "\"}," \
  "\"geometry\":{\"type\":\"LineString\",\"coordinates\":" line "}}"
#define AREA(kind, code, kk, rings) \
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"" kind "\",\"code\":\"" code "\",\"kk\":\"" kk "\"}," \
  "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" rings "}}"
#define COLLECTION(features) "{\"features\":[" features "]}"

static KomekPlan *
read_plan (const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GError) error = NULL;
  KomekPlan *plan = komek_plan_new (bytes, &error);

  g_assert_no_error (error);
  return plan;
}

static GArray *
search (KomekGazetteer *gazetteer, const char *text)
{
  g_autoptr (KomekAddress) address = komek_address_parse (text);

  return komek_gazetteer_search (gazetteer, address, 10);
}

/* What is exact comes before what begins so, that before what holds it, that before slips. */
static void
test_ranks_by_how_it_fits (void)
{
  static const char *const expected[] = { "Бау көшесі", "Баулы көшесі", "Қарабау көшесі" };
  g_autoptr (KomekPlan) plan = read_plan (COLLECTION (
    STREET ("avenue", "Қарабау көшесі", "[[71.40,51.1],[71.44,51.1]]") ","
    STREET ("street", "Баулы көшесі", "[[71.40,51.2],[71.44,51.2]]") ","
    STREET ("lane", "Бау көшесі", "[[71.40,51.3],[71.44,51.3]]")));
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new_from_plan (plan, NULL);
  g_autoptr (GArray) finds = search (gazetteer, "бау");

  g_assert_cmpuint (finds->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < finds->len; i++)
    g_assert_cmpstr (name_of (finds, i), ==, expected[i]);
  g_assert_cmpint (g_array_index (finds, KomekGazetteerFind, 0).fit, ==, KOMEK_GAZETTEER_EXACT);
  g_assert_cmpint (g_array_index (finds, KomekGazetteerFind, 1).fit, ==, KOMEK_GAZETTEER_PREFIX);
  g_assert_cmpint (g_array_index (finds, KomekGazetteerFind, 2).fit, ==, KOMEK_GAZETTEER_INSIDE);
}

/* Of namesakes the kind decides, and the wider road where none is said. */
static void
test_the_kind_tells_namesakes_apart (void)
{
  static const struct
  {
    const char *text, *first;
  } rows[] = {
    { "абай көшесі", "Абай көшесі" }, { "абай д-лы", "Абай даңғылы" }, { "абай", "Абай даңғылы" },
    { "абай тұйығы", "Абай тұйығы" }, { "абай мкр", "Абай ықшамауданы" },
    { "абай ауданы", "Абай" },        { "шағын аудан Абай", "Абай ықшамауданы" },
  };
  g_autoptr (KomekPlan) plan = read_plan (COLLECTION (
    STREET ("street", "Абай көшесі", "[[71.40,51.1],[71.44,51.1]]") ","
    STREET ("avenue", "Абай даңғылы", "[[71.40,51.2],[71.44,51.2]]") ","
    STREET ("lane", "Абай тұйығы", "[[71.40,51.3],[71.44,51.3]]") ","
    AREA ("park", "", "Абай ықшамауданы", "[[[71.5,51.1],[71.6,51.1],[71.6,51.2]]]") ","
    AREA ("district", "abai", "Абай", "[[[71,51],[72,51],[72,52],[71,52]]]")));
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new_from_plan (plan, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) finds = search (gazetteer, rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (name_of (finds, 0), ==, rows[i].first);
    }
}

/* A number is a part of the name where a name has it, and a house where none has. */
static void
test_numbers_are_names_or_houses (void)
{
  static const struct
  {
    const char *text, *first;
    gboolean    house;
  } rows[] = {
    { "8 ықшамаудан", "8 ықшамауданы", FALSE }, { "8-ші ықшамаудан", "8 ықшамауданы", FALSE },
    { "мкр 8", "8 ықшамауданы", FALSE },        { "8-й мкр-н, дом 12", "8 ықшамауданы", TRUE },
    { "8 мкр 12", "8 ықшамауданы", TRUE },      { "8 шағын аудан 12 үй", "8 ықшамауданы", TRUE },
    { "мкрн 8, д. 12", "8 ықшамауданы", TRUE }, { "8 Наурыз", "8 Наурыз көшесі", FALSE },
    { "8 Наурыз 15", "8 Наурыз көшесі", TRUE }, { "Е10", "Е10 көшесі", FALSE },
    { "Е 10 көшесі", "Е10 көшесі", FALSE },     { "Е10 24", "Е10 көшесі", TRUE },
    { "Самал 5", "Самал ықшамауданы", TRUE },   { "мкр Самал 5", "Самал ықшамауданы", TRUE },
    { "Самал мкр 5", "Самал ықшамауданы", TRUE },
  };
  g_autoptr (KomekPlan) plan = read_plan (COLLECTION (
    STREET ("street", "8 Наурыз көшесі", "[[71.40,51.1],[71.44,51.1]]") ","
    STREET ("street", "Е10 көшесі", "[[71.40,51.2],[71.44,51.2]]") ","
    AREA ("park", "", "8 ықшамауданы", "[[[71.5,51.1],[71.6,51.1],[71.6,51.2]]]") ","
    AREA ("park", "", "Самал ықшамауданы", "[[[71.5,51.3],[71.6,51.3],[71.6,51.4]]]")));
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new_from_plan (plan, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) finds = search (gazetteer, rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (name_of (finds, 0), ==, rows[i].first);
      g_assert_cmpint (g_array_index (finds, KomekGazetteerFind, 0).house, ==, rows[i].house);
    }
}

/* The name of the district says which of two namesakes is meant. */
static void
test_the_district_tells_namesakes_apart (void)
{
  g_autoptr (KomekPlan) plan = read_plan (COLLECTION (
    STREET ("street", "Арай көшесі", "[[71.10,51.1],[71.14,51.1]]") ","
    STREET ("street", "Арай көшесі", "[[71.80,51.2],[71.84,51.2]]") ","
    AREA ("district", "west", "Батыс", "[[[71,51],[71.5,51],[71.5,52],[71,52]]]") ","
    AREA ("district", "east", "Шығыс", "[[[71.5,51],[72,51],[72,52],[71.5,52]]]")));
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new_from_plan (plan, NULL);
  g_autoptr (GArray) both = search (gazetteer, "арай");
  g_autoptr (GArray) east = search (gazetteer, "Шығыс ауданы, Арай көшесі");

  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpuint (east->len, ==, 1);
  g_assert_cmpstr (g_array_index (east, KomekGazetteerFind, 0).name->district, ==, "east");
}

/* Of equals the alphabet decides, and a district is one whatever word is in its name. */
static void
test_a_plan_gives_order_and_kind (void)
{
  g_autoptr (KomekPlan) plan = read_plan (COLLECTION (
    STREET ("street", "Самал Я", "[[71.10,51.1],[71.14,51.1]]") ","
    STREET ("street", "Самал А", "[[71.80,51.2],[71.84,51.2]]") ","
    AREA ("district", "west", "Көктал ауылы", "[[[71,51],[71.5,51],[71.5,52],[71,52]]]")));
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new_from_plan (plan, NULL);
  g_autoptr (GArray) both = search (gazetteer, "самал");
  g_autoptr (GArray) district = search (gazetteer, "көктал");

  g_assert_cmpstr (name_of (both, 0), ==, "Самал А");
  g_assert_cmpstr (name_of (both, 1), ==, "Самал Я");
  g_assert_cmpint (g_array_index (district, KomekGazetteerFind, 0).name->kind, ==,
                   KOMEK_ADDRESS_DISTRICT);
}

/* Its pieces are one street, and it is found on itself, not beside its bend. */
static void
test_a_street_is_found_once_and_on_itself (void)
{
  g_autoptr (KomekPlan) plan = read_plan (COLLECTION (
    STREET ("street", "Бұрыш", "[[71.40,51.10],[71.44,51.10],[71.44,51.101]]") ","
    STREET ("street", "Бұрыш", "[[71.45,51.10],[71.46,51.10]]")));
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new_from_plan (plan, NULL);
  g_autoptr (GArray) finds = search (gazetteer, "бурыш");
  const KomekGazetteerName *name = g_array_index (finds, KomekGazetteerFind, 0).name;
  double metres;

  g_assert_cmpuint (finds->len, ==, 1);
  komek_plan_describe (plan, name->latitude, name->longitude, KOMEK_LANGUAGE_KAZAKH, &metres);
  g_assert_cmpfloat (metres, <, 0.01);
  g_assert_cmpfloat_with_epsilon (name->longitude, 71.42, 0.001);
}

/* Nine kilometres apart they are two, however the plan has them. */
static void
test_namesakes_at_two_ends_are_two (void)
{
  g_autoptr (KomekPlan) plan = read_plan (COLLECTION (
    "{\"type\":\"Feature\",\"properties\":{\"kind\":\"street\",\"kk\":\"Самал көшесі\"},"
    "\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":["
    "[[71.31,51.20],[71.33,51.20]],[[71.32,51.201],[71.33,51.201]],[[71.42,51.14],[71.43,51.14]]]}}"));
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new_from_plan (plan, NULL);
  g_autoptr (GArray) finds = search (gazetteer, "самал");

  g_assert_cmpuint (finds->len, ==, 2);
}

/* "№" is no part of a name and makes no house: both are tried, and what stands on no street has
 * none. */
static void
test_a_number_sign_says_nothing (void)
{
  g_autoptr (KomekLabel) school = komek_label_new (NULL, "Школа №45", NULL);
  g_autoptr (KomekLabel) lyceum = komek_label_new (NULL, "Школа-лицей 64", NULL);
  g_autoptr (KomekLabel) block = komek_label_new (NULL, "ЖК \"Наурыз-2\"", NULL);
  g_autoptr (KomekLabel) street = komek_label_new (NULL, "улица Наурыз", NULL);
  g_autoptr (KomekLabel) lane = komek_label_new (NULL, "переулок Радищева №3", NULL);
  const KomekGazetteerName names[] = {
    { .label = school, .rank = 7 }, { .label = lyceum, .rank = 7 }, { .label = block, .rank = 7 },
    { .label = street, .kind = KOMEK_ADDRESS_STREET }, { .label = lane, .kind = KOMEK_ADDRESS_LANE },
  };
  static const struct
  {
    const char *text, *first;
    gboolean    house, partial;
  } rows[] = {
    { "Школа №45", "Школа №45", FALSE, FALSE },
    { "школа номер 45", "Школа №45", FALSE, FALSE },
    { "школа 46", "Школа №45", FALSE, TRUE },
    { "Наурыз 2", "ЖК \"Наурыз-2\"", FALSE, FALSE },
    { "улица Наурыз 2", "улица Наурыз", TRUE, FALSE },
    { "улица Наурыз, №2", "улица Наурыз", TRUE, FALSE },
    { "Радищева №3", "переулок Радищева №3", FALSE, FALSE },
    { "пер. Радищева №3, 8", "переулок Радищева №3", TRUE, FALSE },
  };
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new (names, G_N_ELEMENTS (names), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) finds = search (gazetteer, rows[i].text);
      const KomekGazetteerFind *find = &g_array_index (finds, KomekGazetteerFind, 0);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpuint (finds->len, >, 0);
      g_assert_cmpstr (komek_label_get (find->name->label, KOMEK_LANGUAGE_RUSSIAN), ==,
                       rows[i].first);
      g_assert_cmpint (find->house, ==, rows[i].house);
      g_assert_cmpint (find->partial, ==, rows[i].partial);
    }
}

/* The middle of a bow lies outside of it, that of a ring in its hole. */
static void
test_an_area_is_found_inside_itself (void)
{
  g_autoptr (KomekPlan) plan = read_plan (COLLECTION (
    AREA ("district", "bow", "Садақ",
          "[[[71,51],[71.9,51],[71.9,51.1],[71.1,51.1],[71.1,51.8],[71.9,51.8],[71.9,51.9],[71,51.9]]]") ","
    AREA ("district", "ring", "Сақина",
          "[[[72,51],[73,51],[73,52],[72,52]],[[72.1,51.1],[72.9,51.1],[72.9,51.9],[72.1,51.9]]]")));
  g_autoptr (KomekGazetteer) gazetteer = komek_gazetteer_new_from_plan (plan, NULL);
  guint n;
  const KomekGazetteerName *names = komek_gazetteer_peek (gazetteer, &n);

  g_assert_cmpuint (n, ==, 2);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (komek_plan_find_district (plan, names[i].latitude, names[i].longitude), ==,
                     names[i].district);
}

static void
test_looks_up_only_what_is_called_so (void)
{
  static const struct
  {
    const char *text, *name;
  } rows[] = {
    { "проспект Абая", "Абай даңғылы" }, { "Абай даңғылы, 24", "Абай даңғылы" },
    { "Kenesary Street 5", "Кенесары көшесі" }, { "Абай көшесі", NULL }, { "Аба", NULL },
    { "Кабанбай", NULL }, { "Абай керуен", NULL }, { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KomekAddress) address = komek_address_parse (rows[i].text);
      const KomekGazetteerName *name = komek_gazetteer_look_up (get_shipped (), address);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (name ? komek_label_get (name->label, KOMEK_LANGUAGE_KAZAKH) : NULL, ==,
                       rows[i].name);
    }
}

static void
test_survives_nonsense (void)
{
  g_autofree char *long_one = g_strnfill (1000000, 'a');
  g_autofree char *slashes = g_strnfill (100000, '/');
  g_autofree char *digits = g_strnfill (100000, '7');
  const char *texts[] = { "\xff\xfe", "а/б/в/1/2/3", "д", "үй", "үй үй үй", "24 24 24 24", "к к к к",
                          "ул ул ул", "/", "//1//2//", "1к2к3к4", "№№№№", long_one, slashes, digits };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GArray) finds = search (get_shipped (), texts[i]);

      g_assert_cmpuint (finds->len, <=, 10);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gazetteer/ranks-by-how-it-fits", test_ranks_by_how_it_fits);
  g_test_add_func ("/gazetteer/the-kind-tells-namesakes-apart", test_the_kind_tells_namesakes_apart);
  g_test_add_func ("/gazetteer/numbers-are-names-or-houses", test_numbers_are_names_or_houses);
  g_test_add_func ("/gazetteer/the-district-tells-namesakes-apart",
                   test_the_district_tells_namesakes_apart);
  g_test_add_func ("/gazetteer/a-plan-gives-order-and-kind", test_a_plan_gives_order_and_kind);
  g_test_add_func ("/gazetteer/a-street-is-found-once-and-on-itself",
                   test_a_street_is_found_once_and_on_itself);
  g_test_add_func ("/gazetteer/namesakes-at-two-ends-are-two", test_namesakes_at_two_ends_are_two);
  g_test_add_func ("/gazetteer/a-number-sign-says-nothing", test_a_number_sign_says_nothing);
  g_test_add_func ("/gazetteer/an-area-is-found-inside-itself", test_an_area_is_found_inside_itself);
  g_test_add_func ("/gazetteer/looks-up-only-what-is-called-so",
                   test_looks_up_only_what_is_called_so);
  g_test_add_func ("/gazetteer/survives-nonsense", test_survives_nonsense);
  return g_test_run ();
}
