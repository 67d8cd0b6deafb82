/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery.h"

#include "komek-delivery-errand.h"
#include "komek-delivery-queue.h"
#include "komek-error.h"
#include "komek-fault.h"
#include "komek-refresh.h"

#define USUAL_BACKOFF_BASE 2000
#define USUAL_BACKOFF_CAP 300000
#define USUAL_HEARTBEAT 300000
#define USUAL_GUARD 5000
#define USUAL_OUTSTANDING 1000
#define USUAL_LOOK 2000
#define USUAL_TIDY 3600000
#define USUAL_OVERDUE (72 * 60 * 60)
#define USUAL_WINDOW 4

/**
 * KomekDelivery:
 *
 * The outbox: keeps what is submitted, hands out receipts, and brings one item after the other to the city.
 *
 * Items set out in the order of their sequence numbers, a few at a time once the
 * city is known to answer. After a failure that any other item would meet too
 * all wait and one goes first to try; after one of an item's own that item alone
 * waits. It never gives up. Of several processes on one store one delivers.
 */
struct _KomekDelivery
{
  GObject            parent;
  KomekOutboxStore  *store;
  KomekVault        *vault;
  KomekMirror       *mirror; /* NULL where there is none */
  KomekClock        *clock;
  KomekDeliveryTimes times;
  KomekGeoReport    *client;
  GCancellable      *calls;  /* of the client */
  gboolean           known;  /* whether the client has discovered the city */
  KomekQueue        *queue;
  KomekBackoff       backoff;
  gint64             due;    /* monotonic: before it nothing sets out */
  gint64             held;   /* monotonic: before it the city wants to be left alone */
  gboolean           open;   /* the last answer was one: several may set out */
  gint64             offset; /* of the city's clock from ours, seconds */
  guint              pump;   /* sources */
  guint              look;
  guint              tidy;
  gboolean           surveying, again;
  gboolean           leads;
  GHashTable        *receipts; /* key → receipt */
  guint              waiting, parked;
  gint64             oldest;
  gboolean           overdue;
  GError            *problem;
};

enum
{
  PROP_WAITING = 1,
  PROP_PARKED,
  PROP_OLDEST,
  PROP_OVERDUE,
  PROP_PROBLEM,
};

enum
{
  DELIVERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void komek_delivery_outbox_init (KomekOutboxInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekDelivery, komek_delivery, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_OUTBOX, komek_delivery_outbox_init))

static void pump (KomekDelivery *self);
static void survey (KomekDelivery *self);
static void discover (KomekDelivery *self);

static void
set_problem (KomekDelivery *self, const GError *problem)
{
  if (!problem && !self->problem)
    return;
  g_clear_error (&self->problem);
  self->problem = problem ? g_error_copy (problem) : NULL;
  g_object_notify (G_OBJECT (self), "problem");
}

static void
set_counts (KomekDelivery *self, guint waiting, guint parked, gint64 oldest, gboolean overdue)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->waiting != waiting)
    g_object_notify (G_OBJECT (self), "waiting");
  if (self->parked != parked)
    g_object_notify (G_OBJECT (self), "parked");
  if (self->oldest != oldest)
    g_object_notify (G_OBJECT (self), "oldest");
  if (self->overdue != overdue)
    g_object_notify (G_OBJECT (self), "overdue");
  self->waiting = waiting;
  self->parked = parked;
  self->oldest = oldest;
  self->overdue = overdue;
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
on_pump_due (gpointer data)
{
  KomekDelivery *self = data;

  self->pump = 0;
  if (self->known)
    pump (self);
  else
    discover (self);
  return G_SOURCE_REMOVE;
}

/* @due is a monotonic time. */
static void
wake_at (KomekDelivery *self, gint64 due)
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

  if (!receipt || komek_receipt_get_number (receipt))
    return;
  komek_receipt_deliver (receipt, number);
  if (self->mirror && self->client)
    komek_refresh_run (g_task_new (NULL, self->calls, on_refreshed, NULL), self->mirror, self->client, number,
                       KOMEK_LANGUAGE_KAZAKH);
}

