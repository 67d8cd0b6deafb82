/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-exploration.h"

#include "komek-exploration-private.h"
#include "komek-filter-wish.h"
#include "komek-first-finds.h"
#include "komek-unread.h"

GParamSpec *komek_exploration_props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekExploration, komek_exploration, G_TYPE_OBJECT)

static KomekPoints *
get_points (KomekExploration *self)
{
  return komek_stock_get_points (self->stock);
}

static KomekFilter *
make_filter (KomekExploration *self, GArray *matches)
{
  KomekFilterWish wish = {
    .choice = self->choice,
    .points = get_points (self),
    .categories = self->categories,
    .matches = matches,
    .now = komek_context_now (self->context),
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

static void
on_surveyed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekExploration) self = data;
  g_autoptr (KomekSurvey) made = komek_survey_new_finish (result, NULL);

  self->surveying = FALSE;
  if (!made)
    return;

  g_clear_pointer (&self->survey, komek_survey_unref);
  self->survey = g_steal_pointer (&made);
  if (!self->overtaken)
    komek_listing_set_keys (self->listing, komek_survey_get_keys (self->survey));
  if (!self->survey_again)
    check_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_SURVEY]);
  if (self->survey_again)
    komek_exploration_survey (self);
}

void
komek_exploration_survey (KomekExploration *self)
{
  g_autoptr (KomekFilter) filter = NULL;
  KomekSurveyFields fields = {
    .points = get_points (self),
    .places = komek_stock_get_order (self->stock),
    .view = self->view,
    .members = self->members,
    .order = self->order,
    .ranks = self->ranks,
    .zone = komek_context_get_zone (self->context),
  };

  self->survey_again = self->surveying;
  if (self->surveying || self->awaited || !fields.points)
    return;

  komek_exploration_get_centre (self, &fields.latitude, &fields.longitude);
  if (self->stale || !self->survey)
    fields.filter = filter = make_filter (self, komek_seeker_get_matches (self->seeker));
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

static gboolean
sort_services (KomekExploration *self)
{
  KomekPoints *points = get_points (self);

  if (!points)
    return FALSE;
  g_clear_pointer (&self->categories, komek_categories_unref);
  self->categories = komek_categories_new (komek_context_get_services (self->context), points);
  return TRUE;
}

/* What is counted by services is right under any names. */
static void
on_services_changed (KomekExploration *self)
{
  if (!sort_services (self))
    return;
  if (komek_filter_choice_has_any_category (self->choice))
    komek_exploration_filter_anew (self);
  else if (self->survey && !self->surveying)
    g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_SURVEY]);
}

static void
on_order_changed (KomekExploration *self)
{
  if (!sort_services (self))
    return;
  komek_exploration_filter_anew (self);
  komek_listing_reload (self->listing);
  if (self->order == KOMEK_LIST_STREET)
    komek_exploration_rank_streets (self);
  else
    g_clear_pointer (&self->ranks, g_array_unref);
}

/* Days begin at another moment in another zone. */
static void
on_city_changed (KomekExploration *self)
{
  GTimeZone *zone = self->survey ? komek_survey_peek (self->survey)->zone : NULL;
  GTimeZone *now = komek_context_get_zone (self->context);

  if (zone && !g_str_equal (g_time_zone_get_identifier (zone), g_time_zone_get_identifier (now)))
    komek_exploration_filter_anew (self);
}

static void
on_problem_changed (KomekExploration *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_PROBLEM]);
}

static void
on_matched (KomekExploration *self)
{
  GArray *matches = komek_seeker_get_matches (self->seeker);

  on_problem_changed (self);
  if (komek_seeker_get_problem (self->seeker))
    return;
  if (matches && matches->len == 1)
    komek_listing_set_selected (self->listing, g_array_index (matches, guint32, 0));
  komek_exploration_filter_anew (self);
}

/* A list of another order, or of one place, is made by the survey alone. */
static void
on_first_found (KomekExploration *self, GArray *found)
{
  KomekPoints *points = get_points (self);
  g_autoptr (KomekFilter) filter = NULL;
  g_autoptr (GArray) keys = NULL;

  if (!points || self->order != KOMEK_LIST_NEWEST || self->members)
    return;
  filter = make_filter (self, NULL);
  keys = komek_first_finds_new (found, points, filter, self->view);
  self->overtaken = TRUE;
  komek_listing_set_keys (self->listing, keys);
}

