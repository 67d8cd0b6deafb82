/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-request.h"

#define KOMEK_TYPE_ENTRY (komek_entry_get_type ())
G_DECLARE_FINAL_TYPE (KomekEntry, komek_entry, KOMEK, ENTRY, GObject)

KomekEntry *komek_entry_new (guint32 key, guint position);
guint32 komek_entry_get_key (KomekEntry *self);
guint komek_entry_get_position (KomekEntry *self);
void komek_entry_set_position (KomekEntry *self, guint position);
KomekRequest *komek_entry_get_request (KomekEntry *self);
void komek_entry_set_request (KomekEntry *self, KomekRequest *request);
