/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-deadline.h"

/* People count nights, not hours: what is due tomorrow at nine is "1 day" at any hour of today. */
static gint64
day_number (gint64 time, GTimeZone *zone)
{
  gint64 offset =
    g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time));
  gint64 local = time + offset;

  return (local >= 0 ? local : local - 86399) / 86400;
}

static KomekDeadlineState
state_of (KomekStatus status, gint64 due, gint64 at)
{
  if (!komek_status_is_open (status))
    return at <= due ? KOMEK_DEADLINE_MET : KOMEK_DEADLINE_MISSED;
  if (due < at)
    return KOMEK_DEADLINE_OVERDUE;
  if (status == KOMEK_STATUS_ON_HOLD)
    return KOMEK_DEADLINE_PAUSED;
  return due - at <= 86400 ? KOMEK_DEADLINE_LAST_DAY : KOMEK_DEADLINE_IN_TIME;
}

/**
 * komek_deadline_read:
 * @requested: when the request was registered
 * @due: its deadline, 0 for none
 * @ended: when it was answered or closed; read only where @status is not open
 * @now: the present
 * @zone: the city's zone, whose midnights are counted
 *
 * Compares a request with its deadline. All times are seconds since 1970, UTC.
 */
KomekDeadline
komek_deadline_read (KomekStatus status, gint64 requested, gint64 due, gint64 ended, gint64 now,
                     GTimeZone *zone)
{
  gint64 at = komek_status_is_open (status) || ended <= 0 ? now : ended;
  KomekDeadline self = { KOMEK_DEADLINE_NONE, 0, 0 };

  if (due <= 0)
    return self;

  self.state = state_of (status, due, at);
  self.days = ABS (day_number (due, zone) - day_number (at, zone));
  self.used = due > requested ? CLAMP ((double) (at - requested) / (due - requested), 0, 1) : 1;
  return self;
}
