/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-context.h"

#include "komek-icon.h"
#include "komek-unread.h"
/**
 * KomekContext:
 *
 * All that a page needs to know of the world: the ports, the city's card and services, the draft.
 *
 * The window owns one and every page is made with it. Card and services are
 * read from the feed at the start and whenever they change, so that pages find
 * them without waiting; until then there is an empty city.
 */
struct _KomekContext
{
  GObject            parent;
  KomekContextFields fields;
  GCancellable      *cancellable;
  KomekCity         *city;
  GPtrArray         *services;
  GHashTable        *services_by_code; /* owned by the array */
  KomekDraft        *draft;
  KomekStock        *stock; /* NULL until somebody wants it */
  KomekPlaceFinder  *finder; /* likewise */
  gboolean           upright;
  gboolean           small;
};

enum
{
  PROP_CITY = 1,
  PROP_SERVICES,
  PROP_DRAFT,
  PROP_UPRIGHT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekContext, komek_context, G_TYPE_OBJECT)

static gboolean
was_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_city_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekCity) city = komek_feed_city_finish (KOMEK_FEED (source), result, &error);
  KomekContext *self = data;

  if (was_cancelled (error))
    return;
  if (error)
    komek_unread_report ("The city's card", error);
  if (!city)
    return;
  /* Its card comes whenever the city says something; what is found in it most often stays. */
  if (!komek_city_is_same_place (self->city, city))
    g_clear_object (&self->finder);
  g_set_object (&self->city, city);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CITY]);
}

static gboolean
are_known (KomekContext *self, GPtrArray *services)
{
  if (services->len != self->services->len)
    return FALSE;
  for (guint i = 0; i < services->len; i++)
    if (!komek_service_equal (services->pdata[i], self->services->pdata[i]))
      return FALSE;
  return TRUE;
}

/* They are asked for again whenever the city says something: pages that built their buttons anew
 * for the same services would take them away from under a finger, and the focus with them. */
static void
on_services_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) services = komek_feed_services_finish (KOMEK_FEED (source), result, &error);
  KomekContext *self = data;

  if (was_cancelled (error))
    return;
  if (!services)
    {
      komek_unread_report ("The city's services", error);
      return;
    }
  if (are_known (self, services))
    return;

  g_hash_table_remove_all (self->services_by_code);
  g_ptr_array_unref (self->services);
  self->services = g_steal_pointer (&services);
  for (guint i = 0; i < self->services->len; i++)
    g_hash_table_insert (self->services_by_code,
                         (char *) komek_service_get_code (self->services->pdata[i]),
                         self->services->pdata[i]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SERVICES]);
}

static void
on_city_changed (KomekContext *self)
{
  komek_feed_city_async (self->fields.feed, self->cancellable, on_city_ready, self);
  komek_feed_services_async (self->fields.feed, self->cancellable, on_services_ready, self);
}

/* A street has a name in each language: the address that the citizen chose on the map follows the
 * one that is spoken. */
static void
on_language_changed (KomekContext *self)
{
  KomekPlace *place = komek_draft_get_place (self->draft);
  g_autoptr (KomekPlace) renamed = NULL;
  const char *address;
  double latitude, longitude;

  if (!place || !komek_place_has_point (place))
    return;
  latitude = komek_place_get_latitude (place);
  longitude = komek_place_get_longitude (place);
  address = komek_plan_describe (self->fields.plan, latitude, longitude,
                                 komek_locale_get_language (self->fields.locale), NULL);
  renamed = komek_place_new (latitude, longitude, address, komek_place_get_district (place));
  komek_draft_set_place (self->draft, renamed);
}

static void
komek_context_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekContext *self = KOMEK_CONTEXT (object);

  switch (prop_id)
    {
    case PROP_CITY:
      g_value_set_object (value, self->city);
      break;
    case PROP_SERVICES:
      g_value_set_boxed (value, self->services);
      break;
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_UPRIGHT:
      g_value_set_boolean (value, self->upright);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_context_dispose (GObject *object)
{
  KomekContext *self = KOMEK_CONTEXT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->fields.feed);
  g_clear_object (&self->fields.outbox);
  g_clear_object (&self->fields.line);
  g_clear_object (&self->fields.clock);
  g_clear_object (&self->fields.locale);
  g_clear_object (&self->fields.theme);
  g_clear_pointer (&self->fields.plan, komek_plan_unref);
  g_clear_pointer (&self->fields.here, komek_place_unref);
  g_clear_object (&self->fields.settings);
  g_clear_object (&self->finder);
  g_clear_object (&self->city);
  g_clear_object (&self->draft);
  g_clear_object (&self->stock);
  G_OBJECT_CLASS (komek_context_parent_class)->dispose (object);
}

