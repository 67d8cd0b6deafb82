/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-status.h"

/**
 * KomekDeadlineState:
 * @KOMEK_DEADLINE_NONE: the city gave none
 * @KOMEK_DEADLINE_IN_TIME: more than a day is left
 * @KOMEK_DEADLINE_LAST_DAY: a day or less is left
 * @KOMEK_DEADLINE_OVERDUE: it has passed and nobody answered
 * @KOMEK_DEADLINE_PAUSED: the request is on hold
 * @KOMEK_DEADLINE_MET: answered or closed before it
 * @KOMEK_DEADLINE_MISSED: answered or closed after it
 */
typedef enum
{
  KOMEK_DEADLINE_NONE,
  KOMEK_DEADLINE_IN_TIME,
  KOMEK_DEADLINE_LAST_DAY,
  KOMEK_DEADLINE_OVERDUE,
  KOMEK_DEADLINE_PAUSED,
  KOMEK_DEADLINE_MET,
  KOMEK_DEADLINE_MISSED,
} KomekDeadlineState;

/**
 * KomekDeadline:
 * @state: how the request stands to its deadline
 * @days: whole days left, over, or early, by the calendar of the city; never negative
 * @used: the share of the time from registration to the deadline, 0 to 1
 *
 * What a clock on screen shows of a deadline.
 */
typedef struct
{
  KomekDeadlineState state;
  guint              days;
  double             used;
} KomekDeadline;

KomekDeadline komek_deadline_read (KomekStatus status, gint64 requested, gint64 due, gint64 ended,
                                   gint64 now, GTimeZone *zone);
