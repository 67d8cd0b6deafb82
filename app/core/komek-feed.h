/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-attribute.h"
#include "komek-city.h"
#include "komek-hits.h"
#include "komek-points.h"
#include "komek-request.h"
#include "komek-service.h"
#include "komek-update.h"

#define KOMEK_TYPE_FEED (komek_feed_get_type ())
G_DECLARE_INTERFACE (KomekFeed, komek_feed, KOMEK, FEED, GObject)

/**
 * KomekFeed:
 *
 * What the screen can read of the city: its card, its services, its requests and their histories.
 *
 * A port: the mirror on this device stands behind it, never the network, so every
 * answer comes within milliseconds and says what was known at the last contact.
 */
struct _KomekFeedInterface
{
  GTypeInterface parent;

  void (*city_async) (KomekFeed *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer data);
  KomekCity *(*city_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*services_async) (KomekFeed *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data);
  GPtrArray *(*services_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*points_async) (KomekFeed *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer data);
  KomekPoints *(*points_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*points_since_async) (KomekFeed *self, KomekPoints *known, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
  KomekPoints *(*points_since_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*points_stamp_async) (KomekFeed *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
  char *(*points_stamp_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*street_ranks_async) (KomekFeed *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
  GArray *(*street_ranks_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*match_async) (KomekFeed *self, const char *text, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data);
  GArray *(*match_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*search_async) (KomekFeed *self, const char *text, KomekSearchOrder order, guint limit,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  KomekHits *(*search_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*load_async) (KomekFeed *self, GArray *keys, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data);
  GPtrArray *(*load_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*find_async) (KomekFeed *self, const char *number, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data);
  KomekRequest *(*find_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*history_async) (KomekFeed *self, const char *number, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data);
  GPtrArray *(*history_finish) (KomekFeed *self, GAsyncResult *result, GError **error);

  void (*definition_async) (KomekFeed *self, const char *service, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
  GPtrArray *(*definition_finish) (KomekFeed *self, GAsyncResult *result, GError **error);
};

void komek_feed_city_async (KomekFeed *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
KomekCity *komek_feed_city_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_services_async (KomekFeed *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_feed_services_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_points_async (KomekFeed *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
KomekPoints *komek_feed_points_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_points_since_async (KomekFeed *self, KomekPoints *known, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
KomekPoints *komek_feed_points_since_finish (KomekFeed *self, GAsyncResult *result,
                                             GError **error);

void komek_feed_points_stamp_async (KomekFeed *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
char *komek_feed_points_stamp_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_street_ranks_async (KomekFeed *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
GArray *komek_feed_street_ranks_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_match_async (KomekFeed *self, const char *text, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
GArray *komek_feed_match_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_search_async (KomekFeed *self, const char *text, KomekSearchOrder order,
                              guint limit, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
KomekHits *komek_feed_search_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_load_async (KomekFeed *self, GArray *keys, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_feed_load_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_find_async (KomekFeed *self, const char *number, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
KomekRequest *komek_feed_find_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_history_async (KomekFeed *self, const char *number, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_feed_history_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_definition_async (KomekFeed *self, const char *service, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_feed_definition_finish (KomekFeed *self, GAsyncResult *result, GError **error);

void komek_feed_emit_requests_changed (KomekFeed *self);
void komek_feed_emit_city_changed (KomekFeed *self);
