/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-calendar.h"
#include "komek-catalogue.h"
#include "komek-city-data.h"
#include "komek-data.h"
#include "komek-error.h"
#include "komek-phrases.h"
#include "komek-query.h"
#include "komek-refusal.h"
#include "komek-table.h"
#include "komek-wire-time.h"
#include "komek-words.h"

/* Parts of the server that need neither a database nor a line. */

static GBytes *
look_up (const char *name)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = komek_data_look_up (komek_city_data_get_resource (), name, &error);

  g_assert_no_error (error);
  return bytes;
}

static KomekCalendar *
make_calendar (void)
{
  g_autoptr (GBytes) holidays = look_up ("holidays.tsv");
  g_autoptr (GBytes) terms = look_up ("terms.tsv");
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:00");
  g_autoptr (GError) error = NULL;
  KomekCalendar *calendar = komek_calendar_new (holidays, terms, zone, &error);

  g_assert_no_error (error);
  return calendar;
}

static const struct
{
  const char *day;
  gboolean    working;
} days[] = {
  { "2026-11-20", TRUE },                           /* a Friday */
  { "2026-11-21", FALSE }, { "2026-11-22", FALSE }, /* a weekend */
  { "2026-12-16", FALSE },                          /* a holiday on a Wednesday */
  { "2026-10-25", FALSE }, { "2026-10-26", FALSE }, /* one on a Sunday moves to Monday */
  { "2026-10-27", TRUE },
  { "2026-03-08", FALSE }, { "2026-03-09", FALSE }, { "2026-03-10", TRUE },
  /* Two of three days of Nauryz on a weekend make two more free ones. */
  { "2026-03-21", FALSE }, { "2026-03-23", FALSE }, { "2026-03-24", FALSE },
  { "2026-03-25", FALSE }, { "2026-03-26", TRUE },
  { "2026-05-27", FALSE }, /* Kurban ait of that year */
  { "2025-05-27", TRUE },
  { "2024-06-16", FALSE }, { "2024-06-17", TRUE }, /* it does not move */
};

static void
test_offices_close_on_holidays (void)
{
  g_autoptr (KomekCalendar) calendar = make_calendar ();

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GDate) day = g_date_new ();

      g_test_message ("%s", days[i].day);
      g_date_set_parse (day, days[i].day);
      g_assert_cmpint (komek_calendar_is_working_day (calendar, day), ==, days[i].working);
    }
}

static const struct
{
  const char *term;
  const char *registered, *due;
} terms[] = {
  { "E", "2026-11-21T23:30:00", "2026-11-22T23:30:00" },
  { "A", "2026-11-21T19:05:00", "2026-11-22T19:05:00" },
  { "B", "2026-11-21T19:05:00", "2026-11-24T18:00:00" },
  { "D", "2026-11-21T00:00:00", "2026-11-28T18:00:00" },
  { "D", "2026-11-21T23:59:59", "2026-11-28T18:00:00" },
  { "C", "2026-11-16T09:00:00", "2026-11-23T18:00:00" },
  { "C", "2026-11-21T09:00:00", "2026-11-27T18:00:00" },
  { "C", "2026-12-14T09:00:00", "2026-12-22T18:00:00" }, /* over the 16th */
  { "F", "2026-11-02T09:00:00", "2026-11-23T18:00:00" },
  { "F", "2026-12-28T09:00:00", "2027-01-21T18:00:00" }, /* over the new year */
};

static void
test_terms_end_when_the_offices_close (void)
{
  g_autoptr (KomekCalendar) calendar = make_calendar ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:00");

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      gint64 registered = komek_wire_read_time (terms[i].registered, zone);
      gint64 due = komek_calendar_find_due (calendar, terms[i].term, registered);
      g_autofree char *told = komek_wire_write_time (due, zone);

      g_test_message ("%s %s", terms[i].term, terms[i].registered);
      told[strlen (terms[i].due)] = '\0';
      g_assert_cmpstr (told, ==, terms[i].due);
    }
  g_assert_cmpint (komek_calendar_find_due (calendar, "?", 1), ==, 0);
  g_assert_cmpuint (komek_calendar_get_days (calendar, "?"), ==, 0);
}

