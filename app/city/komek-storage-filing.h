/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-record.h"
#include "komek-registration.h"
#include "komek-storage-keys.h"
#include "komek-storage-scribe.h"

/**
 * KomekFiled:
 * @fingerprint: "" where none was kept
 * @number: (nullable): %NULL where it has none yet
 *
 * A filing that an engine has found.
 */
typedef struct
{
  char *fingerprint;
  char *number;
  char *token;
} KomekFiled;

/**
 * KomekPending:
 *
 * A request that waits for its number.
 */
typedef struct
{
  gint64  id;
  char   *token;
  GBytes *parcel;
} KomekPending;

/**
 * KomekFilingBook:
 * @write: has a work done in a transaction and waits until it is durable
 * @count_day: counts a day up and says how many there are with this one
 * @add: adds a request
 * @find: finds what was filed with a key; leaves the fields %NULL where nothing was
 * @says_the_same: whether the request @number has the same words
 * @add_pending: keeps a request that gets its number later
 * @add_filing: keeps what was registered for a key
 * @list_pending: adds (element-type KomekPending) the first that wait
 * @settle: notes the number of one that waited, and that it waits no more
 *
 * What an engine does in its own way when something is filed. All but the first
 * run inside of a transaction.
 */
typedef struct
{
  gboolean (*write) (gpointer engine, KomekScribeWork work, gpointer data, GError **error);
  gboolean (*count_day) (gpointer engine, const char *day, gint64 *count, GError **error);
  gboolean (*add) (gpointer engine, const KomekRecord *record, const char *number, GError **error);
  gboolean (*find) (gpointer engine, const char *client, const char *key, KomekFiled *found,
                    GError **error);
  gboolean (*says_the_same) (gpointer engine, const char *number, const KomekRecord *record);
  gboolean (*add_pending) (gpointer engine, const char *token, GBytes *parcel, GError **error);
  gboolean (*add_filing) (gpointer engine, const char *client, const char *key,
                          const KomekRecord *record, const KomekRegistration *registered,
                          GError **error);
  gboolean (*list_pending) (gpointer engine, guint limit, GPtrArray *pending, GError **error);
  gboolean (*settle) (gpointer engine, const KomekPending *pending, const char *number,
                      GError **error);
} KomekFilingBook;

void komek_filed_clear (KomekFiled *self);
KomekPending *komek_pending_new (gint64 id, const char *token, GBytes *parcel);

KomekRegistration *komek_storage_filing_file (const KomekFilingBook *book, gpointer engine,
                                              KomekStorageKeys *keys, const KomekRecord *record,
                                              GTimeZone *zone, GError **error);
gboolean komek_storage_filing_settle (const KomekFilingBook *book, gpointer engine,
                                      GTimeZone *zone, guint limit, guint *n_settled,
                                      GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KomekFiled, komek_filed_clear)
