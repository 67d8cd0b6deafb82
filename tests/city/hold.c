/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hold.h"

#include <sqlite3.h>
#include <string.h>

#include "harness.h"

#define PATIENCE_MS 5000

struct _Hold
{
  sqlite3     *file;
  GSubprocess *shared; /* psql with a transaction, which ends with its input */
};

static GSubprocess *
hold_shared (void)
{
  static const char lock[] =
    "BEGIN; LOCK TABLE komek.stamp IN EXCLUSIVE MODE; SELECT 'locked';\n";
  g_autoptr (GError) error = NULL;
  GSubprocess *psql = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "psql", "-AtXq",
      g_getenv ("KOMEK_TEST_DATABASE"), NULL);
  char locked[6];

  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (psql), lock, strlen (lock), NULL, NULL,
                             &error);
  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (psql), locked, sizeof locked, NULL, NULL,
                           &error);
  g_assert_no_error (error);
  return psql;
}

/* Keeps whoever writes to the database in @folder waiting until hold_let_go(). */
Hold *
hold_take (const char *folder)
{
  Hold *self = g_new0 (Hold, 1);
  g_autofree char *path = harness_dup_database (folder);

  if (harness_is_shared ())
    {
      self->shared = hold_shared ();
      return self;
    }
  g_assert_cmpint (sqlite3_open (path, &self->file), ==, SQLITE_OK);
  sqlite3_busy_timeout (self->file, PATIENCE_MS);
  g_assert_cmpint (sqlite3_exec (self->file, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  return self;
}

void
hold_let_go (Hold *self)
{
  g_autoptr (GError) error = NULL;

  if (self->shared)
    {
      g_output_stream_close (g_subprocess_get_stdin_pipe (self->shared), NULL, &error);
      g_assert_no_error (error);
      g_subprocess_wait_check (self->shared, NULL, &error);
      g_assert_no_error (error);
      g_object_unref (self->shared);
    }
  sqlite3_close (self->file);
  g_free (self);
}
