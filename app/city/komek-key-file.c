/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-key-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "komek-error.h"
#include "komek-seal.h"

/* The city's secret key for contacts. It lies beside the database, readable by
 * its owner alone, so that it can be carried away and kept elsewhere: the
 * server needs only the public one. */

static gboolean
fail (const char *path, const char *what, GError **error)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s %s: %s", path, what,
               g_strerror (errno));
  return FALSE;
}

static gboolean
write_durably (const char *path, const char *text, GError **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  gsize length = strlen (text);
  gboolean written;

  if (fd < 0)
    return fail (path, "cannot be made", error);
  written = write (fd, text, length) == (gssize) length && fsync (fd) == 0;
  if (!written)
    fail (path, "cannot be written", error);
  close (fd);
  return written;
}

static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    fail (folder, "cannot be written", error);
  if (fd >= 0)
    close (fd);
  return synced;
}

/* Whole under another name first: a key that a power cut leaves half-written
 * would lose every contact sealed to it. Who comes second takes what is there. */
static gboolean
make (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *draft = g_strdup_printf ("%s.%d.part", path, getpid ());
  g_autofree char *public_key = NULL;
  g_autofree char *secret_key = NULL;
  gboolean made;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (folder, "cannot be made for the key", error);
  if (!komek_seal_make_pair (&public_key, &secret_key, error))
    return FALSE;
  g_unlink (draft);
  made = write_durably (draft, secret_key, error)
         && (link (draft, path) == 0 || errno == EEXIST || fail (path, "cannot be made", error))
         && sync_folder (path, error);
  explicit_bzero (secret_key, strlen (secret_key));
  g_unlink (draft);
  return made;
}

/**
 * komek_key_file_open:
 * @path: of the secret key; it is made where there is none
 *
 * Fails with %KOMEK_ERROR_UNSAVED where it cannot be made or read, and with
 * %KOMEK_ERROR_UNREADABLE where it is no key.
 *
 * Returns: (transfer full): the public key that belongs to it
 */
char *
komek_key_file_open (const char *path, GError **error)
{
  g_autofree char *secret_key = NULL;
  g_autoptr (GError) reason = NULL;
  char *public_key;

  if (g_access (path, F_OK) != 0 && !make (path, error))
    return NULL;
  if (!g_file_get_contents (path, &secret_key, NULL, &reason))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be read: %s", path,
                   reason->message);
      return NULL;
    }
  public_key = komek_seal_get_public_key (g_strstrip (secret_key), error);
  explicit_bzero (secret_key, strlen (secret_key));
  return public_key;
}