static void
note_state (KomekDelivery *self, const KomekOutboxItem *item)
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
  set_problem (self, NULL);
}

static void
hold_all (KomekDelivery *self, KomekErrand *errand, guint wait)
{
  gboolean device = g_error_matches (errand->problem, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);

  self->open = FALSE;
  self->held = errand->later ? after (errand->later) : self->held;
  self->due = MAX (self->held, after (wait));
  if (device)
    set_problem (self, errand->problem);
}

/* Never the words of the city: they may repeat what was sent. */
static void
log_failure (KomekEffort *effort, KomekErrand *errand)
{
  const char *words = errand->problem && errand->problem->code != KOMEK_ERROR_REFUSED
                        ? errand->problem->message : "refused";

  g_message ("Item %" G_GINT64_FORMAT " of the outbox is not at the city yet: %u %s", effort->item->sequence,
             errand->status, errand->status ? "" : words);
}

static void
note_failure (KomekDelivery *self, KomekEffort *effort, KomekErrand *errand)
{
  guint wait = komek_backoff_next (&effort->backoff);

  if (errand->kind == KOMEK_FILING_INDETERMINATE && effort->item->attempted && self->client
      && !komek_geo_report_can (self->client, KOMEK_ABILITY_IDEMPOTENCY))
    wait = MAX (wait, self->times.guard);
  effort->due = after (MAX (wait, errand->later));
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
    g_message ("The outbox is paused: the city answers %u to item %" G_GINT64_FORMAT, errand->status,
               effort->item->sequence);
  if (errand->problem)
    set_problem (self, errand->problem);
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
      g_message ("Item %" G_GINT64_FORMAT " of the outbox is parked for staff: %u", effort->item->sequence,
                 errand->status);
      break;
    case KOMEK_FILING_WAIT_SAME_KEY:
      effort->due = after (MAX (errand->later, (guint) g_random_int_range (self->times.outstanding,
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
  note_state (self, effort->item);
  if (fresh)
    g_signal_emit (self, signals[DELIVERED], 0, effort->item->key, errand->number);
  if (errand->state == KOMEK_OUTBOX_DELIVERED || errand->state == KOMEK_OUTBOX_PARKED)
    {
      komek_queue_remove (self->queue, sequence);
      survey (self);
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
  pump (self);
}

static void
set_out (KomekDelivery *self, KomekEffort *effort)
{
  Voyage *voyage = g_new (Voyage, 1);

  voyage->delivery = g_object_ref (self);
  voyage->sequence = effort->item->sequence;
  effort->busy = TRUE;
  komek_fault_point ("delivery.set_out");
  komek_errand_run_async (self->store, self->client, effort->item, komek_clock_now (self->clock) + self->offset,
                          self->calls, on_errand_over, voyage);
}

static void
pump (KomekDelivery *self)
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
      wake_at (self, self->due);
      return;
    }
  for (; busy < window && (effort = komek_queue_next (self->queue, now, &due)); busy++)
    set_out (self, effort);
  if (busy < window && due < G_MAXINT64)
    wake_at (self, due);
}

static gboolean
is_overdue (KomekDelivery *self, KomekEffort *effort)
{
  gint64 age = komek_clock_now (self->clock) - effort->item->filed;
  gint64 seen = (g_get_monotonic_time () - effort->first_seen) / G_TIME_SPAN_SECOND;

  return (effort->item->state == KOMEK_OUTBOX_WAITING || effort->item->state == KOMEK_OUTBOX_TOKEN)
         && MAX (age, seen) >= (gint64) self->times.overdue;
}

/* The wall's clock may have been set back; what was seen waiting for so long has. */
static gboolean
check_ages (KomekDelivery *self)
{
  gboolean overdue = FALSE;
  KomekEffort *effort;

  for (guint i = 0; (effort = komek_queue_peek (self->queue, i)); i++)
    if (is_overdue (self, effort))
      {
        overdue = TRUE;
        if (!effort->alarmed)
          g_message ("ALARM: item %" G_GINT64_FORMAT " of the outbox has waited for more than %u hours",
                     effort->item->sequence, self->times.overdue / 3600);
        effort->alarmed = TRUE;
      }
  return overdue;
}

static void
take_survey (KomekDelivery *self, KomekOutboxSurvey *answer)
{
  self->leads = answer->leads;
  komek_queue_update (self->queue, answer->items);
  for (guint i = 0; i < answer->watched->len; i++)
    note_state (self, answer->watched->pdata[i]);
  set_counts (self, answer->waiting, answer->parked, answer->oldest, check_ages (self));
  if (g_error_matches (self->problem, KOMEK_ERROR, KOMEK_ERROR_UNSAVED))
    set_problem (self, NULL);
}

static void
on_surveyed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekDelivery) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekOutboxSurvey) answer =
    komek_outbox_store_survey_finish (KOMEK_OUTBOX_STORE (source), result, &error);

  self->surveying = FALSE;
  komek_fault_point ("delivery.surveyed");
  if (answer)
    take_survey (self, answer);
  else
    set_problem (self, error);
  if (self->again)
    survey (self);
  pump (self);
}

