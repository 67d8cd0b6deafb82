/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-number.h"
#include "komek-refusal.h"
#include "storage-desk.h"
#include "storage-tests.h"

/* Filing: numbers, keys, tokens, and what comes back of it. */

static void
test_everything_comes_back (Desk *self, gconstpointer data)
{
  static const char *const attributes[] = { "depth", "20 cm", "lane", "1", "lane", "2", NULL };
  KomekRecord record = desk_write_form ("Яма на дороге", 0);
  g_autofree char *number = NULL;
  g_autofree char *contact = NULL;
  g_autoptr (GDateTime) day = g_date_time_new (self->zone, 2026, 11, 22, 12, 0, 0);
  g_autofree char *first = komek_number_format (day, 0);
  g_auto (Kept) kept = { 0 };

  record.attributes = attributes;
  record.contact = "c2VhbGVk";
  record.supporters = 3;
  number = desk_file (self, &record);
  g_assert_cmpstr (number, ==, first);
  desk_get (self, number, &kept);
  g_assert_cmpstr (kept.text, ==, record.text);
  g_assert_cmpstr (kept.address, ==, record.address);
  g_assert_cmpstr (kept.service, ==, record.service);
  g_assert_cmpstr (kept.district, ==, record.district);
  g_assert_cmpstr (kept.agency, ==, record.agency);
  g_assert_cmpint (kept.status, ==, KOMEK_STATUS_NEW);
  g_assert_cmpfloat (kept.latitude, ==, record.latitude);
  g_assert_cmpfloat (kept.longitude, ==, record.longitude);
  g_assert_cmpint (kept.requested, ==, NOON);
  g_assert_cmpint (kept.updated, ==, NOON);
  g_assert_cmpint (kept.due, ==, NOON + 86400);
  g_assert_cmpuint (kept.supporters, ==, 3);
  g_assert_cmpuint (kept.photos, ==, 0);
  g_assert_true (g_strv_equal ((const char *const *) kept.attributes, attributes));
  g_assert_true (komek_storage_find_contact (self->storage, number, &contact, NULL));
  g_assert_cmpstr (contact, ==, "c2VhbGVk");
}

static void
test_a_place_without_a_point_stays_one (Desk *self, gconstpointer data)
{
  KomekRecord record = desk_write_form ("Нет света", 0);
  g_autofree char *number = NULL;
  g_auto (Kept) kept = { 0 };

  record.latitude = record.longitude = NAN;
  number = desk_file (self, &record);
  desk_get (self, number, &kept);
  g_assert_true (isnan (kept.latitude) && isnan (kept.longitude));
}

static KomekRegistration *
file_keyed (Desk *self, const char *client, const char *key, const char *fingerprint,
            GError **error)
{
  KomekRecord record = desk_write_form ("Яма", 0);

  record.client = client;
  record.key = key;
  record.fingerprint = fingerprint;
  return komek_storage_file (self->storage, &record, self->zone, error);
}

static void
test_a_key_is_registered_once (Desk *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRegistration) first = file_keyed (self, "kiosk-1", "key-0001", "aa", &error);
  g_autoptr (KomekRegistration) again = file_keyed (self, "kiosk-1", "key-0001", "aa", &error);
  g_autoptr (KomekRegistration) other = file_keyed (self, "kiosk-2", "key-0001", "aa", &error);
  g_autoptr (KomekRegistration) changed = NULL;

  g_assert_no_error (error);
  g_assert_false (first->replayed);
  g_assert_true (again->replayed);
  g_assert_cmpstr (again->number, ==, first->number);
  g_assert_false (other->replayed);
  g_assert_cmpstr (other->number, !=, first->number);
  changed = file_keyed (self, "kiosk-1", "key-0001", "bb", &error);
  g_assert_null (changed);
  g_assert_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED);
  LISTS (self, Q (.offset = 0), other->number, first->number);
}

static void
test_without_a_fingerprint_the_words_are_compared (Desk *self, gconstpointer data)
{
  KomekRecord record = desk_write_form ("Яма", 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  record.key = "key-0001";
  first = desk_file (self, &record);
  again = desk_file (self, &record);
  g_assert_cmpstr (again, ==, first);
  record.text = "Другая яма";
  g_assert_null (komek_storage_file (self->storage, &record, self->zone, &error));
  g_assert_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED);
}

