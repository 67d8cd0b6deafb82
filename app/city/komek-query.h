/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-bounds.h"
#include "komek-status.h"

#define KOMEK_QUERY_MAX_PAGE_SIZE 1000
#define KOMEK_QUERY_MAX_NUMBERS 1000
#define KOMEK_QUERY_MAX_WORDS 12

/**
 * KomekPosition:
 * @time: when the record before was registered, or changed where changes are asked for
 * @id: of the record before
 *
 * A place in a list: right behind a record. All zero, it is the beginning.
 */
typedef struct
{
  gint64 time;
  gint64 id;
} KomekPosition;

/**
 * KomekQuery:
 * @numbers: (nullable): these requests and nothing else counts
 * @answers: whether what was answered to the further questions comes with these @numbers
 * @services: (nullable): of any of these services
 * @statuses: bits of #KomekStatus, 0 for all
 * @start: registered at this time or later, 0 for no limit
 * @end: registered at this time or earlier, 0 for no limit
 * @updated_after: changed at this time or later, 0 for no limit; the oldest change comes first then
 * @bounds: (nullable): at a point within
 * @words: (nullable): a few folded words, each the beginning of a word of the request
 * @after: from here on: what a walk over many pages goes by, each as cheap as the first
 * @offset: how many to leave out, which costs as much as finding them
 * @limit: how many to find
 *
 * Which requests somebody asks for.
 */
typedef struct
{
  char        **numbers;
  gboolean      answers;
  char        **services;
  guint         statuses;
  gint64        start, end;
  gint64        updated_after;
  KomekBounds  *bounds;
  char         *words;
  KomekPosition after;
  guint         offset, limit;
} KomekQuery;

KomekQuery *komek_query_new (GHashTable *arguments, GTimeZone *zone, gint64 now, GError **error);
KomekQuery *komek_query_new_updates (GHashTable *arguments, GTimeZone *zone, gint64 now,
                                     GError **error);
void komek_query_free (KomekQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekQuery, komek_query_free)
