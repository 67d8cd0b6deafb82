/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-data.h"

/**
 * komek_data_look_up:
 * @data: the files of the city
 * @name: the name of one of them
 *
 * Returns: (transfer full): what stands in it
 */
GBytes *
komek_data_look_up (GResource *data, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (KOMEK_DATA_PREFIX, name, NULL);

  return g_resource_lookup_data (data, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}
