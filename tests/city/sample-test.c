/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "komek-city-data.h"
#include "komek-number.h"
#include "komek-sample.h"
#include "komek-storage-sqlite.h"

/* The sample city: made up, but as a real one would be. */

#define SIZE 4000
#define NOW 1795269902 /* 2026-11-21 19:05:02 in Astana, a Saturday */

typedef struct
{
  char         *number, *service, *text, *address, *district, *agency;
  KomekStatus   status;
  KomekLanguage language;
  double        latitude, longitude;
  gint64        requested, updated, due;
  guint         supporters;
  GArray       *steps; /* of Step */
} Row;

typedef struct
{
  KomekStatus status;
  gint64      time;
  gboolean    answer, told;
} Step;

typedef struct
{
  char         *folder, *path;
  KomekOffice  *office;
  KomekStorage *storage;
  GPtrArray    *rows;
  GHashTable   *by_number;
} City;

static City *city;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->number);
  g_free (row->service);
  g_free (row->text);
  g_free (row->address);
  g_free (row->district);
  g_free (row->agency);
  g_array_unref (row->steps);
  g_free (row);
}

static void
keep_row (const KomekRecord *record, gpointer data)
{
  City *self = data;
  Row *row = g_new (Row, 1);

  *row = (Row) {
    .number = g_strdup (record->number),
    .service = g_strdup (record->service),
    .text = g_strdup (record->text),
    .address = g_strdup (record->address),
    .district = g_strdup (record->district),
    .agency = g_strdup (record->agency),
    .status = record->status,
    .language = record->language,
    .latitude = record->latitude,
    .longitude = record->longitude,
    .requested = record->requested,
    .updated = record->updated,
    .due = record->due,
    .supporters = record->supporters,
    .steps = g_array_new (FALSE, FALSE, sizeof (Step)),
  };
  g_ptr_array_add (self->rows, row);
  g_hash_table_insert (self->by_number, row->number, row);
}

static void
keep_step (const KomekStep *step, gpointer data)
{
  City *self = data;
  Row *row = g_hash_table_lookup (self->by_number, step->number);
  const char *text = komek_office_tell_step (self->office, step, KOMEK_LANGUAGE_KAZAKH);
  Step kept = { step->status, step->time, step->answer, *text != '\0' };

  g_assert_nonnull (row);
  g_array_append_val (row->steps, kept);
}

/* A month at a time: one call tells no more steps than a page has. */
static void
read_steps (City *self)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->rows->len; i += 100)
    {
      const char *numbers[101] = { NULL };

      for (guint j = i; j < MIN (i + 100, self->rows->len); j++)
        numbers[j - i] = ((Row *) self->rows->pdata[j])->number;
      komek_storage_history (self->storage, &(KomekStepQuery) { .numbers = numbers, .limit = 1000 },
                             keep_step, self, &error);
      g_assert_no_error (error);
    }
}

static City *
city_new (gint64 now)
{
  City *self = g_new0 (City, 1);
  g_autoptr (KomekClock) clock = komek_clock_new_fixed (now);
  g_autoptr (GError) error = NULL;
  KomekQuery query = { .limit = SIZE + 1 };

  self->folder = g_dir_make_tmp ("komek-sample-XXXXXX", &error);
  self->path = g_build_filename (self->folder, "city.db", NULL);
  self->office = komek_office_new (komek_city_data_get_resource (), clock, &error);
  g_assert_no_error (error);
  self->storage = komek_storage_sqlite_create (self->path, &error);
  g_assert_no_error (error);
  komek_sample_fill (self->office, komek_city_data_get_resource (), self->storage, SIZE, &error);
  g_assert_no_error (error);
  g_clear_object (&self->storage);
  self->storage = komek_storage_sqlite_open (self->path, &error);
  g_assert_no_error (error);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->by_number = g_hash_table_new (g_str_hash, g_str_equal);
  komek_storage_list (self->storage, &query, keep_row, self, &error);
  g_assert_no_error (error);
  read_steps (self);
  return self;
}

