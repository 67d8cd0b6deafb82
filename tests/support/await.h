/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Lets a test read asynchronous calls from top to bottom: hand on_awaited and
 * the address of an empty pointer to the call, then await that pointer. All
 * are inline, for each test is a program of its own. */

static inline void
on_awaited (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static inline GAsyncResult *
await (GAsyncResult **slot)
{
  while (!*slot)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

static inline gboolean
on_time_passed (gpointer passed)
{
  *(gboolean *) passed = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs what is due meanwhile. */
static inline void
let_pass (guint milliseconds)
{
  gboolean passed = FALSE;

  g_timeout_add (milliseconds, on_time_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

/* Drops our reference, the last one but for a thread's, which may hold the object for a moment
 * longer than what it was asked for. */
static inline void
let_go (GObject *object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  for (guint i = 0; i < 400 && weak; i++)
    let_pass (5);
  g_assert_null (weak);
}
