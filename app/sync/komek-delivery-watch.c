/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-private.h"

#include "komek-error.h"
#include "komek-fault.h"

/* How the outbox watches what it keeps: what is in the store, for how long, and whether another
 * process has changed it. */

static gboolean
is_overdue (KomekDelivery *self, KomekEffort *effort)
{
  gint64 age = komek_delivery_now (self) - effort->item->filed;
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
          g_message ("ALARM: item %" G_GINT64_FORMAT
                     " of the outbox has waited for more than %u hours",
                     effort->item->sequence, self->times.overdue / 3600);
        effort->alarmed = TRUE;
      }
  return overdue;
}

static void
take_survey (KomekDelivery *self, KomekOutboxSurvey *answer)
{
  gboolean led = self->leads;

  self->leads = answer->leads;
  if (!led)
    komek_delivery_vote (self);
  komek_queue_update (self->queue, answer->items);
  for (guint i = 0; i < answer->watched->len; i++)
    komek_delivery_note_state (self, answer->watched->pdata[i]);
  komek_delivery_set_counts (self, answer, check_ages (self));
  if (g_error_matches (self->problem, KOMEK_ERROR, KOMEK_ERROR_UNSAVED))
    komek_delivery_set_problem (self, NULL);
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
    komek_delivery_set_problem (self, error);
  if (self->again)
    komek_delivery_survey (self);
  komek_delivery_pump (self);
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
void
komek_delivery_survey (KomekDelivery *self)
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

static void
on_tidied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_autoptr (KomekDelivery) self = data;

  if (!komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    g_debug ("The outbox cannot be tidied: %s", error->message);
}

void
komek_delivery_tidy (KomekDelivery *self)
{
  komek_outbox_store_tidy_async (self->store, komek_delivery_now (self), NULL, on_tidied, NULL);
}
