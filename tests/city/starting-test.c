/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness.h"
#include "komek-request.h"
#include "komek-wire-city.h"

/* How the server starts, and what it says where it cannot. */

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

/* A database that servers share is somebody's real city: what is invented has to be asked for. */
static void
test_a_new_file_has_20000_requests_and_a_shared_database_none (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autoptr (Harness) city = harness_new (folder, NULL);
  g_autoptr (GPtrArray) last = harness_get_requests (city, "page=20&page_size=1000");
  g_autoptr (GPtrArray) beyond = harness_get_requests (city, "page=21&page_size=1000");

  g_assert_cmpuint (last->len, ==, harness_is_shared () ? 0 : 1000);
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

/* Whoever is killed while founding a city leaves nothing that looks like one. */
static void
test_a_killed_founder_leaves_no_city (void)
{
  g_auto_folder folder = harness_make_folder ();

  harness_kill_founder (folder);
  {
    g_autoptr (Harness) city = harness_new (folder, (const char *const[]){ "--sample", "5", NULL });
    g_autoptr (GPtrArray) requests = get_all (city);

    g_assert_cmpuint (requests->len, ==, 5);
  }
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
    harness_assert_complains ((const char *const[]) { rows[i].option, rows[i].value, NULL },
                              rows[i].words);
}

static void
test_a_port_in_use_is_a_sentence (void)
{
  g_auto_folder folder = harness_make_folder ();
  g_autoptr (Harness) city = harness_new (folder, (const char *const[]) { "--sample", "5", NULL });
  g_autofree char *database = harness_dup_database (folder);
  g_autofree char *key = g_build_filename (folder, "city.db.key", NULL);
  const char *port = strrchr (harness_get_base (city), '/') + 1;

  harness_assert_complains (
      (const char *const[]) { "--listen", port, "--database", database, "--seal-file", key, NULL },
      "in use");
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
  ADD ("a-new-file-has-20000-requests-and-a-shared-database-none",
       test_a_new_file_has_20000_requests_and_a_shared_database_none);
  ADD ("an-empty-city-stays-empty", test_an_empty_city_stays_empty);
  ADD ("an-empty-city-is-filled-on-demand", test_an_empty_city_is_filled_on_demand);
  ADD ("a-killed-founder-leaves-no-city", test_a_killed_founder_leaves_no_city);
  ADD ("bad-options-are-a-sentence", test_bad_options_are_a_sentence);
  ADD ("a-port-in-use-is-a-sentence", test_a_port_in_use_is_a_sentence);
  ADD ("help-and-version-need-no-database", test_help_and_version_need_no_database);
  return g_test_run ();
}
