/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-snapshot.h"

#include <string.h>

#include "komek-error.h"
#include "komek-morton-private.h"
#include "komek-snapshot-layout.h"

/*
 * A file that holds all points and their order as they lie in memory, so that a start maps it
 * instead of reading a million rows and sorting them.
 *
 * It belongs to one state of the mirror, told by the stamp of the points, and to one kind of
 * machine. A cache: whatever is wrong with it, it is made anew. Replaced as a
 * whole and never written to, so that who has mapped the last one keeps it.
 */

/**
 * komek_snapshot_read:
 *
 * Maps a file and checks all of it; blocks for some milliseconds a million points.
 *
 * Fails as komek_snapshot_parse() does, and with %KOMEK_ERROR_INCOMPLETE where there is none.
 *
 * Returns: (transfer full): the order, with the points that it is of
 */
KomekMorton *
komek_snapshot_read (const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &reason);
  g_autoptr (GBytes) bytes = NULL;

  if (!file)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE,
                   "The snapshot of the map cannot be opened: %s", reason->message);
      return NULL;
    }
  bytes = g_mapped_file_get_bytes (file);
  return komek_snapshot_parse (bytes, error);
}

static GString *
join_words (const char *const *services, const char *const *districts)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; services[i]; i++)
    g_string_append_len (words, services[i], strlen (services[i]) + 1);
  for (guint i = 0; districts[i]; i++)
    g_string_append_len (words, districts[i], strlen (districts[i]) + 1);
  return words;
}

static KomekSnapshotHeader
make_header (const KomekMorton *order, const GString *words)
{
  KomekSnapshotHeader header = {
    .version = KOMEK_SNAPSHOT_VERSION,
    .order = KOMEK_SNAPSHOT_ORDER,
    .n_placed = order->n,
    .n_services = g_strv_length ((char **) komek_points_get_services (order->points)),
    .n_districts = g_strv_length ((char **) komek_points_get_districts (order->points)),
    .words_length = words->len,
  };

  komek_points_peek (order->points, &header.n_points);
  memcpy (header.magic, KOMEK_SNAPSHOT_MAGIC, sizeof header.magic);
  g_strlcpy (header.stamp, komek_points_get_stamp (order->points), sizeof header.stamp);
  return header;
}

static gboolean
write_parts (GOutputStream *stream, const KomekSnapshotHeader *header,
             const gconstpointer parts[KOMEK_SNAPSHOT_N_PARTS], GError **error)
{
  guint64 lengths[KOMEK_SNAPSHOT_N_PARTS];

  komek_snapshot_measure (header, lengths);
  if (!g_output_stream_write_all (stream, header, sizeof *header, NULL, NULL, error))
    return FALSE;
  for (guint i = 0; i < KOMEK_SNAPSHOT_N_PARTS; i++)
    if (!g_output_stream_write_all (stream, parts[i], lengths[i], NULL, NULL, error))
      return FALSE;

  return TRUE;
}

/* What is half written is dropped: a stream that is closed while cancelled replaces nothing. */
static gboolean
replace (const char *path, const KomekSnapshotHeader *header,
         const gconstpointer parts[KOMEK_SNAPSHOT_N_PARTS], GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) dropped = g_cancellable_new ();
  g_autoptr (GFileOutputStream) stream =
    g_file_replace (file, NULL, FALSE,
                    G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);

  if (!stream)
    return FALSE;
  if (!write_parts (G_OUTPUT_STREAM (stream), header, parts, error))
    {
      g_cancellable_cancel (dropped);
      g_output_stream_close (G_OUTPUT_STREAM (stream), dropped, NULL);
      return FALSE;
    }
  return g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

/**
 * komek_snapshot_write:
 * @order: of points that have a stamp
 *
 * Fails with %KOMEK_ERROR_UNSAVED where the file cannot be written; the last one stays then.
 */
gboolean
komek_snapshot_write (const char *path, KomekMorton *order, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GString) words = join_words (komek_points_get_services (order->points),
                                          komek_points_get_districts (order->points));
  const char *stamp = komek_points_get_stamp (order->points);
  KomekSnapshotHeader header;
  guint n_points;
  const gconstpointer parts[KOMEK_SNAPSHOT_N_PARTS] = {
    order->codes, komek_points_peek (order->points, &n_points), order->indexes, words->str,
  };

  g_return_val_if_fail (stamp && strlen (stamp) < KOMEK_SNAPSHOT_STAMP, FALSE);

  header = make_header (order, words);
  komek_snapshot_seal (&header, parts);
  if (replace (path, &header, parts, &reason))
    return TRUE;

  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED,
               "The snapshot of the map cannot be written: %s", reason->message);
  return FALSE;
}

typedef struct
{
  char        *path;
  KomekMorton *order;
} Job;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_clear_pointer (&job->order, komek_morton_unref);
  g_free (job);
}

static GTask *
make_task (gpointer tag, const char *path, KomekMorton *order, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new (Job, 1);

  *job = (Job) { g_strdup (path), order ? komek_morton_ref (order) : NULL };
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  return task;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  KomekMorton *order = komek_snapshot_read (job->path, &error);

  if (order)
    g_task_return_pointer (task, order, (GDestroyNotify) komek_morton_unref);
  else
    g_task_return_error (task, error);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;

  if (komek_snapshot_write (job->path, job->order, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Does what komek_snapshot_read() does in a thread. */
void
komek_snapshot_read_async (const char *path, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task =
    make_task (komek_snapshot_read_async, path, NULL, cancellable, callback, data);

  g_task_run_in_thread (task, read_in_thread);
}

KomekMorton *
komek_snapshot_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, komek_snapshot_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Does what komek_snapshot_write() does in a thread. */
void
komek_snapshot_write_async (const char *path, KomekMorton *order, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task =
    make_task (komek_snapshot_write_async, path, order, cancellable, callback, data);

  g_task_run_in_thread (task, write_in_thread);
}

gboolean
komek_snapshot_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, komek_snapshot_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
