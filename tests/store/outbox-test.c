/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "await.h"
#include "komek-device-vault.h"
#include "komek-error.h"
#include "komek-number.h"
#include "komek-outbox-former.h"
#include "komek-outbox-store.h"
#include "komek-pending.h"

#define NOW G_GINT64_CONSTANT (1795000000)
#define TEXT "Кәріз қақпағы жоқ, 850101300123"

typedef struct
{
  char              *folder;
  char              *path;
  char              *key_path;
  char              *machine;
  KomekVault        *vault;
  KomekOutboxStore  *store;
  KomekOutboxLimits  limits;
} Device;

static void
open_store (Device *device)
{
  device->vault = komek_device_vault_new (device->key_path, NULL);
  device->store = komek_outbox_store_new (device->path, device->vault, &device->limits);
}

/* Waits until the file is closed. */
static void
close_store (Device *device)
{
  g_clear_object (&device->vault);
  g_assert_finalize_object (g_steal_pointer (&device->store));
}

static void
set_up (Device *device, gconstpointer unused)
{
  device->folder = g_dir_make_tmp ("komek-outbox-XXXXXX", NULL);
  device->path = g_build_filename (device->folder, "data", "outbox.db", NULL);
  device->key_path = g_build_filename (device->folder, "state", "outbox.key", NULL);
  device->machine = g_build_filename (device->folder, "machine-id", NULL);
  g_file_set_contents (device->machine, "one", -1, NULL);
  device->limits = (KomekOutboxLimits) { .least_free = 1, .machine = device->machine };
  open_store (device);
}

static void
tear_down (Device *device, gconstpointer unused)
{
  const char *argv[] = { "rm", "-rf", device->folder, NULL };

  if (device->store)
    close_store (device);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (device->folder);
  g_free (device->path);
  g_free (device->key_path);
  g_free (device->machine);
}

static KomekOutboxItem *
add (Device *device, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekPlace) place = komek_place_new (51.1, 71.4, "Абай, 5", "esil");
  g_autoptr (KomekContact) contact = komek_contact_new ("Әсел", "+7 701 000 00 00", "");
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *const values[] = { "a", "b", NULL };
  KomekFilingFields fields = { .key = key, .service = "ROA.hole", .place = place, .text = TEXT,
                               .answers = answers, .contact = contact, .time = NOW,
                               .language = KOMEK_LANGUAGE_RUSSIAN };

  g_hash_table_insert (answers, (gpointer) "depth", (gpointer) values);
  g_ptr_array_add (photos, g_bytes_new_static ("\xff\xd8photo", 7));
  komek_outbox_store_add_async (device->store, &fields, photos, NULL, on_awaited, &result);
  return komek_outbox_store_add_finish (device->store, await (&result), error);
}

static KomekOutboxItem *
add_new (Device *device)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  KomekOutboxItem *item = add (device, key, &error);

  g_assert_no_error (error);
  return item;
}

static KomekOutboxSurvey *
survey (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekOutboxSurvey *answer;

  komek_outbox_store_survey_async (device->store, NULL, NULL, on_awaited, &result);
  answer = komek_outbox_store_survey_finish (device->store, await (&result), &error);
  g_assert_no_error (error);
  return answer;
}

static KomekFiling *
begin (Device *device, gint64 sequence, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_store_begin_async (device->store, sequence, TRUE, NULL, on_awaited, &result);
  return komek_outbox_store_begin_finish (device->store, await (&result), error);
}

static void
change (Device *device, gint64 sequence, KomekOutboxState state, const char *number,
        const char *reason)
{
  g_autoptr (GAsyncResult) result = NULL;
  KomekOutboxChange what = { .state = state, .number = number, .now = NOW };

  komek_outbox_store_change_async (device->store, sequence, &what, reason, NULL, on_awaited,
                                   &result);
  g_assert_true (komek_outbox_store_finish (device->store, await (&result), NULL));
}

