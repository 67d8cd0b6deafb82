/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "await.h"
#include "fake-city.h"
#include "komek-delivery.h"
#include "komek-device-vault.h"
#include "komek-error.h"
#include "komek-number.h"
#include "komek-seal.h"
#include "safe-city.h"

#define NOW G_GINT64_CONSTANT (1790000000)
#define PHONE "+77010000000"

/* A hundredth of the usual. */
static const KomekDeliveryTimes hasty = {
  .backoff_base = 20,
  .backoff_cap = 60,
  .heartbeat = 60,
  .guard = 20,
  .outstanding = 10,
  .look = 50,
};

typedef struct
{
  FakeCity         *city;
  char             *folder;
  KomekClock       *clock;
  KomekVault       *vault;
  KomekMirror      *mirror;
  KomekOutboxStore *store;
  KomekDelivery    *delivery;
  KomekOutbox      *outbox; /* the same */
} Town;

static char *
in_folder (Town *town, const char *name)
{
  return g_build_filename (town->folder, name, NULL);
}

static void
open_outbox (Town *town)
{
  g_autofree char *path = in_folder (town, "outbox.db");
  g_autofree char *mirror = in_folder (town, "mirror.db");
  const KomekOutboxLimits limits = { .least_free = 1 };

  town->mirror = komek_mirror_new (mirror);
  town->store = komek_outbox_store_new (path, town->vault, &limits);
  town->delivery = komek_delivery_new (town->store, town->vault, town->mirror, town->clock, &hasty);
  town->outbox = KOMEK_OUTBOX (town->delivery);
}

/* What is on its way keeps them until it has ended. */
static void
close_outbox (Town *town)
{
  gpointer left[] = { town->delivery, town->store, town->mirror };

  g_object_run_dispose (left[0]);
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_object_add_weak_pointer (left[i], &left[i]);
      g_object_unref (left[i]);
    }
  while (left[0] || left[1] || left[2])
    g_main_context_iteration (NULL, TRUE);
}

static void
connect_city (Town *town)
{
  const KomekExchangeLimits limits = { .token_first = 10, .token_total = 15 };
  g_autoptr (KomekGeoReport) client = komek_geo_report_new_full (town->city->url, NULL, &limits);

  komek_delivery_connect (town->delivery, client);
}

static void
set_up (Town *town, gconstpointer unused)
{
  g_autofree char *key = NULL;

  town->folder = g_dir_make_tmp ("komek-delivery-XXXXXX", NULL);
  town->city = fake_city_new ("city-1", "1");
  fake_city_announce (town->city, ~0);
  town->clock = komek_clock_new_fixed (NOW);
  key = in_folder (town, "outbox.key");
  town->vault = komek_device_vault_new (key, NULL);
  open_outbox (town);
}

static void
tear_down (Town *town, gconstpointer unused)
{
  const char *argv[] = { "rm", "-rf", town->folder, NULL };

  close_outbox (town);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_object_unref (town->vault);
  g_object_unref (town->clock);
  g_free (town->folder);
  fake_city_free (town->city);
}

/* A city that takes the same key twice for two requests, and says so. */
static void
forget_keys (Town *town)
{
  town->city->abilities &= ~KOMEK_ABILITY_IDEMPOTENCY;
  fake_city_announce (town->city, town->city->abilities);
}

static KomekDraft *
make_draft (const char *text)
{
  KomekDraft *draft = komek_draft_new ();
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", "Яма", "Pothole");
  g_autoptr (KomekPlace) place = komek_place_new (51.1281743, 71.4304619, "Абай даңғылы, 5", NULL);
  g_autoptr (KomekService) service = komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = name, .needs_place = TRUE });

  komek_draft_set_service (draft, service);
  komek_draft_set_place (draft, place);
  komek_draft_set_landmark (draft, "дүкен жанында");
  komek_draft_set_text (draft, text);
  return draft;
}

static KomekReceipt *
submit (Town *town, const char *text)
{
  g_autoptr (KomekDraft) draft = make_draft (text);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekReceipt *receipt;

  komek_outbox_submit_async (town->outbox, draft, NULL, on_awaited, &result);
  receipt = komek_outbox_submit_finish (town->outbox, await (&result), &error);
  g_assert_no_error (error);
  return receipt;
}