static GStrv
list_watched (KomekDelivery *self)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer key, receipt;
  GStrv keys;

  g_hash_table_iter_init (&iter, self->receipts);
  while (g_hash_table_iter_next (&iter, &key, &receipt))
    if (!komek_receipt_get_number (receipt))
      g_strv_builder_add (builder, key);
  keys = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return keys;
}

/* One at a time; what happens meanwhile is looked at by the next. */
static void
survey (KomekDelivery *self)
{
  g_auto (GStrv) watched = NULL;

  self->again = self->surveying;
  if (self->surveying || !self->store)
    return;
  self->surveying = TRUE;
  watched = list_watched (self);
  komek_outbox_store_survey_async (self->store, (const char *const *) watched, NULL, on_surveyed,
                                   g_object_ref (self));
}

static gboolean
on_look_due (gpointer data)
{
  survey (data);
  return G_SOURCE_CONTINUE;
}

static void
on_tidied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    g_debug ("The outbox cannot be tidied: %s", error->message);
}

static gboolean
on_tidy_due (gpointer data)
{
  KomekDelivery *self = data;

  komek_outbox_store_tidy_async (self->store, komek_clock_now (self->clock), NULL, on_tidied, NULL);
  return G_SOURCE_CONTINUE;
}

static void
start_sending (KomekDelivery *self)
{
  self->known = TRUE;
  komek_backoff_reset (&self->backoff);
  pump (self);
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
on_discovered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekDelivery) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekCity) city =
    komek_geo_report_discover_finish (KOMEK_GEO_REPORT (source), result, &error);

  if (source != (GObject *) self->client)
    return;
  if (city && self->mirror && !komek_geo_report_is_extended (self->client))
    komek_feed_city_async (KOMEK_FEED (self->mirror), NULL, on_abilities_known, g_object_ref (self));
  else if (city)
    start_sending (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wake_at (self, after (komek_backoff_next (&self->backoff)));
}

