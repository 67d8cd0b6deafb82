/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-address-words.h"

#include <string.h>

#define SHORTEST_BEGINNING 2 /* letters */

/* What people write around a name, folded, in three languages, whole and cut short. A star stands
 * for any ending: Kazakh and Russian decline these words too. Hyphens and dots are spaces here. */
static const struct
{
  const char      *first;
  const char      *second; /* NULL where it is one word */
  KomekAddressRole role;
  KomekAddressKind kind;
} table[] = {
#define KIND(kind, first, second) { first, second, KOMEK_ADDRESS_ROLE_KIND, KOMEK_ADDRESS_##kind }
  KIND (AVENUE, "дангыл*", NULL),
  KIND (AVENUE, "данг", NULL),
  KIND (AVENUE, "д", "лы"),
  KIND (AVENUE, "длы", NULL),
  KIND (AVENUE, "проспект*", NULL),
  KIND (AVENUE, "просп", NULL),
  KIND (AVENUE, "пр", "т"),
  KIND (AVENUE, "пр", "кт"),
  KIND (AVENUE, "прт", NULL),
  KIND (AVENUE, "пркт", NULL),
  KIND (AVENUE, "пр", NULL),
  KIND (AVENUE, "avenue", NULL),
  KIND (AVENUE, "ave", NULL),
  KIND (AVENUE, "av", NULL),
  KIND (AVENUE, "prospekt", NULL),
  KIND (AVENUE, "dangyly", NULL),
  KIND (STREET, "кошеси*", NULL),
  KIND (STREET, "коше", NULL),
  KIND (STREET, "кош", NULL),
  KIND (STREET, "к", "си"),
  KIND (STREET, "кси", NULL),
  KIND (STREET, "улиц*", NULL),
  KIND (STREET, "ул", "ца"),
  KIND (STREET, "ул", NULL),
  KIND (STREET, "street", NULL),
  KIND (STREET, "str", NULL),
  KIND (STREET, "st", NULL),
  KIND (STREET, "ulitsa", NULL),
  KIND (STREET, "koshesi", NULL),
  KIND (LANE, "туйыг*", NULL),
  KIND (LANE, "туйык*", NULL),
  KIND (LANE, "переул*", NULL),
  KIND (LANE, "пер", NULL),
  KIND (LANE, "п", "к"),
  KIND (LANE, "проезд*", NULL),
  KIND (LANE, "тупик", NULL),
  KIND (LANE, "lane", NULL),
  KIND (HIGHWAY, "тас", "жол*"),
  KIND (HIGHWAY, "шоссе", NULL),
  KIND (HIGHWAY, "ш", NULL),
  KIND (HIGHWAY, "трасс*", NULL),
  KIND (HIGHWAY, "highway", NULL),
  KIND (HIGHWAY, "hwy", NULL),
  KIND (BOULEVARD, "бульвар*", NULL),
  KIND (BOULEVARD, "бул", NULL),
  KIND (BOULEVARD, "б", "р"),
  KIND (BOULEVARD, "boulevard", NULL),
  KIND (BOULEVARD, "blvd", NULL),
  KIND (SQUARE, "аланы*", NULL),
  KIND (SQUARE, "площад*", NULL),
  KIND (SQUARE, "пл", NULL),
  KIND (SQUARE, "square", NULL),
  KIND (MICRODISTRICT, "ыкшамаудан*", NULL),
  KIND (MICRODISTRICT, "ыкшам", "аудан*"),
  KIND (MICRODISTRICT, "ы", "а"),
  KIND (MICRODISTRICT, "шагын", "аудан*"),
  KIND (MICRODISTRICT, "ш", "а"),
  KIND (MICRODISTRICT, "микрорайон*", NULL),
  KIND (MICRODISTRICT, "микр", NULL),
  KIND (MICRODISTRICT, "мкр", "н"),
  KIND (MICRODISTRICT, "мкрн", NULL),
  KIND (MICRODISTRICT, "мкр", NULL),
  KIND (MICRODISTRICT, "м", "н"),
  KIND (MICRODISTRICT, "жилой", "массив*"),
  KIND (MICRODISTRICT, "ж", "м"),
  KIND (MICRODISTRICT, "тургын", "алаб*"),
  KIND (MICRODISTRICT, "microdistrict", NULL),
  KIND (MICRODISTRICT, "mkr", NULL),
  KIND (DISTRICT, "аудан*", NULL),
  KIND (DISTRICT, "ауд", NULL),
  KIND (DISTRICT, "район*", NULL),
  KIND (DISTRICT, "р", "н"),
  KIND (DISTRICT, "рн", NULL),
  KIND (DISTRICT, "district", NULL),
  KIND (VILLAGE, "ауыл", NULL),
  KIND (VILLAGE, "ауылы*", NULL),
  KIND (VILLAGE, "село", NULL),
  KIND (VILLAGE, "поселок", NULL),
  KIND (VILLAGE, "пос", NULL),
  KIND (VILLAGE, "village", NULL),
  KIND (RIVER, "озени", NULL),
  KIND (RIVER, "река", NULL),
  KIND (RIVER, "реки", NULL),
  KIND (RIVER, "river", NULL),
  KIND (LAKE, "коли", NULL),
  KIND (LAKE, "озеро", NULL),
  KIND (LAKE, "lake", NULL),
  KIND (PARK, "саябак*", NULL),
  KIND (PARK, "саябаг*", NULL),
  KIND (PARK, "парк", NULL),
  KIND (PARK, "park", NULL),
  KIND (PARK, "сквер*", NULL),
  KIND (BRIDGE, "копири*", NULL),
  KIND (BRIDGE, "мост", NULL),
  KIND (BRIDGE, "bridge", NULL),
#undef KIND
#define ROLE(role, word) { word, NULL, KOMEK_ADDRESS_ROLE_##role, KOMEK_ADDRESS_ANY }
  ROLE (HOUSE, "уй"),
  ROLE (HOUSE, "уйи"),
  ROLE (HOUSE, "уйд*"),
  ROLE (HOUSE, "дом"),
  ROLE (HOUSE, "дома"),
  ROLE (HOUSE, "д"),
  ROLE (HOUSE, "здание"),
  ROLE (HOUSE, "строение"),
  ROLE (HOUSE, "гимарат*"),
  ROLE (HOUSE, "house"),
  ROLE (HOUSE, "building"),
  ROLE (FLAT, "патер*"),
  ROLE (FLAT, "п"),
  ROLE (FLAT, "квартира"),
  ROLE (FLAT, "кв"),
  ROLE (FLAT, "киреберис*"),
  ROLE (FLAT, "подъезд*"),
  ROLE (FLAT, "подьезд*"),
  ROLE (FLAT, "под"),
  ROLE (FLAT, "кабат*"),
  ROLE (FLAT, "этаж*"),
  ROLE (FLAT, "кенсе*"),
  ROLE (FLAT, "офис"),
  ROLE (FLAT, "оф"),
  ROLE (FLAT, "flat"),
  ROLE (FLAT, "apt"),
  ROLE (FLAT, "apartment"),
  ROLE (FLAT, "entrance"),
  ROLE (FLAT, "floor"),
  ROLE (BLOCK, "корпус"),
  ROLE (BLOCK, "корп"),
  ROLE (BLOCK, "блок"),
  ROLE (BLOCK, "стр"),
  ROLE (SIGN, "no"),
  ROLE (SIGN, "номер"),
  ROLE (SIGN, "number"),
  ROLE (TOWN, "каласы*"),
  ROLE (TOWN, "город"),
  ROLE (TOWN, "г"),
  ROLE (TOWN, "city"),
  ROLE (NOISE, "казакстан"),
  ROLE (NOISE, "казахстан"),
  ROLE (NOISE, "kazakhstan"),
  ROLE (NOISE, "рк"),
  ROLE (NOISE, "на"),
  ROLE (NOISE, "в"),
  ROLE (NOISE, "по"),
  ROLE (NOISE, "у"),
  ROLE (NOISE, "возле"),
  ROLE (NOISE, "около"),
  ROLE (NOISE, "рядом"),
  ROLE (NOISE, "с"),
  ROLE (NOISE, "бойында*"),
  ROLE (NOISE, "жанында*"),
  ROLE (NOISE, "манында*"),
  ROLE (NOISE, "at"),
  ROLE (NOISE, "on"),
  ROLE (NOISE, "the"),
  ROLE (NOISE, "near"),
#undef ROLE
};

