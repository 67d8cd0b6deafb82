/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-private.h"

#include "komek-error.h"

/* How the outbox tells a city that a request concerns more people: at once where there is a line,
 * for whoever has said so wants to see the count; else it is kept and told later. The city knows
 * who has said so by the name of the device, so to say it twice does no harm. */

typedef struct
{
  char *number;
  guint supporters;
} Support;

static void
support_free (Support *support)
{
  g_free (support->number);
  g_free (support);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KomekDelivery *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
  komek_delivery_vote_later (self);
}

/* Takes the task. Whoever turns away does not take back what they said. */
static void
keep (GTask *task)
{
  KomekDelivery *self = g_task_get_source_object (task);
  Support *support = g_task_get_task_data (task);

  komek_outbox_store_add_vote_async (self->store, support->number, NULL, on_kept, task);
}

static void
on_voted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Support *support = g_task_get_task_data (task);
  GError *error = NULL;

  if (komek_geo_report_vote_finish (KOMEK_GEO_REPORT (source), result, &support->supporters,
                                    &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
    g_task_return_error (task, error);
  else
    {
      g_error_free (error);
      keep (g_steal_pointer (&task));
    }
}

/* Nobody waits in vain for a city of which it is known that it does not answer now. */
static gboolean
has_line (KomekDelivery *self)
{
  return self->client && self->known && !self->problem && g_get_monotonic_time () >= self->due;
}

static void
on_device_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KomekDelivery *self = g_task_get_source_object (task);
  Support *support = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *device =
    komek_outbox_store_device_finish (KOMEK_OUTBOX_STORE (source), result, &error);

  if (!device)
    g_task_return_error (task, error);
  else if (has_line (self))
    komek_geo_report_vote_async (self->client, support->number, device, self->calls, on_voted,
                                 g_steal_pointer (&task));
  else
    keep (g_steal_pointer (&task));
}

static void
komek_delivery_support_async (KomekOutbox *outbox, const char *number, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (outbox, cancellable, callback, data);
  Support *support = g_new0 (Support, 1);

  g_task_set_source_tag (task, komek_delivery_support_async);
  support->number = g_strdup (number);
  g_task_set_task_data (task, support, (GDestroyNotify) support_free);
  komek_outbox_store_device_async (KOMEK_DELIVERY (outbox)->store, NULL, on_device_known, task);
}

static gboolean
komek_delivery_support_finish (KomekOutbox *outbox, GAsyncResult *result, guint *supporters,
                               GError **error)
{
  Support *support;

  g_return_val_if_fail (g_task_is_valid (result, outbox), FALSE);

  support = g_task_get_task_data (G_TASK (result));
  *supporters = support->supporters;
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
komek_delivery_implement_support (KomekOutboxInterface *iface)
{
  iface->support_async = komek_delivery_support_async;
  iface->support_finish = komek_delivery_support_finish;
}