static void
city_free (City *self)
{
  g_assert_finalize_object (self->storage);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_hash_table_unref (self->by_number);
  g_ptr_array_unref (self->rows);
  komek_office_free (self->office);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

static void
test_the_same_day_makes_the_same_city (void)
{
  City *other = city_new (NOW);

  g_assert_cmpuint (other->rows->len, ==, SIZE);
  g_assert_cmpuint (city->rows->len, ==, SIZE);
  for (guint i = 0; i < SIZE; i++)
    {
      const Row *a = city->rows->pdata[i], *b = other->rows->pdata[i];

      g_assert_cmpstr (a->number, ==, b->number);
      g_assert_cmpstr (a->service, ==, b->service);
      g_assert_cmpstr (a->text, ==, b->text);
      g_assert_cmpstr (a->address, ==, b->address);
      g_assert_cmpint (a->status, ==, b->status);
      g_assert_cmpint (a->updated, ==, b->updated);
      g_assert_cmpuint (a->steps->len, ==, b->steps->len);
    }
  city_free (other);
}

static void
test_the_year_ends_now (void)
{
  const Row *newest = city->rows->pdata[0], *oldest = city->rows->pdata[SIZE - 1];

  g_assert_cmpint (newest->requested, <=, NOW);
  g_assert_cmpint (newest->requested, >, NOW - 86400);
  g_assert_cmpint (oldest->requested, <, NOW - 363 * 86400);
  g_assert_cmpint (oldest->requested, >=, NOW - 366 * 86400);
}

static void
test_numbers_count_through_each_day (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:00");
  g_autofree char *last_day = g_strdup ("");
  guint count = 0;

  for (guint i = SIZE; i > 0; i--)
    {
      const Row *row = city->rows->pdata[i - 1];
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (row->requested);
      g_autoptr (GDateTime) day = g_date_time_to_timezone (utc, zone);
      g_autofree char *name = g_date_time_format (day, "%d%m%y");
      g_autofree char *expected = NULL;

      count = strcmp (name, last_day) == 0 ? count + 1 : 0;
      g_free (last_day);
      last_day = g_strdup (name);
      expected = komek_number_format (day, count);
      g_assert_cmpstr (row->number, ==, expected);
    }
}

static void
test_the_next_number_follows (void)
{
  City *other = city_new (NOW);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:00");
  const Row *newest = other->rows->pdata[0];
  const KomekStep step = {
    .status = KOMEK_STATUS_NEW, .time = NOW, .agency = "109", .event = "new"
  };
  g_autoptr (KomekRegistration) registration = komek_storage_file (
      other->storage,
      &(KomekRecord) { .service = "INF.idea", .text = "", .address = "", .district = "",
                       .agency = "109", .latitude = NAN, .requested = NOW, .steps = &step,
                       .n_steps = 1 },
      zone, NULL);

  g_assert_cmpstr (registration->number, >, newest->number);
  g_assert_cmpmem (registration->number, 6, newest->number, 6);
  city_free (other);
}

static void
test_histories_lead_from_the_first_day_to_now (void)
{
  for (guint i = 0; i < SIZE; i++)
    {
      const Row *row = city->rows->pdata[i];
      const Step *steps = (const Step *) row->steps->data;
      guint n = row->steps->len;

      g_assert_cmpuint (n, >=, 1);
      g_assert_cmpuint (n, <=, 8);
      g_assert_cmpint (steps[0].status, ==, KOMEK_STATUS_NEW);
      g_assert_cmpint (steps[0].time, ==, row->requested);
      g_assert_cmpint (steps[n - 1].status, ==, row->status);
      g_assert_cmpint (steps[n - 1].time, ==, row->updated);
      g_assert_cmpint (steps[n - 1].time, <=, NOW);
      for (guint j = 0; j < n; j++)
        {
          g_assert_true (steps[j].told);
          g_assert_true (j == 0 || steps[j - 1].time < steps[j].time);
        }
    }
}

static gboolean
has_answer (const Row *row)
{
  for (guint i = 0; i < row->steps->len; i++)
    if (g_array_index (row->steps, Step, i).answer)
      return TRUE;
  return FALSE;
}

static void
test_what_is_answered_has_an_answer (void)
{
  for (guint i = 0; i < SIZE; i++)
    {
      const Row *row = city->rows->pdata[i];

      switch (row->status)
        {
        case KOMEK_STATUS_ANSWERED:
        case KOMEK_STATUS_DONE:
        case KOMEK_STATUS_CONFIRMED:
        case KOMEK_STATUS_CLOSED:
        case KOMEK_STATUS_REJECTED:
        case KOMEK_STATUS_REOPENED:
        case KOMEK_STATUS_REWORK:
          g_assert_true (has_answer (row));
          break;
        case KOMEK_STATUS_NEW:
        case KOMEK_STATUS_ASSIGNED:
        case KOMEK_STATUS_ACCEPTED:
        case KOMEK_STATUS_DUPLICATE:
        case KOMEK_STATUS_CLOSED_BY_APPLICANT:
          g_assert_false (has_answer (row));
          break;
        case KOMEK_STATUS_IN_WORK:
        case KOMEK_STATUS_ON_HOLD:
          break;
        case KOMEK_STATUS_OTHER_OPEN:
        case KOMEK_STATUS_OTHER_CLOSED:
        default:
          g_assert_not_reached ();
        }
    }
}

static void
test_few_are_overdue_and_few_are_open (void)
{
  guint open = 0, overdue = 0, late = 0, shut = 0;

  for (guint i = 0; i < SIZE; i++)
    {
      const Row *row = city->rows->pdata[i];

      open += komek_status_is_open (row->status);
      overdue += komek_status_get_group (row->status, row->due, NOW) == KOMEK_GROUP_LATE;
      late += !komek_status_is_open (row->status) && row->updated > row->due;
      shut += komek_status_get_group (row->status, row->due, NOW) == KOMEK_GROUP_SHUT;
    }
  g_assert_cmpuint (overdue, >, 0);
  g_assert_cmpuint (overdue, <, SIZE / 50);
  g_assert_cmpuint (open, >, overdue);
  g_assert_cmpuint (open, <, SIZE / 20);
  g_assert_cmpuint (overdue + late, <, SIZE * 8 / 100);
  g_assert_cmpuint (shut, >, SIZE * 40 / 100);
  g_assert_cmpuint (shut, <, SIZE * 65 / 100);
}

static void
test_deadlines_come_after_registration (void)
{
  for (guint i = 0; i < SIZE; i++)
    {
      const Row *row = city->rows->pdata[i];

      g_assert_cmpint (row->due, >, row->requested + 3600);
      g_assert_cmpint (row->due, <, row->requested + 40 * 86400);
    }
}

static guint
count_in_month (const char *group, guint month)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:00");
  guint n = 0;

  for (guint i = 0; i < SIZE; i++)
    {
      const Row *row = city->rows->pdata[i];
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (row->requested);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

      n += g_str_has_prefix (row->service, group)
           && (month == 0 || g_date_time_get_month (local) == (int) month);
    }
  return n;
}