static void
tidy (Device *device, gint64 now)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_outbox_store_tidy_async (device->store, now, NULL, on_awaited, &result);
  komek_outbox_store_finish (device->store, await (&result), &error);
  g_assert_no_error (error);
}

static gboolean
prepare (Device *device, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_outbox_store_prepare_async (device->store, NULL, on_awaited, &result);
  return komek_outbox_store_finish (device->store, await (&result), error);
}

/* Answers a question of SQL with a number. */
static gint64
ask (Device *device, const char *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  gint64 answer;

  g_assert_cmpint (sqlite3_open (device->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return answer;
}

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
  g_autoptr (KomekOutboxItem) item = add_new (device);
  g_autoptr (KomekFiling) filing = NULL;
  const KomekFilingFields *fields;
  char **values;

  close_store (device);
  open_store (device);
  filing = begin (device, item->sequence, NULL);
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
  g_autoptr (KomekOutboxItem) item = add_new (device);

  change (device, item->sequence, KOMEK_OUTBOX_PARKED, NULL, "The phone +7 701 000 00 00 is none");
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
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) again = add (device, first->key, NULL);
  g_autoptr (KomekOutboxItem) other = add_new (device);

  g_assert_cmpint (again->sequence, ==, first->sequence);
  g_assert_cmpstr (again->local, ==, first->local);
  g_assert_cmpint (other->sequence, >, first->sequence);
  g_assert_cmpstr (other->local, !=, first->local);
}

static void
test_tells_what_is_to_be_done_in_order (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) second = add_new (device);
  g_autoptr (KomekOutboxItem) third = add_new (device);
  g_autoptr (KomekOutboxSurvey) before = survey (device);
  g_autoptr (KomekOutboxSurvey) after = NULL;

  g_assert_cmpuint (before->counts.waiting, ==, 3);
  g_assert_cmpint (before->counts.oldest, ==, NOW);
  g_assert_true (before->leads);
  change (device, first->sequence, KOMEK_OUTBOX_DELIVERED, "010100-000-009", NULL);
  change (device, second->sequence, KOMEK_OUTBOX_PARKED, NULL, "no");
  after = survey (device);
  g_assert_cmpuint (after->counts.waiting, ==, 1);
  g_assert_cmpuint (after->counts.parked, ==, 1);
  g_assert_cmpuint (after->items->len, ==, 1);
  g_assert_cmpint (((KomekOutboxItem *) after->items->pdata[0])->sequence, ==, third->sequence);
}

static void
test_what_may_have_been_sent_is_remembered_first (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = add_new (device);
  g_autoptr (KomekFiling) filing = NULL;
  g_autoptr (KomekOutboxSurvey) answer = NULL;

  g_assert_false (item->attempted);
  filing = begin (device, item->sequence, NULL);
  g_assert_nonnull (filing);
  close_store (device);
  open_store (device);
  answer = survey (device);
  g_assert_true (((KomekOutboxItem *) answer->items->pdata[0])->attempted);
}

