/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-address.h"

/**
 * KomekAddressRole:
 *
 * What a word of an address is for when it is no part of a name.
 */
typedef enum
{
  KOMEK_ADDRESS_ROLE_NAME,
  KOMEK_ADDRESS_ROLE_KIND,
  KOMEK_ADDRESS_ROLE_HOUSE, /* the number beside it is a house's */
  KOMEK_ADDRESS_ROLE_FLAT,  /* the number beside it is of no use to a map */
  KOMEK_ADDRESS_ROLE_BLOCK, /* the number behind it belongs to that before it */
  KOMEK_ADDRESS_ROLE_TOWN,  /* the name beside it is the city's */
  KOMEK_ADDRESS_ROLE_SIGN,  /* "№": what comes behind it is a number, of a house or in a name */
  KOMEK_ADDRESS_ROLE_NOISE,
} KomekAddressRole;

guint komek_address_words_read (const char *const *words, KomekAddressRole *role,
                                KomekAddressKind *kind);
gboolean komek_address_words_begin (const char *word);
