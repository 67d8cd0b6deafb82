/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-address.h"

/* Each of the words that people write round a name, as they write it: whole, declined, cut short. */
static const struct
{
  KomekAddressKind  kind;
  const char       *marks[20];
} kinds[] = {
  { KOMEK_ADDRESS_AVENUE,
    { "даңғылы", "даңғылында", "даңғ.", "данг", "д-лы", "длы", "проспект", "проспекте", "просп.", "пр-т",
      "пр-кт", "прт", "пркт", "пр.", "Avenue", "Ave.", "Av", "prospekt", "dangyly" } },
  { KOMEK_ADDRESS_STREET,
    { "көшесі", "көшесінде", "көше", "көш.", "к-сі", "ксі", "улица", "улице", "ул-ца", "ул.", "Street",
      "Str.", "St.", "ulitsa", "koshesi" } },
  { KOMEK_ADDRESS_LANE,
    { "тұйығы", "тұйығында", "тұйық", "переулок", "переулке", "пер.", "п-к", "проезд", "проезде", "тупик",
      "Lane" } },
  { KOMEK_ADDRESS_HIGHWAY,
    { "тас жолы", "тас жолында", "шоссе", "ш.", "трасса", "трассе", "Highway", "Hwy" } },
  { KOMEK_ADDRESS_BOULEVARD, { "бульвары", "бульвар", "бул.", "б-р", "Boulevard", "Blvd" } },
  { KOMEK_ADDRESS_SQUARE, { "алаңы", "алаңында", "площадь", "площади", "пл.", "Square" } },
  { KOMEK_ADDRESS_MICRODISTRICT,
    { "ықшамауданы", "ықшамауданында", "ықшам ауданы", "ы-а", "шағын ауданы", "ш-а", "микрорайон",
      "микрорайоне", "микр.", "мкр-н", "мкрн", "мкр.", "м-н", "жилой массив", "ж/м", "ж-м",
      "тұрғын алабы", "Microdistrict", "mkr" } },
  { KOMEK_ADDRESS_DISTRICT, { "ауданы", "ауданында", "ауд.", "район", "районе", "р-н", "рн", "District" } },
  { KOMEK_ADDRESS_VILLAGE, { "ауыл", "ауылы", "ауылында", "село", "посёлок", "пос.", "Village" } },
  { KOMEK_ADDRESS_RIVER, { "өзені", "река", "реки", "River" } },
  { KOMEK_ADDRESS_LAKE, { "көлі", "озеро", "Lake" } },
  { KOMEK_ADDRESS_PARK, { "саябақ", "саябағы", "саябағында", "парк", "Park", "сквер", "сквере" } },
  { KOMEK_ADDRESS_BRIDGE, { "көпірі", "көпірінде", "мост", "Bridge" } },
};

static void
assert_names (const char *text, KomekAddressKind kind)
{
  g_autoptr (KomekAddress) address = komek_address_parse (text);
  g_autofree char *words = g_strjoinv (" ", address->words);

  if (g_strcmp0 (words, "самал") != 0 || address->kinds != KOMEK_ADDRESS_BIT (kind) || address->house)
    g_test_fail_printf ("“%s” is “%s” of the kinds %x, house %s", text, words, address->kinds,
                        address->house);
}

static void
test_every_word_for_a_kind (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint j = 0; kinds[i].marks[j]; j++)
      {
        g_autofree char *behind = g_strconcat ("Самал ", kinds[i].marks[j], NULL);
        g_autofree char *before = g_strconcat (kinds[i].marks[j], " Самал", NULL);

        assert_names (behind, kinds[i].kind);
        assert_names (before, kinds[i].kind);
      }
}