static void
discover (KomekDelivery *self)
{
  if (self->client)
    komek_geo_report_discover_async (self->client, self->calls, on_discovered, g_object_ref (self));
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  komek_fault_point ("delivery.prepared");
  if (komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
komek_delivery_prepare_async (KomekOutbox *outbox, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  GTask *task = g_task_new (outbox, cancellable, callback, data);

  g_task_set_source_tag (task, komek_delivery_prepare_async);
  komek_outbox_store_prepare_async (KOMEK_DELIVERY (outbox)->store, NULL, on_prepared, task);
}

static gboolean
komek_delivery_prepare_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, outbox), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KomekDelivery *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (KomekOutboxItem) item = komek_outbox_store_add_finish (KOMEK_OUTBOX_STORE (source), result, &error);
  KomekReceipt *receipt;

  if (!item)
    {
      g_task_return_error (task, error);
      return;
    }
  komek_fault_point ("delivery.receipt");
  receipt = g_hash_table_lookup (self->receipts, item->key);
  if (!receipt)
    {
      receipt = komek_receipt_new (item->key, item->local, item->filed);
      g_hash_table_insert (self->receipts, g_strdup (item->key), receipt);
      note_state (self, item);
    }
  g_task_return_pointer (task, g_object_ref (receipt), g_object_unref);
  survey (self);
}

/* The address as it is sent: with the landmark behind it. */
static KomekPlace *
make_place (KomekDraft *draft)
{
  KomekPlace *place = komek_draft_get_place (draft);
  g_autofree char *address = komek_draft_dup_address (draft);

  if (place && komek_place_has_point (place))
    return komek_place_new (komek_place_get_latitude (place), komek_place_get_longitude (place), address,
                            komek_place_get_district (place));
  return komek_place_new_address (address, NULL);
}

/* What is submitted while the card of the city is looked up. */
typedef struct
{
  KomekFiling *filing;
  GPtrArray   *photos;
} Parcel;

static void
parcel_free (Parcel *parcel)
{
  komek_filing_unref (parcel->filing);
  g_ptr_array_unref (parcel->photos);
  g_free (parcel);
}

static Parcel *
pack (KomekDelivery *self, KomekDraft *draft)
{
  Parcel *parcel = g_new (Parcel, 1);
  g_autoptr (KomekPlace) place = make_place (draft);

  parcel->filing = komek_filing_new (&(KomekFilingFields) {
    .key = komek_draft_get_key (draft),
    .service = komek_service_get_code (komek_draft_get_service (draft)),
    .place = place,
    .text = komek_draft_get_text (draft),
    .answers = komek_draft_get_answers (draft),
    .contact = komek_draft_get_contact (draft),
    .language = komek_language_guess (komek_draft_get_text (draft)),
    .time = komek_clock_now (self->clock),
  });
  parcel->photos = g_ptr_array_copy (komek_draft_get_photos (draft), (GCopyFunc) (void (*) (void)) g_bytes_ref,
                                     NULL);
  g_ptr_array_set_free_func (parcel->photos, (GDestroyNotify) g_bytes_unref);
  return parcel;
}

/* From here on not even this device can read the contact. A key that is none is the city's mistake: the
 * request is kept all the same, locked with our own. */
static char *
seal_contact (KomekDelivery *self, KomekContact *contact, const char *seal_key)
{
  g_autofree char *text = contact ? komek_contact_write (contact) : NULL;
  g_autoptr (GError) error = NULL;
  char *sealed;

  if (!text || !seal_key)
    return NULL;
  sealed = komek_vault_seal (self->vault, text, seal_key, &error);
  if (!sealed)
    g_message ("A contact cannot be sealed to the city's key: %s", error->message);
  return sealed;
}

static void
add (GTask *task, const char *seal_key)
{
  KomekDelivery *self = g_task_get_source_object (task);
  Parcel *parcel = g_task_get_task_data (task);
  KomekFilingFields fields = *komek_filing_peek (parcel->filing);
  g_autofree char *sealed = seal_contact (self, fields.contact, seal_key);

  komek_fault_point ("delivery.packed");
  fields.sealed_contact = sealed;
  if (sealed)
    fields.contact = NULL;
  komek_outbox_store_add_async (self->store, &fields, parcel->photos, NULL, on_added, task);
}

static void
on_card_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autoptr (KomekCity) city = komek_feed_city_finish (KOMEK_FEED (source), result, NULL);

  add (task, city ? komek_city_peek (city)->seal_key : NULL);
}

