/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-locale.h"

#include "komek-gettext.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#define NAMED_LOCALE "kk_KZ.UTF-8"
#define UNNAMED_LOCALE_FILES "/usr/lib/locale/C.utf8"

/* glibc looks translations up anew when this counter moves; there is no other way to say it. */
extern int _nl_msg_cat_cntr;

/**
 * KomekLocale:
 *
 * The language that the program speaks at this moment, and how it writes numbers and dates.
 *
 * One a process, since gettext itself knows only one. No locale but C.UTF-8
 * need be installed: names of months and the grouping of digits are ours.
 */
struct _KomekLocale
{
  GObject       parent;
  KomekLanguage language;
};

enum
{
  PROP_LANGUAGE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekLocale, komek_locale, G_TYPE_OBJECT)

/* Newer glibcs (2.39) look at LANGUAGE only where messages have a locale of some name, and C.UTF-8
 * counts as none. Nothing else need be installed, so its files get a name, in a folder that glibc
 * reads this once. Where that fails, older ones speak all the same. */
static void
name_messages_locale (void)
{
  const char *messages = setlocale (LC_MESSAGES, NULL);
  g_autofree char *path = g_strdup (g_getenv ("LOCPATH"));
  g_autofree char *folder = NULL;
  g_autofree char *link = NULL;

  if (messages[0] != 'C' || !(folder = g_dir_make_tmp ("komek-XXXXXX", NULL)))
    return;
  link = g_build_filename (folder, NAMED_LOCALE, NULL);
  if (symlink (UNNAMED_LOCALE_FILES, link) == 0)
    {
      g_setenv ("LOCPATH", folder, TRUE);
      setlocale (LC_MESSAGES, NAMED_LOCALE);
      if (path)
        g_setenv ("LOCPATH", path, TRUE);
      else
        g_unsetenv ("LOCPATH");
      g_unlink (link);
    }
  g_rmdir (folder);
}

static void
speak (KomekLanguage language)
{
  g_setenv ("LANGUAGE", komek_language_get_code (language), TRUE);
  _nl_msg_cat_cntr++;
}

static void
komek_locale_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LANGUAGE:
      g_value_set_int (value, KOMEK_LOCALE (object)->language);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_locale_class_init (KomekLocaleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_locale_get_property;

  props[PROP_LANGUAGE] = g_param_spec_int ("language", NULL, NULL, 0, KOMEK_N_LANGUAGES - 1, 0,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_locale_init (KomekLocale *self)
{
}

/**
 * komek_locale_new:
 * @locale_dir: where the catalogues are
 *
 * To be called before GTK starts: it settles the locale of the process. In "C"
 * glibc does not look at LANGUAGE at all. textdomain() is not called on purpose:
 * with it GLib would remember for ever that the first text it saw had no translation.
 *
 * Returns: (transfer full): the locale
 */
KomekLocale *
komek_locale_new (const char *locale_dir, KomekLanguage language)
{
  KomekLocale *self = g_object_new (KOMEK_TYPE_LOCALE, NULL);
  const char *set = setlocale (LC_ALL, "");

  if (!set || g_str_equal (setlocale (LC_MESSAGES, NULL), "C")
      || g_str_equal (setlocale (LC_MESSAGES, NULL), "POSIX"))
    setlocale (LC_ALL, "C.UTF-8");
  name_messages_locale ();
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  self->language = language;
  speak (language);
  return self;
}

/**
 * komek_locale_read_system:
 *
 * Finds the first of our languages that the user's environment asks for.
 *
 * Returns: %FALSE where it asks for none of them
 */
gboolean
komek_locale_read_system (KomekLanguage *language)
{
  for (const char *const *name = g_get_language_names (); *name; name++)
    if (komek_language_from_code (*name, language))
      return TRUE;
  return FALSE;
}

KomekLanguage
komek_locale_get_language (KomekLocale *self)
{
  g_return_val_if_fail (KOMEK_IS_LOCALE (self), KOMEK_LANGUAGE_KAZAKH);

  return self->language;
}

/**
 * komek_locale_set_language:
 *
 * Switches at once; pages that are shown are built anew by whoever listens to
 * notify::language. Main thread only.
 */
void
komek_locale_set_language (KomekLocale *self, KomekLanguage language)
{
  g_return_if_fail (KOMEK_IS_LOCALE (self));
  g_return_if_fail ((guint) language < KOMEK_N_LANGUAGES);

  if (self->language == language)
    return;
  self->language = language;
  speak (language);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LANGUAGE]);
}

/**
 * komek_locale_borrow:
 *
 * Speaks another language without telling anybody, for a paper in two of them.
 * Whoever borrows gives back before the main loop runs again, by borrowing
 * what this answered.
 *
 * Returns: the language spoken until now
 */
KomekLanguage
komek_locale_borrow (KomekLocale *self, KomekLanguage language)
{
  KomekLanguage usual;

  g_return_val_if_fail (KOMEK_IS_LOCALE (self), language);

  usual = self->language;
  self->language = language;
  speak (language);
  return usual;
}

