/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-gazetteer.h"
#include "komek-plan.h"

#define LANDMARK " · " /* stands between the address of a filing and its landmark */

static KomekGazetteer *
list_districts (const KomekPlan *plan)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (KomekGazetteerName));
  guint n;
  const KomekPlanFeature *feature = komek_plan_peek_features (plan, &n);

  for (; n > 0; n--, feature++)
    {
      KomekGazetteerName name = { feature->label, KOMEK_ADDRESS_DISTRICT, 0, feature->code, 0, 0 };

      if (feature->kind == KOMEK_PLAN_DISTRICT && *feature->code != '\0')
        g_array_append_val (names, name);
    }
  return komek_gazetteer_new ((const KomekGazetteerName *) names->data, names->len, NULL);
}

/* Returns: (nullable): the district that a part of an address is the name of */
static const KomekGazetteerName *
read_part (const KomekGazetteer *districts, const char *part, gboolean alone)
{
  g_autoptr (KomekAddress) address = komek_address_parse (part);

  if (address->house || (!alone && !(address->kinds & KOMEK_ADDRESS_BIT (KOMEK_ADDRESS_DISTRICT))))
    return NULL;
  return komek_gazetteer_look_up (districts, address);
}

/* What the plan owns: the gazetteer does not outlive the question. */
static const char *
find_code (const KomekPlan *plan, const char *code)
{
  guint n;
  const KomekPlanFeature *feature = komek_plan_peek_features (plan, &n);

  while (feature->kind != KOMEK_PLAN_DISTRICT || strcmp (feature->code, code) != 0)
    feature++;
  return feature->code;
}

/**
 * komek_plan_find_district_called:
 * @address: of a request that has no point
 *
 * Finds the district that an address names: where it has several parts, by the one that says that
 * it is a district, for streets have the same names.
 *
 * Returns: (nullable): its code; %NULL where it names none, or more than one
 */
const char *
komek_plan_find_district_called (const KomekPlan *self, const char *address)
{
  g_autoptr (KomekGazetteer) districts = list_districts (self);
  g_auto (GStrv) halves = g_strsplit (address, LANDMARK, 2);
  g_auto (GStrv) parts = g_strsplit_set (halves[0] ? halves[0] : "", ",;", -1);
  const char *code = NULL;

  for (guint i = 0; parts[i]; i++)
    {
      const KomekGazetteerName *name = read_part (districts, parts[i], parts[1] == NULL);

      if (!name)
        continue;
      if (code && strcmp (code, name->district) != 0)
        return NULL;
      code = name->district;
    }
  return code ? find_code (self, code) : NULL;
}
