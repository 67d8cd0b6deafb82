/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "await.h"
#include "komek-number.h"
#include "outbox-device.h"

static void
spoil (const char *path, gsize from, gsize length)
{
  g_autofree char *contents = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  memset (contents + MIN (from, size), 'x', MIN (length, size - MIN (from, size)));
  g_assert_true (
    g_file_set_contents_full (path, contents, size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_a_broken_file_comes_back_from_its_copies (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) sent = device_add_new (device);
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) second = device_add_new (device);
  g_autoptr (KomekOutboxSurvey) answer = NULL;
  g_autoptr (KomekFiling) filing = NULL;
  g_autoptr (KomekOutboxItem) later = NULL;
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);
  g_autoptr (KomekFiling) before = device_begin (device, first->sequence, NULL);
  KomekOutboxItem *item;

  device_change (device, sent->sequence, KOMEK_OUTBOX_DELIVERED, "010100-000-009", NULL);
  device_close (device);
  spoil (device->path, 0, 4096);
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*is broken*");
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "2 requests*brought back*");
  device_open (device);
  answer = device_survey (device);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (answer->items->len, ==, 2);
  item = answer->items->pdata[0];
  g_assert_cmpstr (item->key, ==, first->key);
  g_assert_cmpstr (item->local, ==, first->local);
  g_assert_true (item->attempted);
  g_assert_cmpstr (((KomekOutboxItem *) answer->items->pdata[1])->key, ==, second->key);
  filing = device_begin (device, item->sequence, NULL);
  g_assert_cmpstr (komek_filing_peek (filing)->text, ==, TEXT);
  g_assert_cmpstr (komek_filing_peek (filing)->device, ==, komek_filing_peek (before)->device);
  g_assert_true (g_file_test (bad, G_FILE_TEST_EXISTS));
  later = device_add_new (device);
  g_assert_cmpint (later->sequence, >, second->sequence);
}

/* One byte of the file, or the first after some words of it, is another. */
typedef struct
{
  const char *name;
  const char *words; /* or %NULL: of the header */
  gsize       offset;
  guint8      mask;
} Flip;

static void
flip_byte (const char *path, const Flip *flip)
{
  g_autofree char *contents = NULL;
  const char *start;
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  start = flip->words ? memmem (contents, size, flip->words, strlen (flip->words)) : contents;
  g_assert_nonnull (start);
  contents[start - contents + flip->offset] ^= flip->mask;
  g_assert_true (
    g_file_set_contents_full (path, contents, size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
assert_all_is_back (Device *device, KomekOutboxItem *const *items, guint n)
{
  g_autoptr (KomekOutboxSurvey) answer = NULL;
  g_autoptr (KomekOutboxItem) later = NULL;

  g_assert_true (device_prepare (device, NULL));
  later = device_add_new (device);
  g_assert_cmpint (later->sequence, >, items[n - 1]->sequence);
  answer = device_survey (device);
  g_assert_cmpuint (answer->items->len, ==, n + 1);
  for (guint i = 0; i < n; i++)
    {
      KomekOutboxItem *item = answer->items->pdata[i];
      g_autoptr (KomekFiling) filing = device_begin (device, item->sequence, NULL);

      g_assert_cmpstr (item->key, ==, items[i]->key);
      g_assert_cmpstr (item->local, ==, items[i]->local);
      g_assert_cmpstr (komek_filing_peek (filing)->text, ==, TEXT);
      g_assert_cmpstr (later->local, !=, item->local);
    }
}

/* Of each such file SQLite says something else, and all of them mean that it is broken. */
static void
test_one_flipped_byte_costs_nothing (Device *device, gconstpointer data)
{
  const Flip *flip = data;
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) second = device_add_new (device);
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  device_close (device);
  flip_byte (device->path, flip);
  device_open (device);
  assert_all_is_back (device, (KomekOutboxItem *[]) { first, second }, 2);
  g_assert_true (g_file_test (bad, G_FILE_TEST_EXISTS));
}

/* The table has another key than its index, which only reading all of it finds. */
static void
test_a_changed_key_costs_nothing (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) second = device_add_new (device);
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  device_close (device);
  flip_byte (device->path, &(Flip) { .words = second->key, .offset = 8, .mask = 2 });
  device_open (device);
  assert_all_is_back (device, (KomekOutboxItem *[]) { first, second }, 2);
  g_assert_true (g_file_test (bad, G_FILE_TEST_EXISTS));
}

/* A file that is too large to be looked through before the first citizen is looked through behind
 * everybody's back; what was handed in meanwhile is there, too. */
static void
test_a_large_file_is_looked_through_later (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) second = device_add_new (device);
  g_autoptr (KomekOutboxItem) meanwhile = NULL;
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  device_close (device);
  flip_byte (device->path, &(Flip) { .words = second->key, .offset = 8, .mask = 2 });
  device->limits.small = 1;
  device_open (device);
  meanwhile = device_add_new (device);
  while (!g_file_test (bad, G_FILE_TEST_EXISTS))
    {
      g_autoptr (KomekOutboxSurvey) answer = device_survey (device);

      g_assert_cmpuint (answer->counts.waiting, ==, 3);
    }
  assert_all_is_back (device, (KomekOutboxItem *[]) { first, second, meanwhile }, 3);
}

