/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "post.h"

/* Votes: told at once where there is a line, kept where there is none, counted once. */

static gboolean
support (Post *post, const char *number, guint *supporters, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_support_async (post->outbox, number, NULL, on_awaited, &result);
  return komek_outbox_support_finish (post->outbox, await (&result), supporters, error);
}

#define VOTE "POST requests/F-1/votes.json"

static void
count_votes (Post *post, guint status)
{
  fake_city_say (post->city, VOTE, status, "application/json",
                 status == 200 ? "[{\"service_request_id\":\"F-1\",\"votes\":12}]"
                               : "[{\"code\":0,\"description\":\"No\"}]",
                 FAKE_CITY_ANSWERS);
}

static guint
count_asked (Post *post)
{
  return fake_city_count (post->city, VOTE);
}

static void
wait_for_votes (Post *post, guint votes)
{
  while (count_asked (post) < votes)
    g_main_context_iteration (NULL, TRUE);
}

/* What the store still has of them. */
static guint
count_kept (Post *post)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) votes = NULL;

  komek_outbox_store_votes_async (post->store, NULL, on_awaited, &result);
  votes = komek_outbox_store_votes_finish (post->store, await (&result), NULL);
  g_assert_nonnull (votes);
  return votes->len;
}

/* Something that was filed says that the city is known. */
static void
meet_city (Post *post)
{
  g_autoptr (KomekReceipt) receipt = submit (post, "Аулада шұңқыр бар");

  connect_city (post);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
}

static void
assert_is_kept (Post *post, const char *number)
{
  g_autoptr (GError) error = NULL;
  guint supporters = 7;

  g_assert_true (support (post, number, &supporters, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (supporters, ==, 0);
}

/* With the name of the device, so that the city counts it once. */
static void
test_a_request_is_supported (Post *post, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *device = NULL;
  guint supporters = 0;

  count_votes (post, 200);
  meet_city (post);
  g_assert_true (support (post, "F-1", &supporters, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (supporters, ==, 12);
  device = find_field (post->city->bodies->pdata[post->city->bodies->len - 1], "device_id");
  g_assert_true (g_uuid_string_is_valid (device));
  g_assert_cmpuint (count_kept (post), ==, 0);
}

/* Said twice, kept once; the city hears of it once there is a line, and then never again. */
static void
test_without_a_line_it_is_kept (Post *post, gconstpointer unused)
{
  count_votes (post, 200);
  assert_is_kept (post, "F-1");
  assert_is_kept (post, "F-1");
  g_assert_cmpuint (count_kept (post), ==, 1);
  connect_city (post);
  wait_for_votes (post, 1);
  while (count_kept (post) > 0)
    g_main_context_iteration (NULL, TRUE);
  komek_delivery_nudge (post->delivery);
  let_pass (200);
  g_assert_cmpuint (count_asked (post), ==, 1);
}

static void
test_what_is_kept_outlives_the_program (Post *post, gconstpointer unused)
{
  count_votes (post, 200);
  assert_is_kept (post, "F-1");
  close_outbox (post);
  open_outbox (post);
  g_assert_cmpuint (count_kept (post), ==, 1);
  connect_city (post);
  wait_for_votes (post, 1);
}

/* A gateway, a gate before the network, a key that is not known yet: none of them counts anything,
 * and none of them takes a vote away. */
static const guint passing[] = { 503, 302, 201, 401 };

static void
test_what_may_pass_is_tried_again (Post *post, gconstpointer status)
{
  count_votes (post, *(const guint *) status);
  meet_city (post);
  assert_is_kept (post, "F-1");
  wait_for_votes (post, 3);
  g_assert_cmpuint (count_kept (post), ==, 1);
  count_votes (post, 200);
  while (count_kept (post) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static const guint lasting[] = { 400, 404, 410 };

static void
test_a_refusal_is_told (Post *post, gconstpointer status)
{
  g_autoptr (GError) error = NULL;
  guint supporters = 0;

  count_votes (post, *(const guint *) status);
  meet_city (post);
  g_assert_false (support (post, "F-1", &supporters, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED);
  g_assert_cmpuint (count_kept (post), ==, 0);
}

/* Nobody is left to be told; the next one is not held up. */
static void
test_a_refusal_ends_what_was_kept (Post *post, gconstpointer status)
{
  count_votes (post, *(const guint *) status);
  fake_city_say (post->city, "POST requests/F-2/votes.json", 200, "application/json",
                 "[{\"service_request_id\":\"F-2\",\"votes\":2}]", FAKE_CITY_ANSWERS);
  assert_is_kept (post, "F-1");
  assert_is_kept (post, "F-2");
  connect_city (post);
  while (count_kept (post) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fake_city_count (post->city, "POST requests/F-2/votes.json"), ==, 1);
}

/* A city that counts none today may count them once it is itself again. */
static void
test_it_waits_for_a_city_that_counts (Post *post, gconstpointer unused)
{
  count_votes (post, 200);
  assert_is_kept (post, "F-1");
  fake_city_announce (post->city, post->city->abilities & ~KOMEK_ABILITY_VOTES);
  meet_city (post);
  let_pass (100);
  g_assert_cmpuint (count_asked (post), ==, 0);
  fake_city_announce (post->city, post->city->abilities | KOMEK_ABILITY_VOTES);
  connect_city (post);
  wait_for_votes (post, 1);
}

static void
add_statuses (const char *name, const guint *statuses, guint n_statuses,
              void (*test) (Post *post, gconstpointer status))
{
  for (guint i = 0; i < n_statuses; i++)
    {
      g_autofree char *path = g_strdup_printf ("/delivery/support/%s/%u", name, statuses[i]);

      g_test_add (path, Post, &statuses[i], set_up, test, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("support/is-told-at-once", test_a_request_is_supported);
  ADD ("support/is-kept-without-a-line", test_without_a_line_it_is_kept);
  ADD ("support/outlives-the-program", test_what_is_kept_outlives_the_program);
  add_statuses ("what-may-pass-is-tried-again", passing, G_N_ELEMENTS (passing),
                test_what_may_pass_is_tried_again);
  add_statuses ("a-refusal-is-told", lasting, G_N_ELEMENTS (lasting), test_a_refusal_is_told);
  add_statuses ("a-refusal-ends-what-was-kept", lasting, G_N_ELEMENTS (lasting),
                test_a_refusal_ends_what_was_kept);
  ADD ("support/waits-for-a-city-that-counts", test_it_waits_for_a_city_that_counts);
  return g_test_run ();
}