static void
on_choice_changed (KomekExploration *self)
{
  g_clear_pointer (&self->members, g_array_unref);
  komek_exploration_filter_anew (self);
}

static void
komek_exploration_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekExploration *self = KOMEK_EXPLORATION (object);

  switch (prop_id)
    {
    case PROP_SURVEY:
      g_value_set_boxed (value, self->survey);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, komek_exploration_get_problem (self));
      break;
    case PROP_SEARCH:
      g_value_set_string (value, komek_exploration_get_search (self));
      break;
    case PROP_ORDER:
      g_value_set_enum (value, self->order);
      break;
    case PROP_LAYER:
      g_value_set_enum (value, self->layer);
      break;
    case PROP_MEASURE:
      g_value_set_enum (value, self->measure);
      break;
    case PROP_AROUND:
      g_value_set_uint (value, self->around);
      break;
    case PROP_HERE:
      g_value_set_boxed (value, komek_exploration_get_here (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_exploration_set_property (GObject *object, guint prop_id, const GValue *value,
                                GParamSpec *pspec)
{
  KomekExploration *self = KOMEK_EXPLORATION (object);

  switch (prop_id)
    {
    case PROP_SEARCH:
      komek_exploration_set_search (self, g_value_get_string (value));
      break;
    case PROP_ORDER:
      komek_exploration_set_order (self, g_value_get_enum (value));
      break;
    case PROP_LAYER:
      komek_exploration_set_layer (self, g_value_get_enum (value));
      break;
    case PROP_MEASURE:
      komek_exploration_set_measure (self, g_value_get_enum (value));
      break;
    case PROP_AROUND:
      komek_exploration_set_around (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_exploration_dispose (GObject *object)
{
  KomekExploration *self = KOMEK_EXPLORATION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->stock);
  g_clear_object (&self->seeker);
  g_clear_object (&self->listing);
  g_clear_object (&self->choice);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_exploration_parent_class)->dispose (object);
}

static void
komek_exploration_finalize (GObject *object)
{
  KomekExploration *self = KOMEK_EXPLORATION (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->categories, komek_categories_unref);
  g_clear_pointer (&self->view, komek_bounds_unref);
  g_clear_pointer (&self->ranks, g_array_unref);
  g_clear_pointer (&self->members, g_array_unref);
  g_clear_pointer (&self->survey, komek_survey_unref);
  G_OBJECT_CLASS (komek_exploration_parent_class)->finalize (object);
}

static void
komek_exploration_class_init (KomekExplorationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags settable = flags | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY;
  GParamSpec **props = komek_exploration_props;

  object_class->get_property = komek_exploration_get_property;
  object_class->set_property = komek_exploration_set_property;
  object_class->dispose = komek_exploration_dispose;
  object_class->finalize = komek_exploration_finalize;

  props[PROP_SURVEY] = g_param_spec_boxed ("survey", NULL, NULL, KOMEK_TYPE_SURVEY, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", settable);
  props[PROP_ORDER] = g_param_spec_enum ("order", NULL, NULL, KOMEK_TYPE_LIST_ORDER,
                                         KOMEK_LIST_NEWEST, settable);
  props[PROP_LAYER] = g_param_spec_enum ("layer", NULL, NULL, KOMEK_TYPE_MAP_LAYER,
                                         KOMEK_MAP_PINS, settable);
  props[PROP_MEASURE] = g_param_spec_enum ("measure", NULL, NULL, KOMEK_TYPE_DISTRICT_MEASURE,
                                           KOMEK_DISTRICT_OVERDUE, settable);
  props[PROP_AROUND] = g_param_spec_uint ("around", NULL, NULL, 0, KOMEK_EXPLORATION_FARTHEST, 0,
                                          settable);
  props[PROP_HERE] = g_param_spec_boxed ("here", NULL, NULL, KOMEK_TYPE_PLACE, flags);
  g_object_class_install_properties (object_class, N_PROPS, komek_exploration_props);
}

static void
komek_exploration_init (KomekExploration *self)
{
  self->cancellable = g_cancellable_new ();
  self->choice = komek_filter_choice_new ();
  g_signal_connect_object (self->choice, "changed", G_CALLBACK (on_choice_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * komek_exploration_new:
 *
 * Returns: (transfer full): an exploration that begins to read the requests
 */
KomekExploration *
komek_exploration_new (KomekContext *context)
{
  KomekExploration *self = g_object_new (KOMEK_TYPE_EXPLORATION, NULL);
  KomekFeed *feed = komek_context_get_feed (context);

  self->context = g_object_ref (context);
  self->listing = komek_listing_new (feed);
  self->stock = g_object_ref (komek_context_get_stock (context));
  self->seeker = komek_seeker_new (feed);
  g_signal_connect_object (self->stock, "notify::order", G_CALLBACK (on_order_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stock, "notify::problem", G_CALLBACK (on_problem_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seeker, "first-found", G_CALLBACK (on_first_found), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seeker, "matched", G_CALLBACK (on_matched), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::services", G_CALLBACK (on_services_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::city", G_CALLBACK (on_city_changed), self,
                           G_CONNECT_SWAPPED);
  on_order_changed (self);
  return self;
}

/* What is chosen to be seen; whoever changes it, changes the survey. */
KomekFilterChoice *
komek_exploration_get_choice (KomekExploration *self)
{
  return self->choice;
}

KomekListing *
komek_exploration_get_listing (KomekExploration *self)
{
  return self->listing;
}

/**
 * komek_exploration_get_survey:
 *
 * Returns: (transfer none) (nullable): what there is to see, %NULL until the requests are read
 */
KomekSurvey *
komek_exploration_get_survey (KomekExploration *self)
{
  return self->survey;
}

/**
 * komek_exploration_get_categories:
 *
 * Returns: (transfer none) (nullable): the categories, %NULL until the requests are read
 */
KomekCategories *
komek_exploration_get_categories (KomekExploration *self)
{
  return self->categories;
}

/**
 * komek_exploration_get_problem:
 *
 * Returns: (transfer none) (nullable): why the requests cannot be read
 */
const GError *
komek_exploration_get_problem (KomekExploration *self)
{
  const GError *problem = komek_stock_get_problem (self->stock);

  return problem ? problem : komek_seeker_get_problem (self->seeker);
}

const char *
komek_exploration_get_search (KomekExploration *self)
{
  return komek_seeker_get_text (self->seeker);
}

/**
 * komek_exploration_set_search:
 * @search: words, an address or a number; "" for no search
 *
 * Searches; what is found follows with notify::survey. The only request that is found is chosen.
 */
void
komek_exploration_set_search (KomekExploration *self, const char *search)
{
  g_autoptr (GArray) members = NULL;

  g_return_if_fail (KOMEK_IS_EXPLORATION (self));

  members = g_steal_pointer (&self->members);
  if (komek_seeker_set_text (self->seeker, search))
    g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_SEARCH]);
  else
    self->members = g_steal_pointer (&members);
}

/* Whether anything holds requests back but the view. */
gboolean
komek_exploration_is_filtered (KomekExploration *self)
{
  return *komek_exploration_get_search (self) || self->around > 0
         || !komek_filter_choice_is_empty (self->choice);
}

/* Takes away all that holds requests back but the view. */
void
komek_exploration_clear (KomekExploration *self)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));

  komek_exploration_set_search (self, "");
  komek_exploration_set_around (self, 0);
  komek_filter_choice_clear (self->choice);
}

/* Forgets all that somebody looked at; the next one begins with the whole city. */
void
komek_exploration_reset (KomekExploration *self)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));

  self->viewport = (KomekViewport) { 0 };
  g_clear_pointer (&self->view, komek_bounds_unref);
  g_clear_pointer (&self->members, g_array_unref);
  komek_listing_set_selected (self->listing, 0);
  komek_exploration_clear (self);
  komek_exploration_set_order (self, KOMEK_LIST_NEWEST);
  komek_exploration_set_layer (self, KOMEK_MAP_PINS);
  komek_exploration_set_measure (self, KOMEK_DISTRICT_OVERDUE);
  komek_exploration_survey (self);
}
