/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-errand.h"

#include <string.h>

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

/* What comes next once something is stored. */
typedef void (*Next) (GTask *task);

typedef struct
{
  KomekOutboxStore *store;
  KomekGeoReport   *client;
  KomekOutboxItem  *item;
  gint64            now;
  KomekFiling      *filing;
  guint             photo; /* the one on its way */
  Next              next;
  KomekErrand      *errand;
} Step;

void
komek_errand_free (KomekErrand *self)
{
  g_free (self->number);
  g_free (self->token);
  g_clear_error (&self->problem);
  g_free (self);
}

static void
step_free (Step *step)
{
  g_object_unref (step->store);
  g_object_unref (step->client);
  komek_outbox_item_free (step->item);
  g_clear_pointer (&step->filing, komek_filing_unref);
  g_clear_pointer (&step->errand, komek_errand_free);
  g_free (step);
}

static void
finish (GTask *task)
{
  Step *step = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&step->errand), (GDestroyNotify) komek_errand_free);
  g_object_unref (task);
}

/* Takes the error. A device that cannot write now can send nothing now. */
static void
fail (GTask *task, GError *error)
{
  Step *step = g_task_get_task_data (task);

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
  finish (task);
}

/* Nothing goes on before it is durable. */
static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Step *step = g_task_get_task_data (task);
  GError *error = NULL;

  if (komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    step->next (task);
  else
    fail (task, error);
}

/* Remembers the state of the errand, with the reason where it is parked. */
static void
store_then (GTask *task, Next next)
{
  Step *step = g_task_get_task_data (task);
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
  Step *step = g_task_get_task_data (task);

  step->errand->kind = KOMEK_FILING_PARK;
  step->errand->state = KOMEK_OUTBOX_PARKED;
  if (problem != step->errand->problem)
    g_clear_error (&step->errand->problem);
  step->errand->problem = problem;
  store_then (task, finish);
}

static void next_photo (GTask *task);

static void
note_reply (KomekErrand *errand, KomekFilingReply *reply)
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
  Step *step = g_task_get_task_data (task);

  komek_fault_point ("delivery.number_stored");
  if (step->errand->state == KOMEK_OUTBOX_NUMBERED)
    next_photo (task);
  else
    finish (task);
}

static void
take_number (GTask *task, const char *number)
{
  Step *step = g_task_get_task_data (task);

  g_free (step->errand->number);
  step->errand->number = g_strdup (number);
  step->errand->kind = KOMEK_FILING_DONE;
  step->errand->attempted = FALSE;
  step->errand->state = step->item->photos > 0 ? KOMEK_OUTBOX_NUMBERED : KOMEK_OUTBOX_DELIVERED;
  store_then (task, go_on_with_number);
}

static void
end_photo (GTask *task, gboolean sent)
{
  Step *step = g_task_get_task_data (task);

  if (!sent)
    g_message ("The city refuses photo %u of item %" G_GINT64_FORMAT " of the outbox (%u)",
               step->photo, step->item->sequence, step->errand->status);
  step->next = next_photo;
  komek_outbox_store_end_photo_async (step->store, step->item->sequence, step->photo, sent, NULL,
                                      on_stored, task);
}

/* A city that takes no photos now may take them another day; nothing is thrown away, and nobody
 * waits for it. */
static void
hold_photos (GTask *task)
{
  Step *step = g_task_get_task_data (task);

  g_message ("The city takes no photos now (%u): those of item %" G_GINT64_FORMAT
             " of the outbox are held", step->errand->status, step->item->sequence);
  g_clear_error (&step->errand->problem);
  step->errand->kind = KOMEK_FILING_DONE;
  step->errand->state = KOMEK_OUTBOX_HELD;
  store_then (task, finish);
}

/* There is nothing at that address, or nothing any more; filing may go on as ever. */
static gboolean
takes_no_photos (const KomekFilingReply *reply)
{
  return reply->kind == KOMEK_FILING_PAUSE
         && (reply->status == 404 || reply->status == 405 || reply->status == 410);
}

static void
on_photo_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Step *step = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KomekFilingReply) reply =
    komek_geo_report_upload_finish (KOMEK_GEO_REPORT (source), result, &error);

  komek_fault_point ("delivery.photo_sent");
  if (!reply)
    {
      fail (task, error);
      return;
    }
  note_reply (step->errand, reply);
  if (reply->kind == KOMEK_FILING_DONE || reply->kind == KOMEK_FILING_TOKEN)
    end_photo (task, TRUE);
  else if (reply->kind == KOMEK_FILING_PARK)
    end_photo (task, FALSE);
  else if (takes_no_photos (reply))
    hold_photos (task);
  else
    finish (task);
}

