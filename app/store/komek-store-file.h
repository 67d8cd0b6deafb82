/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

typedef struct _KomekStoreFile KomekStoreFile;

KomekStoreFile *komek_store_file_new (const char *path);
KomekStoreFile *komek_store_file_ref (KomekStoreFile *self);
void komek_store_file_unref (KomekStoreFile *self);
KomekDatabase *komek_store_file_open (KomekStoreFile *self, GError **error);
KomekDatabase *komek_store_file_open_to_read (KomekStoreFile *self, guint *generation,
                                              GError **error);
guint komek_store_file_get_generation (KomekStoreFile *self);
void komek_store_file_doubt (KomekStoreFile *self, KomekDatabase *database, guint generation);
gboolean komek_store_file_is_condemned (KomekStoreFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekStoreFile, komek_store_file_unref)
