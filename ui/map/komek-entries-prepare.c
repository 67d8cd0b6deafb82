/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-entries.h"

#define AROUND 12 /* rows to each side of where somebody looks: a screen full */

/* Entries that nobody else holds yet, and how many of them are not loaded. */
typedef struct
{
  GPtrArray *entries;
  guint      n_missing;
  guint      patience_source;
} Preparation;

static void
preparation_free (gpointer data)
{
  Preparation *self = data;

  g_ptr_array_unref (self->entries);
  g_free (self);
}

static void
end (GTask *task)
{
  Preparation *self = g_task_get_task_data (task);

  for (guint i = 0; i < self->entries->len; i++)
    g_signal_handlers_disconnect_by_data (self->entries->pdata[i], task);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_task_return_boolean (task, self->n_missing == 0);
  g_object_unref (task);
}

static gboolean
on_patience_over (gpointer data)
{
  Preparation *self = g_task_get_task_data (data);

  self->patience_source = 0;
  end (data);
  return G_SOURCE_REMOVE;
}

static void
on_loaded (KomekEntry *entry, GParamSpec *pspec, gpointer data)
{
  Preparation *self = g_task_get_task_data (data);

  g_signal_handlers_disconnect_by_func (entry, on_loaded, data);
  if (--self->n_missing == 0)
    end (data);
}

static void
prepare_one (KomekEntries *entries, GTask *task, guint32 key, guint position)
{
  Preparation *self = g_task_get_task_data (task);
  KomekEntry *entry = komek_entries_obtain (entries, key, position);

  g_ptr_array_add (self->entries, entry);
  if (komek_entry_get_request (entry))
    return;
  self->n_missing++;
  g_signal_connect (entry, "notify::request", G_CALLBACK (on_loaded), task);
  komek_entries_want (entries, key);
}

/**
 * komek_entries_prepare_async:
 * @keys: (element-type guint32): what a list is about to show
 * @position: where in the list somebody looks
 * @patience_ms: after how many milliseconds it ends anyhow
 *
 * Loads what will be seen of a list before it is: else each new list would show empty rows for a
 * frame or two, which flickers where lists follow each other as in a film.
 */
void
komek_entries_prepare_async (KomekEntries *self, GArray *keys, guint position, guint patience_ms,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Preparation *preparation = g_new0 (Preparation, 1);
  guint start = position > AROUND ? position - AROUND : 0;

  preparation->entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_source_tag (task, komek_entries_prepare_async);
  g_task_set_task_data (task, preparation, preparation_free);
  for (guint i = start; i < keys->len && i < start + 2 * AROUND; i++)
    prepare_one (self, task, g_array_index (keys, guint32, i), i);
  if (preparation->n_missing == 0)
    end (task);
  else
    preparation->patience_source = g_timeout_add (patience_ms, on_patience_over, task);
}

/**
 * komek_entries_prepare_finish:
 *
 * Fails only where it was cancelled.
 *
 * Returns: whether all is loaded
 */
gboolean
komek_entries_prepare_finish (KomekEntries *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
