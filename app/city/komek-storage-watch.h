/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define KOMEK_STORAGE_READERS 4

/**
 * KomekStorageWatch:
 *
 * Since when each of the connections that read has been in use. All zero, nobody reads.
 */
typedef struct
{
  gpointer       readers[KOMEK_STORAGE_READERS];
  _Atomic gint64 since[KOMEK_STORAGE_READERS]; /* monotonic; 0 while nobody reads with it */
} KomekStorageWatch;

void komek_storage_watch_begin (KomekStorageWatch *self, gpointer reader);
void komek_storage_watch_end (KomekStorageWatch *self, gpointer reader);
gint64 komek_storage_watch_get_delay (KomekStorageWatch *self);