static void
komek_delivery_submit_async (KomekOutbox *outbox, KomekDraft *draft, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  KomekDelivery *self = KOMEK_DELIVERY (outbox);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;

  g_task_set_source_tag (task, komek_delivery_submit_async);
  if (!komek_draft_check (draft, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, pack (self, draft), (GDestroyNotify) parcel_free);
  if (self->mirror && komek_draft_get_contact (draft))
    komek_feed_city_async (KOMEK_FEED (self->mirror), NULL, on_card_ready, g_steal_pointer (&task));
  else
    add (g_steal_pointer (&task), NULL);
}

static KomekReceipt *
komek_delivery_submit_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, outbox), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static KomekReceipt *
komek_delivery_look_up (KomekOutbox *outbox, const char *name)
{
  KomekDelivery *self = KOMEK_DELIVERY (outbox);
  GHashTableIter iter;
  gpointer key, receipt;

  g_hash_table_iter_init (&iter, self->receipts);
  while (g_hash_table_iter_next (&iter, &key, &receipt))
    if (g_str_equal (key, name) || g_str_equal (komek_receipt_get_local (receipt), name)
        || g_strcmp0 (komek_receipt_get_number (receipt), name) == 0)
      return g_object_ref (receipt);
  return NULL;
}

static void
komek_delivery_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekDelivery *self = KOMEK_DELIVERY (object);

  switch (prop_id)
    {
    case PROP_WAITING:
      g_value_set_uint (value, self->waiting);
      break;
    case PROP_PARKED:
      g_value_set_uint (value, self->parked);
      break;
    case PROP_OLDEST:
      g_value_set_int64 (value, self->oldest);
      break;
    case PROP_OVERDUE:
      g_value_set_boolean (value, self->overdue);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_delivery_dispose (GObject *object)
{
  KomekDelivery *self = KOMEK_DELIVERY (object);

  g_clear_handle_id (&self->pump, g_source_remove);
  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_handle_id (&self->tidy, g_source_remove);
  g_cancellable_cancel (self->calls);
  g_clear_object (&self->client);
  g_clear_object (&self->mirror);
  G_OBJECT_CLASS (komek_delivery_parent_class)->dispose (object);
}

static void
komek_delivery_finalize (GObject *object)
{
  KomekDelivery *self = KOMEK_DELIVERY (object);

  g_object_unref (self->calls);
  g_clear_object (&self->store);
  g_clear_object (&self->vault);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->queue, komek_queue_free);
  g_hash_table_unref (self->receipts);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (komek_delivery_parent_class)->finalize (object);
}

static void
komek_delivery_outbox_init (KomekOutboxInterface *iface)
{
  iface->prepare_async = komek_delivery_prepare_async;
  iface->prepare_finish = komek_delivery_prepare_finish;
  iface->submit_async = komek_delivery_submit_async;
  iface->submit_finish = komek_delivery_submit_finish;
  iface->look_up = komek_delivery_look_up;
}

