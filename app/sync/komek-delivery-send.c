/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-private.h"

#include "komek-delivery-errand.h"
#include "komek-error.h"
#include "komek-fault.h"
#include "komek-refresh.h"

/* How the outbox sends: which item sets out when, and what its coming back means for the others. */

static gboolean
on_pump_due (gpointer data)
{
  KomekDelivery *self = data;

  self->pump = 0;
  if (self->known)
    komek_delivery_pump (self);
  else
    komek_delivery_discover (self);
  return G_SOURCE_REMOVE;
}

/* @due is a monotonic time. */
void
komek_delivery_wake_at (KomekDelivery *self, gint64 due)
{
  gint64 wait = MAX (due - g_get_monotonic_time (), 0);

  g_clear_handle_id (&self->pump, g_source_remove);
  self->pump = g_timeout_add (MIN (wait / 1000 + 1, G_MAXUINT), on_pump_due, self);
}

static gint64
after (guint milliseconds)
{
  return g_get_monotonic_time () + (gint64) milliseconds * 1000;
}

/* Whoever holds a receipt sees what the city has made of it, where it can be had. */
static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("A filed request cannot be fetched yet (%d)", error->code);
}

static void
note_delivered (KomekDelivery *self, const KomekOutboxItem *item, const char *number)
{
  KomekReceipt *receipt = g_hash_table_lookup (self->receipts, item->key);

  /* Of what a former run of the program took in there is no receipt, but there is a slip. */
  if (receipt && komek_receipt_get_number (receipt))
    return;
  if (receipt)
    komek_receipt_deliver (receipt, number);
  if (self->mirror)
    komek_mirror_put_local_number_async (self->mirror, item->local, number, NULL, NULL, NULL);
  if (receipt && self->mirror && self->client)
    komek_refresh_run (g_task_new (NULL, self->calls, on_refreshed, NULL), self->mirror,
                       self->client, number, KOMEK_LANGUAGE_KAZAKH);
}

void
komek_delivery_note_state (KomekDelivery *self, const KomekOutboxItem *item)
{
  KomekReceipt *receipt = g_hash_table_lookup (self->receipts, item->key);

  if (item->number)
    note_delivered (self, item, item->number);
  else if (receipt && item->state == KOMEK_OUTBOX_PARKED)
    komek_receipt_park (receipt);
  else if (receipt)
    komek_receipt_resume (receipt);
}

/* The city answers: several may go, and nothing is wrong any more. */
static void
note_answer (KomekDelivery *self, KomekEffort *effort)
{
  self->open = TRUE;
  self->due = 0;
  komek_backoff_reset (&self->backoff);
  komek_backoff_reset (&effort->backoff);
  komek_delivery_set_problem (self, NULL);
}

static void
hold_all (KomekDelivery *self, KomekErrand *errand, guint wait)
{
  gboolean device = g_error_matches (errand->problem, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);

  self->open = FALSE;
  self->quiet = errand->later ? after (errand->later) : self->quiet;
  self->due = MAX (self->quiet, after (wait));
  if (device)
    komek_delivery_set_problem (self, errand->problem);
}

/* Never the words of the city: they may repeat what was sent. */
static void
log_failure (KomekEffort *effort, KomekErrand *errand)
{
  const char *words = errand->problem && errand->problem->code != KOMEK_ERROR_REFUSED
                        ? errand->problem->message : "refused";

  g_message ("Item %" G_GINT64_FORMAT " of the outbox is not at the city yet: %u %s",
             effort->item->sequence, errand->status, errand->status ? "" : words);
}

static void
note_failure (KomekDelivery *self, KomekEffort *effort, KomekErrand *errand)
{
  guint wait = komek_backoff_next (&effort->backoff);

  if (errand->kind == KOMEK_FILING_INDETERMINATE && effort->item->attempted && self->client
      && !komek_geo_report_can (self->client, KOMEK_ABILITY_IDEMPOTENCY))
    wait = MAX (wait, self->times.guard);
  effort->due = after (MAX (wait, errand->later));
  if (komek_cause_needs_staff (komek_error_get_cause (errand->problem)))
    komek_delivery_set_problem (self, errand->problem);
  if (errand->shared)
    hold_all (self, errand, komek_backoff_next (&self->backoff));
  if (effort->backoff.failures == 1)
    log_failure (effort, errand);
}

static void
note_pause (KomekDelivery *self, KomekEffort *effort, KomekErrand *errand)
{
  self->open = FALSE;
  self->due = after (MAX (self->times.heartbeat, errand->later));
  if (!self->problem)
    g_message ("The outbox is paused: the city answers %u to item %" G_GINT64_FORMAT,
               errand->status, effort->item->sequence);
  if (errand->problem)
    komek_delivery_set_problem (self, errand->problem);
}

static void
adopt (KomekEffort *effort, KomekErrand *errand)
{
  KomekOutboxItem *item = effort->item;

  item->state = errand->state;
  item->attempted = errand->attempted;
  if (errand->number && !item->number)
    item->number = g_strdup (errand->number);
  if (errand->token)
    {
      g_free (item->token);
      item->token = g_strdup (errand->token);
    }
}

