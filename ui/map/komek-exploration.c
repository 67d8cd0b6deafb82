/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-exploration.h"

#include "komek-exploration-private.h"
#include "komek-first-finds.h"

GParamSpec *komek_exploration_props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekExploration, komek_exploration, G_TYPE_OBJECT)

static gboolean
sort_services (KomekExploration *self)
{
  KomekPoints *points = komek_stock_get_points (self->stock);

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
  KomekPoints *points = komek_stock_get_points (self->stock);
  g_autoptr (KomekFilter) filter = NULL;
  g_autoptr (GArray) keys = NULL;

  if (!points || komek_exploration_is_awaiting (self) || self->order != KOMEK_LIST_NEWEST
      || self->members)
    return;
  filter = komek_exploration_make_filter (self, NULL);
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
      g_value_set_boxed (value, komek_exploration_get_survey (self));
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
