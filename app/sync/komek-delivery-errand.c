/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-errand-private.h"

#include "komek-error.h"
#include "komek-fault.h"

/* One step of one item, from where it stands to where it can wait again:
 *
 *     WAITING ─► begin ─┬─► file ───────────────┬─► number ─► photos ─► DELIVERED
 *                       └─► look for our own ─► ┘├─► token  ─► TOKEN
 *                                                └─► reason ─► PARKED
 *     TOKEN ─► ask ─► number …
 *     NUMBERED ─► photos … ─► HELD, where the city takes none now
 *
 * Nothing that the city said counts before it is stored; a step that is cut
 * short is taken again. */

/* How far back to look for a request of ours, whatever our clock said when it was handed in. */
#define LONGEST_WAY_BACK (30 * 24 * 60 * 60)
#define SHORTEST_WAY_BACK (60 * 60)

void
komek_errand_free (KomekErrand *self)
{
  g_free (self->number);
  g_free (self->token);
  g_clear_error (&self->problem);
  g_free (self);
}

static void
step_free (KomekErrandStep *step)
{
  g_object_unref (step->store);
  g_object_unref (step->client);
  komek_outbox_item_free (step->item);
  g_clear_pointer (&step->filing, komek_filing_unref);
  g_clear_pointer (&step->errand, komek_errand_free);
  g_free (step);
}

void
komek_errand_end (GTask *task)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&step->errand), (GDestroyNotify) komek_errand_free);
  g_object_unref (task);
}

/* Takes the error. A device that cannot write now can send nothing now. */
void
komek_errand_fail (GTask *task, GError *error)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_clear_error (&step->errand->problem);
  step->errand->problem = error;
  step->errand->kind = KOMEK_FILING_RETRY;
  step->errand->shared = g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED)
                         || g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE);
  komek_errand_end (task);
}

/* Nothing goes on before it is durable. */
static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  KomekErrandStep *step = g_task_get_task_data (task);
  GError *error = NULL;

  if (komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    step->next (task);
  else
    komek_errand_fail (task, error);
}

/* Remembers the state of the errand, with the reason where it is parked. */
void
komek_errand_store_then (GTask *task, KomekErrandNext next)
{
  KomekErrandStep *step = g_task_get_task_data (task);
  KomekErrand *errand = step->errand;
  KomekOutboxChange change = { .state = errand->state, .attempted = errand->attempted,
                               .number = errand->number, .token = errand->token, .now = step->now,
                               .status = errand->status };
  const char *words = errand->problem ? errand->problem->message : "The city said nothing";
  const char *reason = errand->kind == KOMEK_FILING_PARK ? words : NULL;

  komek_fault_point ("delivery.heard");
  step->next = next;
  komek_outbox_store_change_async (step->store, step->item->sequence, &change, reason, NULL,
                                   on_stored, task);
}

/* Takes the problem. */
static void
park (GTask *task, GError *problem)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  step->errand->kind = KOMEK_FILING_PARK;
  step->errand->state = KOMEK_OUTBOX_PARKED;
  if (problem != step->errand->problem)
    g_clear_error (&step->errand->problem);
  step->errand->problem = problem;
  komek_errand_store_then (task, komek_errand_end);
}

void
komek_errand_note_reply (KomekErrand *errand, KomekFilingReply *reply)
{
  errand->kind = reply->kind;
  errand->later = reply->retry_after_ms;
  errand->status = reply->status;
  errand->city_time = reply->time;
  g_clear_error (&errand->problem);
  errand->problem = reply->reason ? g_error_copy (reply->reason) : NULL;
}

static void
go_on_with_number (GTask *task)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  komek_fault_point ("delivery.number_stored");
  if (step->errand->state == KOMEK_OUTBOX_NUMBERED)
    komek_errand_send_photos (task);
  else
    komek_errand_end (task);
}

static void
take_number (GTask *task, const char *number)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  g_free (step->errand->number);
  step->errand->number = g_strdup (number);
  step->errand->kind = KOMEK_FILING_DONE;
  step->errand->attempted = FALSE;
  step->errand->state = step->item->photos > 0 ? KOMEK_OUTBOX_NUMBERED : KOMEK_OUTBOX_DELIVERED;
  komek_errand_store_then (task, go_on_with_number);
}

/* Where nothing can have arrived, a city without keys need not be asked whether it did. */
static void
wait_for_another_try (GTask *task, gboolean perhaps_filed)
{
  KomekErrandStep *step = g_task_get_task_data (task);
  gboolean keyless = !komek_geo_report_can (step->client, KOMEK_ABILITY_IDEMPOTENCY);

  step->errand->attempted = step->item->attempted || perhaps_filed;
  step->errand->shared = step->errand->kind != KOMEK_FILING_WAIT_SAME_KEY;
  if (keyless && !step->errand->attempted)
    komek_errand_store_then (task, komek_errand_end);
  else
    komek_errand_end (task);
}

