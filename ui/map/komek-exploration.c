/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-exploration.h"

#include <math.h>
#include <string.h>

#include "komek-first-finds.h"
#include "komek-seeker.h"
#include "komek-unread.h"

#define SAME 0.003 /* of a view: two pixels on a kiosk */
#define FARTHEST 20000000 /* metres: half way round the world */

/**
 * KomekExploration:
 *
 * What somebody looks at on the map of requests: the filters, the text searched for, the part
 * of the map, the chosen request; and what all that comes to.
 *
 * It outlives the page, so that neither Back nor another language loses the way
 * somebody looked. Every change starts one survey in a thread; changes that
 * come meanwhile are taken together into the next. A search shows its first
 * hits before that: among a million requests a survey takes a blink too long
 * for somebody who types.
 */
struct _KomekExploration
{
  GObject            parent;
  KomekContext      *context;
  GCancellable      *cancellable;
  KomekFilterChoice *choice;
  KomekListing      *listing;

  KomekStock        *stock;
  KomekCategories   *categories;
  KomekSeeker       *seeker;

  KomekViewport      viewport;
  KomekBounds       *view; /* NULL until a map shows */
  GArray            *members;
  KomekListOrder     order;
  GArray            *ranks; /* by street, of all requests; NULL until somebody wants them */
  gboolean           ranking, rank_again;
  KomekMapLayer      layer;
  KomekDistrictMeasure measure;
  guint              around; /* metres, 0 for off */
  double             latitude, longitude; /* what it is around */

  KomekSurvey       *survey;
  gboolean           surveying, survey_again;
  gboolean           overtaken; /* the survey on its way is of a former search */
  gboolean           stale; /* the filter of the survey is another than that of now */
};

enum
{
  PROP_SURVEY = 1,
  PROP_PROBLEM,
  PROP_SEARCH,
  PROP_ORDER,
  PROP_LAYER,
  PROP_MEASURE,
  PROP_AROUND,
  PROP_HERE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekExploration, komek_exploration, G_TYPE_OBJECT)

static void survey (KomekExploration *self);

static void
take_time (KomekFilterFields *fields, KomekFilterChoice *choice)
{
  fields->from = komek_filter_choice_get_from (choice);
  fields->to = komek_filter_choice_get_to (choice);
  if (!komek_filter_choice_has_span (choice))
    fields->from = komek_period_get_start (komek_filter_choice_get_period (choice), fields->now);
}

static KomekPoints *
get_points (KomekExploration *self)
{
  return komek_stock_get_points (self->stock);
}

/* The places of the chosen districts in the list of the points. */
static GByteArray *
list_districts (KomekExploration *self)
{
  GByteArray *places = g_byte_array_new ();
  const char *const *codes = komek_points_get_districts (get_points (self));

  for (guint i = 0; codes[i] && i <= G_MAXUINT8; i++)
    if (komek_filter_choice_has_district (self->choice, codes[i]))
      g_byte_array_append (places, (const guint8[]) { i }, 1);
  return places;
}

static KomekFilter *
make_filter (KomekExploration *self, GArray *matches)
{
  static const guint32 none; /* an empty array has no address, and no address would mean all */
  g_autoptr (GArray) services = NULL;
  g_autoptr (GByteArray) districts = NULL;
  KomekFilterFields fields = {
    .now = komek_context_now (self->context),
    .groups = komek_filter_choice_get_groups (self->choice),
    .answered = komek_filter_choice_get_answered (self->choice),
    .latitude = self->latitude,
    .longitude = self->longitude,
    .metres = self->around,
  };

  take_time (&fields, self->choice);
  if (komek_filter_choice_has_any_category (self->choice))
    {
      services = komek_categories_list_services (self->categories, self->choice);
      fields.services = (const guint16 *) (services->len > 0 ? services->data
                                           : (const char *) &none);
      fields.n_services = services->len;
    }
  if (komek_filter_choice_has_any_district (self->choice))
    {
      districts = list_districts (self);
      fields.districts = districts->len > 0 ? districts->data : (const guint8 *) &none;
      fields.n_districts = districts->len;
    }
  if (matches)
    {
      fields.keys = matches->len > 0 ? (const guint32 *) matches->data : &none;
      fields.n_keys = matches->len;
    }
  return komek_filter_new (&fields);
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
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SURVEY]);
  if (self->survey_again)
    survey (self);
}

static void
survey (KomekExploration *self)
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
  if (self->surveying || !fields.points)
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

static void
filter_anew (KomekExploration *self)
{
  self->stale = TRUE;
  survey (self);
}

static void rank_streets (KomekExploration *self);

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
      survey (self);
    }
  else
    komek_unread_report ("The order of the streets", error);
  if (self->rank_again)
    rank_streets (self);
}

/* Until they are known the list stays in the order of time. */
static void
rank_streets (KomekExploration *self)
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
    filter_anew (self);
  else if (self->survey && !self->surveying)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SURVEY]);
}

static void
on_order_changed (KomekExploration *self)
{
  if (!sort_services (self))
    return;
  filter_anew (self);
  komek_listing_reload (self->listing);
  if (self->order == KOMEK_LIST_STREET)
    rank_streets (self);
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
    filter_anew (self);
}

static void
on_problem_changed (KomekExploration *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
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
  filter_anew (self);
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
  filter_anew (self);
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
  props[PROP_AROUND] = g_param_spec_uint ("around", NULL, NULL, 0, FARTHEST, 0, settable);
  props[PROP_HERE] = g_param_spec_boxed ("here", NULL, NULL, KOMEK_TYPE_PLACE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
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
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH]);
  else
    self->members = g_steal_pointer (&members);
}

