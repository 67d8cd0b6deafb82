/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-city.h"
#include "komek-draft.h"
#include "komek-exchange.h"
#include "komek-request.h"

/**
 * KomekPage:
 * @updated_after: only what changed at this time or later, the oldest change first; 0 for all there
 *   is, the newest request first
 * @page: counted from 1
 * @size: how many requests a page has
 *
 * Which part of a city's requests to fetch.
 */
typedef struct
{
  gint64 updated_after;
  guint  page;
  guint  size;
} KomekPage;

#define KOMEK_TYPE_GEO_REPORT (komek_geo_report_get_type ())
G_DECLARE_FINAL_TYPE (KomekGeoReport, komek_geo_report, KOMEK, GEO_REPORT, GObject)

KomekGeoReport *komek_geo_report_new (const char *url);
KomekGeoReport *komek_geo_report_new_full (const char *url, SoupSession *session,
                                           const KomekExchangeLimits *limits);
gboolean komek_geo_report_is_extended (KomekGeoReport *self);

void komek_geo_report_discover_async (KomekGeoReport *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
KomekCity *komek_geo_report_discover_finish (KomekGeoReport *self, GAsyncResult *result,
                                             GError **error);

void komek_geo_report_services_async (KomekGeoReport *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_geo_report_services_finish (KomekGeoReport *self, GAsyncResult *result,
                                             GError **error);

void komek_geo_report_requests_async (KomekGeoReport *self, const KomekPage *page,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
GPtrArray *komek_geo_report_requests_finish (KomekGeoReport *self, GAsyncResult *result,
                                             GError **error);

void komek_geo_report_request_async (KomekGeoReport *self, const char *number,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
KomekRequest *komek_geo_report_request_finish (KomekGeoReport *self, GAsyncResult *result,
                                               GError **error);

void komek_geo_report_updates_async (KomekGeoReport *self, const char *number, KomekLanguage language,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
GPtrArray *komek_geo_report_updates_finish (KomekGeoReport *self, GAsyncResult *result,
                                            GError **error);

void komek_geo_report_post_async (KomekGeoReport *self, KomekDraft *draft,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
char *komek_geo_report_post_finish (KomekGeoReport *self, GAsyncResult *result, GError **error);
