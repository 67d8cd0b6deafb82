/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-storage.h"

#define KOMEK_TYPE_STORAGE_POSTGRES (komek_storage_postgres_get_type ())
G_DECLARE_FINAL_TYPE (KomekStoragePostgres, komek_storage_postgres, KOMEK, STORAGE_POSTGRES,
                      GObject)

gboolean komek_storage_postgres_is_address (const char *address);
KomekStorage *komek_storage_postgres_open (const char *address, GError **error);
