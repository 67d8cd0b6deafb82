/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-feed.h"
#include "komek-place-find.h"
#include "komek-plan.h"

#define KOMEK_TYPE_PLACE_FINDER (komek_place_finder_get_type ())
G_DECLARE_FINAL_TYPE (KomekPlaceFinder, komek_place_finder, KOMEK, PLACE_FINDER, GObject)

KomekPlaceFinder *komek_place_finder_new (KomekFeed *feed, KomekPlan *plan, KomekLabel *city);
void komek_place_finder_set_maps (KomekPlaceFinder *self, GListModel *maps, KomekBounds *bounds);
KomekPlan *komek_place_finder_get_streets (KomekPlaceFinder *self);
void komek_place_finder_set_points (KomekPlaceFinder *self, KomekPoints *points);
void komek_place_finder_search_async (KomekPlaceFinder *self, const char *text, guint limit,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
void komek_place_finder_list_districts_async (KomekPlaceFinder *self, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_place_finder_search_finish (KomekPlaceFinder *self, GAsyncResult *result,
                                             GError **error);
void komek_place_finder_describe_async (KomekPlaceFinder *self, double latitude, double longitude,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
KomekPlaceFind *komek_place_finder_describe_finish (KomekPlaceFinder *self, GAsyncResult *result,
                                                    GError **error);
