/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-bounds.h"
#include "komek-status.h"

#define KOMEK_QUERY_MAX_PAGE_SIZE 1000
#define KOMEK_QUERY_MAX_NUMBERS 1000
#define KOMEK_QUERY_MAX_WORDS 12

/**
 * KomekQuery:
 * @numbers: (nullable): these requests and nothing else counts
 * @services: (nullable): of any of these services
 * @statuses: bits of #KomekStatus, 0 for all
 * @start: registered at this time or later, 0 for no limit
 * @end: registered at this time or earlier, 0 for no limit
 * @updated_after: changed at this time or later, 0 for no limit; the oldest change comes first then
 * @bounds: (nullable): at a point within
 * @words: (nullable): a few folded words, each the beginning of a word of the request
 * @offset: how many to leave out
 * @limit: how many to find
 *
 * Which requests somebody asks for.
 */
typedef struct
{
  char       **numbers;
  char       **services;
  guint        statuses;
  gint64       start, end;
  gint64       updated_after;
  KomekBounds *bounds;
  char        *words;
  guint        offset, limit;
} KomekQuery;

KomekQuery *komek_query_new (GHashTable *arguments, GTimeZone *zone, gint64 now, GError **error);
void komek_query_free (KomekQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekQuery, komek_query_free)
