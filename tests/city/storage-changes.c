/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-refusal.h"
#include "storage-desk.h"
#include "storage-tests.h"

/* What becomes of requests: updates, votes, photos, withdrawal. */

static void
test_an_update_changes_the_request (Desk *self, gconstpointer data)
{
  g_autofree char *number = desk_file_text (self, "Яма", 0);
  const char *const numbers[] = { number, NULL };
  g_autoptr (GPtrArray) steps = NULL;
  g_autofree char *answer = g_strconcat (number, " done - Заделали 1", NULL);
  g_autofree char *comment = g_strconcat (number, " done - Спасибо 0", NULL);
  g_auto (Kept) kept = { 0 };

  desk_update (self,
               &(KomekStep) { .number = number, .status = KOMEK_STATUS_DONE, .time = NOON + 100,
                              .agency = "akimat-esil", .text = "Заделали", .answer = TRUE },
               FALSE);
  desk_update (self,
               &(KomekStep) { .number = number, .status = KOMEK_STATUS_NEW, .time = NOON + 200,
                              .agency = "", .text = "Спасибо" },
               TRUE);
  desk_get (self, number, &kept);
  g_assert_cmpint (kept.status, ==, KOMEK_STATUS_DONE);
  g_assert_cmpint (kept.updated, ==, NOON + 200);
  steps = desk_get_history (self, &(KomekStepQuery) { .numbers = numbers, .limit = 10 });
  g_assert_cmpuint (steps->len, ==, 3);
  g_assert_cmpstr (steps->pdata[1], ==, answer);
  g_assert_cmpstr (steps->pdata[2], ==, comment);
}

static void
test_an_update_is_kept_once (Desk *self, gconstpointer data)
{
  g_autofree char *number = desk_file_text (self, "Яма", 0);
  KomekStep step = { .number = number, .status = KOMEK_STATUS_IN_WORK, .time = NOON + 100,
                     .agency = "akimat-esil", .client = "staff", .key = "update-01",
                     .fingerprint = "aa" };
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = desk_update (self, &step, FALSE);

  g_assert_cmpint (desk_update (self, &step, FALSE), ==, id);
  steps = desk_get_history (self, &(KomekStepQuery) { .limit = 10 });
  g_assert_cmpuint (steps->len, ==, 2);
  step.fingerprint = "bb";
  g_assert_false (komek_storage_add_update (self->storage, &step, FALSE, &id, &error));
  g_assert_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED);
}

static void
test_nobody_votes_twice (Desk *self, gconstpointer data)
{
  g_autofree char *number = desk_file_text (self, "Яма", 0);
  g_auto (Kept) kept = { 0 };

  g_assert_cmpuint (desk_vote (self, number, "a"), ==, 1);
  g_assert_cmpuint (desk_vote (self, number, "b"), ==, 2);
  g_assert_cmpuint (desk_vote (self, number, "a"), ==, 2);
  desk_get (self, number, &kept);
  g_assert_cmpuint (kept.supporters, ==, 2);
  g_assert_cmpint (kept.updated, ==, NOON + 50);
}

static void
count_photo (const KomekPhoto *photo, gpointer data)
{
  g_assert_null (photo->bytes);
  g_assert_cmpuint (photo->place, ==, (*(guint *) data)++);
}

static void
check_photo (const KomekPhoto *photo, gpointer data)
{
  g_assert_cmpstr (photo->digest, ==, "\001d");
  g_assert_cmpstr (photo->type, ==, "image/jpeg");
  g_assert_cmpint (photo->time, ==, NOON + 9);
  g_assert_cmpmem (g_bytes_get_data (photo->bytes, NULL), g_bytes_get_size (photo->bytes), "\001d",
                   3);
  ++*(guint *) data;
}

