/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-store-private.h"

#include "komek-fault.h"

/* Votes that the city has not heard of: the numbers of the requests, once each. Nobody has a slip
 * for one, so they have no copies beside the database. */

/* So many at a time; what is done makes room for the next. */
#define MOST_VOTES 100

static gboolean
run (KomekDatabase *database, const char *sql, const char *number, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, number);
  return komek_database_run (database, statement, error);
}

static gpointer
change (KomekDatabase *database, const char *sql, const char *number, GError **error)
{
  gboolean changed = komek_database_begin (database, error)
                     && komek_database_end (database, run (database, sql, number, error), error);

  komek_fault_point ("outbox.vote.after_commit");
  return changed ? komek_outbox_done : NULL;
}

static gpointer
add (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  return change (database, "INSERT OR IGNORE INTO vote (number) VALUES (?)", job->key, error);
}

static gpointer
end (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  return change (database, "DELETE FROM vote WHERE number = ?", job->key, error);
}

static gpointer
list (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "SELECT number FROM vote ORDER BY sequence LIMIT " G_STRINGIFY (MOST_VOTES), error);

  if (!statement)
    return NULL;
  while (komek_database_step (database, statement, &problem))
    g_ptr_array_add (numbers, g_strdup (komek_statement_get_text (statement, 0)));
  if (!problem)
    return g_steal_pointer (&numbers);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
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
