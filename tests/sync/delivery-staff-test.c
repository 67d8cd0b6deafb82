/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "post.h"

/* What waits for staff: photos that nobody takes, and requests that the city refused. */

/* The city knows whoever filed by their device, also when the program that filed is gone. */
static void
test_a_photo_says_whose_it_is_after_a_restart (Post *post, gconstpointer unused)
{
  static const char question[] = "POST requests/F-1/media.json";
  g_autoptr (KomekDraft) draft = make_draft ("Аулада шұңқыр");
  g_autoptr (GBytes) photo = g_bytes_new_static ("\xff\xd8\xff photo", 9);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekReceipt) receipt = NULL;

  komek_draft_add_photo (draft, photo);
  fake_city_say (post->city, question, 503, "application/json", "[]", FAKE_CITY_ANSWERS);
  komek_outbox_submit_async (post->outbox, draft, NULL, on_awaited, &result);
  receipt = komek_outbox_submit_finish (post->outbox, await (&result), NULL);
  g_clear_object (&result);
  connect_city (post);
  while (fake_city_count (post->city, question) == 0)
    g_main_context_iteration (NULL, TRUE);
  close_outbox (post);
  fake_city_say (post->city, question, 201, "application/json", "[{\"media_id\":\"1\"}]",
                 FAKE_CITY_ANSWERS);
  g_ptr_array_set_size (post->city->log, 0);
  open_outbox (post);
  connect_city (post);
  while (fake_city_count (post->city, question) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fake_city_count (post->city, "POST requests/F-1/media.json?device_id="), ==, 1);
  g_assert_cmpuint (fake_city_count (post->city, "POST requests.json"), ==, 0);
}

static KomekReceipt *
submit_with_photo (Post *post)
{
  g_autoptr (KomekDraft) draft = make_draft ("Аулада шұңқыр");
  g_autoptr (GBytes) photo = g_bytes_new_static ("\xff\xd8\xff photo", 9);
  g_autoptr (GAsyncResult) result = NULL;

  komek_draft_add_photo (draft, photo);
  komek_outbox_submit_async (post->outbox, draft, NULL, on_awaited, &result);
  return komek_outbox_submit_finish (post->outbox, await (&result), NULL);
}

