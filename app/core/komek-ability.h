/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/**
 * KomekAbility:
 * @KOMEK_ABILITY_EXTENSIONS: fields beyond the standard, with extensions=true
 * @KOMEK_ABILITY_HISTORY: GET servicerequestupdates
 * @KOMEK_ABILITY_COMMENT: POST servicerequestupdates
 * @KOMEK_ABILITY_CHANGES: the filter updated_after
 * @KOMEK_ABILITY_PAGES: page and page_size
 * @KOMEK_ABILITY_BBOX: the filter bbox
 * @KOMEK_ABILITY_SEARCH: the filter q
 * @KOMEK_ABILITY_LANGUAGES: names in the language of the argument locale
 * @KOMEK_ABILITY_MEDIA: takes a photo as one raw body
 * @KOMEK_ABILITY_VOTES: takes votes
 * @KOMEK_ABILITY_IDEMPOTENCY: the same Idempotency-Key files once
 * @KOMEK_ABILITY_LOCAL_NUMBERS: keeps local_number and resolves it
 * @KOMEK_ABILITY_SEALING: takes a contact sealed to its public key
 * @KOMEK_ABILITY_REQUEST_KEY: keeps client_request_id and can be asked for it
 *
 * What a city can do beyond reading and filing as the standard has it. A city
 * of our profile announces it; of any other it is found out by trying.
 */
typedef enum
{
  KOMEK_ABILITY_EXTENSIONS = 1 << 0,
  KOMEK_ABILITY_HISTORY = 1 << 1,
  KOMEK_ABILITY_COMMENT = 1 << 2,
  KOMEK_ABILITY_CHANGES = 1 << 3,
  KOMEK_ABILITY_PAGES = 1 << 4,
  KOMEK_ABILITY_BBOX = 1 << 5,
  KOMEK_ABILITY_SEARCH = 1 << 6,
  KOMEK_ABILITY_LANGUAGES = 1 << 7,
  KOMEK_ABILITY_MEDIA = 1 << 8,
  KOMEK_ABILITY_VOTES = 1 << 9,
  KOMEK_ABILITY_IDEMPOTENCY = 1 << 10,
  KOMEK_ABILITY_LOCAL_NUMBERS = 1 << 11,
  KOMEK_ABILITY_SEALING = 1 << 12,
  KOMEK_ABILITY_REQUEST_KEY = 1 << 13,
} KomekAbility;

#define KOMEK_N_ABILITIES 14

#define KOMEK_TYPE_ABILITY (komek_ability_get_type ())
GType komek_ability_get_type (void);

const char *komek_ability_get_code (KomekAbility ability);
KomekAbility komek_ability_find (const char *code);
