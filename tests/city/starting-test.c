/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"
#include "komek-request.h"
#include "komek-wire-city.h"

/* How the server starts and ends, and what it says where it cannot. */

static void
clear_folder (char **folder)
{
  harness_remove_folder (*folder);
}

#define g_auto_folder __attribute__ ((cleanup (clear_folder))) char *

static GPtrArray *
get_all (Harness *city)
{
  return harness_get_requests (city, "page=1&page_size=1000&extensions=true");
}

static void
test_a_city_is_the_same_after_a_restart (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autofree char *number = NULL;
  g_autofree char *first_card = NULL;
  g_autofree char *second_card = NULL;
  guint status;

  {
    g_autoptr (Harness) city =
      harness_new (folder, (const char *const[]) { "--sample", "20", "--public-url",
                                                   "https://109.example.kz/", NULL });

    number = harness_file (city, "service_code=INF.idea&description=idea");
    first_card = harness_get_text (city, "discovery.json", &status);
  }
  {
    g_autoptr (Harness) city = harness_new (folder, (const char *const[]) {
      "--public-url", "https://109.example.kz", NULL });
    g_autoptr (GPtrArray) requests = get_all (city);

    second_card = harness_get_text (city, "discovery.json", &status);
    g_assert_cmpuint (requests->len, ==, 21);
    g_assert_cmpstr (komek_request_get_number (requests->pdata[0]), ==, number);
  }
  g_assert_cmpstr (first_card, ==, second_card);
  g_assert_nonnull (strstr (first_card, "\"public_url\":\"https://109.example.kz\""));
  g_assert_nonnull (strstr (first_card, "\"url\":\"https://109.example.kz/open311/v2/\""));
}

static void
test_a_new_city_has_20000_requests (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autoptr (Harness) city = harness_new (folder, NULL);
  g_autoptr (GPtrArray) last = harness_get_requests (city, "page=20&page_size=1000");
  g_autoptr (GPtrArray) beyond = harness_get_requests (city, "page=21&page_size=1000");

  g_assert_cmpuint (last->len, ==, 1000);
  g_assert_cmpuint (beyond->len, ==, 0);
}

static void
test_an_empty_city_stays_empty (void)
{
  g_auto_folder folder = harness_make_folder ();

  for (guint i = 0; i < 2; i++)
    {
      const char *const none[] = { "--sample", "0", NULL };
      g_autoptr (Harness) city = harness_new (folder, i == 0 ? none : NULL);
      g_autoptr (GPtrArray) requests = get_all (city);
      guint status;
      g_autofree char *card = harness_get_text (city, "discovery.json", &status);

      g_assert_cmpuint (requests->len, ==, 0);
      g_assert_nonnull (strstr (card, "\"sample\":false"));
    }
}

static void
test_an_empty_city_is_filled_on_demand (void)
{
  g_auto_folder folder = harness_make_folder ();

  {
    g_autoptr (Harness) city = harness_new (folder, (const char *const[]){ "--sample", "0", NULL });
  }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Harness) city =
    harness_new (folder, (const char *const[]){ "--sample", "30", NULL });
      g_autoptr (GPtrArray) requests = get_all (city);

      g_assert_cmpuint (requests->len, ==, 30);
    }
}

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

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* Whoever is killed while founding a city leaves nothing that looks like one,
 * and what it leaves is gone with the next. */
static void
test_a_killed_founder_leaves_no_city (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autofree char *path = g_build_filename (folder, "city.db", NULL);
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, g_getenv ("KOMEK_CITY"),
                      "--database", path, "--sample", "1000000", NULL);

  g_usleep (G_USEC_PER_SEC / 2);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (folder), >, 0);
  {
    g_autoptr (Harness) city = harness_new (folder, (const char *const[]){ "--sample", "5", NULL });
  }
  /* The database and its key for contacts. */
  g_assert_cmpuint (count_files (folder), ==, 2);
}

static void
assert_complains (const char *const *options, const char *words)
{
  int exit_status;
  g_autofree char *complaint = harness_run (options, &exit_status);

  g_assert_cmpint (exit_status, ==, 1);
  g_assert_true (g_str_has_prefix (complaint, "komek-city: "));
  g_assert_nonnull (strstr (complaint, words));
  /* One line. */
  g_assert_true (strchr (complaint, '\n') == complaint + strlen (complaint) - 1);
}

