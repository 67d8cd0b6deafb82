/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-sqlite.h"
#include "komek-storage-sqlite.h"

/* Shared by the files of the engine: the object itself, reading, filing and loading. */
struct _KomekStorageSqlite
{
  GObject      parent;
  char        *path;
  GMutex       writing; /* guards the writer */
  sqlite3     *writer;
  GAsyncQueue *readers; /* connections that nobody reads with */

  sqlite3_stmt *add_request;
  sqlite3_stmt *add_step;
  sqlite3_stmt *add_words;
  sqlite3_stmt *add_attribute;
};

#define KOMEK_STORAGE_SQLITE_COLUMNS \
  "number, service, status, text, language, lat, lon, address, district, agency, requested, " \
  "updated, due, supporters"

gboolean komek_storage_sqlite_list (KomekStorage *storage, const KomekQuery *query,
                                    KomekRecordVisitor visit, gpointer data, GError **error);
gboolean komek_storage_sqlite_history (KomekStorage *storage, const char *const *numbers,
                                       gint64 start, gint64 end, KomekStepVisitor visit,
                                       gpointer data, GError **error);
char *komek_storage_sqlite_file (KomekStorage *storage, const KomekRecord *record, GTimeZone *zone,
                                 GError **error);
gboolean komek_storage_sqlite_begin_load (KomekStorage *storage, GError **error);
gboolean komek_storage_sqlite_load (KomekStorage *storage, const KomekRecord *record,
                                    GError **error);
gboolean komek_storage_sqlite_end_load (KomekStorage *storage, GError **error);

gboolean komek_storage_sqlite_create_indexes (sqlite3 *db, GError **error);
gboolean komek_storage_sqlite_prepare_adding (KomekStorageSqlite *self, GError **error);
void komek_storage_sqlite_end_adding (KomekStorageSqlite *self);
gboolean komek_storage_sqlite_add (KomekStorageSqlite *self, const KomekRecord *record,
                                   const char *number, GError **error);