static const char *
sniff_type (GBytes *photo)
{
  gsize length;
  const char *bytes = g_bytes_get_data (photo, &length);

  if (length >= 8 && memcmp (bytes, "\x89PNG", 4) == 0)
    return "image/png";
  if (length >= 12 && memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0)
    return "image/webp";
  return "image/jpeg";
}

static void
on_photo_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Step *step = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KomekOutboxPhoto) photo =
    komek_outbox_store_photo_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  g_autofree char *key = NULL;

  if (error)
    {
      fail (task, error);
      return;
    }
  if (!photo)
    {
      step->errand->kind = KOMEK_FILING_DONE;
      step->errand->state = KOMEK_OUTBOX_DELIVERED;
      store_then (task, finish);
      return;
    }
  step->photo = photo->position;
  komek_fault_point ("delivery.photo_opened");
  key = g_strdup_printf ("%s-%u", step->item->key, photo->position);
  komek_geo_report_set_device (step->client, photo->device);
  komek_geo_report_upload_async (step->client, step->errand->number, key, photo->bytes,
                                 sniff_type (photo->bytes), g_task_get_cancellable (task),
                                 on_photo_sent, task);
}

static void
next_photo (GTask *task)
{
  Step *step = g_task_get_task_data (task);

  if (komek_geo_report_can (step->client, KOMEK_ABILITY_MEDIA))
    komek_outbox_store_photo_async (step->store, step->item->sequence,
                                    g_task_get_cancellable (task), on_photo_opened, task);
  else
    hold_photos (task);
}

/* Where nothing can have arrived, a city without keys need not be asked whether it did. */
static void
wait_for_another_try (GTask *task, gboolean perhaps_filed)
{
  Step *step = g_task_get_task_data (task);
  gboolean keyless = !komek_geo_report_can (step->client, KOMEK_ABILITY_IDEMPOTENCY);

  step->errand->attempted = step->item->attempted || perhaps_filed;
  step->errand->shared = step->errand->kind != KOMEK_FILING_WAIT_SAME_KEY;
  if (keyless && !step->errand->attempted)
    store_then (task, finish);
  else
    finish (task);
}

static void
act_on (GTask *task, KomekFilingReply *reply)
{
  Step *step = g_task_get_task_data (task);

  note_reply (step->errand, reply);
  switch (reply->kind)
    {
    case KOMEK_FILING_DONE:
      take_number (task, reply->number);
      break;
    case KOMEK_FILING_TOKEN:
      step->errand->token = g_strdup (reply->token);
      step->errand->state = KOMEK_OUTBOX_TOKEN;
      store_then (task, finish);
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
    fail (task, error);
}

static void
file (GTask *task)
{
  Step *step = g_task_get_task_data (task);

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
    fail (task, error);
  else if (number)
    take_number (task, number);
  else
    file (task);
}

static void
on_numbers_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Step *step = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) numbers =
    komek_outbox_store_numbers_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  gint64 since = CLAMP (step->item->filed, step->now - LONGEST_WAY_BACK,
                        step->now - SHORTEST_WAY_BACK);

  if (!numbers)
    {
      fail (task, error);
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
  Step *step = g_task_get_task_data (task);
  GError *error = NULL;

  step->filing = komek_outbox_store_begin_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  if (g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE))
    park (task, error);
  else if (!step->filing)
    fail (task, error);
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
  Step *step = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KomekFilingReply) reply =
    komek_geo_report_token_finish (KOMEK_GEO_REPORT (source), result, &error);

  if (!reply)
    {
      fail (task, error);
      return;
    }
  if (reply->kind == KOMEK_FILING_DONE || reply->kind == KOMEK_FILING_PARK)
    {
      act_on (task, reply);
      return;
    }
  note_reply (step->errand, reply);
  step->errand->shared = reply->kind != KOMEK_FILING_TOKEN
                         && reply->kind != KOMEK_FILING_INDETERMINATE;
  if (reply->kind != KOMEK_FILING_INDETERMINATE)
    {
      finish (task);
      return;
    }
  step->errand->state = KOMEK_OUTBOX_WAITING;
  step->errand->attempted = TRUE;
  store_then (task, finish);
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
  Step *step = g_new0 (Step, 1);

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
    next_photo (task);
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
