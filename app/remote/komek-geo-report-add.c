/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include <string.h>

#include "komek-error.h"
#include "komek-wire-comment.h"
#include "komek-wire-media.h"
#include "komek-wire-update-form.h"
#include "komek-wire-votes.h"

/* What is added to a request that the city has: words to its history, photos, and votes. */

#define FORM "application/x-www-form-urlencoded"

/* Cities of any kind may say nothing of our key; another one is not ours. */
static gboolean
check_key (const KomekRawReply *raw, const char *key, GError **error)
{
  if (!key || g_strcmp0 (key, raw->key) == 0)
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is to something else");
  return FALSE;
}

static gboolean
read_comment (KomekFilingReply *self, const KomekRawReply *raw, GError **error)
{
  g_autoptr (KomekWireComment) comment = komek_wire_read_comment (raw->body, error);

  if (!comment || !check_key (raw, comment->key, error))
    return FALSE;
  self->number = g_steal_pointer (&comment->id);
  self->token = g_steal_pointer (&comment->token);
  return TRUE;
}

static gboolean
read_media (KomekFilingReply *self, const KomekRawReply *raw, GError **error)
{
  g_autoptr (KomekWireMedia) media = komek_wire_read_media (raw->body, error);

  if (!media || !check_key (raw, media->key, error))
    return FALSE;
  self->number = media->url ? g_steal_pointer (&media->url) : g_steal_pointer (&media->id);
  return TRUE;
}

static char *
write_comment (KomekGeoReport *self, const KomekComment *comment)
{
  return komek_wire_update_form_write (&(KomekWireUpdateForm) {
    .number = (char *) comment->number,
    .id = (char *) comment->key,
    .has_status = comment->status != NULL,
    .status_word = (char *) comment->status,
    .time = komek_clock_now (self->clock),
    .text = (char *) comment->text,
    .device = self->device,
    .first_name = (char *) comment->name,
    .email = (char *) comment->email,
    .api_key = self->api_key,
    .jurisdiction = self->jurisdiction,
  }, self->zone);
}

/**
 * komek_geo_report_comment_async:
 * @comment: read at once
 *
 * Adds something to the history of a request, where the city has %KOMEK_ABILITY_COMMENT.
 */
void
komek_geo_report_comment_async (KomekGeoReport *self, const KomekComment *comment,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GBytes) body = NULL;
  char *form;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  form = write_comment (self, comment);
  body = g_bytes_new_take (form, strlen (form));
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_comment_async);
  komek_geo_report_write (self, task, &(KomekWriting) {
    .call = KOMEK_CALL_COMMENT,
    .method = SOUP_METHOD_POST,
    .path = "servicerequestupdates",
    .type = FORM,
    .body = body,
    .key = comment->key,
    .reader = read_comment,
    .total = self->limits.total,
  });
}

/**
 * komek_geo_report_comment_finish:
 *
 * Returns: (transfer full) (nullable): what became of it; its number is the id of the update
 */
KomekFilingReply *
komek_geo_report_comment_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * komek_geo_report_upload_async:
 * @number: of the request that it belongs to
 * @key: the same for the same photo
 * @photo: as one raw body
 * @type: of the photo: "image/jpeg"
 *
 * Sends a photo, where the city has %KOMEK_ABILITY_MEDIA. It may take longer than other calls.
 */
void
komek_geo_report_upload_async (KomekGeoReport *self, const char *number, const char *key,
                               GBytes *photo, const char *type, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  escaped = g_uri_escape_string (number, NULL, FALSE);
  path = g_strconcat ("requests/", escaped, "/media", NULL);
  komek_geo_report_append (query, "device_id", self->device);
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_upload_async);
  komek_geo_report_write (self, task, &(KomekWriting) {
    .call = KOMEK_CALL_UPLOAD,
    .method = SOUP_METHOD_POST,
    .path = path,
    .query = query->str,
    .type = type,
    .body = photo,
    .key = key,
    .reader = read_media,
    .total = self->limits.upload,
  });
}

/**
 * komek_geo_report_upload_finish:
 *
 * Returns: (transfer full) (nullable): what became of it; its number is the address of the photo,
 *   or its id where the city gave no address
 */
KomekFilingReply *
komek_geo_report_upload_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The count is all that there is; what has no number would pass for no answer. */
static gboolean
read_votes (KomekFilingReply *self, const KomekRawReply *raw, GError **error)
{
  guint votes;

  if (!komek_wire_read_votes (raw->body, &votes, error))
    return FALSE;
  self->number = g_strdup_printf ("%u", votes);
  return TRUE;
}

/**
 * komek_geo_report_vote_async:
 * @number: of the request
 * @device: whose vote it is: the city counts each once
 *
 * Says that a request concerns somebody else, too, where the city has %KOMEK_ABILITY_VOTES.
 */
void
komek_geo_report_vote_async (KomekGeoReport *self, const char *number, const char *device,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GString) form = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  escaped = g_uri_escape_string (number, NULL, FALSE);
  path = g_strconcat ("requests/", escaped, "/votes", NULL);
  komek_geo_report_append (form, "device_id", device);
  komek_geo_report_append (form, "jurisdiction_id", self->jurisdiction);
  komek_geo_report_append (form, "api_key", self->api_key);
  body = g_bytes_new (form->str, form->len);
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_vote_async);
  komek_geo_report_write (self, task, &(KomekWriting) {
    .call = KOMEK_CALL_COMMENT,
    .method = SOUP_METHOD_POST,
    .path = path,
    .type = FORM,
    .body = body,
    .reader = read_votes,
    .total = self->limits.total,
  });
}

/* A request that is gone will not come back, and one that takes no votes takes none tomorrow. */
static gboolean
is_final (const KomekFilingReply *reply)
{
  return reply->kind == KOMEK_FILING_PARK
         || (reply->kind == KOMEK_FILING_PAUSE
             && (reply->status == 404 || reply->status == 405 || reply->status == 410));
}

static GError *
explain_vote (const KomekFilingReply *reply)
{
  KomekError code = is_final (reply) ? KOMEK_ERROR_REFUSED : KOMEK_ERROR_UNREACHABLE;
  GError *error = g_error_new_literal (KOMEK_ERROR, code,
                                       reply->reason ? reply->reason->message
                                                     : "The city counts no votes");

  komek_error_set_cause (error, komek_error_get_cause (reply->reason));
  return error;
}

/**
 * komek_geo_report_vote_finish:
 * @votes: (out): how many say so now
 *
 * Fails with %KOMEK_ERROR_REFUSED where the city will never count it, and with
 * %KOMEK_ERROR_UNREACHABLE where it may be tried again.
 */
gboolean
komek_geo_report_vote_finish (KomekGeoReport *self, GAsyncResult *result, guint *votes,
                              GError **error)
{
  g_autoptr (KomekFilingReply) reply = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  reply = g_task_propagate_pointer (G_TASK (result), error);
  if (!reply)
    return FALSE;
  if (reply->kind == KOMEK_FILING_DONE)
    *votes = g_ascii_strtoull (reply->number, NULL, 10);
  else
    g_propagate_error (error, explain_vote (reply));
  return reply->kind == KOMEK_FILING_DONE;
}
