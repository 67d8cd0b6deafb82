/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-staff.h"
#include "komek-outbox-store-private.h"

/* What staff ask of an outbox: what has not arrived and why, and to try again. */

static gpointer
list (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) pending = g_ptr_array_new_with_free_func (g_object_unref);

  if (!komek_outbox_staff_list (kit, database, FALSE, pending, error))
    return NULL;
  komek_outbox_former_list (kit->former, pending);
  return g_steal_pointer (&pending);
}

/**
 * komek_outbox_store_list_async:
 *
 * Asks for what has not arrived.
 */
void
komek_outbox_store_list_async (KomekOutboxStore *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  komek_outbox_thread_push (
    self->thread, komek_outbox_make_job (self, list, (GDestroyNotify) g_ptr_array_unref,
                                               cancellable, callback, data));
}

/**
 * komek_outbox_store_list_finish:
 *
 * Returns: (transfer full) (element-type KomekPending) (nullable): as komek_outbox_list_finish()
 */
GPtrArray *
komek_outbox_store_list_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return komek_outbox_take_result (self, result, error);
}

static gpointer
release (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  gboolean released =
    komek_database_begin (database, error)
    && komek_database_end (database, komek_outbox_table_release (database, job->key, error), error);

  return released ? komek_outbox_done : NULL;
}

/**
 * komek_outbox_store_release_async:
 * @key: (nullable): of one item; %NULL for all
 *
 * Puts what is parked, and photos that were held, back into the queue.
 */
void
komek_outbox_store_release_async (KomekOutboxStore *self, const char *key,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, release, NULL, cancellable, callback, data);
  job->key = g_strdup (key);
  komek_outbox_thread_push (self->thread, job);
}

static gpointer
adopt (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_former_adopt (kit->former, kit->file, error) ? komek_outbox_done : NULL;
}

/**
 * komek_outbox_store_adopt_async:
 *
 * Brings what waits for former addresses over into this outbox; komek_outbox_store_finish() tells.
 */
void
komek_outbox_store_adopt_async (KomekOutboxStore *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, adopt, NULL, cancellable, callback, data);
  komek_outbox_thread_push (self->thread, job);
}
