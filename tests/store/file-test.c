/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "await.h"
#include "device.h"
#include "komek-error.h"
#include "komek-schema.h"

static const Report report = { "A-1", "Шұңқыр", "Абай даңғылы, 5", NULL, KOMEK_STATUS_NEW, 1000 };

static gboolean
exists (Device *device, const char *suffix)
{
  g_autofree char *path = g_strconcat (device->path, suffix, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
write_file (Device *device, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (device->path, text, -1, &error);
  g_assert_no_error (error);
}

static void
run_sql (Device *device, const char *sql)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (device->path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static void
expect_setting_aside (void)
{
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*setting it aside*");
}

/* The mirror is there again and works, whatever stood in its place. */
static void
assert_works (Device *device)
{
  g_autofree char *list = NULL;

  device_put (device, &report, 1);
  list = device_list (device);
  g_assert_cmpstr (list, ==, "A-1");
  g_test_assert_expected_messages ();
}

static void
test_survives_its_program (Device *device, gconstpointer unused)
{
  g_autofree char *list = NULL;

  device_put (device, &report, 1);
  device_close (device);
  device_open (device);
  list = device_list (device);
  g_assert_cmpstr (list, ==, "A-1");
}

static void
test_no_database_is_set_aside (Device *device, gconstpointer unused)
{
  g_autofree char *aside = g_strconcat (device->path, ".bad-1", NULL);
  g_autofree char *text = NULL;

  device_close (device);
  write_file (device, "Dear diary, this is not a database and nobody shall lose it.");
  expect_setting_aside ();
  device_open (device);
  assert_works (device);
  g_assert_true (g_file_get_contents (aside, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "Dear diary"));
}

static void
test_a_foreign_database_is_set_aside (Device *device, gconstpointer unused)
{
  device_close (device);
  g_remove (device->path);
  run_sql (device, "CREATE TABLE recipe (name TEXT)");
  expect_setting_aside ();
  device_open (device);
  assert_works (device);
  g_assert_true (exists (device, ".bad-1"));
}

static void
test_what_was_set_aside_stays (Device *device, gconstpointer unused)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *suffix = g_strdup_printf (".bad-%u", i);

      device_close (device);
      write_file (device, "not a database");
      expect_setting_aside ();
      device_open (device);
      assert_works (device);
      g_assert_true (exists (device, suffix));
    }
}

static void
test_an_older_version_begins_anew (Device *device, gconstpointer unused)
{
  g_autofree char *list = NULL;

  device_put (device, &report, 1);
  device_close (device);
  run_sql (device, "PRAGMA user_version = 1");
  device_open (device);
  list = device_list (device);
  g_assert_cmpstr (list, ==, "");
  assert_works (device);
  g_assert_false (exists (device, ".bad-1"));
}

/* Whoever started the older program by mistake hears of it, and the newer one finds all again. */
static void
test_a_newer_version_is_left_alone (Device *device, gconstpointer unused)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GError) read_error = NULL;
  g_autofree char *list = NULL;

  device_put (device, &report, 1);
  device_close (device);
  run_sql (device, "PRAGMA user_version = 99; UPDATE mark SET value = 99 WHERE name = 'version'");
  device_open (device);
  komek_mirror_open_async (device->mirror, NULL, on_awaited, &opened);
  g_assert_false (komek_mirror_open_finish (device->mirror, await (&opened), &open_error));
  g_assert_error (open_error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  g_assert_nonnull (strstr (open_error->message, "newer version"));
  komek_feed_points_async (device->feed, NULL, on_awaited, &read);
  g_assert_null (komek_feed_points_finish (device->feed, await (&read), &read_error));
  g_assert_error (read_error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  g_assert_false (exists (device, ".bad-1"));
  g_clear_object (&opened);
  g_clear_object (&read);

  device_close (device);
  run_sql (device, "PRAGMA user_version = " G_STRINGIFY (KOMEK_SCHEMA_VERSION) ";"
                   "UPDATE mark SET value = " G_STRINGIFY (KOMEK_SCHEMA_VERSION)
                   " WHERE name = 'version'");
  device_open (device);
  list = device_list (device);
  g_assert_cmpstr (list, ==, "A-1");
}

static void
test_a_version_that_a_disk_made_up_is_damage (Device *device, gconstpointer unused)
{
  device_put (device, &report, 1);
  device_close (device);
  run_sql (device, "PRAGMA user_version = 130");
  expect_setting_aside ();
  device_open (device);
  assert_works (device);
  g_assert_true (exists (device, ".bad-1"));
}

/* A table whose column has another name, as one changed byte can do it. */
static void
test_a_table_of_another_shape_is_damage (Device *device, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;

  device_put (device, &report, 1);
  device_close (device);
  run_sql (device, "ALTER TABLE local RENAME COLUMN number TO numbes");
  device_open (device);
  expect_setting_aside ();
  komek_feed_search_async (device->feed, "1211", KOMEK_SEARCH_NEWEST, 5, NULL, on_awaited,
                           &result);
  g_assert_null (komek_feed_search_finish (device->feed, await (&result), NULL));
  assert_works (device);
}

/* Words of what comes would be taken for added already. */
static void
test_a_mark_that_runs_ahead_is_damage (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) found = NULL;

  device_put (device, &report, 1);
  device_close (device);
  run_sql (device, "UPDATE mark SET value = 4294967296 WHERE name = 'indexed'");
  device_open (device);
  expect_setting_aside ();
  g_ptr_array_add (requests, make_request (&report));
  komek_mirror_put_requests_async (device->mirror, requests, NULL, NULL, on_awaited, &result);
  g_assert_false (komek_mirror_write_finish (device->mirror, await (&result), NULL));
  assert_works (device);
  found = device_match (device, "шункыр");
  g_assert_cmpuint (found->len, ==, 1);
}

