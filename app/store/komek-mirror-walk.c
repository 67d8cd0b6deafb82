/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-city-table.h"
#include "komek-mirror-private.h"
#include "komek-walk-table.h"

/* What KomekMirror tells those who walk through the city for it: each question
 * is a job of the thread that writes, and so behind all writes asked for before. */

/* A walk through some time. */
typedef struct
{
  gint64 generation;
  gint64 start;
  gint64 end;
} Walk;

static gpointer
read_progress (KomekDatabase *database, gpointer data, GError **error)
{
  KomekProgress *progress = g_new0 (KomekProgress, 1);

  if (komek_city_table_read_progress (database, progress, error))
    return progress;
  g_free (progress);
  return NULL;
}

/* A city does not lose half of what it has: more likely what answers is not the whole city. */
static gpointer
list_unseen (KomekDatabase *database, gpointer data, GError **error)
{
  const Walk *walk = data;
  g_autoptr (GPtrArray) numbers = komek_walk_table_list_unmet (database, walk->generation,
                                                               walk->start, walk->end, error);
  gint64 count;

  if (!numbers || !komek_walk_table_count (database, walk->start, walk->end, &count, error))
    return NULL;
  if (numbers->len * 2 > count)
    {
      g_message ("A walk met less than half of %" G_GINT64_FORMAT " requests: all are kept", count);
      g_ptr_array_set_size (numbers, 0);
    }
  g_ptr_array_add (numbers, NULL);
  return g_ptr_array_steal (numbers, NULL);
}

/**
 * komek_mirror_read_progress_async:
 *
 * Asks how far the mirror follows the city, all writes asked for so far included.
 */
void
komek_mirror_read_progress_async (KomekMirror *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  GTask *task;

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_mirror_read_progress_async);
  komek_store_thread_run (self->writer, task, read_progress, g_free);
}

gboolean
komek_mirror_read_progress_finish (KomekMirror *self, GAsyncResult *result, KomekProgress *progress,
                                   GError **error)
{
  g_autofree KomekProgress *read = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  read = g_task_propagate_pointer (G_TASK (result), error);
  if (read)
    *progress = *read;
  return read != NULL;
}

/**
 * komek_mirror_list_unseen_async:
 * @generation: a walk, the last one that requests were put with
 * @start: the first second of the time that it has walked through wholly
 * @end: the second after its last one
 *
 * Asks for the requests of that time that the walk has not met: most likely the city has them no
 * more. All writes asked for so far are taken into account.
 *
 * Requests that came since the walk began count as met. Where it has not met more than half none is
 * told, and the log says so.
 */
void
komek_mirror_list_unseen_async (KomekMirror *self, gint64 generation, gint64 start, gint64 end,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  Walk walk = { generation, start, end };
  GTask *task;

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_mirror_list_unseen_async);
  g_task_set_task_data (task, g_memdup2 (&walk, sizeof walk), g_free);
  komek_store_thread_run (self->writer, task, list_unseen, (GDestroyNotify) g_strfreev);
}

/**
 * komek_mirror_list_unseen_finish:
 *
 * Returns: (transfer full) (nullable): their numbers
 */
GStrv
komek_mirror_list_unseen_finish (KomekMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
