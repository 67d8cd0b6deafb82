/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "await.h"
#include "komek-outbox-former.h"
#include "komek-pending.h"
#include "outbox-device.h"

/* Two addresses of one city: each has an outbox of its own. */
static char *
name_address (Device *device, const char *sum)
{
  g_autofree char *name = g_strdup_printf ("outbox-%s.db", sum);

  return g_build_filename (device->folder, "data", name, NULL);
}

static void
open_at (Device *device, const char *sum, const char *address)
{
  g_auto (GStrv) former = NULL;

  if (device->store)
    device_close (device);
  g_free (device->path);
  device->path = name_address (device, sum);
  former = komek_outbox_former_find (device->path);
  device->limits.address = address;
  device->limits.former = (const char *const *) former;
  device_open (device);
  device_tidy (device, NOW);
}

#define FORMER "00000000000000aa"
#define PRESENT "00000000000000bb"

static GPtrArray *
list_pending (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *pending;

  komek_outbox_store_list_async (device->store, NULL, on_awaited, &result);
  pending = komek_outbox_store_list_finish (device->store, await (&result), &error);
  g_assert_no_error (error);
  return pending;
}

static void
adopt (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_outbox_store_adopt_async (device->store, NULL, on_awaited, &result);
  komek_outbox_store_finish (device->store, await (&result), &error);
  g_assert_no_error (error);
}

static void
assert_counts (Device *device, guint waiting, guint parked, guint strays)
{
  g_autoptr (KomekOutboxSurvey) answer = device_survey (device);

  g_assert_cmpuint (answer->counts.waiting, ==, waiting);
  g_assert_cmpuint (answer->counts.parked, ==, parked);
  g_assert_cmpuint (answer->strays, ==, strays);
}

/* Three for the former address, one of each kind; the device then looks at another one. */
static void
move_on (Device *device, KomekOutboxItem **waiting, KomekOutboxItem **parked)
{
  g_autoptr (KomekOutboxItem) delivered = NULL;

  open_at (device, FORMER, "http://city.example/");
  *waiting = device_add_new (device);
  *parked = device_add_new (device);
  delivered = device_add_new (device);
  device_change (device, (*parked)->sequence, KOMEK_OUTBOX_PARKED, NULL, "Too rude");
  device_change (device, delivered->sequence, KOMEK_OUTBOX_DELIVERED, "F-1", NULL);
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE,
                         "ALARM: 2 requests wait for a former address*");
  open_at (device, PRESENT, "https://city.example/");
  g_test_assert_expected_messages ();
}

static void
test_what_waits_for_a_former_address_is_told (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) waiting = NULL;
  g_autoptr (KomekOutboxItem) parked = NULL;
  g_autoptr (GPtrArray) pending = NULL;
  const KomekPendingFields *fields;

  move_on (device, &waiting, &parked);
  assert_counts (device, 0, 0, 2);
  pending = list_pending (device);
  g_assert_cmpuint (pending->len, ==, 2);
  fields = komek_pending_peek (pending->pdata[1]);
  g_assert_cmpint (fields->state, ==, KOMEK_PENDING_FORMER);
  g_assert_cmpstr (fields->address, ==, "http://city.example/");
  g_assert_cmpstr (fields->number, ==, waiting->local);
  g_assert_cmpstr (fields->service, ==, "ROA.hole");
}