/* A text that is none, a status that there is not: SQLite has no way to know. */
static void
test_what_cannot_have_been_written_is_damage (Device *device, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  device_put (device, &report, 1);
  device_close (device);
  run_sql (device, "UPDATE request SET text = CAST (x'd0' AS TEXT), status = 77");
  device_open (device);
  expect_setting_aside ();
  komek_feed_find_async (device->feed, "A-1", NULL, on_awaited, &result);
  g_assert_null (komek_feed_find_finish (device->feed, await (&result), &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  assert_works (device);
  g_assert_true (exists (device, ".bad-1"));
}

static void
test_an_empty_file_is_taken (Device *device, gconstpointer unused)
{
  device_close (device);
  write_file (device, "");
  device_open (device);
  assert_works (device);
  g_assert_false (exists (device, ".bad-1"));
}

static void
fill (Device *device)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *number = g_strdup_printf ("A-%u", i);

      g_ptr_array_add (requests, make_request (&(Report) { number, "Шұңқыр", "", NULL, 0, i }));
    }
  device_put_all (device, requests);
}

static gint64
find_root (Device *device, const char *name)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", name);
  sqlite3 *database;
  sqlite3_stmt *row;
  gint64 root;

  g_assert_cmpint (sqlite3_open (device->path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  root = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  sqlite3_close (database);
  return root;
}

/* What says whose file it is stays whole, and so do its tables' names. */
static void
damage (Device *device)
{
  const gint64 roots[] = { find_root (device, "request"), find_root (device, "request_point"),
                           find_root (device, "sqlite_autoindex_request_1") };
  FILE *file = g_fopen (device->path, "r+");
  char noise[4096];

  memset (noise, 0xa5, sizeof noise);
  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_assert_cmpint (fseek (file, (roots[i] - 1) * 4096, SEEK_SET), ==, 0);
      g_assert_cmpuint (fwrite (noise, sizeof noise, 1, file), ==, 1);
    }
  fclose (file);
}

