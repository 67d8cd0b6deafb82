/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-ability.h"
#include "komek-bounds.h"
#include "komek-label.h"

/**
 * KomekCityFields:
 * @id: what tells this city's data from any other's; changes when its database is made anew
 * @name: what it is called
 * @public_url: (nullable): where its public pages are, without a slash at the end
 * @changeset: (nullable): what the city announces; a new one means that names may have changed
 * @zone: (nullable): an identifier for g_time_zone_new_identifier()
 * @bounds: (nullable): where requests are taken
 * @sample: whether all of it is made up
 * @abilities: what it can do beyond the standard's reading and filing
 * @seal_key: (nullable): its public X25519 key in base64, to which a contact is sealed
 * @api_key_needed: whether it takes filings only from who has a key
 *
 * What there is to know of a city; copied.
 */
typedef struct
{
  const char  *id;
  KomekLabel  *name;
  const char  *public_url;
  const char  *changeset;
  const char  *zone;
  KomekBounds *bounds;
  gboolean     sample;
  KomekAbility abilities;
  const char  *seal_key;
  gboolean     api_key_needed;
} KomekCityFields;

/**
 * KomekCityList:
 *
 * The lists of names that a city gives beside its services.
 */
typedef enum
{
  KOMEK_CITY_STATUSES,
  KOMEK_CITY_DISTRICTS,
  KOMEK_CITY_AGENCIES,
} KomekCityList;

#define KOMEK_N_CITY_LISTS 3

#define KOMEK_TYPE_CITY (komek_city_get_type ())
G_DECLARE_FINAL_TYPE (KomekCity, komek_city, KOMEK, CITY, GObject)

KomekCity *komek_city_new (const KomekCityFields *fields);
KomekCity *komek_city_copy (KomekCity *self, const KomekCityFields *fields);
void komek_city_add (KomekCity *self, KomekCityList list, const char *code, KomekLabel *name);
const KomekCityFields *komek_city_peek (KomekCity *self);
gboolean komek_city_is_same_place (KomekCity *self, KomekCity *other);
gboolean komek_city_can (KomekCity *self, KomekAbility abilities);
KomekLabel *komek_city_look_up (KomekCity *self, KomekCityList list, const char *code);
const char *komek_city_name (KomekCity *self, KomekCityList list, const char *code,
                             KomekLanguage language, const char *otherwise);
GList *komek_city_list_codes (KomekCity *self, KomekCityList list);
GTimeZone *komek_city_get_zone (KomekCity *self);
char *komek_city_dup_link (KomekCity *self, const char *number);
