/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outbox-device.h"

#include <sqlite3.h>

#include "await.h"

void
device_open (Device *device)
{
  device->vault = komek_device_vault_new (device->key_path, NULL);
  device->store = komek_outbox_store_new (device->path, device->vault, &device->limits);
}

/* Waits until the file is closed. */
void
device_close (Device *device)
{
  g_clear_object (&device->vault);
  g_assert_finalize_object (g_steal_pointer (&device->store));
}

void
device_set_up (Device *device, gconstpointer unused)
{
  device->folder = g_dir_make_tmp ("komek-outbox-XXXXXX", NULL);
  device->path = g_build_filename (device->folder, "data", "outbox.db", NULL);
  device->key_path = g_build_filename (device->folder, "state", "outbox.key", NULL);
  device->machine = g_build_filename (device->folder, "machine-id", NULL);
  g_file_set_contents (device->machine, "one", -1, NULL);
  device->limits = (KomekOutboxLimits) { .least_free = 1, .machine = device->machine };
  device_open (device);
}

void
device_tear_down (Device *device, gconstpointer unused)
{
  const char *argv[] = { "rm", "-rf", device->folder, NULL };

  if (device->store)
    device_close (device);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (device->folder);
  g_free (device->path);
  g_free (device->key_path);
  g_free (device->machine);
}

KomekOutboxItem *
device_add (Device *device, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekPlace) place = komek_place_new (51.1, 71.4, "Абай, 5", "esil");
  g_autoptr (KomekContact) contact = komek_contact_new ("Әсел", "+7 701 000 00 00", "");
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *const values[] = { "a", "b", NULL };
  KomekFilingFields fields = { .key = key, .service = "ROA.hole", .place = place, .text = TEXT,
                               .answers = answers, .contact = contact, .time = NOW,
                               .language = KOMEK_LANGUAGE_RUSSIAN };

  g_hash_table_insert (answers, (gpointer) "depth", (gpointer) values);
  g_ptr_array_add (photos, g_bytes_new_static ("\xff\xd8photo", 7));
  komek_outbox_store_add_async (device->store, &fields, photos, NULL, on_awaited, &result);
  return komek_outbox_store_add_finish (device->store, await (&result), error);
}

KomekOutboxItem *
device_add_new (Device *device)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  KomekOutboxItem *item = device_add (device, key, &error);

  g_assert_no_error (error);
  return item;
}

KomekOutboxSurvey *
device_survey (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekOutboxSurvey *answer;

  komek_outbox_store_survey_async (device->store, NULL, NULL, on_awaited, &result);
  answer = komek_outbox_store_survey_finish (device->store, await (&result), &error);
  g_assert_no_error (error);
  return answer;
}

KomekFiling *
device_begin (Device *device, gint64 sequence, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_store_begin_async (device->store, sequence, TRUE, NULL, on_awaited, &result);
  return komek_outbox_store_begin_finish (device->store, await (&result), error);
}

void
device_change (Device *device, gint64 sequence, KomekOutboxState state, const char *number,
               const char *reason)
{
  g_autoptr (GAsyncResult) result = NULL;
  KomekOutboxChange what = { .state = state, .number = number, .now = NOW };

  komek_outbox_store_change_async (device->store, sequence, &what, reason, NULL, on_awaited,
                                   &result);
  g_assert_true (komek_outbox_store_finish (device->store, await (&result), NULL));
}

void
device_tidy (Device *device, gint64 now)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_outbox_store_tidy_async (device->store, now, NULL, on_awaited, &result);
  komek_outbox_store_finish (device->store, await (&result), &error);
  g_assert_no_error (error);
}

gboolean
device_prepare (Device *device, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_store_prepare_async (device->store, NULL, on_awaited, &result);
  return komek_outbox_store_finish (device->store, await (&result), error);
}

/* Answers a question of SQL with a number. */
gint64
device_ask (Device *device, const char *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  gint64 answer;

  g_assert_cmpint (sqlite3_open (device->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return answer;
}

void
device_keep_vote (Device *device, const char *number)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_store_add_vote_async (device->store, number, NULL, on_awaited, &result);
  g_assert_true (komek_outbox_store_finish (device->store, await (&result), NULL));
}

void
device_end_vote (Device *device, const char *number)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_store_end_vote_async (device->store, number, NULL, on_awaited, &result);
  g_assert_true (komek_outbox_store_finish (device->store, await (&result), NULL));
}

/* @expected: numbers of requests, a space after each */
void
device_assert_votes (Device *device, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) votes = NULL;
  g_autoptr (GString) listed = g_string_new (NULL);

  komek_outbox_store_votes_async (device->store, NULL, on_awaited, &result);
  votes = komek_outbox_store_votes_finish (device->store, await (&result), NULL);
  for (guint i = 0; i < votes->len; i++)
    g_string_append_printf (listed, "%s ", (const char *) votes->pdata[i]);
  g_assert_cmpstr (listed->str, ==, expected);
}

/* Closes the outbox, and the disk leaves nothing of it. */
void
device_lose (Device *device)
{
  g_autofree char *nothing = g_strnfill (8192, 'x');

  device_close (device);
  g_assert_true (g_file_set_contents (device->path, nothing, -1, NULL));
}
