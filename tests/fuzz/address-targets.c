/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-folding.h"
#include "komek-gazetteer.h"
#include "targets.h"

#define LIMIT 5

/* A town with every kind of name that is hard to tell from a house. */
static KomekGazetteer *
make_town (void)
{
  static const struct
  {
    const char *kk, *ru, *en;
    KomekAddressKind kind;
  } names[] = {
    { "Абай даңғылы", "проспект Абая", "Abai Avenue", KOMEK_ADDRESS_AVENUE },
    { "Абай көшесі", "улица Абая", "Abai Street", KOMEK_ADDRESS_STREET },
    { "8 Наурыз көшесі", "улица 8 Марта", NULL, KOMEK_ADDRESS_STREET },
    { "8 ықшамаудан", "мкр 8", "Microdistrict 8", KOMEK_ADDRESS_MICRODISTRICT },
    { "Е10 көшесі", NULL, "E10 Street", KOMEK_ADDRESS_STREET },
    { "Керей, Жәнібек хандар көшесі", NULL, NULL, KOMEK_ADDRESS_STREET },
    { "Әйтеке-би", "д", "ул", KOMEK_ADDRESS_LANE },
    { "көшесі", "улица", "Street", KOMEK_ADDRESS_STREET },
    { "Есіл", "Есиль", "Esil", KOMEK_ADDRESS_DISTRICT },
  };
  KomekGazetteerName list[G_N_ELEMENTS (names)];
  g_autoptr (KomekLabel) city = komek_label_new ("Астана", "Астана", "Astana");
  KomekGazetteer *town;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    list[i] = (KomekGazetteerName) {
      .label = komek_label_new (names[i].kk, names[i].ru, names[i].en),
      .kind = names[i].kind,
      .district = names[i].kind == KOMEK_ADDRESS_DISTRICT || i % 2 ? "esil" : "",
    };
  town = komek_gazetteer_new (list, G_N_ELEMENTS (list), city);
  for (guint i = 0; i < G_N_ELEMENTS (list); i++)
    komek_label_unref (list[i].label);
  return town;
}

static void
check_word (const char *word)
{
  g_autofree char *folded = komek_fold (word);

  g_assert_true (g_utf8_validate (word, -1, NULL));
  g_assert_cmpuint (strlen (word), >, 0);
  /* A number like "24/1" keeps its slash, all else is folded as it is. */
  if (!strchr (word, '/'))
    g_assert_cmpstr (folded, ==, word);
}

static void
check (const KomekAddress *address)
{
  guint n = g_strv_length (address->words);

  for (guint i = 0; i < n; i++)
    check_word (address->words[i]);
  g_assert_cmpuint (address->house_at, <=, n);
  g_assert_true (address->house || !address->house_is_sure);
  if (address->house)
    {
      g_assert_true (g_utf8_validate (address->house, -1, NULL));
      g_assert_true (g_ascii_isdigit (*address->house));
    }
}

static void
search (const KomekGazetteer *town, const KomekAddress *address)
{
  g_autoptr (GArray) finds = komek_gazetteer_search (town, address, LIMIT);
  const KomekGazetteerName *name = komek_gazetteer_look_up (town, address);
  guint n;
  const KomekGazetteerName *names = komek_gazetteer_peek (town, &n);

  g_assert_cmpuint (finds->len, <=, LIMIT);
  g_assert_true (!name || (name >= names && name < names + n));
  for (guint i = 0; i < finds->len; i++)
    {
      const KomekGazetteerFind *find = &g_array_index (finds, KomekGazetteerFind, i);

      g_assert_true (find->name >= names && find->name < names + n);
      g_assert_true (address->house || !find->house);
      for (guint j = 0; j < i; j++)
        g_assert_true (g_array_index (finds, KomekGazetteerFind, j).name != find->name);
    }
}

/* What somebody types into the search for a place, or has written into a request. */
void
komek_fuzz_address (GBytes *body)
{
  static KomekGazetteer *town = NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autofree char *text = g_strndup (data ? data : "", length);
  g_autoptr (KomekAddress) address = komek_address_parse (text);
  g_autoptr (KomekAddress) name = komek_address_parse_name (text);

  if (!town)
    town = make_town ();
  check (address);
  check (name);
  g_assert_null (name->house);
  search (town, address);
  search (town, name);
}
