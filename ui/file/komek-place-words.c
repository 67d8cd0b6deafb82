/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-words.h"

#include "komek-gettext.h"
#include "komek-words.h"

#include <string.h>

/* What places are called on the screen. */

static KomekLabel *
find_district (KomekPlan *plan, const char *code)
{
  guint n;
  const KomekPlanFeature *feature = komek_plan_peek_features (plan, &n);

  for (; n > 0; n--, feature++)
    if (feature->kind == KOMEK_PLAN_DISTRICT && strcmp (feature->code, code) == 0)
      return feature->label;
  return NULL;
}

/* Returns: the district's name as the city gives it, else as the plan does; "" where it is none */
const char *
komek_place_words_name_district (KomekContext *context, const char *code)
{
  KomekLabel *label =
    komek_city_look_up (komek_context_get_city (context), KOMEK_CITY_DISTRICTS, code);

  if (!label && *code != '\0')
    label = find_district (komek_context_get_plan (context), code);
  return label ? komek_locale_label (komek_context_get_locale (context), label) : "";
}

/* Returns: (transfer full): the district in words that say that it is one: "Алматы" is also a
 *   city */
char *
komek_place_words_dup_district (KomekContext *context, const char *code)
{
  const char *name = komek_place_words_name_district (context, code);

  /* Translators: %s is the name of a district of the city, under an address. */
  return *name ? g_strdup_printf (_("District: %s"), name) : g_strdup ("");
}

/* Returns: (transfer full): the street and the house, or whatever the place is called */
char *
komek_place_words_dup_title (KomekContext *context, const KomekPlaceFind *find)
{
  const char *name = komek_locale_label (komek_context_get_locale (context), find->name);

  if (find->kind == KOMEK_ADDRESS_DISTRICT)
    return g_strdup (komek_place_words_name_district (context, find->district));
  return find->house && find->house_is_known ? g_strjoin (", ", name, find->house, NULL)
                                             : g_strdup (name);
}

/**
 * komek_place_words_dup_address:
 * @find: (nullable): the same place, as far as it is known
 *
 * Returns: (transfer full): where a point on the map is
 */
char *
komek_place_words_dup_address (KomekContext *context, KomekPlace *place,
                               const KomekPlaceFind *find)
{
  if (!find || !find->name || !find->house)
    return komek_words_place (context, place);
  /* Translators: where the cross on the map is: %1$s is a street, %2$s the number of the house
   * beside it, such as 24 or 24/1. */
  return g_strdup_printf (_("%1$s, by house %2$s"),
                          komek_locale_label (komek_context_get_locale (context), find->name),
                          find->house);
}
