/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-time-words.h"

#include "komek-gettext.h"

/* Stretches of time in words. */

/**
 * komek_time_words_month:
 * @month: 1 to 12
 *
 * Returns: the month as it stands on an axis
 */
const char *
komek_time_words_month (guint month)
{
  /* Translators: months below a histogram, cut to three letters. */
  static const char *const months[] = {
    NC_ ("month on an axis", "Jan"), NC_ ("month on an axis", "Feb"),
    NC_ ("month on an axis", "Mar"), NC_ ("month on an axis", "Apr"),
    NC_ ("month on an axis", "May"), NC_ ("month on an axis", "Jun"),
    NC_ ("month on an axis", "Jul"), NC_ ("month on an axis", "Aug"),
    NC_ ("month on an axis", "Sep"), NC_ ("month on an axis", "Oct"),
    NC_ ("month on an axis", "Nov"), NC_ ("month on an axis", "Dec"),
  };

  g_return_val_if_fail (month >= 1 && month <= G_N_ELEMENTS (months), "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "month on an axis", months[month - 1]);
}

/* What one bar of a histogram stands for. */
const char *
komek_time_words_unit (KomekTimeUnit unit)
{
  switch (unit)
    {
    case KOMEK_TIME_DAY:
      return C_ ("histogram", "by day");
    case KOMEK_TIME_MONTH:
      return C_ ("histogram", "by month");
    case KOMEK_TIME_WEEK:
    default:
      return C_ ("histogram", "by week");
    }
}

/**
 * komek_time_words_edge:
 * @edge: one of the two ends
 *
 * Returns: (transfer full): where the end is, as a sentence: "From 1 March 2026"
 */
char *
komek_time_words_edge (KomekContext *context, const KomekTimeScale *scale, KomekTimeBrush brush,
                       KomekTimeEdge edge)
{
  guint day = edge == KOMEK_TIME_BEGIN ? brush.begin : brush.end - 1;
  g_autofree char *date =
    komek_locale_format_long_date (komek_context_get_locale (context),
                                   komek_time_scale_get_time (scale, day),
                                   komek_context_get_zone (context));

  if (edge == KOMEK_TIME_BEGIN)
    /* Translators: the beginning of a stretch of time; %s is a date in words, “1 March 2026”. */
    return g_strdup_printf (_("From %s"), date);
  /* Translators: the end of a stretch of time, that day included; %s is a date in words. */
  return g_strdup_printf (_("Until %s"), date);
}

/**
 * komek_time_words_span:
 * @from: seconds since 1970, 0 for no beginning
 * @to: seconds since 1970, the first moment that is not meant any more, 0 for no end
 *
 * Returns: (transfer full): the stretch of time in figures: "01.09.2026 – 21.11.2026"
 */
char *
komek_time_words_span (KomekContext *context, gint64 from, gint64 to)
{
  KomekLocale *locale = komek_context_get_locale (context);
  GTimeZone *zone = komek_context_get_zone (context);
  g_autofree char *first = from > 0 ? komek_locale_format_date (locale, from, zone) : NULL;
  g_autofree char *last = to > 0 ? komek_locale_format_date (locale, to - 1, zone) : NULL;

  if (first && last)
    /* Translators: from a date to another one, both in figures; without blanks it would be too tight. */
    return g_strdup_printf (_("%1$s – %2$s"), first, last);
  if (first)
    /* Translators: all since a date; %s is the date in figures. */
    return g_strdup_printf (_("Since %s"), first);
  if (last)
    /* Translators: all up to a date, that day included; %s is the date in figures. */
    return g_strdup_printf (_("Up to %s"), last);
  return g_strdup (C_ ("period", "Any time"));
}
