/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-foundation.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "komek-error.h"
#include "komek-sample.h"
#include "komek-storage-postgres.h"
#include "komek-storage-sqlite.h"

/* Opens the database of the city and founds it where there is none. A new one
 * is made under another name and gets its own only when it is whole, so that
 * whoever is killed on the way leaves nothing half-written. */

#define DRAFT_END ".part"

static gboolean
fail (const char *path, const char *what, GError **error)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s %s: %s", path, what,
               g_strerror (errno));
  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_mkdir_with_parents (folder, 0700) == 0
         || fail (folder, "cannot be made for the database", error);
}

/* The process that a draft belongs to; 0 where @name is no draft of @base. */
static pid_t
read_founder (const char *name, const char *base)
{
  gsize length = strlen (base);
  guint64 founder = 0;
  g_autofree char *middle = NULL;

  if (!g_str_has_prefix (name, base) || name[length] != '.' || !g_str_has_suffix (name, DRAFT_END))
    return 0;
  middle = g_strndup (name + length + 1, strlen (name + length + 1) - strlen (DRAFT_END));
  g_ascii_string_to_unsigned (middle, 10, 1, G_MAXINT32, &founder, NULL);
  return founder;
}

/* Removes what founders have left who were killed on the way. */
static void
clear_drafts (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      pid_t founder = read_founder (name, base);
      g_autofree char *draft = g_build_filename (folder, name, NULL);

      if (founder > 0 && kill (founder, 0) != 0 && errno == ESRCH)
        g_unlink (draft);
    }
}

/* SQLite would say only that it cannot open the file. */
static gboolean
reserve (const char *path, GError **error)
{
  int fd;

  g_unlink (path);
  fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (path, "cannot be written", error);
  close (fd);
  return TRUE;
}

static gboolean
sync_file (const char *path, int flags, GError **error)
{
  int fd = g_open (path, flags | O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    fail (path, "cannot be written", error);
  if (fd >= 0)
    close (fd);
  return synced;
}

/* A file without a byte in it is what "touch" or a killed copy leaves: nobody's database yet. */
static gboolean
is_to_be_founded (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) != 0 || (S_ISREG (status.st_mode) && status.st_size == 0);
}

/* Somebody may have founded the same city in the meantime; then theirs is taken. */
static gboolean
give_name (const char *draft, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean was_there = g_file_test (path, G_FILE_TEST_EXISTS);

  if (!sync_file (draft, 0, error))
    return FALSE;
  /* Over an empty file there is only this way; of two who come at once, one is left. */
  if (was_there && is_to_be_founded (path) && g_rename (draft, path) != 0)
    return fail (path, "cannot be written", error);
  if (!was_there && link (draft, path) != 0 && errno != EEXIST)
    return fail (path, "cannot be written", error);
  return sync_file (folder, O_DIRECTORY, error);
}

static gboolean
write_city (const KomekOffice *office, GResource *data, const char *path, guint sample,
            GError **error)
{
  g_autoptr (KomekStorage) storage = komek_storage_sqlite_create (path, error);

  return storage && (sample == 0 || komek_sample_fill (office, data, storage, sample, error));
}

static gboolean
found_city (const KomekOffice *office, GResource *data, const char *path, guint sample,
            GError **error)
{
  g_autofree char *draft = g_strdup_printf ("%s.%d" DRAFT_END, path, getpid ());
  gboolean founded;

  clear_drafts (path);
  founded = make_folder (path, error) && reserve (draft, error)
            && write_city (office, data, draft, sample, error) && give_name (draft, path, error);

  g_unlink (draft);
  return founded;
}

/* A city that was founded empty is filled only when somebody asks for it. */
static gboolean
fill_if_empty (const KomekOffice *office, GResource *data, KomekStorage *storage, int sample,
               GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean empty;

  if (sample <= 0)
    return TRUE;
  if (!komek_storage_is_empty (storage, &empty, error))
    return FALSE;
  if (!empty || komek_sample_fill (office, data, storage, sample, &problem))
    return TRUE;
  /* Another server may have filled the same city in the meantime. */
  if (g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static KomekStorage *
open_file (const KomekOffice *office, GResource *data, const char *path, int sample, GError **error)
{
  if (is_to_be_founded (path)
      && !found_city (office, data, path, sample < 0 ? KOMEK_SAMPLE_USUAL : sample, error))
    return NULL;
  return komek_storage_sqlite_open (path, error);
}

/**
 * komek_foundation_open:
 * @office: without a storage yet
 * @data: the files of the city
 * @address: of the database: postgresql://…, or the path of a file
 * @sample: how many requests to make up for an empty city, -1 where nobody said: then a new file
 *   gets the usual number, and what is there already, as any PostgreSQL, none
 *
 * Returns: (transfer full): the storage of the city
 */
KomekStorage *
komek_foundation_open (const KomekOffice *office, GResource *data, const char *address, int sample,
                       GError **error)
{
  g_autoptr (KomekStorage) storage = komek_storage_postgres_is_address (address)
                                       ? komek_storage_postgres_open (address, error)
                                       : open_file (office, data, address, sample, error);

  if (!storage || !fill_if_empty (office, data, storage, sample, error))
    return NULL;
  return g_steal_pointer (&storage);
}
