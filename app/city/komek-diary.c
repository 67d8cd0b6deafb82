/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-diary.h"

#include <string.h>

#include "komek-answers.h"
#include "komek-complaint.h"
#include "komek-draft.h"
#include "komek-key.h"
#include "komek-number.h"

/* Adds to the history of a request. Staff say where it stands; whoever filed
 * it may add a word, which nobody else reads before it was passed. */

static gboolean
is_staff (const KomekCall *call)
{
  return call->client && call->client->role == KOMEK_ROLE_STAFF;
}

static void
copy_agency (const KomekRecord *record, gpointer agency)
{
  g_free (*(char **) agency);
  *(char **) agency = g_strdup (record->agency);
}

/* The organisation that answers for a request; fails where there is no such request. */
static char *
find_agency (const KomekCall *call, const char *number, GError **error)
{
  KomekStorage *storage = call->office->storage;
  char *numbers[] = { (char *) number, NULL };
  const KomekQuery query = { .numbers = numbers, .limit = 1 };
  gboolean withdrawn = FALSE;
  char *agency = NULL;

  if (!komek_storage_list (storage, &query, copy_agency, &agency, error) || agency
      || !komek_storage_is_withdrawn (storage, number, &withdrawn, error))
    return agency;
  g_set_error (error, KOMEK_REFUSAL, withdrawn ? KOMEK_REFUSAL_WITHDRAWN : KOMEK_REFUSAL_NO_REQUEST,
               "No request %s", number);
  return NULL;
}

/**
 * komek_diary_may_add:
 * @device: (nullable): as the caller names it
 *
 * Whether the caller may add something to a request: staff, and whoever filed it.
 *
 * Fails with %KOMEK_REFUSAL_NO_REQUEST or %KOMEK_REFUSAL_WITHDRAWN where there is
 * no such request, and with %KOMEK_REFUSAL_NOT_YOURS where they may not.
 */
gboolean
komek_diary_may_add (const KomekCall *call, const char *number, const char *device, GError **error)
{
  g_autofree char *agency = find_agency (call, number, error);
  g_autofree char *scope = komek_key_dup_scope (call, device);
  gboolean sender = FALSE;

  if (!agency || is_staff (call))
    return agency != NULL;
  /* Nobody is known by nothing. */
  if (*scope != '\0'
      && !komek_storage_is_sender (call->office->storage, number, scope, &sender, error))
    return FALSE;
  if (!sender)
    g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NOT_YOURS, "Somebody else filed %s", number);
  return sender;
}

/* "open" and "closed" are what the standard knows; staff of another system send
 * them with every word they add. */
static gboolean
read_status (const KomekWireUpdateForm *form, KomekStatus *status, gboolean *keeps)
{
  *status = form->status;
  *keeps = !form->has_status || g_ascii_strcasecmp (form->status_word, "open") == 0;
  if (!*keeps && g_ascii_strcasecmp (form->status_word, "closed") == 0)
    *status = KOMEK_STATUS_CLOSED;
  return *keeps || *status < KOMEK_STATUS_OTHER_OPEN;
}

static char *
make_fingerprint (const char *number, const char *status, const char *text)
{
  g_autofree char *all =
    g_strdup_printf ("%s\n%s\n%s", number, status ? status : "", text);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
}

static void
check (const KomekCall *call, const KomekWireUpdateForm *form, const char *text, char **key,
       GPtrArray *complaints)
{
  g_autoptr (GError) reason = NULL;
  gboolean keeps;
  KomekStatus status;

  if (!form->number)
    komek_complain (complaints, KOMEK_REFUSAL_NUMBER_MISSING, "service_request_id", NULL);
  if (g_utf8_strlen (text, -1) > KOMEK_DRAFT_MAX_TEXT)
    komek_complain (complaints, KOMEK_REFUSAL_LONG_TEXT, "description", NULL);
  if (*text == '\0' && !form->has_status)
    komek_complain (complaints, KOMEK_REFUSAL_UPDATE_EMPTY, "description", NULL);
  if (form->has_status && !is_staff (call))
    komek_complain (complaints, KOMEK_REFUSAL_STAFF_ONLY, "status", NULL);
  else if (!read_status (form, &status, &keeps))
    komek_complain (complaints, KOMEK_REFUSAL_BAD_STATUS, "status", NULL);
  if (!komek_key_read (call->key, form->id, 1, key, &reason))
    komek_complain (complaints, reason->code, "update_id", NULL);
}

static gboolean
is_answer (KomekStatus status)
{
  return status == KOMEK_STATUS_ANSWERED || status == KOMEK_STATUS_REJECTED;
}

static char *
enter (const KomekCall *call, const KomekWireUpdateForm *form, const char *number,
       const char *text, const char *key, GError **error)
{
  const KomekOffice *office = call->office;
  g_autofree char *client = komek_key_dup_scope (call, form->device);
  g_autofree char *fingerprint = make_fingerprint (number, form->status_word, text);
  gboolean staff = is_staff (call), keeps;
  g_autofree char *agency = staff ? find_agency (call, number, error) : g_strdup ("");
  KomekStatus status;
  gint64 id = 0;
  KomekStep step;

  read_status (form, &status, &keeps);
  if (!agency)
    return NULL;
  step = (KomekStep) {
    .number = number,
    .status = status,
    .time = komek_clock_now (office->clock),
    .agency = agency,
    .event = keeps ? NULL : komek_status_get_code (status),
    .text = *text != '\0' ? text : NULL,
    .answer = staff && !keeps && *text != '\0' && is_answer (status),
    .hidden = !staff && !office->publishes_comments,
    .client = client,
    .key = key,
    .fingerprint = fingerprint,
  };
  if (!komek_storage_add_update (office->storage, &step, keeps, &id, error))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

/**
 * komek_diary_enter:
 * @complaints: (element-type KomekComplaint): where everything that is wrong with the form is added
 *
 * Adds what somebody says of a request to its history, once for each key. What
 * a citizen says changes no status. Who they are is not kept: the request has
 * its contact already.
 *
 * Returns: (transfer full): the id of the step
 */
char *
komek_diary_enter (const KomekCall *call, const KomekWireUpdateForm *form, GPtrArray *complaints,
                   GError **error)
{
  g_autofree char *text = komek_answers_clean (form->text ? form->text : "", FALSE);
  g_autofree char *written = form->number ? komek_number_normalise (form->number) : NULL;
  const char *number = written ? written : form->number;
  g_autofree char *key = NULL;

  check (call, form, text, &key, complaints);
  if (komek_complaints_set_error (complaints, error)
      || !komek_diary_may_add (call, number, form->device, error))
    return NULL;
  return enter (call, form, number, text, key, error);
}
