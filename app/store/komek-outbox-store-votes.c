/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-store-private.h"

#include "komek-outbox-votes.h"

/* So many at a time; what is done makes room for the next. */
#define MOST_VOTES 100

static gpointer
add (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  const char *copies = komek_outbox_file_get_votes (kit->file);

  return komek_outbox_votes_add (database, copies, job->key, error) ? komek_outbox_done : NULL;
}

static gpointer
end (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  const char *copies = komek_outbox_file_get_votes (kit->file);

  return komek_outbox_votes_end (database, copies, job->key, error) ? komek_outbox_done : NULL;
}

static gpointer
list (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_votes_list (database, MOST_VOTES, error);
}

static void
push (KomekOutboxStore *self, KomekOutboxWork work, const char *number, GCancellable *cancellable,
      GAsyncReadyCallback callback, gpointer data)
{
  KomekOutboxJob *job = komek_outbox_make_job (self, work, NULL, cancellable, callback, data);

  job->key = g_strdup (number);
  komek_outbox_thread_push (self->thread, job);
}

/**
 * komek_outbox_store_add_vote_async:
 * @number: of the request, as the city has it
 *
 * Keeps a vote until the city has heard of it; komek_outbox_store_finish() tells when it is
 * durable.
 */
void
komek_outbox_store_add_vote_async (KomekOutboxStore *self, const char *number,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  push (self, add, number, cancellable, callback, data);
}

/**
 * komek_outbox_store_end_vote_async:
 *
 * Forgets a vote of which the city has heard.
 */
void
komek_outbox_store_end_vote_async (KomekOutboxStore *self, const char *number,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  push (self, end, number, cancellable, callback, data);
}

/**
 * komek_outbox_store_votes_async:
 *
 * Asks for the votes that are kept, the first of them first.
 */
void
komek_outbox_store_votes_async (KomekOutboxStore *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  komek_outbox_thread_push (
    self->thread, komek_outbox_make_job (self, list, (GDestroyNotify) g_ptr_array_unref,
                                         cancellable, callback, data));
}

/**
 * komek_outbox_store_votes_finish:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): numbers of requests; of many only the
 *   first
 */
GPtrArray *
komek_outbox_store_votes_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return komek_outbox_take_result (self, result, error);
}