/* What is left of a name, and which house it is; “!” behind it where that is certain. */
static const struct
{
  const char *text, *words, *house;
} addresses[] = {
  /* Each word for a house */
  { "Самал 5-үй", "самал", "5!" },
  { "Самал 5 үйі", "самал", "5!" },
  { "Самал 5-үйде", "самал", "5!" },
  { "Самал дом 5", "самал", "5!" },
  { "возле дома 5, Самал", "самал", "5!" },
  { "Самал, д. 5", "самал", "5!" },
  { "Самал, здание 5", "самал", "5!" },
  { "Самал, строение 5", "самал", "5!" },
  { "Самал 5 ғимарат", "самал", "5!" },
  { "Самал 5-ғимаратында", "самал", "5!" },
  { "Samal house 5", "samal", "5!" },
  { "Samal building 5", "samal", "5!" },
  { "Самал 5", "самал", "5" },
  { "5 Самал", "самал", "5" },
  /* Each word for a flat, whose number is nobody's house */
  { "Самал 5, 7-пәтер", "самал", "5" },
  { "Самал 5, 7-пәтерде", "самал", "5" },
  { "Самал 5 п. 7", "самал", "5" },
  { "Самал 5, квартира 7", "самал", "5" },
  { "Самал 5 кв. 7", "самал", "5" },
  { "Самал 5, 2-кіреберіс", "самал", "5" },
  { "Самал 5, подъезд 2", "самал", "5" },
  { "Самал 5, под. 2", "самал", "5" },
  { "Самал 5, 3-қабатта", "самал", "5" },
  { "Самал 5, этаж 3", "самал", "5" },
  { "Самал 5, 12-кеңсе", "самал", "5" },
  { "Самал 5, офис 12", "самал", "5" },
  { "Самал 5 оф. 12", "самал", "5" },
  { "Samal 5 flat 7", "samal", "5" },
  { "Samal 5 apt. 7", "samal", "5" },
  { "Samal 5 apartment 7", "samal", "5" },
  { "Samal 5 entrance 2", "samal", "5" },
  { "Samal 5 floor 3", "samal", "5" },
  { "дом 5, кв 7, Самал", "самал", "5!" },
  { "Самал 3, дом 5", "самал 3", "5!" },
  /* Parts of a house */
  { "Самал 5/1", "самал", "5/1" },
  { "Самал 5\\1", "самал", "5/1" },
  { "Самал 5 корпус 1", "самал", "5/1" },
  { "Самал 5 корп. 1", "самал", "5/1" },
  { "Самал 5 блок 1", "самал", "5/1" },
  { "Самал 5 стр. 1", "самал", "5/1" },
  { "Самал 5к1", "самал", "5/1" },
  { "Самал 5а", "самал", "5А" },
  { "Самал 5 б", "самал", "5Б" },
  { "Самал 5 В", "самал", "5В" },
  { "Самал 5 г", "самал", "5Г" },
  { "Самал 5 в, кв. 7", "самал", "5В" },
  { "5 в Самал", "самал", "5" },
  { "Самал 5 г. Астана", "самал", "5" },
  { "Samal 5g", "samal", "5Г" },
  { "Samal 5 v", "samal", "5В" },
  { "Samal 5b", "samal", "5Б" },
  { "Самал №5", "самал", "5" },
  { "Самал номер 5", "самал", "5" },
  { "Samal No. 5", "samal", "5" },
  /* Numbers that belong to a name */
  { "8-ші мкр", "8", NULL },
  { "6-шы мкр", "6", NULL },
  { "8-й мкр", "8", NULL },
  { "1-я линия", "1 линия", NULL },
  { "1-ый переулок", "1", NULL },
  { "1-ая линия", "1 линия", NULL },
  { "2-ой проезд", "2", NULL },
  { "8th Street", "8", NULL },
  { "2nd Lane", "2", NULL },
  { "3rd Lane", "3", NULL },
  { "мкр 8", "8", NULL },
  { "Самал мкр 8", "самал", "8" },
  /* What says where we are anyway */
  { "г. Астана, Самал 5", "самал", "5" },
  { "город Астана, Самал 5", "самал", "5" },
  { "Астана қаласы, Самал 5", "самал", "5" },
  { "Астана қаласында Самал 5", "самал", "5" },
  { "Samal 5, Astana city", "samal", "5" },
  { "Қазақстан, Самал", "самал", NULL },
  { "Казахстан, Самал", "самал", NULL },
  { "Samal, Kazakhstan", "samal", NULL },
  { "РК, Самал", "самал", NULL },
  { "010000, Самал", "самал", NULL },
  { "Самал, +77012345678", "самал", NULL },
  { "Самал 12345", "самал", "12345" },
  { "Самал 123456", "самал", NULL },
  { "на Самал", "самал", NULL },
  { "в Самал", "самал", NULL },
  { "по Самал", "самал", NULL },
  { "у Самал", "самал", NULL },
  { "возле Самал", "самал", NULL },
  { "около Самал", "самал", NULL },
  { "рядом с Самал", "самал", NULL },
  { "Самал бойында", "самал", NULL },
  { "Самал жанындағы", "самал", NULL },
  { "Самал маңында", "самал", NULL },
  { "at the Samal", "samal", NULL },
  { "on Samal", "samal", NULL },
  { "near Samal", "samal", NULL },
  /* A word for a town that names none: a street is not left out, nor a number */
  { "город 5", "город", "5" },
  { "улица город", "город", NULL },
  /* Nothing else is left: the words for kinds are the name */
  { "Парк", "парк", NULL },
  { "улица", "улица", NULL },
  { "возле", "возле", NULL },
};

