/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-number.h"
#include "post.h"

/* What is handed in is kept and brought to the city, in order and in time. */

static void
test_a_receipt_comes_without_a_line (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (post, "Аулада шұңқыр бар");
  g_autoptr (KomekReceipt) again = submit (post, "Аулада шам жанбайды");
  g_autoptr (KomekReceipt) found =
    komek_outbox_look_up (post->outbox, komek_receipt_get_local (receipt));

  g_assert_true (found == receipt);
  g_assert_true (komek_number_is_local (komek_receipt_get_local (receipt)));
  g_assert_cmpstr (komek_receipt_get_local (receipt), !=, komek_receipt_get_local (again));
  g_assert_cmpint (komek_receipt_get_state (receipt), ==, KOMEK_RECEIPT_WAITING);
  assert_waiting (post, 2, 0);
  g_assert_cmpint (komek_outbox_get_oldest (post->outbox), ==, NOW);
  connect_city (post);
  wait_for (again, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (post, 0, 0);
  g_assert_cmpstr (komek_receipt_get_number (receipt), ==, "F-1");
  g_assert_cmpstr (komek_receipt_get_number (again), ==, "F-2");
  g_assert_cmpint (komek_outbox_get_oldest (post->outbox), ==, 0);
}

static void
test_the_mirror_has_what_was_filed (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = NULL;
  g_autoptr (KomekRequest) request = NULL;

  connect_city (post);
  receipt = submit (post, "Аулада шұңқыр бар");
  while (!request)
    {
      g_autoptr (GAsyncResult) result = NULL;

      komek_feed_find_async (KOMEK_FEED (post->mirror), "F-1", NULL, on_awaited, &result);
      request = komek_feed_find_finish (KOMEK_FEED (post->mirror), await (&result), NULL);
    }
  g_assert_cmpstr (komek_request_peek (request)->text, ==, "Аулада шұңқыр бар");
  g_assert_cmpstr (komek_place_get_address (komek_request_get_place (request)), ==,
                   "Абай даңғылы, 5 · дүкен жанында");
}

static void
test_what_waits_outlives_the_program (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (post, "Аулада шұңқыр бар");
  g_autoptr (KomekReceipt) later = NULL;

  close_outbox (post);
  open_outbox (post);
  assert_waiting (post, 1, 0);
  connect_city (post);
  assert_waiting (post, 0, 0);
  later = submit (post, "Аулада шам жанбайды");
  wait_for (later, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpstr (komek_receipt_get_number (later), ==, "F-2");
}

static void
test_an_incomplete_draft_goes_nowhere (Post *post, gconstpointer unused)
{
  g_autoptr (KomekDraft) draft = make_draft ("");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_outbox_submit_async (post->outbox, draft, NULL, on_awaited, &result);
  g_assert_null (komek_outbox_submit_finish (post->outbox, await (&result), &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE);
}

static void
test_a_token_is_asked_for_until_the_number_is_there (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = NULL;

  post->city->batch = TRUE;
  post->city->slowness = 2;
  connect_city (post);
  receipt = submit (post, "Аулада шұңқыр бар");
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpstr (komek_receipt_get_number (receipt), ==, "F-1");
  g_assert_cmpuint (fake_city_count (post->city, "POST requests"), ==, 1);
}

/* Where the city has one in the order of its numbers. */
static guint
find_place (Post *post, const char *text)
{
  for (guint i = 0; i < post->city->requests->len; i++)
    if (g_str_equal (komek_request_peek (post->city->requests->pdata[i])->text, text))
      return i;
  g_assert_not_reached ();
}

/* Whatever the clock says when something is handed in. Those that are on their way at once may
 * overtake each other, by no more than there are. */
static void
test_goes_by_the_order_of_handing_in (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) last = NULL;

  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *text = g_strdup_printf ("Өтініш %02u", i);

      komek_clock_advance (post->clock, i % 2 ? -4000 : 3900);
      g_clear_object (&last);
      last = submit (post, text);
    }
  connect_city (post);
  assert_waiting (post, 0, 0);
  g_assert_cmpuint (post->city->requests->len, ==, 24);
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *text = g_strdup_printf ("Өтініш %02u", i);

      g_assert_cmpint (ABS ((int) find_place (post, text) - (int) i), <, 4);
    }
}

/* One at first; once the city has answered, four at once and no more. */
static void
test_four_are_on_their_way_at_once (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = NULL;

  connect_city (post);
  first = submit (post, "Бірінші");
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  fake_city_say (post->city, "POST requests.json", 201, "application/json", "[{}]",
                 FAKE_CITY_DAWDLES);
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (KomekReceipt) receipt = submit (post, "Тағы біреу");
    }
  wait_for_posts (post, 5);
  let_pass (100);
  g_assert_cmpuint (fake_city_count (post->city, "POST requests"), ==, 5);
}