#define N_WRITERS 8
#define N_EACH 40

static gpointer
file_many (gpointer data)
{
  Desk *self = data;
  GPtrArray *numbers = g_ptr_array_new ();

  for (guint i = 0; i < N_EACH; i++)
    g_ptr_array_add (numbers, desk_file_text (self, "Яма", i));
  return numbers;
}

/* Many at once get all the numbers of the day from the first on, each once. */
static void
test_numbers_of_a_day_have_no_gaps (Desk *self, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDateTime) day = g_date_time_new (self->zone, 2026, 11, 22, 12, 0, 0);
  GThread *threads[N_WRITERS];

  for (guint i = 0; i < N_WRITERS; i++)
    threads[i] = g_thread_new ("writer", file_many, self);
  for (guint i = 0; i < N_WRITERS; i++)
    {
      g_autoptr (GPtrArray) numbers = g_thread_join (threads[i]);

      for (guint j = 0; j < numbers->len; j++)
        g_assert_true (g_hash_table_add (seen, numbers->pdata[j]));
    }
  for (guint i = 0; i < N_WRITERS * N_EACH; i++)
    {
      g_autofree char *number = komek_number_format (day, i);

      g_assert_true (g_hash_table_contains (seen, number));
    }
}

static gpointer
file_one (gpointer data)
{
  g_autoptr (GError) error = NULL;
  KomekRegistration *registration = file_keyed (data, "kiosk-1", "key-0001", "aa", &error);

  g_assert_no_error (error);
  return registration;
}

/* While somebody else holds the database, the first filing runs; only then is it done. */
static void
test_a_running_key_is_told_to_come_again (Desk *self, gconstpointer data)
{
  gpointer hold = place_hold (self->place);
  GThread *thread = g_thread_new ("first", file_one, self);
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRegistration) first = NULL;
  g_autoptr (KomekRegistration) again = NULL;

  for (guint i = 0; i < 500 && !error; i++)
    {
      g_autoptr (KomekRegistration) none = NULL;

      g_usleep (2000);
      if (i > 20)
        none = file_keyed (self, "kiosk-1", "key-0001", "aa", &error);
      g_assert_null (none);
    }
  g_assert_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_RUNNING);
  place_let_go (self->place, hold);
  first = g_thread_join (thread);
  g_clear_error (&error);
  again = file_keyed (self, "kiosk-1", "key-0001", "aa", &error);
  g_assert_no_error (error);
  g_assert_true (again->replayed);
  g_assert_cmpstr (again->number, ==, first->number);
}

static KomekRegistration *
look_up (Desk *self, const KomekLookUp *what)
{
  KomekRegistration *found = NULL;
  g_autoptr (GError) error = NULL;

  komek_storage_look_up (self->storage, what, &found, &error);
  g_assert_no_error (error);
  return found;
}

