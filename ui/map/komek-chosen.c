/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-chosen.h"

#include "komek-filter-words.h"
#include "komek-gettext.h"

static void
clear (gpointer data)
{
  KomekChosen *self = data;

  g_free (self->word);
  g_clear_pointer (&self->target, g_variant_unref);
}

/* Takes the word and the target, which may be floating. */
static void
add (GArray *list, char *word, const char *action, GVariant *target)
{
  KomekChosen chosen = { word, action, target ? g_variant_ref_sink (target) : NULL };

  g_array_append_val (list, chosen);
}

static void
add_categories (GArray *list, KomekContext *context, KomekExploration *exploration)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (exploration);
  KomekCategories *categories = komek_exploration_get_categories (exploration);

  for (guint i = 0; categories && i < komek_categories_get_n (categories); i++)
    {
      const char *code = komek_categories_get_code (categories, i);

      if (komek_filter_choice_has_category (choice, code))
        add (list, g_strdup (komek_filter_words_category (context, categories, i)),
             "explore.category", g_variant_new_string (code));
    }
}

static void
add_districts (GArray *list, KomekContext *context, KomekExploration *exploration)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (exploration);
  KomekSurvey *survey = komek_exploration_get_survey (exploration);
  const char *const *codes =
    survey ? komek_points_get_districts (komek_survey_peek (survey)->points) : NULL;

  for (guint i = 0; codes && codes[i]; i++)
    if (komek_filter_choice_has_district (choice, codes[i]))
      add (list, g_strdup (komek_filter_words_district (context, codes[i])), "explore.district",
           g_variant_new_string (codes[i]));
}

static void
add_time (GArray *list, KomekContext *context, KomekFilterChoice *choice)
{
  KomekPeriod period = komek_filter_choice_get_period (choice);

  if (komek_filter_choice_has_span (choice))
    add (list, komek_filter_words_span (context, choice), "explore.any-time", NULL);
  else if (period != KOMEK_PERIOD_ALL)
    add (list, g_strdup (komek_filter_words_period (period)), "explore.any-time", NULL);
}

/**
 * komek_chosen_list:
 *
 * Returns: (transfer full) (element-type KomekChosen): what is chosen beside the states: the
 *   circle, the time, the categories, the districts, the answer
 */
GArray *
komek_chosen_list (KomekContext *context, KomekExploration *exploration)
{
  KomekFilterChoice *choice = komek_exploration_get_choice (exploration);
  guint around = komek_exploration_get_around (exploration);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (KomekChosen));

  g_array_set_clear_func (list, clear);
  if (around > 0)
    add (list, komek_filter_words_around (exploration, around), "explore.around",
         g_variant_new_uint32 (around));
  add_time (list, context, choice);
  if (komek_filter_choice_get_answered (choice))
    add (list, g_strdup (komek_filter_words_answered ()), "explore.answered", NULL);
  add_categories (list, context, exploration);
  add_districts (list, context, exploration);
  return list;
}