const char *
komek_locale_label (KomekLocale *self, KomekLabel *label)
{
  return label ? komek_label_get (label, self->language) : "";
}

/**
 * komek_locale_format_number:
 *
 * Groups digits by threes: a no-break space in Kazakh and Russian, a comma in English.
 *
 * Returns: (transfer full): the number in words of the language's typography
 */
char *
komek_locale_format_number (KomekLocale *self, gint64 number)
{
  const char *separator = self->language == KOMEK_LANGUAGE_ENGLISH ? "," : "\u00a0";
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, ABS (number));
  gsize length = strlen (digits);
  GString *text = g_string_new (number < 0 ? "\u2212" : "");

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

static const char *const months[] = {
  NC_ ("month in a date", "January"),  NC_ ("month in a date", "February"),
  NC_ ("month in a date", "March"),    NC_ ("month in a date", "April"),
  NC_ ("month in a date", "May"),      NC_ ("month in a date", "June"),
  NC_ ("month in a date", "July"),     NC_ ("month in a date", "August"),
  NC_ ("month in a date", "September"), NC_ ("month in a date", "October"),
  NC_ ("month in a date", "November"), NC_ ("month in a date", "December"),
};

/**
 * komek_locale_format_date:
 * @time: seconds since 1970, UTC
 *
 * Returns: (transfer full): the day in figures: 21.11.2026, in English 21 Nov 2026
 */
char *
komek_locale_format_date (KomekLocale *self, gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  if (!local)
    return g_strdup ("");
  if (self->language != KOMEK_LANGUAGE_ENGLISH)
    return g_date_time_format (local, "%d.%m.%Y");
  return g_strdup_printf ("%d %.3s %d", g_date_time_get_day_of_month (local),
                          months[g_date_time_get_month (local) - 1], g_date_time_get_year (local));
}

/* The day with the time of day in 24 hours: "21.11.2026, 14:05". */
char *
komek_locale_format_date_time (KomekLocale *self, gint64 time, GTimeZone *zone)
{
  g_autofree char *date = komek_locale_format_date (self, time, zone);
  g_autofree char *clock = komek_locale_format_clock (self, time, zone);

  return g_strdup_printf ("%s, %s", date, clock);
}

/* The time of day in 24 hours: "14:05". */
char *
komek_locale_format_clock (KomekLocale *self, gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  return local ? g_date_time_format (local, "%H:%M") : g_strdup ("");
}

/**
 * komek_locale_format_long_date:
 *
 * Returns: (transfer full): the day in words: «2026 ж. 21 қараша», «21 ноября 2026 г.», “21
 * November 2026”
 */
char *
komek_locale_format_long_date (KomekLocale *self, gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  if (!local)
    return g_strdup ("");
  /* Translators: a date in words: %1$d is the day of the month, %2$s the month, %3$d the year. */
  return g_strdup_printf (C_ ("long date", "%1$d %2$s %3$d"), g_date_time_get_day_of_month (local),
                          g_dpgettext2 (GETTEXT_PACKAGE, "month in a date",
                                        months[g_date_time_get_month (local) - 1]),
                          g_date_time_get_year (local));
}

static int
round_metres (double metres)
{
  return (int) (metres + 5) / 10 * 10;
}

static char *
format_kilometres (KomekLocale *self, double metres)
{
  char tenths[32];

  g_ascii_formatd (tenths, sizeof tenths, "%.1f", metres / 1000);
  if (self->language != KOMEK_LANGUAGE_ENGLISH)
    g_strdelimit (tenths, ".", ',');
  return g_strdup (tenths);
}

/**
 * komek_locale_format_distance:
 *
 * Returns: (transfer full): "450 m" below a kilometre, "1.2 km" above, rounded to what a walker
 * cares for
 */
char *
komek_locale_format_distance (KomekLocale *self, double metres)
{
  g_autofree char *kilometres = NULL;

  if (metres < 995)
    /* Translators: a distance in metres, rounded to tens. */
    return g_strdup_printf (_("%d m"), round_metres (metres));

  kilometres = format_kilometres (self, metres);
  /* Translators: a distance in kilometres with one decimal, already written as the language does.
   */
  return g_strdup_printf (_("%s km"), kilometres);
}

/**
 * komek_locale_say_distance:
 *
 * The same in whole words, for those who hear it: a voice spells "m" out as a letter.
 *
 * Returns: (transfer full): "450 metres", "1.2 kilometres"
 */
char *
komek_locale_say_distance (KomekLocale *self, double metres)
{
  int tens = round_metres (metres);
  g_autofree char *kilometres = NULL;

  if (metres < 995)
    /* Translators: a distance in metres that is read aloud, in whole words. */
    return g_strdup_printf (ngettext ("%d metre", "%d metres", tens), tens);

  kilometres = format_kilometres (self, metres);
  /* Translators: a distance in kilometres that is read aloud; always with one decimal: 1.2. */
  return g_strdup_printf (_("%s kilometres"), kilometres);
}
