/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-check.h"

#include <glib/gstdio.h>

#include "komek-database.h"

/* How many steps of SQLite's machine lie between two looks whether to go on. */
#define STEPS 20000

/**
 * KomekOutboxCheck:
 *
 * Looks a large outbox through, page by page, while it is in use.
 *
 * In a thread and on a connection of its own: readers hold nobody up, so that a
 * citizen can file before it is over. It stops when it is freed.
 */
struct _KomekOutboxCheck
{
  char    *path;
  guint64  inode;
  GThread *thread;
  gint     stopped; /* atomic, and so is the next */
  gint     over;
  gboolean broken;  /* once it is over */
};

static int
is_stopped (void *data)
{
  KomekOutboxCheck *self = data;

  return g_atomic_int_get (&self->stopped);
}

/* What is there now may be another file than was asked about: that one is somebody else's worry. */
static gboolean
is_the_same (KomekOutboxCheck *self)
{
  GStatBuf status;

  return g_stat (self->path, &status) == 0 && status.st_ino == self->inode;
}

/* What could not be looked through for another reason is not broken by that. */
static gboolean
is_broken (KomekOutboxCheck *self)
{
  g_autoptr (KomekDatabase) database = komek_database_open (self->path, TRUE, NULL);
  g_autoptr (KomekStatement) statement = NULL;

  if (!database || !is_the_same (self))
    return FALSE;
  sqlite3_progress_handler (komek_database_get_handle (database), STEPS, is_stopped, self);
  statement = komek_database_prepare (database, "PRAGMA integrity_check (1)", NULL);
  if (!statement || !komek_database_step (database, statement, NULL))
    return komek_database_is_corrupt (database);
  return !g_str_equal (komek_statement_get_text (statement, 0), "ok");
}

static gpointer
run (gpointer data)
{
  KomekOutboxCheck *self = data;

  self->broken = is_broken (self);
  g_atomic_int_set (&self->over, TRUE);
  return NULL;
}

/**
 * komek_outbox_check_new:
 * @inode: of the file that is meant
 *
 * Returns: (transfer full): a check that has begun
 */
KomekOutboxCheck *
komek_outbox_check_new (const char *path, guint64 inode)
{
  KomekOutboxCheck *self = g_new0 (KomekOutboxCheck, 1);

  self->path = g_strdup (path);
  self->inode = inode;
  self->thread = g_thread_new ("komek-check", run, self);
  return self;
}

void
komek_outbox_check_free (KomekOutboxCheck *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
  g_thread_join (self->thread);
  g_free (self->path);
  g_free (self);
}

/**
 * komek_outbox_check_is_over:
 * @broken: (out): where it is over, whether the file is not what SQLite wrote
 */
gboolean
komek_outbox_check_is_over (KomekOutboxCheck *self, gboolean *broken)
{
  if (!g_atomic_int_get (&self->over))
    return FALSE;
  *broken = self->broken;
  return TRUE;
}
