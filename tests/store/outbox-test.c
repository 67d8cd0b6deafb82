/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "await.h"
#include "komek-error.h"
#include "komek-number.h"
#include "outbox-device.h"

/* How many are there with what was written, not as a tombstone alone. */
#define FULL "SELECT count(*) FROM item WHERE payload IS NOT NULL"

static gboolean
holds (const char *path, const char *needle)
{
  g_autofree char *contents = NULL;
  gsize length;

  return g_file_get_contents (path, &contents, &length, NULL)
         && memmem (contents, length, needle, strlen (needle)) != NULL;
}

/* Whether any file of the device has it, however deep. */
static gboolean
is_on_disk (const char *folder, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while (dir && !found && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      found = g_file_test (path, G_FILE_TEST_IS_DIR) ? is_on_disk (path, needle)
                                                     : holds (path, needle);
    }
  return found;
}

static void
test_gives_back_what_was_kept (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autoptr (KomekFiling) filing = NULL;
  const KomekFilingFields *fields;
  char **values;

  device_close (device);
  device_open (device);
  filing = device_begin (device, item->sequence, NULL);
  fields = komek_filing_peek (filing);
  values = g_hash_table_lookup (fields->answers, "depth");
  g_assert_true (komek_number_is_local (item->local));
  g_assert_cmpstr (fields->key, ==, item->key);
  g_assert_cmpstr (fields->local, ==, item->local);
  g_assert_cmpstr (fields->text, ==, TEXT);
  g_assert_cmpstr (fields->service, ==, "ROA.hole");
  g_assert_cmpint (fields->language, ==, KOMEK_LANGUAGE_RUSSIAN);
  g_assert_cmpint (fields->time, ==, NOW);
  g_assert_cmpstr (komek_place_get_district (fields->place), ==, "esil");
  g_assert_cmpstr (komek_contact_get_phone (fields->contact), ==, "+7 701 000 00 00");
  g_assert_cmpuint (g_strv_length (values), ==, 2);
  g_assert_true (g_uuid_string_is_valid (fields->device));
}

static void
test_nothing_personal_lies_open (Device *device, gconstpointer unused)
{
  static const char *const parts[] = { "data/outbox.db", "data/outbox.db-wal" };
  g_autoptr (KomekOutboxItem) item = device_add_new (device);

  device_change (device, item->sequence, KOMEK_OUTBOX_PARKED, NULL,
                 "The phone +7 701 000 00 00 is none");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_build_filename (device->folder, parts[i], NULL);
      struct stat status;

      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    }
  g_assert_true (is_on_disk (device->folder, item->key));
  g_assert_false (is_on_disk (device->folder, "850101300123"));
  g_assert_false (is_on_disk (device->folder, "Әсел"));
  g_assert_false (is_on_disk (device->folder, "+7 701"));
  g_assert_false (is_on_disk (device->folder, "\xff\xd8photo"));
}

static void
test_the_same_key_is_one_item (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) again = device_add (device, first->key, NULL);
  g_autoptr (KomekOutboxItem) other = device_add_new (device);

  g_assert_cmpint (again->sequence, ==, first->sequence);
  g_assert_cmpstr (again->local, ==, first->local);
  g_assert_cmpint (other->sequence, >, first->sequence);
  g_assert_cmpstr (other->local, !=, first->local);
}

static void
test_tells_what_is_to_be_done_in_order (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) second = device_add_new (device);
  g_autoptr (KomekOutboxItem) third = device_add_new (device);
  g_autoptr (KomekOutboxSurvey) before = device_survey (device);
  g_autoptr (KomekOutboxSurvey) after = NULL;

  g_assert_cmpuint (before->counts.waiting, ==, 3);
  g_assert_cmpint (before->counts.oldest, ==, NOW);
  g_assert_true (before->leads);
  device_change (device, first->sequence, KOMEK_OUTBOX_DELIVERED, "010100-000-009", NULL);
  device_change (device, second->sequence, KOMEK_OUTBOX_PARKED, NULL, "no");
  after = device_survey (device);
  g_assert_cmpuint (after->counts.waiting, ==, 1);
  g_assert_cmpuint (after->counts.parked, ==, 1);
  g_assert_cmpuint (after->items->len, ==, 1);
  g_assert_cmpint (((KomekOutboxItem *) after->items->pdata[0])->sequence, ==, third->sequence);
}

