/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-private.h"

#include "komek-error.h"

/* How the outbox tells a city that a request concerns more people. Nothing of it is kept here: the
 * city knows who has said so, by the name of the device. */

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
on_voted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Support *support = g_task_get_task_data (task);
  GError *error = NULL;

  if (komek_geo_report_vote_finish (KOMEK_GEO_REPORT (source), result, &support->supporters,
                                    &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_device_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KomekDelivery *self = g_task_get_source_object (task);
  Support *support = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autofree char *device =
    komek_outbox_store_device_finish (KOMEK_OUTBOX_STORE (source), result, &error);

  if (!device)
    g_task_return_error (task, error);
  else if (!self->client)
    g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "No city is known yet");
  else
    komek_geo_report_vote_async (self->client, support->number, device, cancellable, on_voted,
                                 g_steal_pointer (&task));
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
