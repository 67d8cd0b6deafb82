/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sqlite3.h>

#include "harness.h"

/* What may be where the server's file shall be, and what it leaves there. */

static void
clear_folder (char **folder)
{
  harness_remove_folder (*folder);
}

#define g_auto_folder __attribute__ ((cleanup (clear_folder))) char *

static void
test_it_ends_with_a_signal (void)
{
  static const int signals[] = { SIGTERM, SIGINT };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_auto_folder folder = harness_make_folder ();
      g_autofree char *path = g_build_filename (folder, "city.db", NULL);
      g_autofree char *wal = g_strconcat (path, "-wal", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process =
        g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("KOMEK_CITY"),
                          "--database", path, "--sample", "5", NULL);
      char byte;

      g_assert_no_error (error);
      g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (process), &byte, 1, NULL,
                                            NULL), ==, 1);
      g_subprocess_send_signal (process, signals[i]);
      g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
      g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
    }
}

static void
test_a_foreign_database_is_left_alone (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autofree char *path = g_build_filename (folder, "other.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE mine (a)", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));

  harness_assert_complains ((const char *const[]) { "--database", path, "--sample", "5", NULL },
                    "is not a database of komek-city");
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

static void
test_what_is_no_database_is_left_alone (void)
{
  static const char letter[] = "Dear city, this is no database, whatever you may think.\n";
  g_auto_folder folder = harness_make_folder ();
  g_autofree char *path = g_build_filename (folder, "letter.txt", NULL);
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (path, letter, -1, NULL));
  harness_assert_complains ((const char *const[]) { "--database", path, NULL },
                    "is not a database of komek-city");
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, letter);
}

/* As "touch" makes one, or whoever wants to give it to somebody beforehand. */
static void
test_an_empty_file_is_an_empty_database (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autofree char *path = g_build_filename (folder, "city.db", NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  {
    g_autoptr (Harness) city = harness_new (folder, (const char *const[]){ "--sample", "5", NULL });
    g_autoptr (GPtrArray) requests = harness_get_requests (city, "page=1");

    g_assert_cmpuint (requests->len, ==, 5);
  }
  /* The key that opens its seals lies beside it. */
  g_assert_cmpuint (harness_count_files (folder), ==, 2);
}

static void
test_a_newer_database_is_left_alone (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autofree char *path = g_build_filename (folder, "city.db", NULL);
  sqlite3 *db;

  {
    g_autoptr (Harness) city = harness_new (folder, (const char *const[]){ "--sample", "5", NULL });
  }
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  harness_assert_complains ((const char *const[]) { "--database", path, NULL }, "another version");
}

static void
test_a_place_that_cannot_be_written_is_a_sentence (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "city.db", NULL);

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  harness_assert_complains ((const char *const[]) { "--database", below, NULL }, "cannot be");
  harness_assert_complains ((const char *const[]) { "--database", "/proc/city.db", NULL },
                            "cannot be");
  harness_assert_complains ((const char *const[]) { "--database", folder, NULL }, "cannot be");
}

/* What a founder leaves that was killed is no database, and is gone with the next. */
static void
test_a_killed_founder_leaves_no_file (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autofree char *path = g_build_filename (folder, "city.db", NULL);

  harness_kill_founder (folder);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (harness_count_files (folder), >, 0);
  {
    g_autoptr (Harness) city = harness_new (folder, (const char *const[]){ "--sample", "5", NULL });
  }
  /* The database and its key for contacts. */
  g_assert_cmpuint (harness_count_files (folder), ==, 2);
}

#define ADD(path, function) g_test_add_func ("/city/file/" path, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("it-ends-with-a-signal", test_it_ends_with_a_signal);
  ADD ("a-killed-founder-leaves-no-file", test_a_killed_founder_leaves_no_file);
  ADD ("a-foreign-database-is-left-alone", test_a_foreign_database_is_left_alone);
  ADD ("what-is-no-database-is-left-alone", test_what_is_no_database_is_left_alone);
  ADD ("an-empty-file-is-an-empty-database", test_an_empty_file_is_an_empty_database);
  ADD ("a-newer-database-is-left-alone", test_a_newer_database_is_left_alone);
  ADD ("a-place-that-cannot-be-written-is-a-sentence",
       test_a_place_that_cannot_be_written_is_a_sentence);
  return g_test_run ();
}