static void
test_what_may_have_been_sent_is_remembered_first (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autoptr (KomekFiling) filing = NULL;
  g_autoptr (KomekOutboxSurvey) answer = NULL;

  g_assert_false (item->attempted);
  filing = device_begin (device, item->sequence, NULL);
  g_assert_nonnull (filing);
  device_close (device);
  device_open (device);
  answer = device_survey (device);
  g_assert_true (((KomekOutboxItem *) answer->items->pdata[0])->attempted);
}

static void
test_photos_are_sent_one_by_one (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (KomekOutboxPhoto) photo = NULL;
  g_autoptr (GError) error = NULL;

  komek_outbox_store_photo_async (device->store, item->sequence, NULL, on_awaited, &first);
  photo = komek_outbox_store_photo_finish (device->store, await (&first), NULL);
  g_assert_cmpmem (g_bytes_get_data (photo->bytes, NULL), g_bytes_get_size (photo->bytes),
                   "\xff\xd8photo", 7);
  komek_outbox_store_end_photo_async (device->store, item->sequence, photo->position, TRUE, NULL,
                                      on_awaited, &ended);
  g_assert_true (komek_outbox_store_finish (device->store, await (&ended), NULL));
  komek_outbox_store_photo_async (device->store, item->sequence, NULL, on_awaited, &second);
  g_assert_null (komek_outbox_store_photo_finish (device->store, await (&second), &error));
  g_assert_no_error (error);
}

static void
test_a_day_later_only_the_tombstone_is_left (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autoptr (KomekOutboxItem) waiting = device_add_new (device);

  device_change (device, item->sequence, KOMEK_OUTBOX_DELIVERED, "010100-000-009", NULL);
  device_tidy (device, NOW + 86399);
  g_assert_cmpint (device_ask (device, FULL), ==, 2);
  device_tidy (device, NOW + 86401);
  g_assert_cmpint (device_ask (device, FULL), ==, 1);
  g_assert_cmpint (device_ask (device, "SELECT count(*) FROM photo"), ==, 1);
  g_assert_cmpint (device_ask (device, "SELECT count(*) FROM item WHERE number = '010100-000-009'"
                                       " AND length (hash) = 32 AND length (key) = 36"), ==, 1);
  device_tidy (device, NOW + 366 * 86400);
  g_assert_cmpint (device_ask (device, FULL), ==, 1);
}

