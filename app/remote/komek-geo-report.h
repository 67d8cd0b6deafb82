/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-attribute.h"
#include "komek-city.h"
#include "komek-clock.h"
#include "komek-exchange.h"
#include "komek-filing-reply.h"
#include "komek-request.h"
#include "komek-service.h"

/* Of core: what one filing says. */
typedef struct _KomekFiling KomekFiling;

/**
 * KomekPage:
 * @updated_after: only what changed at this time or later, the oldest change first; 0 for all there
 *   is, the newest request first
 * @page: counted from 1
 * @size: how many requests a page has
 * @next: (nullable): where the page before this one said that this one is; the rest is in there
 * @start: only what was registered at this time or later; 0 for no bound
 * @end: only what was registered at this time or before; 0 for no bound
 * @numbers: (nullable) (array zero-terminated=1): only these; the standard lets them override the
 *   rest
 * @services: (nullable) (array zero-terminated=1): only of services of these codes
 * @status: (nullable): "open", "closed" or both with a comma; %NULL for the city's own default
 * @bounds: (nullable): only what is in there
 * @text: (nullable): only what has these words
 *
 * Which part of a city's requests to fetch. What a city cannot do is not asked of it: see
 * komek_geo_report_requests_async().
 */
typedef struct
{
  gint64             updated_after;
  guint              page;
  guint              size;
  const char        *next;
  gint64             start;
  gint64             end;
  const char *const *numbers;
  const char *const *services;
  const char        *status;
  KomekBounds       *bounds;
  const char        *text;
} KomekPage;

/**
 * KomekComment:
 * @number: of the request
 * @key: the same for the same comment, so that it is taken once
 * @text: what is said
 * @status: (nullable): the status that it brings the request to, as the city writes it
 * @name: (nullable): who says it
 * @email: (nullable): how to reach them
 *
 * Something to be added to the history of a request.
 */
typedef struct
{
  const char *number;
  const char *key;
  const char *text;
  const char *status;
  const char *name;
  const char *email;
} KomekComment;

#define KOMEK_TYPE_GEO_REPORT (komek_geo_report_get_type ())
G_DECLARE_FINAL_TYPE (KomekGeoReport, komek_geo_report, KOMEK, GEO_REPORT, GObject)

KomekGeoReport *komek_geo_report_new (const char *url);
KomekGeoReport *komek_geo_report_new_full (const char *url, SoupSession *session,
                                           const KomekExchangeLimits *limits);
void komek_geo_report_set_api_key (KomekGeoReport *self, const char *key);
void komek_geo_report_set_jurisdiction (KomekGeoReport *self, const char *jurisdiction);
void komek_geo_report_set_device (KomekGeoReport *self, const char *device);
void komek_geo_report_set_clock (KomekGeoReport *self, KomekClock *clock);
gboolean komek_geo_report_is_extended (KomekGeoReport *self);
KomekAbility komek_geo_report_get_abilities (KomekGeoReport *self);
gboolean komek_geo_report_can (KomekGeoReport *self, KomekAbility abilities);
guint komek_geo_report_get_delay (KomekGeoReport *self);

void komek_geo_report_discover_async (KomekGeoReport *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
KomekCity *komek_geo_report_discover_finish (KomekGeoReport *self, GAsyncResult *result,
                                             GError **error);

void komek_geo_report_believe (KomekGeoReport *self, KomekCity *card);
void komek_geo_report_probe_async (KomekGeoReport *self, KomekAbility wanted,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data);
gboolean komek_geo_report_probe_finish (KomekGeoReport *self, GAsyncResult *result,
                                        KomekAbility *abilities, GError **error);

void komek_geo_report_services_async (KomekGeoReport *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
void komek_geo_report_services_in_async (KomekGeoReport *self, KomekLanguage language,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer data);
GPtrArray *komek_geo_report_services_finish (KomekGeoReport *self, GAsyncResult *result,
                                             GError **error);

void komek_geo_report_definition_async (KomekGeoReport *self, const char *service,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
GPtrArray *komek_geo_report_definition_finish (KomekGeoReport *self, GAsyncResult *result,
                                               GError **error);

void komek_geo_report_requests_async (KomekGeoReport *self, const KomekPage *page,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
GPtrArray *komek_geo_report_requests_finish (KomekGeoReport *self, GAsyncResult *result,
                                             GError **error);
char *komek_geo_report_dup_next (GAsyncResult *result);

void komek_geo_report_request_async (KomekGeoReport *self, const char *number,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
KomekRequest *komek_geo_report_request_finish (KomekGeoReport *self, GAsyncResult *result,
                                               GError **error);

void komek_geo_report_updates_async (KomekGeoReport *self, const char *number,
                                     KomekLanguage language, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_geo_report_updates_finish (KomekGeoReport *self, GAsyncResult *result,
                                            GError **error);

void komek_geo_report_file_async (KomekGeoReport *self, const KomekFiling *filing,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
KomekFilingReply *komek_geo_report_file_finish (KomekGeoReport *self, GAsyncResult *result,
                                                GError **error);

void komek_geo_report_token_async (KomekGeoReport *self, const char *token,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data);
KomekFilingReply *komek_geo_report_token_finish (KomekGeoReport *self, GAsyncResult *result,
                                                 GError **error);

void komek_geo_report_find_own_async (KomekGeoReport *self, const KomekFiling *filing, gint64 since,
                                      const char *const *taken, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
gboolean komek_geo_report_find_own_finish (KomekGeoReport *self, GAsyncResult *result,
                                           char **number, GError **error);

void komek_geo_report_upload_async (KomekGeoReport *self, const char *number, const char *key,
                                    GBytes *photo, const char *type, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
KomekFilingReply *komek_geo_report_upload_finish (KomekGeoReport *self, GAsyncResult *result,
                                                  GError **error);

void komek_geo_report_comment_async (KomekGeoReport *self, const KomekComment *comment,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
KomekFilingReply *komek_geo_report_comment_finish (KomekGeoReport *self, GAsyncResult *result,
                                                   GError **error);

void komek_geo_report_vote_async (KomekGeoReport *self, const char *number, const char *device,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
gboolean komek_geo_report_vote_finish (KomekGeoReport *self, GAsyncResult *result, guint *votes,
                                       GError **error);
