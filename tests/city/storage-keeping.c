/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-number.h"
#include "storage-desk.h"
#include "storage-tests.h"

/* What else a storage keeps, and that it keeps it. */

static void
keep_client (const KomekClient *client, gpointer data)
{
  g_ptr_array_add (data, g_strjoin (" ", client->id, client->name, client->role, client->key_hash,
                                    NULL));
}

static void
test_clients_are_found_by_their_keys (Desk *self, gconstpointer data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  const KomekClient kiosk = { "kiosk-1", "Есіл ХҚКО", "kiosk", "aaaa" };
  const KomekClient staff = { "staff-1", "Операторлар", "staff", "bbbb" };
  gboolean removed;

  g_assert_true (komek_storage_add_client (self->storage, &kiosk, NULL));
  g_assert_true (komek_storage_add_client (self->storage, &staff, NULL));
  g_assert_true (komek_storage_list_clients (self->storage, NULL, keep_client, all, NULL));
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_true (komek_storage_list_clients (self->storage, "bbbb", keep_client, one, NULL));
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (one->pdata[0], ==, "staff-1 Операторлар staff bbbb");
  g_assert_true (komek_storage_remove_client (self->storage, "staff-1", &removed, NULL) && removed);
  g_assert_true (komek_storage_remove_client (self->storage, "staff-1", &removed, NULL)
                 && !removed);
  g_assert_true (komek_storage_list_clients (self->storage, "bbbb", keep_client, left, NULL));
  g_assert_cmpuint (left->len, ==, 0);
}

static gint64
get_stamp (Desk *self)
{
  g_autoptr (GError) error = NULL;
  gint64 stamp;

  komek_storage_get_stamp (self->storage, &stamp, &error);
  g_assert_no_error (error);
  return stamp;
}

static void
test_the_stamp_grows_with_any_change (Desk *self, gconstpointer data)
{
  gint64 stamps[6];
  g_autofree char *number = NULL;
  guint place;

  stamps[0] = get_stamp (self);
  number = desk_file_text (self, "Яма", 0);
  stamps[1] = get_stamp (self);
  desk_vote (self, number, "a");
  stamps[2] = get_stamp (self);
  g_assert_true (desk_add_photo (self, number, "a", &place, NULL));
  stamps[3] = get_stamp (self);
  desk_update (self, &(KomekStep) { .number = number, .agency = "109", .time = NOON }, FALSE);
  stamps[4] = get_stamp (self);
  g_assert_true (komek_storage_withdraw (self->storage, number, NOON, NULL));
  stamps[5] = get_stamp (self);
  for (guint i = 1; i < 6; i++)
    g_assert_cmpint (stamps[i], >, stamps[i - 1]);
  g_assert_cmpint (get_stamp (self), ==, stamps[5]);
}

static void
test_notes_are_kept (Desk *self, gconstpointer data)
{
  g_autofree char *none = komek_storage_dup_note (self->storage, "name", NULL);
  g_autofree char *kept = NULL;

  g_assert_cmpstr (none, ==, "");
  g_assert_true (komek_storage_set_note (self->storage, "name", "one", NULL));
  g_assert_true (komek_storage_set_note (self->storage, "name", "екі", NULL));
  kept = komek_storage_dup_note (self->storage, "name", NULL);
  g_assert_cmpstr (kept, ==, "екі");
}

static void
test_the_first_to_note_decides (Desk *self, gconstpointer data)
{
  g_autofree char *first = komek_storage_keep_note (self->storage, "name", "one", NULL);
  g_autofree char *second = komek_storage_keep_note (self->storage, "name", "two", NULL);

  g_assert_cmpstr (first, ==, "one");
  g_assert_cmpstr (second, ==, "one");
}

static void
test_everything_is_there_after_a_restart (Desk *self, gconstpointer data)
{
  KomekRecord record = desk_write_form ("Яма", 0);
  g_autofree char *number = NULL;
  g_autofree char *again = NULL;
  g_autofree char *next = NULL;
  gint64 stamp;

  record.key = "key-0001";
  record.fingerprint = "aa";
  number = desk_file (self, &record);
  stamp = get_stamp (self);
  g_assert_finalize_object (self->storage);
  self->storage = place_open (self->place);
  g_assert_cmpint (get_stamp (self), ==, stamp);
  again = desk_file (self, &record);
  g_assert_cmpstr (again, ==, number);
  next = desk_file_text (self, "Яма", 1);
  g_assert_cmpstr (next, >, number);
}

static void
load_day (Desk *self, GDateTime *day, guint n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (komek_storage_begin_load (self->storage, &error));
  for (guint i = 0; i < n; i++)
    {
      KomekRecord record = desk_write_form (i % 10 ? "Яма" : "Шұңқыр\tпод \\окном\n\"№ 1\"", i);
      g_autofree char *number = komek_number_format (day, i);

      record.number = number;
      if (i % 2)
        record.latitude = record.longitude = NAN;
      g_assert_true (komek_storage_load (self->storage, &record, &error));
    }
  g_assert_true (komek_storage_end_load (self->storage, &error));
}

static void
test_a_loaded_city_counts_on (Desk *self, gconstpointer data)
{
  const KomekQuery said = { .words = (char *) "шункыр окном", .limit = 3 };
  g_autoptr (GDateTime) day = g_date_time_new (self->zone, 2026, 11, 22, 12, 0, 0);
  g_autofree char *expected = komek_number_format (day, 100);
  g_autofree char *sixtieth = komek_number_format (day, 60);
  g_autofree char *number = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_auto (Kept) kept = { 0 };
  gboolean empty;

  g_assert_true (komek_storage_is_empty (self->storage, &empty, NULL) && empty);
  load_day (self, day, 100);
  g_assert_true (komek_storage_is_empty (self->storage, &empty, NULL) && !empty);
  number = desk_file_text (self, "Яма", 200);
  g_assert_cmpstr (number, ==, expected);
  desk_get (self, sixtieth, &kept);
  g_assert_cmpstr (kept.text, ==, "Шұңқыр\tпод \\окном\n\"№ 1\"");
  g_assert_cmpuint (desk_walk (self, said), ==, 10);
  steps = desk_get_history (self, &(KomekStepQuery) { .limit = 1000 });
  g_assert_cmpuint (steps->len, ==, 101);
}

#define ADD(path, test) \
  g_test_add ("/city/storage/" path, Desk, NULL, desk_set_up, test, desk_tear_down)

void
add_storage_keeping (void)
{
  ADD ("clients-are-found-by-their-keys", test_clients_are_found_by_their_keys);
  ADD ("the-stamp-grows-with-any-change", test_the_stamp_grows_with_any_change);
  ADD ("notes-are-kept", test_notes_are_kept);
  ADD ("the-first-to-note-decides", test_the_first_to_note_decides);
  ADD ("everything-is-there-after-a-restart", test_everything_is_there_after_a_restart);
  ADD ("a-loaded-city-counts-on", test_a_loaded_city_counts_on);
}