static void
test_without_the_key_nothing_is_lost (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekFiling) filing = NULL;
  gsize length;

  device_close (device);
  g_file_get_contents (device->key_path, &key, &length, NULL);
  g_unlink (device->key_path);
  device_open (device);
  g_assert_null (device_begin (device, item->sequence, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
  device_close (device);
  g_file_set_contents (device->key_path, key, length, NULL);
  device_open (device);
  filing = device_begin (device, item->sequence, NULL);
  g_assert_cmpstr (komek_filing_peek (filing)->text, ==, TEXT);
}

static void
tell (Device *device, const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (device->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

/* And the reserve with it: the disk is not full. */
static void
test_a_newer_file_is_left_as_it_is (Device *device, gconstpointer unused)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *reserve = g_strconcat (device->path, ".reserve", NULL);
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  g_assert_true (device_prepare (device, NULL));
  device_close (device);
  tell (device, "CREATE TABLE more (words); PRAGMA user_version = 99");
  device_open (device);
  g_assert_null (device_add (device, key, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  g_assert_nonnull (strstr (error->message, "newer"));
  komek_outbox_store_survey_async (device->store, NULL, NULL, on_awaited, &result);
  g_assert_null (komek_outbox_store_survey_finish (device->store, await (&result), NULL));
  g_assert_true (g_file_test (reserve, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (bad, G_FILE_TEST_EXISTS));
  g_assert_cmpint (device_ask (device, "PRAGMA user_version"), ==, 99);
  g_assert_cmpint (device_ask (device, "SELECT count(*) FROM item"), ==, 1);
}

static void
test_a_cloned_device_gives_other_numbers (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) before = device_add_new (device);
  g_autoptr (KomekOutboxItem) after = NULL;
  g_autoptr (KomekFiling) filing = device_begin (device, before->sequence, NULL);
  g_autoptr (KomekFiling) later = NULL;

  device_close (device);
  g_file_set_contents (device->machine, "two", -1, NULL);
  device_open (device);
  after = device_add_new (device);
  later = device_begin (device, after->sequence, NULL);
  g_assert_cmpint (strncmp (before->local, after->local, 13), !=, 0);
  g_assert_cmpstr (komek_filing_peek (filing)->device, !=, komek_filing_peek (later)->device);
}

static void
test_a_series_that_ends_is_followed_by_another (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) last = NULL;
  g_autoptr (KomekOutboxItem) next = NULL;

  device_ask (device, "UPDATE mark SET value = '9999' WHERE name = 'count' RETURNING 1");
  last = device_add_new (device);
  next = device_add_new (device);
  g_assert_cmpint (strncmp (first->local, last->local, 13), ==, 0);
  g_assert_cmpint (strncmp (last->local, next->local, 13), !=, 0);
}

static void
test_a_full_disk_is_told_beforehand (Device *device, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekOutboxItem) item = NULL;

  g_assert_true (device_prepare (device, NULL));
  device_close (device);
  device->limits.least_free = G_MAXINT64;
  device_open (device);
  g_assert_false (device_prepare (device, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  item = device_add_new (device);
  g_assert_nonnull (item);
}

static void
test_one_of_two_leads (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxSurvey) first = device_survey (device);
  Device other = *device;
  g_autoptr (KomekOutboxSurvey) second = NULL;
  g_autoptr (KomekOutboxSurvey) third = NULL;
  g_autoptr (KomekOutboxItem) item = NULL;

  device_open (&other);
  second = device_survey (&other);
  g_assert_true (first->leads);
  g_assert_false (second->leads);
  item = device_add_new (&other);
  device_close (device);
  third = device_survey (&other);
  g_assert_true (third->leads);
  g_assert_cmpuint (third->items->len, ==, 1);
  device_close (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("gives-back-what-was-kept", test_gives_back_what_was_kept);
  ADD ("nothing-personal-lies-open", test_nothing_personal_lies_open);
  ADD ("the-same-key-is-one-item", test_the_same_key_is_one_item);
  ADD ("tells-what-is-to-be-done-in-order", test_tells_what_is_to_be_done_in_order);
  ADD ("what-may-have-been-sent-is-remembered-first",
       test_what_may_have_been_sent_is_remembered_first);
  ADD ("photos-are-sent-one-by-one", test_photos_are_sent_one_by_one);
  ADD ("a-day-later-only-the-tombstone-is-left", test_a_day_later_only_the_tombstone_is_left);
  ADD ("without-the-key-nothing-is-lost", test_without_the_key_nothing_is_lost);
  ADD ("a-newer-file-is-left-as-it-is", test_a_newer_file_is_left_as_it_is);
  ADD ("a-cloned-device-gives-other-numbers", test_a_cloned_device_gives_other_numbers);
  ADD ("a-series-that-ends-is-followed-by-another", test_a_series_that_ends_is_followed_by_another);
  ADD ("a-full-disk-is-told-beforehand", test_a_full_disk_is_told_beforehand);
  ADD ("one-of-two-leads", test_one_of_two_leads);
  return g_test_run ();
}
