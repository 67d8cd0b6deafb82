/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-entry.h"
#include "komek-feed.h"

#define KOMEK_TYPE_LISTING (komek_listing_get_type ())
G_DECLARE_FINAL_TYPE (KomekListing, komek_listing, KOMEK, LISTING, GObject)

KomekListing *komek_listing_new (KomekFeed *feed);
void komek_listing_set_keys (KomekListing *self, GArray *keys);
void komek_listing_empty (KomekListing *self);
guint32 komek_listing_get_key (KomekListing *self, guint position);
guint komek_listing_find (KomekListing *self, guint32 key);
guint32 komek_listing_get_selected (KomekListing *self);
void komek_listing_set_selected (KomekListing *self, guint32 key);
void komek_listing_want (KomekListing *self, guint position);
void komek_listing_look_at (KomekListing *self, guint position);
void komek_listing_reload (KomekListing *self);
void komek_listing_prepare_async (KomekListing *self, GArray *keys, guint patience_ms,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
gboolean komek_listing_prepare_finish (KomekListing *self, GAsyncResult *result, GError **error);
gboolean komek_listing_is_slow (KomekListing *self);
