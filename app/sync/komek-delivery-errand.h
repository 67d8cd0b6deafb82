/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-geo-report.h"
#include "komek-outbox-store.h"

/**
 * KomekErrand:
 * @kind: what came of it
 * @state: how far the item is now, as it is stored
 * @attempted: whether it may have been sent without our hearing of it
 * @number: (nullable): the city's
 * @token: (nullable): the city's
 * @later: milliseconds to wait at least, 0 where nobody said
 * @shared: whether any other item would fare the same now
 * @status: the status of HTTP, 0 where there was none
 * @city_time: the city's clock, 0 where it did not say
 * @problem: (nullable): what stands in the way
 *
 * What came of one step of an item on its way to the city.
 */
typedef struct
{
  KomekFilingKind  kind;
  KomekOutboxState state;
  gboolean         attempted;
  char            *number;
  char            *token;
  guint            later;
  gboolean         shared;
  guint            status;
  gint64           city_time;
  GError          *problem;
} KomekErrand;

void komek_errand_free (KomekErrand *self);
void komek_errand_run_async (KomekOutboxStore *outbox, KomekGeoReport *client,
                             const KomekOutboxItem *item, gint64 now, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
KomekErrand *komek_errand_run_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekErrand, komek_errand_free)
