/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-mirror-private.h"

/* While pages pour in, whoever shows all of it shall not begin anew with each. */
#define QUIET_MILLISECONDS 200

/**
 * KomekMirror:
 *
 * What this device knows of the city, in a file: what the screen reads and synchronisation writes.
 *
 * One thread writes and others read, so that a long fill never delays what
 * the screen asks; all see only finished writes. Everything in the file can
 * be had from the city again. Its signals are emitted in the thread that made
 * it, and only when something is other than it was.
 *
 * Its writes are in komek-mirror-write.c, what they do in komek-mirror-work.c,
 * its answers in komek-mirror-read.c and, for whoever fills it, komek-mirror-walk.c.
 */
G_DEFINE_FINAL_TYPE_WITH_CODE (KomekMirror, komek_mirror, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_FEED, komek_mirror_feed_init))

static gboolean
on_quiet_over (gpointer data)
{
  KomekMirror *self = data;

  if (!self->requests_changed)
    {
      self->quiet = 0;
      return G_SOURCE_REMOVE;
    }
  self->requests_changed = FALSE;
  komek_feed_emit_requests_changed (KOMEK_FEED (self));
  return G_SOURCE_CONTINUE;
}

static void
announce_requests (KomekMirror *self)
{
  if (self->quiet)
    {
      self->requests_changed = TRUE;
      return;
    }
  self->quiet = g_timeout_add (QUIET_MILLISECONDS, on_quiet_over, self);
  komek_feed_emit_requests_changed (KOMEK_FEED (self));
}

/* Says what has changed. A file that had to be begun anew has changed in all respects. */
void
komek_mirror_announce (KomekMirror *self, gboolean requests, gboolean city)
{
  guint generation = komek_store_file_get_generation (self->file);
  gboolean anew = generation > self->generation;

  self->generation = MAX (self->generation, generation);
  if (city || anew)
    komek_feed_emit_city_changed (KOMEK_FEED (self));
  if (requests || anew)
    announce_requests (self);
}

static gpointer
do_nothing (KomekDatabase *database, gpointer data, GError **error)
{
  return database;
}

static void
on_renewed (GObject *source, GAsyncResult *result, gpointer data)
{
  komek_mirror_announce (KOMEK_MIRROR (source), FALSE, FALSE);
}

/* Has a file that was found broken begun anew now, not when the city has news again. */
void
komek_mirror_renew (KomekMirror *self)
{
  GTask *task;

  if (!komek_store_file_is_condemned (self->file))
    return;
  task = g_task_new (self, NULL, on_renewed, NULL);
  komek_store_thread_run (self->writer, task, do_nothing, NULL);
}

static void
komek_mirror_finalize (GObject *object)
{
  KomekMirror *self = KOMEK_MIRROR (object);

  g_clear_handle_id (&self->quiet, g_source_remove);
  g_clear_pointer (&self->surveyor, komek_store_thread_free);
  g_clear_pointer (&self->reader, komek_store_thread_free);
  g_clear_pointer (&self->writer, komek_store_thread_free);
  g_clear_pointer (&self->vocabulary, komek_vocabulary_free);
  g_clear_pointer (&self->upkeep, komek_upkeep_free);
  g_clear_pointer (&self->file, komek_store_file_unref);
  G_OBJECT_CLASS (komek_mirror_parent_class)->finalize (object);
}

static void
komek_mirror_class_init (KomekMirrorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_mirror_finalize;
}

static void
komek_mirror_init (KomekMirror *self)
{
}

/**
 * komek_mirror_new:
 * @path: the file; it and its folder are made where they are missing
 *
 * Makes a mirror at once: the file is opened in a thread, and calls wait their turn behind that.
 *
 * A file that is broken or not a mirror is renamed to PATH.bad-N and a new one
 * begun. Where no file can be had, every call fails with %KOMEK_ERROR_UNSAVED.
 *
 * Returns: (transfer full): the mirror
 */
KomekMirror *
komek_mirror_new (const char *path)
{
  KomekMirror *self = g_object_new (KOMEK_TYPE_MIRROR, NULL);

  self->generation = 1;
  self->file = komek_store_file_new (path);
  self->upkeep = komek_upkeep_new ();
  self->vocabulary = komek_vocabulary_new ();
  self->writer = komek_store_thread_new (self->file, TRUE, komek_upkeep_run, self->upkeep);
  self->reader = komek_store_thread_new (self->file, FALSE, NULL, NULL);
  self->surveyor = komek_store_thread_new (self->file, FALSE, NULL, NULL);
  return self;
}

/**
 * komek_mirror_open_async:
 *
 * Waits until the file is open, or says why it cannot be.
 */
void
komek_mirror_open_async (KomekMirror *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data)
{
  GTask *task;

  g_return_if_fail (KOMEK_IS_MIRROR (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_mirror_open_async);
  komek_store_thread_run (self->writer, task, do_nothing, NULL);
}

gboolean
komek_mirror_open_finish (KomekMirror *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}
