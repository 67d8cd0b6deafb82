/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-delivery-errand.h"

/* What the files of an errand share. */

/* What comes next once something is stored. */
typedef void (*KomekErrandNext) (GTask *task);

/**
 * KomekErrandStep:
 * @photo: the one on its way
 * @next: what comes once the change that is on its way is durable
 * @errand: what comes of it so far
 *
 * One step of an item: the data of its task.
 */
typedef struct
{
  KomekOutboxStore *store;
  KomekGeoReport   *client;
  KomekOutboxItem  *item;
  gint64            now;
  KomekFiling      *filing;
  guint             photo;
  KomekErrandNext   next;
  KomekErrand      *errand;
} KomekErrandStep;

/* komek-delivery-errand.c */
void komek_errand_end (GTask *task);
void komek_errand_fail (GTask *task, GError *error);
void komek_errand_store_then (GTask *task, KomekErrandNext next);
void komek_errand_note_reply (KomekErrand *errand, KomekFilingReply *reply);

/* komek-delivery-photos.c */
void komek_errand_send_photos (GTask *task);
