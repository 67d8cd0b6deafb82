/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-private.h"

#include "komek-error.h"
#include "komek-folding.h"
#include "komek-refusal.h"

/* The number has room for so many a day. */
#define MOST_A_DAY 100000

/**
 * komek_storage_make_key:
 *
 * Returns: (transfer full): a key for whoever sent none; no sender's begins with an underscore
 */
char *
komek_storage_make_key (void)
{
  g_autofree char *id = g_uuid_string_random ();

  return g_strconcat ("_", id, NULL);
}

/**
 * komek_storage_dup_search:
 *
 * Returns: (transfer full): the folded text to find a request by
 */
char *
komek_storage_dup_search (const KomekRecord *record)
{
  g_autofree char *text = NULL;

  if (record->search)
    return g_strdup (record->search);
  text = g_strjoin (" ", record->text, record->address, NULL);
  return komek_fold (text);
}

/**
 * komek_storage_check_day:
 * @count: how many requests came before on @day
 *
 * Fails with %KOMEK_REFUSAL_DAY_FULL where no number is left.
 */
gboolean
komek_storage_check_day (const char *day, guint count, GError **error)
{
  if (count < MOST_A_DAY)
    return TRUE;
  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_DAY_FULL, "No number is left for %s", day);
  return FALSE;
}

/* Returns: %FALSE, for the caller to return */
gboolean
komek_storage_fail_parcel (const char *token, GError **error)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "What was kept under %s cannot be read",
               token);
  return FALSE;
}

/* Returns: %FALSE, for the caller to return */
gboolean
komek_storage_fail_request (const char *number, gboolean withdrawn, GError **error)
{
  g_set_error (error, KOMEK_REFUSAL,
               withdrawn ? KOMEK_REFUSAL_WITHDRAWN : KOMEK_REFUSAL_NO_REQUEST,
               withdrawn ? "The request %s was withdrawn" : "No request %s", number);
  return FALSE;
}
