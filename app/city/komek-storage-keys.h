/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _KomekStorageKeys KomekStorageKeys;

KomekStorageKeys *komek_storage_keys_new (void);
void komek_storage_keys_free (KomekStorageKeys *self);
char *komek_storage_keys_claim (KomekStorageKeys *self, const char *client, const char *key,
                                GError **error);
void komek_storage_keys_release (KomekStorageKeys *self, char *claim);