/* @status: 503 of a city that is busy, 409 of one that is still keeping that filing */
static void
test_waits_as_long_as_the_city_says (Post *post, gconstpointer status)
{
  g_autoptr (KomekReceipt) receipt = submit (post, "Аулада шұңқыр бар");
  gint64 start = g_get_monotonic_time ();

  fake_city_say (post->city, "POST requests.json", GPOINTER_TO_UINT (status), "text/plain", "-",
                 FAKE_CITY_ANSWERS);
  fake_city_say_header (post->city, "POST requests.json", "Retry-After", "1");
  connect_city (post);
  wait_for_posts (post, 1);
  /* Its answer has been read, and the line seems to have come back. */
  let_pass (100);
  say_no_more (post);
  komek_delivery_nudge (post->delivery);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpint (g_get_monotonic_time () - start, >, G_TIME_SPAN_SECOND);
}

static void
test_three_days_are_an_alarm (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (post, "Аулада шұңқыр бар");

  assert_waiting (post, 1, 0);
  komek_clock_advance (post->clock, 72 * 3600 - 60);
  let_pass (120);
  g_assert_false (komek_outbox_is_overdue (post->outbox));
  g_test_expect_message ("komek-sync", G_LOG_LEVEL_MESSAGE, "ALARM: item 1 *72 hours");
  komek_clock_advance (post->clock, 120);
  while (!komek_outbox_is_overdue (post->outbox))
    g_main_context_iteration (NULL, TRUE);
  g_test_assert_expected_messages ();
  connect_city (post);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  while (komek_outbox_is_overdue (post->outbox))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_receipt_has_the_time_of_the_city (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = submit (post, "Бірінші");
  g_autoptr (KomekReceipt) second = NULL;

  g_assert_cmpint (komek_receipt_get_time (first), ==, NOW);
  connect_city (post);
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  second = submit (post, "Екінші");
  g_assert_cmpint (ABS (komek_receipt_get_time (second) - g_get_real_time () / G_USEC_PER_SEC), <,
                   60);
}

/* Another program with the same files; only one delivers, and each hears of its own. */
static void
test_two_programs_share_an_outbox (Post *post, gconstpointer unused)
{
  Post other = *post;
  g_autoptr (KomekReceipt) here = NULL;
  g_autoptr (KomekReceipt) there = NULL;

  assert_waiting (post, 0, 0);
  open_outbox (&other);
  connect_city (post);
  connect_city (&other);
  here = submit (post, "Осында");
  there = submit (&other, "Анда");
  wait_for (here, KOMEK_RECEIPT_DELIVERED);
  wait_for (there, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpuint (post->city->requests->len, ==, 2);
  g_assert_cmpuint (fake_city_count (post->city, "POST requests"), ==, 2);
  close_outbox (&other);
}

static void
test_a_full_disk_is_told_before_the_first_question (Post *post, gconstpointer unused)
{
  g_autoptr (GAsyncResult) good = NULL;
  g_autoptr (GAsyncResult) bad = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (post, "other.db");
  const KomekOutboxLimits limits = { .least_free = G_MAXINT64 };
  g_autoptr (KomekOutboxStore) store = komek_outbox_store_new (path, post->vault, &limits);
  g_autoptr (KomekDelivery) full =
    komek_delivery_new (store, post->vault, NULL, post->clock, &hasty);

  komek_outbox_prepare_async (post->outbox, NULL, on_awaited, &good);
  g_assert_true (komek_outbox_prepare_finish (post->outbox, await (&good), NULL));
  g_assert_true (g_task_get_source_object (G_TASK (good)) == post->outbox);
  komek_outbox_prepare_async (KOMEK_OUTBOX (full), NULL, on_awaited, &bad);
  g_assert_false (komek_outbox_prepare_finish (KOMEK_OUTBOX (full), await (&bad), &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  g_object_run_dispose (G_OBJECT (full));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-receipt-comes-without-a-line", test_a_receipt_comes_without_a_line);
  ADD ("the-mirror-has-what-was-filed", test_the_mirror_has_what_was_filed);
  ADD ("what-waits-outlives-the-program", test_what_waits_outlives_the_program);
  ADD ("an-incomplete-draft-goes-nowhere", test_an_incomplete_draft_goes_nowhere);
  ADD ("a-token-is-asked-for-until-the-number-is-there",
       test_a_token_is_asked_for_until_the_number_is_there);
  ADD ("goes-by-the-order-of-handing-in", test_goes_by_the_order_of_handing_in);
  ADD ("four-are-on-their-way-at-once", test_four_are_on_their_way_at_once);
  g_test_add ("/delivery/waits-as-long-as-a-busy-city-says", Post, GUINT_TO_POINTER (503), set_up,
              test_waits_as_long_as_the_city_says, tear_down);
  g_test_add ("/delivery/waits-as-long-as-a-city-says-that-keeps-it-just-now", Post,
              GUINT_TO_POINTER (409), set_up, test_waits_as_long_as_the_city_says, tear_down);
  ADD ("three-days-are-an-alarm", test_three_days_are_an_alarm);
  ADD ("a-receipt-has-the-time-of-the-city", test_a_receipt_has_the_time_of_the_city);
  ADD ("two-programs-share-an-outbox", test_two_programs_share_an_outbox);
  ADD ("a-full-disk-is-told-before-the-first-question",
       test_a_full_disk_is_told_before_the_first_question);
  return g_test_run ();
}