static void
wait_for (KomekReceipt *receipt, KomekReceiptState state)
{
  while (komek_receipt_get_state (receipt) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_posts (Town *town, guint posts)
{
  while (fake_city_count (town->city, "POST requests") < posts)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_waiting (Town *town, guint waiting, guint parked)
{
  while (komek_outbox_get_waiting (town->outbox) != waiting
         || komek_outbox_get_parked (town->outbox) != parked)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_receipt_comes_without_a_line (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (town, "Аулада шұңқыр бар");
  g_autoptr (KomekReceipt) again = submit (town, "Аулада шам жанбайды");
  g_autoptr (KomekReceipt) found =
    komek_outbox_look_up (town->outbox, komek_receipt_get_local (receipt));

  g_assert_true (found == receipt);
  g_assert_true (komek_number_is_local (komek_receipt_get_local (receipt)));
  g_assert_cmpstr (komek_receipt_get_local (receipt), !=, komek_receipt_get_local (again));
  g_assert_cmpint (komek_receipt_get_state (receipt), ==, KOMEK_RECEIPT_WAITING);
  assert_waiting (town, 2, 0);
  g_assert_cmpint (komek_outbox_get_oldest (town->outbox), ==, NOW);
  connect_city (town);
  wait_for (again, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (town, 0, 0);
  g_assert_cmpstr (komek_receipt_get_number (receipt), ==, "F-1");
  g_assert_cmpstr (komek_receipt_get_number (again), ==, "F-2");
  g_assert_cmpint (komek_outbox_get_oldest (town->outbox), ==, 0);
}

static void
test_the_mirror_has_what_was_filed (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = NULL;
  g_autoptr (KomekRequest) request = NULL;

  connect_city (town);
  receipt = submit (town, "Аулада шұңқыр бар");
  while (!request)
    {
      g_autoptr (GAsyncResult) result = NULL;

      komek_feed_find_async (KOMEK_FEED (town->mirror), "F-1", NULL, on_awaited, &result);
      request = komek_feed_find_finish (KOMEK_FEED (town->mirror), await (&result), NULL);
    }
  g_assert_cmpstr (komek_request_peek (request)->text, ==, "Аулада шұңқыр бар");
  g_assert_cmpstr (komek_place_get_address (komek_request_get_place (request)), ==,
                   "Абай даңғылы, 5 · дүкен жанында");
}

static void
test_what_waits_outlives_the_program (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (town, "Аулада шұңқыр бар");
  g_autoptr (KomekReceipt) later = NULL;

  close_outbox (town);
  open_outbox (town);
  assert_waiting (town, 1, 0);
  connect_city (town);
  assert_waiting (town, 0, 0);
  later = submit (town, "Аулада шам жанбайды");
  wait_for (later, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpstr (komek_receipt_get_number (later), ==, "F-2");
}

/* The city knows whoever filed by their device, also when the program that filed is gone. */
static void
test_a_photo_says_whose_it_is_after_a_restart (Town *town, gconstpointer unused)
{
  static const char question[] = "POST requests/F-1/media.json";
  g_autoptr (KomekDraft) draft = make_draft ("Аулада шұңқыр");
  g_autoptr (GBytes) photo = g_bytes_new_static ("\xff\xd8\xff photo", 9);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekReceipt) receipt = NULL;

  komek_draft_add_photo (draft, photo);
  fake_city_say (town->city, question, 503, "application/json", "[]", FAKE_CITY_ANSWERS);
  komek_outbox_submit_async (town->outbox, draft, NULL, on_awaited, &result);
  receipt = komek_outbox_submit_finish (town->outbox, await (&result), NULL);
  g_clear_object (&result);
  connect_city (town);
  while (fake_city_count (town->city, question) == 0)
    g_main_context_iteration (NULL, TRUE);
  close_outbox (town);
  fake_city_say (town->city, question, 201, "application/json", "[{\"media_id\":\"1\"}]",
                 FAKE_CITY_ANSWERS);
  g_ptr_array_set_size (town->city->log, 0);
  open_outbox (town);
  connect_city (town);
  while (fake_city_count (town->city, question) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fake_city_count (town->city, "POST requests/F-1/media.json?device_id="), ==, 1);
  g_assert_cmpuint (fake_city_count (town->city, "POST requests.json"), ==, 0);
}

static void
test_an_incomplete_draft_goes_nowhere (Town *town, gconstpointer unused)
{
  g_autoptr (KomekDraft) draft = make_draft ("");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_outbox_submit_async (town->outbox, draft, NULL, on_awaited, &result);
  g_assert_null (komek_outbox_submit_finish (town->outbox, await (&result), &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE);
}

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
say (Town *town, gsize row)
{
  static const char *const questions[] = { "POST requests.json", "POST requests.xml" };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    fake_city_say (town->city, questions[i], table[row].status, table[row].type, table[row].body,
                   FAKE_CITY_ANSWERS);
}

static void
say_no_more (Town *town)
{
  fake_city_say (town->city, "POST requests.json", 0, NULL, NULL, FAKE_CITY_ANSWERS);
  fake_city_say (town->city, "POST requests.xml", 0, NULL, NULL, FAKE_CITY_ANSWERS);
}

static void
release (Town *town, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_release_async (town->outbox, key, NULL, on_awaited, &result);
  g_assert_true (komek_outbox_release_finish (town->outbox, await (&result), NULL));
}

/* Both set out again with the keys that they had, and are two requests. */
static void
assert_both_arrive (Town *town, KomekReceipt *first, KomekReceipt *second)
{
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (town, 0, 0);
  g_assert_cmpuint (town->city->requests->len, ==, 2);
}

static void
check_paused (Town *town)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) problem = NULL;
  gint64 beats;

  while (!(problem = komek_outbox_dup_problem (town->outbox)))
    g_main_context_iteration (NULL, TRUE);
  assert_waiting (town, 2, 0);
  let_pass (20);
  /* One try a beat, however slow this machine is. */
  beats = (g_get_monotonic_time () - start) / (hasty.heartbeat * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (fake_city_count (town->city, "POST"), <=, 3 + beats);
}

static void
test_does_what_an_answer_asks_for (Town *town, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr (KomekReceipt) first = submit (town, "Бірінші");
  g_autoptr (KomekReceipt) second = NULL;
  g_autoptr (GError) problem = NULL;

  say (town, row);
  connect_city (town);
  wait_for_posts (town, 1);
  second = submit (town, "Екінші");
  if (table[row].action == PAUSED)
    check_paused (town);
  else if (table[row].action == PARKED)
    assert_waiting (town, 0, 2);
  else
    wait_for_posts (town, 3);
  g_assert_null (komek_receipt_get_number (first));
  g_assert_true ((table[row].action == PARKED)
                 == (komek_receipt_get_state (first) == KOMEK_RECEIPT_PARKED));
  say_no_more (town);
  if (table[row].action == PARKED)
    release (town, NULL);
  assert_both_arrive (town, first, second);
  problem = komek_outbox_dup_problem (town->outbox);
  g_assert_no_error (problem);
}

static void
test_one_that_is_parked_holds_nobody_up (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = submit (town, "Бірінші");
  g_autoptr (KomekReceipt) second = NULL;

  say (town, G_N_ELEMENTS (table) - 1);
  connect_city (town);
  wait_for (first, KOMEK_RECEIPT_PARKED);
  say_no_more (town);
  second = submit (town, "Екінші");
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (town, 0, 1);
}

static void
test_an_answer_that_is_lost_files_once (Town *town, gconstpointer keyless)
{
  g_autoptr (KomekReceipt) receipt = submit (town, "Аулада шұңқыр бар");

  if (keyless)
    forget_keys (town);
  town->city->deaf = TRUE;
  connect_city (town);
  wait_for_posts (town, keyless ? 1 : 2);
  town->city->deaf = FALSE;
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpstr (komek_receipt_get_number (receipt), ==, "F-1");
  g_assert_cmpuint (town->city->requests->len, ==, 1);
  if (keyless)
    g_assert_cmpuint (fake_city_count (town->city, "POST requests"), ==, 1);
}

static void
test_a_city_without_keys_is_asked_after_a_restart (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (town, "Аулада шұңқыр бар");
  g_autoptr (KomekReceipt) other = NULL;

  forget_keys (town);
  town->city->deaf = TRUE;
  connect_city (town);
  wait_for_posts (town, 1);
  close_outbox (town);
  town->city->deaf = FALSE;
  open_outbox (town);
  connect_city (town);
  assert_waiting (town, 0, 0);
  g_assert_cmpuint (town->city->requests->len, ==, 1);
  other = submit (town, "Аулада шам жанбайды");
  wait_for (other, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpuint (town->city->requests->len, ==, 2);
}

/* The same words at the same place twice are two requests, if two people filed them. */
static void
test_a_city_without_keys_has_twins_apart (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = submit (town, "Аулада шұңқыр бар");
  g_autoptr (KomekReceipt) second = NULL;

  forget_keys (town);
  connect_city (town);
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (town, 0, 0);
  town->city->deaf = TRUE;
  second = submit (town, "Аулада шұңқыр бар");
  wait_for_posts (town, 2);
  town->city->deaf = FALSE;
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpstr (komek_receipt_get_number (first), !=, komek_receipt_get_number (second));
  g_assert_cmpuint (town->city->requests->len, ==, 2);
}

static KomekReceipt *
submit_with_photo (Town *town)
{
  g_autoptr (KomekDraft) draft = make_draft ("Аулада шұңқыр");
  g_autoptr (GBytes) photo = g_bytes_new_static ("\xff\xd8\xff photo", 9);
  g_autoptr (GAsyncResult) result = NULL;

  komek_draft_add_photo (draft, photo);
  komek_outbox_submit_async (town->outbox, draft, NULL, on_awaited, &result);
  return komek_outbox_submit_finish (town->outbox, await (&result), NULL);
}

static void
assert_held (Town *town, guint held)
{
  while (komek_outbox_get_held (town->outbox) != held)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_photos (Town *town)
{
  return fake_city_count (town->city, "POST requests/F-1/media.json");
}

/* The request is at the city, and counts as that; its photos are told apart and come later. */
static void
test_photos_wait_for_a_city_that_takes_some (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit_with_photo (town);
  g_autoptr (KomekReceipt) next = NULL;

  fake_city_announce (town->city, town->city->abilities & ~KOMEK_ABILITY_MEDIA);
  connect_city (town);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  assert_held (town, 1);
  assert_waiting (town, 0, 0);
  g_assert_cmpint (komek_outbox_get_oldest (town->outbox), ==, 0);
  next = submit (town, "Тағы біреу");
  wait_for (next, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpuint (count_photos (town), ==, 0);

  fake_city_announce (town->city, town->city->abilities | KOMEK_ABILITY_MEDIA);
  connect_city (town);
  assert_held (town, 0);
  while (count_photos (town) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (town->city->requests->len, ==, 2);
}

static const guint refusals[] = { 404, 405, 410 };

/* A city may lose that ability between two words; filing goes on as ever. */
static void
test_photos_that_are_refused_pause_nobody (Town *town, gconstpointer status)
{
  static const char question[] = "POST requests/F-1/media.json";
  g_autoptr (KomekReceipt) receipt = submit_with_photo (town);
  g_autoptr (KomekReceipt) next = NULL;
  g_autoptr (GError) problem = NULL;

  fake_city_say (town->city, question, *(const guint *) status, "application/json", "[]",
                 FAKE_CITY_ANSWERS);
  connect_city (town);
  assert_held (town, 1);
  next = submit (town, "Тағы біреу");
  wait_for (next, KOMEK_RECEIPT_DELIVERED);
  problem = komek_outbox_dup_problem (town->outbox);
  g_assert_no_error (problem);

  fake_city_say (town->city, question, 201, "application/json", "[{\"media_id\":\"1\"}]",
                 FAKE_CITY_ANSWERS);
  release (town, komek_receipt_get_key (receipt));
  while (count_photos (town) < 2)
    g_main_context_iteration (NULL, TRUE);
  assert_held (town, 0);
}

static GPtrArray *
list_pending (Town *town)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *pending;

  komek_outbox_list_async (town->outbox, NULL, on_awaited, &result);
  pending = komek_outbox_list_finish (town->outbox, await (&result), &error);
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
test_staff_see_what_has_not_arrived (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) waiting = NULL;
  g_autoptr (KomekReceipt) parked = submit (town, "Бірінші");
  g_autoptr (GPtrArray) pending = NULL;
  const KomekPendingFields *fields;

  fake_city_say (town->city, "POST requests.json", 400, "application/json",
                 "[{\"code\":400,\"description\":\"The text is too rude\"}]", FAKE_CITY_ANSWERS);
  connect_city (town);
  wait_for (parked, KOMEK_RECEIPT_PARKED);
  fake_city_say (town->city, "POST requests.json", 503, "text/plain", "-", FAKE_CITY_ANSWERS);
  waiting = submit (town, "Екінші");
  assert_waiting (town, 1, 1);
  pending = list_pending (town);
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
test_one_is_sent_again_and_parked_again (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = submit (town, "Бірінші");
  g_autoptr (KomekReceipt) second = submit (town, "Екінші");

  say (town, G_N_ELEMENTS (table) - 1);
  connect_city (town);
  assert_waiting (town, 0, 2);
  for (guint i = 0; i < 3; i++)
    {
      release (town, komek_receipt_get_key (second));
      wait_for_posts (town, 3 + i);
      wait_for (second, KOMEK_RECEIPT_PARKED);
      assert_waiting (town, 0, 2);
    }
  say_no_more (town);
  release (town, komek_receipt_get_key (second));
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  assert_waiting (town, 0, 1);
  g_assert_cmpint (komek_receipt_get_state (first), ==, KOMEK_RECEIPT_PARKED);
}

static void
test_a_token_is_asked_for_until_the_number_is_there (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = NULL;

  town->city->batch = TRUE;
  town->city->slowness = 2;
  connect_city (town);
  receipt = submit (town, "Аулада шұңқыр бар");
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpstr (komek_receipt_get_number (receipt), ==, "F-1");
  g_assert_cmpuint (fake_city_count (town->city, "POST requests"), ==, 1);
}

/* Where the city has one in the order of its numbers. */
static guint
find_place (Town *town, const char *text)
{
  for (guint i = 0; i < town->city->requests->len; i++)
    if (g_str_equal (komek_request_peek (town->city->requests->pdata[i])->text, text))
      return i;
  g_assert_not_reached ();
}

/* Whatever the clock says when something is handed in. Those that are on their way at once may
 * overtake each other, by no more than there are. */
static void
test_goes_by_the_order_of_handing_in (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) last = NULL;

  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *text = g_strdup_printf ("Өтініш %02u", i);

      komek_clock_advance (town->clock, i % 2 ? -4000 : 3900);
      g_clear_object (&last);
      last = submit (town, text);
    }
  connect_city (town);
  assert_waiting (town, 0, 0);
  g_assert_cmpuint (town->city->requests->len, ==, 24);
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *text = g_strdup_printf ("Өтініш %02u", i);

      g_assert_cmpint (ABS ((int) find_place (town, text) - (int) i), <, 4);
    }
}

/* One at first; once the city has answered, four at once and no more. */
static void
test_four_are_on_their_way_at_once (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = NULL;

  connect_city (town);
  first = submit (town, "Бірінші");
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  fake_city_say (town->city, "POST requests.json", 201, "application/json", "[{}]",
                 FAKE_CITY_DAWDLES);
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (KomekReceipt) receipt = submit (town, "Тағы біреу");
    }
  wait_for_posts (town, 5);
  let_pass (100);
  g_assert_cmpuint (fake_city_count (town->city, "POST requests"), ==, 5);
}

static void
test_waits_as_long_as_the_city_says (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (town, "Аулада шұңқыр бар");
  gint64 start = g_get_monotonic_time ();

  fake_city_say (town->city, "POST requests.json", 503, "text/plain", "-", FAKE_CITY_ANSWERS);
  fake_city_say_header (town->city, "POST requests.json", "Retry-After", "1");
  connect_city (town);
  wait_for_posts (town, 1);
  say_no_more (town);
  komek_delivery_nudge (town->delivery);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpint (g_get_monotonic_time () - start, >, G_TIME_SPAN_SECOND);
}

static void
test_three_days_are_an_alarm (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (town, "Аулада шұңқыр бар");

  assert_waiting (town, 1, 0);
  komek_clock_advance (town->clock, 72 * 3600 - 60);
  let_pass (120);
  g_assert_false (komek_outbox_is_overdue (town->outbox));
  g_test_expect_message ("komek-sync", G_LOG_LEVEL_MESSAGE, "ALARM: item 1 *72 hours");
  komek_clock_advance (town->clock, 120);
  while (!komek_outbox_is_overdue (town->outbox))
    g_main_context_iteration (NULL, TRUE);
  g_test_assert_expected_messages ();
  connect_city (town);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  while (komek_outbox_is_overdue (town->outbox))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_receipt_has_the_time_of_the_city (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) first = submit (town, "Бірінші");
  g_autoptr (KomekReceipt) second = NULL;

  g_assert_cmpint (komek_receipt_get_time (first), ==, NOW);
  connect_city (town);
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  second = submit (town, "Екінші");
  g_assert_cmpint (ABS (komek_receipt_get_time (second) - g_get_real_time () / G_USEC_PER_SEC), <,
                   60);
}

/* Another program with the same files; only one delivers, and each hears of its own. */
static void
test_two_programs_share_an_outbox (Town *town, gconstpointer unused)
{
  Town other = *town;
  g_autoptr (KomekReceipt) here = NULL;
  g_autoptr (KomekReceipt) there = NULL;

  assert_waiting (town, 0, 0);
  open_outbox (&other);
  connect_city (town);
  connect_city (&other);
  here = submit (town, "Осында");
  there = submit (&other, "Анда");
  wait_for (here, KOMEK_RECEIPT_DELIVERED);
  wait_for (there, KOMEK_RECEIPT_DELIVERED);
  g_assert_cmpuint (town->city->requests->len, ==, 2);
  g_assert_cmpuint (fake_city_count (town->city, "POST requests"), ==, 2);
  close_outbox (&other);
}

static char *
find_field (const char *form, const char *name)
{
  g_autoptr (GHashTable) fields = g_uri_parse_params (form, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);

  return g_strdup (g_hash_table_lookup (fields, name));
}

static gboolean
support (Town *town, const char *number, guint *supporters, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_support_async (town->outbox, number, NULL, on_awaited, &result);
  return komek_outbox_support_finish (town->outbox, await (&result), supporters, error);
}

/* With the name of the device, so that the city counts it once. */
static void
test_a_request_is_supported (Town *town, gconstpointer unused)
{
  g_autoptr (KomekReceipt) receipt = submit (town, "Аулада шұңқыр бар");
  g_autoptr (GError) error = NULL;
  g_autofree char *device = NULL;
  guint supporters = 0;

  fake_city_say (town->city, "POST requests/F-1/votes.json", 200, "application/json",
                 "[{\"service_request_id\":\"F-1\",\"votes\":12}]", FAKE_CITY_ANSWERS);
  connect_city (town);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  g_assert_true (support (town, "F-1", &supporters, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (supporters, ==, 12);
  device = find_field (town->city->bodies->pdata[town->city->bodies->len - 1], "device_id");
  g_assert_true (g_uuid_string_is_valid (device));
}

static void
test_support_without_a_line_is_told (Town *town, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  guint supporters = 0;

  g_assert_false (support (town, "F-1", &supporters, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE);
  fake_city_say (town->city, "POST requests/F-1/votes.json", 410, "application/json",
                 "[{\"code\":410,\"description\":\"Withdrawn\"}]", FAKE_CITY_ANSWERS);
  connect_city (town);
  g_assert_false (support (town, "F-1", &supporters, &refusal));
  g_assert_nonnull (refusal);
}

/* The certificate of somebody else, one that is over, one of nobody that we know: the citizen's
 * words go to none of them, and to the city once it is itself again. */
typedef struct
{
  const char *name, *certificate;
  gboolean    trusted;
  KomekCause  cause;
} Stranger;

static const Stranger strangers[] = {
  { "wrong-name", "stranger.pem", TRUE, KOMEK_CAUSE_STRANGER },
  { "expired", "expired.pem", TRUE, KOMEK_CAUSE_CLOCK },
  { "not-valid-yet", "early.pem", TRUE, KOMEK_CAUSE_CLOCK },
  { "unknown-authority", "good.pem", FALSE, KOMEK_CAUSE_UNTRUSTED },
};

static void
connect_safely (Town *town, SafeCity *city, gboolean trusting)
{
  const KomekExchangeLimits limits = { .total = 2000, .connect = 1000 };
  g_autoptr (SoupSession) session = safe_city_make_session (trusting);
  g_autoptr (KomekGeoReport) client = komek_geo_report_new_full (city->url, session, &limits);

  komek_delivery_connect (town->delivery, client);
}

static void
wait_for_problem (Town *town, gboolean there)
{
  g_autoptr (GError) problem = komek_outbox_dup_problem (town->outbox);

  while ((problem != NULL) != there)
    {
      g_main_context_iteration (NULL, TRUE);
      g_clear_error (&problem);
      problem = komek_outbox_dup_problem (town->outbox);
    }
}

static void
test_nothing_goes_to_a_stranger (Town *town, gconstpointer data)
{
  const Stranger *stranger = data;
  SafeCity *city = safe_city_new (stranger->certificate);
  g_autoptr (KomekReceipt) receipt = submit (town, "Аулада шұңқыр бар");
  g_autoptr (GError) problem = NULL;

  connect_safely (town, city, stranger->trusted);
  wait_for_problem (town, TRUE);
  problem = komek_outbox_dup_problem (town->outbox);
  g_assert_cmpint (komek_error_get_cause (problem), ==, stranger->cause);
  let_pass (100);
  g_assert_cmpuint (city->filed, ==, 0);
  g_assert_cmpint (komek_receipt_get_state (receipt), ==, KOMEK_RECEIPT_WAITING);
  safe_city_change (city, "good.pem");
  if (!stranger->trusted)
    connect_safely (town, city, TRUE);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  wait_for_problem (town, FALSE);
  g_assert_cmpuint (city->filed, ==, 1);
  safe_city_free (city);
}

/* While the queue is being sent: it pauses and says so, and goes on by itself. */
static void
test_a_city_may_turn_into_a_stranger (Town *town, gconstpointer data)
{
  const Stranger *stranger = data;
  SafeCity *city = safe_city_new ("good.pem");
  g_autoptr (KomekReceipt) first = submit (town, "Бірінші");
  g_autoptr (KomekReceipt) second = NULL;

  connect_safely (town, city, TRUE);
  wait_for (first, KOMEK_RECEIPT_DELIVERED);
  safe_city_change (city, stranger->certificate);
  second = submit (town, "Екінші");
  wait_for_problem (town, TRUE);
  assert_waiting (town, 1, 0);
  g_assert_cmpuint (city->filed, ==, 1);
  safe_city_change (city, "good.pem");
  wait_for (second, KOMEK_RECEIPT_DELIVERED);
  wait_for_problem (town, FALSE);
  g_assert_cmpuint (city->filed, ==, 2);
  safe_city_free (city);
}

static void
put_card (Town *town, const char *seal_key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekLabel) name = komek_label_new ("Қала", NULL, NULL);
  g_autoptr (KomekCity) card = komek_city_new (&(KomekCityFields) { .id = "city-1", .name = name,
                                                                    .seal_key = seal_key });
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  komek_mirror_put_city_async (town->mirror, card, none, NULL, on_awaited, &result);
  g_assert_true (komek_mirror_write_finish (town->mirror, await (&result), NULL));
}

static char *
file_draft (Town *town, KomekDraft *draft, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekReceipt) receipt = NULL;
  const char *form = NULL;

  komek_outbox_submit_async (town->outbox, draft, NULL, on_awaited, &result);
  receipt = komek_outbox_submit_finish (town->outbox, await (&result), NULL);
  connect_city (town);
  wait_for (receipt, KOMEK_RECEIPT_DELIVERED);
  for (guint i = 0; i < town->city->log->len; i++)
    if (g_str_has_prefix (town->city->log->pdata[i], "POST requests"))
      form = town->city->bodies->pdata[i];
  return find_field (form, name);
}

static char *
file_with_contact (Town *town, const char *name)
{
  g_autoptr (KomekDraft) draft = make_draft ("Аулада шұңқыр бар");
  g_autoptr (KomekContact) contact = komek_contact_new ("Әсел", PHONE, NULL);

  komek_draft_set_contact (draft, contact);
  return file_draft (town, draft, name);
}

/* Though only one of it was chosen. */
static void
test_a_list_goes_as_a_list (Town *town, gconstpointer unused)
{
  g_autoptr (KomekDraft) draft = make_draft ("Аулада шұңқыр бар");
  g_autoptr (KomekLabel) label = komek_label_new ("Кімді көрдіңіз?", NULL, NULL);
  g_autoptr (KomekAttribute) attribute =
    komek_attribute_new ("kind", KOMEK_ATTRIBUTE_MULTI_VALUE_LIST, TRUE, TRUE, label);
  g_autoptr (GPtrArray) attributes = g_ptr_array_new ();
  g_autofree char *value = NULL;

  komek_attribute_add_value (attribute, "rats", label);
  g_ptr_array_add (attributes, attribute);
  komek_draft_set_attributes (draft, attributes);
  komek_draft_set_answer (draft, "kind", (const char *[]) { "rats", NULL });
  value = file_draft (town, draft, "attribute[kind][]");
  g_assert_cmpstr (value, ==, "rats");
}

static void
test_a_contact_is_sealed_where_the_city_has_a_key (Town *town, gconstpointer unused)
{
  g_autofree char *public_key = NULL;
  g_autofree char *secret_key = NULL;
  g_autofree char *sealed = NULL;
  g_autofree char *contact = NULL;

  g_assert_true (komek_seal_make_pair (&public_key, &secret_key, NULL));
  put_card (town, public_key);
  sealed = file_with_contact (town, "sealed_contact");
  contact = komek_seal_open (sealed, secret_key, NULL);
  g_assert_cmpstr (contact, ==, "name=%D3%98%D1%81%D0%B5%D0%BB&phone=%2B77010000000");
}

static void
test_a_contact_goes_in_fields_where_it_has_none (Town *town, gconstpointer unused)
{
  g_autofree char *phone = file_with_contact (town, "phone");

  g_assert_cmpstr (phone, ==, PHONE);
}

static void
test_a_full_disk_is_told_before_the_first_question (Town *town, gconstpointer unused)
{
  g_autoptr (GAsyncResult) good = NULL;
  g_autoptr (GAsyncResult) bad = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = in_folder (town, "other.db");
  const KomekOutboxLimits limits = { .least_free = G_MAXINT64 };
  g_autoptr (KomekOutboxStore) store = komek_outbox_store_new (path, town->vault, &limits);
  g_autoptr (KomekDelivery) full =
    komek_delivery_new (store, town->vault, NULL, town->clock, &hasty);

  komek_outbox_prepare_async (town->outbox, NULL, on_awaited, &good);
  g_assert_true (komek_outbox_prepare_finish (town->outbox, await (&good), NULL));
  g_assert_true (g_task_get_source_object (G_TASK (good)) == town->outbox);
  komek_outbox_prepare_async (KOMEK_OUTBOX (full), NULL, on_awaited, &bad);
  g_assert_false (komek_outbox_prepare_finish (KOMEK_OUTBOX (full), await (&bad), &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  g_object_run_dispose (G_OBJECT (full));
}

#define ADD(path, function) g_test_add ("/delivery/" path, Town, NULL, set_up, function, tear_down)

static void
add_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *path = g_strdup_printf ("/delivery/does-what-an-answer-asks-for/%s",
                                               table[i].name);

      g_test_add (path, Town, GSIZE_TO_POINTER (i), set_up, test_does_what_an_answer_asks_for,
                  tear_down);
    }
}

static void
add_strangers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *from_the_start =
        g_strdup_printf ("/delivery/nothing-goes-to-a-stranger/%s", strangers[i].name);
      g_autofree char *later =
        g_strdup_printf ("/delivery/a-city-may-turn-into-a-stranger/%s", strangers[i].name);

      g_test_add (from_the_start, Town, &strangers[i], set_up, test_nothing_goes_to_a_stranger,
                  tear_down);
      if (strangers[i].trusted)
        g_test_add (later, Town, &strangers[i], set_up, test_a_city_may_turn_into_a_stranger,
                    tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_strangers ();
  ADD ("a-receipt-comes-without-a-line", test_a_receipt_comes_without_a_line);
  ADD ("the-mirror-has-what-was-filed", test_the_mirror_has_what_was_filed);
  ADD ("what-waits-outlives-the-program", test_what_waits_outlives_the_program);
  ADD ("a-photo-says-whose-it-is-after-a-restart", test_a_photo_says_whose_it_is_after_a_restart);
  ADD ("an-incomplete-draft-goes-nowhere", test_an_incomplete_draft_goes_nowhere);
  add_table ();
  ADD ("one-that-is-parked-holds-nobody-up", test_one_that_is_parked_holds_nobody_up);
  g_test_add ("/delivery/an-answer-that-is-lost-files-once/by-its-key", Town, NULL, set_up,
              test_an_answer_that_is_lost_files_once, tear_down);
  g_test_add ("/delivery/an-answer-that-is-lost-files-once/by-looking", Town, "keyless", set_up,
              test_an_answer_that_is_lost_files_once, tear_down);
  ADD ("a-city-without-keys-is-asked-after-a-restart",
       test_a_city_without_keys_is_asked_after_a_restart);
  ADD ("a-city-without-keys-has-twins-apart", test_a_city_without_keys_has_twins_apart);
  ADD ("photos-wait-for-a-city-that-takes-some", test_photos_wait_for_a_city_that_takes_some);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/delivery/photos-that-are-refused-pause-nobody/%u", refusals[i]);

      g_test_add (path, Town, &refusals[i], set_up, test_photos_that_are_refused_pause_nobody,
                  tear_down);
    }
  ADD ("staff-see-what-has-not-arrived", test_staff_see_what_has_not_arrived);
  ADD ("one-is-sent-again-and-parked-again", test_one_is_sent_again_and_parked_again);
  ADD ("a-request-is-supported", test_a_request_is_supported);
  ADD ("support-without-a-line-is-told", test_support_without_a_line_is_told);
  ADD ("a-token-is-asked-for-until-the-number-is-there",
       test_a_token_is_asked_for_until_the_number_is_there);
  ADD ("goes-by-the-order-of-handing-in", test_goes_by_the_order_of_handing_in);
  ADD ("four-are-on-their-way-at-once", test_four_are_on_their_way_at_once);
  ADD ("waits-as-long-as-the-city-says", test_waits_as_long_as_the_city_says);
  ADD ("three-days-are-an-alarm", test_three_days_are_an_alarm);
  ADD ("a-receipt-has-the-time-of-the-city", test_a_receipt_has_the_time_of_the_city);
  ADD ("two-programs-share-an-outbox", test_two_programs_share_an_outbox);
  ADD ("a-contact-is-sealed-where-the-city-has-a-key",
       test_a_contact_is_sealed_where_the_city_has_a_key);
  ADD ("a-contact-goes-in-fields-where-it-has-none",
       test_a_contact_goes_in_fields_where_it_has_none);
  ADD ("a-list-goes-as-a-list", test_a_list_goes_as_a_list);
  ADD ("a-full-disk-is-told-before-the-first-question",
       test_a_full_disk_is_told_before_the_first_question);
  return g_test_run ();
}
