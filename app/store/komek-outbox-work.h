/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-filing.h"
#include "komek-outbox-file.h"
#include "komek-outbox-former.h"
#include "komek-outbox-table.h"
#include "komek-vault.h"

/**
 * KomekOutboxKit:
 * @file: opened by whoever works
 * @vault: locks all that a citizen wrote
 * @least_free: bytes that must be free before anybody is asked a first question
 * @keep: seconds for which a delivered request's payload stays
 * @former: outboxes of addresses that the city had before
 * @address: (nullable): of the city
 *
 * What the thread of the outbox works with.
 */
typedef struct
{
  KomekOutboxFile *file;
  KomekVault      *vault;
  guint64          least_free;
  gint64           keep;
  KomekOutboxFormer *former;
  const char        *address;
} KomekOutboxKit;

gboolean komek_outbox_work_prepare (const KomekOutboxKit *self, KomekDatabase *database,
                                    guint64 least_free, GError **error);
KomekOutboxItem *komek_outbox_work_add (const KomekOutboxKit *self, KomekDatabase *database,
                                        const KomekFilingFields *fields, GPtrArray *photos,
                                        GError **error);
KomekFiling *komek_outbox_work_open (const KomekOutboxKit *self, KomekDatabase *database,
                                     KomekOutboxItem **item, GError **error);
char *komek_outbox_work_open_reason (const KomekOutboxKit *self, KomekDatabase *database,
                                     const KomekOutboxItem *item, guint *status, GError **error);
KomekFiling *komek_outbox_work_begin (const KomekOutboxKit *self, KomekDatabase *database,
                                      gint64 sequence, gboolean must_note, GError **error);
gboolean komek_outbox_work_change (const KomekOutboxKit *self, KomekDatabase *database,
                                   gint64 sequence, const KomekOutboxChange *change, GBytes *reason,
                                   GError **error);
KomekOutboxPhoto *komek_outbox_work_next_photo (const KomekOutboxKit *self,
                                                KomekDatabase *database, gint64 sequence,
                                                GError **error);
gboolean komek_outbox_work_end_photo (KomekDatabase *database, gint64 sequence, guint position,
                                      gboolean sent, GError **error);
gboolean komek_outbox_work_tidy (const KomekOutboxKit *self, KomekDatabase *database, gint64 before,
                                 GError **error);
