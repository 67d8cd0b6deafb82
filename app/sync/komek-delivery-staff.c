/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-private.h"

/* What the outbox does for staff: it lists what has not arrived, and tries again once they have
 * mended the cause. */

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *pending =
    komek_outbox_store_list_finish (KOMEK_OUTBOX_STORE (source), result, &error);

  if (pending)
    g_task_return_pointer (task, pending, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
komek_delivery_list_async (KomekOutbox *outbox, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (outbox, cancellable, callback, data);

  g_task_set_source_tag (task, komek_delivery_list_async);
  komek_outbox_store_list_async (KOMEK_DELIVERY (outbox)->store, NULL, on_listed, task);
}

static GPtrArray *
komek_delivery_list_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, outbox), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What is in the queue again goes at once, whatever was waited for. */
static void
on_put_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  KomekDelivery *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (komek_outbox_store_finish (KOMEK_OUTBOX_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  self->due = self->quiet;
  komek_delivery_survey (self);
}

static void
komek_delivery_release_async (KomekOutbox *outbox, const char *key, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (outbox, cancellable, callback, data);

  g_task_set_source_tag (task, komek_delivery_release_async);
  komek_outbox_store_release_async (KOMEK_DELIVERY (outbox)->store, key, NULL, on_put_back, task);
}

static void
komek_delivery_adopt_async (KomekOutbox *outbox, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (outbox, cancellable, callback, data);

  g_task_set_source_tag (task, komek_delivery_adopt_async);
  komek_outbox_store_adopt_async (KOMEK_DELIVERY (outbox)->store, NULL, on_put_back, task);
}

static gboolean
komek_delivery_put_back_finish (KomekOutbox *outbox, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, outbox), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
komek_delivery_implement_staff (KomekOutboxInterface *iface)
{
  iface->list_async = komek_delivery_list_async;
  iface->list_finish = komek_delivery_list_finish;
  iface->release_async = komek_delivery_release_async;
  iface->release_finish = komek_delivery_put_back_finish;
  iface->adopt_async = komek_delivery_adopt_async;
  iface->adopt_finish = komek_delivery_put_back_finish;
}