static void
test_a_large_file_that_is_sound_is_left_alone (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  device_close (device);
  device->limits.small = 1;
  device_open (device);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (KomekOutboxSurvey) answer = device_survey (device);

      g_assert_cmpuint (answer->counts.waiting, ==, 1);
      g_usleep (5000);
    }
  g_assert_false (g_file_test (bad, G_FILE_TEST_EXISTS));
}

typedef struct
{
  KomekOutboxStore *store;
  GAsyncResult     *result;
} Rival;

/* Several processes meet the same damage: one of them sets the file aside, and no other sets
 * aside what that one has made. */
static void
test_damage_that_all_find_is_set_aside_once (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) second = device_add_new (device);
  g_autofree char *twice = NULL;

  for (guint round = 1; round <= 8; round++)
    {
      Rival rivals[4];

      device_close (device);
      flip_byte (device->path, &(Flip) { .words = second->key, .offset = 8, .mask = 2 });
      device->vault = komek_device_vault_new (device->key_path, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
        {
          rivals[i] = (Rival) { komek_outbox_store_new (device->path, device->vault,
                                                        &device->limits), NULL };
          komek_outbox_store_survey_async (rivals[i].store, NULL, NULL, on_awaited,
                                           &rivals[i].result);
        }
      for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
        {
          g_autoptr (KomekOutboxSurvey) answer =
            komek_outbox_store_survey_finish (rivals[i].store, await (&rivals[i].result), NULL);

          g_assert_cmpuint (answer->counts.waiting, ==, 2);
          g_clear_object (&rivals[i].result);
        }
      for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
        g_assert_finalize_object (rivals[i].store);
      g_clear_object (&device->vault);
      device_open (device);
      g_free (twice);
      twice = g_strdup_printf ("%s.bad-%u", device->path, round + 1);
      g_assert_false (g_file_test (twice, G_FILE_TEST_EXISTS));
    }
  assert_all_is_back (device, (KomekOutboxItem *[]) { first, second }, 2);
}

/* While it is open nobody looks through it: what cannot be read or written tells. */
static void
test_a_file_that_changes_while_it_is_open_is_set_aside (Device *device, gconstpointer change)
{
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) second = device_add_new (device);
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  device_ask (device, change);
  device_tidy (device, NOW);
  assert_all_is_back (device, (KomekOutboxItem *[]) { first, second }, 2);
  g_assert_true (g_file_test (bad, G_FILE_TEST_EXISTS));
}

/* Without them no number can be given and nobody is told apart: they are made anew. */
static void
test_damaged_marks_are_made_anew (Device *device, gconstpointer unused)
{
  static const char *const damages[] = {
    "UPDATE mark SET name = 'reries' WHERE name = 'series' RETURNING 1",
    "UPDATE mark SET value = '99999999999' WHERE name = 'series' RETURNING 1",
    "UPDATE mark SET value = '1x' WHERE name = 'count' RETURNING 1",
    "UPDATE mark SET name = 'eevice' WHERE name = 'device' RETURNING 1",
    "UPDATE mark SET value = 'no key' WHERE name = 'device' RETURNING 1",
  };
  g_autoptr (KomekOutboxItem) item = device_add_new (device);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (KomekOutboxItem) later = NULL;
      g_autoptr (KomekFiling) filing = NULL;

      device_close (device);
      device_ask (device, damages[i]);
      device_open (device);
      later = device_add_new (device);
      filing = device_begin (device, later->sequence, NULL);
      g_assert_true (komek_number_is_local (later->local));
      g_assert_cmpint (strncmp (later->local, item->local, 13), !=, 0);
      g_assert_true (g_uuid_string_is_valid (komek_filing_peek (filing)->device));
    }
}

/* Its count of the numbers given may be older than its copies. */
static void
test_no_number_is_given_twice_after_a_loss (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = device_add_new (device);
  g_autoptr (KomekOutboxItem) second = device_add_new (device);
  g_autoptr (KomekOutboxItem) later = NULL;

  device_ask (device, "UPDATE mark SET value = '1' WHERE name = 'count' RETURNING 1");
  device_ask (device, "DELETE FROM item WHERE sequence = 2 RETURNING 1");
  device_close (device);
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "1 requests*brought back*");
  device_open (device);
  later = device_add_new (device);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (later->local, !=, second->local);
}

