/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-reserve.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A file of nothing beside the outbox, PATH.reserve. SQLite cannot even read
 * without room for its log and its index of it; when the disk is full this file
 * makes way, so that what is kept already is still sent. New requests do not get
 * it: they are refused before anybody types. */

static char *
name (const char *path)
{
  return g_strconcat (path, ".reserve", NULL);
}

/**
 * komek_outbox_reserve_keep:
 * @path: of the outbox
 *
 * Lays the reserve in where there is none. It is no harm where it cannot be.
 */
void
komek_outbox_reserve_keep (const char *path)
{
  g_autofree char *reserve = name (path);
  int file = g_open (reserve, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int number;

  if (file < 0)
    return;
  number = posix_fallocate (file, 0, KOMEK_OUTBOX_RESERVE);
  close (file);
  if (number != 0)
    {
      g_unlink (reserve);
      g_debug ("No reserve could be laid in: %s", g_strerror (number));
    }
}

/**
 * komek_outbox_reserve_spend:
 *
 * Gives its room to whoever needs it now.
 *
 * Returns: whether there was any
 */
gboolean
komek_outbox_reserve_spend (const char *path)
{
  g_autofree char *reserve = name (path);

  if (g_unlink (reserve) != 0)
    return FALSE;
  g_message ("The disk is full: the outbox uses its reserve to send what it has");
  return TRUE;
}
