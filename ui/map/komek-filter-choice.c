/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-choice.h"

#define OVERDUE (1u << KOMEK_GROUP_LATE)

/**
 * KomekFilterChoice:
 *
 * What somebody has chosen to see: states, categories, districts, a time. Nothing chosen shows
 * all.
 *
 * The time is one of the periods that have a name, or a span between two
 * moments: choosing one takes the other away.
 *
 * Categories and districts are codes and not places in a list, since the list may be another
 * one after the next look at the city.
 */
struct _KomekFilterChoice
{
  GObject     parent;
  guint       groups; /* bits */
  GHashTable *categories;
  GHashTable *districts;
  KomekPeriod period;
  gint64      from, to; /* 0 where the span is open */
  gboolean    answered;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekFilterChoice, komek_filter_choice, G_TYPE_OBJECT)

static void
komek_filter_choice_finalize (GObject *object)
{
  KomekFilterChoice *self = KOMEK_FILTER_CHOICE (object);

  g_hash_table_unref (self->categories);
  g_hash_table_unref (self->districts);
  G_OBJECT_CLASS (komek_filter_choice_parent_class)->finalize (object);
}

static void
komek_filter_choice_class_init (KomekFilterChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_filter_choice_finalize;

  signals[CHANGED] = g_signal_new ("changed", KOMEK_TYPE_FILTER_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
komek_filter_choice_init (KomekFilterChoice *self)
{
  self->categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->districts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Today is one of them. */
static int
count_days (KomekPeriod period)
{
  switch (period)
    {
    case KOMEK_PERIOD_WEEK:
      return 7;
    case KOMEK_PERIOD_MONTH:
      return 30;
    case KOMEK_PERIOD_QUARTER:
      return 90;
    case KOMEK_PERIOD_YEAR:
      return 365;
    case KOMEK_PERIOD_ALL:
    default:
      return 0;
    }
}

/**
 * komek_period_get_start:
 * @now: seconds since 1970
 * @zone: (nullable): of the city, by whose calendar days begin; %NULL for that of Greenwich
 *
 * A period is so many days of the calendar, of which today is the last: a part of a day would be
 * another number than the bar of that day shows.
 *
 * Returns: when the period began that ends at @now, 0 where it has no beginning
 */
gint64
komek_period_get_start (KomekPeriod period, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) midnight = NULL;
  g_autoptr (GDateTime) start = NULL;
  int n_days = count_days (period);

  if (n_days == 0 || !utc)
    return 0;
  local = zone ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  midnight = g_date_time_new (g_date_time_get_timezone (local), g_date_time_get_year (local),
                              g_date_time_get_month (local), g_date_time_get_day_of_month (local),
                              0, 0, 0);
  start = g_date_time_add_days (midnight, 1 - n_days);
  return g_date_time_to_unix (start);
}

KomekFilterChoice *
komek_filter_choice_new (void)
{
  return g_object_new (KOMEK_TYPE_FILTER_CHOICE, NULL);
}

/* The bits of the states that were chosen, 0 for none. */
guint
komek_filter_choice_get_groups (KomekFilterChoice *self)
{
  return self->groups;
}

gboolean
komek_filter_choice_has_group (KomekFilterChoice *self, KomekGroup group)
{
  return (self->groups & 1u << group) != 0;
}

void
komek_filter_choice_toggle_group (KomekFilterChoice *self, KomekGroup group)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));
  g_return_if_fail ((guint) group < KOMEK_N_GROUPS);

  self->groups ^= 1u << group;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
komek_filter_choice_has_any_category (KomekFilterChoice *self)
{
  return g_hash_table_size (self->categories) > 0;
}

gboolean
komek_filter_choice_has_category (KomekFilterChoice *self, const char *category)
{
  return g_hash_table_contains (self->categories, category);
}

