/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-query.h"
#include "komek-record.h"
#include "komek-registration.h"

/* A request has so many photos at most. */
#define KOMEK_STORAGE_MAX_PHOTOS 5

typedef void (*KomekRecordVisitor) (const KomekRecord *record, gpointer data);
typedef void (*KomekStepVisitor) (const KomekStep *step, gpointer data);
typedef void (*KomekPhotoVisitor) (const KomekPhoto *photo, gpointer data);
typedef void (*KomekClientVisitor) (const KomekClient *client, gpointer data);

/**
 * KomekStepQuery:
 * @numbers: (nullable): of these requests; %NULL for all
 * @start: at this time or later, 0 for no limit
 * @end: at this time or earlier, 0 for no limit
 * @after: behind this step; all zero for the beginning
 * @hidden: whether steps that nobody has passed yet are shown too
 * @limit: how many to find
 *
 * Which steps somebody asks for; the oldest come first.
 */
typedef struct
{
  const char *const *numbers;
  gint64             start, end;
  KomekPosition      after;
  gboolean           hidden;
  guint              limit;
} KomekStepQuery;

/**
 * KomekLookUp:
 * @token: (nullable): the registration with this token
 * @local_number: (nullable): or the one with this local number, the latest of several
 * @client: (nullable): or the one that this client
 * @key: (nullable): filed with this key
 *
 * Which registration somebody asks for; one way of asking is set.
 */
typedef struct
{
  const char *token;
  const char *local_number;
  const char *client;
  const char *key;
} KomekLookUp;

#define KOMEK_TYPE_STORAGE (komek_storage_get_type ())
G_DECLARE_INTERFACE (KomekStorage, komek_storage, KOMEK, STORAGE, GObject)

/**
 * KomekStorage:
 *
 * Keeps the requests of the city, their histories and whatever belongs to them.
 *
 * Every call blocks and may be made in any thread; what a visitor is shown
 * lives until it returns, and it must not call the storage. What was changed
 * is on the disk before a call returns. What goes wrong in the engine is
 * %KOMEK_ERROR_UNSAVED, or %KOMEK_ERROR_UNREACHABLE where the same call may
 * succeed later.
 */
struct _KomekStorageInterface
{
  GTypeInterface parent;

  gboolean (*list) (KomekStorage *self, const KomekQuery *query, KomekRecordVisitor visit,
                    gpointer data, GError **error);
  gboolean (*history) (KomekStorage *self, const KomekStepQuery *query, KomekStepVisitor visit,
                       gpointer data, GError **error);
  KomekRegistration *(*file) (KomekStorage *self, const KomekRecord *record, GTimeZone *zone,
                              GError **error);
  KomekRegistration *(*file_later) (KomekStorage *self, const KomekRecord *record, GError **error);
  gboolean (*settle) (KomekStorage *self, GTimeZone *zone, guint limit, guint *n_settled,
                      GError **error);
  gboolean (*count_pending) (KomekStorage *self, guint *n_pending, GError **error);
  gboolean (*look_up) (KomekStorage *self, const KomekLookUp *what, KomekRegistration **found,
                       GError **error);
  gboolean (*add_update) (KomekStorage *self, const KomekStep *step, gboolean keeps_status,
                          gint64 *id, GError **error);
  gboolean (*pass_update) (KomekStorage *self, gint64 id, gint64 time, gboolean *passed,
                           GError **error);
  gboolean (*vote) (KomekStorage *self, const char *number, const char *voter, gint64 time,
                    guint *count, GError **error);
  gboolean (*add_photo) (KomekStorage *self, const KomekPhoto *photo, guint *place, GError **error);
  gboolean (*list_photos) (KomekStorage *self, const char *number, KomekPhotoVisitor visit,
                           gpointer data, GError **error);
  gboolean (*get_photo) (KomekStorage *self, const char *number, guint place,
                         KomekPhotoVisitor visit, gpointer data, GError **error);
  gboolean (*withdraw) (KomekStorage *self, const char *number, gint64 time, GError **error);
  gboolean (*list_withdrawn) (KomekStorage *self, gint64 since, guint limit,
                              KomekRecordVisitor visit, gpointer data, GError **error);
  gboolean (*is_withdrawn) (KomekStorage *self, const char *number, gboolean *withdrawn,
                            GError **error);
  gboolean (*is_sender) (KomekStorage *self, const char *number, const char *client,
                         gboolean *sender, GError **error);
  gboolean (*find_contact) (KomekStorage *self, const char *number, char **contact, GError **error);
  gboolean (*add_client) (KomekStorage *self, const KomekClient *client, GError **error);
  gboolean (*remove_client) (KomekStorage *self, const char *id, gboolean *removed, GError **error);
  gboolean (*list_clients) (KomekStorage *self, const char *key_hash, KomekClientVisitor visit,
                            gpointer data, GError **error);
  gboolean (*get_stamp) (KomekStorage *self, gint64 *stamp, GError **error);
  char *(*dup_note) (KomekStorage *self, const char *name, GError **error);
  gboolean (*set_note) (KomekStorage *self, const char *name, const char *value, GError **error);
  gboolean (*add_note) (KomekStorage *self, const char *name, const char *value, GError **error);
  gboolean (*is_empty) (KomekStorage *self, gboolean *empty, GError **error);
  gint64 (*get_delay) (KomekStorage *self, gboolean reads_too);
  gboolean (*begin_load) (KomekStorage *self, GError **error);
  gboolean (*load) (KomekStorage *self, const KomekRecord *record, GError **error);
  gboolean (*end_load) (KomekStorage *self, GError **error);
};

