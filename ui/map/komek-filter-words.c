/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-words.h"

#include "komek-gettext.h"

/* What is chosen and what is in view, in words. */

/* The status whose glyph stands for a whole group. */
KomekStatus
komek_filter_words_get_glyph (KomekGroup group)
{
  static const KomekStatus glyphs[KOMEK_N_GROUPS] = {
    [KOMEK_GROUP_NEW] = KOMEK_STATUS_NEW,      [KOMEK_GROUP_WORK] = KOMEK_STATUS_IN_WORK,
    [KOMEK_GROUP_LATE] = KOMEK_STATUS_IN_WORK, [KOMEK_GROUP_DONE] = KOMEK_STATUS_ANSWERED,
    [KOMEK_GROUP_SHUT] = KOMEK_STATUS_CLOSED,
  };

  return glyphs[group];
}

const char *
komek_filter_words_period (KomekPeriod period)
{
  switch (period)
    {
    case KOMEK_PERIOD_WEEK:
      return C_ ("period", "Last 7 days");
    case KOMEK_PERIOD_MONTH:
      return C_ ("period", "Last 30 days");
    case KOMEK_PERIOD_QUARTER:
      return C_ ("period", "Last 90 days");
    case KOMEK_PERIOD_YEAR:
      return C_ ("period", "Last year");
    case KOMEK_PERIOD_ALL:
    default:
      return C_ ("period", "Any time");
    }
}

const char *
komek_filter_words_category (KomekContext *context, const KomekCategories *categories,
                             guint category)
{
  KomekLabel *name = komek_categories_get_name (categories, category);

  if (name)
    return komek_locale_label (komek_context_get_locale (context), name);
  return C_ ("category", "Other subjects");
}

/**
 * komek_filter_words_categories:
 *
 * Returns: (transfer full): the chosen category, or how many are chosen
 */
char *
komek_filter_words_categories (KomekContext *context, KomekExploration *exploration)
{
  KomekCategories *categories = komek_exploration_get_categories (exploration);
  KomekFilterChoice *choice = komek_exploration_get_choice (exploration);
  const char *name = "";
  guint n = 0;

  for (guint i = 0; categories && i < komek_categories_get_n (categories); i++)
    if (komek_filter_choice_has_category (choice, komek_categories_get_code (categories, i)))
      {
        name = komek_filter_words_category (context, categories, i);
        n++;
      }
  if (n <= 1)
    return g_strdup (name);
  /* Translators: %u is the number of categories that are chosen in the filter, two or more. */
  return g_strdup_printf (ngettext ("%u category", "%u categories", n), n);
}

static char *
format_members (KomekLocale *locale, guint n)
{
  g_autofree char *count = komek_locale_format_number (locale, n);

  /* Translators: %s is how many requests are at the same place on the map. */
  return g_strdup_printf (ngettext ("<b>%s request at this place</b>",
                                    "<b>%s requests at this place</b>", n), count);
}

/**
 * komek_filter_words_is_filling:
 *
 * Whether there is nothing to see only because the city has not sent it yet.
 */
gboolean
komek_filter_words_is_filling (KomekContext *context, KomekExploration *exploration)
{
  KomekLineState state = komek_line_get_state (komek_context_get_line (context));
  KomekSurvey *survey = komek_exploration_get_survey (exploration);
  guint n_points = 0;

  if (!survey)
    return TRUE;
  komek_points_peek (komek_survey_peek (survey)->points, &n_points);
  return n_points == 0 && (state == KOMEK_LINE_CONNECTING || state == KOMEK_LINE_FILLING);
}

/**
 * komek_filter_words_view:
 *
 * Returns: (transfer full): a sentence of what is in view, as markup
 */
char *
komek_filter_words_view (KomekContext *context, KomekExploration *exploration)
{
  KomekLocale *locale = komek_context_get_locale (context);
  KomekSurvey *survey = komek_exploration_get_survey (exploration);
  KomekCounts *counts = survey ? komek_survey_get_view_counts (survey) : NULL;
  g_autofree char *total = NULL, *late = NULL;
  guint n;

  if (komek_filter_words_is_filling (context, exploration))
    return g_strdup (_("Loading the city’s requests…"));
  if (komek_exploration_get_members (exploration))
    return format_members (locale, komek_survey_get_keys (survey)->len);

  n = komek_counts_get_total (counts);
  total = komek_locale_format_number (locale, n);
  late = komek_locale_format_number (locale, komek_counts_get_group (counts, KOMEK_GROUP_LATE));
  if (n == 0)
    return g_strdup (_("<b>No requests in view</b>"));
  /* Translators: %1$s is how many requests the map shows, %2$s how many of them are overdue. */
  return g_strdup_printf (ngettext ("<b>%1$s request in view,</b> %2$s overdue",
                                    "<b>%1$s requests in view,</b> %2$s overdue", n),
                          total, late);
}

/**
 * komek_filter_words_busiest:
 *
 * Returns: (transfer full): which category has the most requests in view, "" where none has any
 */
char *
komek_filter_words_busiest (KomekContext *context, KomekExploration *exploration)
{
  KomekCategories *categories = komek_exploration_get_categories (exploration);
  KomekSurvey *survey = komek_exploration_get_survey (exploration);
  g_autofree char *count = NULL;
  KomekCounts *counts;
  guint busiest;

  if (!survey || komek_exploration_get_members (exploration))
    return g_strdup ("");
  counts = komek_survey_get_view_counts (survey);
  busiest = komek_categories_find_busiest (categories, counts);
  if (busiest == komek_categories_get_n (categories))
    return g_strdup ("");
  count = komek_locale_format_number (komek_context_get_locale (context),
                                      komek_categories_count (categories, busiest, counts));
  /* Translators: %1$s is the category with the most requests on the map, %2$s how many it has. */
  return g_strdup_printf (_("Most: %1$s, %2$s"),
                          komek_filter_words_category (context, categories, busiest), count);
}
