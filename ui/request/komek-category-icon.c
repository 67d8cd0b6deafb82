/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-category-icon.h"

#include "komek-icon.h"

#define UNKNOWN "komek-category-inf-symbolic"

/**
 * komek_category_icon_dup_name:
 * @group: the code of a category, as the city writes it
 *
 * Returns: (transfer full): the icon of that category; cities that are not ours
 *   have categories that nobody has drawn, which show a sheet of information
 */
char *
komek_category_icon_dup_name (const char *group)
{
  g_autofree char *code = g_ascii_strdown (group, -1);
  g_autofree char *name = g_strdup_printf ("komek-category-%s-symbolic", code);

  if (*code && komek_icon_exists (name))
    return g_steal_pointer (&name);
  return g_strdup (UNKNOWN);
}

/**
 * komek_category_icon_find_group:
 * @service: the code of a service
 *
 * Returns: (transfer none): the code of its category, "" where the city lists no such service
 */
const char *
komek_category_icon_find_group (KomekContext *context, const char *service)
{
  KomekService *found = komek_context_find_service (context, service);

  return found ? komek_service_get_group (found) : "";
}
