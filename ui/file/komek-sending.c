/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sending.h"

/**
 * KomekSending:
 *
 * The draft on its way into the outbox.
 *
 * It outlives the page with the button: a switch of the language in the middle
 * rebuilds the page, but must not stop what is being kept nor lose the receipt
 * that comes back. When the request is safe an empty draft takes the place of
 * the sent one; until then nothing of it is lost.
 */
struct _KomekSending
{
  GObject       parent;
  KomekContext *context;
  GCancellable *cancellable;
  KomekDraft   *draft; /* while it is on its way */
  KomekRequest *kept;  /* the last one that is safe, as its citizen wrote it */
  GError       *problem;
};

enum
{
  CHANGED,
  SENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekSending, komek_sending, G_TYPE_OBJECT)

/* What the city will say of it once it has it, as far as we know already. */
static KomekRequest *
describe (KomekDraft *draft, KomekReceipt *receipt)
{
  KomekPlace *place = komek_draft_get_place (draft);
  g_autofree char *address = komek_draft_dup_address (draft);
  g_autoptr (KomekPlace) sent =
    place && komek_place_has_point (place)
      ? komek_place_new (komek_place_get_latitude (place), komek_place_get_longitude (place),
                         address, komek_place_get_district (place))
      : komek_place_new_address (address, NULL);

  return komek_request_new (&(KomekRequestFields) {
    .number = komek_receipt_get_shown (receipt),
    .service = komek_service_get_code (komek_draft_get_service (draft)),
    .status = KOMEK_STATUS_NEW,
    .text = komek_draft_get_text (draft),
    .place = sent,
    .requested = komek_receipt_get_time (receipt),
    .updated = komek_receipt_get_time (receipt),
  });
}

static void
finish (KomekSending *self, KomekReceipt *receipt, GError *error)
{
  g_autoptr (KomekDraft) draft = g_steal_pointer (&self->draft);

  if (!receipt)
    {
      g_clear_error (&self->problem);
      self->problem = g_steal_pointer (&error);
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
  g_clear_object (&self->kept);
  self->kept = describe (draft, receipt);
  /* Somebody may have finished and begun anew meanwhile; theirs is not ours to erase. */
  if (komek_context_get_draft (self->context) == draft)
    komek_context_reset_draft (self->context);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[SENT], 0, komek_receipt_get_key (receipt));
}

static void
on_submit_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekReceipt) receipt =
    komek_outbox_submit_finish (KOMEK_OUTBOX (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    finish (KOMEK_SENDING (data), receipt, g_steal_pointer (&error));
}

static void
komek_sending_dispose (GObject *object)
{
  KomekSending *self = KOMEK_SENDING (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  g_clear_object (&self->draft);
  g_clear_object (&self->kept);
  G_OBJECT_CLASS (komek_sending_parent_class)->dispose (object);
}

static void
komek_sending_finalize (GObject *object)
{
  KomekSending *self = KOMEK_SENDING (object);

  g_object_unref (self->cancellable);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (komek_sending_parent_class)->finalize (object);
}

static void
komek_sending_class_init (KomekSendingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = komek_sending_dispose;
  object_class->finalize = komek_sending_finalize;

  /**
   * KomekSending::changed:
   *
   * It began, failed or ended.
   */
  signals[CHANGED] = g_signal_new ("changed", KOMEK_TYPE_SENDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /**
   * KomekSending::sent:
   * @key: of the receipt, which the outbox knows
   */
  signals[SENT] = g_signal_new ("sent", KOMEK_TYPE_SENDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
komek_sending_init (KomekSending *self)
{
  self->cancellable = g_cancellable_new ();
}

KomekSending *
komek_sending_new (KomekContext *context)
{
  KomekSending *self = g_object_new (KOMEK_TYPE_SENDING, NULL);

  self->context = g_object_ref (context);
  return self;
}

/**
 * komek_sending_start:
 *
 * Sends the draft of the context, once: pressing twice does not send twice.
 */
void
komek_sending_start (KomekSending *self)
{
  g_return_if_fail (KOMEK_IS_SENDING (self));

  if (self->draft)
    return;
  self->draft = g_object_ref (komek_context_get_draft (self->context));
  g_clear_error (&self->problem);
  g_signal_emit (self, signals[CHANGED], 0);
  komek_outbox_submit_async (komek_context_get_outbox (self->context), self->draft,
                             self->cancellable, on_submit_ready, self);
}

gboolean
komek_sending_is_busy (KomekSending *self)
{
  g_return_val_if_fail (KOMEK_IS_SENDING (self), FALSE);

  return self->draft != NULL;
}

/**
 * komek_sending_get_problem:
 *
 * Returns: (transfer none) (nullable): why the last try failed
 */
const GError *
komek_sending_get_problem (KomekSending *self)
{
  g_return_val_if_fail (KOMEK_IS_SENDING (self), NULL);

  return self->problem;
}

void
komek_sending_forget_problem (KomekSending *self)
{
  g_return_if_fail (KOMEK_IS_SENDING (self));

  g_clear_error (&self->problem);
}

/**
 * komek_sending_get_kept:
 *
 * Returns: (transfer none) (nullable): the last request that is safe, for the paper that its
 * citizen takes along
 */
KomekRequest *
komek_sending_get_kept (KomekSending *self)
{
  g_return_val_if_fail (KOMEK_IS_SENDING (self), NULL);

  return self->kept;
}

/* What one citizen wrote is not for the next. */
void
komek_sending_forget_kept (KomekSending *self)
{
  g_return_if_fail (KOMEK_IS_SENDING (self));

  g_clear_object (&self->kept);
}