static void
test_every_class_has_a_term (void)
{
  g_autoptr (KomekCalendar) calendar = make_calendar ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekCatalogue) catalogue =
    komek_catalogue_new (komek_city_data_get_resource (), calendar, &error);
  GPtrArray *services = komek_catalogue_get_services (catalogue);

  g_assert_no_error (error);
  for (guint i = 0; i < services->len; i++)
    {
      const char *code = komek_service_get_code (services->pdata[i]);
      const char *term = komek_catalogue_get_term (catalogue, code);

      g_assert_cmpuint (komek_calendar_get_days (calendar, term), >, 0);
      g_assert_cmpint (komek_service_is_danger (services->pdata[i]), ==, *term == 'E');
    }
}

static void
test_districts_answer_for_their_own (void)
{
  g_autoptr (KomekCalendar) calendar = make_calendar ();
  g_autoptr (KomekCatalogue) catalogue =
    komek_catalogue_new (komek_city_data_get_resource (), calendar, NULL);
  g_autofree char *there = komek_catalogue_dup_agency (catalogue, "FLD.yard", "esil");
  g_autofree char *nowhere = komek_catalogue_dup_agency (catalogue, "FLD.yard", NULL);
  g_autofree char *own = komek_catalogue_dup_agency (catalogue, "FLD.basement", "esil");
  g_autofree char *unknown = komek_catalogue_dup_agency (catalogue, "NO.such", "esil");

  g_assert_cmpstr (there, ==, "akimat-esil");
  g_assert_cmpstr (nowhere, ==, "109");
  g_assert_cmpstr (own, ==, "house-association");
  g_assert_cmpstr (unknown, ==, "109");
}

static KomekTable *
read_table (const char *text, GError **error)
{
  static const char *const columns[] = { "b", "a", NULL };
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return komek_table_new (bytes, "x.tsv", columns, error);
}

static void
test_a_table_is_read_by_the_names_of_its_columns (void)
{
  g_autoptr (KomekTable) table = read_table ("a\tc\tb\n1\t2\t3\r\n# 4\n\t5\t\n", NULL);

  g_assert_cmpuint (komek_table_get_n_rows (table), ==, 2);
  g_assert_cmpstr (komek_table_get (table, 0, 0), ==, "3");
  g_assert_cmpfloat (komek_table_get_number (table, 0, 1), ==, 1);
  g_assert_cmpstr (komek_table_get (table, 1, 0), ==, "");
}

static void
test_a_table_must_be_whole (void)
{
  static const char *const rows[] = { "", "a\n1\n", "a\tb\n1\n", "b\ta\n1\t2\n3\n" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      KomekTable *table = read_table (rows[i], &error);

      g_assert_null (table);
      g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
    }
}

static KomekWords *
make_words (void)
{
  g_autoptr (GBytes) bytes = look_up ("words.tsv");
  g_autoptr (GError) error = NULL;
  KomekWords *words = komek_words_new (bytes, &error);

  g_assert_no_error (error);
  return words;
}

static void
test_counts_take_the_form_of_their_language (void)
{
  static const struct
  {
    KomekLanguage language;
    guint         count;
    const char   *words;
  } rows[] = {
    { KOMEK_LANGUAGE_KAZAKH, 1, "1 күн қалды" },
    { KOMEK_LANGUAGE_KAZAKH, 5, "5 күн қалды" },
    { KOMEK_LANGUAGE_RUSSIAN, 1, "остался 1 день" },
    { KOMEK_LANGUAGE_RUSSIAN, 2, "осталось 2 дня" },
    { KOMEK_LANGUAGE_RUSSIAN, 5, "осталось 5 дней" },
    { KOMEK_LANGUAGE_RUSSIAN, 11, "осталось 11 дней" },
    { KOMEK_LANGUAGE_RUSSIAN, 12, "осталось 12 дней" },
    { KOMEK_LANGUAGE_RUSSIAN, 21, "остался 21 день" },
    { KOMEK_LANGUAGE_RUSSIAN, 22, "осталось 22 дня" },
    { KOMEK_LANGUAGE_RUSSIAN, 112, "осталось 112 дней" },
    { KOMEK_LANGUAGE_ENGLISH, 1, "1 day left" },
    { KOMEK_LANGUAGE_ENGLISH, 21, "21 days left" },
  };
  g_autoptr (KomekWords) words = make_words ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *told = komek_words_count (words, "left", rows[i].language, rows[i].count);

      g_assert_cmpstr (told, ==, rows[i].words);
    }
}

