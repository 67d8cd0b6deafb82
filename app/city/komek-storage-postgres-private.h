/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-postgres.h"
#include "komek-storage-keys.h"
#include "komek-storage-postgres.h"
#include "komek-storage-scribe.h"
#include "komek-storage-watch.h"

/* A city that is being loaded: the rows that wait for the next COPY. */
typedef struct
{
  GString *requests, *steps, *attributes;
  gint64   next_id;
  guint    n_waiting;
  gboolean alone; /* no other city is in the database */
} KomekPostgresLoad;

/* Shared by the files of the engine: the object itself, its schema, reading,
 * filing, changing and loading. */
struct _KomekStoragePostgres
{
  GObject           parent;
  char             *city;   /* in the key of every table */
  KomekPostgres    *writer; /* the scribe's; nobody else's but while a city is loaded */
  GAsyncQueue      *readers;
  KomekScribe      *scribe;
  KomekStorageKeys *keys;
  KomekStorageWatch watch;
  KomekPostgresLoad load;
};

#define KOMEK_STORAGE_POSTGRES_COLUMNS \
  "id, number, service, status, text, language, lat, lon, address, district, agency, requested, " \
  "updated, due, supporters, photos"

KomekPostgres *komek_storage_postgres_borrow (KomekStoragePostgres *self);
void komek_storage_postgres_give_back (KomekStoragePostgres *self, KomekPostgres *line);
gboolean komek_storage_postgres_write (KomekStoragePostgres *self, KomekScribeWork work,
                                       gpointer data, GError **error);

gboolean komek_storage_postgres_migrate (KomekPostgres *line, GError **error);
gboolean komek_storage_postgres_create_indexes (KomekPostgres *line, GError **error);
gboolean komek_storage_postgres_drop_indexes (KomekPostgres *line, GError **error);

void komek_storage_postgres_read_record (const PGresult *result, int row, KomekRecord *record);
gboolean komek_storage_postgres_list (KomekStorage *storage, const KomekQuery *query,
                                      KomekRecordVisitor visit, gpointer data, GError **error);
gboolean komek_storage_postgres_history (KomekStorage *storage, const KomekStepQuery *query,
                                         KomekStepVisitor visit, gpointer data, GError **error);
gboolean komek_storage_postgres_look_up (KomekStorage *storage, const KomekLookUp *what,
                                         KomekRegistration **found, GError **error);
gboolean komek_storage_postgres_list_photos (KomekStorage *storage, const char *number,
                                             KomekPhotoVisitor visit, gpointer data,
                                             GError **error);
gboolean komek_storage_postgres_get_photo (KomekStorage *storage, const char *number, guint place,
                                           KomekPhotoVisitor visit, gpointer data, GError **error);
gboolean komek_storage_postgres_list_withdrawn (KomekStorage *storage, gint64 since, guint limit,
                                                KomekRecordVisitor visit, gpointer data,
                                                GError **error);
gboolean komek_storage_postgres_is_withdrawn (KomekStorage *storage, const char *number,
                                              gboolean *withdrawn, GError **error);
gboolean komek_storage_postgres_is_sender (KomekStorage *storage, const char *number,
                                           const char *client, gboolean *sender, GError **error);
gboolean komek_storage_postgres_find_contact (KomekStorage *storage, const char *number,
                                              char **contact, GError **error);
gboolean komek_storage_postgres_list_clients (KomekStorage *storage, const char *key_hash,
                                              KomekClientVisitor visit, gpointer data,
                                              GError **error);
gboolean komek_storage_postgres_get_stamp (KomekStorage *storage, gint64 *stamp, GError **error);
gboolean komek_storage_postgres_count_pending (KomekStorage *storage, guint *n_pending,
                                               GError **error);
char *komek_storage_postgres_dup_note (KomekStorage *storage, const char *name, GError **error);
gboolean komek_storage_postgres_is_empty (KomekStorage *storage, gboolean *empty, GError **error);

char *komek_storage_postgres_dup_words (const KomekRecord *record);
gboolean komek_storage_postgres_add (KomekStoragePostgres *self, const KomekRecord *record,
                                     const char *number, GError **error);
gboolean komek_storage_postgres_add_step (KomekStoragePostgres *self, gint64 request,
                                          const KomekStep *step, gint64 *id, GError **error);
KomekRegistration *komek_storage_postgres_file (KomekStorage *storage, const KomekRecord *record,
                                                GTimeZone *zone, GError **error);
KomekRegistration *komek_storage_postgres_file_later (KomekStorage *storage,
                                                      const KomekRecord *record, GError **error);
gboolean komek_storage_postgres_settle (KomekStorage *storage, GTimeZone *zone, guint limit,
                                        guint *n_settled, GError **error);

gboolean komek_storage_postgres_add_update (KomekStorage *storage, const KomekStep *step,
                                            gboolean keeps_status, gint64 *id, GError **error);
gboolean komek_storage_postgres_pass_update (KomekStorage *storage, gint64 id, gint64 time,
                                             gboolean *passed, GError **error);
gboolean komek_storage_postgres_vote (KomekStorage *storage, const char *number, const char *voter,
                                      gint64 time, guint *count, GError **error);
gboolean komek_storage_postgres_add_photo (KomekStorage *storage, const KomekPhoto *photo,
                                           guint *place, GError **error);
gboolean komek_storage_postgres_withdraw (KomekStorage *storage, const char *number, gint64 time,
                                          GError **error);
gboolean komek_storage_postgres_add_client (KomekStorage *storage, const KomekClient *client,
                                            GError **error);
gboolean komek_storage_postgres_remove_client (KomekStorage *storage, const char *id,
                                               gboolean *removed, GError **error);
gboolean komek_storage_postgres_set_note (KomekStorage *storage, const char *name,
                                          const char *value, GError **error);
gboolean komek_storage_postgres_add_note (KomekStorage *storage, const char *name,
                                          const char *value, GError **error);

gboolean komek_storage_postgres_begin_load (KomekStorage *storage, GError **error);
gboolean komek_storage_postgres_load (KomekStorage *storage, const KomekRecord *record,
                                      GError **error);
gboolean komek_storage_postgres_end_load (KomekStorage *storage, GError **error);
