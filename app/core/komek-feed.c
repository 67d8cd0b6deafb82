/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-feed.h"

enum
{
  REQUESTS_CHANGED,
  CITY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (KomekFeed, komek_feed, G_TYPE_OBJECT)

/* What a feed answers that keeps no count of its changes. */
static void
tell_no_stamp (KomekFeed *self, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, tell_no_stamp);
  g_task_return_pointer (task, NULL, NULL);
}

static char *
tell_no_stamp_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
read_points_anew (KomekFeed *self, KomekPoints *known, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer data)
{
  komek_feed_points_async (self, cancellable, callback, data);
}

static void
komek_feed_default_init (KomekFeedInterface *iface)
{
  iface->points_since_async = read_points_anew;
  iface->points_since_finish = komek_feed_points_finish;
  iface->points_stamp_async = tell_no_stamp;
  iface->points_stamp_finish = tell_no_stamp_finish;

  /**
   * KomekFeed::requests-changed:
   *
   * Some requests or histories are other than they were: what is shown of them is old.
   */
  signals[REQUESTS_CHANGED] = g_signal_new ("requests-changed", KOMEK_TYPE_FEED, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * KomekFeed::city-changed:
   *
   * The city's card or its services are other than they were.
   */
  signals[CITY_CHANGED] = g_signal_new ("city-changed", KOMEK_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * komek_feed_city_async:
 *
 * Asks for the card of the city.
 */
void
komek_feed_city_async (KomekFeed *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));

  KOMEK_FEED_GET_IFACE (self)->city_async (self, cancellable, callback, data);
}

/**
 * komek_feed_city_finish:
 *
 * Returns: (transfer full) (nullable): the card; %NULL without an error while
 *   nothing was ever heard of the city
 */
KomekCity *
komek_feed_city_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->city_finish (self, result, error);
}

/**
 * komek_feed_services_async:
 *
 * Asks for all services in the city's own order.
 */
void
komek_feed_services_async (KomekFeed *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));

  KOMEK_FEED_GET_IFACE (self)->services_async (self, cancellable, callback, data);
}

/**
 * komek_feed_services_finish:
 *
 * Returns: (transfer full) (element-type KomekService) (nullable): the services, %NULL on an error
 */
GPtrArray *
komek_feed_services_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->services_finish (self, result, error);
}

/**
 * komek_feed_points_async:
 *
 * Asks for all requests as the map needs them.
 */
void
komek_feed_points_async (KomekFeed *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));

  KOMEK_FEED_GET_IFACE (self)->points_async (self, cancellable, callback, data);
}

/**
 * komek_feed_points_finish:
 *
 * Returns: (transfer full) (nullable): the points, %NULL on an error
 */
KomekPoints *
komek_feed_points_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->points_finish (self, result, error);
}

/**
 * komek_feed_points_since_async:
 * @known: points that were read before, or that a file kept with their stamp
 *
 * Asks for all requests as the map needs them, by reading only those that are others in @known.
 *
 * The newest come first; those of one second may stand in another order than
 * komek_feed_points_async() gives them.
 */
void
komek_feed_points_since_async (KomekFeed *self, KomekPoints *known, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));
  g_return_if_fail (known);

  KOMEK_FEED_GET_IFACE (self)->points_since_async (self, known, cancellable, callback, data);
}

/**
 * komek_feed_points_since_finish:
 *
 * Returns: (transfer full) (nullable): the points, the very same ones where nothing has changed;
 *   %NULL on an error
 */
KomekPoints *
komek_feed_points_since_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->points_since_finish (self, result, error);
}

/**
 * komek_feed_points_stamp_async:
 *
 * Asks for the stamp of the points: it changes whenever any of them does, and seldom else.
 *
 * It outlives the program, so that what was made of the points and kept may be
 * known for fresh or old before any of them is read. Points that are read
 * have the stamp of their state, see komek_points_get_stamp(). It is in less
 * than 64 bytes of ASCII and means nothing beyond that.
 */
void
komek_feed_points_stamp_async (KomekFeed *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));

  KOMEK_FEED_GET_IFACE (self)->points_stamp_async (self, cancellable, callback, data);
}

/**
 * komek_feed_points_stamp_finish:
 *
 * Returns: (transfer full) (nullable): the stamp; %NULL on an error, and without one where the
 *   feed has none
 */
char *
komek_feed_points_stamp_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->points_stamp_finish (self, result, error);
}

/**
 * komek_feed_street_ranks_async:
 *
 * Asks for the order of all requests by street and house. Of a million this takes a second.
 */
void
komek_feed_street_ranks_async (KomekFeed *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));

  KOMEK_FEED_GET_IFACE (self)->street_ranks_async (self, cancellable, callback, data);
}

