/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-entry.h"
#include "komek-feed.h"

#define KOMEK_TYPE_ENTRIES (komek_entries_get_type ())
G_DECLARE_FINAL_TYPE (KomekEntries, komek_entries, KOMEK, ENTRIES, GObject)

KomekEntries *komek_entries_new (KomekFeed *feed);
KomekEntry *komek_entries_look_up (KomekEntries *self, guint32 key);
KomekEntry *komek_entries_obtain (KomekEntries *self, guint32 key, guint position);
void komek_entries_renumber (KomekEntries *self, GArray *keys);
void komek_entries_want (KomekEntries *self, guint32 key);
void komek_entries_want_all (KomekEntries *self);
void komek_entries_look_at (KomekEntries *self, guint position);
guint komek_entries_get_focus (KomekEntries *self);
gboolean komek_entries_is_slow (KomekEntries *self);

void komek_entries_prepare_async (KomekEntries *self, GArray *keys, guint position,
                                  guint patience_ms, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);
gboolean komek_entries_prepare_finish (KomekEntries *self, GAsyncResult *result, GError **error);
