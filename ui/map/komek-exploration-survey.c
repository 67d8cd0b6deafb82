/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-exploration-private.h"
#include "komek-filter-wish.h"
#include "komek-unread.h"

/* What there is to see: the part of KomekExploration that has it counted and put in order. */

#define PATIENCE_MS 40 /* so long the map waits for the first rows of the list beside it */

/* A survey whose first rows are read. */
typedef struct
{
  KomekExploration *exploration;
  KomekSurvey      *survey;
} Coming;

/**
 * komek_exploration_make_filter:
 * @matches: (nullable) (element-type guint32): what a search has found
 *
 * Returns: (transfer full): all that holds requests back at this moment
 */
KomekFilter *
komek_exploration_make_filter (KomekExploration *self, GArray *matches)
{
  KomekFilterWish wish = {
    .choice = self->choice,
    .points = komek_stock_get_points (self->stock),
    .categories = self->categories,
    .matches = matches,
    .now = komek_context_now (self->context),
    .zone = komek_context_get_zone (self->context),
    .latitude = self->latitude,
    .longitude = self->longitude,
    .around = self->around,
  };

  return komek_filter_wish_grant (&wish);
}

/* A request that was chosen is so no more once it is gone, or filtered out. */
static void
check_selected (KomekExploration *self)
{
  guint32 selected = komek_listing_get_selected (self->listing);
  const KomekPoint *point =
    selected != 0 ? komek_atlas_look_up (komek_survey_get_atlas (self->survey), selected) : NULL;

  if (selected != 0 && (!point || komek_filter_test (komek_survey_peek (self->survey)->filter,
                                                     point) != 0))
    komek_listing_set_selected (self->listing, 0);
}

/* Of the whole city, where a map shows a part of it or is about to: a blink of it
 * would be seen. */
static gboolean
is_withheld (KomekExploration *self, KomekSurvey *survey)
{
  return survey && !komek_survey_peek (survey)->view
         && (self->view || komek_exploration_is_awaiting (self));
}

static void
take_survey (KomekExploration *self, KomekSurvey *made)
{
  self->surveying = FALSE;
  g_clear_pointer (&self->survey, komek_survey_unref);
  self->survey = komek_survey_ref (made);
  if (!self->overtaken && !is_withheld (self, self->survey))
    komek_listing_set_keys (self->listing, komek_survey_get_keys (self->survey));
  if (!self->survey_again)
    check_selected (self);
  if (!is_withheld (self, self->survey))
    g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_SURVEY]);
  if (self->survey_again)
    komek_exploration_survey (self);
}

static void
coming_free (Coming *self)
{
  g_object_unref (self->exploration);
  komek_survey_unref (self->survey);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Coming, coming_free)

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Coming) coming = data;
  g_autoptr (GError) error = NULL;

  komek_listing_prepare_finish (coming->exploration->listing, result, &error);
  if (!error)
    take_survey (coming->exploration, coming->survey);
}

/* The first one is waited for as it is, and what will not be seen needs no rows. */
static gboolean
is_to_be_prepared (KomekExploration *self, KomekSurvey *made)
{
  return self->survey && !self->overtaken && !self->survey_again && !is_withheld (self, made);
}

static void
on_surveyed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekExploration) self = data;
  g_autoptr (KomekSurvey) made = komek_survey_new_finish (result, NULL);
  Coming *coming;

  if (!made)
    {
      self->surveying = FALSE;
      return;
    }
  if (!is_to_be_prepared (self, made))
    {
      take_survey (self, made);
      return;
    }
  coming = g_new (Coming, 1);
  *coming = (Coming) { g_steal_pointer (&self), g_steal_pointer (&made) };
  komek_listing_prepare_async (coming->exploration->listing, komek_survey_get_keys (coming->survey),
                               PATIENCE_MS, coming->exploration->cancellable, on_prepared, coming);
}

void
komek_exploration_survey (KomekExploration *self)
{
  g_autoptr (KomekFilter) filter = NULL;
  KomekSurveyFields fields = {
    .points = komek_stock_get_points (self->stock),
    .places = komek_stock_get_order (self->stock),
    .view = self->view,
    .members = self->members,
    .order = self->order,
    .ranks = self->ranks,
    .zone = komek_context_get_zone (self->context),
  };

  self->survey_again = self->surveying;
  if (self->surveying || komek_exploration_is_awaiting (self) || !fields.points)
    return;

  komek_exploration_get_centre (self, &fields.latitude, &fields.longitude);
  if (self->stale || !self->survey)
    fields.filter = filter =
      komek_exploration_make_filter (self, komek_seeker_get_matches (self->seeker));
  else
    {
      fields.filter = komek_survey_peek (self->survey)->filter;
      fields.former = self->survey;
    }
  self->stale = FALSE;
  self->surveying = TRUE;
  self->overtaken = komek_seeker_is_seeking (self->seeker);
  komek_survey_new_async (&fields, self->cancellable, on_surveyed, g_object_ref (self));
}

void
komek_exploration_filter_anew (KomekExploration *self)
{
  self->stale = TRUE;
  komek_exploration_survey (self);
}

static void
on_ranked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekExploration) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ranks = komek_feed_street_ranks_finish (KOMEK_FEED (source), result, &error);

  self->ranking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (ranks)
    {
      g_clear_pointer (&self->ranks, g_array_unref);
      self->ranks = g_steal_pointer (&ranks);
      komek_exploration_survey (self);
    }
  else
    komek_unread_report ("The order of the streets", error);
  if (self->rank_again)
    komek_exploration_rank_streets (self);
}

/* Until they are known the list stays in the order of time. */
void
komek_exploration_rank_streets (KomekExploration *self)
{
  self->rank_again = self->ranking;
  if (self->ranking)
    return;
  self->ranking = TRUE;
  komek_feed_street_ranks_async (komek_context_get_feed (self->context), self->cancellable,
                                 on_ranked, g_object_ref (self));
}

/**
 * komek_exploration_get_survey:
 *
 * Returns: (transfer none) (nullable): what there is to see, %NULL until the requests are read and
 *   the map that is to show them has told its view
 */
KomekSurvey *
komek_exploration_get_survey (KomekExploration *self)
{
  return is_withheld (self, self->survey) ? NULL : self->survey;
}
