/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-groups.h"
#include "komek-points.h"
#include "komek-status.h"

#define KOMEK_GROUP_BIT(group) (1u << (group))

/**
 * KomekFilterFields:
 * @now: the moment at which it is told which requests are overdue
 * @services: (nullable) (array length=n_services): their places in the list of the points,
 *   %NULL for all
 * @districts: (nullable) (array length=n_districts): their places in the list of the points,
 *   %NULL for all
 * @groups: the bits of the groups, 0 for all; %KOMEK_GROUP_LATE alone for only the overdue
 * @answered: whether only requests are wanted that the city has answered
 * @from: seconds since 1970, inclusive, 0 for no beginning
 * @to: seconds since 1970, exclusive, 0 for no end
 * @latitude: the middle of a circle outside of which nothing is let through
 * @longitude: likewise
 * @metres: its radius, 0 for no circle
 * @keys: (nullable) (array length=n_keys): the keys that a text was found in, rising, %NULL
 *   for all
 *
 * What a filter lets through; copied.
 */
typedef struct
{
  gint64         now;
  const guint16 *services;
  guint          n_services;
  const guint8  *districts;
  guint          n_districts;
  guint          groups;
  gboolean       answered;
  gint64         from, to;
  double         latitude, longitude, metres;
  const guint32 *keys;
  guint          n_keys;
} KomekFilterFields;

/**
 * KomekFilterPart:
 *
 * The parts of a filter, as bits: a request is let through where it misses none of them.
 */
typedef enum
{
  KOMEK_FILTER_SERVICES = 1 << 0,
  KOMEK_FILTER_GROUPS = 1 << 1,
  KOMEK_FILTER_PERIOD = 1 << 2,
  KOMEK_FILTER_KEYS = 1 << 3,
  KOMEK_FILTER_DISTRICTS = 1 << 4,
  KOMEK_FILTER_ANSWERED = 1 << 5,
  KOMEK_FILTER_AROUND = 1 << 6,
} KomekFilterPart;

#define KOMEK_TYPE_FILTER (komek_filter_get_type ())
typedef struct _KomekFilter KomekFilter;
GType komek_filter_get_type (void) G_GNUC_CONST;

KomekFilter *komek_filter_new (const KomekFilterFields *fields);
KomekFilter *komek_filter_ref (KomekFilter *self);
void komek_filter_unref (KomekFilter *self);
gboolean komek_filter_is_empty (const KomekFilter *self);
gint64 komek_filter_get_now (const KomekFilter *self);
gboolean komek_filter_is_answer (KomekStatus status);
KomekGroup komek_filter_group_of (const KomekFilter *self, const KomekPoint *point);
guint komek_filter_test (const KomekFilter *self, const KomekPoint *point);
void komek_filter_test_all (const KomekFilter *self, const KomekPoint *points, guint n,
                            guint8 *missed, guint8 *groups);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekFilter, komek_filter_unref)
