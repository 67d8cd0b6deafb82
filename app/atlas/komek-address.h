/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekAddressKind:
 * @KOMEK_ADDRESS_ANY: nobody says
 *
 * What kind of place a name is of, as the words around it tell: "даңғылы", "пр.", "мкр-н".
 */
typedef enum
{
  KOMEK_ADDRESS_ANY,
  KOMEK_ADDRESS_AVENUE,
  KOMEK_ADDRESS_STREET,
  KOMEK_ADDRESS_LANE,
  KOMEK_ADDRESS_HIGHWAY,
  KOMEK_ADDRESS_BOULEVARD,
  KOMEK_ADDRESS_SQUARE,
  KOMEK_ADDRESS_MICRODISTRICT,
  KOMEK_ADDRESS_DISTRICT,
  KOMEK_ADDRESS_VILLAGE,
  KOMEK_ADDRESS_RIVER,
  KOMEK_ADDRESS_LAKE,
  KOMEK_ADDRESS_PARK,
  KOMEK_ADDRESS_BRIDGE,
} KomekAddressKind;

#define KOMEK_ADDRESS_BIT(kind) (1u << (kind))

/**
 * KomekAddress:
 * @words: what is left of the name, folded
 * @kinds: the kinds of places that it is said to be, as bits; 0 where nobody says
 * @house: (nullable): the number of a house, as "24", "24А" or "24/1"
 * @house_is_sure: whether "дом", "үй" or the like says that it is one; else it may as well
 *   belong to the name, as in "8 Наурыз"
 * @house_at: before which of the words it stood
 * @open_end: whether the last word may be the beginning of a word for the kind
 *
 * An address, taken apart.
 */
typedef struct
{
  GStrv    words;
  guint    kinds;
  char    *house;
  gboolean house_is_sure;
  guint    house_at;
  gboolean open_end;
} KomekAddress;

KomekAddress *komek_address_parse (const char *text);
KomekAddress *komek_address_parse_name (const char *name);
char *komek_address_dup_house (const char *number);
void komek_address_free (KomekAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekAddress, komek_address_free)