static void
test_photos_are_sent_one_by_one (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = add_new (device);
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
  g_autoptr (KomekOutboxItem) item = add_new (device);
  g_autoptr (KomekOutboxItem) waiting = add_new (device);

  change (device, item->sequence, KOMEK_OUTBOX_DELIVERED, "010100-000-009", NULL);
  tidy (device, NOW + 86399);
  g_assert_cmpint (ask (device, "SELECT count(*) FROM item WHERE payload IS NOT NULL"), ==, 2);
  tidy (device, NOW + 86401);
  g_assert_cmpint (ask (device, "SELECT count(*) FROM item WHERE payload IS NOT NULL"), ==, 1);
  g_assert_cmpint (ask (device, "SELECT count(*) FROM photo"), ==, 1);
  g_assert_cmpint (ask (device, "SELECT count(*) FROM item WHERE number = '010100-000-009'"
                                " AND length (hash) = 32 AND length (key) = 36"), ==, 1);
  tidy (device, NOW + 366 * 86400);
  g_assert_cmpint (ask (device, "SELECT count(*) FROM item WHERE payload IS NOT NULL"), ==, 1);
}

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
  g_autoptr (KomekOutboxItem) sent = add_new (device);
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) second = add_new (device);
  g_autoptr (KomekOutboxSurvey) answer = NULL;
  g_autoptr (KomekFiling) filing = NULL;
  g_autoptr (KomekOutboxItem) later = NULL;
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);
  g_autoptr (KomekFiling) before = begin (device, first->sequence, NULL);
  KomekOutboxItem *item;

  change (device, sent->sequence, KOMEK_OUTBOX_DELIVERED, "010100-000-009", NULL);
  close_store (device);
  spoil (device->path, 0, 4096);
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*is broken*");
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "2 requests*brought back*");
  open_store (device);
  answer = survey (device);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (answer->items->len, ==, 2);
  item = answer->items->pdata[0];
  g_assert_cmpstr (item->key, ==, first->key);
  g_assert_cmpstr (item->local, ==, first->local);
  g_assert_true (item->attempted);
  g_assert_cmpstr (((KomekOutboxItem *) answer->items->pdata[1])->key, ==, second->key);
  filing = begin (device, item->sequence, NULL);
  g_assert_cmpstr (komek_filing_peek (filing)->text, ==, TEXT);
  g_assert_cmpstr (komek_filing_peek (filing)->device, ==, komek_filing_peek (before)->device);
  g_assert_true (g_file_test (bad, G_FILE_TEST_EXISTS));
  later = add_new (device);
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

  g_assert_true (prepare (device, NULL));
  later = add_new (device);
  g_assert_cmpint (later->sequence, >, items[n - 1]->sequence);
  answer = survey (device);
  g_assert_cmpuint (answer->items->len, ==, n + 1);
  for (guint i = 0; i < n; i++)
    {
      KomekOutboxItem *item = answer->items->pdata[i];
      g_autoptr (KomekFiling) filing = begin (device, item->sequence, NULL);

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
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) second = add_new (device);
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  close_store (device);
  flip_byte (device->path, flip);
  open_store (device);
  assert_all_is_back (device, (KomekOutboxItem *[]) { first, second }, 2);
  g_assert_true (g_file_test (bad, G_FILE_TEST_EXISTS));
}

/* The table has another key than its index, which only reading all of it finds. */
static void
test_a_changed_key_costs_nothing (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) second = add_new (device);
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  close_store (device);
  flip_byte (device->path, &(Flip) { .words = second->key, .offset = 8, .mask = 2 });
  open_store (device);
  assert_all_is_back (device, (KomekOutboxItem *[]) { first, second }, 2);
  g_assert_true (g_file_test (bad, G_FILE_TEST_EXISTS));
}

/* A file that is too large to be looked through before the first citizen is looked through behind
 * everybody's back; what was handed in meanwhile is there, too. */
static void
test_a_large_file_is_looked_through_later (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) second = add_new (device);
  g_autoptr (KomekOutboxItem) meanwhile = NULL;
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  close_store (device);
  flip_byte (device->path, &(Flip) { .words = second->key, .offset = 8, .mask = 2 });
  device->limits.small = 1;
  open_store (device);
  meanwhile = add_new (device);
  while (!g_file_test (bad, G_FILE_TEST_EXISTS))
    {
      g_autoptr (KomekOutboxSurvey) answer = survey (device);

      g_assert_cmpuint (answer->counts.waiting, ==, 3);
    }
  assert_all_is_back (device, (KomekOutboxItem *[]) { first, second, meanwhile }, 3);
}

