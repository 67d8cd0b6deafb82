/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "komek-error.h"
#include "komek-fault.h"

/* A second, plain file for each request that is not delivered: FOLDER/KEY.
 *
 * One broken page can cost a database all its rows; then the requests come back
 * from here. Files of their own rather than a second database, because they
 * share no page, no log and no lock with it or with each other, so that one
 * fault takes one request at most. All in them that a citizen wrote is locked
 * already. They are written once, after the row is durable, and removed after
 * the row says that it was delivered: one without a row means a lost row. */

/* version, sequence, key, local, filed, payload, photos */
#define FORMAT "(ixssxayaay)"
#define VERSION 1

/* Seconds after which nobody is still writing a file. */
#define LONGEST_WRITE 600

void
komek_outbox_copy_free (KomekOutboxCopy *self)
{
  g_clear_pointer (&self->item, komek_outbox_item_free);
  g_clear_pointer (&self->payload, g_bytes_unref);
  g_ptr_array_unref (self->photos);
  g_free (self);
}

static GVariant *
as_bytes (GBytes *bytes)
{
  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE);
}

static GVariant *
pack (const KomekOutboxCopy *copy)
{
  GVariantBuilder photos;

  g_variant_builder_init (&photos, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < copy->photos->len; i++)
    g_variant_builder_add_value (&photos, as_bytes (copy->photos->pdata[i]));
  return g_variant_ref_sink (g_variant_new (
    "(ixssx@ay@aay)", VERSION, copy->item->sequence, copy->item->key, copy->item->local,
    copy->item->filed, as_bytes (copy->payload), g_variant_builder_end (&photos)));
}

static gboolean
fail (GError **error, const char *path, int number)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be written: %s", path,
               g_strerror (number));
  return FALSE;
}

/* Flushed, and so is the name that it gets. */
static gboolean
store (const char *path, const char *bytes, gsize length, GError **error)
{
  GError *problem = NULL;

  if (g_file_set_contents_full (path, bytes, length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &problem))
    return TRUE;
  g_set_error_literal (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, problem->message);
  g_error_free (problem);
  return FALSE;
}

static gboolean
sync_folder (const char *folder, GError **error)
{
  int file = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced = file >= 0 && fsync (file) == 0;
  int number = errno;

  if (file >= 0)
    close (file);
  return synced || fail (error, folder, number);
}

/**
 * komek_outbox_copy_write:
 *
 * Writes a copy that is durable when this returns.
 */
gboolean
komek_outbox_copy_write (const char *folder, const KomekOutboxCopy *copy, GError **error)
{
  g_autofree char *path = g_build_filename (folder, copy->item->key, NULL);
  g_autoptr (GVariant) variant = pack (copy);
  gboolean written;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder, errno);
  komek_fault_point ("outbox.copy.before_write");
  written = store (path, g_variant_get_data (variant), g_variant_get_size (variant), error);
  komek_fault_point ("outbox.copy.renamed");
  return written && sync_folder (folder, error);
}

static GBytes *
take_bytes (GVariant *child)
{
  g_autoptr (GVariant) owned = child;

  return g_variant_get_data_as_bytes (owned);
}

static KomekOutboxCopy *
unpack (GVariant *variant)
{
  KomekOutboxCopy *self = g_new0 (KomekOutboxCopy, 1);
  g_autoptr (GVariant) photos = g_variant_get_child_value (variant, 6);

  self->item = g_new0 (KomekOutboxItem, 1);
  g_variant_get_child (variant, 1, "x", &self->item->sequence);
  g_variant_get_child (variant, 2, "s", &self->item->key);
  g_variant_get_child (variant, 3, "s", &self->item->local);
  g_variant_get_child (variant, 4, "x", &self->item->filed);
  self->item->attempted = TRUE;
  self->payload = take_bytes (g_variant_get_child_value (variant, 5));
  self->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (gsize i = 0; i < g_variant_n_children (photos); i++)
    g_ptr_array_add (self->photos, take_bytes (g_variant_get_child_value (photos, i)));
  return self;
}

/**
 * komek_outbox_copy_read:
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where the file is not what was written.
 *
 * Returns: (transfer full) (nullable): the copy; its item counts as attempted,
 *   for what became of it since is not in there
 */
KomekOutboxCopy *
komek_outbox_copy_read (const char *folder, const char *key, GError **error)
{
  g_autofree char *path = g_build_filename (folder, key, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (KomekOutboxCopy) copy = NULL;
  char *contents;
  gsize length;
  int version;

  if (!g_file_get_contents (path, &contents, &length, error))
    return NULL;
  bytes = g_bytes_new_take (contents, length);
  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FORMAT), bytes, FALSE));
  g_variant_get_child (variant, 0, "i", &version);
  if (g_variant_is_normal_form (variant) && version == VERSION)
    copy = unpack (variant);
  if (!copy || !g_str_equal (copy->item->key, key) || copy->item->sequence <= 0)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "%s holds no request", path);
      return NULL;
    }
  return g_steal_pointer (&copy);
}

void
komek_outbox_copy_remove (const char *folder, const char *key)
{
  g_autofree char *path = g_build_filename (folder, key, NULL);

  if (g_unlink (path) != 0 && errno != ENOENT)
    g_message ("A delivered request's copy cannot be removed yet: %s", g_strerror (errno));
}

/* What a write that was cut short has left. Another process may be writing just now. */
static void
clear_away (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf status;

  if (g_stat (path, &status) == 0
      && status.st_mtime < g_get_real_time () / G_USEC_PER_SEC - LONGEST_WRITE)
    g_unlink (path);
}

/**
 * komek_outbox_copy_list:
 *
 * Returns: (transfer full) (element-type utf8): the keys that have copies, in no order
 */
GPtrArray *
komek_outbox_copy_list (const char *folder)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_uuid_string_is_valid (name))
      g_ptr_array_add (keys, g_strdup (name));
    else
      clear_away (folder, name);
  return keys;
}