static void
note_outcome (KomekDelivery *self, KomekEffort *effort, KomekErrand *errand)
{
  effort->quiet = errand->later ? after (errand->later) : 0;
  switch (errand->kind)
    {
    case KOMEK_FILING_DONE:
      note_answer (self, effort);
      break;
    case KOMEK_FILING_TOKEN:
      note_answer (self, effort);
      effort->due = after (MAX (komek_backoff_next (&effort->backoff), errand->later));
      break;
    case KOMEK_FILING_PARK:
      note_answer (self, effort);
      g_message ("Item %" G_GINT64_FORMAT " of the outbox is parked for staff: %u",
                 effort->item->sequence, errand->status);
      break;
    case KOMEK_FILING_WAIT_SAME_KEY:
      effort->due =
        after (MAX (errand->later, (guint) g_random_int_range (self->times.outstanding,
                                                               5 * self->times.outstanding + 1)));
      break;
    case KOMEK_FILING_PAUSE:
      note_pause (self, effort, errand);
      break;
    case KOMEK_FILING_RETRY:
    case KOMEK_FILING_INDETERMINATE:
    default:
      note_failure (self, effort, errand);
    }
}

static void
settle (KomekDelivery *self, KomekEffort *effort, KomekErrand *errand)
{
  gint64 sequence = effort->item->sequence;
  gboolean fresh = errand->number && !effort->item->number;

  adopt (effort, errand);
  note_outcome (self, effort, errand);
  komek_delivery_note_state (self, effort->item);
  if (fresh)
    komek_delivery_emit_delivered (self, effort->item->key, errand->number);
  if (errand->state == KOMEK_OUTBOX_DELIVERED || errand->state == KOMEK_OUTBOX_PARKED
      || errand->state == KOMEK_OUTBOX_HELD)
    {
      komek_queue_remove (self->queue, sequence);
      komek_delivery_survey (self);
    }
}

typedef struct
{
  KomekDelivery *delivery;
  gint64         sequence;
} Voyage;

static void
on_errand_over (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Voyage *voyage = data;
  g_autoptr (KomekDelivery) self = voyage->delivery;
  g_autoptr (KomekErrand) errand = komek_errand_run_finish (result, NULL);
  KomekEffort *effort = komek_queue_find (self->queue, voyage->sequence);

  if (!effort)
    return;
  effort->busy = FALSE;
  if (errand && errand->city_time)
    self->offset = errand->city_time - komek_clock_now (self->clock);
  if (errand)
    settle (self, effort, errand);
  komek_fault_point ("delivery.settled");
  komek_delivery_pump (self);
}

static void
set_out (KomekDelivery *self, KomekEffort *effort)
{
  Voyage *voyage = g_new (Voyage, 1);

  voyage->delivery = g_object_ref (self);
  voyage->sequence = effort->item->sequence;
  effort->busy = TRUE;
  komek_fault_point ("delivery.set_out");
  komek_errand_run_async (self->store, self->client, effort->item, komek_delivery_now (self),
                          self->calls, on_errand_over, voyage);
}

void
komek_delivery_pump (KomekDelivery *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 due = G_MAXINT64;
  guint busy = komek_queue_count_busy (self->queue);
  guint window = self->open ? self->times.window : 1;
  KomekEffort *effort;

  if (!self->client || !self->known || !self->leads)
    return;
  if (now < self->due)
    {
      komek_delivery_wake_at (self, self->due);
      return;
    }
  for (; busy < window && (effort = komek_queue_next (self->queue, now, &due)); busy++)
    set_out (self, effort);
  if (busy < window && due < G_MAXINT64)
    komek_delivery_wake_at (self, due);
}

static void
on_photos_released (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekDelivery) self = data;
  g_autoptr (GError) error = NULL;

  if (!komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    g_message ("Photos that were held cannot be sent yet: %s", error->message);
  komek_delivery_survey (self);
}

/* What kept it from setting out at all; what this device cannot keep is another matter. */
static void
note_beginning (KomekDelivery *self, const GError *error)
{
  gboolean lasting = komek_cause_needs_staff (komek_error_get_cause (error));

  if (self->known || g_error_matches (self->problem, KOMEK_ERROR, KOMEK_ERROR_UNSAVED))
    return;
  if (lasting && !self->problem)
    g_message ("The outbox does not set out: %s", error->message);
  komek_delivery_set_problem (self, lasting ? error : NULL);
}

static void
start_sending (KomekDelivery *self)
{
  note_beginning (self, NULL);
  self->known = TRUE;
  komek_backoff_reset (&self->backoff);
  if (komek_geo_report_can (self->client, KOMEK_ABILITY_MEDIA))
    komek_outbox_store_release_photos_async (self->store, NULL, on_photos_released,
                                             g_object_ref (self));
  komek_delivery_pump (self);
  komek_delivery_vote (self);
}

/* What a city that announces nothing was found to be able to do is on its card. */
static void
on_abilities_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekDelivery) self = data;
  g_autoptr (KomekCity) card = komek_feed_city_finish (KOMEK_FEED (source), result, NULL);

  if (!self->client)
    return;
  if (card)
    komek_geo_report_believe (self->client, card);
  start_sending (self);
}

static void
try_to_begin_later (KomekDelivery *self, const GError *error)
{
  note_beginning (self, error);
  komek_delivery_wake_at (self, after (komek_backoff_next (&self->backoff)));
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekDelivery) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekCity) city =
    komek_geo_report_discover_finish (KOMEK_GEO_REPORT (source), result, &error);

  if (source != (GObject *) self->client)
    return;
  if (city && self->mirror && !komek_geo_report_is_extended (self->client))
    komek_feed_city_async (KOMEK_FEED (self->mirror), NULL, on_abilities_known,
                           g_object_ref (self));
  else if (city)
    start_sending (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    try_to_begin_later (self, error);
}

void
komek_delivery_discover (KomekDelivery *self)
{
  if (self->client)
    komek_geo_report_discover_async (self->client, self->calls, on_discovered, g_object_ref (self));
}
