/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sample.h"

#include <math.h>
#include <time.h>

#include "komek-data.h"
#include "komek-error.h"
#include "komek-number.h"
#include "komek-sample-story.h"
#include "komek-sample-texts.h"
#include "komek-sample-year.h"

/* Any number would do; the same one makes the same city. */
#define SEED G_GUINT64_CONSTANT (0x4b6f6d656b313039)

#define IN_KAZAKH 0.58
#define SUPPORTED 0.11

/* So many people live at one of our places that some report twice. */
#define FEWEST_PLACES 3000
#define MOST_PLACES 40000

/**
 * Sample:
 *
 * The sample city while it is being made up, request by request.
 */
typedef struct
{
  const KomekOffice *office;
  KomekStorage      *storage;
  KomekRandom        random;
  KomekSampleYear   *year;
  KomekSampleTexts  *texts;
  GArray            *places;
  GTimeZone         *zone;
  gint64             now;

  gint64      day_ends; /* the first second of the next day */
  GDateTime  *day;
  guint       count; /* of requests on this day */
  GHashTable *dues;  /* deadline class → when what is registered today is due */

  GString *text;
  GString *answers[KOMEK_SAMPLE_STORY_MAX_STEPS];
} Sample;

static void
sample_clear (Sample *self)
{
  g_clear_pointer (&self->year, komek_sample_year_free);
  g_clear_pointer (&self->texts, komek_sample_texts_free);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->day, g_date_time_unref);
  g_clear_pointer (&self->dues, g_hash_table_unref);
  g_string_free (self->text, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (self->answers); i++)
    g_string_free (self->answers[i], TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

/* The numbers of each day count from zero. */
static void
turn_page (Sample *self, gint64 time)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) midnight = NULL;
  g_autoptr (GDateTime) next = NULL;

  if (time < self->day_ends)
    return;
  utc = g_date_time_new_from_unix_utc (time);
  g_clear_pointer (&self->day, g_date_time_unref);
  self->day = g_date_time_to_timezone (utc, self->zone);
  midnight = g_date_time_new (self->zone, g_date_time_get_year (self->day),
                              g_date_time_get_month (self->day),
                              g_date_time_get_day_of_month (self->day), 0, 0, 0);
  next = g_date_time_add_days (midnight, 1);
  self->day_ends = g_date_time_to_unix (next);
  self->count = 0;
  g_hash_table_remove_all (self->dues);
}

/* Terms of days end at the same time for all of a day; only hours count from the minute. */
static gint64
find_due (Sample *self, const char *term, gint64 time)
{
  gpointer known = g_hash_table_lookup (self->dues, term);
  gint64 due;

  if (known)
    return GPOINTER_TO_SIZE (known);
  due = komek_calendar_find_due (self->office->calendar, term, time);
  if (due != komek_calendar_find_due (self->office->calendar, term, time + 1))
    return due;
  g_hash_table_insert (self->dues, (char *) term, GSIZE_TO_POINTER (due));
  return due;
}

static guint
draw_supporters (Sample *self)
{
  if (!komek_random_chance (&self->random, SUPPORTED))
    return 0;
  return 1 + (guint) (4 * -log (1 - komek_random_unit (&self->random)));
}

static const char *
answer_kind (KomekSampleEnding ending)
{
  switch (ending)
    {
    case KOMEK_SAMPLE_ADVICE:
      return "advice";
    case KOMEK_SAMPLE_REJECTED:
      return "rejected";
    case KOMEK_SAMPLE_DUPLICATE:
    case KOMEK_SAMPLE_WITHDRAWN:
    case KOMEK_SAMPLE_WORK:
    default:
      return NULL;
    }
}

static void
write_answers (Sample *self, KomekSampleStory *story, KomekService *service, KomekLanguage language,
               const KomekSamplePlace *place)
{
  for (guint i = 0; i < story->n_steps; i++)
    {
      KomekStep *step = &story->steps[i];
      time_t local = step->time + story->zone_offset;
      struct tm parts;
      char date[16];

      if (!step->answer)
        continue;
      gmtime_r (&local, &parts);
      strftime (date, sizeof date, "%d.%m.%Y", &parts);
      step->answer = komek_sample_texts_write_answer (self->texts, &self->random, service,
                                                      answer_kind (story->ending), language, place,
                                                      date, self->answers[i]);
      step->text = step->answer ? self->answers[i]->str : NULL;
    }
}

/* Who else might answer for it: the office of the district for a service of the city, and the other
 * way round. */
static char *
dup_other_agency (const char *agency, const char *district)
{
  if (g_str_has_prefix (agency, "akimat-"))
    return g_strdup ("utilities");
  return g_strdup_printf ("akimat-%s", district);
}

