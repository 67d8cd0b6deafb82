/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "komek-error.h"
#include "komek-fault.h"
#include "komek-outbox-check.h"
#include "komek-outbox-door.h"
#include "komek-outbox-marks.h"
#include "komek-outbox-schema.h"
#include "komek-outbox-table.h"
#include "komek-outbox-votes.h"

/* Up to here looking through it takes a tenth of a second. */
#define USUAL_SMALL (32 * 1024 * 1024)

/**
 * KomekOutboxFile:
 *
 * The file under the outbox: made, brought up to date, set aside when it is broken and refilled
 * from the copies.
 *
 * What it holds is nowhere else, so it is written with synchronous=FULL, is
 * never discarded, and each item has a copy in a file of its own. Belongs to one
 * thread. Other processes may have the same file open.
 */
struct _KomekOutboxFile
{
  char             *path;
  char             *copies;  /* a folder */
  char             *votes;   /* a folder with theirs */
  char             *machine; /* a file that tells this machine from its clones */
  KomekDatabase    *database;
  guint64           inode;   /* of the open one */
  int               lease;   /* -1 while another process leads */
  guint64           small;   /* bytes up to which it is looked through before it is used */
  KomekOutboxCheck *check;   /* NULL where nothing is looked through behind our back */
};

/**
 * komek_outbox_file_new:
 * @path: where it is, or is to be made; its copies lie beside it
 * @machine: (nullable): a file with an id of this machine
 *
 * Returns: (transfer full): the file, not opened yet
 */
KomekOutboxFile *
komek_outbox_file_new (const char *path, const char *machine)
{
  KomekOutboxFile *self = g_new0 (KomekOutboxFile, 1);

  self->path = g_strdup (path);
  self->copies = g_strconcat (path, ".items", NULL);
  self->votes = g_strconcat (path, ".votes", NULL);
  self->machine = g_strdup (machine);
  self->lease = -1;
  self->small = USUAL_SMALL;
  return self;
}

/* In bytes: a larger file is looked through while it is in use already. */
void
komek_outbox_file_set_small (KomekOutboxFile *self, guint64 small)
{
  self->small = small;
}

static void
close_database (KomekOutboxFile *self)
{
  g_clear_pointer (&self->check, komek_outbox_check_free);
  g_clear_pointer (&self->database, komek_database_close);
}

void
komek_outbox_file_free (KomekOutboxFile *self)
{
  close_database (self);
  if (self->lease >= 0)
    close (self->lease);
  g_free (self->path);
  g_free (self->copies);
  g_free (self->votes);
  g_free (self->machine);
  g_free (self);
}

static gboolean
fail (GError **error, const char *path, int number)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s: %s", path, g_strerror (number));
  return FALSE;
}

/* SQLite gives its log the mode of the file. */
static gboolean
make_file (KomekOutboxFile *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  GStatBuf status;
  int file;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder, errno);
  file = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0)
    return fail (error, self->path, errno);
  close (file);
  if (g_chmod (self->path, 0600) != 0 || g_stat (self->path, &status) != 0)
    return fail (error, self->path, errno);
  self->inode = status.st_ino;
  return TRUE;
}

static gboolean
sync_folder (KomekOutboxFile *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int file = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced = file >= 0 && fsync (file) == 0;
  int number = errno;

  if (file >= 0)
    close (file);
  return synced || fail (error, folder, number);
}

/* With the indices: a row whose key was changed is found by nobody, and its copy has no place. */
static gboolean
is_sound (KomekOutboxFile *self, GError **error)
{
  g_autoptr (KomekStatement) statement = NULL;
  GStatBuf status;

  if (g_stat (self->path, &status) != 0)
    return TRUE;
  if ((guint64) status.st_size > self->small)
    {
      self->check = komek_outbox_check_new (self->path, self->inode);
      return TRUE;
    }
  statement = komek_database_prepare (self->database, "PRAGMA integrity_check (1)", error);
  if (!statement || !komek_database_step (self->database, statement, error))
    return FALSE;
  if (g_str_equal (komek_statement_get_text (statement, 0), "ok"))
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "%s is broken", self->path);
  return FALSE;
}

