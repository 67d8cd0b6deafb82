/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-status.h"

#include <string.h>

/* Words of other cities that mean what one of ours means; folded by fold(). */
static const struct
{
  const char *word;
  KomekStatus status;
} known[] = {
  { "received", KOMEK_STATUS_NEW },
  { "submitted", KOMEK_STATUS_NEW },
  { "for_triage", KOMEK_STATUS_NEW },
  { "acknowledged", KOMEK_STATUS_ACCEPTED },
  { "investigating", KOMEK_STATUS_ACCEPTED },
  { "in_process", KOMEK_STATUS_IN_WORK },
  { "in_progress", KOMEK_STATUS_IN_WORK },
  { "planned", KOMEK_STATUS_IN_WORK },
  { "action_scheduled", KOMEK_STATUS_IN_WORK },
  { "internal_referral", KOMEK_STATUS_ASSIGNED },
  { "reopen", KOMEK_STATUS_REOPENED },
  { "processed", KOMEK_STATUS_ANSWERED },
  { "fixed", KOMEK_STATUS_DONE },
  { "fixed___council", KOMEK_STATUS_DONE },
  { "fixed___user", KOMEK_STATUS_CONFIRMED },
  { "resolved", KOMEK_STATUS_DONE },
  { "archived", KOMEK_STATUS_CLOSED },
  { "no_further_action", KOMEK_STATUS_CLOSED },
  { "cancelled", KOMEK_STATUS_CLOSED_BY_APPLICANT },
  { "not_councils_responsibility", KOMEK_STATUS_REJECTED },
};

/* "In progress", "IN_PROGRESS" and "in-progress" are one word. */
static char *
fold (const char *word)
{
  char *folded = g_ascii_strdown (word, -1);

  return g_strdelimit (g_strstrip (folded), " -", '_');
}

static gboolean
is_other (KomekStatus status)
{
  return status == KOMEK_STATUS_OTHER_OPEN || status == KOMEK_STATUS_OTHER_CLOSED;
}

static KomekStatus
look_up (const char *word, gboolean open)
{
  KomekStatus status = komek_status_from_code (word, open);

  for (guint i = 0; is_other (status) && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (word, known[i].word))
      return known[i].status;
  return status;
}

/* CitySDK gives the whole way so far, the last word counts. */
static char *
fold_last (const char *words)
{
  const char *comma = strrchr (words, ',');

  return fold (comma ? comma + 1 : words);
}

/**
 * komek_wire_read_status:
 * @status: (nullable): the standard's field: "open", "closed" or something else
 * @detailed: (nullable): a detailed status in the city's own words
 *
 * Returns: our status for it; where there is none, one of the two "other" ones
 */
KomekStatus
komek_wire_read_status (const char *status, const char *detailed)
{
  g_autofree char *word = fold (status ? status : "open");
  g_autofree char *detail = detailed ? fold_last (detailed) : NULL;
  gboolean closed = g_str_equal (word, "closed");
  KomekStatus read;

  if (detail)
    {
      read = look_up (detail, !closed);
      /* Where the two disagree the standard's field says whether somebody still waits. */
      if (!is_other (read) && (!status || komek_status_is_open (read) != closed))
        return read;
    }
  if (closed)
    return detail ? KOMEK_STATUS_OTHER_CLOSED : KOMEK_STATUS_CLOSED;
  return g_str_equal (word, "open") && !detail ? KOMEK_STATUS_OTHER_OPEN : look_up (word, TRUE);
}

/**
 * komek_wire_get_status_name:
 * @word: (nullable): the standard's field
 * @detail: (nullable): the detailed status
 *
 * Returns: (transfer none) (nullable): what to call a status that we have no word for
 */
const char *
komek_wire_get_status_name (KomekStatus status, const char *word, const char *detail)
{
  if (!is_other (status))
    return NULL;
  return detail ? detail : word;
}