static void
komek_context_finalize (GObject *object)
{
  KomekContext *self = KOMEK_CONTEXT (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->services_by_code);
  g_ptr_array_unref (self->services);
  g_free ((char *) self->fields.snapshot);
  g_clear_object (&self->fields.tiles);
  G_OBJECT_CLASS (komek_context_parent_class)->finalize (object);
}

static void
komek_context_class_init (KomekContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = komek_context_get_property;
  object_class->dispose = komek_context_dispose;
  object_class->finalize = komek_context_finalize;

  props[PROP_CITY] = g_param_spec_object ("city", NULL, NULL, KOMEK_TYPE_CITY, flags);
  props[PROP_SERVICES] = g_param_spec_boxed ("services", NULL, NULL, G_TYPE_PTR_ARRAY, flags);
  props[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, KOMEK_TYPE_DRAFT, flags);
  props[PROP_UPRIGHT] = g_param_spec_boolean ("upright", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /* Most templates name one. */
  g_type_ensure (KOMEK_TYPE_ICON);
}

static void
komek_context_init (KomekContext *self)
{
  KomekCityFields nobody = { .id = "" };

  self->cancellable = g_cancellable_new ();
  self->city = komek_city_new (&nobody);
  self->services = g_ptr_array_new_with_free_func (g_object_unref);
  self->services_by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->draft = komek_draft_new ();
}

/**
 * komek_context_new:
 * @fields: each object is referenced
 *
 * Returns: (transfer full): a context that begins to read the city's card
 */
KomekContext *
komek_context_new (const KomekContextFields *fields)
{
  KomekContext *self = g_object_new (KOMEK_TYPE_CONTEXT, NULL);

  self->fields = *fields;
  g_object_ref (self->fields.feed);
  g_object_ref (self->fields.outbox);
  g_object_ref (self->fields.line);
  g_object_ref (self->fields.clock);
  g_object_ref (self->fields.locale);
  g_object_ref (self->fields.theme);
  komek_plan_ref (self->fields.plan);
  if (self->fields.tiles)
    g_object_ref (self->fields.tiles);
  self->fields.snapshot = g_strdup (fields->snapshot);
  if (self->fields.settings)
    g_object_ref (self->fields.settings);
  if (self->fields.here)
    komek_place_ref (self->fields.here);
  g_signal_connect_object (fields->feed, "city-changed", G_CALLBACK (on_city_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (fields->locale, "notify::language", G_CALLBACK (on_language_changed),
                           self, G_CONNECT_SWAPPED);
  on_city_changed (self);
  return self;
}

KomekFeed *
komek_context_get_feed (KomekContext *self)
{
  return self->fields.feed;
}

KomekOutbox *
komek_context_get_outbox (KomekContext *self)
{
  return self->fields.outbox;
}

KomekLine *
komek_context_get_line (KomekContext *self)
{
  return self->fields.line;
}

KomekLocale *
komek_context_get_locale (KomekContext *self)
{
  return self->fields.locale;
}

KomekTheme *
komek_context_get_theme (KomekContext *self)
{
  return self->fields.theme;
}

KomekPlan *
komek_context_get_plan (KomekContext *self)
{
  return self->fields.plan;
}

GListModel *
komek_context_get_tiles (KomekContext *self)
{
  return self->fields.tiles;
}

/**
 * komek_context_get_here:
 *
 * Returns: (transfer none) (nullable): where this device stands, %NULL where nobody has said it
 */
KomekPlace *
komek_context_get_here (KomekContext *self)
{
  return self->fields.here;
}

/* (nullable): what the screens are arranged by, from one start to the next. */
GSettings *
komek_context_get_settings (KomekContext *self)
{
  return self->fields.settings;
}

gboolean
komek_context_is_kiosk (KomekContext *self)
{
  return self->fields.kiosk;
}

/* Seconds since 1970, UTC. */
gint64
komek_context_now (KomekContext *self)
{
  return komek_clock_now (self->fields.clock);
}

/**
 * komek_context_get_city:
 *
 * Returns: (transfer none): the city's card; one without any names until it was heard of
 */
KomekCity *
komek_context_get_city (KomekContext *self)
{
  g_return_val_if_fail (KOMEK_IS_CONTEXT (self), NULL);

  return self->city;
}

/* The zone in which all times are shown. */
GTimeZone *
komek_context_get_zone (KomekContext *self)
{
  return komek_city_get_zone (komek_context_get_city (self));
}

/**
 * komek_context_get_finder:
 *
 * The names of map packs take seconds to read and to put in order, so that pages share one; only
 * another card of the city brings another.
 *
 * Returns: (transfer none): what finds places by the plan, the packs and the mirror
 */
KomekPlaceFinder *
komek_context_get_finder (KomekContext *self)
{
  const KomekCityFields *city;

  g_return_val_if_fail (KOMEK_IS_CONTEXT (self), NULL);

  if (self->finder)
    return self->finder;
  city = komek_city_peek (self->city);
  self->finder = komek_place_finder_new (self->fields.feed, self->fields.plan, city->name);
  if (self->fields.tiles)
    komek_place_finder_set_maps (self->finder, self->fields.tiles,
                                 city->bounds ? city->bounds
                                              : komek_plan_get_bounds (self->fields.plan));
  return self->finder;
}

/**
 * komek_context_get_services:
 *
 * Returns: (transfer none) (element-type KomekService): the services in the city's order, empty at
 *   first
 */
GPtrArray *
komek_context_get_services (KomekContext *self)
{
  g_return_val_if_fail (KOMEK_IS_CONTEXT (self), NULL);

  return self->services;
}

/**
 * komek_context_find_service:
 *
 * Returns: (transfer none) (nullable): the service of that code
 */
KomekService *
komek_context_find_service (KomekContext *self, const char *code)
{
  g_return_val_if_fail (KOMEK_IS_CONTEXT (self), NULL);

  return g_hash_table_lookup (self->services_by_code, code);
}

/**
 * komek_context_get_draft:
 *
 * Returns: (transfer none): what the citizen has answered so far
 */
KomekDraft *
komek_context_get_draft (KomekContext *self)
{
  g_return_val_if_fail (KOMEK_IS_CONTEXT (self), NULL);

  return self->draft;
}

/**
 * komek_context_reset_draft:
 *
 * Puts an empty draft in the place of the old one, whose text nobody keeps.
 */
void
komek_context_reset_draft (KomekContext *self)
{
  g_return_if_fail (KOMEK_IS_CONTEXT (self));

  g_object_unref (self->draft);
  self->draft = komek_draft_new ();
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAFT]);
}

/**
 * komek_context_get_stock:
 *
 * Returns: (transfer none): all requests as the map needs them, read once for all pages
 */
KomekStock *
komek_context_get_stock (KomekContext *self)
{
  g_return_val_if_fail (KOMEK_IS_CONTEXT (self), NULL);

  if (!self->stock)
    self->stock = komek_stock_new (self->fields.feed, self->fields.snapshot, NULL);
  return self->stock;
}

/* Whether the window is higher than wide: map above list instead of beside it. */
gboolean
komek_context_is_upright (KomekContext *self)
{
  g_return_val_if_fail (KOMEK_IS_CONTEXT (self), FALSE);

  return self->upright;
}

void
komek_context_set_upright (KomekContext *self, gboolean upright)
{
  g_return_if_fail (KOMEK_IS_CONTEXT (self));

  if (self->upright == !!upright)
    return;
  self->upright = !!upright;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UPRIGHT]);
}

/**
 * komek_context_is_small:
 *
 * Whether the screen of a kiosk has room for one column only, however it is turned.
 */
gboolean
komek_context_is_small (KomekContext *self)
{
  g_return_val_if_fail (KOMEK_IS_CONTEXT (self), FALSE);

  return self->small;
}

/* Before the first page is made: a screen does not grow. */
void
komek_context_set_small (KomekContext *self, gboolean small)
{
  g_return_if_fail (KOMEK_IS_CONTEXT (self));

  self->small = !!small;
}