static void
assert_held (Post *post, guint held)
{
  while (komek_outbox_get_held (post->outbox) != held)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_photos (Post *post)
{
  return fake_city_count (post->city, "POST requests/F-1/media.json");
}

/* The request is at the city, and counts as that; its photos are told apart and come later. */
static void
test_photos_wait_for_a_city_that_takes_some (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit_with_photo (post);
  g_autoptr (KomekReceipt) next = NULL;

  fake_city_announce (post->city, post->city->abilities & ~KOMEK_ABILITY_MEDIA);
  connect_city (post);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  assert_held (post, 1);
  assert_waiting (post, 0, 0);
  g_assert_cmpint (komek_outbox_get_oldest (post->outbox), ==, 0);
  next = submit (post, "Тағы біреу");
  wait_for (next, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpuint (count_photos (post), ==, 0);

  fake_city_announce (post->city, post->city->abilities | KOMEK_ABILITY_MEDIA);
  connect_city (post);
  assert_held (post, 0);
  while (count_photos (post) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (post->city->requests->len, ==, 2);
}

static const guint refusals[] = { 404, 405, 410 };

/* A city may lose that ability between two words; filing goes on as ever. */
static void
test_photos_that_are_refused_pause_nobody (Post *post, gconstpointer status)
{
  static const char question[] = "POST requests/F-1/media.json";
  g_autoptr (KomekReceipt) receipt = submit_with_photo (post);
  g_autoptr (KomekReceipt) next = NULL;
  g_autoptr (GError) problem = NULL;

  fake_city_say (post->city, question, *(const guint *) status, "application/json", "[]",
                 FAKE_CITY_ANSWERS);
  connect_city (post);
  assert_held (post, 1);
  next = submit (post, "Тағы біреу");
  wait_for (next, KOMEK_RECEIPT_DELIVERED);
  problem = komek_outbox_dup_problem (post->outbox);
  g_assert_no_error (problem);

  fake_city_say (post->city, question, 201, "application/json", "[{\"media_id\":\"1\"}]",
                 FAKE_CITY_ANSWERS);
  release (post, komek_receipt_get_key (receipt));
  while (count_photos (post) < 2)
    g_main_context_iteration (NULL, TRUE);
  assert_held (post, 0);
}

static GPtrArray *
list_pending (Post *post)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *pending;

  komek_outbox_list_async (post->outbox, NULL, on_awaited, &result);
  pending = komek_outbox_list_finish (post->outbox, await (&result), &error);
  g_assert_no_error (error);
  return pending;
}

static void
assert_pending (GPtrArray *pending, guint position, KomekPendingState state, const char *number)
{
  const KomekPendingFields *fields = komek_pending_peek (pending->pdata[position]);

  g_assert_cmpint (fields->state, ==, state);
  g_assert_cmpstr (fields->number, ==, number);
  g_assert_cmpstr (fields->service, ==, "ROA.pothole");
  g_assert_cmpint (ABS (fields->filed - NOW), <, 100000000);
}

static void
test_staff_see_what_has_not_arrived (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) waiting = NULL;
  g_autoptr (KomekReceipt) parked = submit (post, "Бірінші");
  g_autoptr (GPtrArray) pending = NULL;
  const KomekPendingFields *fields;

  fake_city_say (post->city, "POST requests.json", 400, "application/json",
                 "[{\"code\":400,\"description\":\"The text is too rude\"}]", FAKE_CITY_ANSWERS);
  connect_city (post);
  wait_for (parked, KOMEK_RECEIPT_PARKED);
  fake_city_say (post->city, "POST requests.json", 503, "text/plain", "-", FAKE_CITY_ANSWERS);
  waiting = submit (post, "Екінші");
  assert_waiting (post, 1, 1);
  pending = list_pending (post);
  g_assert_cmpuint (pending->len, ==, 2);
  assert_pending (pending, 0, KOMEK_PENDING_PARKED, komek_receipt_get_local (parked));
  assert_pending (pending, 1, KOMEK_PENDING_WAITING, komek_receipt_get_local (waiting));
  fields = komek_pending_peek (pending->pdata[0]);
  g_assert_cmpuint (fields->status, ==, 400);
  g_assert_nonnull (strstr (fields->reason, "The text is too rude"));
  g_assert_cmpuint (komek_pending_peek (pending->pdata[1])->status, ==, 0);
}

/* Only that one; and what is refused for good is parked again, as often as somebody tries. */
static void
test_one_is_sent_again_and_parked_again (Post *post, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = submit (post, "Бірінші");
  g_autoptr (KomekReceipt) second = submit (post, "Екінші");

  fake_city_say (post->city, "POST requests.json", 422, "application/problem+json",
                 "{\"title\":\"key reused\"}", FAKE_CITY_ANSWERS);
  connect_city (post);
  assert_waiting (post, 0, 2);
  for (guint i = 0; i < 3; i++)
    {
      release (post, komek_receipt_get_key (second));
      wait_for_posts (post, 3 + i);
      wait_for (second, KOMEK_RECEIPT_PARKED);
      assert_waiting (post, 0, 2);
    }
  say_no_more (post);
  release (post, komek_receipt_get_key (second));
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (post, 0, 1);
  g_assert_cmpint (komek_receipt_get_state (first), ==, KOMEK_RECEIPT_PARKED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-photo-says-whose-it-is-after-a-restart", test_a_photo_says_whose_it_is_after_a_restart);
  ADD ("photos-wait-for-a-city-that-takes-some", test_photos_wait_for_a_city_that_takes_some);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/delivery/photos-that-are-refused-pause-nobody/%u", refusals[i]);

      g_test_add (path, Post, &refusals[i], set_up, test_photos_that_are_refused_pause_nobody,
                  tear_down);
    }
  ADD ("staff-see-what-has-not-arrived", test_staff_see_what_has_not_arrived);
  ADD ("one-is-sent-again-and-parked-again", test_one_is_sent_again_and_parked_again);
  return g_test_run ();
}