static void
act_on (GTask *task, KomekFilingReply *reply)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  komek_errand_note_reply (step->errand, reply);
  switch (reply->kind)
    {
    case KOMEK_FILING_DONE:
      take_number (task, reply->number);
      break;
    case KOMEK_FILING_TOKEN:
      step->errand->token = g_strdup (reply->token);
      step->errand->state = KOMEK_OUTBOX_TOKEN;
      komek_errand_store_then (task, komek_errand_end);
      break;
    case KOMEK_FILING_PARK:
      park (task, step->errand->problem);
      break;
    case KOMEK_FILING_RETRY:
    case KOMEK_FILING_INDETERMINATE:
    case KOMEK_FILING_WAIT_SAME_KEY:
    case KOMEK_FILING_PAUSE:
    default:
      wait_for_another_try (task, reply->perhaps_filed);
    }
}

static void
on_filed (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;
  g_autoptr (KomekFilingReply) reply =
    komek_geo_report_file_finish (KOMEK_GEO_REPORT (source), result, &error);

  komek_fault_point ("delivery.answered");
  if (reply)
    act_on (task, reply);
  else
    komek_errand_fail (task, error);
}

static void
file (GTask *task)
{
  KomekErrandStep *step = g_task_get_task_data (task);

  komek_fault_point ("delivery.before_post");
  komek_geo_report_file_async (step->client, step->filing, g_task_get_cancellable (task), on_filed,
                               task);
  komek_fault_point ("delivery.posting");
}

static void
on_own_sought (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autofree char *number = NULL;
  GError *error = NULL;

  komek_fault_point ("delivery.sought");
  if (!komek_geo_report_find_own_finish (KOMEK_GEO_REPORT (source), result, &number, &error))
    komek_errand_fail (task, error);
  else if (number)
    take_number (task, number);
  else
    file (task);
}

static void
on_numbers_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  KomekErrandStep *step = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) numbers =
    komek_outbox_store_numbers_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  gint64 since = CLAMP (step->item->filed, step->now - LONGEST_WAY_BACK,
                        step->now - SHORTEST_WAY_BACK);

  if (!numbers)
    {
      komek_errand_fail (task, error);
      return;
    }
  g_ptr_array_add (numbers, NULL);
  komek_geo_report_find_own_async (step->client, step->filing, since,
                                   (const char *const *) numbers->pdata,
                                   g_task_get_cancellable (task), on_own_sought, task);
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  KomekErrandStep *step = g_task_get_task_data (task);
  GError *error = NULL;

  step->filing = komek_outbox_store_begin_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  if (g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE))
    park (task, error);
  else if (!step->filing)
    komek_errand_fail (task, error);
  else if (step->item->attempted && !komek_geo_report_can (step->client, KOMEK_ABILITY_IDEMPOTENCY))
    komek_outbox_store_numbers_async (step->store, 0, g_task_get_cancellable (task),
                                      on_numbers_listed, task);
  else
    file (task);
}

/* A city that has lost a token gets the request again, with the same key. */
static void
on_token_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  KomekErrandStep *step = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KomekFilingReply) reply =
    komek_geo_report_token_finish (KOMEK_GEO_REPORT (source), result, &error);

  if (!reply)
    {
      komek_errand_fail (task, error);
      return;
    }
  if (reply->kind == KOMEK_FILING_DONE || reply->kind == KOMEK_FILING_PARK)
    {
      act_on (task, reply);
      return;
    }
  komek_errand_note_reply (step->errand, reply);
  step->errand->shared = reply->kind != KOMEK_FILING_TOKEN
                         && reply->kind != KOMEK_FILING_INDETERMINATE;
  if (reply->kind != KOMEK_FILING_INDETERMINATE)
    {
      komek_errand_end (task);
      return;
    }
  step->errand->state = KOMEK_OUTBOX_WAITING;
  step->errand->attempted = TRUE;
  komek_errand_store_then (task, komek_errand_end);
}

/**
 * komek_errand_run_async:
 * @item: one that is not delivered; copied
 * @now: seconds since 1970, by the city's clock where that is known
 *
 * Takes an item as far as it comes now.
 */
void
komek_errand_run_async (KomekOutboxStore *outbox, KomekGeoReport *client,
                        const KomekOutboxItem *item, gint64 now, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  KomekErrandStep *step = g_new0 (KomekErrandStep, 1);

  g_task_set_source_tag (task, komek_errand_run_async);
  /* What was stored counts, even where somebody has cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, step, (GDestroyNotify) step_free);
  step->store = g_object_ref (outbox);
  step->client = g_object_ref (client);
  step->item = komek_outbox_item_copy (item);
  step->now = now;
  step->errand = g_new0 (KomekErrand, 1);
  step->errand->state = item->state;
  step->errand->attempted = item->attempted;
  step->errand->number = g_strdup (item->number);
  if (item->state == KOMEK_OUTBOX_TOKEN)
    komek_geo_report_token_async (client, item->token, cancellable, on_token_answered, task);
  else if (item->state == KOMEK_OUTBOX_NUMBERED)
    komek_errand_send_photos (task);
  else
    komek_outbox_store_begin_async (step->store, item->sequence,
                                    !komek_geo_report_can (client, KOMEK_ABILITY_IDEMPOTENCY),
                                    cancellable, on_begun, task);
}

/**
 * komek_errand_run_finish:
 *
 * Fails only where it was cancelled.
 *
 * Returns: (transfer full) (nullable): what came of it
 */
KomekErrand *
komek_errand_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
