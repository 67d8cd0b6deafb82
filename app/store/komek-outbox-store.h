/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-filing.h"
#include "komek-outbox-item.h"
#include "komek-outbox-table.h"
#include "komek-vault.h"

/**
 * KomekOutboxLimits:
 * @least_free: bytes that must be free before anybody is asked a first question
 * @keep: seconds for which a delivered request's payload stays
 * @small: bytes up to which the file is looked through before it is used
 * @machine: (nullable): the file with this machine's id
 * @address: (nullable): of the city, as people know it; remembered in the file
 * @former: (nullable) (array zero-terminated=1): outboxes of addresses that the city had before
 *
 * What an outbox needs of its device; 0 and %NULL for the usual.
 */
typedef struct
{
  guint64     least_free;
  gint64      keep;
  guint64     small;
  const char *machine;
  const char *address;
  const char *const *former;
} KomekOutboxLimits;

/**
 * KomekOutboxSurvey:
 * @counts: how many there are
 * @strays: how many wait for a former address
 * @leads: whether this process is the one that delivers
 * @items: (element-type KomekOutboxItem): what is still to be done, in order; not all where there
 * are many
 * @watched: (element-type KomekOutboxItem): those that were asked for by their keys
 *
 * How an outbox stands.
 */
typedef struct
{
  KomekOutboxCounts counts;
  guint             strays;
  gboolean          leads;
  GPtrArray        *items;
  GPtrArray        *watched;
} KomekOutboxSurvey;

void komek_outbox_survey_free (KomekOutboxSurvey *self);

#define KOMEK_TYPE_OUTBOX_STORE (komek_outbox_store_get_type ())
G_DECLARE_FINAL_TYPE (KomekOutboxStore, komek_outbox_store, KOMEK, OUTBOX_STORE, GObject)

KomekOutboxStore *komek_outbox_store_new (const char *path, KomekVault *vault,
                                          const KomekOutboxLimits *limits);

void komek_outbox_store_prepare_async (KomekOutboxStore *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);
void komek_outbox_store_add_async (KomekOutboxStore *self, const KomekFilingFields *fields,
                                   GPtrArray *photos, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);
KomekOutboxItem *komek_outbox_store_add_finish (KomekOutboxStore *self, GAsyncResult *result,
                                                GError **error);
void komek_outbox_store_survey_async (KomekOutboxStore *self, const char *const *watched,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
KomekOutboxSurvey *komek_outbox_store_survey_finish (KomekOutboxStore *self, GAsyncResult *result,
                                                     GError **error);
void komek_outbox_store_begin_async (KomekOutboxStore *self, gint64 sequence, gboolean must_note,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
KomekFiling *komek_outbox_store_begin_finish (KomekOutboxStore *self, GAsyncResult *result,
                                              GError **error);
void komek_outbox_store_change_async (KomekOutboxStore *self, gint64 sequence,
                                      const KomekOutboxChange *what, const char *reason,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
void komek_outbox_store_photo_async (KomekOutboxStore *self, gint64 sequence,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
KomekOutboxPhoto *komek_outbox_store_photo_finish (KomekOutboxStore *self, GAsyncResult *result,
                                                   GError **error);
void komek_outbox_store_end_photo_async (KomekOutboxStore *self, gint64 sequence, guint position,
                                         gboolean sent, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);
void komek_outbox_store_numbers_async (KomekOutboxStore *self, gint64 since,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);
GPtrArray *komek_outbox_store_numbers_finish (KomekOutboxStore *self, GAsyncResult *result,
                                              GError **error);
void komek_outbox_store_device_async (KomekOutboxStore *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
char *komek_outbox_store_device_finish (KomekOutboxStore *self, GAsyncResult *result,
                                        GError **error);
void komek_outbox_store_tidy_async (KomekOutboxStore *self, gint64 now, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
void komek_outbox_store_list_async (KomekOutboxStore *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_outbox_store_list_finish (KomekOutboxStore *self, GAsyncResult *result,
                                           GError **error);
void komek_outbox_store_release_async (KomekOutboxStore *self, const char *key,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);
void komek_outbox_store_release_photos_async (KomekOutboxStore *self, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer data);
void komek_outbox_store_adopt_async (KomekOutboxStore *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
void komek_outbox_store_add_vote_async (KomekOutboxStore *self, const char *number,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
void komek_outbox_store_end_vote_async (KomekOutboxStore *self, const char *number,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
void komek_outbox_store_votes_async (KomekOutboxStore *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_outbox_store_votes_finish (KomekOutboxStore *self, GAsyncResult *result,
                                            GError **error);
gboolean komek_outbox_store_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOutboxSurvey, komek_outbox_survey_free)
