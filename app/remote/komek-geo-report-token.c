/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include "komek-error.h"
#include "komek-wire-token.h"

/* A number that is not ready yet is asked for again after a time that doubles,
 * for as long as the limits allow. Then it is still on its way: whoever keeps
 * the token asks again another day. */
typedef struct
{
  char         *token;
  guint         delay;
  gint64        end;         /* of the monotonic clock */
  guint         source;
  GCancellable *cancellable; /* of the task */
  gulong        cancelled;   /* handler, while it waits */
} Wait;

static void
wait_free (Wait *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_disconnect (self->cancellable, self->cancelled);
  g_clear_object (&self->cancellable);
  g_free (self->token);
  g_free (self);
}

static void ask (GTask *task);

static gboolean
read_token (KomekFilingReply *self, const KomekRawReply *raw, GError **error)
{
  g_autoptr (KomekWireToken) token = komek_wire_read_token (raw->body, error);

  if (!token)
    return FALSE;
  if (token->token && g_strcmp0 (token->token, raw->key) != 0)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is to another token");
      return FALSE;
    }
  self->number = g_steal_pointer (&token->number);
  self->token = g_strdup (raw->key);
  return TRUE;
}

static gboolean
on_time_to_ask (gpointer data)
{
  GTask *task = data;
  Wait *wait = g_task_get_task_data (task);

  wait->source = 0;
  g_cancellable_disconnect (wait->cancellable, wait->cancelled);
  wait->cancelled = 0;
  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    ask (task);
  return G_SOURCE_REMOVE;
}

/* Nobody who wants to go waits for the end of a delay. */
static void
on_cancelled (GCancellable *cancellable, gpointer task)
{
  Wait *wait = g_task_get_task_data (task);

  g_clear_handle_id (&wait->source, g_source_remove);
  wait->source = g_idle_add (on_time_to_ask, task);
}

static void
ask_later (GTask *task, guint delay)
{
  Wait *wait = g_task_get_task_data (task);

  wait->source = g_timeout_add (delay, on_time_to_ask, task);
  if (wait->cancellable)
    wait->cancelled =
      g_cancellable_connect (wait->cancellable, G_CALLBACK (on_cancelled), task, NULL);
}

/* A city that took something and no longer knows of it: one that knows keys can be given it again,
 * of any other nobody can tell what it did with it. */
static void
judge_loss (KomekGeoReport *self, KomekFilingReply *reply)
{
  gboolean lost = reply->status == 404 || reply->status == 410;
  gboolean keyed = komek_geo_report_can (self, KOMEK_ABILITY_IDEMPOTENCY);

  reply->perhaps_filed = lost;
  if (lost)
    reply->kind = keyed ? KOMEK_FILING_INDETERMINATE : KOMEK_FILING_PARK;
}

static void
take_reply (GTask *task, KomekFilingReply *reply)
{
  Wait *wait = g_task_get_task_data (task);
  guint delay = MAX (wait->delay, reply->retry_after_ms);

  judge_loss (g_task_get_source_object (task), reply);
  if (reply->kind == KOMEK_FILING_TOKEN
      && g_get_monotonic_time () + delay * G_TIME_SPAN_MILLISECOND < wait->end)
    {
      komek_filing_reply_free (reply);
      wait->delay *= 2;
      ask_later (task, delay);
      return;
    }
  g_task_return_pointer (task, reply, (GDestroyNotify) komek_filing_reply_free);
  g_object_unref (task);
}

static gpointer
read_answer (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  return komek_wire_read_token (answer->body, error);
}

/* What was read only tells that the format is understood: the answer is judged, whatever it is. */
static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekGeoReport *self = KOMEK_GEO_REPORT (source);
  GTask *task = data;
  Wait *wait = g_task_get_task_data (task);
  const KomekAnswer *answer = komek_geo_report_peek_answer (G_TASK (result));
  GError *error = NULL;
  g_autoptr (KomekWireToken) token = g_task_propagate_pointer (G_TASK (result), &error);

  if (!answer || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_clear_error (&error);
  take_reply (task, komek_geo_report_judge (self, answer, wait->token, read_token));
}

static void
ask (GTask *task)
{
  KomekGeoReport *self = g_task_get_source_object (task);
  Wait *wait = g_task_get_task_data (task);
  g_autofree char *escaped = g_uri_escape_string (wait->token, NULL, FALSE);
  g_autofree char *path = g_strconcat ("tokens/", escaped, NULL);

  komek_geo_report_ask (self, g_task_new (self, g_task_get_cancellable (task), on_answered, task),
                        &(KomekQuestion) {
                          .call = KOMEK_CALL_TOKEN,
                          .path = path,
                          .reader = read_answer,
                          .destroy = (GDestroyNotify) komek_wire_token_free,
                        });
}

/**
 * komek_geo_report_token_async:
 *
 * Asks for the number of a request that the city has taken and given a token for.
 */
void
komek_geo_report_token_async (KomekGeoReport *self, const char *token, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  Wait *wait;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_token_async);
  wait = g_new0 (Wait, 1);
  wait->token = g_strdup (token);
  wait->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  wait->delay = self->limits.token_first;
  wait->end = g_get_monotonic_time () + self->limits.token_total * G_TIME_SPAN_MILLISECOND;
  g_task_set_task_data (task, wait, (GDestroyNotify) wait_free);
  ask (task);
}

/**
 * komek_geo_report_token_finish:
 *
 * Returns: (transfer full) (nullable): %KOMEK_FILING_DONE with the number, %KOMEK_FILING_TOKEN
 *   where it is still on its way, or what stands between. Where the city has lost it,
 *   %KOMEK_FILING_INDETERMINATE says to file it again with its key, %KOMEK_FILING_PARK that a city
 *   without keys must not be given it twice.
 */
KomekFilingReply *
komek_geo_report_token_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
