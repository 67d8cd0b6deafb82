/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "komek-plan-private.h"

#define LARGEST_FILE (64 << 20) /* bytes; the plan of Astana has 150,000 */

/* Returns: (nullable): what is in the file; a pipe or a device is no file */
static GBytes *
read_file (const char *path, KomekMapTrouble *trouble, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                       G_FILE_QUERY_INFO_NONE, NULL, error);
  char *data;
  gsize size;

  *trouble = KOMEK_MAP_TROUBLE_NO_FILE;
  if (!info)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
      || g_file_info_get_size (info) > LARGEST_FILE)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        *trouble = KOMEK_MAP_TROUBLE_TOO_LARGE;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   "%s is no file of a sensible size", path);
      return NULL;
    }
  return g_file_get_contents (path, &data, &size, error) ? g_bytes_new_take (data, size) : NULL;
}

/**
 * komek_plan_load:
 * @path: of a GeoJSON file
 * @otherwise: the plan that is shown where the file is of no use
 *
 * Reads the plan that somebody has put in the place of the usual one. Where that cannot be used,
 * the usual one stands in for it, and komek_plan_get_trouble() says why.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where @otherwise cannot be read either.
 *
 * Returns: (transfer full): a plan with the name of the file
 */
KomekPlan *
komek_plan_load (const char *path, GBytes *otherwise, GError **error)
{
  g_autoptr (GError) why = NULL;
  KomekMapTrouble trouble;
  g_autoptr (GBytes) geojson = read_file (path, &trouble, &why);
  KomekPlanReading reading;
  KomekPlan *self;

  if (geojson && komek_plan_read (geojson, &reading, &why))
    self = komek_plan_new_from_reading (&reading);
  else
    {
      g_message ("The plan %s cannot be used: %s", path, why->message);
      self = komek_plan_new (otherwise, error);
      if (!self)
        return NULL;
      self->substitute = TRUE;
      self->trouble = geojson ? reading.trouble : trouble;
    }
  self->name = g_path_get_basename (path);
  return self;
}

/**
 * komek_plan_get_attribution:
 *
 * Returns: (nullable): who made the plan, in the words of its file
 */
const char *
komek_plan_get_attribution (const KomekPlan *self)
{
  return self->attribution;
}

/**
 * komek_plan_get_name:
 *
 * Returns: (nullable): the name of the file that was asked for, %NULL where none was
 */
const char *
komek_plan_get_name (const KomekPlan *self)
{
  return self->name;
}

/* What there is to say of the file that was asked for. */
KomekMapTrouble
komek_plan_get_trouble (const KomekPlan *self)
{
  return self->trouble;
}

/* Whether it stands in for a file that is of no use. */
gboolean
komek_plan_is_substitute (const KomekPlan *self)
{
  return self->substitute;
}
