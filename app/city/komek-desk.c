/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-desk.h"

#include <string.h>

#include "komek-complaint.h"
#include "komek-diary.h"
#include "komek-key.h"
#include "komek-listing.h"
#include "komek-number.h"
#include "komek-registrar.h"
#include "komek-report.h"
#include "komek-wire-comment.h"
#include "komek-wire-filing.h"
#include "komek-wire-form.h"
#include "komek-wire-query.h"
#include "komek-wire-request.h"
#include "komek-wire-update-form.h"
#include "komek-wire-votes.h"

/* Where the city takes what people bring: requests, comments and votes. Each
 * answer is worked out in a worker thread. */

static void
refuse_form (const GError *reason, GError **error)
{
  g_set_error_literal (error, KOMEK_REFUSAL, KOMEK_REFUSAL_BAD_FORM, reason->message);
}

static KomekReply *
reply_filing (const KomekCall *call, const KomekWireForm *form, KomekRegistration *registration)
{
  const char *word = registration->number ? "filed" : "filed-later";
  g_autofree char *key = NULL;
  KomekWireFiling filing = {
    .number = registration->number,
    .token = registration->number ? NULL : registration->token,
    .notice = (char *) komek_words_get (call->office->words, word, call->language),
  };

  komek_key_read (call->key, form->key, KOMEK_KEY_SHORTEST, &key, NULL);
  filing.key = key;
  return komek_reply_new_wire (201, call->format, komek_wire_write_filing (&filing, call->format));
}

KomekReply *
komek_desk_file (const KomekCall *call, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (KomekWireForm) form = komek_wire_read_form (call->body, &problem);
  g_autoptr (GPtrArray) complaints = komek_complaints_new ();
  g_autoptr (KomekRegistration) registration = NULL;

  if (!form)
    {
      refuse_form (problem, error);
      return NULL;
    }
  if (!komek_report_check_jurisdiction (call, form->jurisdiction, error))
    return NULL;
  registration = komek_registrar_file (call, form, complaints, &problem);
  if (registration)
    return reply_filing (call, form, registration);
  if (complaints->len > 0)
    return komek_report_complaints (call, complaints);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

KomekReply *
komek_desk_comment (const KomekCall *call, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (KomekWireUpdateForm) form =
    komek_wire_read_update_form (call->body, komek_city_get_zone (call->office->city), &problem);
  g_autoptr (GPtrArray) complaints = komek_complaints_new ();
  g_autofree char *id = NULL;
  g_autofree char *key = NULL;
  KomekWireComment comment = { 0 };

  if (!form)
    {
      refuse_form (problem, error);
      return NULL;
    }
  if (!komek_report_check_jurisdiction (call, form->jurisdiction, error))
    return NULL;
  id = komek_diary_enter (call, form, complaints, &problem);
  if (!id && complaints->len > 0)
    return komek_report_complaints (call, complaints);
  if (!id)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  komek_key_read (call->key, form->id, 1, &key, NULL);
  comment.id = id;
  comment.key = key;
  return komek_reply_new_wire (201, call->format,
                               komek_wire_write_comment (&comment, call->format));
}

static gboolean
check_staff (const KomekCall *call, GError **error)
{
  if (call->client && call->client->role == KOMEK_ROLE_STAFF)
    return TRUE;
  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NOT_ALLOWED, "Only staff may do that");
  return FALSE;
}

/* Staff have read what a citizen added: from now on everybody may. */
KomekReply *
komek_desk_pass (const KomekCall *call, GError **error)
{
  const KomekWireComment comment = { .id = call->rest };
  gboolean passed = FALSE;
  gint64 id;

  if (!check_staff (call, error) || !komek_report_check_jurisdiction (call, NULL, error))
    return NULL;
  if (g_ascii_string_to_signed (call->rest, 10, 1, G_MAXINT64, &id, NULL)
      && !komek_storage_pass_update (call->office->storage, id,
                                     komek_clock_now (call->office->clock), &passed, error))
    return NULL;
  if (passed)
    return komek_reply_new_wire (200, call->format,
                                 komek_wire_write_comment (&comment, call->format));
  g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NO_UPDATE, "No update %s", call->rest);
  return NULL;
}

/* Staff take a request out of everything that is shown; mirrors hear of it. */
KomekReply *
komek_desk_withdraw (const KomekCall *call, GError **error)
{
  g_autofree char *number = komek_number_normalise (call->rest);
  gint64 now = komek_clock_now (call->office->clock);
  g_autoptr (GPtrArray) withdrawn = g_ptr_array_new_with_free_func (g_object_unref);
  const KomekRecord record = { .number = number ? number : call->rest, .updated = now };

  if (!check_staff (call, error) || !komek_report_check_jurisdiction (call, NULL, error)
      || !komek_storage_withdraw (call->office->storage, record.number, now, error))
    return NULL;
  g_ptr_array_add (withdrawn, komek_listing_make_withdrawn (&record));
  return komek_reply_new_wire (
      200, call->format,
      komek_wire_write_requests (withdrawn, komek_city_get_zone (call->office->city),
                                 call->extensions, call->format));
}

/* What the storage keeps of a voter: enough to know them again, not who they are. */
static char *
dup_voter (const KomekCall *call, const char *device)
{
  g_autofree char *scope = komek_key_dup_scope (call, device);
  g_autofree char *voter = device ? g_strconcat (scope, "/", device, NULL) : g_strdup (scope);

  return *voter != '\0' ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, voter, -1) : NULL;
}

/**
 * Ballot:
 * @device: whose vote it is: a kiosk serves more than one citizen
 * @jurisdiction: as in every form
 *
 * The form of a vote.
 */
typedef struct
{
  char *device;
  char *jurisdiction;
} Ballot;

static void
ballot_clear (Ballot *self)
{
  g_free (self->device);
  g_free (self->jurisdiction);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ballot, ballot_clear)

static void
replace (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
read_ballot (const char *name, const char *value, gpointer data)
{
  Ballot *self = data;

  if (*value == '\0')
    return;
  if (strcmp (name, "device_id") == 0)
    replace (&self->device, value);
  else if (strcmp (name, "jurisdiction_id") == 0)
    replace (&self->jurisdiction, value);
}

KomekReply *
komek_desk_vote (const KomekCall *call, GError **error)
{
  g_autofree char *number = komek_number_normalise (call->rest);
  g_auto (Ballot) ballot = { 0 };
  g_autoptr (GError) problem = NULL;
  g_autofree char *voter = NULL;
  guint count = 0;

  if (!komek_wire_query_visit (call->body, read_ballot, &ballot, &problem))
    {
      refuse_form (problem, error);
      return NULL;
    }
  if (!komek_report_check_jurisdiction (call, ballot.jurisdiction, error))
    return NULL;
  voter = dup_voter (call, ballot.device);
  if (!voter)
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_VOTER_MISSING, "Nobody votes");
      return NULL;
    }
  if (!komek_storage_vote (call->office->storage, number ? number : call->rest, voter,
                           komek_clock_now (call->office->clock), &count, error))
    return NULL;
  return komek_reply_new_wire (
      200, call->format,
      komek_wire_write_votes (number ? number : call->rest, count, call->format));
}