static void
test_a_token_becomes_a_number (Desk *self, gconstpointer data)
{
  KomekRecord record = desk_write_form ("Яма на Абая", 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRegistration) first = NULL;
  g_autoptr (KomekRegistration) again = NULL;
  g_autoptr (KomekRegistration) waiting = NULL;
  g_autoptr (KomekRegistration) settled = NULL;
  g_autoptr (KomekRegistration) numbered = NULL;
  g_auto (Kept) kept = { 0 };
  guint n;

  record.client = "kiosk-1";
  record.key = "key-0001";
  record.fingerprint = "aa";
  record.contact = "c2VhbGVk";
  first = komek_storage_file_later (self->storage, &record, &error);
  g_assert_no_error (error);
  g_assert_null (first->number);
  g_assert_nonnull (first->token);
  again = komek_storage_file_later (self->storage, &record, &error);
  g_assert_no_error (error);
  g_assert_true (again->replayed);
  g_assert_cmpstr (again->token, ==, first->token);
  waiting = look_up (self, &(KomekLookUp) { .token = first->token });
  g_assert_null (waiting->number);
  {
    g_autoptr (GPtrArray) none = desk_list (self, &(KomekQuery) { .limit = 10 });

    g_assert_cmpuint (none->len, ==, 0);
  }

  g_assert_true (komek_storage_settle (self->storage, self->zone, 10, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  settled = look_up (self, &(KomekLookUp) { .token = first->token });
  g_assert_nonnull (settled->number);
  desk_get (self, settled->number, &kept);
  g_assert_cmpstr (kept.text, ==, "Яма на Абая");
  g_assert_cmpint (kept.requested, ==, NOON + 7);
  numbered = komek_storage_file_later (self->storage, &record, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (numbered->number, ==, settled->number);
  g_assert_true (komek_storage_settle (self->storage, self->zone, 10, &n, &error));
  g_assert_cmpuint (n, ==, 0);
}

static void
test_tokens_are_settled_in_their_order (Desk *self, gconstpointer data)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *before = g_strdup ("");
  guint n, total = 0;

  for (guint i = 0; i < 25; i++)
    {
      KomekRecord record = desk_write_form ("Яма", i);
      g_autoptr (KomekRegistration) one = komek_storage_file_later (self->storage, &record, NULL);

      g_ptr_array_add (tokens, g_strdup (one->token));
    }
  do
    {
      g_assert_true (komek_storage_settle (self->storage, self->zone, 10, &n, NULL));
      g_assert_cmpuint (n, <=, 10);
      total += n;
    }
  while (n > 0);
  g_assert_cmpuint (total, ==, 25);
  for (guint i = 0; i < tokens->len; i++)
    {
      g_autoptr (KomekRegistration) one = look_up (self, &(KomekLookUp) { tokens->pdata[i] });

      g_assert_cmpstr (one->number, >, before);
      g_free (before);
      before = g_strdup (one->number);
    }
}

static void
test_keys_and_local_numbers_lead_to_numbers (Desk *self, gconstpointer data)
{
  KomekRecord record = desk_write_form ("Яма", 0);
  g_autoptr (KomekRegistration) by_local = NULL;
  g_autoptr (KomekRegistration) by_key = NULL;
  g_autoptr (KomekRegistration) by_others_key = NULL;
  g_autoptr (KomekRegistration) unknown = NULL;
  g_autofree char *number = NULL;

  record.client = "kiosk-1";
  record.key = "key-0001";
  record.local_number = "012345-678-901";
  number = desk_file (self, &record);
  by_local = look_up (self, &(KomekLookUp) { .local_number = "012345-678-901" });
  g_assert_cmpstr (by_local->number, ==, number);
  by_key = look_up (self, &(KomekLookUp) { .client = "kiosk-1", .key = "key-0001" });
  g_assert_cmpstr (by_key->number, ==, number);
  by_others_key = look_up (self, &(KomekLookUp) { .client = "kiosk-2", .key = "key-0001" });
  g_assert_null (by_others_key);
  unknown = look_up (self, &(KomekLookUp) { .local_number = "012345-678-902" });
  g_assert_null (unknown);
}

#define ADD(path, test) \
  g_test_add ("/city/storage/" path, Desk, NULL, desk_set_up, test, desk_tear_down)

void
add_storage_filing (void)
{
  ADD ("everything-comes-back", test_everything_comes_back);
  ADD ("a-place-without-a-point-stays-one", test_a_place_without_a_point_stays_one);
  ADD ("a-key-is-registered-once", test_a_key_is_registered_once);
  ADD ("without-a-fingerprint-the-words-are-compared",
       test_without_a_fingerprint_the_words_are_compared);
  ADD ("numbers-of-a-day-have-no-gaps", test_numbers_of_a_day_have_no_gaps);
  ADD ("a-running-key-is-told-to-come-again", test_a_running_key_is_told_to_come_again);
  ADD ("a-token-becomes-a-number", test_a_token_becomes_a_number);
  ADD ("tokens-are-settled-in-their-order", test_tokens_are_settled_in_their_order);
  ADD ("keys-and-local-numbers-lead-to-numbers", test_keys_and_local_numbers_lead_to_numbers);
}