static gboolean
has_copy (Device *device, const char *sum, const char *key)
{
  g_autofree char *file = name_address (device, sum);
  g_autofree char *folder = g_strconcat (file, ".items", NULL);
  g_autofree char *path = g_build_filename (folder, key, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
assert_whole (Device *device, const KomekOutboxItem *before)
{
  g_autoptr (KomekOutboxSurvey) answer = device_survey (device);
  const KomekOutboxItem *item = answer->items->pdata[answer->items->len - 1];
  g_autoptr (KomekFiling) filing = device_begin (device, item->sequence, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekOutboxPhoto) photo = NULL;

  g_assert_cmpstr (item->key, ==, before->key);
  g_assert_cmpstr (item->local, ==, before->local);
  g_assert_cmpstr (komek_filing_peek (filing)->text, ==, TEXT);
  komek_outbox_store_photo_async (device->store, item->sequence, NULL, on_awaited, &result);
  photo = komek_outbox_store_photo_finish (device->store, await (&result), NULL);
  g_assert_cmpuint (g_bytes_get_size (photo->bytes), ==, 7);
}

static void
test_staff_bring_it_over (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) waiting = NULL;
  g_autoptr (KomekOutboxItem) parked = NULL;
  g_autoptr (KomekOutboxItem) here = NULL;
  g_autoptr (GPtrArray) pending = NULL;

  move_on (device, &waiting, &parked);
  here = device_add_new (device);
  adopt (device);
  assert_counts (device, 2, 1, 0);
  assert_whole (device, waiting);
  pending = list_pending (device);
  g_assert_cmpstr (komek_pending_peek (pending->pdata[0])->reason, ==, "Too rude");
  g_assert_true (has_copy (device, PRESENT, waiting->key));
  g_assert_false (has_copy (device, FORMER, waiting->key));

  /* Again, and at the former address: nothing is there a second time. */
  adopt (device);
  assert_counts (device, 2, 1, 0);
  open_at (device, FORMER, "http://city.example/");
  assert_counts (device, 0, 0, 3);
}

/* Cut short between the two files it is there twice with one key; the next time sets that right. */
static void
test_what_was_cut_short_is_done_again (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) waiting = NULL;
  g_autoptr (KomekOutboxItem) parked = NULL;
  g_autofree char *file = name_address (device, FORMER);
  g_autofree char *bytes = NULL;
  gsize length;

  move_on (device, &waiting, &parked);
  device_close (device);
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  open_at (device, PRESENT, "https://city.example/");
  adopt (device);
  device_close (device);
  g_assert_true (g_file_set_contents (file, bytes, length, NULL));
  open_at (device, PRESENT, "https://city.example/");
  assert_counts (device, 1, 1, 2);
  adopt (device);
  assert_counts (device, 1, 1, 0);
  assert_whole (device, waiting);
}

static void
test_another_program_may_still_serve_it (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = NULL;
  g_autoptr (KomekOutboxSurvey) theirs = NULL;
  Device other = *device;
  g_autofree char *path = NULL;

  open_at (device, FORMER, "http://city.example/");
  item = device_add_new (device);
  theirs = device_survey (device);
  g_assert_true (theirs->leads);
  path = name_address (device, PRESENT);
  other.path = g_strdup (path);
  other.store = NULL;
  open_at (&other, PRESENT, "https://city.example/");
  assert_counts (&other, 0, 0, 0);
  adopt (&other);
  device_close (&other);
  g_free (other.path);
  assert_counts (device, 1, 0, 0);
}

static void
test_only_addresses_have_former_ones (Device *device, gconstpointer unused)
{
  static const char *const names[] = { "outbox-embedded.db", "outbox-00000000000000zz.db",
                                       "outbox-" FORMER ".db.items", "mirror-" FORMER ".db",
                                       "outbox-" FORMER ".db.bad-1", "outbox.db" };
  g_autofree char *present = name_address (device, PRESENT);
  g_autofree char *former = name_address (device, FORMER);
  g_autofree char *embedded = g_build_filename (device->folder, "data", names[0], NULL);
  g_auto (GStrv) found = NULL;
  g_auto (GStrv) none = NULL;
  g_autofree char *folder = g_path_get_dirname (present);

  g_mkdir_with_parents (folder, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_file_set_contents (path, "", 0, NULL);
    }
  g_file_set_contents (present, "", 0, NULL);
  g_file_set_contents (former, "", 0, NULL);
  found = komek_outbox_former_find (present);
  g_assert_cmpuint (g_strv_length (found), ==, 1);
  g_assert_cmpstr (found[0], ==, former);
  none = komek_outbox_former_find (embedded);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

/* Each once, in the order in which they were given. */
static void
test_votes_come_over_too (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) waiting = NULL;
  g_autoptr (KomekOutboxItem) parked = NULL;

  open_at (device, FORMER, "http://city.example/");
  device_keep_vote (device, "9");
  device_keep_vote (device, "7");
  device_keep_vote (device, "9");
  device_assert_votes (device, "9 7 ");
  move_on (device, &waiting, &parked);
  device_keep_vote (device, "7");
  adopt (device);
  device_assert_votes (device, "7 9 ");
  device_lose (device);
  open_at (device, PRESENT, "https://city.example/");
  device_assert_votes (device, "7 9 ");
  open_at (device, FORMER, "http://city.example/");
  device_assert_votes (device, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-waits-for-a-former-address-is-told", test_what_waits_for_a_former_address_is_told);
  ADD ("staff-bring-it-over", test_staff_bring_it_over);
  ADD ("votes-come-over-too", test_votes_come_over_too);
  ADD ("what-was-cut-short-is-done-again", test_what_was_cut_short_is_done_again);
  ADD ("another-program-may-still-serve-it", test_another_program_may_still_serve_it);
  ADD ("only-addresses-have-former-ones", test_only_addresses_have_former_ones);
  return g_test_run ();
}
