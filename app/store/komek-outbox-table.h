/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"
#include "komek-outbox-copy.h"
#include "komek-outbox-item.h"

/**
 * KomekOutboxCounts:
 * @waiting: how many have no number of the city and are not parked
 * @parked: how many the city would not take
 * @held: of how many it takes no photos now
 * @oldest: when the first waiting one was handed in, 0 for none
 *
 * How an outbox stands.
 */
typedef struct
{
  guint  waiting;
  guint  parked;
  guint  held;
  gint64 oldest;
} KomekOutboxCounts;

/**
 * KomekOutboxChange:
 * @state: how far it has come now
 * @attempted: whether it may have been sent without our hearing of it
 * @number: (nullable): the city's; %NULL leaves what is there
 * @token: (nullable): what to ask for the number; %NULL leaves what is there
 * @reason: (nullable): why it is parked, locked; %NULL leaves what is there
 * @status: what the city answered, as HTTP has it; for those that are parked
 * @now: seconds since 1970
 *
 * What is to be remembered of an item.
 */
typedef struct
{
  KomekOutboxState state;
  gboolean         attempted;
  const char      *number;
  const char      *token;
  GBytes          *reason;
  guint            status;
  gint64           now;
} KomekOutboxChange;

/**
 * KomekOutboxPhoto:
 * @position: counted from 0
 * @bytes: locked
 * @device: (nullable): by which the city knows whose it is; only where it was opened
 *
 * A photo that is still to be sent.
 */
typedef struct
{
  guint   position;
  GBytes *bytes;
  char   *device;
} KomekOutboxPhoto;

void komek_outbox_photo_free (KomekOutboxPhoto *self);

gboolean komek_outbox_table_insert (KomekDatabase *database, KomekOutboxItem *item, GBytes *payload,
                                    GPtrArray *photos, GError **error);
gboolean komek_outbox_table_find (KomekDatabase *database, const char *key, KomekOutboxItem **item,
                                  GError **error);
gboolean komek_outbox_table_get (KomekDatabase *database, gint64 sequence, KomekOutboxItem **item,
                                 GError **error);
GPtrArray *komek_outbox_table_list (KomekDatabase *database, guint most, GError **error);
gboolean komek_outbox_table_count (KomekDatabase *database, KomekOutboxCounts *counts,
                                   GError **error);
GPtrArray *komek_outbox_table_list_open (KomekDatabase *database, gboolean all, guint most,
                                         GError **error);
gboolean komek_outbox_table_get_reason (KomekDatabase *database, gint64 sequence, guint *status,
                                        GBytes **reason, GError **error);
GPtrArray *komek_outbox_table_list_numbers (KomekDatabase *database, gint64 since, GError **error);
GBytes *komek_outbox_table_get_payload (KomekDatabase *database, gint64 sequence, GError **error);
gboolean komek_outbox_table_replace (KomekDatabase *database, const KomekOutboxCopy *copy,
                                     GError **error);
gboolean komek_outbox_table_change (KomekDatabase *database, gint64 sequence,
                                    const KomekOutboxChange *change, GError **error);
gboolean komek_outbox_table_next_photo (KomekDatabase *database, gint64 sequence,
                                        KomekOutboxPhoto **photo, GError **error);
gboolean komek_outbox_table_end_photo (KomekDatabase *database, gint64 sequence, guint position,
                                       gboolean sent, GError **error);
gboolean komek_outbox_table_mend (KomekDatabase *database, GError **error);
gboolean komek_outbox_table_release (KomekDatabase *database, const char *key, GError **error);
gboolean komek_outbox_table_release_photos (KomekDatabase *database, GError **error);
GPtrArray *komek_outbox_table_list_over (KomekDatabase *database, gint64 before, GError **error);
gboolean komek_outbox_table_forget (KomekDatabase *database, gint64 sequence, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOutboxPhoto, komek_outbox_photo_free)
