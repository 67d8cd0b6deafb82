/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-geo-report.h"
#include "komek-habits.h"

/**
 * KomekWalkKind:
 * @KOMEK_WALK_NEWEST_FIRST: all requests of a city that keeps to the profile: the newest first, and
 *   with a latest date from there on
 * @KOMEK_WALK_CHANGES: what changed, in any order
 * @KOMEK_WALK_WINDOWS: all requests, a span of time after the other, back from the latest
 * @KOMEK_WALK_LIST: whatever comes when no dates are given
 *
 * By what a walk goes.
 */
typedef enum
{
  KOMEK_WALK_NEWEST_FIRST,
  KOMEK_WALK_CHANGES,
  KOMEK_WALK_WINDOWS,
  KOMEK_WALK_LIST,
} KomekWalkKind;

/**
 * KomekWalkPlan:
 * @after: of changes: those at this time or later
 * @until: the latest date; of KOMEK_WALK_NEWEST_FIRST 0 for none
 * @lowest: of windows: where they end; of a list: whose newest first requests need not be followed
 *   beyond this date
 * @span: of windows: seconds of the first
 * @most_span: seconds of the longest
 * @most_empty: so many longest windows without a request end the walk; 0 for none
 * @glanced: a list without dates came a moment ago
 * @filled: in the first window there must be something
 * @cap: no server gives more requests at once, if it cuts at all
 * @page_size: how many requests to ask for at once; 0 to ask for no pages
 * @trusted: the city keeps to the profile: its pages are as long as they were asked to be, but for
 *   the last one, and all requests are meant where no status is named
 *
 * Where a walk goes. Times in seconds since 1970.
 */
typedef struct
{
  KomekWalkKind kind;
  gint64        after;
  gint64        until;
  gint64        lowest;
  gint64        span;
  gint64        most_span;
  guint         most_empty;
  gboolean      glanced;
  gboolean      filled;
  guint         cap;
  guint         page_size;
  gboolean      trusted;
} KomekWalkPlan;

typedef struct _KomekWalk KomekWalk;

KomekWalk *komek_walk_new (const KomekWalkPlan *plan, KomekHabits *habits);
void komek_walk_free (KomekWalk *self);
gboolean komek_walk_ask (KomekWalk *self, KomekPage *page);
void komek_walk_take (KomekWalk *self, GPtrArray *requests, const char *next);
gboolean komek_walk_cope (KomekWalk *self, const GError *error);
gint64 komek_walk_get_until (KomekWalk *self);
gint64 komek_walk_get_after (KomekWalk *self);
gint64 komek_walk_get_span (KomekWalk *self);
guint komek_walk_get_gaps (KomekWalk *self);
gboolean komek_walk_is_between_windows (KomekWalk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWalk, komek_walk_free)
