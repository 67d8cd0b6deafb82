/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-delivery-queue.h"

/**
 * KomekQueue:
 *
 * What is to be delivered, in the order of its sequence numbers, and when each may be tried.
 *
 * Durations are by the monotonic clock: whatever happens to the wall's, nothing
 * is sent earlier, later or in another order.
 */
struct _KomekQueue
{
  GPtrArray   *efforts; /* by sequence */
  KomekBackoff backoff; /* how a new one begins */
};

static void
effort_free (KomekEffort *effort)
{
  komek_outbox_item_free (effort->item);
  g_free (effort);
}

KomekQueue *
komek_queue_new (const KomekBackoff *backoff)
{
  KomekQueue *self = g_new0 (KomekQueue, 1);

  self->backoff = *backoff;
  self->efforts = g_ptr_array_new_with_free_func ((GDestroyNotify) effort_free);
  return self;
}

void
komek_queue_free (KomekQueue *self)
{
  g_ptr_array_unref (self->efforts);
  g_free (self);
}

static KomekEffort *
make_effort (KomekQueue *self, const KomekOutboxItem *item)
{
  KomekEffort *effort = g_new0 (KomekEffort, 1);

  effort->item = komek_outbox_item_copy (item);
  effort->backoff = self->backoff;
  effort->first_seen = g_get_monotonic_time ();
  return effort;
}

static void
refresh (KomekEffort *effort, const KomekOutboxItem *item)
{
  komek_outbox_item_free (effort->item);
  effort->item = komek_outbox_item_copy (item);
}

/* The former efforts lie in the order of their sequence numbers, as the items do. */
static KomekEffort *
take (GPtrArray *former, guint *position, gint64 sequence)
{
  for (; *position < former->len; (*position)++)
    {
      KomekEffort *effort = former->pdata[*position];

      if (effort->item->sequence > sequence)
        return NULL;
      if (effort->item->sequence == sequence)
        {
          former->pdata[(*position)++] = NULL;
          return effort;
        }
    }
  return NULL;
}

static void
keep_busy (GPtrArray *former, GPtrArray *efforts)
{
  for (guint i = 0; i < former->len; i++)
    {
      KomekEffort *effort = former->pdata[i];

      if (effort && effort->busy)
        g_ptr_array_add (efforts, effort);
      else if (effort)
        effort_free (effort);
    }
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const KomekEffort *first = *(const KomekEffort *const *) a;
  const KomekEffort *second = *(const KomekEffort *const *) b;

  return first->item->sequence < second->item->sequence
           ? -1
           : first->item->sequence > second->item->sequence;
}

/**
 * komek_queue_update:
 * @items: (element-type KomekOutboxItem): what the store says is still to be done
 *
 * Takes over how the queue stands. What is on its way stays as it is.
 */
void
komek_queue_update (KomekQueue *self, GPtrArray *items)
{
  GPtrArray *former = self->efforts;
  guint position = 0;

  self->efforts = g_ptr_array_new_with_free_func ((GDestroyNotify) effort_free);
  for (guint i = 0; i < items->len; i++)
    {
      const KomekOutboxItem *item = items->pdata[i];
      KomekEffort *effort = take (former, &position, item->sequence);

      if (!effort)
        effort = make_effort (self, item);
      else if (!effort->busy)
        refresh (effort, item);
      g_ptr_array_add (self->efforts, effort);
    }
  keep_busy (former, self->efforts);
  g_ptr_array_sort (self->efforts, compare);
  g_ptr_array_set_free_func (former, NULL);
  g_ptr_array_unref (former);
}

/**
 * komek_queue_find:
 *
 * Returns: (transfer none) (nullable): the effort for an item
 */
KomekEffort *
komek_queue_find (KomekQueue *self, gint64 sequence)
{
  for (guint i = 0; i < self->efforts->len; i++)
    {
      KomekEffort *effort = self->efforts->pdata[i];

      if (effort->item->sequence == sequence)
        return effort;
    }
  return NULL;
}

/**
 * komek_queue_next:
 * @now: the monotonic time
 * @due: (inout): brought down to when the first of those that have to wait may go
 *
 * Returns: (transfer none) (nullable): the first that may go now
 */
KomekEffort *
komek_queue_next (KomekQueue *self, gint64 now, gint64 *due)
{
  for (guint i = 0; i < self->efforts->len; i++)
    {
      KomekEffort *effort = self->efforts->pdata[i];

      if (effort->busy)
        continue;
      if (effort->due <= now)
        return effort;
      *due = MIN (*due, effort->due);
    }
  return NULL;
}

void
komek_queue_remove (KomekQueue *self, gint64 sequence)
{
  KomekEffort *effort = komek_queue_find (self, sequence);

  if (effort)
    g_ptr_array_remove (self->efforts, effort);
}

/* The line is back: whoever waits for nothing but that may go. */
void
komek_queue_hurry (KomekQueue *self)
{
  for (guint i = 0; i < self->efforts->len; i++)
    {
      KomekEffort *effort = self->efforts->pdata[i];

      effort->due = effort->quiet;
      komek_backoff_reset (&effort->backoff);
    }
}

guint
komek_queue_count_busy (KomekQueue *self)
{
  guint busy = 0;

  for (guint i = 0; i < self->efforts->len; i++)
    busy += ((KomekEffort *) self->efforts->pdata[i])->busy;
  return busy;
}

/**
 * komek_queue_peek:
 *
 * Returns: (transfer none) (nullable): the effort at a place, %NULL behind the last one
 */
KomekEffort *
komek_queue_peek (KomekQueue *self, guint position)
{
  return position < self->efforts->len ? self->efforts->pdata[position] : NULL;
}