static void
test_an_emptied_file_comes_back_too (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autoptr (KomekOutboxSurvey) answer = NULL;

  device_close (device);
  g_assert_true (g_file_set_contents (device->path, "", 0, NULL));
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "1 requests*brought back*");
  device_open (device);
  answer = device_survey (device);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (answer->items->len, ==, 1);
}

static void
test_a_changed_payload_comes_from_its_copy (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autoptr (KomekFiling) filing = NULL;

  device_ask (device, "UPDATE item SET payload = zeroblob (length (payload)) RETURNING 1");
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*brought back from its copy");
  filing = device_begin (device, item->sequence, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (komek_filing_peek (filing)->text, ==, TEXT);
}

static void
test_a_changed_local_number_comes_from_the_copy (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = device_add_new (device);
  g_autoptr (KomekFiling) filing = NULL;

  device_ask (device, "UPDATE item SET local = '0000-0000-0000-0000' RETURNING 1");
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*brought back from its copy");
  filing = device_begin (device, item->sequence, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (komek_filing_peek (filing)->local, ==, item->local);
}

static void
test_a_state_that_cannot_be_is_mended (Device *device, gconstpointer unused)
{
  static const char *const states[] = { "1", "2", "3", "4", "77" };
  g_autoptr (KomekOutboxItem) item = device_add_new (device);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE item SET state = %s RETURNING 1", states[i]);
      g_autoptr (KomekOutboxSurvey) answer = NULL;

      device_close (device);
      device_ask (device, sql);
      device_open (device);
      answer = device_survey (device);
      g_assert_cmpuint (answer->counts.waiting, ==, 1);
      g_assert_true (((KomekOutboxItem *) answer->items->pdata[0])->attempted);
    }
}

/* The header's fields, as SQLite's file format numbers them, and a few words of the schema. */
static const Flip flips[] = {
  { "magic", NULL, 0, 0x01 },
  { "page-size", NULL, 16, 0x20 },
  { "write-version", NULL, 18, 0x40 },
  { "read-version", NULL, 19, 0x40 },
  { "reserved-space", NULL, 20, 0x40 },
  { "schema-format", NULL, 47, 0x20 },
  { "encoding", NULL, 59, 0x02 },
  { "version-newer", NULL, 63, 0x04 },
  { "version-much-newer", NULL, 61, 0x04 },
  { "version-below-zero", NULL, 60, 0x80 },
  { "version-older", NULL, 63, 0x01 },
  { "version-none", NULL, 63, 0x03 },
  { "id", NULL, 70, 0x10 },
  { "name-of-a-table", "CREATE TABLE photo", 13, 0x01 },
  { "name-of-a-column", " position INTEGER", 1, 0x01 },
  { "key-word", "WITHOUT ROWID", 0, 0x01 },
};

static void
add_flips (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (flips); i++)
    {
      g_autofree char *path = g_strconcat ("/outbox/flipped/", flips[i].name, NULL);

      g_test_add (path, Device, &flips[i], device_set_up, test_one_flipped_byte_costs_nothing,
                  device_tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-broken-file-comes-back-from-its-copies", test_a_broken_file_comes_back_from_its_copies);
  add_flips ();
  ADD ("a-changed-key-costs-nothing", test_a_changed_key_costs_nothing);
  ADD ("a-large-file-is-looked-through-later", test_a_large_file_is_looked_through_later);
  ADD ("a-large-file-that-is-sound-is-left-alone", test_a_large_file_that_is_sound_is_left_alone);
  ADD ("damage-that-all-find-is-set-aside-once", test_damage_that_all_find_is_set_aside_once);
  g_test_add ("/outbox/changed-while-open/key", Device,
              "UPDATE item SET key = 'x' WHERE sequence = 2 RETURNING 1", device_set_up,
              test_a_file_that_changes_while_it_is_open_is_set_aside, device_tear_down);
  g_test_add ("/outbox/changed-while-open/device", Device,
              "DELETE FROM mark WHERE name = 'device' RETURNING 1", device_set_up,
              test_a_file_that_changes_while_it_is_open_is_set_aside, device_tear_down);
  ADD ("damaged-marks-are-made-anew", test_damaged_marks_are_made_anew);
  ADD ("no-number-is-given-twice-after-a-loss", test_no_number_is_given_twice_after_a_loss);
  ADD ("an-emptied-file-comes-back-too", test_an_emptied_file_comes_back_too);
  ADD ("a-changed-payload-comes-from-its-copy", test_a_changed_payload_comes_from_its_copy);
  ADD ("a-changed-local-number-comes-from-the-copy",
       test_a_changed_local_number_comes_from_the_copy);
  ADD ("a-state-that-cannot-be-is-mended", test_a_state_that_cannot_be_is_mended);
  return g_test_run ();
}
