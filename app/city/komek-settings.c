/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-settings.h"

#include <stdio.h>
#include <string.h>

#define MINUTE 60
#define HOUR 3600
#define DAY 86400

static const KomekSettings usual = {
  .request_ms = 10 * 1000,
  .photo_ms = 30 * 1000,
  .answer_ms = 30 * 1000,
  .health_ms = 2 * 1000,
  .farewell_ms = 10 * 1000,
  .keys_ms = 10 * 1000,
  .connections = 200,
  .connections_per_address = 20,
  .uri_bytes = 8 * 1024,
  .header_bytes = 32 * 1024,
  .held_bytes = 32 * 1024 * 1024,
  .reads = {
    [KOMEK_ROLE_ANONYMOUS] = { 60, MINUTE, 120 },
    [KOMEK_ROLE_PHONE] = { 60, MINUTE, 120 },
  },
  .filings = {
    [KOMEK_ROLE_ANONYMOUS] = { 5, HOUR, 5 },
    [KOMEK_ROLE_PHONE] = { 5, HOUR, 5 },
    [KOMEK_ROLE_KIOSK] = { 3600, HOUR, 600 },
    [KOMEK_ROLE_MIRROR] = { 3600, HOUR, 600 },
    [KOMEK_ROLE_STAFF] = { 3600, HOUR, 600 },
  },
  .at_once = {
    [KOMEK_ROLE_KIOSK] = 4,
    [KOMEK_ROLE_MIRROR] = 4,
  },
  .block = { 20, DAY, 20 },
};

/**
 * komek_settings_new:
 *
 * Returns: (transfer full): the usual settings
 */
KomekSettings *
komek_settings_new (void)
{
  KomekSettings *self = g_new (KomekSettings, 1);

  *self = usual;
  return self;
}

void
komek_settings_free (KomekSettings *self)
{
  g_free (self);
}

/* A whole number that is not negative; where the key is absent the value stays. */
static gboolean
read_count (GKeyFile *file, const char *group, const char *key, guint *value, GError **error)
{
  g_autofree char *text = g_key_file_get_value (file, group, key, NULL);
  guint64 number;

  if (!text)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &number, error))
    {
      g_prefix_error (error, "%s in [%s]: ", key, group);
      return FALSE;
    }
  *value = number;
  return TRUE;
}

/* "60/60 120": so many calls in so many seconds, so many at once; "none" for no limit. */
static gboolean
read_rate (GKeyFile *file, const char *group, const char *key, KomekRate *rate, GError **error)
{
  g_autofree char *text = g_key_file_get_value (file, group, key, NULL);
  KomekRate read = { 0 };
  char end;

  if (!text)
    return TRUE;
  if (strcmp (text, "none") != 0
      && (sscanf (text, "%u/%u %u%c", &read.count, &read.seconds, &read.burst, &end) != 3
          || read.count == 0 || read.seconds == 0 || read.burst == 0))
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                   "%s in [%s]: a rate is CALLS/SECONDS BURST as in 60/60 120, or none, not \"%s\"",
                   key, group, text);
      return FALSE;
    }
  *rate = read;
  return TRUE;
}

static const struct
{
  const char *key;
  gsize       offset;
} counts[] = {
  { "request-ms", G_STRUCT_OFFSET (KomekSettings, request_ms) },
  { "photo-ms", G_STRUCT_OFFSET (KomekSettings, photo_ms) },
  { "answer-ms", G_STRUCT_OFFSET (KomekSettings, answer_ms) },
  { "health-ms", G_STRUCT_OFFSET (KomekSettings, health_ms) },
  { "farewell-ms", G_STRUCT_OFFSET (KomekSettings, farewell_ms) },
  { "keys-ms", G_STRUCT_OFFSET (KomekSettings, keys_ms) },
  { "connections", G_STRUCT_OFFSET (KomekSettings, connections) },
  { "connections-per-address", G_STRUCT_OFFSET (KomekSettings, connections_per_address) },
  { "uri-bytes", G_STRUCT_OFFSET (KomekSettings, uri_bytes) },
  { "header-bytes", G_STRUCT_OFFSET (KomekSettings, header_bytes) },
  { "watch-anybody", G_STRUCT_OFFSET (KomekSettings, watch_anybody) },
  { "held-bytes", G_STRUCT_OFFSET (KomekSettings, held_bytes) },
};

static const char *const role_keys[] = { "read", "file", "at-once", "network", "network-refuses" };

/* A misspelt key would be a limit that nobody keeps. */
static gboolean
check_key (const char *group, const char *key, GError **error)
{
  KomekRole role;

  if (strcmp (group, "guard") == 0)
    for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
      if (strcmp (key, counts[i].key) == 0)
        return TRUE;
  if (komek_role_from_code (group, &role))
    for (guint i = 0; i < G_N_ELEMENTS (role_keys); i++)
      if (strcmp (key, role_keys[i]) == 0 && (i < 3 || role == KOMEK_ROLE_PHONE))
        return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND, "Unknown: %s in [%s]", key,
               group);
  return FALSE;
}

static gboolean
check_keys (GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i]; i++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[i], NULL, NULL);

      for (guint j = 0; keys && keys[j]; j++)
        if (!check_key (groups[i], keys[j], error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_guard (KomekSettings *self, GKeyFile *file, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (!read_count (file, "guard", counts[i].key,
                     G_STRUCT_MEMBER_P (self, counts[i].offset), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_role (KomekSettings *self, GKeyFile *file, KomekRole role, GError **error)
{
  const char *group = komek_role_get_code (role);

  return read_rate (file, group, "read", &self->reads[role], error)
         && read_rate (file, group, "file", &self->filings[role], error)
         && read_count (file, group, "at-once", &self->at_once[role], error);
}

/**
 * komek_settings_new_from_file:
 * @path: of an ini file: the group [guard] and one group for each role
 *
 * Returns: (transfer full): the usual settings, but for what the file says
 */
KomekSettings *
komek_settings_new_from_file (const char *path, GError **error)
{
  g_autoptr (KomekSettings) self = komek_settings_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  guint refuses = 0;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error)
      || !check_keys (file, error) || !read_guard (self, file, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  for (KomekRole role = 0; role < KOMEK_N_ROLES; role++)
    if (!read_role (self, file, role, error))
      return NULL;
  if (!read_rate (file, "phone", "network", &self->block, error)
      || !read_count (file, "phone", "network-refuses", &refuses, error))
    return NULL;
  self->block_refuses = refuses != 0;
  return g_steal_pointer (&self);
}