static void
test_photos_are_kept_once_each (Desk *self, gconstpointer data)
{
  static const char *const digests[] = { "a", "b", "c", "\001d", "e", "f" };
  g_autofree char *number = desk_file_text (self, "Яма", 0);
  g_autoptr (GError) error = NULL;
  g_auto (Kept) kept = { 0 };
  guint place, n = 0;

  for (guint i = 0; i < KOMEK_STORAGE_MAX_PHOTOS; i++)
    for (guint times = 0; times < 2; times++)
      {
        g_assert_true (desk_add_photo (self, number, digests[i], &place, &error));
        g_assert_cmpuint (place, ==, i);
      }
  g_assert_false (desk_add_photo (self, number, digests[5], &place, &error));
  g_assert_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURES_FULL);
  g_assert_true (komek_storage_list_photos (self->storage, number, count_photo, &n, NULL));
  g_assert_cmpuint (n, ==, KOMEK_STORAGE_MAX_PHOTOS);
  n = 0;
  g_assert_true (komek_storage_get_photo (self->storage, number, 3, check_photo, &n, NULL));
  g_assert_true (komek_storage_get_photo (self->storage, number, 5, check_photo, &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  desk_get (self, number, &kept);
  g_assert_cmpuint (kept.photos, ==, KOMEK_STORAGE_MAX_PHOTOS);
}

static void
check_withdrawn (const KomekRecord *record, gpointer data)
{
  g_assert_cmpint (record->requested, ==, NOON);
  g_assert_cmpint (record->updated, ==, NOON + 500);
  g_ptr_array_add (data, g_strdup (record->number));
}

static void
test_a_withdrawn_request_is_nowhere (Desk *self, gconstpointer data)
{
  g_autoptr (GPtrArray) withdrawn = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) late = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) steps = NULL;
  KomekRecord record = desk_write_form ("шұңқыр", 0);
  g_autofree char *number = NULL;
  g_autofree char *other = NULL;
  g_autofree char *again = NULL;
  gboolean is_gone;
  guint place, n = 0;

  record.key = "key-0001";
  record.fingerprint = "aa";
  number = desk_file (self, &record);
  other = desk_file_text (self, "шұңқыр", 1);
  g_assert_true (desk_add_photo (self, number, "\001d", &place, NULL));
  for (guint i = 0; i < 2; i++)
    g_assert_true (komek_storage_withdraw (self->storage, number, NOON + 500, NULL));

  LISTS (self, Q (.offset = 0), other);
  LISTS (self, Q (.words = (char *) "шункыр"), other);
  steps = desk_get_history (self, &(KomekStepQuery) { .limit = 10 });
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_true (komek_storage_get_photo (self->storage, number, 0, check_photo, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (komek_storage_is_withdrawn (self->storage, number, &is_gone, NULL) && is_gone);
  g_assert_true (komek_storage_is_withdrawn (self->storage, other, &is_gone, NULL) && !is_gone);
  komek_storage_list_withdrawn (self->storage, NOON + 500, 10, check_withdrawn, withdrawn, NULL);
  komek_storage_list_withdrawn (self->storage, NOON + 501, 10, check_withdrawn, late, NULL);
  g_assert_cmpuint (withdrawn->len, ==, 1);
  g_assert_cmpstr (withdrawn->pdata[0], ==, number);
  g_assert_cmpuint (late->len, ==, 0);
  /* Its key is known for ever, and it never comes back. */
  again = desk_file (self, &record);
  g_assert_cmpstr (again, ==, number);
  LISTS (self, Q (.offset = 0), other);
}

static void
test_what_is_not_there_cannot_be_changed (Desk *self, gconstpointer data)
{
  g_autofree char *gone = desk_file_text (self, "Яма", 0);
  const struct
  {
    const char  *number;
    KomekRefusal refusal;
  } rows[] = { { "221126-999-996", KOMEK_REFUSAL_NO_REQUEST }, { gone, KOMEK_REFUSAL_WITHDRAWN } };

  g_assert_true (komek_storage_withdraw (self->storage, gone, NOON, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) update_error = NULL;
      g_autoptr (GError) vote_error = NULL;
      g_autoptr (GError) photo_error = NULL;
      KomekStep step = { .number = rows[i].number, .agency = "109", .time = NOON };
      gint64 id;
      guint n;

      g_assert_false (komek_storage_add_update (self->storage, &step, FALSE, &id, &update_error));
      g_assert_error (update_error, KOMEK_REFUSAL, (int) rows[i].refusal);
      g_assert_false (
          komek_storage_vote (self->storage, rows[i].number, "a", NOON, &n, &vote_error));
      g_assert_error (vote_error, KOMEK_REFUSAL, (int) rows[i].refusal);
      g_assert_false (desk_add_photo (self, rows[i].number, "a", &n, &photo_error));
      g_assert_error (photo_error, KOMEK_REFUSAL, (int) rows[i].refusal);
    }
}

#define ADD(path, test) \
  g_test_add ("/city/storage/" path, Desk, NULL, desk_set_up, test, desk_tear_down)

void
add_storage_changes (void)
{
  ADD ("an-update-changes-the-request", test_an_update_changes_the_request);
  ADD ("an-update-is-kept-once", test_an_update_is_kept_once);
  ADD ("nobody-votes-twice", test_nobody_votes_twice);
  ADD ("photos-are-kept-once-each", test_photos_are_kept_once_each);
  ADD ("a-withdrawn-request-is-nowhere", test_a_withdrawn_request_is_nowhere);
  ADD ("what-is-not-there-cannot-be-changed", test_what_is_not_there_cannot_be_changed);
}