static void
test_days_are_written_as_each_language_does (void)
{
  g_autoptr (KomekWords) words = make_words ();
  g_autoptr (GDateTime) day = g_date_time_new_utc (2026, 11, 21, 0, 0, 0);
  g_autofree char *kk = komek_words_day (words, day, KOMEK_LANGUAGE_KAZAKH);
  g_autofree char *ru = komek_words_day (words, day, KOMEK_LANGUAGE_RUSSIAN);
  g_autofree char *en = komek_words_day (words, day, KOMEK_LANGUAGE_ENGLISH);

  g_assert_cmpstr (kk, ==, "2026\u00a0ж. 21\u00a0қараша");
  g_assert_cmpstr (ru, ==, "21\u00a0ноября 2026\u00a0г.");
  g_assert_cmpstr (en, ==, "21 November 2026");
}

/* A sentence is there for everything that the server may say no with. */
static void
test_every_refusal_has_its_words (void)
{
  g_autoptr (KomekWords) words = make_words ();

  for (guint refusal = 0; refusal <= KOMEK_REFUSAL_FAILED; refusal++)
    {
      g_autoptr (GError) error = g_error_new (KOMEK_REFUSAL, refusal, "x");
      const char *last = NULL;

      g_assert_cmpuint (komek_refusal_get_http_status (error), >=, 400);
      for (guint language = 0; language < KOMEK_N_LANGUAGES; language++)
        {
          const char *sentence = komek_words_get (words, komek_refusal_get_word (error), language);

          g_assert_cmpstr (sentence, !=, "");
          g_assert_cmpstr (sentence, !=, last);
          last = sentence;
        }
    }
}

static void
test_what_is_no_refusal_is_our_failure (void)
{
  g_autoptr (GError) error = g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "disk full");

  g_assert_cmpuint (komek_refusal_get_http_status (error), ==, 500);
  g_assert_cmpstr (komek_refusal_get_word (error), ==, "failed");
}

/* Nobody is told to wait for what will not change. */
static void
test_a_passing_refusal_says_for_how_long (void)
{
  for (guint refusal = 0; refusal <= KOMEK_REFUSAL_FAILED; refusal++)
    {
      g_autoptr (GError) error = g_error_new (KOMEK_REFUSAL, refusal, "x");
      gboolean away = komek_refusal_get_http_status (error) == 503;

      g_assert_cmpuint (komek_refusal_get_delay (error), ==,
                        refusal == KOMEK_REFUSAL_KEY_RUNNING ? 1 : away ? 5 : 0);
    }
}

static void
test_phrases_are_found_by_language (void)
{
  g_autoptr (GBytes) bytes = look_up ("history.tsv");
  g_autoptr (KomekPhrases) events = komek_phrases_new (bytes, "history.tsv", "event", NULL);

  g_assert_cmpuint (komek_phrases_look_up (events, "new", KOMEK_LANGUAGE_KAZAKH)->len, >, 1);
  g_assert_cmpuint (komek_phrases_look_up (events, "closed_silent", KOMEK_LANGUAGE_RUSSIAN)->len,
                    ==, 1);
  g_assert_null (komek_phrases_look_up (events, "no-such", KOMEK_LANGUAGE_KAZAKH));
}

static KomekQuery *
make_query (const char *query)
{
  g_autoptr (GHashTable) arguments =
    g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+05:00");
  g_autoptr (GError) error = NULL;
  KomekQuery *made = komek_query_new (arguments, zone, 1795269902, &error);

  g_assert_no_error (error);
  return made;
}

static void
test_numbers_override_everything (void)
{
  g_autoptr (KomekQuery) query =
    make_query ("service_request_id=x,+211126000014,,&status=nonsense&page=7&bbox=1");

  g_assert_cmpuint (g_strv_length (query->numbers), ==, 2);
  g_assert_cmpuint (query->offset, ==, 0);
  g_assert_null (query->bounds);
}

static void
test_dates_without_a_zone_are_the_citys (void)
{
  g_autoptr (KomekQuery) query = make_query ("start_date=2026-11-21&end_date=2026-11-21T19:05:02");

  g_assert_cmpint (query->start, ==, 1795201200);
  g_assert_cmpint (query->end, ==, 1795269902);
}

static void
test_empty_arguments_are_absent (void)
{
  g_autoptr (KomekQuery) query =
    make_query ("service_request_id=&status=&start_date=&bbox=&q=&page=&page_size=&service_code=");

  g_assert_null (query->numbers);
  g_assert_null (query->services);
  g_assert_cmpuint (query->statuses, ==, 0);
  g_assert_cmpuint (query->limit, ==, 1000);
  g_assert_cmpint (query->start, ==, 1795269902 - 90 * 86400);
}

