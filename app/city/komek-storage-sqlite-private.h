/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-sqlite.h"
#include "komek-storage-keys.h"
#include "komek-storage-scribe.h"
#include "komek-storage-sqlite.h"
#include "komek-storage-watch.h"

/* Shared by the files of the engine: the object itself, its schema, reading,
 * filing, changing and loading. */
struct _KomekStorageSqlite
{
  GObject           parent;
  char             *path;
  KomekSqlite      *writer;  /* the scribe's; nobody else's but while a city is loaded */
  GAsyncQueue      *readers; /* connections that nobody reads with */
  KomekScribe      *scribe;  /* NULL while the file is made */
  gboolean          loading; /* inside the transaction of a load */
  KomekStorageKeys *keys;
  KomekStorageWatch watch;
};

#define KOMEK_STORAGE_SQLITE_COLUMNS \
  "id, number, service, status, text, language, lat, lon, address, district, agency, requested, " \
  "updated, due, supporters, photos"

KomekSqlite *komek_storage_sqlite_borrow (KomekStorageSqlite *self);
void komek_storage_sqlite_give_back (KomekStorageSqlite *self, KomekSqlite *db);
gboolean komek_storage_sqlite_write (KomekStorageSqlite *self, KomekScribeWork work, gpointer data,
                                     GError **error);

gboolean komek_storage_sqlite_make_schema (KomekSqlite *db, GError **error);
gboolean komek_storage_sqlite_migrate (KomekSqlite *db, const char *path, GError **error);
gboolean komek_storage_sqlite_create_indexes (KomekSqlite *db, GError **error);
gboolean komek_storage_sqlite_drop_indexes (KomekSqlite *db, GError **error);

void komek_storage_sqlite_read_record (KomekSqliteRun *row, KomekRecord *record);
gboolean komek_storage_sqlite_list (KomekStorage *storage, const KomekQuery *query,
                                    KomekRecordVisitor visit, gpointer data, GError **error);
gboolean komek_storage_sqlite_history (KomekStorage *storage, const KomekStepQuery *query,
                                       KomekStepVisitor visit, gpointer data, GError **error);
gboolean komek_storage_sqlite_look_up (KomekStorage *storage, const KomekLookUp *what,
                                       KomekRegistration **found, GError **error);
gboolean komek_storage_sqlite_list_photos (KomekStorage *storage, const char *number,
                                           KomekPhotoVisitor visit, gpointer data, GError **error);
gboolean komek_storage_sqlite_get_photo (KomekStorage *storage, const char *number, guint place,
                                         KomekPhotoVisitor visit, gpointer data, GError **error);
gboolean komek_storage_sqlite_list_withdrawn (KomekStorage *storage, gint64 since, guint limit,
                                              KomekRecordVisitor visit, gpointer data,
                                              GError **error);
gboolean komek_storage_sqlite_is_withdrawn (KomekStorage *storage, const char *number,
                                            gboolean *withdrawn, GError **error);
gboolean komek_storage_sqlite_is_sender (KomekStorage *storage, const char *number,
                                         const char *client, gboolean *sender, GError **error);
gboolean komek_storage_sqlite_find_contact (KomekStorage *storage, const char *number,
                                            char **contact, GError **error);
gboolean komek_storage_sqlite_list_clients (KomekStorage *storage, const char *key_hash,
                                             KomekClientVisitor visit, gpointer data,
                                             GError **error);
gboolean komek_storage_sqlite_get_stamp (KomekStorage *storage, gint64 *stamp, GError **error);
gboolean komek_storage_sqlite_count_pending (KomekStorage *storage, guint *n_pending,
                                             GError **error);
char *komek_storage_sqlite_dup_note (KomekStorage *storage, const char *name, GError **error);
gboolean komek_storage_sqlite_is_empty (KomekStorage *storage, gboolean *empty, GError **error);

gboolean komek_storage_sqlite_add (KomekSqlite *db, const KomekRecord *record, const char *number,
                                   GError **error);
gboolean komek_storage_sqlite_add_step (KomekSqlite *db, gint64 request, const KomekStep *step,
                                        GError **error);
KomekRegistration *komek_storage_sqlite_file (KomekStorage *storage, const KomekRecord *record,
                                              GTimeZone *zone, GError **error);
KomekRegistration *komek_storage_sqlite_file_later (KomekStorage *storage,
                                                    const KomekRecord *record, GError **error);
gboolean komek_storage_sqlite_settle (KomekStorage *storage, GTimeZone *zone, guint limit,
                                      guint *n_settled, GError **error);

gboolean komek_storage_sqlite_add_update (KomekStorage *storage, const KomekStep *step,
                                          gboolean keeps_status, gint64 *id, GError **error);
gboolean komek_storage_sqlite_pass_update (KomekStorage *storage, gint64 id, gint64 time,
                                           gboolean *passed, GError **error);
gboolean komek_storage_sqlite_vote (KomekStorage *storage, const char *number, const char *voter,
                                    gint64 time, guint *count, GError **error);
gboolean komek_storage_sqlite_add_photo (KomekStorage *storage, const KomekPhoto *photo,
                                         guint *place, GError **error);
gboolean komek_storage_sqlite_withdraw (KomekStorage *storage, const char *number, gint64 time,
                                        GError **error);
gboolean komek_storage_sqlite_add_client (KomekStorage *storage, const KomekClient *client,
                                           GError **error);
gboolean komek_storage_sqlite_remove_client (KomekStorage *storage, const char *id,
                                              gboolean *removed, GError **error);
gboolean komek_storage_sqlite_set_note (KomekStorage *storage, const char *name, const char *value,
                                        GError **error);
gboolean komek_storage_sqlite_add_note (KomekStorage *storage, const char *name,
                                        const char *value, GError **error);

gboolean komek_storage_sqlite_begin_load (KomekStorage *storage, GError **error);
gboolean komek_storage_sqlite_load (KomekStorage *storage, const KomekRecord *record,
                                    GError **error);
gboolean komek_storage_sqlite_end_load (KomekStorage *storage, GError **error);