static void
test_the_seasons_can_be_told_apart (void)
{
  g_assert_cmpuint (count_in_month ("SNO.", 7), ==, 0);
  g_assert_cmpuint (count_in_month ("SNO.", 1), >, 20);
  g_assert_cmpuint (count_in_month ("HEA.no_heat", 10), >, 4 * count_in_month ("HEA.no_heat", 7));
  g_assert_cmpuint (count_in_month ("FLD.", 4), >, 3 * count_in_month ("FLD.", 11));
  g_assert_cmpuint (count_in_month ("BUS.", 0), >, SIZE * 8 / 100);
}

static void
test_nights_are_quiet (void)
{
  guint night = 0, morning = 0;

  for (guint i = 0; i < SIZE; i++)
    {
      gint64 hour = (((Row *) city->rows->pdata[i])->requested / 3600 + 5) % 24;

      night += hour < 5;
      morning += hour >= 8 && hour < 13;
    }
  g_assert_cmpuint (5 * night, <, morning);
  g_assert_cmpuint (night, >, 0);
}

static void
test_texts_are_whole (void)
{
  guint kazakh = 0;
  g_autoptr (GHashTable) different = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < SIZE; i++)
    {
      const Row *row = city->rows->pdata[i];

      g_assert_cmpint (g_utf8_strlen (row->text, -1), >, 10);
      g_assert_null (strpbrk (row->text, "{}"));
      g_assert_true (g_utf8_validate (row->text, -1, NULL));
      g_assert_nonnull (komek_catalogue_look_up (city->office->catalogue, row->service));
      kazakh += row->language == KOMEK_LANGUAGE_KAZAKH;
      g_hash_table_add (different, row->text);
    }
  g_assert_cmpuint (kazakh, >, SIZE / 2);
  g_assert_cmpuint (kazakh, <, SIZE * 2 / 3);
  g_assert_cmpuint (g_hash_table_size (different), >, SIZE / 3);
}

