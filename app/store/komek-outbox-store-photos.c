/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-store-private.h"

/* What is asked of an outbox about photos: one after the other, and again when the city takes
 * some. */

static gpointer
next_photo (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_work_next_photo (kit, database, job->sequence, error);
}

/**
 * komek_outbox_store_photo_async:
 *
 * Opens the next photo of an item that is still to be sent.
 */
void
komek_outbox_store_photo_async (KomekOutboxStore *self, gint64 sequence, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, next_photo, (GDestroyNotify) komek_outbox_photo_free,
                               cancellable, callback, data);
  job->sequence = sequence;
  komek_outbox_thread_push (self->thread, job);
}

/**
 * komek_outbox_store_photo_finish:
 *
 * Returns: (transfer full) (nullable): the photo, in the clear; %NULL without an
 *   error where none is left
 */
KomekOutboxPhoto *
komek_outbox_store_photo_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return komek_outbox_take_result (self, result, error);
}

static gpointer
end_photo (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  gboolean ended = komek_outbox_work_end_photo (database, job->sequence, job->position, job->sent,
                                                error);

  return ended ? komek_outbox_done : NULL;
}

/**
 * komek_outbox_store_end_photo_async:
 * @sent: whether the city has it; %FALSE where it would never take it
 *
 * Remembers what became of a photo.
 */
void
komek_outbox_store_end_photo_async (KomekOutboxStore *self, gint64 sequence, guint position,
                                    gboolean sent, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, end_photo, NULL, cancellable, callback, data);
  job->sequence = sequence;
  job->position = position;
  job->sent = sent;
  komek_outbox_thread_push (self->thread, job);
}

static gpointer
release_photos (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database,
                GError **error)
{
  gboolean released =
    komek_database_begin (database, error)
    && komek_database_end (database, komek_outbox_table_release_photos (database, error), error);

  return released ? komek_outbox_done : NULL;
}

/**
 * komek_outbox_store_release_photos_async:
 *
 * Puts photos that no city took back into the queue; komek_outbox_store_finish() tells.
 */
void
komek_outbox_store_release_photos_async (KomekOutboxStore *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  komek_outbox_thread_push (self->thread,
                            komek_outbox_make_job (self, release_photos, NULL, cancellable,
                                                         callback, data));
}