/* Full flushes, for a receipt stands for them; deleted rows are overwritten. What says that it is
 * newer is looked through, too, before it is believed. */
static gboolean
try_to_open (KomekOutboxFile *self, GError **error)
{
  if (!make_file (self, error))
    return FALSE;
  komek_fault_point ("outbox.open.made");
  self->database = komek_database_open (self->path, TRUE, error);
  if (!self->database)
    return FALSE;
  komek_database_set_strict (self->database, TRUE);
  return komek_database_execute (self->database,
                                    "PRAGMA journal_mode = WAL;"
                                    "PRAGMA synchronous = FULL;"
                                    "PRAGMA secure_delete = ON;"
                                    "PRAGMA journal_size_limit = 4194304;"
                                    "PRAGMA temp_store = MEMORY",
                                    error)
         && is_sound (self, error) && komek_outbox_schema_prepare (self->database, error)
         && sync_folder (self, error);
}

static gint
compare_copies (gconstpointer a, gconstpointer b)
{
  const KomekOutboxCopy *first = *(const KomekOutboxCopy *const *) a;
  const KomekOutboxCopy *second = *(const KomekOutboxCopy *const *) b;

  return first->item->sequence < second->item->sequence ? -1
         : first->item->sequence > second->item->sequence;
}

/* Whether a copy's row is gone; the copy of a delivered one is removed on the way. */
static gboolean
is_orphan (KomekOutboxFile *self, const char *key, gboolean *orphan, GError **error)
{
  g_autoptr (KomekOutboxItem) item = NULL;

  *orphan = FALSE;
  if (!komek_outbox_table_find (self->database, key, &item, error))
    return FALSE;
  *orphan = item == NULL;
  if (item && item->state == KOMEK_OUTBOX_DELIVERED)
    komek_outbox_copy_remove (self->copies, key);
  return TRUE;
}

static GPtrArray *
find_orphans (KomekOutboxFile *self, GError **error)
{
  g_autoptr (GPtrArray) keys = komek_outbox_copy_list (self->copies);
  g_autoptr (GPtrArray) orphans =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_outbox_copy_free);

  for (guint i = 0; i < keys->len; i++)
    {
      g_autoptr (GError) problem = NULL;
      KomekOutboxCopy *copy;
      gboolean orphan;

      if (!is_orphan (self, keys->pdata[i], &orphan, error))
        return NULL;
      copy = orphan ? komek_outbox_copy_read (self->copies, keys->pdata[i], &problem) : NULL;
      if (copy)
        g_ptr_array_add (orphans, copy);
      else if (problem)
        g_message ("A copy in the outbox cannot be read: %s", problem->message);
    }
  g_ptr_array_sort (orphans, compare_copies);
  return g_steal_pointer (&orphans);
}

/* At its old place where that is free. */
static gboolean
restore (KomekOutboxFile *self, const KomekOutboxCopy *copy, GError **error)
{
  g_autoptr (KomekOutboxItem) other = NULL;

  if (!komek_outbox_table_get (self->database, copy->item->sequence, &other, error))
    return FALSE;
  if (other)
    copy->item->sequence = 0;
  return komek_outbox_table_insert (self->database, copy->item, copy->payload, copy->photos, error);
}

static gboolean
bring_back_requests (KomekOutboxFile *self, GError **error)
{
  g_autoptr (GPtrArray) orphans = find_orphans (self, error);
  gboolean done = TRUE;

  if (!orphans || orphans->len == 0)
    return orphans != NULL;
  if (!komek_database_begin (self->database, error))
    return FALSE;
  for (guint i = 0; done && i < orphans->len; i++)
    done = restore (self, orphans->pdata[i], error);
  /* What was lost may have been the count of the series, too: no number shall be given twice. */
  done = done && komek_outbox_marks_draw_series (self->database, error);
  komek_fault_point ("outbox.restore.before_commit");
  done = komek_database_end (self->database, done, error);
  if (done)
    g_message ("%u requests of the outbox were brought back from their copies", orphans->len);
  return done;
}

/**
 * komek_outbox_file_reconcile:
 *
 * Brings back rows that were lost from their copies, and removes copies that
 * are not needed any more. A restored one may have been sent before.
 */
