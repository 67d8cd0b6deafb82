/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "post.h"

/* What the outbox does after each answer, and after none. */

typedef enum
{
  TRIED_AGAIN,
  PAUSED,
  PARKED,
} Action;

/* The table of what an answer means, as the outbox carries it out. */
static const struct
{
  const char *name;
  guint       status;
  const char *type, *body;
  Action      action;
} table[] = {
  { "200-nothing", 200, "application/json", "[]", TRIED_AGAIN },
  { "200-portal", 200, "text/html", "<html>Sign in</html>", TRIED_AGAIN },
  { "302", 302, "text/html", "http://127.0.0.1:1/", TRIED_AGAIN },
  { "408", 408, "text/plain", "-", TRIED_AGAIN },
  { "409", 409, "application/problem+json", "{\"title\":\"outstanding\"}", TRIED_AGAIN },
  { "425", 425, "text/plain", "-", TRIED_AGAIN },
  { "429", 429, "text/plain", "-", TRIED_AGAIN },
  { "500", 500, "text/html", "<html>", TRIED_AGAIN },
  { "502", 502, "text/html", "<html>", TRIED_AGAIN },
  { "503", 503, "text/html", "<html>", TRIED_AGAIN },
  { "504", 504, "text/html", "<html>", TRIED_AGAIN },
  { "507", 507, "text/html", "<html>", TRIED_AGAIN },
  { "401", 401, "text/plain", "-", PAUSED },
  { "403", 403, "application/json", "[{\"code\":403,\"description\":\"key\"}]", PAUSED },
  { "404", 404, "text/plain", "-", PAUSED },
  { "405", 405, "text/plain", "-", PAUSED },
  { "410", 410, "text/plain", "-", PAUSED },
  { "426", 426, "text/plain", "-", PAUSED },
  { "400", 400, "application/json", "[{\"code\":400,\"description\":\"" PHONE "\"}]", PARKED },
  { "413", 413, "text/plain", "-", PARKED },
  { "415", 415, "text/plain", "-", PARKED },
  { "422", 422, "application/problem+json", "{\"title\":\"key reused\"}", PARKED },
};

static void
say (Post *post, gsize row)
{
  static const char *const questions[] = { "POST requests.json", "POST requests.xml" };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    fake_city_say (post->city, questions[i], table[row].status, table[row].type, table[row].body,
                   FAKE_CITY_ANSWERS);
}

/* Both set out again with the keys that they had, and are two requests. */
static void
assert_both_arrive (Post *post, KomekReceipt *first, KomekReceipt *second)
{
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (post, 0, 0);
  g_assert_cmpuint (post->city->requests->len, ==, 2);
}

static void
check_paused (Post *post, gint64 start)
{
  g_autoptr (GError) problem = NULL;
  gint64 beats;

  while (!(problem = komek_outbox_dup_problem (post->outbox)))
    g_main_context_iteration (NULL, TRUE);
  assert_waiting (post, 2, 0);
  let_pass (20);
  /* One try a beat, however slow this machine is. */
  beats = (g_get_monotonic_time () - start) / (hasty.heartbeat * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (fake_city_count (post->city, "POST"), <=, 3 + beats);
}

static void
test_does_what_an_answer_asks_for (Post *post, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr (KomekReceipt) first = submit (post, "Бірінші");
  g_autoptr (KomekReceipt) second = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 start;

  say (post, row);
  start = g_get_monotonic_time ();
  connect_city (post);
  wait_for_posts (post, 1);
  second = submit (post, "Екінші");
  if (table[row].action == PAUSED)
    check_paused (post, start);
  else if (table[row].action == PARKED)
    assert_waiting (post, 0, 2);
  else
    wait_for_posts (post, 3);
  g_assert_null (komek_receipt_get_number (first));
  g_assert_true ((table[row].action == PARKED)
                 == (komek_receipt_get_state (first) == KOMEK_RECEIPT_PARKED));
  say_no_more (post);
  if (table[row].action == PARKED)
    release (post, NULL);
  assert_both_arrive (post, first, second);
  problem = komek_outbox_dup_problem (post->outbox);
  g_assert_no_error (problem);
}

static void
test_one_that_is_parked_holds_nobody_up (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = submit (post, "Бірінші");
  g_autoptr (KomekReceipt) second = NULL;

  say (post, G_N_ELEMENTS (table) - 1);
  connect_city (post);
  wait_for (first, KOMEK_RECEIPT_PARKED);
  say_no_more (post);
  second = submit (post, "Екінші");
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (post, 0, 1);
}

static void
test_an_answer_that_is_lost_files_once (Post *post, gconstpointer keyless)
{
  g_autoptr (KomekReceipt) receipt = submit (post, "Аулада шұңқыр бар");

  if (keyless)
    forget_keys (post);
  post->city->deaf = TRUE;
  connect_city (post);
  wait_for_posts (post, keyless ? 1 : 2);
  post->city->deaf = FALSE;
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpstr (komek_receipt_get_number (receipt), ==, "F-1");
  g_assert_cmpuint (post->city->requests->len, ==, 1);
  if (keyless)
    g_assert_cmpuint (fake_city_count (post->city, "POST requests"), ==, 1);
}

static void
test_a_city_without_keys_is_asked_after_a_restart (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (post, "Аулада шұңқыр бар");
  g_autoptr (KomekReceipt) other = NULL;

  forget_keys (post);
  post->city->deaf = TRUE;
  connect_city (post);
  wait_for_posts (post, 1);
  close_outbox (post);
  post->city->deaf = FALSE;
  open_outbox (post);
  connect_city (post);
  assert_waiting (post, 0, 0);
  g_assert_cmpuint (post->city->requests->len, ==, 1);
  other = submit (post, "Аулада шам жанбайды");
  wait_for (other, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpuint (post->city->requests->len, ==, 2);
}

/* The same words at the same place twice are two requests, if two people filed them. */
static void
test_a_city_without_keys_has_twins_apart (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = submit (post, "Аулада шұңқыр бар");
  g_autoptr (KomekReceipt) second = NULL;

  forget_keys (post);
  connect_city (post);
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (post, 0, 0);
  post->city->deaf = TRUE;
  second = submit (post, "Аулада шұңқыр бар");
  wait_for_posts (post, 2);
  post->city->deaf = FALSE;
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpstr (komek_receipt_get_number (first), !=, komek_receipt_get_number (second));
  g_assert_cmpuint (post->city->requests->len, ==, 2);
}

static void
add_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *path = g_strdup_printf ("/delivery/does-what-an-answer-asks-for/%s",
                                               table[i].name);

      g_test_add (path, Post, GSIZE_TO_POINTER (i), set_up, test_does_what_an_answer_asks_for,
                  tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_table ();
  ADD ("one-that-is-parked-holds-nobody-up", test_one_that_is_parked_holds_nobody_up);
  g_test_add ("/delivery/an-answer-that-is-lost-files-once/by-its-key", Post, NULL, set_up,
              test_an_answer_that_is_lost_files_once, tear_down);
  g_test_add ("/delivery/an-answer-that-is-lost-files-once/by-looking", Post, "keyless", set_up,
              test_an_answer_that_is_lost_files_once, tear_down);
  ADD ("a-city-without-keys-is-asked-after-a-restart",
       test_a_city_without_keys_is_asked_after_a_restart);
  ADD ("a-city-without-keys-has-twins-apart", test_a_city_without_keys_has_twins_apart);
  return g_test_run ();
}
