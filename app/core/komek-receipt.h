/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/**
 * KomekReceiptState:
 * @KOMEK_RECEIPT_WAITING: kept on this device; the city has not given a number yet
 * @KOMEK_RECEIPT_DELIVERED: the city has it; #KomekReceipt:number is its number
 * @KOMEK_RECEIPT_PARKED: the city would not take it as it is: staff have to look at it
 */
typedef enum
{
  KOMEK_RECEIPT_WAITING,
  KOMEK_RECEIPT_DELIVERED,
  KOMEK_RECEIPT_PARKED,
} KomekReceiptState;

#define KOMEK_TYPE_RECEIPT_STATE (komek_receipt_state_get_type ())
GType komek_receipt_state_get_type (void);

#define KOMEK_TYPE_RECEIPT (komek_receipt_get_type ())
G_DECLARE_FINAL_TYPE (KomekReceipt, komek_receipt, KOMEK, RECEIPT, GObject)

KomekReceipt *komek_receipt_new (const char *key, const char *local, gint64 time);
const char *komek_receipt_get_key (KomekReceipt *self);
const char *komek_receipt_get_local (KomekReceipt *self);
const char *komek_receipt_get_number (KomekReceipt *self);
const char *komek_receipt_get_shown (KomekReceipt *self);
KomekReceiptState komek_receipt_get_state (KomekReceipt *self);
gint64 komek_receipt_get_time (KomekReceipt *self);
void komek_receipt_deliver (KomekReceipt *self, const char *number);
void komek_receipt_park (KomekReceipt *self);
void komek_receipt_resume (KomekReceipt *self);
