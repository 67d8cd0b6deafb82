/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-status.h"

#include <string.h>

static const struct
{
  const char *code;
  KomekGroup  group;
} statuses[KOMEK_N_STATUSES] = {
  [KOMEK_STATUS_NEW] = { "new", KOMEK_GROUP_NEW },
  [KOMEK_STATUS_ASSIGNED] = { "assigned", KOMEK_GROUP_NEW },
  [KOMEK_STATUS_ACCEPTED] = { "accepted", KOMEK_GROUP_WORK },
  [KOMEK_STATUS_IN_WORK] = { "in_work", KOMEK_GROUP_WORK },
  [KOMEK_STATUS_ON_HOLD] = { "on_hold", KOMEK_GROUP_WORK },
  [KOMEK_STATUS_REWORK] = { "rework", KOMEK_GROUP_WORK },
  [KOMEK_STATUS_REOPENED] = { "reopened", KOMEK_GROUP_WORK },
  [KOMEK_STATUS_ANSWERED] = { "answered", KOMEK_GROUP_DONE },
  [KOMEK_STATUS_DONE] = { "done", KOMEK_GROUP_DONE },
  [KOMEK_STATUS_CONFIRMED] = { "confirmed", KOMEK_GROUP_DONE },
  [KOMEK_STATUS_CLOSED] = { "closed", KOMEK_GROUP_SHUT },
  [KOMEK_STATUS_CLOSED_BY_APPLICANT] = { "closed_by_applicant", KOMEK_GROUP_SHUT },
  [KOMEK_STATUS_REJECTED] = { "rejected", KOMEK_GROUP_SHUT },
  [KOMEK_STATUS_DUPLICATE] = { "duplicate", KOMEK_GROUP_SHUT },
  [KOMEK_STATUS_OTHER_OPEN] = { "open", KOMEK_GROUP_WORK },
  [KOMEK_STATUS_OTHER_CLOSED] = { "closed_other", KOMEK_GROUP_SHUT },
};

/**
 * komek_status_get_code:
 *
 * Returns: the code as it goes over the wire
 */
const char *
komek_status_get_code (KomekStatus status)
{
  g_return_val_if_fail ((guint) status < KOMEK_N_STATUSES, "");

  return statuses[status].code;
}

/**
 * komek_status_from_code:
 * @code: (nullable): a detailed status as a city sent it
 * @open: what the standard's own open or closed says
 *
 * Returns: the status of that code, else one of the two "other" statuses
 */
KomekStatus
komek_status_from_code (const char *code, gboolean open)
{
  for (guint i = 0; code && i < KOMEK_STATUS_OTHER_OPEN; i++)
    if (strcmp (code, statuses[i].code) == 0)
      return i;

  return open ? KOMEK_STATUS_OTHER_OPEN : KOMEK_STATUS_OTHER_CLOSED;
}

/**
 * komek_status_is_open:
 *
 * Whether the citizen still waits: the standard's "open". An answered request
 * is closed there, even while it may be reopened.
 */
gboolean
komek_status_is_open (KomekStatus status)
{
  g_return_val_if_fail ((guint) status < KOMEK_N_STATUSES, FALSE);

  return statuses[status].group < KOMEK_GROUP_LATE;
}

/**
 * komek_status_get_group:
 * @due: the deadline in seconds since 1970, 0 for none
 * @now: the present in the same unit
 */
KomekGroup
komek_status_get_group (KomekStatus status, gint64 due, gint64 now)
{
  g_return_val_if_fail ((guint) status < KOMEK_N_STATUSES, KOMEK_GROUP_SHUT);

  if (komek_status_is_open (status) && due > 0 && due < now)
    return KOMEK_GROUP_LATE;
  return statuses[status].group;
}
