/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage-desk.h"

#include <math.h>
#include <string.h>

void
desk_set_up (Desk *self, gconstpointer data)
{
  self->place = place_new ();
  self->storage = place_open (self->place);
  self->zone = g_time_zone_new_identifier ("+05:00");
}

void
desk_tear_down (Desk *self, gconstpointer data)
{
  g_assert_finalize_object (self->storage);
  g_time_zone_unref (self->zone);
  place_free (self->place);
}

/* A request that says @text, filed @seconds after noon. */
KomekRecord
desk_write_form (const char *text, gint64 seconds)
{
  static KomekStep step = { .status = KOMEK_STATUS_NEW, .agency = "109", .event = "new" };

  step.time = NOON + seconds;
  return (KomekRecord) { .service = "RDS.pothole",
                         .status = KOMEK_STATUS_NEW,
                         .text = text,
                         .language = KOMEK_LANGUAGE_RUSSIAN,
                         .latitude = 51.1283,
                         .longitude = 71.4305,
                         .address = "Мәңгілік Ел, 8",
                         .district = "esil",
                         .agency = "akimat-esil",
                         .requested = NOON + seconds,
                         .updated = NOON + seconds,
                         .due = NOON + 86400,
                         .steps = &step,
                         .n_steps = 1 };
}

char *
desk_file (Desk *self, const KomekRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRegistration) registration =
    komek_storage_file (self->storage, record, self->zone, &error);

  g_assert_no_error (error);
  g_assert_nonnull (registration->number);
  g_assert_null (registration->token);
  return g_strdup (registration->number);
}

char *
desk_file_text (Desk *self, const char *text, gint64 seconds)
{
  KomekRecord record = desk_write_form (text, seconds);

  return desk_file (self, &record);
}

static void
keep_number (const KomekRecord *record, gpointer data)
{
  g_ptr_array_add (data, g_strdup (record->number));
}

GPtrArray *
desk_list (Desk *self, const KomekQuery *query)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  komek_storage_list (self->storage, query, keep_number, numbers, &error);
  g_assert_no_error (error);
  return numbers;
}

void
desk_assert_lists (Desk *self, const KomekQuery *query, const char *const *expected)
{
  g_autoptr (GPtrArray) numbers = desk_list (self, query);

  g_assert_cmpuint (numbers->len, ==, g_strv_length ((GStrv) expected));
  for (guint i = 0; expected[i]; i++)
    g_assert_cmpstr (numbers->pdata[i], ==, expected[i]);
}

void
kept_clear (Kept *self)
{
  g_free (self->text);
  g_free (self->address);
  g_free (self->service);
  g_free (self->district);
  g_free (self->agency);
  g_strfreev (self->attributes);
}

static void
keep (const KomekRecord *record, gpointer data)
{
  Kept *kept = data;

  kept_clear (kept);
  *kept = (Kept) {
    .id = record->id,
    .text = g_strdup (record->text),
    .address = g_strdup (record->address),
    .service = g_strdup (record->service),
    .district = g_strdup (record->district),
    .agency = g_strdup (record->agency),
    .status = record->status,
    .latitude = record->latitude,
    .longitude = record->longitude,
    .requested = record->requested,
    .updated = record->updated,
    .due = record->due,
    .supporters = record->supporters,
    .photos = record->photos,
    .attributes = g_strdupv ((GStrv) record->attributes),
  };
}

void
desk_get (Desk *self, const char *number, Kept *kept)
{
  char *numbers[] = { (char *) number, NULL };
  KomekQuery query = { .numbers = numbers, .answers = TRUE, .limit = 1 };
  g_autoptr (GError) error = NULL;

  komek_storage_list (self->storage, &query, keep, kept, &error);
  g_assert_no_error (error);
}

static void
walk_on (const KomekRecord *record, gpointer data)
{
  Walk *walk = data;

  walk->n++;
  g_assert_true (g_hash_table_add (walk->seen, g_strdup (record->number)));
  walk->position = (KomekPosition) { walk->changes ? record->updated : record->requested,
                                     record->id };
}

guint
desk_walk (Desk *self, KomekQuery query)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk state = { .changes = query.updated_after != 0, .seen = seen };

  do
    {
      state.n = 0;
      query.after = state.position;
      g_assert_true (komek_storage_list (self->storage, &query, walk_on, &state, NULL));
      g_assert_cmpuint (state.n, <=, query.limit);
    }
  while (state.n > 0);
  return g_hash_table_size (seen);
}

static void
keep_step (const KomekStep *step, gpointer data)
{
  g_ptr_array_add (data, g_strdup_printf ("%s %s %s %s %d", step->number,
                                          komek_status_get_code (step->status),
                                          step->event ? step->event : "-",
                                          step->text ? step->text : "-", step->answer));
}

GPtrArray *
desk_get_history (Desk *self, const KomekStepQuery *query)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  komek_storage_history (self->storage, query, keep_step, steps, &error);
  g_assert_no_error (error);
  return steps;
}

gint64
desk_update (Desk *self, const KomekStep *step, gboolean keeps_status)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  komek_storage_add_update (self->storage, step, keeps_status, &id, &error);
  g_assert_no_error (error);
  return id;
}

guint
desk_vote (Desk *self, const char *number, const char *voter)
{
  g_autoptr (GError) error = NULL;
  guint count;

  komek_storage_vote (self->storage, number, voter, NOON + 50, &count, &error);
  g_assert_no_error (error);
  return count;
}

gboolean
desk_add_photo (Desk *self, const char *number, const char *digest, guint *place, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (digest, strlen (digest) + 1);

  return komek_storage_add_photo (self->storage,
                                  &(KomekPhoto) { .number = number, .digest = digest,
                                                  .type = "image/jpeg", .time = NOON + 9,
                                                  .bytes = bytes },
                                  place, error);
}