static void
test_damage_found_while_reading_is_healed (Device *device, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fill (device);
  device_close (device);
  damage (device);
  device_open (device);
  device->requests = device->cities = 0;
  expect_setting_aside ();

  komek_feed_points_async (device->feed, NULL, on_awaited, &result);
  g_assert_null (komek_feed_points_finish (device->feed, await (&result), &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  g_clear_object (&result);
  while (device->requests == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (device->cities, ==, 1);

  assert_works (device);
  device_close (device);
  device_open (device);
  assert_works (device);
  g_assert_true (exists (device, ".bad-1"));
}

static void
test_damage_found_while_writing_is_healed (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fill (device);
  device_close (device);
  damage (device);
  device_open (device);
  expect_setting_aside ();

  g_ptr_array_add (requests, make_request (&report));
  komek_mirror_put_requests_async (device->mirror, requests, NULL, NULL, on_awaited, &result);
  g_assert_false (komek_mirror_write_finish (device->mirror, await (&result), &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  assert_works (device);
}

/* A file where the folder should be: nobody, not even root, can write below it. */
static void
test_an_unwritable_place_is_said (Device *device, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (device->path, "mirror.db", NULL);
  KomekMirror *mirror;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GError) read_error = NULL;

  assert_works (device);
  mirror = komek_mirror_new (path);
  komek_mirror_open_async (mirror, NULL, on_awaited, &opened);
  g_assert_false (komek_mirror_open_finish (mirror, await (&opened), &open_error));
  g_assert_error (open_error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  komek_feed_points_async (KOMEK_FEED (mirror), NULL, on_awaited, &read);
  g_assert_null (komek_feed_points_finish (KOMEK_FEED (mirror), await (&read), &read_error));
  g_assert_error (read_error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);

  g_clear_object (&opened);
  g_clear_object (&read);
  g_assert_finalize_object (mirror);
}

/* A full disk that was cleared, a card that was put back: the next call works. */
static void
test_a_place_made_writable_is_used (Device *device, gconstpointer unused)
{
  g_autofree char *blocker = g_build_filename (device->folder, "blocked", NULL);
  g_autofree char *path = g_build_filename (blocker, "mirror.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  device_close (device);
  g_file_set_contents (blocker, "", 0, NULL);
  g_free (device->path);
  device->path = g_steal_pointer (&path);
  device_open (device);
  komek_mirror_open_async (device->mirror, NULL, on_awaited, &result);
  g_assert_false (komek_mirror_open_finish (device->mirror, await (&result), NULL));

  g_clear_object (&result);
  g_remove (blocker);
  assert_works (device);
}

#define ADD(path, function) \
  g_test_add ("/file/" path, Device, NULL, device_set_up, function, device_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("survives-its-program", test_survives_its_program);
  ADD ("no-database-is-set-aside", test_no_database_is_set_aside);
  ADD ("a-foreign-database-is-set-aside", test_a_foreign_database_is_set_aside);
  ADD ("what-was-set-aside-stays", test_what_was_set_aside_stays);
  ADD ("an-older-version-begins-anew", test_an_older_version_begins_anew);
  ADD ("a-newer-version-is-left-alone", test_a_newer_version_is_left_alone);
  ADD ("a-version-that-a-disk-made-up-is-damage", test_a_version_that_a_disk_made_up_is_damage);
  ADD ("a-table-of-another-shape-is-damage", test_a_table_of_another_shape_is_damage);
  ADD ("a-mark-that-runs-ahead-is-damage", test_a_mark_that_runs_ahead_is_damage);
  ADD ("what-cannot-have-been-written-is-damage", test_what_cannot_have_been_written_is_damage);
  ADD ("an-empty-file-is-taken", test_an_empty_file_is_taken);
  ADD ("damage-found-while-reading-is-healed", test_damage_found_while_reading_is_healed);
  ADD ("damage-found-while-writing-is-healed", test_damage_found_while_writing_is_healed);
  ADD ("an-unwritable-place-is-said", test_an_unwritable_place_is_said);
  ADD ("a-place-made-writable-is-used", test_a_place_made_writable_is_used);
  return g_test_run ();
}