gboolean komek_storage_list (KomekStorage *self, const KomekQuery *query, KomekRecordVisitor visit,
                             gpointer data, GError **error);
gboolean komek_storage_history (KomekStorage *self, const KomekStepQuery *query,
                                KomekStepVisitor visit, gpointer data, GError **error);

KomekRegistration *komek_storage_file (KomekStorage *self, const KomekRecord *record,
                                       GTimeZone *zone, GError **error);
KomekRegistration *komek_storage_file_later (KomekStorage *self, const KomekRecord *record,
                                             GError **error);
gboolean komek_storage_settle (KomekStorage *self, GTimeZone *zone, guint limit, guint *n_settled,
                               GError **error);
gboolean komek_storage_count_pending (KomekStorage *self, guint *n_pending, GError **error);
gboolean komek_storage_look_up (KomekStorage *self, const KomekLookUp *what,
                                KomekRegistration **found, GError **error);

gboolean komek_storage_add_update (KomekStorage *self, const KomekStep *step, gboolean keeps_status,
                                   gint64 *id, GError **error);
gboolean komek_storage_pass_update (KomekStorage *self, gint64 id, gint64 time, gboolean *passed,
                                    GError **error);
gboolean komek_storage_vote (KomekStorage *self, const char *number, const char *voter, gint64 time,
                             guint *count, GError **error);
gboolean komek_storage_add_photo (KomekStorage *self, const KomekPhoto *photo, guint *place,
                                  GError **error);
gboolean komek_storage_list_photos (KomekStorage *self, const char *number, KomekPhotoVisitor visit,
                                    gpointer data, GError **error);
gboolean komek_storage_get_photo (KomekStorage *self, const char *number, guint place,
                                  KomekPhotoVisitor visit, gpointer data, GError **error);

gboolean komek_storage_withdraw (KomekStorage *self, const char *number, gint64 time,
                                 GError **error);
gboolean komek_storage_list_withdrawn (KomekStorage *self, gint64 since, guint limit,
                                       KomekRecordVisitor visit, gpointer data, GError **error);
gboolean komek_storage_is_withdrawn (KomekStorage *self, const char *number, gboolean *withdrawn,
                                     GError **error);
gboolean komek_storage_is_sender (KomekStorage *self, const char *number, const char *client,
                                  gboolean *sender, GError **error);
gboolean komek_storage_find_contact (KomekStorage *self, const char *number, char **contact,
                                     GError **error);

gboolean komek_storage_add_client (KomekStorage *self, const KomekClient *client, GError **error);
gboolean komek_storage_remove_client (KomekStorage *self, const char *id, gboolean *removed,
                                      GError **error);
gboolean komek_storage_list_clients (KomekStorage *self, const char *key_hash,
                                     KomekClientVisitor visit, gpointer data, GError **error);

gboolean komek_storage_get_stamp (KomekStorage *self, gint64 *stamp, GError **error);
char *komek_storage_dup_note (KomekStorage *self, const char *name, GError **error);
gboolean komek_storage_set_note (KomekStorage *self, const char *name, const char *value,
                                 GError **error);
char *komek_storage_keep_note (KomekStorage *self, const char *name, const char *value,
                               GError **error);
gboolean komek_storage_is_empty (KomekStorage *self, gboolean *empty, GError **error);
gint64 komek_storage_get_delay (KomekStorage *self, gboolean reads_too);
gboolean komek_storage_begin_load (KomekStorage *self, GError **error);
gboolean komek_storage_load (KomekStorage *self, const KomekRecord *record, GError **error);
gboolean komek_storage_end_load (KomekStorage *self, GError **error);
