/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-reserve.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "komek-error.h"

/* A file of nothing beside the outbox, PATH.reserve. SQLite cannot even read
 * without room for its log and its index of it; when the disk is full this file
 * makes way, so that what is kept already is still sent. New requests do not get
 * it: they are refused before anybody types. */

/* Bytes. */
#define RESERVE (1024 * 1024)

static char *
name (const char *path)
{
  return g_strconcat (path, ".reserve", NULL);
}

/* Lays the reserve in where there is none. It is no harm where it cannot be. */
static void
keep (const char *path)
{
  g_autofree char *reserve = name (path);
  int file = g_open (reserve, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int number;

  if (file < 0)
    return;
  number = posix_fallocate (file, 0, RESERVE);
  close (file);
  if (number != 0)
    {
      g_unlink (reserve);
      g_debug ("No reserve could be laid in: %s", g_strerror (number));
    }
}

/* Gives its room to whoever needs it now; whether there was any. */
static gboolean
spend (const char *path)
{
  g_autofree char *reserve = name (path);

  if (g_unlink (reserve) != 0)
    return FALSE;
  g_message ("The disk is full: the outbox uses its reserve to send what it has");
  return TRUE;
}

static gboolean
measure (const char *path, guint64 *left, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statvfs room;

  if (statvfs (folder, &room) != 0)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  *left = (guint64) room.f_bavail * room.f_frsize;
  return TRUE;
}

/**
 * komek_outbox_reserve_has_room:
 * @path: of the outbox
 * @least: bytes
 *
 * Fails with %KOMEK_ERROR_UNSAVED where less is free; where it is not, the reserve is laid in.
 */
gboolean
komek_outbox_reserve_has_room (const char *path, guint64 least, GError **error)
{
  guint64 left;

  if (!measure (path, &left, error))
    return FALSE;
  if (left >= least)
    {
      keep (path);
      return TRUE;
    }
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED,
               "Only %" G_GUINT64_FORMAT " MB are free for %s", left >> 20, path);
  return FALSE;
}

/**
 * komek_outbox_reserve_make_room:
 *
 * Spends the reserve where the disk is full; with room enough something else is wrong.
 *
 * Returns: whether there is a little more room now than there was, for what is kept already
 */
gboolean
komek_outbox_reserve_make_room (const char *path)
{
  guint64 left;

  return measure (path, &left, NULL) && left < RESERVE && spend (path);
}
