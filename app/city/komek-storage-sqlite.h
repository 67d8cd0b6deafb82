/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-storage.h"

#define KOMEK_TYPE_STORAGE_SQLITE (komek_storage_sqlite_get_type ())
G_DECLARE_FINAL_TYPE (KomekStorageSqlite, komek_storage_sqlite, KOMEK, STORAGE_SQLITE, GObject)

KomekStorage *komek_storage_sqlite_create (const char *path, GError **error);
KomekStorage *komek_storage_sqlite_open (const char *path, GError **error);