static void
test_pages_begin_where_the_last_one_ended (void)
{
  g_autoptr (KomekQuery) first = make_query ("page=1");
  g_autoptr (KomekQuery) third = make_query ("page=3&page_size=50");

  g_assert_cmpuint (first->limit, ==, 100);
  g_assert_cmpuint (first->offset, ==, 0);
  g_assert_cmpint (first->start, ==, 0);
  g_assert_cmpuint (third->limit, ==, 50);
  g_assert_cmpuint (third->offset, ==, 100);
}

static void
test_statuses_are_the_standards_or_ours (void)
{
  g_autoptr (KomekQuery) open = make_query ("status=open");
  g_autoptr (KomekQuery) closed = make_query ("status=closed");
  g_autoptr (KomekQuery) ours = make_query ("status=on_hold,%20done");

  g_assert_cmpuint (open->statuses & closed->statuses, ==, 0);
  g_assert_cmpuint (open->statuses | closed->statuses, ==, (1u << KOMEK_STATUS_OTHER_OPEN) - 1);
  g_assert_cmpuint (ours->statuses, ==, 1u << KOMEK_STATUS_ON_HOLD | 1u << KOMEK_STATUS_DONE);
}

static void
test_nobody_searches_for_a_thousand_words (void)
{
  g_autoptr (KomekQuery) twelve = make_query ("q=a+b+c+d+e+f+g+h+i+j+k+l");
  g_autoptr (KomekQuery) more = make_query ("q=a+b+c+d+e+f+g+h+i+j+k+l+m+n");

  g_assert_cmpstr (twelve->words, ==, "a b c d e f g h i j k l");
  g_assert_cmpstr (more->words, ==, twelve->words);
}

static void
test_lists_have_a_limit (void)
{
  static const char *const names[] = { "service_request_id", "service_code" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GHashTable) arguments = g_hash_table_new (g_str_hash, g_str_equal);
      g_autofree char *commas = g_strnfill (1001, ',');
      g_auto (GStrv) parts = g_strsplit (commas, ",", -1);
      g_autofree char *list = g_strjoinv ("x,", parts);
      g_autoptr (GError) error = NULL;
      KomekQuery *query;

      g_hash_table_insert (arguments, (char *) names[i], list);
      query = komek_query_new (arguments, NULL, 0, &error);
      g_assert_null (query);
      g_assert_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_TOO_MANY);
    }
}

#define ADD(path, function) g_test_add_func ("/city/" path, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("calendar/offices-close-on-holidays", test_offices_close_on_holidays);
  ADD ("calendar/terms-end-when-the-offices-close", test_terms_end_when_the_offices_close);
  ADD ("catalogue/every-class-has-a-term", test_every_class_has_a_term);
  ADD ("catalogue/districts-answer-for-their-own", test_districts_answer_for_their_own);
  ADD ("table/is-read-by-the-names-of-its-columns",
       test_a_table_is_read_by_the_names_of_its_columns);
  ADD ("table/must-be-whole", test_a_table_must_be_whole);
  ADD ("words/counts-take-the-form-of-their-language", test_counts_take_the_form_of_their_language);
  ADD ("words/days-are-written-as-each-language-does", test_days_are_written_as_each_language_does);
  ADD ("refusal/every-one-has-its-words", test_every_refusal_has_its_words);
  ADD ("refusal/what-is-none-is-our-failure", test_what_is_no_refusal_is_our_failure);
  ADD ("refusal/a-passing-one-says-for-how-long", test_a_passing_refusal_says_for_how_long);
  ADD ("phrases/are-found-by-language", test_phrases_are_found_by_language);
  ADD ("query/numbers-override-everything", test_numbers_override_everything);
  ADD ("query/dates-without-a-zone-are-the-citys", test_dates_without_a_zone_are_the_citys);
  ADD ("query/empty-arguments-are-absent", test_empty_arguments_are_absent);
  ADD ("query/pages-begin-where-the-last-one-ended", test_pages_begin_where_the_last_one_ended);
  ADD ("query/statuses-are-the-standards-or-ours", test_statuses_are_the_standards_or_ours);
  ADD ("query/nobody-searches-for-a-thousand-words", test_nobody_searches_for_a_thousand_words);
  ADD ("query/lists-have-a-limit", test_lists_have_a_limit);
  return g_test_run ();
}
