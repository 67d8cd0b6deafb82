/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-watch.h"

/* Looked at by threads that must never wait, least of all for what they look at. */

static void
set_since (KomekStorageWatch *self, gpointer reader, gint64 since)
{
  for (guint i = 0; i < KOMEK_STORAGE_READERS; i++)
    if (self->readers[i] == reader)
      self->since[i] = since;
}

void
komek_storage_watch_begin (KomekStorageWatch *self, gpointer reader)
{
  set_since (self, reader, g_get_monotonic_time ());
}

void
komek_storage_watch_end (KomekStorageWatch *self, gpointer reader)
{
  set_since (self, reader, 0);
}

/**
 * komek_storage_watch_get_delay:
 *
 * Returns: how long the one that has read longest has been at it, in µs; 0 for nobody
 */
gint64
komek_storage_watch_get_delay (KomekStorageWatch *self)
{
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < KOMEK_STORAGE_READERS; i++)
    {
      gint64 since = self->since[i];

      if (since != 0)
        first = MIN (first, since);
    }
  return first < G_MAXINT64 ? g_get_monotonic_time () - first : 0;
}