KomekListOrder
komek_exploration_get_order (KomekExploration *self)
{
  return self->order;
}

void
komek_exploration_set_order (KomekExploration *self, KomekListOrder order)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));
  g_return_if_fail ((guint) order < KOMEK_N_LIST_ORDERS);

  if (self->order == order)
    return;
  self->order = order;
  if (order == KOMEK_LIST_STREET && !self->ranks)
    rank_streets (self);
  survey (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORDER]);
}

KomekMapLayer
komek_exploration_get_layer (KomekExploration *self)
{
  return self->layer;
}

/* The survey stays what it is: all layers are drawn from one. */
void
komek_exploration_set_layer (KomekExploration *self, KomekMapLayer layer)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));
  g_return_if_fail ((guint) layer < KOMEK_N_MAP_LAYERS);

  if (self->layer == layer)
    return;
  self->layer = layer;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAYER]);
}

/* What the layer of the districts tells, while it shows. */
KomekDistrictMeasure
komek_exploration_get_measure (KomekExploration *self)
{
  return self->measure;
}

void
komek_exploration_set_measure (KomekExploration *self, KomekDistrictMeasure measure)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));
  g_return_if_fail ((guint) measure < KOMEK_N_DISTRICT_MEASURES);

  if (self->measure == measure)
    return;
  self->measure = measure;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MEASURE]);
}

/* How far around its centre requests are let through, in metres; 0 for everywhere. */
guint
komek_exploration_get_around (KomekExploration *self)
{
  return self->around;
}

/**
 * komek_exploration_set_around:
 * @metres: 0 for everywhere
 *
 * Lets through only what lies in a circle about where this device stands, or
 * else about what is the middle of the map at this moment; see
 * komek_exploration_get_centre().
 */
void
komek_exploration_set_around (KomekExploration *self, guint metres)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));
  g_return_if_fail (metres <= FARTHEST);

  if (self->around == metres)
    return;
  if (self->around == 0)
    komek_exploration_get_centre (self, &self->latitude, &self->longitude);
  self->around = metres;
  g_clear_pointer (&self->members, g_array_unref);
  filter_anew (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AROUND]);
}

/**
 * komek_exploration_get_here:
 *
 * Returns: (transfer none) (nullable): where this device stands
 */
KomekPlace *
komek_exploration_get_here (KomekExploration *self)
{
  return komek_context_get_here (self->context);
}

/**
 * komek_exploration_get_centre:
 *
 * Tells from where distances count: from where this device stands, else from
 * the middle of the circle that is looked around in, else from that of the map.
 */
void
komek_exploration_get_centre (KomekExploration *self, double *latitude, double *longitude)
{
  KomekPlace *here = komek_exploration_get_here (self);

  *latitude = here ? komek_place_get_latitude (here)
              : self->around > 0 ? self->latitude : self->viewport.latitude;
  *longitude = here ? komek_place_get_longitude (here)
               : self->around > 0 ? self->longitude : self->viewport.longitude;
}

KomekViewport
komek_exploration_get_viewport (KomekExploration *self)
{
  return self->viewport;
}

/* A map comes back to the whole pixel: that is the same view. */
static gboolean
is_same_view (const KomekBounds *a, const KomekBounds *b)
{
  double high = SAME * (komek_bounds_get_north (a) - komek_bounds_get_south (a));
  double wide = SAME * (komek_bounds_get_east (a) - komek_bounds_get_west (a));

  return fabs (komek_bounds_get_south (a) - komek_bounds_get_south (b)) <= high
         && fabs (komek_bounds_get_west (a) - komek_bounds_get_west (b)) <= wide
         && fabs (komek_bounds_get_north (a) - komek_bounds_get_north (b)) <= high
         && fabs (komek_bounds_get_east (a) - komek_bounds_get_east (b)) <= wide;
}

/**
 * komek_exploration_set_view:
 * @bounds: what of the city shows
 *
 * Says where the map is. The members of a place are left with the view they were in.
 */
void
komek_exploration_set_view (KomekExploration *self, const KomekViewport *viewport,
                            KomekBounds *bounds)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));

  if (self->view && is_same_view (self->view, bounds))
    return;
  self->viewport = *viewport;
  g_clear_pointer (&self->view, komek_bounds_unref);
  self->view = komek_bounds_ref (bounds);
  g_clear_pointer (&self->members, g_array_unref);
  survey (self);
}

/**
 * komek_exploration_get_members:
 *
 * Returns: (transfer none) (nullable) (element-type guint32): the only requests that are listed
 */
GArray *
komek_exploration_get_members (KomekExploration *self)
{
  return self->members;
}

/**
 * komek_exploration_show_members:
 * @keys: (nullable) (element-type guint32): requests at one place, %NULL for all in view
 *
 * Lists these alone, until the view or the filter changes.
 */
void
komek_exploration_show_members (KomekExploration *self, GArray *keys)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));

  if (!keys && !self->members)
    return;
  g_clear_pointer (&self->members, g_array_unref);
  self->members = keys ? g_array_ref (keys) : NULL;
  survey (self);
}

/* Whether anything holds requests back but the view. */
gboolean
komek_exploration_is_filtered (KomekExploration *self)
{
  return *komek_exploration_get_search (self) || self->around > 0 || !komek_filter_choice_is_empty (self->choice);
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
  survey (self);
}
