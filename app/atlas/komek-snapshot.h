/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-morton.h"

#define KOMEK_SNAPSHOT_STAMP 64 /* bytes of a stamp, with the NUL at its end */

KomekMorton *komek_snapshot_parse (GBytes *bytes, GError **error);
KomekMorton *komek_snapshot_read (const char *path, GError **error);
void komek_snapshot_read_async (const char *path, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
KomekMorton *komek_snapshot_read_finish (GAsyncResult *result, GError **error);
gboolean komek_snapshot_write (const char *path, KomekMorton *order, GError **error);
void komek_snapshot_write_async (const char *path, KomekMorton *order, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
gboolean komek_snapshot_write_finish (GAsyncResult *result, GError **error);
