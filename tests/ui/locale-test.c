/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-gettext.h"
#include "komek-locale.h"

/* 21 November 2026, 19:30 UTC: past midnight in Astana. */
#define EVENING 1795289400

static KomekLocale *locale;

static const struct
{
  KomekLanguage language;
  const char   *number;
  const char   *date;
  const char   *long_date;
  const char   *metres;
  const char   *kilometres;
  const char   *said_metres;
  const char   *said_kilometres;
} rows[] = {
  { KOMEK_LANGUAGE_KAZAKH, "1\u00a0234\u00a0567", "22.11.2026", "2026\u00a0ж. 22\u00a0қараша",
    "450\u00a0м", "1,2\u00a0км", "450 метр", "1,2 километр" },
  { KOMEK_LANGUAGE_RUSSIAN, "1\u00a0234\u00a0567", "22.11.2026", "22\u00a0ноября 2026\u00a0г.",
    "450\u00a0м", "1,2\u00a0км", "450 метров", "1,2 километра" },
  { KOMEK_LANGUAGE_ENGLISH, "1,234,567", "22 Nov 2026", "22 November 2026", "450 m", "1.2 km",
    "450 metres", "1.2 kilometres" },
};

static void
test_writes_as_the_language_does (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GTimeZone) astana = g_time_zone_new_identifier ("+05:00");
  g_autofree char *number = NULL;
  g_autofree char *date = NULL;
  g_autofree char *long_date = NULL;
  g_autofree char *metres = NULL;
  g_autofree char *kilometres = NULL;
  g_autofree char *said_metres = NULL;
  g_autofree char *said_kilometres = NULL;

  komek_locale_set_language (locale, rows[i].language);
  number = komek_locale_format_number (locale, 1234567);
  date = komek_locale_format_date (locale, EVENING, astana);
  long_date = komek_locale_format_long_date (locale, EVENING, astana);
  metres = komek_locale_format_distance (locale, 447);
  kilometres = komek_locale_format_distance (locale, 1234);
  said_metres = komek_locale_say_distance (locale, 447);
  said_kilometres = komek_locale_say_distance (locale, 1234);
  g_assert_cmpstr (number, ==, rows[i].number);
  g_assert_cmpstr (date, ==, rows[i].date);
  g_assert_cmpstr (long_date, ==, rows[i].long_date);
  g_assert_cmpstr (metres, ==, rows[i].metres);
  g_assert_cmpstr (kilometres, ==, rows[i].kilometres);
  g_assert_cmpstr (said_metres, ==, rows[i].said_metres);
  g_assert_cmpstr (said_kilometres, ==, rows[i].said_kilometres);
}

/* May is written the same way in a date and on an axis in English alone. */
static void
test_says_may_in_full (void)
{
  const struct { KomekLanguage language; const char *text; } days[] = {
    { KOMEK_LANGUAGE_KAZAKH, "2026\u00a0ж. 9\u00a0мамыр" },
    { KOMEK_LANGUAGE_RUSSIAN, "9\u00a0мая 2026\u00a0г." },
    { KOMEK_LANGUAGE_ENGLISH, "9 May 2026" },
  };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) victory = g_date_time_new (utc, 2026, 5, 9, 12, 0, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *text = NULL;

      komek_locale_set_language (locale, days[i].language);
      text = komek_locale_format_long_date (locale, g_date_time_to_unix (victory), utc);
      g_assert_cmpstr (text, ==, days[i].text);
    }
}

static void
test_switches_at_once (void)
{
  for (int round = 0; round < 3; round++)
    {
      komek_locale_set_language (locale, KOMEK_LANGUAGE_ENGLISH);
      g_assert_cmpstr (_("Report a problem"), ==, "Report a problem");
      komek_locale_set_language (locale, KOMEK_LANGUAGE_KAZAKH);
      g_assert_cmpstr (_("Report a problem"), ==, "Мәселе туралы хабарлау");
      komek_locale_set_language (locale, KOMEK_LANGUAGE_RUSSIAN);
      g_assert_cmpstr (_("Report a problem"), ==, "Сообщить о проблеме");
    }
}

static void
test_counts_in_three_forms (void)
{
  const struct { guint n; const char *text; } counts[] = {
    { 1, "остался %u день" }, { 2, "осталось %u дня" },    { 5, "осталось %u дней" },
    { 11, "осталось %u дней" }, { 21, "остался %u день" }, { 22, "осталось %u дня" },
  };

  komek_locale_set_language (locale, KOMEK_LANGUAGE_RUSSIAN);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpstr (ngettext ("%u day left", "%u days left", counts[i].n), ==, counts[i].text);
  komek_locale_set_language (locale, KOMEK_LANGUAGE_KAZAKH);
  g_assert_cmpstr (ngettext ("%u day left", "%u days left", 5), ==, "%u күн қалды");
}

static void
test_notifies_only_a_change (void)
{
  guint n = 0;

  komek_locale_set_language (locale, KOMEK_LANGUAGE_KAZAKH);
  g_signal_connect_swapped (locale, "notify::language", G_CALLBACK (g_atomic_int_inc), &n);
  komek_locale_set_language (locale, KOMEK_LANGUAGE_KAZAKH);
  g_assert_cmpuint (n, ==, 0);
  komek_locale_set_language (locale, KOMEK_LANGUAGE_ENGLISH);
  g_assert_cmpuint (n, ==, 1);
  g_signal_handlers_disconnect_by_data (locale, &n);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  locale = komek_locale_new (g_getenv ("KOMEK_LOCALE_DIR"), KOMEK_LANGUAGE_KAZAKH);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/locale/writes-as-the-language-does/%s",
                                               komek_language_get_code (rows[i].language));

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_writes_as_the_language_does);
    }
  g_test_add_func ("/locale/says-may-in-full", test_says_may_in_full);
  g_test_add_func ("/locale/switches-at-once", test_switches_at_once);
  g_test_add_func ("/locale/counts-in-three-forms", test_counts_in_three_forms);
  g_test_add_func ("/locale/notifies-only-a-change", test_notifies_only_a_change);
  status = g_test_run ();
  g_object_unref (locale);
  return status;
}