static void
komek_delivery_class_init (KomekDeliveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_delivery_get_property;
  object_class->dispose = komek_delivery_dispose;
  object_class->finalize = komek_delivery_finalize;

  g_object_class_override_property (object_class, PROP_WAITING, "waiting");
  g_object_class_override_property (object_class, PROP_PARKED, "parked");
  g_object_class_override_property (object_class, PROP_OLDEST, "oldest");
  g_object_class_override_property (object_class, PROP_OVERDUE, "overdue");
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");

  /**
   * KomekDelivery::delivered:
   * @key: under which it travelled
   * @number: the number that the city gave
   *
   * The city has one more request.
   */
  signals[DELIVERED] = g_signal_new ("delivered", KOMEK_TYPE_DELIVERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
komek_delivery_init (KomekDelivery *self)
{
  self->calls = g_cancellable_new ();
  self->receipts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static guint
or_usual (guint given, guint usual)
{
  return given ? given : usual;
}

static void
read_times (KomekDelivery *self, const KomekDeliveryTimes *given)
{
  KomekDeliveryTimes none = { 0 };
  const KomekDeliveryTimes *times = given ? given : &none;

  self->times = (KomekDeliveryTimes) {
    .backoff_base = or_usual (times->backoff_base, USUAL_BACKOFF_BASE),
    .backoff_cap = or_usual (times->backoff_cap, USUAL_BACKOFF_CAP),
    .heartbeat = or_usual (times->heartbeat, USUAL_HEARTBEAT),
    .guard = or_usual (times->guard, USUAL_GUARD),
    .outstanding = or_usual (times->outstanding, USUAL_OUTSTANDING),
    .look = or_usual (times->look, USUAL_LOOK),
    .tidy = or_usual (times->tidy, USUAL_TIDY),
    .overdue = or_usual (times->overdue, USUAL_OVERDUE),
    .window = or_usual (times->window, USUAL_WINDOW),
  };
  self->backoff.base = self->times.backoff_base;
  self->backoff.cap = self->times.backoff_cap;
  self->queue = komek_queue_new (&self->backoff);
}

/**
 * komek_delivery_new:
 * @vault: seals contacts to the city
 * @mirror: (nullable): where the city's card is, and where filed requests are to be seen
 * @times: (nullable): how often it tries
 *
 * Returns: (transfer full): an outbox that keeps, and sends once it is connected
 */
KomekDelivery *
komek_delivery_new (KomekOutboxStore *store, KomekVault *vault, KomekMirror *mirror, KomekClock *clock,
                    const KomekDeliveryTimes *times)
{
  KomekDelivery *self = g_object_new (KOMEK_TYPE_DELIVERY, NULL);

  self->store = g_object_ref (store);
  self->vault = g_object_ref (vault);
  self->mirror = mirror ? g_object_ref (mirror) : NULL;
  self->clock = g_object_ref (clock);
  read_times (self, times);
  self->look = g_timeout_add (self->times.look, on_look_due, self);
  self->tidy = g_timeout_add (self->times.tidy, on_tidy_due, self);
  on_tidy_due (self);
  survey (self);
  return self;
}

/**
 * komek_delivery_connect:
 * @client: the city from now on, in the place of any former one; the outbox has it alone
 *
 * Begins to deliver to a city, once it has said who it is.
 */
void
komek_delivery_connect (KomekDelivery *self, KomekGeoReport *client)
{
  g_return_if_fail (KOMEK_IS_DELIVERY (self));
  g_return_if_fail (KOMEK_IS_GEO_REPORT (client));

  g_cancellable_cancel (self->calls);
  g_object_unref (self->calls);
  self->calls = g_cancellable_new ();
  g_set_object (&self->client, client);
  self->known = FALSE;
  self->due = 0;
  self->open = FALSE;
  komek_backoff_reset (&self->backoff);
  komek_queue_hurry (self->queue);
  discover (self);
}

/**
 * komek_delivery_nudge:
 *
 * Says that the line has come back: what waits for nothing else goes now.
 */
void
komek_delivery_nudge (KomekDelivery *self)
{
  g_return_if_fail (KOMEK_IS_DELIVERY (self));

  if (self->problem || !self->client)
    return;
  if (!self->known)
    {
      wake_at (self, 0);
      return;
    }
  self->due = self->held;
  komek_queue_hurry (self->queue);
  pump (self);
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekDelivery) self = data;
  g_autoptr (GError) error = NULL;

  if (!komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    g_message ("What is parked cannot be put back: %s", error->message);
  survey (self);
}

/**
 * komek_delivery_release:
 *
 * Puts all that is parked back into the queue, for staff who have mended the cause.
 */
void
komek_delivery_release (KomekDelivery *self)
{
  g_return_if_fail (KOMEK_IS_DELIVERY (self));

  komek_outbox_store_release_async (self->store, NULL, on_released, g_object_ref (self));
}
