/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "komek-number.h"
#include "komek-refusal.h"
#include "storage-place.h"

/* What any engine must do. Which one, says KOMEK_TEST_DATABASE; without it, SQLite. */

#define NOON 1795334400 /* 22 November 2026, 12:00 in Astana is 07:00 in Greenwich */

typedef struct
{
  Place        *place;
  KomekStorage *storage;
  GTimeZone    *zone;
} Desk;

static void
set_up (Desk *self, gconstpointer data)
{
  self->place = place_new ();
  self->storage = place_open (self->place);
  self->zone = g_time_zone_new_identifier ("+05:00");
}

static void
tear_down (Desk *self, gconstpointer data)
{
  g_assert_finalize_object (self->storage);
  g_time_zone_unref (self->zone);
  place_free (self->place);
}

/* A request that says @text, filed @seconds after noon. */
static KomekRecord
write_form (const char *text, gint64 seconds)
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

static char *
file (Desk *self, const KomekRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRegistration) registration =
    komek_storage_file (self->storage, record, self->zone, &error);

  g_assert_no_error (error);
  g_assert_nonnull (registration->number);
  g_assert_null (registration->token);
  return g_strdup (registration->number);
}

static char *
file_text (Desk *self, const char *text, gint64 seconds)
{
  KomekRecord record = write_form (text, seconds);

  return file (self, &record);
}

static void
keep_number (const KomekRecord *record, gpointer data)
{
  g_ptr_array_add (data, g_strdup (record->number));
}

static GPtrArray *
list (Desk *self, const KomekQuery *query)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  komek_storage_list (self->storage, query, keep_number, numbers, &error);
  g_assert_no_error (error);
  return numbers;
}

static void
assert_lists (Desk *self, const KomekQuery *query, const char *const *expected)
{
  g_autoptr (GPtrArray) numbers = list (self, query);

  g_assert_cmpuint (numbers->len, ==, g_strv_length ((GStrv) expected));
  for (guint i = 0; expected[i]; i++)
    g_assert_cmpstr (numbers->pdata[i], ==, expected[i]);
}

#define LISTS(self, query, ...) \
  assert_lists (self, &(query), (const char *const[]) { __VA_ARGS__, NULL })
#define Q(...) (KomekQuery) { __VA_ARGS__, .limit = 100 }

/* A record with texts of its own. */
typedef struct
{
  gint64      id;
  char       *text, *address, *service, *district, *agency;
  KomekStatus status;
  double      latitude, longitude;
  gint64      requested, updated, due;
  guint       supporters, photos;
  GStrv       attributes;
} Kept;

