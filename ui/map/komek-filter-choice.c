/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-choice.h"

#define DAY 86400

/**
 * KomekFilterChoice:
 *
 * What somebody has chosen to see: states, categories, a period. Nothing chosen shows all.
 *
 * Categories are codes and not places in a list, since the list may be another
 * one after the next look at the city.
 */
struct _KomekFilterChoice
{
  GObject     parent;
  guint       groups; /* bits */
  GHashTable *categories;
  KomekPeriod period;
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
  g_hash_table_unref (KOMEK_FILTER_CHOICE (object)->categories);
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
}

/**
 * komek_period_get_start:
 * @now: seconds since 1970
 *
 * Returns: when the period began that ends at @now, 0 where it has no beginning
 */
gint64
komek_period_get_start (KomekPeriod period, gint64 now)
{
  switch (period)
    {
    case KOMEK_PERIOD_WEEK:
      return now - 7 * DAY;
    case KOMEK_PERIOD_MONTH:
      return now - 30 * DAY;
    case KOMEK_PERIOD_QUARTER:
      return now - 90 * DAY;
    case KOMEK_PERIOD_YEAR:
      return now - 365 * DAY;
    case KOMEK_PERIOD_ALL:
    default:
      return 0;
    }
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

void
komek_filter_choice_toggle_category (KomekFilterChoice *self, const char *category)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));
  g_return_if_fail (category);

  if (!g_hash_table_remove (self->categories, category))
    g_hash_table_add (self->categories, g_strdup (category));
  g_signal_emit (self, signals[CHANGED], 0);
}

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

  if (self->period == period)
    return;
  self->period = period;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether nothing is chosen, so that everything shows. */
gboolean
komek_filter_choice_is_empty (KomekFilterChoice *self)
{
  return self->groups == 0 && g_hash_table_size (self->categories) == 0
         && self->period == KOMEK_PERIOD_ALL;
}

void
komek_filter_choice_clear (KomekFilterChoice *self)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHOICE (self));

  if (komek_filter_choice_is_empty (self))
    return;
  self->groups = 0;
  g_hash_table_remove_all (self->categories);
  self->period = KOMEK_PERIOD_ALL;
  g_signal_emit (self, signals[CHANGED], 0);
}
