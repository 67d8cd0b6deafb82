/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-door.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "komek-error.h"
#include "komek-fault.h"

/* Who opens an outbox does so behind a shut door: of several processes that find
 * the same damage one sets the file aside, and the next finds what that one made. */

/* Whoever holds it for longer is not at work but stopped, and a citizen waits. */
#define PATIENCE (5 * G_TIME_SPAN_SECOND)
#define PAUSE (10 * G_TIME_SPAN_MILLISECOND)

/**
 * komek_outbox_door_shut:
 *
 * Waits for the door and shuts it. The kernel opens it again however we end.
 *
 * Returns: the door; -1 where there is none to be had, and then it goes on without: on a disk that
 *   is full the outbox is needed all the same
 */
int
komek_outbox_door_shut (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strconcat (path, ".door", NULL);
  gint64 end = g_get_monotonic_time () + PATIENCE;
  int door;

  g_mkdir_with_parents (folder, 0700);
  door = g_open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  while (door >= 0 && flock (door, LOCK_EX | LOCK_NB) != 0)
    {
      if (g_get_monotonic_time () > end)
        {
          g_message ("Another process has held %s for too long: going on without it", name);
          close (door);
          return -1;
        }
      g_usleep (PAUSE);
    }
  return door;
}

void
komek_outbox_door_open (int door)
{
  if (door >= 0)
    close (door);
}

static gboolean
fail (GError **error, const char *path, int number)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s: %s", path, g_strerror (number));
  return FALSE;
}

static gboolean
is_gone (const char *path, guint64 inode)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_ino != inode;
}

/**
 * komek_outbox_door_set_aside:
 * @inode: of the file that was found broken; where another one is there by now nothing is done
 *
 * Behind the shut door: gives a broken file another name, with its log.
 */
gboolean
komek_outbox_door_set_aside (const char *path, guint64 inode, GError **error)
{
  const char *const parts[] = { "", "-wal", "-shm" };
  g_autofree char *spare = NULL;

  if (is_gone (path, inode))
    return TRUE;
  for (guint i = 1; !spare || g_file_test (spare, G_FILE_TEST_EXISTS); i++)
    {
      g_free (spare);
      spare = g_strdup_printf ("%s.bad-%u", path, i);
    }
  g_message ("%s is broken: setting it aside as %s", path, spare);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (path, parts[i], NULL);
      g_autofree char *to = g_strconcat (spare, parts[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return fail (error, from, errno);
      komek_fault_point ("outbox.set_aside");
    }
  return TRUE;
}
