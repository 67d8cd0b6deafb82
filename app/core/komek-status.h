/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekStatus:
 *
 * Where a request stands in its life. The last two stand for statuses of other
 * cities that we have no word for: the city's own word is shown, in the group
 * that its open or closed gives.
 */
typedef enum
{
  KOMEK_STATUS_NEW,
  KOMEK_STATUS_ASSIGNED,
  KOMEK_STATUS_ACCEPTED,
  KOMEK_STATUS_IN_WORK,
  KOMEK_STATUS_ON_HOLD,
  KOMEK_STATUS_REWORK,
  KOMEK_STATUS_REOPENED,
  KOMEK_STATUS_ANSWERED,
  KOMEK_STATUS_DONE,
  KOMEK_STATUS_CONFIRMED,
  KOMEK_STATUS_CLOSED,
  KOMEK_STATUS_CLOSED_BY_APPLICANT,
  KOMEK_STATUS_REJECTED,
  KOMEK_STATUS_DUPLICATE,
  KOMEK_STATUS_OTHER_OPEN,
  KOMEK_STATUS_OTHER_CLOSED,
} KomekStatus;

#define KOMEK_N_STATUSES 16

/**
 * KomekGroup:
 *
 * The five groups that the map, the legend and the ring of a cluster tell apart
 * by colour and shape. Overdue is no status: it takes over any open request
 * whose deadline has passed.
 */
typedef enum
{
  KOMEK_GROUP_NEW,
  KOMEK_GROUP_WORK,
  KOMEK_GROUP_LATE,
  KOMEK_GROUP_DONE,
  KOMEK_GROUP_SHUT,
} KomekGroup;

#define KOMEK_N_GROUPS 5

const char *komek_status_get_code (KomekStatus status);
KomekStatus komek_status_from_code (const char *code, gboolean open);
gboolean komek_status_is_open (KomekStatus status);
KomekGroup komek_status_get_group (KomekStatus status, gint64 due, gint64 now);