static void
test_bad_options_are_a_sentence (void)
{
  static const struct
  {
    const char *option, *value;
    const char *words;
  } rows[] = {
    { "--listen", "0.0.0.0:0", "addresses of this machine alone" },
    { "--listen", "[::]:0", "addresses of this machine alone" },
    { "--listen", "192.0.2.1:80", "addresses of this machine alone" },
    { "--listen", "127.0.0.1", "ADDRESS:PORT" },
    { "--listen", "127.0.0.1:65536", "ADDRESS:PORT" },
    { "--listen", "example.kz:80", "ADDRESS:PORT" },
    { "--listen", "::1:80", "ADDRESS:PORT" },
    { "--listen", "", "ADDRESS:PORT" },
    { "--sample", "-5", "from 0 to" },
    { "--sample", "many", "many" },
    { "--public-url", "109.example.kz", "--public-url wants" },
    { "--public-url", "ftp://109.example.kz", "--public-url wants" },
    { "--public-url", "https://109.example.kz/?a=b", "--public-url wants" },
    { "--colour", "blue", "--colour" },
    { "anything", "else", "anything" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_complains ((const char *const[]) { rows[i].option, rows[i].value, NULL }, rows[i].words);
}

static void
test_a_port_in_use_is_a_sentence (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autoptr (Harness) city = harness_new (folder, (const char *const[]) { "--sample", "5", NULL });
  g_autofree char *database = g_build_filename (folder, "city.db", NULL);

  assert_complains ((const char *const[]) { "--listen", strrchr (harness_get_base (city), '/') + 1,
                                            "--database", database, NULL }, "in use");
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

  assert_complains ((const char *const[]) { "--database", path, "--sample", "5", NULL },
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
  assert_complains ((const char *const[]) { "--database", path, NULL },
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
    g_autoptr (GPtrArray) requests = get_all (city);

    g_assert_cmpuint (requests->len, ==, 5);
  }
  /* The key that opens its seals lies beside it. */
  g_assert_cmpuint (count_files (folder), ==, 2);
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
  assert_complains ((const char *const[]) { "--database", path, NULL }, "another version");
}

static void
test_a_place_that_cannot_be_written_is_a_sentence (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "city.db", NULL);

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  assert_complains ((const char *const[]) { "--database", below, NULL }, "cannot be");
  assert_complains ((const char *const[]) { "--database", "/proc/city.db", NULL }, "cannot be");
  assert_complains ((const char *const[]) { "--database", folder, NULL }, "cannot be");
}

static void
test_help_and_version_need_no_database (void)
{
  int exit_status;
  g_autofree char *help = harness_run ((const char *const[]) { "--help", NULL }, &exit_status);
  g_autofree char *version = NULL;

  g_assert_cmpint (exit_status, ==, 0);
  version = harness_run ((const char *const[]) { "--version", NULL }, &exit_status);
  g_assert_cmpint (exit_status, ==, 0);
  g_assert_cmpstr (help, ==, "");
  g_assert_cmpstr (version, ==, "");
}

#define ADD(path, function) g_test_add_func ("/city/starting/" path, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-city-is-the-same-after-a-restart", test_a_city_is_the_same_after_a_restart);
  ADD ("a-new-city-has-20000-requests", test_a_new_city_has_20000_requests);
  ADD ("an-empty-city-stays-empty", test_an_empty_city_stays_empty);
  ADD ("an-empty-city-is-filled-on-demand", test_an_empty_city_is_filled_on_demand);
  ADD ("it-ends-with-a-signal", test_it_ends_with_a_signal);
  ADD ("a-killed-founder-leaves-no-city", test_a_killed_founder_leaves_no_city);
  ADD ("bad-options-are-a-sentence", test_bad_options_are_a_sentence);
  ADD ("a-port-in-use-is-a-sentence", test_a_port_in_use_is_a_sentence);
  ADD ("a-foreign-database-is-left-alone", test_a_foreign_database_is_left_alone);
  ADD ("what-is-no-database-is-left-alone", test_what_is_no_database_is_left_alone);
  ADD ("an-empty-file-is-an-empty-database", test_an_empty_file_is_an_empty_database);
  ADD ("a-newer-database-is-left-alone", test_a_newer_database_is_left_alone);
  ADD ("a-place-that-cannot-be-written-is-a-sentence",
       test_a_place_that_cannot_be_written_is_a_sentence);
  ADD ("help-and-version-need-no-database", test_help_and_version_need_no_database);
  return g_test_run ();
}