static gboolean
fits (const char *word, const char *pattern)
{
  gsize length = strlen (pattern);

  if (pattern[length - 1] == '*')
    return strncmp (word, pattern, length - 1) == 0;
  return strcmp (word, pattern) == 0;
}

/**
 * komek_address_words_read:
 * @words: (array zero-terminated=1): folded
 * @role: (out): what the first of them is for
 * @kind: (out): the kind that it names, where it names one
 *
 * Returns: how many words that takes, 1 or 2
 */
guint
komek_address_words_read (const char *const *words, KomekAddressRole *role, KomekAddressKind *kind)
{
  for (guint pair = 2; pair > 0; pair--)
    for (guint i = 0; i < G_N_ELEMENTS (table); i++)
      if ((table[i].second != NULL) == (pair == 2) && fits (words[0], table[i].first)
          && (pair == 1 || (words[1] && fits (words[1], table[i].second))))
        {
          *role = table[i].role;
          *kind = table[i].kind;
          return pair;
        }

  *role = KOMEK_ADDRESS_ROLE_NAME;
  *kind = KOMEK_ADDRESS_ANY;
  return 1;
}

/* Whether somebody who has typed this may be about to type the kind of a place. */
gboolean
komek_address_words_begin (const char *word)
{
  gsize length = strlen (word);

  if (g_utf8_strlen (word, -1) < SHORTEST_BEGINNING)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].role == KOMEK_ADDRESS_ROLE_KIND && strncmp (table[i].first, word, length) == 0)
      return TRUE;
  return FALSE;
}
