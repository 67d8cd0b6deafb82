/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-words.h"

#include "komek-gettext.h"

/* What is chosen and what is in view, in words. */

#define DAY 86400

const guint komek_radii[KOMEK_N_RADII] = { 500, 1000, 3000 };

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
komek_filter_words_order (KomekListOrder order)
{
  switch (order)
    {
    case KOMEK_LIST_NEAREST:
      return C_ ("order of the list", "Nearest");
    case KOMEK_LIST_STREET:
      return C_ ("order of the list", "By street");
    case KOMEK_LIST_DEADLINE:
      return C_ ("order of the list", "By deadline");
    case KOMEK_LIST_NEWEST:
    default:
      return C_ ("order of the list", "Newest");
    }
}

/* One of the radii as it stands on a button. */
const char *
komek_filter_words_radius (guint metres)
{
  switch (metres)
    {
    case 500:
      return C_ ("radius", "500 m");
    case 1000:
      return C_ ("radius", "1 km");
    default:
      return C_ ("radius", "3 km");
    }
}

/**
 * komek_filter_words_around:
 * @metres: one of the radii
 *
 * Returns: (transfer full): in what circle one looks
 */
char *
komek_filter_words_around (KomekExploration *exploration, guint metres)
{
  const char *radius = komek_filter_words_radius (metres);

  if (komek_exploration_get_here (exploration))
    /* Translators: only what is so near to this kiosk; %s is a distance: 500 m, 1 km. */
    return g_strdup_printf (_("Around me: %s"), radius);
  /* Translators: only what is so near to the middle of the map; %s is a distance: 500 m, 1 km. */
  return g_strdup_printf (_("Around the middle of the map: %s"), radius);
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

/**
 * komek_filter_words_span:
 *
 * Returns: (transfer full): from which day to which day, as it was chosen by hand
 */
char *
komek_filter_words_span (KomekContext *context, KomekFilterChoice *choice)
{
  KomekLocale *locale = komek_context_get_locale (context);
  GTimeZone *zone = komek_context_get_zone (context);
  gint64 start = komek_filter_choice_get_from (choice), end = komek_filter_choice_get_to (choice);
  g_autofree char *from = komek_locale_format_date (locale, start, zone);
  /* The end is the first moment that is not in it any more. */
  g_autofree char *to = komek_locale_format_date (locale, MAX (end - 1, start), zone);

  if (end == 0)
    /* Translators: the beginning of the period that is looked at; %s is a date. */
    return g_strdup_printf (C_ ("period", "Since %s"), from);
  if (start == 0)
    /* Translators: the end of the period that is looked at; %s is a date. */
    return g_strdup_printf (C_ ("period", "Until %s"), to);
  if (end - start <= DAY)
    return g_steal_pointer (&from);
  /* Translators: the period that is looked at; both are dates. */
  return g_strdup_printf (C_ ("period", "%1$s – %2$s"), from, to);
}

const char *
komek_filter_words_answered (void)
{
  return C_ ("filters", "Answered by the city");
}

/**
 * komek_filter_words_district:
 *
 * Returns: (transfer none): what the city calls a district, or the plan, or else its code
 */
const char *
komek_filter_words_district (KomekContext *context, const char *code)
{
  KomekLocale *locale = komek_context_get_locale (context);
  guint n;
  const KomekPlanFeature *features =
    komek_plan_peek_features (komek_context_get_plan (context), &n);
  const char *name = code;

  for (guint i = 0; i < n; i++)
    if (features[i].kind == KOMEK_PLAN_DISTRICT && g_str_equal (features[i].code, code))
      name = komek_locale_label (locale, features[i].label);
  return komek_city_name (komek_context_get_city (context), KOMEK_CITY_DISTRICTS, code,
                          komek_locale_get_language (locale), name);
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
 * komek_filter_words_is_known:
 *
 * Whether a count of requests means anything: the city has once said which ones it has.
 */
gboolean
komek_filter_words_is_known (KomekContext *context, KomekExploration *exploration)
{
  KomekSurvey *survey = komek_exploration_get_survey (exploration);
  guint n_points = 0;

  if (!survey)
    return FALSE;
  komek_points_peek (komek_survey_peek (survey)->points, &n_points);
  return n_points > 0 || komek_line_get_as_of (komek_context_get_line (context)) > 0;
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

/**
 * komek_filter_words_sentence:
 *
 * Returns: (transfer full): all that there is to say of what is in view, without markup
 */
char *
komek_filter_words_sentence (KomekContext *context, KomekExploration *exploration)
{
  g_autofree char *markup = komek_filter_words_view (context, exploration);
  g_autofree char *busiest = komek_filter_words_busiest (context, exploration);
  char *view = NULL;
  g_autofree char *plain = NULL;

  if (!pango_parse_markup (markup, -1, 0, NULL, &view, NULL, NULL))
    view = g_strdup ("");
  if (*busiest == '\0')
    return view;
  plain = view;
  return g_strconcat (plain, ". ", busiest, NULL);
}
