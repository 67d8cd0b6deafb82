/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watched.h"

#include <string.h>

Harness *city;
char *folder;

static char *
write_settings (const char *text)
{
  char *path = g_build_filename (folder, "settings.ini", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* Each test has a server of its own, with these settings. */
void
begin (const char *settings)
{
  g_autofree char *path = NULL;

  folder = harness_make_folder ();
  path = write_settings (settings);
  city = harness_new_alone (folder, (const char *const[]) { "--sample", "1000", "--settings", path,
                                                            NULL });
}

/* It is alive and ends well: whatever was done to it, it did no harm. */
void
finish (void)
{
  guint status;
  g_autofree char *card = harness_get_text (city, "discovery.json", &status);

  g_assert_cmpuint (status, ==, 200);
  harness_free (g_steal_pointer (&city));
  harness_remove_folder (g_steal_pointer (&folder));
}

/* A number from /metrics. */
gint64
measure (const char *name)
{
  guint status;
  g_autofree char *text = harness_get_text (city, "/metrics", &status);
  g_autofree char *line = g_strconcat ("\n", name, " ", NULL);
  const char *found = strstr (text, line);

  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (found);
  return g_ascii_strtoll (found + strlen (line), NULL, 10);
}

/* Until nobody is in any more but whoever asks. */
void
await_leaving (void)
{
  gint64 start = g_get_monotonic_time ();

  while (measure ("komek_city_connections") > 2)
    {
      g_assert_cmpint (g_get_monotonic_time () - start, <, 6 * PATIENCE_MS * 1000);
      g_usleep (50000);
    }
}