static void
test_a_large_file_that_is_sound_is_left_alone (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = add_new (device);
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  close_store (device);
  device->limits.small = 1;
  open_store (device);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (KomekOutboxSurvey) answer = survey (device);

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
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) second = add_new (device);
  g_autofree char *twice = NULL;

  for (guint round = 1; round <= 8; round++)
    {
      Rival rivals[4];

      close_store (device);
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
      open_store (device);
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
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) second = add_new (device);
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  ask (device, change);
  tidy (device, NOW);
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
  g_autoptr (KomekOutboxItem) item = add_new (device);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (KomekOutboxItem) later = NULL;
      g_autoptr (KomekFiling) filing = NULL;

      close_store (device);
      ask (device, damages[i]);
      open_store (device);
      later = add_new (device);
      filing = begin (device, later->sequence, NULL);
      g_assert_true (komek_number_is_local (later->local));
      g_assert_cmpint (strncmp (later->local, item->local, 13), !=, 0);
      g_assert_true (g_uuid_string_is_valid (komek_filing_peek (filing)->device));
    }
}

/* Its count of the numbers given may be older than its copies. */
static void
test_no_number_is_given_twice_after_a_loss (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) second = add_new (device);
  g_autoptr (KomekOutboxItem) later = NULL;

  ask (device, "UPDATE mark SET value = '1' WHERE name = 'count' RETURNING 1");
  ask (device, "DELETE FROM item WHERE sequence = 2 RETURNING 1");
  close_store (device);
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "1 requests*brought back*");
  open_store (device);
  later = add_new (device);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (later->local, !=, second->local);
}

static void
test_an_emptied_file_comes_back_too (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = add_new (device);
  g_autoptr (KomekOutboxSurvey) answer = NULL;

  close_store (device);
  g_assert_true (g_file_set_contents (device->path, "", 0, NULL));
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "1 requests*brought back*");
  open_store (device);
  answer = survey (device);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (answer->items->len, ==, 1);
}