static void
test_places_lie_on_their_streets (void)
{
  guint placed = 0, named = 0;

  for (guint i = 0; i < SIZE; i++)
    {
      const Row *row = city->rows->pdata[i];
      const char *street;
      double metres;

      if (isnan (row->latitude))
        {
          g_assert_cmpstr (row->address, ==, "");
          continue;
        }
      placed++;
      street = komek_plan_describe (city->office->plan, row->latitude, row->longitude,
                                    row->language, &metres);
      g_assert_nonnull (street);
      g_assert_cmpfloat (metres, <, 45);
      g_assert_cmpstr (row->district, ==,
                       komek_plan_find_district (city->office->plan, row->latitude,
                                                 row->longitude));
      /* At a corner another street may be nearer. */
      named += g_str_has_prefix (row->address, street);
    }
  g_assert_cmpuint (placed, >, SIZE * 85 / 100);
  g_assert_cmpuint (named, >, placed * 80 / 100);
}

static void
test_somebody_answers_for_everything (void)
{
  g_autoptr (KomekCity) card = komek_city_new (&(KomekCityFields) { 0 });

  komek_catalogue_describe (city->office->catalogue, city->office->plan, card);
  for (guint i = 0; i < SIZE; i++)
    {
      const Row *row = city->rows->pdata[i];

      g_assert_nonnull (komek_city_look_up (card, KOMEK_CITY_AGENCIES, row->agency));
    }
}

static void
test_few_have_supporters (void)
{
  guint supported = 0;

  for (guint i = 0; i < SIZE; i++)
    supported += ((Row *) city->rows->pdata[i])->supporters > 0;
  g_assert_cmpuint (supported, >, SIZE / 20);
  g_assert_cmpuint (supported, <, SIZE / 5);
}

#define ADD(path, function) g_test_add_func ("/city/sample/" path, function)

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  ADD ("the-same-day-makes-the-same-city", test_the_same_day_makes_the_same_city);
  ADD ("the-year-ends-now", test_the_year_ends_now);
  ADD ("numbers-count-through-each-day", test_numbers_count_through_each_day);
  ADD ("the-next-number-follows", test_the_next_number_follows);
  ADD ("histories-lead-from-the-first-day-to-now", test_histories_lead_from_the_first_day_to_now);
  ADD ("what-is-answered-has-an-answer", test_what_is_answered_has_an_answer);
  ADD ("few-are-overdue-and-few-are-open", test_few_are_overdue_and_few_are_open);
  ADD ("deadlines-come-after-registration", test_deadlines_come_after_registration);
  ADD ("the-seasons-can-be-told-apart", test_the_seasons_can_be_told_apart);
  ADD ("nights-are-quiet", test_nights_are_quiet);
  ADD ("texts-are-whole", test_texts_are_whole);
  ADD ("places-lie-on-their-streets", test_places_lie_on_their_streets);
  ADD ("somebody-answers-for-everything", test_somebody_answers_for_everything);
  ADD ("few-have-supporters", test_few_have_supporters);

  city = city_new (NOW);
  result = g_test_run ();
  city_free (city);
  return result;
}
