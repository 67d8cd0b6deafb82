/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clock.h"
#include "komek-draft.h"
#include "komek-feed.h"
#include "komek-line.h"
#include "komek-locale.h"
#include "komek-outbox.h"
#include "komek-place-finder.h"
#include "komek-place.h"
#include "komek-plan.h"
#include "komek-stock.h"
#include "komek-theme.h"

/**
 * KomekContextFields:
 * @feed: what can be read of the city
 * @outbox: where drafts go
 * @line: how the connection stands
 * @clock: what time it is
 * @locale: what language is spoken
 * @theme: what colours are worn
 * @plan: the plan of the city
 * @tiles: (nullable): what lies on the plan, #KomekTiles from below
 * @here: (nullable): where this device stands, a place with a point
 * @snapshot: (nullable): the file that keeps the requests of the map for the next start
 * @settings: (nullable): what this device keeps of how somebody has arranged the screens
 * @kiosk: whether citizens stand before it and nobody may leave it
 *
 * What main hands in.
 */
typedef struct
{
  KomekFeed   *feed;
  KomekOutbox *outbox;
  KomekLine   *line;
  KomekClock  *clock;
  KomekLocale *locale;
  KomekTheme  *theme;
  KomekPlan   *plan;
  GListModel  *tiles;
  KomekPlace  *here;
  const char  *snapshot;
  GSettings   *settings;
  gboolean     kiosk;
} KomekContextFields;

#define KOMEK_TYPE_CONTEXT (komek_context_get_type ())
G_DECLARE_FINAL_TYPE (KomekContext, komek_context, KOMEK, CONTEXT, GObject)

KomekContext *komek_context_new (const KomekContextFields *fields);
KomekFeed *komek_context_get_feed (KomekContext *self);
KomekOutbox *komek_context_get_outbox (KomekContext *self);
KomekLine *komek_context_get_line (KomekContext *self);
KomekLocale *komek_context_get_locale (KomekContext *self);
KomekTheme *komek_context_get_theme (KomekContext *self);
KomekPlan *komek_context_get_plan (KomekContext *self);
GListModel *komek_context_get_tiles (KomekContext *self);
KomekPlace *komek_context_get_here (KomekContext *self);
GSettings *komek_context_get_settings (KomekContext *self);
gboolean komek_context_is_kiosk (KomekContext *self);
gint64 komek_context_now (KomekContext *self);

KomekCity *komek_context_get_city (KomekContext *self);
GTimeZone *komek_context_get_zone (KomekContext *self);
KomekPlaceFinder *komek_context_get_finder (KomekContext *self);
GPtrArray *komek_context_get_services (KomekContext *self);
KomekService *komek_context_find_service (KomekContext *self, const char *code);
KomekDraft *komek_context_get_draft (KomekContext *self);
void komek_context_reset_draft (KomekContext *self);
KomekStock *komek_context_get_stock (KomekContext *self);
gboolean komek_context_is_upright (KomekContext *self);
void komek_context_set_upright (KomekContext *self, gboolean upright);
gboolean komek_context_is_small (KomekContext *self);
void komek_context_set_small (KomekContext *self, gboolean small);