static void
test_a_changed_payload_comes_from_its_copy (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = add_new (device);
  g_autoptr (KomekFiling) filing = NULL;

  ask (device, "UPDATE item SET payload = zeroblob (length (payload)) RETURNING 1");
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*brought back from its copy");
  filing = begin (device, item->sequence, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (komek_filing_peek (filing)->text, ==, TEXT);
}

static void
test_a_changed_local_number_comes_from_the_copy (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = add_new (device);
  g_autoptr (KomekFiling) filing = NULL;

  ask (device, "UPDATE item SET local = '0000-0000-0000-0000' RETURNING 1");
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*brought back from its copy");
  filing = begin (device, item->sequence, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (komek_filing_peek (filing)->local, ==, item->local);
}

static void
test_a_state_that_cannot_be_is_mended (Device *device, gconstpointer unused)
{
  static const char *const states[] = { "1", "2", "3", "4", "77" };
  g_autoptr (KomekOutboxItem) item = add_new (device);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE item SET state = %s RETURNING 1", states[i]);
      g_autoptr (KomekOutboxSurvey) answer = NULL;

      close_store (device);
      ask (device, sql);
      open_store (device);
      answer = survey (device);
      g_assert_cmpuint (answer->counts.waiting, ==, 1);
      g_assert_true (((KomekOutboxItem *) answer->items->pdata[0])->attempted);
    }
}

static void
test_without_the_key_nothing_is_lost (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) item = add_new (device);
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekFiling) filing = NULL;
  gsize length;

  close_store (device);
  g_file_get_contents (device->key_path, &key, &length, NULL);
  g_unlink (device->key_path);
  open_store (device);
  g_assert_null (begin (device, item->sequence, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
  close_store (device);
  g_file_set_contents (device->key_path, key, length, NULL);
  open_store (device);
  filing = begin (device, item->sequence, NULL);
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
  g_autoptr (KomekOutboxItem) item = add_new (device);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = g_strconcat (device->path, ".bad-1", NULL);

  g_assert_true (prepare (device, NULL));
  close_store (device);
  tell (device, "CREATE TABLE more (words); PRAGMA user_version = 99");
  open_store (device);
  g_assert_null (add (device, key, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  g_assert_nonnull (strstr (error->message, "newer"));
  komek_outbox_store_survey_async (device->store, NULL, NULL, on_awaited, &result);
  g_assert_null (komek_outbox_store_survey_finish (device->store, await (&result), NULL));
  g_assert_true (g_file_test (reserve, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (bad, G_FILE_TEST_EXISTS));
  g_assert_cmpint (ask (device, "PRAGMA user_version"), ==, 99);
  g_assert_cmpint (ask (device, "SELECT count(*) FROM item"), ==, 1);
}

static void
test_a_cloned_device_gives_other_numbers (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) before = add_new (device);
  g_autoptr (KomekOutboxItem) after = NULL;
  g_autoptr (KomekFiling) filing = begin (device, before->sequence, NULL);
  g_autoptr (KomekFiling) later = NULL;

  close_store (device);
  g_file_set_contents (device->machine, "two", -1, NULL);
  open_store (device);
  after = add_new (device);
  later = begin (device, after->sequence, NULL);
  g_assert_cmpint (strncmp (before->local, after->local, 13), !=, 0);
  g_assert_cmpstr (komek_filing_peek (filing)->device, !=, komek_filing_peek (later)->device);
}

static void
test_a_series_that_ends_is_followed_by_another (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) first = add_new (device);
  g_autoptr (KomekOutboxItem) last = NULL;
  g_autoptr (KomekOutboxItem) next = NULL;

  ask (device, "UPDATE mark SET value = '9999' WHERE name = 'count' RETURNING 1");
  last = add_new (device);
  next = add_new (device);
  g_assert_cmpint (strncmp (first->local, last->local, 13), ==, 0);
  g_assert_cmpint (strncmp (last->local, next->local, 13), !=, 0);
}

static void
test_a_full_disk_is_told_beforehand (Device *device, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekOutboxItem) item = NULL;

  g_assert_true (prepare (device, NULL));
  close_store (device);
  device->limits.least_free = G_MAXINT64;
  open_store (device);
  g_assert_false (prepare (device, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  item = add_new (device);
  g_assert_nonnull (item);
}

static void
test_one_of_two_leads (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxSurvey) first = survey (device);
  Device other = *device;
  g_autoptr (KomekOutboxSurvey) second = NULL;
  g_autoptr (KomekOutboxSurvey) third = NULL;
  g_autoptr (KomekOutboxItem) item = NULL;

  open_store (&other);
  second = survey (&other);
  g_assert_true (first->leads);
  g_assert_false (second->leads);
  item = add_new (&other);
  close_store (device);
  third = survey (&other);
  g_assert_true (third->leads);
  g_assert_cmpuint (third->items->len, ==, 1);
  close_store (&other);
}

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
    close_store (device);
  g_free (device->path);
  device->path = name_address (device, sum);
  former = komek_outbox_former_find (device->path);
  device->limits.address = address;
  device->limits.former = (const char *const *) former;
  open_store (device);
  tidy (device, NOW);
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
  g_autoptr (KomekOutboxSurvey) answer = survey (device);

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
  *waiting = add_new (device);
  *parked = add_new (device);
  delivered = add_new (device);
  change (device, (*parked)->sequence, KOMEK_OUTBOX_PARKED, NULL, "Too rude");
  change (device, delivered->sequence, KOMEK_OUTBOX_DELIVERED, "F-1", NULL);
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
  g_autoptr (KomekOutboxSurvey) answer = survey (device);
  const KomekOutboxItem *item = answer->items->pdata[answer->items->len - 1];
  g_autoptr (KomekFiling) filing = begin (device, item->sequence, NULL);
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
  here = add_new (device);
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

/* Cut short between the two files, it is there twice with one key; the next time sets that right. */
static void
test_what_was_cut_short_is_done_again (Device *device, gconstpointer unused)
{
  g_autoptr (KomekOutboxItem) waiting = NULL;
  g_autoptr (KomekOutboxItem) parked = NULL;
  g_autofree char *file = name_address (device, FORMER);
  g_autofree char *bytes = NULL;
  gsize length;

  move_on (device, &waiting, &parked);
  close_store (device);
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  open_at (device, PRESENT, "https://city.example/");
  adopt (device);
  close_store (device);
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
  item = add_new (device);
  theirs = survey (device);
  g_assert_true (theirs->leads);
  path = name_address (device, PRESENT);
  other.path = g_strdup (path);
  other.store = NULL;
  open_at (&other, PRESENT, "https://city.example/");
  assert_counts (&other, 0, 0, 0);
  adopt (&other);
  close_store (&other);
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

#define ADD(path, function) g_test_add ("/outbox/" path, Device, NULL, set_up, function, tear_down)

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

      g_test_add (path, Device, &flips[i], set_up, test_one_flipped_byte_costs_nothing, tear_down);
    }
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
  ADD ("a-broken-file-comes-back-from-its-copies", test_a_broken_file_comes_back_from_its_copies);
  add_flips ();
  ADD ("a-changed-key-costs-nothing", test_a_changed_key_costs_nothing);
  ADD ("a-large-file-is-looked-through-later", test_a_large_file_is_looked_through_later);
  ADD ("a-large-file-that-is-sound-is-left-alone", test_a_large_file_that_is_sound_is_left_alone);
  ADD ("damage-that-all-find-is-set-aside-once", test_damage_that_all_find_is_set_aside_once);
  g_test_add ("/outbox/changed-while-open/key", Device,
              "UPDATE item SET key = 'x' WHERE sequence = 2 RETURNING 1", set_up,
              test_a_file_that_changes_while_it_is_open_is_set_aside, tear_down);
  g_test_add ("/outbox/changed-while-open/device", Device,
              "DELETE FROM mark WHERE name = 'device' RETURNING 1", set_up,
              test_a_file_that_changes_while_it_is_open_is_set_aside, tear_down);
  ADD ("damaged-marks-are-made-anew", test_damaged_marks_are_made_anew);
  ADD ("no-number-is-given-twice-after-a-loss", test_no_number_is_given_twice_after_a_loss);
  ADD ("an-emptied-file-comes-back-too", test_an_emptied_file_comes_back_too);
  ADD ("a-changed-payload-comes-from-its-copy", test_a_changed_payload_comes_from_its_copy);
  ADD ("a-changed-local-number-comes-from-the-copy",
       test_a_changed_local_number_comes_from_the_copy);
  ADD ("a-state-that-cannot-be-is-mended", test_a_state_that_cannot_be_is_mended);
  ADD ("without-the-key-nothing-is-lost", test_without_the_key_nothing_is_lost);
  ADD ("a-newer-file-is-left-as-it-is", test_a_newer_file_is_left_as_it_is);
  ADD ("a-cloned-device-gives-other-numbers", test_a_cloned_device_gives_other_numbers);
  ADD ("a-series-that-ends-is-followed-by-another", test_a_series_that_ends_is_followed_by_another);
  ADD ("a-full-disk-is-told-beforehand", test_a_full_disk_is_told_beforehand);
  ADD ("one-of-two-leads", test_one_of_two_leads);
  ADD ("what-waits-for-a-former-address-is-told", test_what_waits_for_a_former_address_is_told);
  ADD ("staff-bring-it-over", test_staff_bring_it_over);
  ADD ("what-was-cut-short-is-done-again", test_what_was_cut_short_is_done_again);
  ADD ("another-program-may-still-serve-it", test_another_program_may_still_serve_it);
  ADD ("only-addresses-have-former-ones", test_only_addresses_have_former_ones);
  return g_test_run ();
}
