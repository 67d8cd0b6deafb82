/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-fault.h"

#ifdef KOMEK_FAULTS

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
note (const char *path, const char *name)
{
  g_autofree char *line = g_strconcat (name, "\n", NULL);
  int file = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (file < 0 || write (file, line, strlen (line)) < 0)
    g_warning ("The point %s cannot be noted in %s", name, path);
  if (file >= 0)
    close (file);
}

/**
 * komek_fault_point:
 * @name: "where.what-was-done"
 *
 * Says that the program has come to a place where its end must harm nobody.
 *
 * With KOMEK_FAULT=NAME or NAME:N in the environment it is killed there, the
 * first or the Nth time; with KOMEK_FAULT_LOG=PATH the names that it passed are
 * written to a file. For any thread.
 */
void
komek_fault_point (const char *name)
{
  static gint passed;
  const char *wanted = g_getenv ("KOMEK_FAULT");
  const char *log = g_getenv ("KOMEK_FAULT_LOG");
  gsize length = strlen (name);

  if (log)
    note (log, name);
  if (!wanted || strncmp (wanted, name, length) != 0 || (wanted[length] && wanted[length] != ':'))
    return;
  if (g_atomic_int_add (&passed, 1) + 1 == (wanted[length] ? atoi (wanted + length + 1) : 1))
    kill (getpid (), SIGKILL);
}

#endif