static void
toggle (KomekFilterChoice *self, GHashTable *codes, const char *code)
{
  if (!g_hash_table_remove (codes, code))
    g_hash_table_add (codes, g_strdup (code));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
komek_filter_choice_toggle_category (KomekFilterChoice *self, const char *category)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));
  g_return_if_fail (category);

  toggle (self, self->categories, category);
}

/* The period that has a name; all time where there is none, or a span instead. */
KomekPeriod
komek_filter_choice_get_period (KomekFilterChoice *self)
{
  return self->period;
}

void
komek_filter_choice_set_period (KomekFilterChoice *self, KomekPeriod period)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));
  g_return_if_fail ((guint) period < KOMEK_N_PERIODS);

  if (self->period == period && !komek_filter_choice_has_span (self))
    return;
  self->period = period;
  self->from = self->to = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether there is a beginning or an end that was chosen by itself and not by a name. */
gboolean
komek_filter_choice_has_span (KomekFilterChoice *self)
{
  return self->from != 0 || self->to != 0;
}

/* Seconds since 1970, inclusive; 0 where the span has no beginning. */
gint64
komek_filter_choice_get_from (KomekFilterChoice *self)
{
  return self->from;
}

/* Seconds since 1970, exclusive; 0 where the span has no end. */
gint64
komek_filter_choice_get_to (KomekFilterChoice *self)
{
  return self->to;
}

/**
 * komek_filter_choice_set_span:
 * @from: seconds since 1970, inclusive, 0 for no beginning
 * @to: seconds since 1970, exclusive, 0 for no end
 *
 * Chooses what was registered between two moments, instead of any period that has a name.
 */
void
komek_filter_choice_set_span (KomekFilterChoice *self, gint64 from, gint64 to)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));
  g_return_if_fail (from >= 0 && to >= 0);

  if (self->from == from && self->to == to && self->period == KOMEK_PERIOD_ALL)
    return;
  self->period = KOMEK_PERIOD_ALL;
  self->from = from;
  self->to = to;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
komek_filter_choice_has_any_district (KomekFilterChoice *self)
{
  return g_hash_table_size (self->districts) > 0;
}

gboolean
komek_filter_choice_has_district (KomekFilterChoice *self, const char *district)
{
  return g_hash_table_contains (self->districts, district);
}

void
komek_filter_choice_toggle_district (KomekFilterChoice *self, const char *district)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));
  g_return_if_fail (district);

  toggle (self, self->districts, district);
}

/* Whether only what is overdue is wanted: that state alone is chosen. */
gboolean
komek_filter_choice_get_overdue (KomekFilterChoice *self)
{
  return self->groups == OVERDUE;
}

/* Chooses the overdue and no other state, or takes that state away again. */
void
komek_filter_choice_set_overdue (KomekFilterChoice *self, gboolean overdue)
{
  guint groups = overdue ? OVERDUE : self->groups & ~OVERDUE;

  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));

  if (self->groups == groups)
    return;
  self->groups = groups;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether only what the city has answered is wanted. */
gboolean
komek_filter_choice_get_answered (KomekFilterChoice *self)
{
  return self->answered;
}

void
komek_filter_choice_set_answered (KomekFilterChoice *self, gboolean answered)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));

  if (self->answered == !!answered)
    return;
  self->answered = !!answered;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether nothing is chosen, so that everything shows. */
gboolean
komek_filter_choice_is_empty (KomekFilterChoice *self)
{
  return self->groups == 0 && g_hash_table_size (self->categories) == 0
         && g_hash_table_size (self->districts) == 0 && self->period == KOMEK_PERIOD_ALL
         && !komek_filter_choice_has_span (self) && !self->answered;
}

void
komek_filter_choice_clear (KomekFilterChoice *self)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));

  if (komek_filter_choice_is_empty (self))
    return;
  self->groups = 0;
  g_hash_table_remove_all (self->categories);
  g_hash_table_remove_all (self->districts);
  self->period = KOMEK_PERIOD_ALL;
  self->from = self->to = 0;
  self->answered = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}
