/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "town.h"

#include <glib/gstdio.h>

#include "await.h"

const KomekSyncTimes hasty = {
  .poll = 20, .discovery = 1, .backoff_base = 60000, .backoff_cap = 60000, .page_size = 2
};

static void
on_state_changed (KomekLine *line, GParamSpec *pspec, Town *town)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (KOMEK_TYPE_LINE_STATE);

  g_string_append_printf (town->states, " %s",
                          g_enum_get_value (states, komek_line_get_state (line))->value_nick);
}

void
open_line (Town *town, const KomekSyncTimes *times)
{
  g_autofree char *path = g_build_filename (town->folder, "mirror.db", NULL);

  town->mirror = komek_mirror_new (path);
  town->sync = komek_sync_new (town->mirror, town->clock, times);
  town->line = KOMEK_LINE (town->sync);
  g_string_assign (town->states, "connecting");
  g_signal_connect (town->line, "notify::state", G_CALLBACK (on_state_changed), town);
}

void
connect_city (Town *town)
{
  g_autoptr (KomekGeoReport) client = komek_geo_report_new (town->city->url);

  komek_sync_connect (town->sync, client);
}

/* What is on its way keeps the mirror until it has ended. */
void
close_line (Town *town)
{
  gpointer mirror = town->mirror;

  town->line = NULL;
  g_assert_finalize_object (g_steal_pointer (&town->sync));
  g_object_add_weak_pointer (mirror, &mirror);
  g_object_unref (g_steal_pointer (&town->mirror));
  while (mirror)
    g_main_context_iteration (NULL, TRUE);
}

/* Of many cases that differ in two things: whether this one is for the usual build alone. The
 * sanitizers make all of it ten times as slow; they meet each row and each column, but a third of the pairs. */
gboolean
is_spared (guint row, guint column)
{
  return g_getenv ("KOMEK_SANITIZERS") && (row + column) % 3 != 0;
}

void
set_up (Town *town, gconstpointer unused)
{
  town->folder = g_dir_make_tmp ("komek-sync-XXXXXX", NULL);
  town->city = fake_city_new ("city-1", "1");
  town->clock = komek_clock_new_fixed (NOW);
  town->states = g_string_new (NULL);
  open_line (town, &hasty);
}

void
tear_down (Town *town, gconstpointer unused)
{
  const char *const files[] = { "mirror.db", "mirror.db-wal", "mirror.db-shm" };

  if (town->sync)
    close_line (town);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (town->folder, files[i], NULL);

      g_remove (path);
    }
  g_rmdir (town->folder);
  g_string_free (town->states, TRUE);
  g_object_unref (town->clock);
  g_free (town->folder);
  fake_city_free (town->city);
}

void
wait_for (Town *town, KomekLineState state)
{
  while (komek_line_get_state (town->line) != state)
    g_main_context_iteration (NULL, TRUE);
}

/* Until the next look at the city has ended. */
void
wait_for_sweep (Town *town)
{
  gint64 later = komek_line_get_as_of (town->line) + 1;

  komek_clock_advance (town->clock, 1);
  while (komek_line_get_as_of (town->line) < later)
    g_main_context_iteration (NULL, TRUE);
}

void
assert_problem (Town *town, KomekError code)
{
  g_autoptr (GError) problem = komek_line_dup_problem (town->line);

  g_assert_error (problem, KOMEK_ERROR, (int) code);
}

KomekPoints *
get_points (Town *town)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_feed_points_async (KOMEK_FEED (town->mirror), NULL, on_awaited, &result);
  return komek_feed_points_finish (KOMEK_FEED (town->mirror), await (&result), NULL);
}

guint
count (Town *town)
{
  g_autoptr (KomekPoints) points = get_points (town);
  guint n_points;

  komek_points_peek (points, &n_points);
  return n_points;
}

KomekRequest *
find (Town *town, const char *number)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_feed_find_async (KOMEK_FEED (town->mirror), number, NULL, on_awaited, &result);
  return komek_feed_find_finish (KOMEK_FEED (town->mirror), await (&result), NULL);
}

GPtrArray *
get_history (Town *town, const char *number)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_feed_history_async (KOMEK_FEED (town->mirror), number, NULL, on_awaited, &result);
  return komek_feed_history_finish (KOMEK_FEED (town->mirror), await (&result), NULL);
}

void
assert_log (Town *town, const char *expected)
{
  g_autofree char *log = fake_city_dup_log (town->city);

  g_assert_cmpstr (log, ==, expected);
  g_ptr_array_set_size (town->city->log, 0);
}

gboolean
refresh (Town *town, const char *number, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_line_refresh_async (town->line, number, KOMEK_LANGUAGE_RUSSIAN, NULL, on_awaited, &result);
  return komek_line_refresh_finish (town->line, await (&result), error);
}

KomekStatus
find_status (Town *town, const char *number)
{
  g_autoptr (KomekRequest) request = find (town, number);

  g_assert_nonnull (request);
  return komek_request_get_status (request);
}

/* Until a whole look has passed, whatever it came to; each begins with a discovery. */
void
wait_for_look (Town *town)
{
  guint asked = fake_city_count (town->city, "GET discovery");

  while (fake_city_count (town->city, "GET discovery") < asked + 2)
    g_main_context_iteration (NULL, TRUE);
}