/**
 * komek_feed_street_ranks_finish:
 *
 * Returns: (transfer full) (nullable) (element-type guint32): of each key its rank, the lower
 *   the earlier; %G_MAXUINT32 for what has no street. Keys behind the end have none either.
 */
GArray *
komek_feed_street_ranks_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->street_ranks_finish (self, result, error);
}

/**
 * komek_feed_match_async:
 * @text: what somebody searches for: words, an address, a number or a part of one; words in
 *   quotes must follow one upon the other
 *
 * Asks which requests hold all the words of a text, each at least as a part of a word.
 */
void
komek_feed_match_async (KomekFeed *self, const char *text, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));
  g_return_if_fail (text);

  KOMEK_FEED_GET_IFACE (self)->match_async (self, text, cancellable, callback, data);
}

/**
 * komek_feed_match_finish:
 *
 * Returns: (transfer full) (element-type guint32) (nullable): the keys of the
 *   requests, ascending, the newest %KOMEK_HITS_COUNTED of more; %NULL on an error
 */
GArray *
komek_feed_match_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->match_finish (self, result, error);
}

/**
 * komek_feed_search_async:
 * @text: as for komek_feed_match_async()
 * @limit: how many keys are wanted at most; 0 for none, but to have all be counted
 *
 * Asks for the first requests that match a text, or how many there are.
 */
void
komek_feed_search_async (KomekFeed *self, const char *text, KomekSearchOrder order, guint limit,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));
  g_return_if_fail (text);

  KOMEK_FEED_GET_IFACE (self)->search_async (self, text, order, limit, cancellable, callback,
                                             data);
}

/**
 * komek_feed_search_finish:
 *
 * Returns: (transfer full) (nullable): what is found; %NULL on an error
 */
KomekHits *
komek_feed_search_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->search_finish (self, result, error);
}

/**
 * komek_feed_load_async:
 * @keys: (element-type guint32): keys of #KomekPoint, some dozens at a time; copied
 *
 * Asks for requests by their keys.
 */
void
komek_feed_load_async (KomekFeed *self, GArray *keys, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));

  KOMEK_FEED_GET_IFACE (self)->load_async (self, keys, cancellable, callback, data);
}

/**
 * komek_feed_load_finish:
 *
 * Returns: (transfer full) (element-type KomekRequest) (nullable): one entry a
 *   key, in the order asked for, %NULL for a request that is gone; %NULL on an error
 */
GPtrArray *
komek_feed_load_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->load_finish (self, result, error);
}

/**
 * komek_feed_find_async:
 *
 * Asks for the request of a number.
 */
void
komek_feed_find_async (KomekFeed *self, const char *number, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));
  g_return_if_fail (number);

  KOMEK_FEED_GET_IFACE (self)->find_async (self, number, cancellable, callback, data);
}

/**
 * komek_feed_find_finish:
 *
 * Returns: (transfer full) (nullable): the request; %NULL without an error where there is none
 */
KomekRequest *
komek_feed_find_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->find_finish (self, result, error);
}

/**
 * komek_feed_history_async:
 *
 * Asks for what is known here of a request's history.
 */
void
komek_feed_history_async (KomekFeed *self, const char *number, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));
  g_return_if_fail (number);

  KOMEK_FEED_GET_IFACE (self)->history_async (self, number, cancellable, callback, data);
}

/**
 * komek_feed_history_finish:
 *
 * Returns: (transfer full) (element-type KomekUpdate) (nullable): the steps,
 *   newest first; %NULL on an error
 */
GPtrArray *
komek_feed_history_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->history_finish (self, result, error);
}

/**
 * komek_feed_definition_async:
 *
 * Asks what a city wants to know with a request to @service.
 */
void
komek_feed_definition_async (KomekFeed *self, const char *service, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_FEED (self));
  g_return_if_fail (service);

  KOMEK_FEED_GET_IFACE (self)->definition_async (self, service, cancellable, callback, data);
}

/**
 * komek_feed_definition_finish:
 *
 * Returns: (transfer full) (element-type KomekAttribute) (nullable): what is asked, in the city's
 *   order; %NULL without an error where nobody has heard of it yet
 */
GPtrArray *
komek_feed_definition_finish (KomekFeed *self, GAsyncResult *result, GError **error)
{
  return KOMEK_FEED_GET_IFACE (self)->definition_finish (self, result, error);
}

/* For implementations, on the main thread. */
void
komek_feed_emit_requests_changed (KomekFeed *self)
{
  g_signal_emit (self, signals[REQUESTS_CHANGED], 0);
}

/* For implementations, on the main thread. */
void
komek_feed_emit_city_changed (KomekFeed *self)
{
  g_signal_emit (self, signals[CITY_CHANGED], 0);
}
