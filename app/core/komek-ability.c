/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-ability.h"

/* The nicks are what a city writes into its discovery. */
G_DEFINE_FLAGS_TYPE (KomekAbility, komek_ability,
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_EXTENSIONS, "extensions"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_HISTORY, "history"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_COMMENT, "comment"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_CHANGES, "changes"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_PAGES, "pages"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_BBOX, "bbox"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_SEARCH, "search"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_LANGUAGES, "languages"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_MEDIA, "media"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_VOTES, "votes"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_IDEMPOTENCY, "idempotency"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_LOCAL_NUMBERS, "local-numbers"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_SEALING, "sealing"),
                     G_DEFINE_ENUM_VALUE (KOMEK_ABILITY_REQUEST_KEY, "request-key"))

/**
 * komek_ability_get_code:
 * @ability: one of them
 *
 * Returns: (transfer none): its name in a city's discovery: "local-numbers"
 */
const char *
komek_ability_get_code (KomekAbility ability)
{
  g_autoptr (GFlagsClass) flags = g_type_class_ref (KOMEK_TYPE_ABILITY);
  const GFlagsValue *value = g_flags_get_first_value (flags, ability);

  g_return_val_if_fail (value && value->value == ability, NULL);

  return value->value_nick;
}

/**
 * komek_ability_find:
 *
 * Returns: the ability of that name in a city's discovery; 0 for a name that a
 *   later version of the profile may know
 */
KomekAbility
komek_ability_find (const char *code)
{
  g_autoptr (GFlagsClass) flags = g_type_class_ref (KOMEK_TYPE_ABILITY);
  const GFlagsValue *value = g_flags_get_value_by_nick (flags, code);

  return value ? value->value : 0;
}