static gboolean
load (Sample *self, KomekService *service, KomekLanguage language, const KomekSamplePlace *place,
      const KomekSampleStory *story, GError **error)
{
  gboolean placed = komek_service_needs_place (service);
  g_autofree char *number = komek_number_format (self->day, self->count++);
  g_autofree char *address =
    placed ? g_strjoin (", ", place->street[language], place->house, NULL) : g_strdup ("");
  const KomekStep *last = komek_sample_story_get_last (story);

  return komek_storage_load (self->storage,
                             &(KomekRecord) {
                               .number = number,
                               .service = komek_service_get_code (service),
                               .status = last->status,
                               .text = self->text->str,
                               .language = language,
                               .latitude = placed ? place->latitude : NAN,
                               .longitude = placed ? place->longitude : NAN,
                               .address = address,
                               .district = placed ? place->district : "",
                               .agency = komek_sample_story_get_agency (story),
                               .requested = story->requested,
                               .updated = last->time,
                               .due = story->due,
                               .supporters = draw_supporters (self),
                               .steps = story->steps,
                               .n_steps = story->n_steps,
                             },
                             error);
}

static gboolean
make_up (Sample *self, gint64 time, guint subject, GError **error)
{
  const KomekCatalogue *catalogue = self->office->catalogue;
  const char *code = komek_sample_year_get_service (self->year, subject);
  KomekService *service = komek_catalogue_look_up (catalogue, code);
  const KomekSamplePlace *place =
    &g_array_index (self->places, KomekSamplePlace,
                    komek_random_below (&self->random, self->places->len));
  KomekLanguage language = komek_random_chance (&self->random, IN_KAZAKH)
                             ? KOMEK_LANGUAGE_KAZAKH
                             : KOMEK_LANGUAGE_RUSSIAN;
  gboolean placed = komek_service_needs_place (service);
  g_autofree char *agency =
    komek_catalogue_dup_agency (catalogue, code, placed ? place->district : NULL);
  g_autofree char *other = placed ? dup_other_agency (agency, place->district) : NULL;
  const char *term = komek_catalogue_get_term (catalogue, code);
  KomekSampleStory story = {
    .urgent = *term == 'E' || *term == 'A',
    .requested = time,
    .now = self->now,
    .median_days = komek_sample_year_get_median_days (self->year, subject),
    .agency = agency,
    .other_agency = other,
    .zone_offset = g_date_time_get_utc_offset (self->day) / G_USEC_PER_SEC,
  };

  story.due = find_due (self, term, time);
  story.ending = komek_sample_story_draw_ending (
      &self->random, komek_sample_year_get_first_contact (self->year, subject));
  komek_sample_story_tell (&story, &self->random);
  if (!komek_sample_texts_write_request (self->texts, &self->random, service, language, place,
                                         self->text))
    g_string_assign (self->text, komek_label_get (komek_service_get_name (service), language));
  write_answers (self, &story, service, language, place);
  return load (self, service, language, place, &story, error);
}

static gboolean
check_subjects (const Sample *self, GError **error)
{
  for (guint i = 0; i < komek_sample_year_get_n_subjects (self->year); i++)
    {
      const char *code = komek_sample_year_get_service (self->year, i);

      if (komek_catalogue_look_up (self->office->catalogue, code))
        continue;
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "seasons.tsv has no service %s",
                   code);
      return FALSE;
    }
  if (self->places->len > 0)
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The plan has no streets");
  return FALSE;
}

static gboolean
prepare (Sample *self, GResource *data, guint n, GError **error)
{
  g_autoptr (GBytes) seasons = komek_data_look_up (data, "seasons.tsv", error);

  self->text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->answers); i++)
    self->answers[i] = g_string_new (NULL);
  self->dues = g_hash_table_new (g_str_hash, g_str_equal);
  self->zone = g_time_zone_new_identifier (KOMEK_OFFICE_ZONE);
  self->now = komek_clock_now (self->office->clock);
  komek_random_init (&self->random, SEED);
  self->year = seasons ? komek_sample_year_new (seasons, self->now, self->zone, n, error) : NULL;
  self->texts = self->year ? komek_sample_texts_new (data, error) : NULL;
  if (!self->texts)
    return FALSE;
  self->places = komek_sample_places_new (self->office->plan,
                                          CLAMP (n / 2, FEWEST_PLACES, MOST_PLACES), &self->random);
  return check_subjects (self, error);
}

static gboolean
fill (Sample *self, guint n, GError **error)
{
  g_autofree char *size = g_strdup_printf ("%u", n);
  gint64 time;
  guint subject;

  if (!komek_storage_begin_load (self->storage, error))
    return FALSE;
  while (komek_sample_year_next (self->year, &self->random, &time, &subject))
    {
      turn_page (self, time);
      if (!make_up (self, time, subject, error))
        return FALSE;
    }
  return komek_storage_set_note (self->storage, KOMEK_OFFICE_SAMPLE, size, error)
         && komek_storage_end_load (self->storage, error);
}

/**
 * komek_sample_fill:
 * @office: its catalogue, calendar, plan and clock; no storage yet
 * @data: the files of the city
 * @storage: an empty one
 * @n: how many requests
 *
 * Fills @storage with a year of requests that ends now. Nobody ever filed
 * them; the same day makes the same ones.
 */
gboolean
komek_sample_fill (const KomekOffice *office, GResource *data, KomekStorage *storage, guint n,
                   GError **error)
{
  g_auto (Sample) self = { .office = office, .storage = storage };

  return prepare (&self, data, n, error) && fill (&self, n, error);
}