static void
kept_clear (Kept *self)
{
  g_free (self->text);
  g_free (self->address);
  g_free (self->service);
  g_free (self->district);
  g_free (self->agency);
  g_strfreev (self->attributes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

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

static void
get (Desk *self, const char *number, Kept *kept)
{
  char *numbers[] = { (char *) number, NULL };
  KomekQuery query = { .numbers = numbers, .limit = 1 };
  g_autoptr (GError) error = NULL;

  komek_storage_list (self->storage, &query, keep, kept, &error);
  g_assert_no_error (error);
}

static void
test_everything_comes_back (Desk *self, gconstpointer data)
{
  static const char *const attributes[] = { "depth", "20 cm", "lane", "1", "lane", "2", NULL };
  KomekRecord record = write_form ("Яма на дороге", 0);
  g_autofree char *number = NULL;
  g_autofree char *contact = NULL;
  g_autoptr (GDateTime) day = g_date_time_new (self->zone, 2026, 11, 22, 12, 0, 0);
  g_autofree char *first = komek_number_format (day, 0);
  g_auto (Kept) kept = { 0 };

  record.attributes = attributes;
  record.contact = "c2VhbGVk";
  record.supporters = 3;
  number = file (self, &record);
  g_assert_cmpstr (number, ==, first);
  get (self, number, &kept);
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
  KomekRecord record = write_form ("Нет света", 0);
  g_autofree char *number = NULL;
  g_auto (Kept) kept = { 0 };

  record.latitude = record.longitude = NAN;
  number = file (self, &record);
  get (self, number, &kept);
  g_assert_true (isnan (kept.latitude) && isnan (kept.longitude));
}

static KomekRegistration *
file_keyed (Desk *self, const char *client, const char *key, const char *fingerprint,
            GError **error)
{
  KomekRecord record = write_form ("Яма", 0);

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
  KomekRecord record = write_form ("Яма", 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  record.key = "key-0001";
  first = file (self, &record);
  again = file (self, &record);
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
    g_ptr_array_add (numbers, file_text (self, "Яма", i));
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
  KomekRecord record = write_form ("Яма на Абая", 7);
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
    g_autoptr (GPtrArray) none = list (self, &(KomekQuery) { .limit = 10 });

    g_assert_cmpuint (none->len, ==, 0);
  }

  g_assert_true (komek_storage_settle (self->storage, self->zone, 10, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  settled = look_up (self, &(KomekLookUp) { .token = first->token });
  g_assert_nonnull (settled->number);
  get (self, settled->number, &kept);
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
      KomekRecord record = write_form ("Яма", i);
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
  KomekRecord record = write_form ("Яма", 0);
  g_autoptr (KomekRegistration) by_local = NULL;
  g_autoptr (KomekRegistration) by_key = NULL;
  g_autoptr (KomekRegistration) by_others_key = NULL;
  g_autoptr (KomekRegistration) unknown = NULL;
  g_autofree char *number = NULL;

  record.client = "kiosk-1";
  record.key = "key-0001";
  record.local_number = "012345-678-901";
  number = file (self, &record);
  by_local = look_up (self, &(KomekLookUp) { .local_number = "012345-678-901" });
  g_assert_cmpstr (by_local->number, ==, number);
  by_key = look_up (self, &(KomekLookUp) { .client = "kiosk-1", .key = "key-0001" });
  g_assert_cmpstr (by_key->number, ==, number);
  by_others_key = look_up (self, &(KomekLookUp) { .client = "kiosk-2", .key = "key-0001" });
  g_assert_null (by_others_key);
  unknown = look_up (self, &(KomekLookUp) { .local_number = "012345-678-902" });
  g_assert_null (unknown);
}

/* A city with ten requests of many kinds, the one with the highest letter registered last. */
typedef struct
{
  char *numbers[10];
} Ten;

static void
ten_clear (Ten *self)
{
  for (guint i = 0; i < 10; i++)
    g_free (self->numbers[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ten, ten_clear)

static void
file_ten (Desk *self, Ten *ten)
{
  static const char *const texts[] = {
    "шұңқыр жолда", "яма на дороге", "фонарь не горит", "қар тазаланбаған", "снег не убран",
    "шұңқыр Абай",  "мусор",         "фонарь и яма",    "лифт",             "Шункыр",
  };

  for (guint i = 0; i < 10; i++)
    {
      KomekRecord record = write_form (texts[i], i * 60);

      record.service = i % 2 ? "RDS.pothole" : "ELC.light";
      record.status = i % 3 == 0 ? KOMEK_STATUS_DONE : KOMEK_STATUS_NEW;
      record.latitude = 51.10 + i * 0.001;
      record.address = "";
      /* The earlier they came, the later they changed. */
      record.updated = NOON + 10000 - i;
      ten->numbers[i] = file (self, &record);
    }
}

static void
test_lists_are_what_was_asked_for (Desk *self, gconstpointer data)
{
  static char *pothole[] = { (char *) "RDS.pothole", (char *) "none", NULL };
  g_auto (Ten) ten = { 0 };
  g_autoptr (KomekBounds) bounds = komek_bounds_new (51.1015, 71.4, 51.1045, 71.5, NULL);
  g_autoptr (KomekBounds) country = komek_bounds_new (40, 50, 51.1015, 80, NULL);
  char **n = ten.numbers;
  char *two[3] = { NULL };

  file_ten (self, &ten);
  two[0] = n[2];
  two[1] = n[7];
  LISTS (self, Q (.offset = 0), n[9], n[8], n[7], n[6], n[5], n[4], n[3], n[2], n[1], n[0]);
  LISTS (self, Q (.services = pothole), n[9], n[7], n[5], n[3], n[1]);
  LISTS (self, Q (.statuses = 1u << KOMEK_STATUS_DONE), n[9], n[6], n[3], n[0]);
  LISTS (self, Q (.start = NOON + 180, .end = NOON + 300), n[5], n[4], n[3]);
  LISTS (self, Q (.bounds = bounds), n[4], n[3], n[2]);
  LISTS (self, Q (.bounds = country), n[1], n[0]);
  LISTS (self, Q (.updated_after = NOON + 9998), n[2], n[1], n[0]);
  LISTS (self, Q (.numbers = two), n[7], n[2]);
  LISTS (self, Q (.services = pothole, .statuses = 1u << KOMEK_STATUS_DONE, .end = NOON + 300),
         n[3]);
}

static void
test_words_are_found_by_their_beginnings (Desk *self, gconstpointer data)
{
  static char *light[] = { (char *) "ELC.light", NULL };
  g_auto (Ten) ten = { 0 };
  char **n = ten.numbers;
  g_autoptr (GPtrArray) none = NULL;

  file_ten (self, &ten);
  LISTS (self, Q (.words = (char *) "шункыр"), n[9], n[5], n[0]);
  LISTS (self, Q (.words = (char *) "шун"), n[9], n[5], n[0]);
  LISTS (self, Q (.words = (char *) "ф я"), n[7]);
  LISTS (self, Q (.words = (char *) "фонарь", .services = light), n[2]);
  LISTS (self, Q (.words = (char *) "шун", .end = NOON + 300), n[5], n[0]);
  LISTS (self, ((KomekQuery) { .words = (char *) "шун", .offset = 2, .limit = 1 }), n[0]);
  none = list (self, &(KomekQuery) { .words = (char *) "ункыр", .limit = 10 });
  g_assert_cmpuint (none->len, ==, 0);
}

typedef struct
{
  KomekPosition position;
  gboolean      changes;
  guint         n;
  GHashTable   *seen;
} Walk;

static void
walk_on (const KomekRecord *record, gpointer data)
{
  Walk *walk = data;

  walk->n++;
  g_assert_true (g_hash_table_add (walk->seen, g_strdup (record->number)));
  walk->position = (KomekPosition) { walk->changes ? record->updated : record->requested,
                                     record->id };
}

static guint
walk (Desk *self, KomekQuery query)
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

/* Many of the same second, so that the time alone is no place to go on from. */
static void
test_a_walk_meets_everything_once (Desk *self, gconstpointer data)
{
  g_autoptr (KomekBounds) bounds = komek_bounds_new (51.12, 71.42, 51.13, 71.44, NULL);

  for (guint i = 0; i < 60; i++)
    g_free (file_text (self, i % 2 ? "шұңқыр" : "яма", i / 20));
  for (guint limit = 1; limit < 100; limit += 6)
    {
      g_assert_cmpuint (walk (self, (KomekQuery) { .limit = limit }), ==, 60);
      g_assert_cmpuint (walk (self, (KomekQuery) { .limit = limit, .updated_after = NOON + 1 }), ==,
                        40);
      g_assert_cmpuint (walk (self, (KomekQuery) { .limit = limit, .bounds = bounds }), ==, 60);
      g_assert_cmpuint (walk (self, (KomekQuery) { .limit = limit, .words = (char *) "шун" }), ==,
                        30);
    }
}

static void
keep_step (const KomekStep *step, gpointer data)
{
  g_ptr_array_add (data, g_strdup_printf ("%s %s %s %s %d", step->number,
                                          komek_status_get_code (step->status),
                                          step->event ? step->event : "-",
                                          step->text ? step->text : "-", step->answer));
}

static GPtrArray *
get_history (Desk *self, const KomekStepQuery *query)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  komek_storage_history (self->storage, query, keep_step, steps, &error);
  g_assert_no_error (error);
  return steps;
}

static gint64
update (Desk *self, const KomekStep *step, gboolean keeps_status)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  komek_storage_add_update (self->storage, step, keeps_status, &id, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_an_update_changes_the_request (Desk *self, gconstpointer data)
{
  g_autofree char *number = file_text (self, "Яма", 0);
  const char *const numbers[] = { number, NULL };
  g_autoptr (GPtrArray) steps = NULL;
  g_autofree char *answer = g_strconcat (number, " done - Заделали 1", NULL);
  g_autofree char *comment = g_strconcat (number, " done - Спасибо 0", NULL);
  g_auto (Kept) kept = { 0 };

  update (self, &(KomekStep) { .number = number, .status = KOMEK_STATUS_DONE, .time = NOON + 100,
                               .agency = "akimat-esil", .text = "Заделали", .answer = TRUE },
          FALSE);
  update (self, &(KomekStep) { .number = number, .status = KOMEK_STATUS_NEW, .time = NOON + 200,
                               .agency = "", .text = "Спасибо" },
          TRUE);
  get (self, number, &kept);
  g_assert_cmpint (kept.status, ==, KOMEK_STATUS_DONE);
  g_assert_cmpint (kept.updated, ==, NOON + 200);
  steps = get_history (self, &(KomekStepQuery) { .numbers = numbers, .limit = 10 });
  g_assert_cmpuint (steps->len, ==, 3);
  g_assert_cmpstr (steps->pdata[1], ==, answer);
  g_assert_cmpstr (steps->pdata[2], ==, comment);
}

static void
test_an_update_is_kept_once (Desk *self, gconstpointer data)
{
  g_autofree char *number = file_text (self, "Яма", 0);
  KomekStep step = { .number = number, .status = KOMEK_STATUS_IN_WORK, .time = NOON + 100,
                     .agency = "akimat-esil", .client = "staff", .key = "update-01",
                     .fingerprint = "aa" };
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = update (self, &step, FALSE);

  g_assert_cmpint (update (self, &step, FALSE), ==, id);
  steps = get_history (self, &(KomekStepQuery) { .limit = 10 });
  g_assert_cmpuint (steps->len, ==, 2);
  step.fingerprint = "bb";
  g_assert_false (komek_storage_add_update (self->storage, &step, FALSE, &id, &error));
  g_assert_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_REUSED);
}

static void
walk_steps (const KomekStep *step, gpointer data)
{
  Walk *walk = data;

  walk->n++;
  walk->position = (KomekPosition) { step->time, step->id };
}

static void
test_a_history_is_walked_in_pages (Desk *self, gconstpointer data)
{
  Walk state = { 0 };
  guint n = 0;

  for (guint i = 0; i < 30; i++)
    g_free (file_text (self, "Яма", i / 10));
  do
    {
      KomekStepQuery query = { .after = state.position, .limit = 7, .start = NOON + 1 };

      state.n = 0;
      g_assert_true (komek_storage_history (self->storage, &query, walk_steps, &state, NULL));
      n += state.n;
    }
  while (state.n > 0);
  g_assert_cmpuint (n, ==, 20);
}

static guint
vote (Desk *self, const char *number, const char *voter)
{
  g_autoptr (GError) error = NULL;
  guint count;

  komek_storage_vote (self->storage, number, voter, NOON + 50, &count, &error);
  g_assert_no_error (error);
  return count;
}

static void
test_nobody_votes_twice (Desk *self, gconstpointer data)
{
  g_autofree char *number = file_text (self, "Яма", 0);
  g_auto (Kept) kept = { 0 };

  g_assert_cmpuint (vote (self, number, "a"), ==, 1);
  g_assert_cmpuint (vote (self, number, "b"), ==, 2);
  g_assert_cmpuint (vote (self, number, "a"), ==, 2);
  get (self, number, &kept);
  g_assert_cmpuint (kept.supporters, ==, 2);
  g_assert_cmpint (kept.updated, ==, NOON + 50);
}

static gboolean
add_photo (Desk *self, const char *number, const char *digest, guint *place, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (digest, strlen (digest) + 1);

  return komek_storage_add_photo (self->storage,
                                  &(KomekPhoto) { .number = number, .digest = digest,
                                                  .type = "image/jpeg", .time = NOON + 9,
                                                  .bytes = bytes },
                                  place, error);
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
  g_autofree char *number = file_text (self, "Яма", 0);
  g_autoptr (GError) error = NULL;
  g_auto (Kept) kept = { 0 };
  guint place, n = 0;

  for (guint i = 0; i < KOMEK_STORAGE_MAX_PHOTOS; i++)
    for (guint times = 0; times < 2; times++)
      {
        g_assert_true (add_photo (self, number, digests[i], &place, &error));
        g_assert_cmpuint (place, ==, i);
      }
  g_assert_false (add_photo (self, number, digests[5], &place, &error));
  g_assert_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_PICTURES_FULL);
  g_assert_true (komek_storage_list_photos (self->storage, number, count_photo, &n, NULL));
  g_assert_cmpuint (n, ==, KOMEK_STORAGE_MAX_PHOTOS);
  n = 0;
  g_assert_true (komek_storage_get_photo (self->storage, number, 3, check_photo, &n, NULL));
  g_assert_true (komek_storage_get_photo (self->storage, number, 5, check_photo, &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  get (self, number, &kept);
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
  KomekRecord record = write_form ("шұңқыр", 0);
  g_autofree char *number = NULL;
  g_autofree char *other = NULL;
  g_autofree char *again = NULL;
  gboolean is_gone;
  guint place, n = 0;

  record.key = "key-0001";
  record.fingerprint = "aa";
  number = file (self, &record);
  other = file_text (self, "шұңқыр", 1);
  g_assert_true (add_photo (self, number, "\001d", &place, NULL));
  for (guint i = 0; i < 2; i++)
    g_assert_true (komek_storage_withdraw (self->storage, number, NOON + 500, NULL));

  LISTS (self, Q (.offset = 0), other);
  LISTS (self, Q (.words = (char *) "шункыр"), other);
  steps = get_history (self, &(KomekStepQuery) { .limit = 10 });
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
  again = file (self, &record);
  g_assert_cmpstr (again, ==, number);
  LISTS (self, Q (.offset = 0), other);
}

static void
test_what_is_not_there_cannot_be_changed (Desk *self, gconstpointer data)
{
  g_autofree char *gone = file_text (self, "Яма", 0);
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
      g_assert_false (add_photo (self, rows[i].number, "a", &n, &photo_error));
      g_assert_error (photo_error, KOMEK_REFUSAL, (int) rows[i].refusal);
    }
}

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
  number = file_text (self, "Яма", 0);
  stamps[1] = get_stamp (self);
  vote (self, number, "a");
  stamps[2] = get_stamp (self);
  g_assert_true (add_photo (self, number, "a", &place, NULL));
  stamps[3] = get_stamp (self);
  update (self, &(KomekStep) { .number = number, .agency = "109", .time = NOON }, FALSE);
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
  KomekRecord record = write_form ("Яма", 0);
  g_autofree char *number = NULL;
  g_autofree char *again = NULL;
  g_autofree char *next = NULL;
  gint64 stamp;

  record.key = "key-0001";
  record.fingerprint = "aa";
  number = file (self, &record);
  stamp = get_stamp (self);
  g_assert_finalize_object (self->storage);
  self->storage = place_open (self->place);
  g_assert_cmpint (get_stamp (self), ==, stamp);
  again = file (self, &record);
  g_assert_cmpstr (again, ==, number);
  next = file_text (self, "Яма", 1);
  g_assert_cmpstr (next, >, number);
}

static void
load_day (Desk *self, GDateTime *day, guint n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (komek_storage_begin_load (self->storage, &error));
  for (guint i = 0; i < n; i++)
    {
      KomekRecord record = write_form (i % 10 ? "Яма" : "Шұңқыр\tпод \\окном\n\"№ 1\"", i);
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
  number = file_text (self, "Яма", 200);
  g_assert_cmpstr (number, ==, expected);
  get (self, sixtieth, &kept);
  g_assert_cmpstr (kept.text, ==, "Шұңқыр\tпод \\окном\n\"№ 1\"");
  g_assert_cmpuint (walk (self, (KomekQuery) { .words = (char *) "шункыр окном", .limit = 3 }), ==,
                    10);
  steps = get_history (self, &(KomekStepQuery) { .limit = 1000 });
  g_assert_cmpuint (steps->len, ==, 101);
}

#define ADD(path, test) g_test_add ("/city/storage/" path, Desk, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
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
  ADD ("lists-are-what-was-asked-for", test_lists_are_what_was_asked_for);
  ADD ("words-are-found-by-their-beginnings", test_words_are_found_by_their_beginnings);
  ADD ("a-walk-meets-everything-once", test_a_walk_meets_everything_once);
  ADD ("an-update-changes-the-request", test_an_update_changes_the_request);
  ADD ("an-update-is-kept-once", test_an_update_is_kept_once);
  ADD ("a-history-is-walked-in-pages", test_a_history_is_walked_in_pages);
  ADD ("nobody-votes-twice", test_nobody_votes_twice);
  ADD ("photos-are-kept-once-each", test_photos_are_kept_once_each);
  ADD ("a-withdrawn-request-is-nowhere", test_a_withdrawn_request_is_nowhere);
  ADD ("what-is-not-there-cannot-be-changed", test_what_is_not_there_cannot_be_changed);
  ADD ("clients-are-found-by-their-keys", test_clients_are_found_by_their_keys);
  ADD ("the-stamp-grows-with-any-change", test_the_stamp_grows_with_any_change);
  ADD ("notes-are-kept", test_notes_are_kept);
  ADD ("the-first-to-note-decides", test_the_first_to_note_decides);
  ADD ("everything-is-there-after-a-restart", test_everything_is_there_after_a_restart);
  ADD ("a-loaded-city-counts-on", test_a_loaded_city_counts_on);
  return g_test_run ();
}