static void
test_takes_apart (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (KomekAddress) address = komek_address_parse (addresses[i].text);
  g_autofree char *words = g_strjoinv (" ", address->words);
  g_autofree char *house =
    address->house ? g_strconcat (address->house, address->house_is_sure ? "!" : NULL, NULL) : NULL;

  if (g_strcmp0 (words, addresses[i].words) != 0 || g_strcmp0 (house, addresses[i].house) != 0)
    g_test_fail_printf ("“%s” is “%s”, house %s", addresses[i].text, words, house);
}

/* Whoever has typed so much may be about to type the kind of a place. */
static void
test_the_last_word_may_begin_a_kind (void)
{
  static const struct
  {
    const char *text;
    gboolean    open;
  } rows[] = {
    { "самал кө", TRUE },  { "самал даң", TRUE }, { "самал ул", FALSE }, { "самал ули", TRUE },
    { "самал к", FALSE },  { "самал о", FALSE },  { "самал абай", FALSE }, { "кө", FALSE },
    { "самал кө 5", FALSE }, { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KomekAddress) address = komek_address_parse (rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (address->open_end, ==, rows[i].open);
    }
}

static void
test_a_number_of_a_house_is_one_or_none (void)
{
  static const struct
  {
    const char *number, *house;
  } rows[] = {
    { "24", "24" }, { "24 а", "24А" }, { "24/1", "24/1" }, { "24к1", "24/1" }, { "24 Самал", NULL },
    { "", NULL },   { "б/н", NULL },   { "1234567", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *house = komek_address_dup_house (rows[i].number);

      g_test_message ("%s", rows[i].number);
      g_assert_cmpstr (house, ==, rows[i].house);
    }
}

static void
test_all_numbers_of_a_name_belong_to_it (void)
{
  g_autoptr (KomekAddress) address = komek_address_parse_name ("8 Наурыз көшесі 24");
  g_autofree char *words = g_strjoinv (" ", address->words);

  g_assert_cmpstr (words, ==, "8 наурыз 24");
  g_assert_null (address->house);
  g_assert_cmphex (address->kinds, ==, KOMEK_ADDRESS_BIT (KOMEK_ADDRESS_STREET));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/every-word-for-a-kind", test_every_word_for_a_kind);
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *text = g_strdelimit (g_strdup (addresses[i].text), "/", '|');
      g_autofree char *path = g_strdup_printf ("/address/takes-apart/%03zu %s", i, text);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_takes_apart);
    }
  g_test_add_func ("/address/the-last-word-may-begin-a-kind", test_the_last_word_may_begin_a_kind);
  g_test_add_func ("/address/a-number-of-a-house-is-one-or-none",
                   test_a_number_of_a_house_is_one_or_none);
  g_test_add_func ("/address/all-numbers-of-a-name-belong-to-it",
                   test_all_numbers_of_a_name_belong_to_it);
  return g_test_run ();
}