gboolean
komek_outbox_file_reconcile (KomekOutboxFile *self, GError **error)
{
  return bring_back_requests (self, error)
         && komek_outbox_votes_reconcile (self->database, self->votes, error);
}

static gboolean
is_lost (KomekOutboxFile *self, const GError *error)
{
  return (self->database && komek_database_is_corrupt (self->database))
         || g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

/* Much of what is wrong with a file shows only when it is first used. */
static gboolean
take_up (KomekOutboxFile *self, GError **error)
{
  if (!try_to_open (self, error))
    return FALSE;
  komek_fault_point ("outbox.open.opened");
  return komek_outbox_marks_check (self->database, self->machine, error)
         && komek_outbox_table_mend (self->database, error)
         && komek_outbox_file_reconcile (self, error);
}

static gboolean
open_or_begin_anew (KomekOutboxFile *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean lost;

  if (take_up (self, &problem))
    return TRUE;
  lost = is_lost (self, problem);
  close_database (self);
  if (!lost)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (komek_outbox_door_set_aside (self->path, self->inode, error) && take_up (self, error))
    return TRUE;
  close_database (self);
  return FALSE;
}

static gboolean
open_again (KomekOutboxFile *self, GError **error)
{
  gboolean broken = self->database && komek_database_is_corrupt (self->database);

  close_database (self);
  if (broken && !komek_outbox_door_set_aside (self->path, self->inode, error))
    return FALSE;
  return open_or_begin_anew (self, error);
}

static gboolean
is_current (KomekOutboxFile *self)
{
  GStatBuf status;

  return !komek_database_is_corrupt (self->database) && g_stat (self->path, &status) == 0
         && status.st_ino == self->inode;
}

/* What was found behind our back counts like what we found ourselves. */
static void
hear_of_check (KomekOutboxFile *self)
{
  gboolean broken;

  if (!self->check || !komek_outbox_check_is_over (self->check, &broken))
    return;
  g_clear_pointer (&self->check, komek_outbox_check_free);
  if (broken)
    komek_database_condemn (self->database, "The outbox is damaged", NULL);
}

/* Whether any use of it so far has shown that it is not what SQLite wrote. */
gboolean
komek_outbox_file_is_broken (KomekOutboxFile *self)
{
  return self->database && komek_database_is_corrupt (self->database);
}

/**
 * komek_outbox_file_open:
 *
 * Opens it, whatever that takes, where it is not open or another process has
 * set it aside.
 *
 * Fails with %KOMEK_ERROR_UNSAVED where it cannot be had now, and where a newer
 * version of this program wrote it.
 *
 * Returns: (transfer none) (nullable): the connection, for as long as nobody opens it again
 */
KomekDatabase *
komek_outbox_file_open (KomekOutboxFile *self, GError **error)
{
  gboolean opened;
  int door;

  komek_fault_point ("outbox.turn");
  hear_of_check (self);
  if (self->database && is_current (self))
    return self->database;
  door = komek_outbox_door_shut (self->path);
  opened = open_again (self, error);
  komek_outbox_door_open (door);
  return opened ? self->database : NULL;
}

const char *
komek_outbox_file_get_path (KomekOutboxFile *self)
{
  return self->path;
}

/* The folder of the copies. */
const char *
komek_outbox_file_get_copies (KomekOutboxFile *self)
{
  return self->copies;
}

/* The folder of the copies of votes. */
const char *
komek_outbox_file_get_votes (KomekOutboxFile *self)
{
  return self->votes;
}

/**
 * komek_outbox_file_lead:
 *
 * Tries to become the one process that delivers. The kernel takes the lease back however we end.
 *
 * Returns: whether it is us
 */
gboolean
komek_outbox_file_lead (KomekOutboxFile *self)
{
  g_autofree char *path = NULL;

  if (self->lease >= 0)
    return TRUE;
  path = g_strconcat (self->path, ".lock", NULL);
  self->lease = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  komek_fault_point ("outbox.lead");
  if (self->lease >= 0 && flock (self->lease, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (self->lease >= 0)
    close (self->lease);
  self->lease = -1;
  return FALSE;
}
